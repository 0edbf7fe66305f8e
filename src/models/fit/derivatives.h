// A function value with its exact gradient and Hessian in up to kMost variables.
//
// Thread-safety: plain values.
#pragma once

#include <array>
#include <cstddef>

namespace regulars::models {

struct Derivatives {
  static constexpr size_t kMost = 5;

  double value = 0;
  std::array<double, kMost> gradient{};
  std::array<double, kMost * kMost> hessian{};  // symmetric, row by row, kMost to a row

  double& at(size_t i, size_t j) { return hessian[i * kMost + j]; }
  double at(size_t i, size_t j) const { return hessian[i * kMost + j]; }

  Derivatives& operator+=(const Derivatives& other);
  Derivatives& operator*=(double factor);
};

// How much of Derivatives is wanted; what is not wanted is left zero.
enum class Order { kValue, kGradient, kHessian };

}  // namespace regulars::models
