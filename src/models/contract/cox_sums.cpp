#include "models/contract/cox_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace regulars::models {
namespace {

using Eigen::Index;

Result<void> check(const CoxData& data) {
  REGULARS_TRY(check(data.lifetimes));
  const size_t names = data.names.size();
  if (names == 0 || data.covariates.size() != names * data.lifetimes.size())
    return Error(ErrorCode::kBadData,
                 fmt::format("{} values of {} covariates for {} customers", data.covariates.size(),
                             names, data.lifetimes.size()),
                 "give one row of at least one covariate for each customer");
  if (std::ranges::none_of(data.lifetimes.ended, [](uint8_t e) { return e != 0; }))
    return Error(ErrorCode::kBadData, "nobody has left: nothing can be learned of who leaves",
                 "watch for longer");
  for (size_t i = 0; i < data.covariates.size(); ++i)
    if (!std::isfinite(data.covariates[i]))
      return Error(
          ErrorCode::kBadData,
          fmt::format("customer {}: {} is not a finite number", i / names, data.names[i % names]),
          "fill in unknown values before the fit, with a covariate that says so");
  return {};
}

Result<void> standardise(CoxTable& table, std::span<const std::string> names) {
  table.means = table.z.colwise().mean();
  table.z.rowwise() -= table.means.transpose();
  table.spreads = (table.z.colwise().squaredNorm() / static_cast<double>(table.size())).cwiseSqrt();
  for (Index k = 0; k < table.z.cols(); ++k) {
    if (table.spreads[k] > 1e-12 * std::abs(table.means[k])) continue;
    return Error(ErrorCode::kBadData,
                 names[static_cast<size_t>(k)] + " is the same for all customers",
                 "leave it out: it cannot explain a difference");
  }
  table.z.array().rowwise() /= table.spreads.transpose().array();
  return {};
}

}  // namespace

Result<CoxTable> cox_table(const CoxData& data) {
  REGULARS_TRY(check(data));
  CoxTable table;
  table.order = by_time(data.lifetimes);
  std::ranges::reverse(table.order);
  const auto width = static_cast<Index>(data.names.size());
  table.z.resize(static_cast<Index>(table.order.size()), width);
  for (size_t row = 0; row < table.order.size(); ++row) {
    const size_t i = table.order[row];
    table.time.push_back(data.lifetimes.time[i]);
    table.ended.push_back(data.lifetimes.ended[i] != 0 ? 1 : 0);
    table.left += table.ended.back();
    table.z.row(static_cast<Index>(row)) =
        Eigen::Map<const Eigen::RowVectorXd>(data.z(i).data(), width);
  }
  REGULARS_TRY(standardise(table, data.names));
  return table;
}

void for_each_risk_set(const CoxTable& table, const Eigen::VectorXd& effects, bool with_second,
                       const std::function<void(const RiskSet&)>& work) {
  const Index width = table.z.cols();
  const Eigen::VectorXd log_risks = table.z * effects;
  const Eigen::VectorXd risks = log_risks.array().exp();
  RiskSet set;
  set.first = Eigen::VectorXd::Zero(width);
  if (with_second) set.second = CoxTable::Matrix::Zero(width, width);
  std::vector<size_t> ended;
  for (size_t from = 0; from < table.size();) {
    set.time = table.time[from];
    set.total_of_ended = 0;
    set.first_of_ended = Eigen::VectorXd::Zero(width);
    if (with_second) set.second_of_ended = CoxTable::Matrix::Zero(width, width);
    ended.clear();
    for (; from < table.size() && table.time[from] == set.time; ++from) {
      const auto row = static_cast<Index>(from);
      const double risk = risks[row];
      const auto z = table.z.row(row).transpose();
      set.total += risk;
      set.first += risk * z;
      if (with_second) set.second.selfadjointView<Eigen::Lower>().rankUpdate(z, risk);
      if (table.ended[from] == 0) continue;
      ended.push_back(from);
      set.total_of_ended += risk;
      set.first_of_ended += risk * z;
      if (with_second) set.second_of_ended.selfadjointView<Eigen::Lower>().rankUpdate(z, risk);
    }
    set.ended = ended;
    if (!ended.empty()) work(set);
  }
}

}  // namespace regulars::models
