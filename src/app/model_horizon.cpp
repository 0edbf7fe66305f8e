#include "app/model_horizon.h"

#include <fmt/format.h>

#include "base/decimal.h"

namespace regulars::app {
namespace {

std::string plural(const std::string& number, std::string_view unit) {
  return fmt::format("{} {}{}", number, unit, number == "1" ? "" : "s");
}

}  // namespace

Result<ModelHorizon> parse_horizon(const std::string& text, models::TimeUnit unit) {
  const size_t blank = text.find(' ');
  const std::string number = text.substr(0, blank);
  const Result<Decimal> value = Decimal::parse(number);
  const Error wrong(ErrorCode::kUsage, "'" + text + "' is not a length of time to predict for",
                    "write e.g. '12 months', '90 days', or a number of the model's unit");
  if (!value || value->units <= 0) return wrong;
  models::TimeUnit said = unit;
  if (blank != std::string::npos) {
    std::string word = text.substr(blank + 1);
    if (word.ends_with('s')) word.pop_back();
    const auto parsed = models::parse_time_unit(word);
    if (!parsed) return wrong;
    said = *parsed;
  }
  const double units = value->to_double() * models::days_in(said) / models::days_in(unit);
  return ModelHorizon{units, plural(number, models::name_of(said))};
}

}  // namespace regulars::app
