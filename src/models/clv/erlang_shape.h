// How regular buying is, by likelihood: a count model of regular buying is fitted for each shape
// k = 1 .. 12 of the gaps between purchases, and the likeliest is taken (Platzer and Reutterer
// 2016, section 4). Likelihoods of different k differ by more than what cells hold: the factor
// gap^(k - 1) of every gap belongs to them.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "models/clv/count_model.h"
#include "models/clv/purchase_summary.h"

namespace regulars::models {

enum class RegularFamily { kBg, kMbg };  // whether she may leave after the first purchase: kMbg

struct ShapeFit {
  unsigned k = 1;
  // Of "mbg-cnbd-<k>" ("mbg-nbd" for k = 1), by which predictions are made with count_model(); its
  // log likelihood is of the gaps too, so that AIC compares with models of k = 1.
  Fitted fitted;
  std::vector<double> log_likelihoods;  // of k = 1, 2, ... as far as looked
};

// `log_gaps` is the sum over all customers of the summary's log_gaps, in the unit of the cells.
// Shapes are tried upwards until the likelihood has fallen twice. Errors as of fit().
Result<ShapeFit> fit_shape(RegularFamily family, const CellTable& table, double log_gaps,
                           const FitOptions& options);
double sum_of_log_gaps(const PurchaseSummary& summary);

}  // namespace regulars::models
