#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr ProductData kFruit[] = {{"Bananas 1 kg", 189},   {"Apples 1 kg", 279},
                                  {"Tomatoes 500 g", 249}, {"Potatoes 2 kg", 299},
                                  {"Cucumber", 99},        {"Carrots 1 kg", 139},
                                  {"Onions 1 kg", 149},    {"Lettuce", 129},
                                  {"Peppers", 229},        {"Strawberries 500 g", 349},
                                  {"Oranges 1 kg", 269},   {"Mushrooms 400 g", 219},
                                  {"Avocado", 149},        {"Pumpkin", 329}};
constexpr ProductData kDairy[] = {
    {"Milk 1 l", 119},    {"Butter 250 g", 239},      {"Plain yoghurt 500 g", 149},
    {"Eggs, ten", 299},   {"Hard cheese 300 g", 399}, {"Cream 200 ml", 99},
    {"Quark 500 g", 169}, {"Oat drink 1 l", 189},     {"Mozzarella", 129},
    {"Fruit yoghurt", 79}};
constexpr ProductData kBakery[] = {
    {"Wheat rolls, six", 199}, {"Rye bread", 329}, {"Toast bread", 159}, {"Croissants, four", 249},
    {"Wholegrain bread", 349}, {"Baguette", 149},  {"Apple cake", 399}};
constexpr ProductData kMeat[] = {{"Chicken breast 500 g", 599}, {"Minced beef 500 g", 549},
                                 {"Ham, sliced", 229},          {"Salami, sliced", 219},
                                 {"Salmon fillet 250 g", 649},  {"Sausages, five", 399},
                                 {"Pork chops 500 g", 479},     {"Turkey slices", 249}};
constexpr ProductData kPantry[] = {
    {"Spaghetti 500 g", 129}, {"Rice 1 kg", 249},           {"Tomato sauce", 189},
    {"Flour 1 kg", 99},       {"Sugar 1 kg", 139},          {"Olive oil 500 ml", 799},
    {"Muesli 750 g", 329},    {"Chickpeas, tin", 99},       {"Honey 500 g", 549},
    {"Strawberry jam", 249},  {"Ground coffee 500 g", 649}, {"Black tea", 219}};
constexpr ProductData kDrinks[] = {{"Mineral water, six", 299}, {"Apple juice 1 l", 179},
                                   {"Cola 1.5 l", 159},         {"Lager, six", 549},
                                   {"Red wine", 599},           {"White wine", 599},
                                   {"Orange juice 1 l", 229},   {"Sparkling wine", 799}};
constexpr ProductData kSnacks[] = {{"Milk chocolate", 129}, {"Crisps", 189},
                                   {"Gummy sweets", 119},   {"Butter biscuits", 179},
                                   {"Salted peanuts", 199}, {"Dark chocolate", 159},
                                   {"Gingerbread", 299},    {"Ice cream 1 l", 349}};
constexpr ProductData kFrozen[] = {{"Frozen pizza", 299},  {"Frozen peas", 179},
                                   {"Fish fingers", 329},  {"Chips 1 kg", 229},
                                   {"Spinach 500 g", 169}, {"Frozen berries", 349}};
constexpr ProductData kHousehold[] = {{"Kitchen roll", 249},   {"Toilet paper, eight", 399},
                                      {"Washing powder", 799}, {"Dish soap", 149},
                                      {"Bin bags", 199},       {"All-purpose cleaner", 229},
                                      {"Candles", 349}};
constexpr ProductData kBaby[] = {{"Nappies", 999},
                                 {"Baby wipes", 199},
                                 {"Baby cereal", 329},
                                 {"Carrot puree", 109},
                                 {"Follow-on milk", 1499}};

