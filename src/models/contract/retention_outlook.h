// What a retention model says of the future of a customer, or of all of a cohort.
//
// `renewed` is how many renewals a customer has made: 0 of a new one. Results are finite.
//
// Thread-safety: pure functions.
#pragma once

#include "models/contract/retention_model.h"

namespace regulars::models {

// Share that is still there after t periods.
double survival(const RetentionParameters& p, double t);
// Share of those there at the last decision who renew at decision t = 1, 2, ...
double retention_rate(const RetentionParameters& p, size_t t);

// Survival with an interval by the delta method on the scale of log(-log S), so within 0 and 1.
struct SurvivalEstimate {
  double survival = 1;
  double standard_error = 0;
  double low = 1;
  double high = 1;
};
// Of a fit without covariates; not a number where it has no covariance.
SurvivalEstimate survival_estimate(const Fitted& fitted, double t, double level = 0.95);

// Expected number of renewals still to come, of the next `horizon` decisions (whole; infinite
// allowed). kBadData where all of them are asked for and the number is infinite (alpha <= 1 and
// c = 1: some customers never leave), or c is so far below 1 that the sum does not end.
Result<double> expected_renewals(const RetentionParameters& p, size_t renewed, double horizon);

struct ResidualOptions {
  double annual_rate = 0.10;   // effective: 0.10 makes 1.10 in a year's time worth 1 now; >= 0
  double periods_a_year = 12;  // > 0
  double value_a_period = 1;   // margin, or revenue if that is what is known
  double until_next = 1;       // periods until the next decision; 0: she decides now
  double horizon = 0;          // decisions counted; 0: all
};
// Value now of the renewals to come, each paid when it is made: Fader and Hardie 2010, "Customer-
// Base Valuation in a Contractual Setting", Marketing Science 29(1), eq. 6, where until_next is 0.
// kUsage for options out of range; kBadData as expected_renewals where the rate is 0.
Result<double> residual_value(const RetentionParameters& p, size_t renewed,
                              const ResidualOptions& options);

}  // namespace regulars::models
