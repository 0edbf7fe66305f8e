#include "project/model_declaration.h"

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
