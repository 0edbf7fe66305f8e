// How often intervals of parameters hold the truth, for tests on simulated shops.
#pragma once

#include <cmath>
#include <vector>

#include "models/fit/fitted.h"

namespace regulars::models {

// Counts 95 % intervals, symmetric on the logarithmic scale that searches run on.
class Coverage {
 public:
  explicit Coverage(std::vector<double> truth) : truth_(std::move(truth)), held_(truth_.size()) {}

  void add(const Fitted& fitted) {
    ++fits_;
    for (size_t i = 0; i < truth_.size(); ++i) {
      const Parameter& parameter = fitted.parameters[i];
      const double off = std::abs(std::log(parameter.value / truth_[i]));
      if (off < 1.959963984540054 * parameter.standard_error / parameter.value) ++held_[i];
    }
  }
  double of(size_t i) const { return held_[i] / fits_; }

 private:
  std::vector<double> truth_;
  std::vector<double> held_;
  double fits_ = 0;
};

}  // namespace regulars::models
