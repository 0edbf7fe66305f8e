#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr ProductData kBoxes[] = {{"Weekday box for two", 4900},
                                  {"Weekday box for one", 2900},
                                  {"Family box", 7900},
                                  {"Light box", 3900}};
constexpr ProductData kVegetarian[] = {{"Vegetarian box for two", 4700},
                                       {"Vegetarian box for one", 2800},
                                       {"Vegan box for two", 4900},
                                       {"Vegan box for one", 2900}};
constexpr ProductData kExtras[] = {{"Dessert pair", 890},      {"Smoothie pack", 990},
                                   {"Bread and spreads", 790}, {"Soup pack", 1090},
                                   {"Breakfast pack", 1190},   {"Cheese plate", 1390}};
constexpr ProductData kDrinks[] = {
    {"Juice, three bottles", 1090}, {"Wine, two bottles", 1890}, {"Kombucha, four cans", 1190}};
constexpr ProductData kGifts[] = {{"Recipe book", 1990}, {"Apron", 2490}, {"Knife", 3990}};

constexpr CategoryData kCategories[] = {{"Boxes", 60, .05, -.05, 0, 0, kBoxes},
                                        {"Vegetarian boxes", 25, -.25, .2, 1, .2, kVegetarian},
                                        {"Extras", 12, 0, 0, 12, .2, kExtras},
                                        {"Drinks", 5, .1, -.1, 12, .3, kDrinks},
                                        {"Gifts", 1, 0, 0, 12, .8, kGifts}};

constexpr StoreData kStores[] = {{"Kitchen", "Centre", 1}};
constexpr ChannelData kChannels[] = {{"counter", 1}, {"online", 3}, {"app", 2}};
constexpr SaleData kSales[] = {{1, 2, 20, 25}, {9, 1, 14, 20}};
constexpr TwinData kTwins[] = {{Topic::kKids, "Family box", "Family box with kids menu"},
                               {Topic::kKids, "Dessert pair", "Kids dessert pair"},
                               {Topic::kBaby, "Soup pack", "Baby soup pack"},
                               {Topic::kHealth, "Light box", "Low-salt light box"},
                               {Topic::kHealth, "Smoothie pack", "Green smoothie pack"},
                               {Topic::kSport, "Breakfast pack", "Protein breakfast pack"},
                               {Topic::kTechnology, "Knife", "Kitchen thermometer"}};

}  // namespace

// Recipe boxes on a monthly plan: an order on the customer's day of the month until she ends it.
const PresetData kSubscription = {
    .name = "subscription",
    .zone = "Europe/Berlin",
    .currency = "EUR",
    .customers = 5000,
    .from = {2023, 1, 1},
    .to = {2025, 6, 30},
    .categories = kCategories,
    .variants = {},
    .stores = kStores,
    .channels = kChannels,
    .sales = kSales,
    .months = {1.3, 1.05, 1, 1, .95, .9, .8, .85, 1.15, 1.05, 1, .95},
    .weekdays = {1.2, 1.1, 1, 1, .9, .9, .95},
    .store_hours = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0},
    .remote_hours = kEveningHours,
    .behaviour = {.orders_per_year = 12,
                  .order_rate_shape = 20,
                  .drop_outs_per_year = 1.1,
                  .drop_out_shape = .9,
                  .monthly = true,
                  .mean_order_cents = 5600,
                  .spend_within_shape = 20,
                  .spend_between_shape = 9,
                  .lines_per_order = 1.3,
                  .most_units = 2,
                  .trade_share = .001,
                  .prospect_share = .12,
                  .growth = .8,
                  .online_share = .97,
                  .favourite_share = .8,
                  .taste_concentration = 3,
                  .visits_per_year = 20,
                  .survey_share = .08,
                  .persuadable_share = .15,
                  .shipping_cents = 490,
                  .free_shipping_from_cents = 4500},
    .quirks = {.refund_share = .02,
               .refund_delay_days = 5,
               .late_share = .003,
               .guest_share = .01,
               .unattributed_share = .01,
               .failed_share = .03},
    .twins = kTwins,
    .green = "Organic"};

}  // namespace regulars::simulate
