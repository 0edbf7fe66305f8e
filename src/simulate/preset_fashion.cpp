#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr ProductData kTops[] = {{"Cotton tee", 1990},  {"Striped shirt", 3990},
                                 {"Linen shirt", 4990}, {"Ribbed top", 2490},
                                 {"Polo shirt", 3490},  {"Flannel shirt", 4490}};
constexpr ProductData kTrousers[] = {{"Straight jeans", 6990},
                                     {"Slim chinos", 5490},
                                     {"Wide trousers", 5990},
                                     {"Corduroy trousers", 6490},
                                     {"Linen shorts", 3990}};
constexpr ProductData kDresses[] = {
    {"Midi dress", 6990}, {"Wrap dress", 7490}, {"Pleated skirt", 4990}, {"Summer dress", 5490}};
constexpr ProductData kKnitwear[] = {{"Merino jumper", 7990},
                                     {"Cotton cardigan", 5990},
                                     {"Roll-neck jumper", 6990},
                                     {"Hooded sweatshirt", 4990}};
constexpr ProductData kOuterwear[] = {{"Rain jacket", 9990},
                                      {"Wool coat", 17990},
                                      {"Quilted jacket", 11990},
                                      {"Denim jacket", 7990},
                                      {"Trench coat", 14990}};
constexpr ProductData kShoes[] = {
    {"Canvas trainers", 5990}, {"Leather boots", 12990}, {"Loafers", 8990}, {"Sandals", 4990}};
constexpr ProductData kBasics[] = {
    {"Sock trio", 1290}, {"Vest pair", 1990}, {"Boxer brief trio", 2990}, {"Tights", 1490}};
constexpr ProductData kAccessories[] = {{"Leather belt", 3490}, {"Wool scarf", 3990},
                                        {"Canvas tote", 2490},  {"Beanie", 1990},
                                        {"Straw hat", 2990},    {"Leather gloves", 4490}};

constexpr CategoryData kCategories[] = {{"Shirts and tops", 26, -.1, .05, 6, .2, kTops},
                                        {"Trousers", 17, 0, -.1, 0, 0, kTrousers},
                                        {"Dresses and skirts", 12, 0, 1.1, 6, .5, kDresses},
                                        {"Knitwear", 12, .15, 0, 12, .65, kKnitwear},
                                        {"Coats and jackets", 8, .1, 0, 11, .7, kOuterwear},
                                        {"Shoes", 9, 0, .1, 5, .2, kShoes},
                                        {"Basics", 10, .1, -.1, 0, 0, kBasics},
                                        {"Accessories", 6, .1, .2, 12, .6, kAccessories}};
constexpr std::string_view kColours[] = {"black", "navy", "white", "olive", "sand"};

constexpr StoreData kStores[] = {{"Market Square", "Centre", 2},
                                 {"Riverside Arcade", "Centre", 1.4},
                                 {"North Gate", "North", 1},
                                 {"Castle Street", "South", 1},
                                 {"Harbour Mall", "Coast", 1.2}};
constexpr ChannelData kChannels[] = {{"store", 1}, {"online", 3}, {"app", 1}};
constexpr SaleData kSales[] = {{1, 4, 24, 40}, {7, 1, 28, 30}, {11, 24, 8, 25}};
constexpr TwinData kTwins[] = {{Topic::kKids, "Cotton tee", "Kids cotton tee"},
                               {Topic::kKids, "Slim chinos", "Kids chinos"},
                               {Topic::kKids, "Hooded sweatshirt", "Kids hooded sweatshirt"},
                               {Topic::kKids, "Canvas trainers", "Kids trainers"},
                               {Topic::kKids, "Rain jacket", "Kids rain jacket"},
                               {Topic::kBaby, "Sock trio", "Baby sock trio"},
                               {Topic::kBaby, "Vest pair", "Baby vest pair"},
                               {Topic::kSport, "Polo shirt", "Running shirt"},
                               {Topic::kSport, "Linen shorts", "Training shorts"},
                               {Topic::kSport, "Ribbed top", "Training top"},
                               {Topic::kHealth, "Tights", "Support tights"},
                               {Topic::kTechnology, "Leather gloves", "Touchscreen gloves"},
                               {Topic::kTechnology, "Quilted jacket", "Heated jacket"}};

}  // namespace

// A clothing chain: two seasons, three sales a year, a third of what is sold online comes back.
const PresetData kFashion = {.name = "fashion",
                             .zone = "Europe/Berlin",
                             .currency = "EUR",
                             .customers = 6000,
                             .from = {2022, 7, 1},
                             .to = {2025, 6, 30},
                             .categories = kCategories,
                             .variants = kColours,
                             .stores = kStores,
                             .channels = kChannels,
                             .sales = kSales,
                             .months = {.95, .7, .95, 1.05, 1.1, 1, 1.05, .75, 1.05, 1.1, 1.3, 1.5},
                             .weekdays = {.9, .85, .9, .95, 1.1, 1.5, .8},
                             .store_hours = {0,   0,   0,   0, 0,   0,   0,   0,   0, 0, 1.6, 2.2,
                                             2.6, 2.6, 2.8, 3, 3.2, 3.4, 2.8, 1.8, 0, 0, 0,   0},
                             .remote_hours = kEveningHours,
                             .behaviour = {.orders_per_year = 3.4,
                                           .order_rate_shape = .9,
                                           .drop_outs_per_year = .6,
                                           .drop_out_shape = .7,
                                           .mean_order_cents = 8900,
                                           .spend_within_shape = 3.5,
                                           .spend_between_shape = 4,
                                           .lines_per_order = 2.1,
                                           .most_units = 2,
                                           .joined_before_share = .25,
                                           .growth = .4,
                                           .online_share = .5,
                                           .favourite_share = .1,
                                           .taste_concentration = 5,
                                           .discount_affinity = .4,
                                           .visits_per_year = 10,
                                           .survey_share = .12,
                                           .persuadable_chance = .2,
                                           .free_shipping_from_cents = 7500},
                             .quirks = {.refund_share = .24,
                                        .refund_delay_days = 13,
                                        .guest_share = .05,
                                        .unattributed_share = .12},
                             .twins = kTwins,
                             .green = "Organic"};

}  // namespace regulars::simulate
