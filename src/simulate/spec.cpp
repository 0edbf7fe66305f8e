#include "simulate/spec.h"

#include <array>

#include "simulate/preset_data.h"

namespace regulars::simulate {
namespace {

constexpr std::array kPresets = {&kGrocery, &kCoffee, &kFashion, &kWholesale, &kSubscription};
constexpr int kMostDays = 366 * 30;

Error unknown_preset(std::string_view name) {
  std::string names;
  for (const PresetData* data : kPresets) {
    names += (names.empty() ? "" : ", ") + std::string(data->name);
  }
  return Error(ErrorCode::kNotFound, "there is no preset named '" + std::string(name) + "'",
               "The presets are " + names + ".");
}

struct NamedValue {
  const char* name;
  double value;
};

Result<void> check_shares(const ShopSpec& spec) {
  const Behaviour& b = spec.behaviour;
  const Quirks& q = spec.quirks;
  const NamedValue shares[] = {{"trade_share", b.trade_share},
                               {"joined_before_share", b.joined_before_share},
                               {"prospect_share", b.prospect_share},
                               {"favourite_share", b.favourite_share},
                               {"survey_share", b.survey_share},
                               {"answer_share", b.answer_share},
                               {"email_consent_share", b.email_consent_share},
                               {"sms_consent_share", b.sms_consent_share},
                               {"control_share", b.control_share},
                               {"persuadable_share", b.persuadable_share},
                               {"sleeping_dog_share", b.sleeping_dog_share},
                               {"refund_share", q.refund_share},
                               {"duplicate_line_share", q.duplicate_line_share},
                               {"late_share", q.late_share},
                               {"guest_share", q.guest_share},
                               {"unattributed_share", q.unattributed_share},
                               {"free_line_share", q.free_line_share},
                               {"cancelled_share", q.cancelled_share},
                               {"failed_share", q.failed_share},
                               {"test_share", q.test_share}};
  for (const NamedValue& share : shares) {
    if (!(share.value >= 0 && share.value <= 1)) {
      return Error(ErrorCode::kBadDefinition, std::string(share.name) + " must lie in 0..1");
    }
  }
  return {};
}

struct NamedRange {
  const char* name;
  double value;
  double least;
  double most;
};

Result<void> check_ranges(const Behaviour& b) {
  const NamedRange ranges[] = {{"growth", b.growth, -1, 1000},
                               {"response_days", static_cast<double>(b.response_days), 2, 366},
                               {"campaigns_per_year", b.campaigns_per_year, 0, 366},
                               {"offer_percent", static_cast<double>(b.offer_percent), 0, 90},
                               {"visits_per_year", b.visits_per_year, 0, 10'000},
                               {"most_units", static_cast<double>(b.most_units), 1, 10'000},
                               {"trade_factor", b.trade_factor, 0.01, 1000},
                               {"mean_order_cents", b.mean_order_cents, 1, 1e9},
                               {"orders_per_year", b.orders_per_year, 1e-6, 10'000}};
  for (const NamedRange& range : ranges) {
    if (!(range.value >= range.least && range.value <= range.most)) {
      return Error(ErrorCode::kBadDefinition, std::string(range.name) + " is out of range");
    }
  }
  return {};
}

Result<void> check_positive(const Behaviour& b) {
  const NamedValue values[] = {{"order_rate_shape", b.order_rate_shape},
                               {"drop_outs_per_year", b.drop_outs_per_year},
                               {"drop_out_shape", b.drop_out_shape},
                               {"regularity", b.regularity},
                               {"spend_within_shape", b.spend_within_shape},
                               {"spend_between_shape above 1", b.spend_between_shape - 1},
                               {"lines_per_order", b.lines_per_order},
                               {"pack_size", static_cast<double>(b.pack_size)},
                               {"taste_concentration", b.taste_concentration},
                               {"discount_affinity", b.discount_affinity},
                               {"1 - discount_affinity", 1 - b.discount_affinity},
                               {"online_share", b.online_share},
                               {"1 - online_share", 1 - b.online_share},
                               {"persuadable_chance", b.persuadable_chance},
                               {"1 - persuadable_chance", 1 - b.persuadable_chance},
                               {"sleeping_dog_chance", b.sleeping_dog_chance},
                               {"1 - sleeping_dog_chance", 1 - b.sleeping_dog_chance}};
  for (const NamedValue& value : values) {
    if (!(value.value > 0)) {
      return Error(ErrorCode::kBadDefinition, std::string(value.name) + " must be above 0");
    }
  }
  return {};
}

}  // namespace

std::span<const PresetData* const> all_presets() { return kPresets; }

const PresetData* find_preset(std::string_view name) {
  for (const PresetData* data : kPresets) {
    if (data->name == name) return data;
  }
  return nullptr;
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const PresetData* data : kPresets) names.emplace_back(data->name);
  return names;
}

Result<ShopSpec> preset(std::string_view name) {
  const PresetData* data = find_preset(name);
  if (data == nullptr) return unknown_preset(name);
  ShopSpec spec;
  spec.preset = data->name;
  spec.customers = data->customers;
  spec.from = to_day(data->from);
  spec.to = to_day(data->to);
  spec.zone = data->zone;
  spec.currency = data->currency;
  spec.behaviour = data->behaviour;
  spec.quirks = data->quirks;
  return spec;
}

Result<void> check(const ShopSpec& spec) {
  if (find_preset(spec.preset) == nullptr) return unknown_preset(spec.preset);
  if (spec.customers < 1 || spec.customers > 50'000'000) {
    return Error(ErrorCode::kBadDefinition, "customers must lie in 1..50,000,000");
  }
  if (spec.to < spec.from || spec.to - spec.from > kMostDays) {
    return Error(ErrorCode::kBadDefinition,
                 "the last day must follow the first, at most 30 years on");
  }
  REGULARS_TRY(check_shares(spec));
  REGULARS_TRY(check_ranges(spec.behaviour));
  return check_positive(spec.behaviour);
}

}  // namespace regulars::simulate
