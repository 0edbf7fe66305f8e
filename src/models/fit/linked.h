// Sums of likelihoods of customers whose parameters depend on their covariates.
//
// Thread-safety: pure function.
#pragma once

#include <span>

#include "models/fit/derivatives.h"
#include "models/fit/newton.h"

namespace regulars::models {

// A variable of the search moves variable `base` of a customer's likelihood `slope` times as far:
// 1 for the parameter itself, the covariate's value for its effect.
struct Link {
  size_t base = 0;
  double slope = 1;
};

// Adds `count` customers with these derivatives; one link for each variable of `total`.
void add_linked(Objective& total, const Derivatives& one, double count,
                std::span<const Link> links);

}  // namespace regulars::models
