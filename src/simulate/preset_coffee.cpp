#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr ProductData kHot[] = {{"Flat white", 360}, {"Cappuccino", 350}, {"Filter coffee", 280},
                                {"Latte", 380},      {"Espresso", 240},   {"Americano", 290},
                                {"Mocha", 410},      {"Macchiato", 270},  {"Hot chocolate", 390}};
constexpr ProductData kCold[] = {{"Iced latte", 420},       {"Cold brew", 430},
                                 {"Iced tea", 350},         {"Lemonade", 340},
                                 {"Coffee and tonic", 460}, {"Orange juice", 380}};
constexpr ProductData kTea[] = {{"Breakfast tea", 290},
                                {"Green tea", 300},
                                {"Mint tea", 310},
                                {"Earl grey tea", 300},
                                {"Chai latte", 400}};
constexpr ProductData kPastry[] = {{"Butter croissant", 260}, {"Cinnamon roll", 340},
                                   {"Almond croissant", 340}, {"Banana bread", 320},
                                   {"Oat cookie", 240},       {"Cheesecake slice", 440},
                                   {"Carrot cake slice", 430}};
constexpr ProductData kFood[] = {{"Avocado toast", 780}, {"Cheese toastie", 640},
                                 {"Granola bowl", 690},  {"Tomato soup", 620},
                                 {"Vegan wrap", 720},    {"Egg sandwich", 610}};
constexpr ProductData kBeans[] = {
    {"House blend beans 250 g", 950}, {"Espresso beans 250 g", 990},
    {"Decaf beans 250 g", 1050},      {"Single origin beans 250 g", 1250},
    {"House blend beans 1 kg", 3200}, {"Espresso beans 1 kg", 3400}};
constexpr ProductData kGear[] = {{"Paper filters", 490}, {"Travel cup", 1890},
                                 {"Milk jug", 1690},     {"Pour-over cone", 2290},
                                 {"Hand grinder", 5900}, {"Gooseneck kettle", 6900}};

constexpr CategoryData kCategories[] = {{"Hot drinks", 42, .05, 0, 1, .25, kHot},
                                        {"Cold drinks", 12, -.5, .1, 7, .85, kCold},
                                        {"Tea", 9, .2, .25, 12, .3, kTea},
                                        {"Pastries", 20, -.05, .05, 0, 0, kPastry},
                                        {"Food", 10, -.1, .05, 0, 0, kFood},
                                        {"Beans", 6, .3, -.2, 12, .3, kBeans},
                                        {"Brewing gear", 1.2, -.1, -.2, 12, .7, kGear}};

constexpr StoreData kStores[] = {
    {"Harbour Street", "Coast", 1.5}, {"Market Square", "Centre", 2},
    {"Station Hall", "Centre", 1.8},  {"Mill Lane", "North", .8},
    {"Garden Row", "West", .7},       {"University Gate", "North", 1.1}};
constexpr ChannelData kChannels[] = {{"store", 1}, {"app", 3}, {"online", 1}};
constexpr SaleData kSales[] = {{1, 15, 14, 15}, {9, 10, 10, 20}};
constexpr TwinData kTwins[] = {{Topic::kKids, "Hot chocolate", "Kids hot chocolate"},
                               {Topic::kKids, "Oat cookie", "Kids dinosaur cookie"},
                               {Topic::kKids, "Orange juice", "Kids squeezed orange juice"},
                               {Topic::kBaby, "Carrot cake slice", "Baby rice cake pair"},
                               {Topic::kHealth, "Green tea", "Ginger and turmeric tea"},
                               {Topic::kHealth, "Granola bowl", "Protein bowl"},
                               {Topic::kHealth, "Iced tea", "Sugar-free iced tea"},
                               {Topic::kSport, "Cold brew", "Electrolyte cold brew"},
                               {Topic::kSport, "Banana bread", "Energy bar"},
                               {Topic::kTechnology, "Gooseneck kettle", "Connected kettle"},
                               {Topic::kTechnology, "Hand grinder", "Connected grinder"},
                               {Topic::kTechnology, "Travel cup", "Self-heating travel cup"}};

}  // namespace

// A roaster with six coffee shops, an app for ordering ahead and a web shop for beans.
const PresetData kCoffee = {
    .name = "coffee",
    .zone = "Europe/Berlin",
    .currency = "EUR",
    .remote_ships = false,
    .customers = 5000,
    .from = {2023, 1, 1},
    .to = {2025, 6, 30},
    .categories = kCategories,
    .variants = {},
    .stores = kStores,
    .channels = kChannels,
    .sales = kSales,
    .months = {.92, .95, 1, 1, 1.03, 1, .93, .88, 1.03, 1.06, 1.08, 1.12},
    .weekdays = {1.05, 1.1, 1.1, 1.1, 1.15, .9, .6},
    .store_hours = {0,   0,   0,   0, 0,   0,   0,  2.5, 4.5, 3.6, 2.8, 2.2,
                    2.6, 2.4, 2.1, 2, 1.6, 1.2, .6, 0,   0,   0,   0,   0},
    .remote_hours = {.02, 0,   0,   0,   0,   0,   .3, 3.2, 4.6, 3,  2.2, 2,
                     2.8, 2.4, 1.8, 1.7, 1.4, 1.2, 1,  .9,  .9,  .8, .4,  .1},
    .behaviour = {.orders_per_year = 30,
                  .order_rate_shape = .6,
                  .drop_outs_per_year = .75,
                  .drop_out_shape = .7,
                  .mean_order_cents = 780,
                  .spend_within_shape = 4,
                  .spend_between_shape = 4.5,
                  .lines_per_order = 1.7,
                  .most_units = 3,
                  .trade_share = .004,
                  .trade_factor = 9,
                  .joined_before_share = .35,
                  .prospect_share = .05,
                  .growth = .5,
                  .online_share = .3,
                  .favourite_share = .6,
                  .discount_affinity = .25,
                  .visits_per_year = 8,
                  .survey_share = .02,
                  .campaigns_per_year = 6,
                  .offer_percent = 20,
                  .response_days = 7,
                  .persuadable_chance = .35},
    .quirks = {.refund_share = .008,
               .refund_delay_days = 4,
               .guest_share = .02,
               .unattributed_share = .16,
               .free_line_share = .01},
    .twins = kTwins,
    .green = "Reusable cup:",
    .points_per_reward = 80,
    .points_months = 6};

}  // namespace regulars::simulate
