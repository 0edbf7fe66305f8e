#include "models/contract/cox_checks.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "models/contract/cox_sums.h"
#include "models/contract/kaplan_meier.h"
#include "models/fit/probability.h"

namespace regulars::models {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

// Time and residual of each who left, ascending: her covariates less the mean of those at risk.
struct Residuals {
  std::vector<double> time;
  CoxTable::Matrix rows;  // a row each, in standard deviations of the covariates
};

Residuals schoenfeld(const CoxFit& fit, const CoxTable& table) {
  VectorXd effects(table.z.cols());
  for (Index k = 0; k < effects.size(); ++k)
    effects[k] = fit.fitted.parameters[static_cast<size_t>(k)].value * table.spreads[k];
  Residuals residuals;
  residuals.rows.resize(static_cast<Index>(table.left), table.z.cols());
  auto row = static_cast<Index>(table.left);
  for_each_risk_set(table, effects, false, [&](const RiskSet& set) {
    const size_t d = set.ended.size();
    VectorXd mean = VectorXd::Zero(effects.size());
    for (size_t l = 0; l < d; ++l) {
      const double gone = share_gone(fit.ties, l, d);
      mean += (set.first - gone * set.first_of_ended) / (set.total - gone * set.total_of_ended) /
              static_cast<double>(d);
    }
    for (const size_t i : set.ended) {
      residuals.rows.row(--row) = table.z.row(static_cast<Index>(i)) - mean.transpose();
      residuals.time.push_back(set.time);
    }
  });
  std::ranges::reverse(residuals.time);
  return residuals;
}

void to_ranks(std::vector<double>& ascending) {
  for (size_t from = 0; from < ascending.size();) {
    size_t to = from;
    while (to < ascending.size() && ascending[to] == ascending[from]) ++to;
    const double middle = static_cast<double>(from + to) / 2;
    for (; from < to; ++from) ascending[from] = middle;
  }
}

void to_share_gone(std::vector<double>& ascending, const KaplanMeier& curve) {
  size_t step = 0;
  for (double& time : ascending) {
    while (curve.steps[step].time < time) ++step;
    time = step == 0 ? 0 : 1 - curve.steps[step - 1].survival;
  }
}

void to_logarithms(std::vector<double>& ascending) {
  const auto first = std::ranges::find_if(ascending, [](double t) { return t > 0; });
  const double least = first == ascending.end() ? 1 : *first;
  for (double& time : ascending) time = std::log(std::max(time, least));
}

Result<VectorXd> centred(std::vector<double> times, TimeScale scale, const Lifetimes& lifetimes) {
  if (scale == TimeScale::kLog) to_logarithms(times);
  if (scale == TimeScale::kRank) to_ranks(times);
  if (scale == TimeScale::kKaplanMeier) {
    REGULARS_ASSIGN(const KaplanMeier curve, kaplan_meier(lifetimes));
    to_share_gone(times, curve);
  }
  VectorXd g = Eigen::Map<const VectorXd>(times.data(), static_cast<Index>(times.size()));
  g.array() -= g.mean();
  return g;
}

Test test_of(double statistic, double degrees) {
  return {statistic, degrees, chi_squared_tail(statistic, degrees)};
}

std::string words_of(const std::string& name, bool rises, double p) {
  return fmt::format(
      "the effect of {} {} with time (p {:.2g}): its figure is an average over the time watched; "
      "compare groups of it by their own curves, or fit early and late times apart",
      name, rises ? "rises" : "falls", p);
}

}  // namespace

