// What the parameters of a fitted count model may be, given the customers it was fitted to: draws
// from the normal approximation of the posterior on the log scale (Laplace), and a check of that
// approximation by importance sampling. With flat priors on the logarithms the posterior is the
// likelihood's shape.
//
// Deterministic for a seed. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/clv/count_model.h"

namespace regulars::models {

struct PosteriorOptions {
  size_t draws = 400;
  // Draws whose exact likelihood is looked at for the check; the dear part. 0: no check, no
  // resampling.
  size_t checked = 200;
  uint64_t seed = 1;
};

struct Posterior {
  size_t parameters = 0;
  // Natural scale, row by row, each as likely as the others. When they were checked, they are
  // resampled by their weights, so that they follow the exact posterior as far as it is covered.
  std::vector<double> draws;
  // Share of the checked draws that count after weighting (Kong 1992): 1 when the approximation is
  // exact. Below about 0.3 intervals are rough.
  double effective_share = 1;
  // Tail of the weights (Vehtari, Simpson, Gelman, Yao, Gabry 2024; Hill's estimate on the largest
  // fifth): above 0.7 the approximation misses a part of the posterior.
  double tail = 0;
  std::string quality;  // "good", "fair", "poor: ..." in words
  size_t size() const { return parameters == 0 ? 0 : draws.size() / parameters; }
  Parameters draw(size_t i) const { return {draws.data() + i * parameters, parameters}; }
};

// kBadData when the fit has no covariance (the likelihood is flat in some direction).
Result<Posterior> posterior_of(const CountModel& model, const CellTable& table,
                               const Fitted& fitted, const PosteriorOptions& options);

// The lower Cholesky factor of the covariance of the log parameters, row by row; empty when there
// is none.
std::vector<double> log_scale_factor(const Fitted& fitted);

}  // namespace regulars::models
