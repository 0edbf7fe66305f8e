// The fixed tables of a preset: what is sold where, and when people buy. Names are plain words; no
// brand and no person is meant.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "simulate/rows.h"
#include "simulate/spec.h"

namespace regulars::simulate {

struct ProductData {
  std::string_view name;
  int price_cents = 0;
};

struct CategoryData {
  std::string_view name;
  double weight = 1;                      // popularity
  double age_slope = 0;                   // log-weight per 20 years of age above 45
  double woman_slope = 0;                 // log-weight for women, its negative for men
  int peak_month = 0;                     // month of most sales; 0: no season
  double season = 0;                      // height of the peak as a fraction, below 1
  std::span<const ProductData> products;  // most popular first
};

struct StoreData {
  std::string_view name;
  std::string_view region;
  double weight = 1;
};

// The first channel is the stores'; the others are remote.
struct ChannelData {
  std::string_view name;
  double weight = 1;  // among the remote ones
};

struct SaleData {
  int month = 1;
  int day = 1;
  int days = 14;
  int percent = 20;
};

// A product of the same price that customers with a theme take instead: "Kids' cotton tee".
struct TwinData {
  Topic topic = Topic::kKids;
  std::string_view of;
  std::string_view name;
};

using Hours = std::array<double, 24>;

struct PresetData {
  std::string_view name;
  std::string_view zone;
  std::string_view currency;
  bool persons = true;       // false: customers are accounts, without demographics
  bool remote_ships = true;  // remote orders pay shipping
  uint32_t customers = 5000;
  CivilDate from;
  CivilDate to;
  std::span<const CategoryData> categories;
  std::span<const std::string_view> variants;  // each product comes in the first few of them
  std::span<const StoreData> stores;
  std::span<const ChannelData> channels;
  std::span<const SaleData> sales;
  std::array<double, 12> months{};   // weight of each month
  std::array<double, 7> weekdays{};  // weight of Monday .. Sunday
  Hours store_hours{};
  Hours remote_hours{};
  Behaviour behaviour;
  Quirks quirks;
  std::span<const TwinData> twins;
  std::string_view green;  // "Organic": begins the names of greener twins
  int points_per_reward = 500;
  int points_months = 12;  // points are gone when nothing was earned for so long
  Position centre{525'200, 134'050};
};

constexpr size_t kMostCategories = 12;

// Browsing at home: little at night, most in the evening.
constexpr Hours kEveningHours = {.25, .08, .02, .01, .01, .05, .3, 1, 1.6, 2,   2.2, 2.3,
                                 2.4, 2.2, 2,   2,   2.1, 2.4, 3,  4, 4.8, 4.4, 2.6, .9};

extern const PresetData kGrocery;
extern const PresetData kCoffee;
extern const PresetData kFashion;
extern const PresetData kWholesale;
extern const PresetData kSubscription;

std::span<const PresetData* const> all_presets();
const PresetData* find_preset(std::string_view name);  // nullptr: none

}  // namespace regulars::simulate