// With V the covariance of the effects, d who left, g the scale of time less its mean, and u the
// sum of g times the residuals: each effect's statistic is d (V u)_k^2 / (V_kk sum g^2), that of
// all d u' V u / sum g^2.
Result<ProportionalHazards> test_proportional_hazards(const CoxFit& fit, const CoxData& data,
                                                      TimeScale scale) {
  REGULARS_ASSIGN(const CoxTable table, cox_table(data));
  const size_t n = data.names.size();
  if (fit.fitted.parameters.size() != n || fit.fitted.customers != table.size())
    return Error(ErrorCode::kBadData, "these are not the customers that the model was fitted to",
                 "give the same rows and covariates");
  if (fit.fitted.covariance.empty())
    return Error(ErrorCode::kBadData, "a fit without standard errors cannot be tested",
                 "leave out covariates that say the same");
  const Residuals residuals = schoenfeld(fit, table);
  REGULARS_ASSIGN(const VectorXd g, centred(residuals.time, scale, data.lifetimes));
  const double squares = g.squaredNorm();
  if (!(squares > 0))
    return Error(ErrorCode::kBadData, "all left at the same time: no change with it can be seen",
                 "measure time more finely");
  const auto size = static_cast<Index>(n);
  const CoxTable::Matrix in_spreads =  // covariance of the effects of standardised covariates
      table.spreads.asDiagonal() *
      Eigen::Map<const CoxTable::Matrix>(fit.fitted.covariance.data(), size, size) *
      table.spreads.asDiagonal();
  const VectorXd u = residuals.rows.transpose() * g;
  const VectorXd slope = in_spreads * u;
  const auto d = static_cast<double>(table.left);
  ProportionalHazards result;
  for (Index k = 0; k < size; ++k) {
    result.covariates.push_back(test_of(d * slope[k] * slope[k] / (in_spreads(k, k) * squares), 1));
    const double p = result.covariates.back().p_value;
    if (p < 0.01)
      result.words.push_back(words_of(data.names[static_cast<size_t>(k)], slope[k] > 0, p));
  }
  result.all = test_of(d * u.dot(slope) / squares, static_cast<double>(n));
  return result;
}

namespace {

// How many have been counted at each rank, with sums of them (Fenwick 1994).
class Counts {
 public:
  explicit Counts(size_t ranks) : sums_(ranks + 1) {}
  void add(size_t rank) {
    for (size_t i = rank + 1; i < sums_.size(); i += i & (~i + 1)) ++sums_[i];
  }
  uint64_t below(size_t rank) const {
    uint64_t sum = 0;
    for (size_t i = rank; i > 0; i -= i & (~i + 1)) sum += sums_[i];
    return sum;
  }

 private:
  std::vector<uint64_t> sums_;
};

}  // namespace

// From the latest time on: all counted so far stayed longer than who leaves now. Who is censored at
// the same time stayed longer too; of two who leave at once neither did.
Result<Concordance> concordance(const Lifetimes& lifetimes, std::span<const double> risk) {
  REGULARS_TRY(check(lifetimes));
  if (risk.size() != lifetimes.size() ||
      std::ranges::any_of(risk, [](double r) { return std::isnan(r); }))
    return Error(ErrorCode::kBadData, "a risk is missing, or not a number",
                 "give one risk for each customer");
  std::vector<double> ranks(risk.begin(), risk.end());
  std::ranges::sort(ranks);
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  const auto rank_of = [&](size_t i) {
    return static_cast<size_t>(std::ranges::lower_bound(ranks, risk[i]) - ranks.begin());
  };
  std::vector<size_t> order = by_time(lifetimes);
  std::ranges::reverse(order);
  Counts counts(ranks.size());
  Concordance result;
  for (size_t from = 0; from < order.size();) {
    const double time = lifetimes.time[order[from]];
    std::vector<size_t> ended;
    for (; from < order.size() && lifetimes.time[order[from]] == time; ++from) {
      const size_t i = order[from];
      lifetimes.ended[i] != 0 ? ended.push_back(rank_of(i)) : counts.add(rank_of(i));
    }
    const uint64_t all = counts.below(ranks.size());
    for (const size_t rank : ended) {
      const uint64_t lower = counts.below(rank);
      const uint64_t upper = all - counts.below(rank + 1);
      result.concordant += lower;
      result.discordant += upper;
      result.equal += all - lower - upper;
    }
    for (const size_t rank : ended) counts.add(rank);
  }
  result.index = (static_cast<double>(result.concordant) + static_cast<double>(result.equal) / 2) /
                 static_cast<double>(result.concordant + result.discordant + result.equal);
  return result;
}

std::vector<double> cox_risks(const CoxFit& fit, const CoxData& data) {
  std::vector<double> risks;
  risks.reserve(data.lifetimes.size());
  for (size_t i = 0; i < data.lifetimes.size(); ++i) risks.push_back(cox_risk(fit, data.z(i)));
  return risks;
}

}  // namespace regulars::models
