#include "models/propensity/logistic.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/fit/newton.h"
#include "models/propensity/design.h"
#include "models/propensity/log_odds.h"

namespace regulars::models {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd as_vector(const std::vector<double>& values) {
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

// Coefficients of the columns in use, the intercept first.
class Likelihood {
 public:
  Likelihood(const MatrixXd& x, const std::vector<uint8_t>& label, double penalty)
      : x_(x), label_(static_cast<Index>(label.size())), penalty_(penalty) {
    for (size_t i = 0; i < label.size(); ++i) label_[static_cast<Index>(i)] = label[i];
  }

  VectorXd probability(const VectorXd& at) const {
    return linear(at).unaryExpr([](double z) { return from_log_odds(z); });
  }

  double value(const VectorXd& at) const {
    const VectorXd z = linear(at);
    return label_.dot(z) - z.unaryExpr([](double v) { return log_one_plus_exp(v); }).sum();
  }

  VectorXd gradient(const VectorXd& at) const {
    const VectorXd error = label_ - probability(at);
    VectorXd g(at.size());
    g[0] = error.sum();
    g.tail(x_.cols()) = x_.transpose() * error - penalty_ * at.tail(x_.cols());
    return g;
  }

  MatrixXd hessian(const VectorXd& at) const {
    const VectorXd p = probability(at);
    const VectorXd weight = p.array() * (1 - p.array());
    const MatrixXd weighted = weight.asDiagonal() * x_;
    MatrixXd h(at.size(), at.size());
    h(0, 0) = -weight.sum();
    h.block(1, 0, x_.cols(), 1) = -weighted.colwise().sum().transpose();
    h.block(0, 1, 1, x_.cols()) = h.block(1, 0, x_.cols(), 1).transpose();
    h.block(1, 1, x_.cols(), x_.cols()) = -(x_.transpose() * weighted);
    h.diagonal().tail(x_.cols()).array() -= penalty_;
    return h;
  }

  Objective operator()(const std::vector<double>& point) const {
    const VectorXd at = as_vector(point);
    const VectorXd g = gradient(at);
    const MatrixXd h = hessian(at);
    Objective objective;
    objective.value = value(at) - penalty_ / 2 * at.tail(x_.cols()).squaredNorm();
    objective.gradient.assign(g.data(), g.data() + g.size());
    objective.hessian.assign(h.data(), h.data() + h.size());
    return objective;
  }

  // Sum over customers of the outer product of her rows' gradients.
  MatrixXd spread_of_customers(const VectorXd& at, const std::vector<uint64_t>& group) const {
    const VectorXd error = label_ - probability(at);
    std::vector<size_t> order(group.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return std::pair(group[a], a) < std::pair(group[b], b); });
    MatrixXd sum = MatrixXd::Zero(at.size(), at.size());
    double customers = 0;
    for (size_t i = 0; i < order.size(); ++customers) {
      VectorXd score = VectorXd::Zero(at.size());
      const uint64_t customer = group[order[i]];
      for (; i < order.size() && group[order[i]] == customer; ++i) {
        const auto row = static_cast<Index>(order[i]);
        score[0] += error[row];
        score.tail(x_.cols()) += error[row] * x_.row(row).transpose();
      }
      sum.selfadjointView<Eigen::Lower>().rankUpdate(score);
    }
    const MatrixXd full = sum.selfadjointView<Eigen::Lower>();
    return full * (customers / std::max(1.0, customers - 1));
  }

 private:
  VectorXd linear(const VectorXd& at) const {
    return ((x_ * at.tail(x_.cols())).array() + at[0]).matrix();
  }

