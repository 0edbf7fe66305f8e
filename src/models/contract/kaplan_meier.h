// Share of customers still there as time goes by, with no model of it (Kaplan and Meier 1958,
// Journal of the American Statistical Association 53), intervals by Greenwood's variance.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "models/contract/lifetimes.h"

namespace regulars::models {

struct SurvivalStep {
  double time = 0;
  uint64_t at_risk = 0;
  uint64_t ended = 0;
  uint64_t censored = 0;
  double survival = 1;        // after this time
  double standard_error = 0;  // Greenwood; not a number once survival is 0
  // Interval on the scale of log(-log S): within 0 and 1 (Kalbfleisch and Prentice). 1 to 1 before
  // anybody left; not numbers once survival is 0.
  double low = 1;
  double high = 1;
  // Greenwood's plain interval, cut at 0 and 1.
  double plain_low = 1;
  double plain_high = 1;
};

struct KaplanMeier {
  std::vector<SurvivalStep> steps;  // of each different time, ascending
  uint64_t customers = 0;
  uint64_t ended = 0;
  double level = 0.95;
  double last_time = 0;

  // The step that holds at `time`: survival 1 before the first. Beyond the last time nothing is
  // known; the last step is given.
  SurvivalStep at(double time) const;

  // First time at which at most half are left; low and high from where the interval's bounds cross
  // one half. Nothing where it is not reached.
  struct Median {
    std::optional<double> time;
    std::optional<double> low;
    std::optional<double> high;
  };
  Median median() const;

  // Mean time there up to `until`, everyone's counted as at most that, and its standard error.
  // kBadData where `until` is after the last time seen (nothing is known there) or negative.
  struct Mean {
    double time = 0;
    double standard_error = 0;
  };
  Result<Mean> restricted_mean(double until) const;
};

// kBadData as check() of lifetimes; kUsage for a level outside 0 to 1.
Result<KaplanMeier> kaplan_meier(const Lifetimes& lifetimes, double level = 0.95);

}  // namespace regulars::models
