#include "models/clv/silence.h"

#include <cmath>

namespace regulars::models {
namespace {

// The sum over j, relative to its first term, whose derivatives `first` holds.
Silence with_hidden_events(unsigned k, double n, double alpha, double bought, double watched,
                           Silence first) {
  const double v = (watched - bought) / (alpha + watched);
  const double inverse = 1 / (alpha + watched);
  double term = 1;  // (n)_j / j! v^j
  double by_n = 0;  // of log term
  double by_nn = 0;
  double total = 0;
  Silence sum;  // of term times its derivatives of first and second order
  for (unsigned j = 0; j < k; ++j) {
    if (j > 0) {
      const double factor = n + j - 1;
      term *= factor / j * v;
      by_n += 1 / factor;
      by_nn -= 1 / (factor * factor);
    }
    const double by_alpha = -inverse * j;
    total += term;
    sum.n += term * by_n;
    sum.alpha += term * by_alpha;
    sum.nn += term * (by_nn + by_n * by_n);
    sum.n_alpha += term * by_n * by_alpha;
    sum.alpha_alpha += term * (inverse * inverse * j + by_alpha * by_alpha);
  }
  const double mean_n = sum.n / total;
  const double mean_alpha = sum.alpha / total;
  first.log += std::log(total);
  first.n += mean_n;
  first.alpha += mean_alpha;
  first.nn += sum.nn / total - mean_n * mean_n;
  first.n_alpha += sum.n_alpha / total - mean_n * mean_alpha;
  first.alpha_alpha += sum.alpha_alpha / total - mean_alpha * mean_alpha;
  return first;
}

}  // namespace

double log_shrink(double alpha, double bought, double watched) {
  const double lost = (watched - bought) / (alpha + watched);
  return lost < 0.5 ? std::log1p(-lost) : std::log((alpha + bought) / (alpha + watched));
}

Silence silence(unsigned k, double n, double alpha, double bought, double watched) {
  const double from = 1 / (alpha + bought);
  const double to = 1 / (alpha + watched);
  const double less = (watched - bought) * from * to;
  Silence result;
  result.n = log_shrink(alpha, bought, watched);
  result.log = n * result.n;
  result.alpha = n * less;
  result.n_alpha = less;
  result.alpha_alpha = -n * less * (from + to);
  return k == 1 ? result : with_hidden_events(k, n, alpha, bought, watched, result);
}

}  // namespace regulars::models
