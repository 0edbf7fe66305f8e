// Turning a model's probabilities into ones that come true as often as they say.
//
// Thread-safety: values and pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace regulars::models {

// kPlatt: logit(p') = a + b logit(p) (Platt 1999, on logits). kIsotonic: the best non-decreasing
// step function (pool adjacent violators), linear between the means of its steps.
struct Calibration {
  enum class Kind { kNone, kPlatt, kIsotonic } kind = Kind::kNone;
  double intercept = 0, slope = 1;  // kPlatt
  std::vector<double> from, to;     // kIsotonic: knots, both ascending

  double operator()(double probability) const;
};
std::string_view name_of(Calibration::Kind kind);  // "none", "platt", "isotonic"

Calibration platt(std::span<const double> probability, std::span<const uint8_t> label);
Calibration isotonic(std::span<const double> probability, std::span<const uint8_t> label);

// The choice among none, Platt and isotonic by log loss on customers left out (five parts by
// customer); the simpler one unless the other is better by more than one standard error of the
// difference. Isotonic is tried from 1000 rows with 100 of each class on.
struct CalibrationChoice {
  Calibration calibration;
  double loss_none = 0, loss_platt = 0, loss_isotonic = 0;  // not a number: not tried
};
CalibrationChoice choose_calibration(std::span<const double> probability,
                                     std::span<const uint8_t> label,
                                     std::span<const uint64_t> group);

// Whether losses (per row) are smaller than others on the same rows by more than one standard error
// of the mean difference, customers being independent of each other.
bool clearly_better(std::span<const double> losses, std::span<const double> than,
                    std::span<const uint64_t> group);

}  // namespace regulars::models
