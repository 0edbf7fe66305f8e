// Who leaves sooner: Cox's proportional hazards model. The chance of leaving at any moment is a
// common course over time, of any shape, times exp(effect' z) of the customer's covariates (Cox
// 1972, Journal of the Royal Statistical Society B 34). Tied times after Efron 1977 (Journal of the
// American Statistical Association 72) or Breslow 1974 (Biometrics 30).
//
// cox_checks.h looks whether effects stay the same over time, and how well customers are ranked.
//
// Thread-safety: plain values, pure functions.
#pragma once

#include <string>
#include <vector>

#include "models/contract/lifetimes.h"
#include "models/fit/fitted.h"

namespace regulars::models {

enum class Ties { kEfron, kBreslow };

struct CoxData {
  Lifetimes lifetimes;
  std::span<const double> covariates;  // row by row, as many as names to a customer
  std::span<const std::string> names;

  std::span<const double> z(size_t customer) const {
    return covariates.subspan(customer * names.size(), names.size());
  }
};

struct Test {
  double statistic = 0;  // chi-squared
  double degrees = 0;
  double p_value = 1;
};

// Of a customer with average covariates: the sum of chances of leaving up to and with this time.
struct BaselineStep {
  double time = 0;
  double cumulative_hazard = 0;
};

struct CoxFit {
  Fitted fitted;              // one parameter a covariate: its effect; exp of it, the hazard ratio
  std::vector<double> means;  // of the covariates
  Ties ties = Ties::kEfron;
  uint64_t ended = 0;
  double null_log_likelihood = 0;      // of no effects
  Test likelihood_ratio, wald, score;  // that all effects are 0
  std::vector<BaselineStep> baseline;  // at each time somebody left, ascending
};

// kBadData as check() of lifetimes; nobody left; no covariates, or not as many as names a customer;
// one that is not finite (naming customer and covariate) or the same for all. A covariate that
// parts those who leave from those who stay altogether has no finite effect: the fit says so in its
// warnings.
Result<CoxFit> fit_cox(const CoxData& data, Ties ties = Ties::kEfron);

// How many times as likely to leave as a customer with average covariates. As many covariates as
// were fitted.
double cox_risk(const CoxFit& fit, std::span<const double> covariates);
// Probability that she stays longer than `time`, which counts from when she joined: exp(-cumulative
// hazard * risk). Beyond the last time somebody left it stays what it was there.
double cox_survival(const CoxFit& fit, std::span<const double> covariates, double time);

}  // namespace regulars::models
