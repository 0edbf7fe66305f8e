// Sums of logarithms that the likelihood of BG/BB is made of.
//
// Thread-safety: plain values; the functions are pure.
#pragma once

#include <array>
#include <cstddef>

#include "models/clv/count_model.h"
#include "models/fit/rising_table.h"

namespace regulars::models {

struct BgBbParameters {
  double alpha = 1;
  double beta = 1;
  double gamma = 1;
  double delta = 1;
};
BgBbParameters bg_bb_parameters(Parameters p);

// The logarithm of a sum of positive terms that come one after another, with the derivatives by
// the four parameters. No term overflows or is lost to one far larger before it comes.
class LogSum {
 public:
  void add(const Derivatives& log_term, Order order);
  Derivatives total(Order order) const;

 private:
  static constexpr size_t kSize = 4;
  double largest_ = 0;
  double sum_ = 0;  // of exp(term - largest), 0 before the first
  std::array<double, kSize> slopes_{};
  std::array<double, kSize * kSize> squares_{};  // of curvature + slope slope'
};

// All terms of customers with at most `most` opportunities.
class BgBbTerms {
 public:
  BgBbTerms(const BgBbParameters& p, size_t most);
  // Log of: x purchases at the first `seen` opportunities, in one order, and alive after them.
  Derivatives alive(size_t x, size_t seen, Order order) const;
  // The same, and gone before the next.
  Derivatives gone(size_t x, size_t seen, Order order) const;

 private:
  void add_buying(Derivatives& d, size_t x, size_t seen, Order order) const;
  void add_leaving(Derivatives& d, size_t left, size_t stayed, Order order) const;

  BgBbParameters p_;
  RisingTable alpha_, beta_, buying_, gamma_, delta_, leaving_;
};

}  // namespace regulars::models