constexpr CategoryData kCategories[] = {{"Fruit and vegetables", 22, .1, .15, 6, .15, kFruit},
                                        {"Dairy and eggs", 17, .05, 0, 0, 0, kDairy},
                                        {"Bakery", 10, .1, 0, 0, 0, kBakery},
                                        {"Meat and fish", 9, .1, -.15, 12, .1, kMeat},
                                        {"Pantry", 14, .05, .05, 0, 0, kPantry},
                                        {"Drinks", 10, 0, -.15, 7, .25, kDrinks},
                                        {"Snacks and sweets", 9, -.2, 0, 12, .4, kSnacks},
                                        {"Frozen", 6, -.15, 0, 7, .2, kFrozen},
                                        {"Household", 6, 0, .1, 0, 0, kHousehold},
                                        {"Baby", 2, -.8, .2, 0, 0, kBaby}};

constexpr StoreData kStores[] = {{"Old Mill", "North", 1},        {"Market Square", "Centre", 2},
                                 {"Station Road", "Centre", 1.5}, {"Hillside", "South", 1},
                                 {"Riverside", "West", 1.2},      {"Eastfield", "East", .8}};
constexpr ChannelData kChannels[] = {{"store", 1}, {"app", 2}, {"online", 1}};
constexpr SaleData kSales[] = {{3, 20, 10, 15}, {8, 20, 10, 15}, {11, 20, 10, 20}};
constexpr TwinData kTwins[] = {{Topic::kKids, "Fruit yoghurt", "Kids fruit yoghurt"},
                               {Topic::kKids, "Fish fingers", "Kids fish shapes"},
                               {Topic::kKids, "Apple juice 1 l", "Kids apple juice 1 l"},
                               {Topic::kHealth, "Muesli 750 g", "Sugar-free muesli 750 g"},
                               {Topic::kHealth, "Quark 500 g", "Protein quark 500 g"},
                               {Topic::kHealth, "Salted peanuts", "Unsalted nuts"},
                               {Topic::kSport, "Mineral water, six", "Isotonic drink, six"},
                               {Topic::kSport, "Dark chocolate", "Protein bar"},
                               {Topic::kTechnology, "Candles", "Flameless candles"}};

}  // namespace

// A neighbourhood grocer with six stores and delivery.
const PresetData kGrocery = {.name = "grocery",
                             .zone = "Europe/Berlin",
                             .currency = "EUR",
                             .customers = 3000,
                             .from = {2024, 1, 1},
                             .to = {2025, 12, 31},
                             .categories = kCategories,
                             .variants = {},
                             .stores = kStores,
                             .channels = kChannels,
                             .sales = kSales,
                             .months = {.95, .94, 1, 1, 1, .98, .95, .93, 1, 1, 1.03, 1.22},
                             .weekdays = {.95, .85, .9, 1, 1.3, 1.5, .05},
                             .store_hours = {0,   0,   0,   0,   0,   0, 0,   1.2, 2,   2.6, 3, 3,
                                             2.8, 2.4, 2.4, 2.8, 3.4, 4, 3.6, 2.4, 1.2, 0,   0, 0},
                             .remote_hours = kEveningHours,
                             .behaviour = {.orders_per_year = 34,
                                           .order_rate_shape = 1.1,
                                           .drop_outs_per_year = .35,
                                           .drop_out_shape = .7,
                                           .regularity = 1.6,
                                           .mean_order_cents = 3200,
                                           .spend_within_shape = 2.5,
                                           .spend_between_shape = 5,
                                           .lines_per_order = 10,
                                           .most_units = 5,
                                           .trade_share = .003,
                                           .trade_factor = 8,
                                           .joined_before_share = .5,
                                           .prospect_share = .03,
                                           .growth = .1,
                                           .online_share = .15,
                                           .favourite_share = .35,
                                           .taste_concentration = 12,
                                           .discount_affinity = .35,
                                           .visits_per_year = 10,
                                           .survey_share = .01,
                                           .campaigns_per_year = 8,
                                           .response_days = 10,
                                           .free_shipping_from_cents = 6000},
                             .quirks = {.refund_share = .006,
                                        .refund_delay_days = 3,
                                        .duplicate_line_share = .001,
                                        .guest_share = .01,
                                        .unattributed_share = .25,
                                        .free_line_share = .01},
                             .twins = kTwins,
                             .green = "Organic"};

}  // namespace regulars::simulate
