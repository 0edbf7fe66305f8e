// Gamma-Gamma model of spend per purchase (Fader, Hardie, Lee 2005; Fader and Hardie 2013): each
// customer's purchases scatter around a mean of her own, independent of how often she buys.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "models/fit/derivatives.h"
#include "models/fit/fitted.h"

namespace regulars::models {

struct SpendCell {
  double x = 0;     // purchases behind the mean, > 0
  double mean = 0;  // > 0, in the currency
};

struct SpendParameters {
  double p = 0;
  double q = 0;
  double gamma = 0;
};

struct SpendOptions {
  // Covariates of each cell, row by row; they multiply gamma by exp(effect' z) (Hardie note 045
  // shape). Empty: none.
  std::vector<double> covariates;
  std::vector<std::string> covariate_names;
};

// Parameters "p", "q", "gamma", then the covariates' effects. kBadData without a customer with
// x > 0 and mean > 0; a mean or x that is not finite or not positive names the customer.
Result<Fitted> fit_spend(std::span<const SpendCell> customers, const SpendOptions& options);
SpendParameters spend_parameters(const Fitted& fitted);

// Log likelihood of one customer, derivatives by log p, log q, log gamma.
Derivatives spend_log_likelihood(const SpendParameters& s, const SpendCell& cell, Order order);

// Mean spend per purchase expected of a customer, and of one nothing is known of (x = 0). Where
// q <= 1 the population mean does not exist: kBadData for x = 0, and a warning in the fit.
Result<double> expected_spend(const SpendParameters& s, const SpendCell& cell);

}  // namespace regulars::models
