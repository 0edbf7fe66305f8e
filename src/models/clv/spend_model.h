// Gamma-Gamma model of spend per purchase: each customer's purchases scatter around a mean of her
// own, independent of how often she buys (spend_check.h looks whether that holds).
//
// A purchase is gamma with shape p and a rate nu of the customer; nu is gamma with shape q and
// rate gamma. Of x purchases with mean z the density is (Fader, Hardie, Lee 2005, "RFM and CLV",
// Journal of Marketing Research 42, eq. 1a; Fader and Hardie 2013, note 025)
//   Gamma(px + q) / (Gamma(px) Gamma(q)) gamma^q z^(px - 1) x^(px) / (gamma + x z)^(px + q)
// and the expected mean of such a customer p (gamma + x z) / (p x + q - 1) (note 025, eq. 5).
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/fit/derivatives.h"
#include "models/fit/fitted.h"

namespace regulars::models {

struct SpendCell {
  double x = 0;     // purchases behind the mean, > 0
  double mean = 0;  // > 0, in the currency
  bool operator==(const SpendCell&) const = default;
};

struct SpendParameters {
  double p = 0;
  double q = 0;
  double gamma = 0;  // in the currency
};

struct SpendOptions {
  // Covariates of each customer, row by row; a customer's gamma is gamma * exp(effect' z), so an
  // effect of 0.1 is 10.5 % more spend (the shape of Hardie's note 045). Empty: none.
  std::vector<double> covariates;
  std::vector<std::string> covariate_names;
};

// Parameters "p", "q", "gamma", then the covariates' effects under their names. The fit does not
// depend on the currency: amounts times 100 give the same p and q, and gamma times 100.
//
// kBadData, naming the customer by her place: an x or mean that is not finite and positive, a
// covariate that is not finite; no customers; all customers with the same mean spend (no scatter
// to be learned from, one customer included); a covariate that is the same for all.
Result<Fitted> fit_spend(std::span<const SpendCell> customers, const SpendOptions& options);

// Of a customer with these covariates (empty: all 0). As many as were fitted.
SpendParameters spend_parameters(const Fitted& fitted, std::span<const double> covariates = {});

// Log likelihood of one customer, derivatives by log p, log q, log gamma.
Derivatives spend_log_likelihood(const SpendParameters& s, const SpendCell& cell, Order order);

// Mean spend per purchase expected of a customer, and of one of whom nothing is known (x = 0).
// Always positive and finite: where p x + q <= 1 the expectation does not exist (it would come
// out negative), which is kBadData; a fit with q <= 1 warns of it.
Result<double> expected_spend(const SpendParameters& s, const SpendCell& cell);

}  // namespace regulars::models
