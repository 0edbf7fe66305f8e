// What to expect of a customer who may leave after each purchase, given her history and that she
// is still a customer at T.
//
// Given that, her chance p of leaving and her rate lambda are independent, p ~ Beta(a, b + d) and
// lambda a mixture over j of Gamma(n + j, alpha + T), where j < k hidden events have happened since
// her last purchase (weights: the terms of clv/silence.h); every k-th hidden event is a purchase,
// which for k = 1 leaves lambda ~ Gamma(r + x, alpha + T). So the purchases J she would make in
// (T, T + t], if she never left, have a known distribution (negative binomial, k to a purchase),
// and what she makes follows by positive sums over it, without the differences of nearly equal
// numbers of the published forms (Fader, Hardie and Lee 2005, equation 10):
//
//   E[purchases]    = sum over i >= 0 of E[(1 - p)^i] P(J > i),  E[(1 - p)^i] = (B)_i / (a + B)_i
//   P(n purchases)  = E[(1 - p)^n] P(J = n) + [n > 0] E[p (1 - p)^(n - 1)] P(J >= n)
//   P(alive after)  = sum over i of E[(1 - p)^i] P(J = i)
//
// These hold for every a, b > 0 and x >= 0, for k > 1 as for k = 1, to about 11 digits. Where J may
// be so large that the sum is long, terms beyond 50,000 are integrated instead: 8 digits.
//
// Thread-safety: immutable.
#pragma once

#include <vector>

#include "models/clv/dropout_likelihood.h"

namespace regulars::models {

class DropoutOutlook {
 public:
  DropoutOutlook(const DropoutModel& model, const DropoutParameters& p, const BuyingCell& cell);

  double expected(double t) const;
  double alive_after(double t) const;
  std::vector<double> p_counts(unsigned most, double t) const;
  double p_next_by(double t) const;
  // The sum over purchases i = 1, 2, ... of E[(1 - p)^(i - 1) exp(-rate S_i); S_i <= horizon], S_i
  // the time of the i-th: given lambda a sum, the expectation over lambda by quadrature; 9 digits.
  double discounted(double rate, double horizon) const;

 private:
  struct Phase {
    double weight = 0;
    double shape = 0;  // of lambda
  };
  double survives(double purchases) const;  // E[(1 - p)^purchases]
  double made_of(double purchases) const;   // sum of survives(i) for i below
  double more_than(double purchases, double t) const;
  std::vector<double> count_probabilities(double t, size_t most) const;
  // E[f(J)], given f at 0, 1, ... by its steps, and f as a smooth function beyond.
  template <class Next, class Smooth>
  double expectation(double t, const Next& next, const Smooth& smooth) const;
  double discounted_given(double lambda, size_t phase, double rate, double horizon) const;

  unsigned k_;
  double a_;
  double b_;
  double rate_;  // of lambda's gamma
  std::vector<Phase> phases_;
};

}  // namespace regulars::models
