// From where a search ended to what the fit says: parameters on their natural scale, standard
// errors and covariance by the delta method, and warnings in words.
//
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>

#include "models/fit/fitted.h"
#include "models/fit/newton.h"

namespace regulars::models {

// A variable v of the search and the parameter it stands for: unit * exp(v), or unit * v.
struct Variable {
  std::string name;
  bool logarithm = true;
  double unit = 1;

  double parameter(double v) const;
};

// Fills all of `fitted` but model, log_likelihood, customers and cells; adds to its warnings.
void describe(Fitted& fitted, const Maximum& top, std::span<const Variable> variables);

}  // namespace regulars::models
