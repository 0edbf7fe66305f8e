// What a fit says of itself, the same for every model with parameters: estimates, how sure they
// are, and whether the search for them ended well.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::models {

struct Parameter {
  std::string name;
  double value = 0;
  double standard_error = 0;  // not a number when the Hessian cannot be inverted
};

struct Fitted {
  std::string model;  // "bg-nbd"
  std::vector<Parameter> parameters;
  // Of the parameters as named, row by row: the inverse of the negative Hessian, delta method
  // from the scale of the search. Empty when it cannot be inverted.
  std::vector<double> covariance;
  double log_likelihood = 0;
  uint64_t customers = 0;
  uint64_t cells = 0;  // different customers after equal ones were put together
  bool converged = false;
  int iterations = 0;
  double gradient_norm = 0;  // of the log likelihood per customer, on the scale of the search
  // Least eigenvalue of the negative Hessian on the scale of the search, per customer: at or
  // below 0 the optimum is no maximum; near 0 a parameter is not identified.
  double least_curvature = 0;
  std::vector<std::string> warnings;  // in words a user can act on; empty is good

  double covariance_of(size_t i, size_t j) const { return covariance[i * parameters.size() + j]; }
  const Parameter* find(std::string_view name) const;
  std::vector<double> values() const;
  double aic() const;
  double bic() const;
};

}  // namespace regulars::models
