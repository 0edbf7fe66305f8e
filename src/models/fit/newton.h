// Damped Newton maximisation with exact gradients and Hessians. Where the Hessian is not negative
// definite, its eigenvalues are turned and bounded, so that every step goes uphill; steps are
// halved until the value rises (Nocedal and Wright, Numerical Optimization, 2nd ed., 3.4).
//
// Deterministic. Thread-safety: pure function; the objective is called from one thread.
#pragma once

#include <functional>
#include <vector>

namespace regulars::models {

struct Objective {
  double value = 0;
  std::vector<double> gradient;
  std::vector<double> hessian;  // row by row, n x n
};

struct NewtonOptions {
  int most_iterations = 200;
  double gradient_tolerance = 1e-9;  // of the largest gradient component divided by `scale`
  double scale = 1;                  // usually the number of customers
  double longest_step = 3;           // in any one variable (a factor of 20 on a log scale)
  double bound = 25;                 // variables stay within +- bound
};

struct Maximum {
  std::vector<double> at;
  Objective objective;  // there, with Hessian
  bool converged = false;
  bool at_bound = false;  // a variable ran to its bound: the data do not determine it
  int iterations = 0;
  double gradient_norm = 0;    // largest component over `scale`
  double least_curvature = 0;  // least eigenvalue of the negative Hessian over `scale`
};

// The objective may return a value that is not finite: such a point is never accepted. The value
// at `start` must be finite, else converged is false and iterations 0.
Maximum maximise(const std::function<Objective(const std::vector<double>&)>& objective,
                 std::vector<double> start, const NewtonOptions& options);

// Inverse of the negative of a symmetric matrix (n x n, row by row); empty when it is not
// negative definite.
std::vector<double> inverse_of_negative(const std::vector<double>& matrix, size_t n);

}  // namespace regulars::models
