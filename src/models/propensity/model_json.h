// Private to propensity: parts of the artifact as JSON. A number that is none is null.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

#include "models/propensity/propensity.h"

namespace regulars::models {

using Json = nlohmann::ordered_json;

inline Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
inline double number_of(const Json& json) {
  return json.is_null() ? kUnknownValue : json.get<double>();
}

Json report_json(const PropensityReport& report);
PropensityReport report_of(const Json& json);

}  // namespace regulars::models
