#include "project/model_declaration.h"

#include <fmt/format.h>

#include "base/random.h"

namespace regulars::project {

std::string_view name_of(ModelDeclaration::Kind kind) {
  switch (kind) {
    case ModelDeclaration::Kind::kValue:
      return "value";
    case ModelDeclaration::Kind::kChurn:
      return "churn";
    case ModelDeclaration::Kind::kPropensity:
      return "propensity";
  }
  return "";
}

std::string ModelDeclaration::fingerprint() const {
  constexpr double kNone = -1;  // none of these is negative
  std::string all =
      fmt::format("{}\n{}\n{}\n{} {} {} {} {}\n{}\n{}\n{}\n{} {} {}\n", name, name_of(kind), method,
                  unit, horizon_months, discount_rate, margin.value_or(kNone), zero_amounts_count,
                  horizon_days, label, eligible, contact_cost.value_or(kNone),
                  value_saved.value_or(kNone), success_rate.value_or(kNone));
  for (const ModelFeature& one : features) all += one.name + "\t" + one.formula + "\n";
  for (const auto& [feature, way] : monotone) all += fmt::format("{}\t{}\n", feature, way);
  return fmt::format("{:016x}", stable_hash(all));
}

std::vector<std::string> ModelDeclaration::scores() const {
  if (kind == Kind::kChurn) return {"churn_probability"};
  if (kind == Kind::kPropensity) return {name};
  const std::string horizon = "_" + std::to_string(horizon_months) + "m";
  std::vector<std::string> names = {"expected_orders" + horizon, "p_alive",
                                    "expected_revenue" + horizon};
  if (margin) names.push_back("clv" + horizon);
  return names;
}

}  // namespace regulars::project
