#include "models/contract/kaplan_meier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/fit/probability.h"

namespace regulars::models {
namespace {

// `variance` is Greenwood's sum d / (n (n - d)): of log S.
void add_intervals(SurvivalStep& step, double variance, double z) {
  const double error = std::sqrt(variance);
  step.standard_error = step.survival * error;
  step.plain_low = std::max(0.0, step.survival - z * step.standard_error);
  step.plain_high = std::min(1.0, step.survival + z * step.standard_error);
  const double log_survival = std::log(step.survival);
  const double wide = z * error / -log_survival;
  step.low = std::exp(log_survival * std::exp(wide));
  step.high = std::exp(log_survival * std::exp(-wide));
}

void all_gone(SurvivalStep& step) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  step.standard_error = step.low = step.high = step.plain_low = step.plain_high = unknown;
}

template <class Reached>
std::optional<double> first_time(const std::vector<SurvivalStep>& steps, Reached reached) {
  const auto found = std::ranges::find_if(steps, reached);
  return found == steps.end() ? std::nullopt : std::optional(found->time);
}

// 0.5 but for rounding of products of ratios.
bool half(double share) { return share <= 0.5 * (1 + 1e-12); }

}  // namespace

SurvivalStep KaplanMeier::at(double time) const {
  const auto after = std::ranges::upper_bound(steps, time, {}, &SurvivalStep::time);
  if (after != steps.begin()) return *(after - 1);
  SurvivalStep start;
  start.at_risk = customers;
  return start;
}

// A bound that is not known, once all are gone, has fallen as far as the share itself.
KaplanMeier::Median KaplanMeier::median() const {
  const auto below = [](double SurvivalStep::* const bound) {
    return
        [bound](const SurvivalStep& step) { return std::isnan(step.*bound) || half(step.*bound); };
  };
  return {first_time(steps, [](const SurvivalStep& step) { return half(step.survival); }),
          first_time(steps, below(&SurvivalStep::low)),
          first_time(steps, [&](const SurvivalStep& step) { return half(step.high); })};
}

// The variance is the sum over event times of the squared area after them times d / (n (n - d)).
Result<KaplanMeier::Mean> KaplanMeier::restricted_mean(double until) const {
  if (!(until >= 0 && until <= last_time))
    return Error(ErrorCode::kBadData,
                 fmt::format("a mean until {} is not known: customers were watched until {}", until,
                             last_time),
                 "give an earlier time");
  Mean mean;
  double variance = 0;
  double to = until;
  for (size_t k = steps.size(); k-- > 0;) {
    const SurvivalStep& step = steps[k];
    if (step.time >= until) continue;
    mean.time += step.survival * (to - step.time);
    to = step.time;
    const auto n = static_cast<double>(step.at_risk);
    const auto d = static_cast<double>(step.ended);
    if (d < n) variance += mean.time * mean.time * d / (n * (n - d));
  }
  mean.time += to;
  mean.standard_error = std::sqrt(variance);
  return mean;
}

Result<KaplanMeier> kaplan_meier(const Lifetimes& lifetimes, double level) {
  REGULARS_TRY(check(lifetimes));
  if (!(level > 0 && level < 1))
    return Error(ErrorCode::kUsage, fmt::format("{} is not a level of an interval", level),
                 "0.95 is usual");
  KaplanMeier curve;
  curve.customers = lifetimes.size();
  curve.level = level;
  const double z = normal_quantile((1 + level) / 2);
  double survival = 1;
  double variance = 0;
  for (const EventTime& event : event_times(lifetimes)) {
    SurvivalStep step{event.time, event.at_risk, event.ended, event.censored, 1, 0, 1, 1, 1, 1};
    const auto n = static_cast<double>(event.at_risk);
    const auto d = static_cast<double>(event.ended);
    survival *= (n - d) / n;
    if (d < n) variance += d / (n * (n - d));
    step.survival = survival;
    curve.ended += event.ended;
    if (survival == 0)
      all_gone(step);
    else if (curve.ended > 0)
      add_intervals(step, variance, z);
    curve.steps.push_back(step);
    curve.last_time = event.time;
  }
  return curve;
}

}  // namespace regulars::models
