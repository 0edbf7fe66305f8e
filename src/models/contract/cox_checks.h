// Whether a Cox model holds, and how well it ranks.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "models/contract/cox.h"

namespace regulars::models {

// What an effect is held against: the time itself, its logarithm (times of 0 count as the least
// above 0), the rank of the time among those who left (ties in the middle), or the share gone
// before it by Kaplan-Meier.
enum class TimeScale { kIdentity, kLog, kRank, kKaplanMeier };

struct ProportionalHazards {
  std::vector<Test> covariates;  // of each: that its effect does not change with time
  Test all;
  std::vector<std::string> words;  // for those with p < 0.01: how the effect changes, what to do
};
// The test of scaled Schoenfeld residuals against a scale of time (Grambsch and Therneau 1994,
// Biometrika 81, eq. 2.3 and 3.2). `data` must be what was fitted; kBadData where it cannot be, or
// the fit has no covariance, or all left at the same time.
Result<ProportionalHazards> test_proportional_hazards(const CoxFit& fit, const CoxData& data,
                                                      TimeScale scale = TimeScale::kKaplanMeier);

// Of all pairs of customers of whom one is known to have left sooner, the share in which she had
// the higher risk (equal risks count half): Harrell 1996, Statistics in Medicine 15. 0.5 is chance.
struct Concordance {
  double index = 0;  // not a number without a pair to compare
  uint64_t concordant = 0;
  uint64_t discordant = 0;
  uint64_t equal = 0;
};
// kBadData as check() of lifetimes, or for a risk that is not a number.
Result<Concordance> concordance(const Lifetimes& lifetimes, std::span<const double> risk);
std::vector<double> cox_risks(const CoxFit& fit, const CoxData& data);

}  // namespace regulars::models
