#include "models/fit/fitted.h"

#include <algorithm>
#include <cmath>

namespace regulars::models {

const Parameter* Fitted::find(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Parameter::name);
  return found == parameters.end() ? nullptr : &*found;
}

std::vector<double> Fitted::values() const {
  std::vector<double> result;
  result.reserve(parameters.size());
  for (const Parameter& parameter : parameters) result.push_back(parameter.value);
  return result;
}

double Fitted::aic() const {
  return 2 * static_cast<double>(parameters.size()) - 2 * log_likelihood;
}

double Fitted::bic() const {
  return std::log(static_cast<double>(customers)) * static_cast<double>(parameters.size()) -
         2 * log_likelihood;
}

}  // namespace regulars::models
