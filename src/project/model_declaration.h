// A model of a project as models/*.yaml declares it: what is predicted, how far ahead, and from
// what. docs/reference/project.md describes every key.
//
// Thread-safety: values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regulars::project {

struct ModelFeature {
  std::string name;     // of a feature of the project when `formula` is empty
  std::string formula;  // of the language
};

struct ModelDeclaration {
  enum class Kind {
    kValue,       // purchases and revenue to come
    kChurn,       // probability of no sign of life over the horizon
    kPropensity,  // probability that a rule holds over the horizon
  };
  std::string name;
  std::string description;
  Kind kind = Kind::kValue;
  std::string method = "auto";
  int refit_after_days = 30;  // of data; `run` fits again then

  // kValue.
  std::string unit = "week";
  int horizon_months = 12;
  double discount_rate = 0.10;   // a year, effective
  std::optional<double> margin;  // contribution per unit of revenue
  bool zero_amounts_count = true;

  // kChurn, kPropensity. Empty texts take the defaults of the kind.
  int horizon_days = 90;
  std::string label;
  std::string eligible;
  std::vector<ModelFeature> features;
  std::map<std::string, int> monotone;  // by feature: +1 rises, -1 falls
  std::optional<double> contact_cost, value_saved, success_rate;

  Place place;

  // The words it gives to rules: {"expected_revenue_12m", "p_alive", ...}.
  std::vector<std::string> scores() const;
  // Of all that a fit or a score depends on: another declaration has another, so that nothing is
  // kept that was made for one since changed. Not of the description, nor of when to fit again.
  std::string fingerprint() const;
};

std::string_view name_of(ModelDeclaration::Kind kind);  // "value", "churn", "propensity"

}  // namespace regulars::project
