#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr ProductData kKitchen[] = {{"Enamel mug", 320},     {"Tea towel, striped", 210},
                                    {"Chopping board", 640}, {"Storage jar 1 l", 280},
                                    {"Oven glove", 330},     {"Wooden spoon set", 410},
                                    {"Cake tin", 520},       {"Measuring cups", 390}};
constexpr ProductData kDecoration[] = {{"Tea light holder", 125}, {"Picture frame", 380},
                                       {"Wicker basket", 690},    {"Cushion cover", 540},
                                       {"Wall clock", 1250},      {"Vase, small", 420},
                                       {"Door wreath", 780},      {"Metal sign", 295}};
constexpr ProductData kPaper[] = {{"Gift wrap, sheet", 42}, {"Notebook A5", 240},
                                  {"Greeting card", 65},    {"Paper napkins", 110},
                                  {"Ribbon 10 m", 95},      {"Gift tags, twelve", 85},
                                  {"Desk planner", 490}};
constexpr ProductData kToys[] = {{"Wooden blocks", 820},      {"Skipping rope", 190},
                                 {"Jigsaw, 100 pieces", 450}, {"Soft rabbit", 560},
                                 {"Colouring set", 310},      {"Spinning top", 150}};
constexpr ProductData kGarden[] = {{"Plant pot", 290}, {"Seed packets", 95}, {"Watering can", 690},
                                   {"Lantern", 820},   {"Bird feeder", 540}, {"Garden twine", 160}};
constexpr ProductData kBags[] = {{"Cotton shopper", 180},
                                 {"Lunch bag", 290},
                                 {"Wash bag", 340},
                                 {"Picnic bag", 880},
                                 {"Key ring", 85}};
constexpr ProductData kFestive[] = {{"Glass bauble", 110}, {"Advent calendar", 480},
                                    {"Paper star", 230},   {"Fairy lights", 520},
                                    {"Wooden tree", 370},  {"Christmas crackers", 640}};

constexpr CategoryData kCategories[] = {
    {"Kitchen", 20, 0, 0, 0, 0, kKitchen},     {"Decoration", 22, 0, 0, 10, .2, kDecoration},
    {"Paper goods", 16, 0, 0, 11, .3, kPaper}, {"Toys", 11, 0, 0, 11, .4, kToys},
    {"Garden", 11, 0, 0, 4, .7, kGarden},      {"Bags", 10, 0, 0, 0, 0, kBags},
    {"Festive", 10, 0, 0, 10, .95, kFestive}};

constexpr StoreData kStores[] = {{"Main warehouse", "Centre", 3}, {"North depot", "North", 1}};
constexpr ChannelData kChannels[] = {{"sales rep", 1}, {"online", 3}, {"phone", 1}};
constexpr SaleData kSales[] = {{1, 10, 20, 15}, {8, 1, 14, 10}};
constexpr TwinData kTwins[] = {{Topic::kKids, "Enamel mug", "Kids enamel mug"},
                               {Topic::kKids, "Notebook A5", "Kids notebook A5"},
                               {Topic::kBaby, "Cushion cover", "Cot cushion cover"},
                               {Topic::kHealth, "Storage jar 1 l", "Sprouting jar 1 l"},
                               {Topic::kSport, "Wash bag", "Sports wash bag"},
                               {Topic::kTechnology, "Wall clock", "Radio-controlled clock"}};

}  // namespace

// A wholesaler of gifts and household goods: customers are shops, some of them very large; returns
// are credit notes.
const PresetData kWholesale = {
    .name = "wholesale",
    .zone = "Europe/London",
    .currency = "GBP",
    .persons = false,
    .customers = 2500,
    .from = {2023, 1, 1},
    .to = {2025, 6, 30},
    .categories = kCategories,
    .variants = {},
    .stores = kStores,
    .channels = kChannels,
    .sales = kSales,
    .months = {.8, .8, .95, .9, .95, .9, .9, .95, 1.25, 1.4, 1.5, .7},
    .weekdays = {1.1, 1.15, 1.15, 1.2, 1, .02, .02},
    .store_hours = {0,   0,   0,   0,   0,   0,  0,  .4, 1.6, 2.6, 3, 3,
                    2.4, 2.6, 2.8, 2.6, 1.8, .6, .1, 0,  0,   0,   0, 0},
    .remote_hours = {.02, 0,   0,   0,   0,   0,   .1, .6, 1.8, 2.6, 3,  2.8,
                     2.4, 2.4, 2.6, 2.4, 1.8, 1.2, .8, .8, .7,  .5,  .2, .1},
    .behaviour = {.orders_per_year = 7,
                  .order_rate_shape = 1.1,
                  .drop_outs_per_year = .3,
                  .drop_out_shape = .7,
                  .regularity = 2.5,
                  .mean_order_cents = 38000,
                  .spend_within_shape = 3,
                  .spend_between_shape = 2.2,
                  .lines_per_order = 14,
                  .most_units = 144,
                  .pack_size = 6,
                  .trade_share = .01,
                  .trade_factor = 12,
                  .joined_before_share = .45,
                  .prospect_share = .08,
                  .growth = .1,
                  .online_share = .5,
                  .favourite_share = .3,
                  .taste_concentration = 6,
                  .discount_affinity = .3,
                  .visits_per_year = 8,
                  .survey_share = .06,
                  .campaigns_per_year = 4,
                  .response_days = 21,
                  .shipping_cents = 1490,
                  .free_shipping_from_cents = 30000},
    .quirks = {.refund_share = .09,
               .refund_delay_days = 22,
               .credit_notes = true,
               .duplicate_line_share = .004,
               .guest_share = .004,
               .unattributed_share = .04},
    .twins = kTwins,
    .green = "Recycled",
    .centre = {515'070, -1'280}};

}  // namespace regulars::simulate
