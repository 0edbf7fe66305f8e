#include "models/fit/estimates.h"

#include <fmt/format.h>

#include <cmath>

namespace regulars::models {
namespace {

void add_errors(Fitted& fitted, const Maximum& top, std::span<const Variable> variables) {
  const size_t n = variables.size();
  const std::vector<double> inverse = inverse_of_negative(top.objective.hessian, n);
  std::vector<double> slopes(n);  // of the parameters by the variables
  for (size_t i = 0; i < n; ++i)
    slopes[i] = variables[i].logarithm ? fitted.parameters[i].value : variables[i].unit;
  fitted.covariance.clear();
  for (size_t i = 0; i < n; ++i) {
    fitted.parameters[i].standard_error =
        inverse.empty() ? std::nan("") : std::abs(slopes[i]) * std::sqrt(inverse[i * n + i]);
    if (inverse.empty()) continue;
    for (size_t j = 0; j < n; ++j)
      fitted.covariance.push_back(slopes[i] * inverse[i * n + j] * slopes[j]);
  }
}

// Standard error of a parameter's logarithm from which on it is not determined: a factor of 20.
constexpr double kUndetermined = 3;

void add_warnings(Fitted& fitted, const Maximum& top, std::span<const Variable> variables) {
  if (top.at_bound)
    fitted.warnings.emplace_back(
        "a parameter ran to the edge of what is searched: these customers do not determine it; "
        "what it says of them as a whole may still hold, its own value does not");
  else if (!top.converged)
    fitted.warnings.emplace_back("the search for the best parameters did not end: do not use them");
  if (fitted.covariance.empty())
    fitted.warnings.emplace_back(
        "the likelihood is flat in some direction: there are no standard errors");
  for (size_t i = 0; i < variables.size(); ++i) {
    const Parameter& parameter = fitted.parameters[i];
    if (variables[i].logarithm && parameter.standard_error > kUndetermined * parameter.value)
      fitted.warnings.push_back(
          fmt::format("these customers hardly determine {}: it may as well be twenty times as "
                      "large or as small",
                      parameter.name));
  }
}

}  // namespace

double Variable::parameter(double v) const { return unit * (logarithm ? std::exp(v) : v); }

void describe(Fitted& fitted, const Maximum& top, std::span<const Variable> variables) {
  fitted.parameters.clear();
  for (size_t i = 0; i < variables.size(); ++i)
    fitted.parameters.push_back({variables[i].name, variables[i].parameter(top.at[i]), 0});
  fitted.converged = top.converged;
  fitted.iterations = top.iterations;
  fitted.gradient_norm = top.gradient_norm;
  fitted.least_curvature = top.least_curvature;
  add_errors(fitted, top, variables);
  add_warnings(fitted, top, variables);
}

}  // namespace regulars::models
