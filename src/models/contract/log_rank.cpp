#include "models/contract/log_rank.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>

#include "models/fit/probability.h"

namespace regulars::models {
namespace {

using Eigen::Index;

Result<void> check(const Lifetimes& lifetimes, std::span<const uint32_t> group, uint32_t groups,
                   LogRank& test) {
  REGULARS_TRY(check(lifetimes));
  if (group.size() != lifetimes.size() || groups < 2)
    return Error(ErrorCode::kBadData,
                 fmt::format("{} customers in {} groups, {} of them given", lifetimes.size(),
                             groups, group.size()),
                 "give a group for each customer, of two groups or more");
  test.customers.assign(groups, 0);
  for (size_t i = 0; i < group.size(); ++i) {
    if (group[i] >= groups)
      return Error(ErrorCode::kBadData, fmt::format("customer {}: no group {}", i, group[i]),
                   fmt::format("there are {} groups, counted from 0", groups));
    ++test.customers[group[i]];
  }
  if (const auto none = std::ranges::find(test.customers, 0U); none != test.customers.end())
    return Error(ErrorCode::kBadData,
                 fmt::format("group {} has no customers", none - test.customers.begin()),
                 "compare groups that have some");
  if (std::ranges::none_of(lifetimes.ended, [](uint8_t e) { return e != 0; }))
    return Error(ErrorCode::kBadData, "nobody has left: there is nothing to compare yet",
                 "watch for longer");
  return {};
}

// Sums over the times at which somebody left.
struct Sums {
  Eigen::VectorXd observed;
  Eigen::VectorXd expected;
  Eigen::MatrixXd covariance;

  explicit Sums(Index groups)
      : observed(Eigen::VectorXd::Zero(groups)),
        expected(Eigen::VectorXd::Zero(groups)),
        covariance(Eigen::MatrixXd::Zero(groups, groups)) {}

  void add(const Eigen::VectorXd& at_risk, const Eigen::VectorXd& ended) {
    const double n = at_risk.sum();
    const double d = ended.sum();
    if (d == 0) return;
    const Eigen::VectorXd share = at_risk / n;
    observed += ended;
    expected += d * share;
    if (n < 2) return;
    const double weight = d * (n - d) / (n - 1);
    covariance -= weight * share * share.transpose();
    covariance.diagonal() += weight * share;
  }
};

}  // namespace

Result<LogRank> log_rank(const Lifetimes& lifetimes, std::span<const uint32_t> group,
                         uint32_t groups) {
  LogRank test;
  REGULARS_TRY(check(lifetimes, group, groups, test));
  const auto k = static_cast<Index>(groups);
  Sums sums(k);
  Eigen::VectorXd at_risk(k);
  for (Index g = 0; g < k; ++g) at_risk[g] = static_cast<double>(test.customers[g]);
  const std::vector<size_t> order = by_time(lifetimes);
  for (size_t from = 0; from < order.size();) {
    const double time = lifetimes.time[order[from]];
    Eigen::VectorXd gone = Eigen::VectorXd::Zero(k);
    Eigen::VectorXd ended = Eigen::VectorXd::Zero(k);
    for (; from < order.size() && lifetimes.time[order[from]] == time; ++from) {
      const auto g = static_cast<Index>(group[order[from]]);
      ++gone[g];
      if (lifetimes.ended[order[from]] != 0) ++ended[g];
    }
    sums.add(at_risk, ended);
    at_risk -= gone;
  }
  test.observed.assign(sums.observed.begin(), sums.observed.end());
  test.expected.assign(sums.expected.begin(), sums.expected.end());
  // The groups' differences sum to 0: one of them is left out.
  const Eigen::VectorXd difference = (sums.observed - sums.expected).head(k - 1);
  const Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> solver(
      sums.covariance.topLeftCorner(k - 1, k - 1));
  test.degrees = static_cast<double>(solver.rank());
  test.statistic = std::max(0.0, difference.dot(solver.solve(difference)));
  test.p_value = chi_squared_tail(test.statistic, test.degrees);
  return test;
}

}  // namespace regulars::models
