#include "models/fit/newton.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace regulars::models {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::SelfAdjointEigenSolver<Matrix> curvature_of(const Objective& objective) {
  const auto n = static_cast<Eigen::Index>(objective.gradient.size());
  const Eigen::Map<const Matrix> hessian(objective.hessian.data(), n, n);
  return Eigen::SelfAdjointEigenSolver<Matrix>(-hessian);
}

// Newton's step with every curvature made positive, no longer than allowed in any variable.
std::vector<double> uphill_step(const Objective& objective, double longest) {
  const auto n = static_cast<Eigen::Index>(objective.gradient.size());
  const auto solver = curvature_of(objective);
  const Eigen::VectorXd& curvatures = solver.eigenvalues();
  const double least = 1e-10 * std::max(1e-12, curvatures.cwiseAbs().maxCoeff());
  const Eigen::Map<const Eigen::VectorXd> gradient(objective.gradient.data(), n);
  Eigen::VectorXd along = solver.eigenvectors().transpose() * gradient;
  for (Eigen::Index i = 0; i < n; ++i) along[i] /= std::max(std::abs(curvatures[i]), least);
  Eigen::VectorXd step = solver.eigenvectors() * along;
  const double most = step.cwiseAbs().maxCoeff();
  if (most > longest) step *= longest / most;
  return {step.begin(), step.end()};
}

bool all_finite(const Objective& objective) {
  const auto finite = [](double v) { return std::isfinite(v); };
  return finite(objective.value) && std::ranges::all_of(objective.gradient, finite) &&
         std::ranges::all_of(objective.hessian, finite);
}

double largest(const std::vector<double>& gradient) {
  double most = 0;
  for (const double g : gradient) most = std::max(most, std::abs(g));
  return most;
}

std::vector<double> moved(const std::vector<double>& from, const std::vector<double>& step,
                          double share, double bound) {
  std::vector<double> to(from.size());
  for (size_t i = 0; i < from.size(); ++i)
    to[i] = std::clamp(from[i] + share * step[i], -bound, bound);
  return to;
}

// What halving may still tell apart from rounding in a sum as large as the value.
double noise_of(double value) { return 1e-14 * std::max(1.0, std::abs(value)); }

// Moves the maximum uphill once; false when no step goes up any more.
bool climb(const std::function<Objective(const std::vector<double>&)>& objective, Maximum& best,
           const NewtonOptions& options) {
  const std::vector<double> step = uphill_step(best.objective, options.longest_step);
  for (double share = 1; share > 1e-10; share /= 2) {
    std::vector<double> to = moved(best.at, step, share, options.bound);
    Objective there = objective(to);
    if (!all_finite(there)) continue;
    const bool higher = there.value > best.objective.value;
    const bool as_high_and_flatter =
        there.value >= best.objective.value - noise_of(best.objective.value) &&
        largest(there.gradient) < largest(best.objective.gradient);
    if (!higher && !as_high_and_flatter) continue;
    best.at = std::move(to);
    best.objective = std::move(there);
    return true;
  }
  return false;
}

}  // namespace

Maximum maximise(const std::function<Objective(const std::vector<double>&)>& objective,
                 std::vector<double> start, const NewtonOptions& options) {
  Maximum best;
  best.at = std::move(start);
  best.objective = objective(best.at);
  if (!all_finite(best.objective)) return best;
  const auto norm = [&] { return largest(best.objective.gradient) / options.scale; };
  while (norm() > options.gradient_tolerance && best.iterations < options.most_iterations) {
    if (!climb(objective, best, options)) break;
    ++best.iterations;
  }
  best.gradient_norm = norm();
  best.least_curvature = curvature_of(best.objective).eigenvalues().minCoeff() / options.scale;
  best.at_bound = std::ranges::any_of(
      best.at, [&](double v) { return std::abs(v) >= options.bound * (1 - 1e-12); });
  // A gradient that rounding keeps from falling further is small enough.
  best.converged = !best.at_bound && best.gradient_norm <= 1e3 * options.gradient_tolerance;
  return best;
}

std::vector<double> inverse_of_negative(const std::vector<double>& matrix, size_t n) {
  const auto size = static_cast<Eigen::Index>(n);
  const Eigen::Map<const Matrix> given(matrix.data(), size, size);
  if (!given.allFinite()) return {};
  const Eigen::LLT<Matrix> factor(-given);
  if (factor.info() != Eigen::Success) return {};
  const Matrix inverse = factor.solve(Matrix::Identity(size, size));
  if (!inverse.allFinite()) return {};
  return {inverse.data(), inverse.data() + inverse.size()};
}

}  // namespace regulars::models
