// Logistic regression with an L2 penalty on standardised columns, by exact Newton steps.
//
//   minimise  -sum log p(label) + penalty / 2 * sum of squared coefficients (not the intercept)
//
// which for penalty 1 is what scikit-learn calls C = 1.
//
// Thread-safety: values and pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "models/propensity/training_table.h"

namespace regulars::models {

// A column of the design: a number, a level of a text (0 or 1), or that a feature is unknown.
struct DesignColumn {
  enum class Kind { kNumber, kLevel, kUnknown } kind = Kind::kNumber;
  size_t feature = 0;
  std::string level;               // kLevel
  double mean = 0, deviation = 1;  // of the column; kNumber: the mean also stands in for unknown
  double coefficient = 0;          // per standard deviation
  double standard_error = 0;       // likewise
};

struct LogisticOptions {
  double penalty = 1;
  // Per feature: +1 the probability may only rise with it, -1 only fall, 0 free. Empty: all free.
  std::vector<int> monotone;
};

struct Logistic {
  double intercept = 0;
  double intercept_error = 0;
  std::vector<DesignColumn> columns;
  std::vector<std::string> dropped;  // constant or collinear columns, in words
  bool converged = false;
  int iterations = 0;
  double log_likelihood = 0;  // without the penalty
};

// Texts are expanded against their first level; a feature that is sometimes unknown gets a column
// for it; numbers beyond five standard deviations count as if they were there; constant columns and
// those that follow from the ones before are dropped. Standard errors are from the penalised
// Hessian; where customers have several rows, the sandwich clustered by customer. A perfect
// separation converges thanks to the penalty (penalty 0: converged is false). kBadData for no rows
// or one class only.
Result<Logistic> fit_logistic(const TrainingTable& table, const LogisticOptions& options);

// Probabilities for every row of a table with the features of the fit, in their order.
std::vector<double> predict(const Logistic& model, const TrainingTable& table);

// Log odds of a row as a sum: the contribution of each feature against its mean (coefficient times
// the standardised value, a feature's columns together), exact. Row by row, features to a row.
std::vector<double> contributions(const Logistic& model, const TrainingTable& table);

}  // namespace regulars::models
