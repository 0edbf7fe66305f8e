// How long customers with a contract stay: each leaves at the end of every period with a
// probability of her own, beta distributed over customers (shifted beta geometric, "sbg": Fader and
// Hardie 2007, "How to Project Customer Retention", Journal of Interactive Marketing 21(1), eq. 1
// to 6); or her probability rises or falls with the time she has been there (beta discrete Weibull,
// "bdw": Fader, Hardie, Liu, Davin, Steenburgh 2018, same journal 43, eq. 4 to 6):
//   S(t) = B(alpha, beta + t^c) / B(alpha, beta), c = 1 for sbg
// The retention rate of a cohort rises with time although nobody's own does, for those likely to
// leave are gone first.
//
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/contract/retention_table.h"
#include "models/fit/derivatives.h"
#include "models/fit/fitted.h"

namespace regulars::models {

struct RetentionParameters {
  double alpha = 1;  // towards leaving
  double beta = 1;   // towards staying
  double c = 1;      // > 1: more likely to leave the longer she is there; < 1: less
};

struct RetentionCohort {
  RetentionTable table;
  std::vector<double> covariates;  // the same for all its customers
};

struct RetentionOptions {
  bool weibull = false;
  // Effects multiply alpha and beta by exp(effect * covariate), each its own.
  std::vector<std::string> covariate_names;
};

// Parameters "alpha", "beta", for the Weibull sibling "c", then "alpha:NAME" and "beta:NAME" of
// each covariate. All cohorts together. kBadData: no customer decided yet; nobody left (nothing can
// be learned of leaving), everybody left at once; covariates that are not finite, not one for each
// name, or the same in all cohorts.
Result<Fitted> fit_retention(std::span<const RetentionCohort> cohorts,
                             const RetentionOptions& options);
RetentionParameters retention_parameters(const Fitted& fitted,
                                         std::span<const double> covariates = {});

// log S(t) of 0 <= t, derivatives by log alpha, log beta, log c.
Derivatives log_survival(const RetentionParameters& p, double t, Order order);
// log P(leaves at the end of period t), t = 1, 2, ...
Derivatives log_leaving(const RetentionParameters& p, size_t t, Order order);

// Each cohort by itself, and whether they differ by more than chance.
struct CohortFits {
  std::vector<Fitted> cohorts;  // in the order given
  Fitted together;
  double statistic = 0;  // twice the rise of the log likelihood by fitting them apart
  double degrees = 0;
  double p_value = 1;  // likelihood ratio test, chi-squared
  std::string words;
};
// kBadData as fit_retention, naming the cohort.
Result<CohortFits> fit_cohorts(std::span<const RetentionTable> cohorts, bool weibull);

}  // namespace regulars::models
