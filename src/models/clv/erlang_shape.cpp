#include "models/clv/erlang_shape.h"

#include <cmath>

#include "models/clv/bg_nbd.h"
#include "models/clv/silence.h"

namespace regulars::models {

double sum_of_log_gaps(const PurchaseSummary& summary) {
  double sum = 0;
  for (const double one : summary.log_gaps) sum += one;
  return sum;
}

Result<ShapeFit> fit_shape(RegularFamily family, const CellTable& table, double log_gaps,
                           const FitOptions& options) {
  ShapeFit best;
  int fallen = 0;
  for (unsigned k = 1; k <= kMostErlang && fallen < 2; ++k) {
    const auto model = family == RegularFamily::kMbg ? make_mbg_cnbd(k) : make_bg_cnbd(k);
    REGULARS_ASSIGN(Fitted fitted, fit(*model, table, options));
    fitted.log_likelihood += (k - 1) * log_gaps;
    best.log_likelihoods.push_back(fitted.log_likelihood);
    if (k == 1 || fitted.log_likelihood > best.fitted.log_likelihood) {
      best.k = k;
      best.fitted = std::move(fitted);
      fallen = 0;
    } else {
      ++fallen;
    }
  }
  if (best.k == kMostErlang)
    best.fitted.warnings.emplace_back(
        "buying is as regular as the most regular shape that is tried: it may be by contract, for "
        "which retention models (sbg) are made");
  return best;
}

}  // namespace regulars::models
