// Horizons as people write them.
#pragma once

#include <string>

#include "base/result.h"
#include "models/clv/time_unit.h"

namespace regulars::app {

struct ModelHorizon {
  double units = 0;   // of the model's unit
  std::string words;  // "52 weeks"
};
// "52" (of the unit), "12 months", "90 days", "1 year"; kUsage for anything else or none.
Result<ModelHorizon> parse_horizon(const std::string& text, models::TimeUnit unit);

}  // namespace regulars::app