  const MatrixXd& x_;
  VectorXd label_;
  double penalty_;
};

struct Solution {
  Maximum maximum;
  std::vector<size_t> used;  // columns with a coefficient that is not held at 0
};

MatrixXd columns(const MatrixXd& x, const std::vector<size_t>& used) {
  MatrixXd part(x.rows(), static_cast<Index>(used.size()));
  for (size_t c = 0; c < used.size(); ++c) {
    part.col(static_cast<Index>(c)) = x.col(static_cast<Index>(used[c]));
  }
  return part;
}

int sign_wanted(const DesignColumn& column, const LogisticOptions& options) {
  if (column.kind != DesignColumn::Kind::kNumber || options.monotone.empty()) return 0;
  return options.monotone[column.feature];
}

Maximum maximum_of(const MatrixXd& x, const TrainingTable& table, double penalty) {
  const auto rows = static_cast<double>(table.rows());
  std::vector<double> start(static_cast<size_t>(x.cols()) + 1, 0);
  start[0] = log_odds(static_cast<double>(table.positives()) / rows);
  NewtonOptions newton;
  newton.scale = rows;
  newton.gradient_tolerance = 1e-11;
  const Likelihood likelihood(x, table.label, penalty);
  return maximise(std::cref(likelihood), std::move(start), newton);
}

// The largest value with the wanted signs: columns against theirs are held at 0 until leaving them
// there does not cost anything (the likelihood is concave, so the set settles).
Solution solve(const MatrixXd& x, const Design& design, const TrainingTable& table,
               const LogisticOptions& options) {
  std::vector<uint8_t> held(design.columns.size(), 0);
  for (size_t round = 0;; ++round) {
    Solution solution;
    for (size_t c = 0; c < held.size(); ++c) {
      if (held[c] == 0) solution.used.push_back(c);
    }
    solution.maximum = maximum_of(columns(x, solution.used), table, options.penalty);
    VectorXd at = VectorXd::Zero(x.cols() + 1);
    at[0] = solution.maximum.at[0];
    for (size_t u = 0; u < solution.used.size(); ++u) {
      at[static_cast<Index>(solution.used[u]) + 1] = solution.maximum.at[u + 1];
    }
    const VectorXd slope = Likelihood(x, table.label, options.penalty).gradient(at);
    bool changed = false;
    for (size_t c = 0; c < held.size(); ++c) {
      const int sign = sign_wanted(design.columns[c], options);
      const auto place = static_cast<Index>(c) + 1;
      const bool hold = held[c] == 0 && sign * at[place] < 0;
      const bool release =
          held[c] != 0 && sign * slope[place] > 1e-7 * static_cast<double>(x.rows());
      // Later rounds only hold: a column that is let go and taken back for ever decides nothing.
      if (hold || (release && round < held.size())) {
        held[c] = hold ? 1 : 0;
        changed = true;
      }
    }
    if (!changed) return solution;
  }
}

bool several_rows(std::vector<uint64_t> group) {
  std::sort(group.begin(), group.end());
  return std::adjacent_find(group.begin(), group.end()) != group.end();
}

void set_errors(Logistic& model, const Solution& solution, const MatrixXd& x,
                const TrainingTable& table, double penalty) {
  const Index size = static_cast<Index>(solution.used.size()) + 1;
  const std::vector<double> inverse =
      inverse_of_negative(solution.maximum.objective.hessian, static_cast<size_t>(size));
  if (inverse.empty()) return;
  MatrixXd covariance = Eigen::Map<const MatrixXd>(inverse.data(), size, size);
  if (several_rows(table.group)) {
    const MatrixXd used = columns(x, solution.used);
    const Likelihood likelihood(used, table.label, penalty);
    const MatrixXd spread =
        likelihood.spread_of_customers(as_vector(solution.maximum.at), table.group);
    covariance = (covariance * spread * covariance).eval();
  }
  model.intercept_error = std::sqrt(covariance(0, 0));
  for (size_t u = 0; u < solution.used.size(); ++u) {
    const auto place = static_cast<Index>(u) + 1;
    model.columns[solution.used[u]].standard_error = std::sqrt(covariance(place, place));
  }
}

}  // namespace

Result<Logistic> fit_logistic(const TrainingTable& table, const LogisticOptions& options) {
  const size_t positives = table.positives();
  if (positives == 0 || positives == table.rows()) {
    return Error(ErrorCode::kBadData,
                 table.rows() == 0
                     ? "there are no rows to learn from"
                     : "all rows have the same outcome: there is nothing to tell apart",
                 "Look at the label and at who is eligible; more history gives more rows.");
  }
  Design design = design_of(table);
  const MatrixXd x = design_matrix(design.columns, table);
  const Solution solution = solve(x, design, table, options);
  Logistic model;
  model.columns = design.columns;
  model.dropped = std::move(design.dropped);
  model.intercept = solution.maximum.at[0];
  for (size_t u = 0; u < solution.used.size(); ++u) {
    model.columns[solution.used[u]].coefficient = solution.maximum.at[u + 1];
  }
  model.converged = solution.maximum.converged && !solution.maximum.at_bound;
  model.iterations = solution.maximum.iterations;
  const MatrixXd used = columns(x, solution.used);
  model.log_likelihood = Likelihood(used, table.label, 0).value(as_vector(solution.maximum.at));
  set_errors(model, solution, x, table, options.penalty);
  return model;
}

std::vector<double> predict(const Logistic& model, const TrainingTable& table) {
  const MatrixXd x = design_matrix(model.columns, table);
  VectorXd coefficient(x.cols());
  for (Index c = 0; c < x.cols(); ++c) {
    coefficient[c] = model.columns[static_cast<size_t>(c)].coefficient;
  }
  const VectorXd z = x * coefficient;
  std::vector<double> result;
  result.reserve(table.rows());
  for (Index i = 0; i < z.size(); ++i) result.push_back(from_log_odds(model.intercept + z[i]));
  return result;
}

std::vector<double> contributions(const Logistic& model, const TrainingTable& table) {
  const MatrixXd x = design_matrix(model.columns, table);
  const size_t features = table.features.size();
  std::vector<double> result(table.rows() * features, 0);
  for (size_t c = 0; c < model.columns.size(); ++c) {
    for (size_t row = 0; row < table.rows(); ++row) {
      result[row * features + model.columns[c].feature] +=
          model.columns[c].coefficient * x(static_cast<Index>(row), static_cast<Index>(c));
    }
  }
  return result;
}

}  // namespace regulars::models
