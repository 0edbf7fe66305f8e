// Count models whose parameters depend on facts of the customer that do not change with time: her
// channel, her sex. For a parameter with sign d (ParameterInfo::covariate_sign) of a process with
// covariates z and effects g,
//
//   parameter of the customer = parameter * exp(d g'z)
//
// (Fader and Hardie 2007, "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD
// models"). So a positive effect on the transaction process means buying more often, one on the
// dropout process leaving sooner. Works for every CountModel that names such parameters. What is
// predicted of a customer are the model's own functions at her parameters.
//
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/clv/count_model.h"

namespace regulars::models {

// Facts that touch one process: a row of values.size() / customers for each customer.
struct ProcessCovariates {
  std::vector<std::string> names;
  std::vector<double> values;  // row by row
};

// The two processes may have the same covariates, different ones, or none.
struct CountCovariates {
  ProcessCovariates transaction;
  ProcessCovariates dropout;
};

struct CovariateFitOptions {
  double effect_penalty = 0;  // times the sum of squared effects, off the log likelihood
  NewtonOptions newton;
};

// Parameters of the model (of a customer whose covariates are all 0), then "trans.NAME" and
// "life.NAME". The log likelihood is without the penalty. kBadData where fit() says so, for values
// that are not finite or missing, and for a covariate that is the same for everyone; kUsage for a
// process that the model has no parameter of to be touched, and for a name given twice.
Result<Fitted> fit_with_covariates(const CountModel& model, std::span<const BuyingCell> customers,
                                   const CountCovariates& covariates,
                                   const CovariateFitOptions& options);

// The parameters of a customer with these covariates; as many of each as the fit has.
std::vector<double> customer_parameters(const CountModel& model, const Fitted& fitted,
                                        std::span<const double> transaction,
                                        std::span<const double> dropout);

// Whether a larger model says more than a smaller one inside it: twice the rise of the log
// likelihood, which is chi-squared if the smaller is true (Wilks 1938). Both fits of the same
// customers, without penalty.
struct LikelihoodRatio {
  double statistic = 0;
  double degrees = 0;
  double p_value = 1;
};
LikelihoodRatio likelihood_ratio(const Fitted& smaller, const Fitted& larger);

}  // namespace regulars::models
