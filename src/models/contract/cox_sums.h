// Sums over who is at risk, from the last time to the first: what the partial likelihood of Cox's
// model, its baseline and its checks are made of.
//
// Thread-safety: one object per thread.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "models/contract/cox.h"

namespace regulars::models {

// Customers ready to be summed: rows by descending time, covariates less their means in units of
// their standard deviations.
struct CoxTable {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  std::vector<size_t> order;  // customer of each row
  std::vector<double> time;
  std::vector<uint8_t> ended;
  Matrix z;
  Eigen::VectorXd means;
  Eigen::VectorXd spreads;
  uint64_t left = 0;  // customers who ended

  size_t size() const { return time.size(); }
};
// The errors of fit_cox.
Result<CoxTable> cox_table(const CoxData& data);

// One time at which customers left. With Efron's ties the l-th of d customers to leave at a time
// meets all at risk less l / d of the d; with Breslow's all of them.
struct RiskSet {
  double time = 0;
  std::span<const size_t> ended;  // rows of those who left
  double total = 0;               // sum of risks of all at risk
  double total_of_ended = 0;
  Eigen::VectorXd first;  // sum of risk z
  Eigen::VectorXd first_of_ended;
  CoxTable::Matrix second;  // sum of risk z z', lower triangle; empty if not wanted
  CoxTable::Matrix second_of_ended;
};

// Calls `work` for each time somebody left, latest first. Risks are exp(effects' z).
void for_each_risk_set(const CoxTable& table, const Eigen::VectorXd& effects, bool with_second,
                       const std::function<void(const RiskSet&)>& work);

// l / d for the l-th of d to leave at one time.
inline double share_gone(Ties ties, size_t l, size_t d) {
  return ties == Ties::kEfron ? static_cast<double>(l) / static_cast<double>(d) : 0;
}

}  // namespace regulars::models
