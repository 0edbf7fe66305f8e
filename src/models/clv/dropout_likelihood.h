// Likelihood of the models in which a customer may leave right after a purchase, each time with a
// chance p that is beta distributed over customers, and buys at Erlang-k gaps whose rate is gamma
// distributed: BG/NBD (Fader, Hardie and Lee 2005, equation 6), MBG/NBD (Batislam, Denizel and
// Filiztekin 2007; Hoppe and Wagner 2007), BG/CNBD-k and MBG/CNBD-k (Platzer and Reutterer 2016).
//
// With d the purchases after which she could have left (x, or x + 1 when the first counts),
// n = r + k x and Q the silence since t_x (clv/silence.h):
//
//   L = Gamma(n) alpha^r / (Gamma(r) (alpha + t_x)^n (k - 1)!^x) B(a, b + d) / B(a, b)
//       (Q + [d > 0] a / (b + d - 1))
//
// Left out is the factor of gaps^(k - 1), which no parameter touches: (k - 1) times log_gaps of
// purchase_summary.h belongs to the logarithm when likelihoods of different k are compared.
//
// Thread-safety: pure functions.
#pragma once

#include <span>

#include "models/clv/buying_cell.h"
#include "models/fit/derivatives.h"

namespace regulars::models {

struct DropoutModel {
  unsigned k = 1;            // shape of the gaps
  bool after_first = false;  // may also leave after the first purchase (MBG)
  double chances(double x) const { return after_first ? x + 1 : x; }
};

// In the order of the parameters everywhere: r, alpha, a, b.
struct DropoutParameters {
  double r = 0;
  double alpha = 0;
  double a = 0;
  double b = 0;
};

// Of cells in ascending order of (x, t_x), each counted so many times; terms that cells of equal x
// share are computed once. Derivatives by the logarithms of the parameters.
Derivatives dropout_likelihood(const DropoutModel& model, const DropoutParameters& p,
                               std::span<const BuyingCell> cells, std::span<const uint64_t> counts,
                               Order order);

// P(still a customer at T | history) = Q / (Q + [d > 0] a / (b + d - 1)).
double dropout_alive(const DropoutModel& model, const DropoutParameters& p, const BuyingCell& cell);

}  // namespace regulars::models
