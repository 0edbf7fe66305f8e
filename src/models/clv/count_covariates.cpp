#include "models/clv/count_covariates.h"

#include <Eigen/Dense>
#include <cassert>
#include <cmath>

#include "models/clv/covariate_design.h"
#include "models/fit/estimates.h"
#include "models/fit/probability.h"

namespace regulars::models {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Tables smaller than this are summed customer by customer: preparing them costs more.
constexpr size_t kFewCells = 8;

TableLikelihood likelihood_of(const CountModel& model, const CellTable& table) {
  if (table.size() >= kFewCells) return model.prepare(table);
  return [&model, &table](Parameters p, Order order) {
    return model.CountModel::log_likelihood(p, table, order);
  };
}

// The log likelihood by the log parameters at the covariates' means and the effects of centred,
// scaled covariates.
class CovariateLikelihood {
 public:
  CovariateLikelihood(const CountModel& model, const CovariateDesign& design, double penalty)
      : model_(model), design_(design), penalty_(penalty) {
    for (const CovariateDesign::Group& group : design.groups) {
      likelihoods_.push_back(likelihood_of(model, group.table));
      links_.push_back(links_of(group.z));
    }
  }

  Objective operator()(const std::vector<double>& at) const {
    const auto n = static_cast<Eigen::Index>(at.size());
    const Eigen::Map<const Eigen::VectorXd> variables(at.data(), n);
    Objective total{0, std::vector<double>(at.size()), std::vector<double>(at.size() * at.size())};
    Eigen::Map<Eigen::VectorXd> gradient(total.gradient.data(), n);
    Eigen::Map<Matrix> hessian(total.hessian.data(), n, n);
    using Base = Eigen::Matrix<double, Derivatives::kMost, Derivatives::kMost, Eigen::RowMajor>;
    const auto m = static_cast<Eigen::Index>(model_.size());
    for (size_t i = 0; i < likelihoods_.size(); ++i) {
      const Eigen::VectorXd own = (links_[i] * variables).array().exp();
      const Derivatives d = likelihoods_[i]({own.data(), model_.size()}, Order::kHessian);
      total.value += d.value;
      gradient += links_[i].transpose() * Eigen::Map<const Eigen::VectorXd>(d.gradient.data(), m);
      hessian += links_[i].transpose() *
                 Eigen::Map<const Base>(d.hessian.data()).topLeftCorner(m, m) * links_[i];
    }
    subtract_penalty(total, at);
    return total;
  }

 private:
  // Derivatives of a customer's log parameters by the variables.
  Matrix links_of(const std::vector<double>& z) const {
    const std::vector<ParameterInfo>& parameters = model_.info().parameters;
    Matrix links = Matrix::Zero(static_cast<Eigen::Index>(parameters.size()),
                                static_cast<Eigen::Index>(parameters.size() + z.size()));
    for (size_t i = 0; i < parameters.size(); ++i) {
      const auto row = static_cast<Eigen::Index>(i);
      links(row, row) = 1;
      for (size_t k = 0; k < z.size(); ++k)
        if (design_.columns[k].process == parameters[i].process)
          links(row, static_cast<Eigen::Index>(parameters.size() + k)) =
              parameters[i].covariate_sign * z[k];
    }
    return links;
  }

  void subtract_penalty(Objective& total, const std::vector<double>& at) const {
    const size_t m = model_.size();
    for (size_t k = 0; k < design_.columns.size(); ++k) {
      const double weight = penalty_ / std::pow(design_.columns[k].scale, 2);
      const double effect = at[m + k];
      total.value -= weight * effect * effect;
      total.gradient[m + k] -= 2 * weight * effect;
      total.hessian[(m + k) * at.size() + m + k] -= 2 * weight;
    }
  }

  const CountModel& model_;
  const CovariateDesign& design_;
  double penalty_;
  std::vector<TableLikelihood> likelihoods_;
  std::vector<Matrix> links_;
};

// From parameters at the covariates' means to those at 0: what the user's covariates are.
Maximum at_zero(const CountModel& model, const CovariateDesign& design, Maximum top) {
  const auto n = static_cast<Eigen::Index>(top.at.size());
  const size_t m = model.size();
  Matrix to_means = Matrix::Identity(n, n);  // from the new variables to those of the search
  for (size_t i = 0; i < m; ++i)
    for (size_t k = 0; k < design.columns.size(); ++k) {
      const ParameterInfo& parameter = model.info().parameters[i];
      const CovariateColumn& column = design.columns[k];
      if (column.process != parameter.process) continue;
      const double shift = parameter.covariate_sign * column.mean / column.scale;
      to_means(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(m + k)) = shift;
      top.at[i] -= shift * top.at[m + k];
    }
  Eigen::Map<Matrix> hessian(top.objective.hessian.data(), n, n);
  hessian = (to_means.transpose() * hessian * to_means).eval();
  return top;
}

std::vector<Variable> variables_of(const CountModel& model, const CovariateDesign& design) {
  std::vector<Variable> variables;
  for (const ParameterInfo& parameter : model.info().parameters)
    variables.push_back({std::string(parameter.name), true, 1});
  for (const CovariateColumn& column : design.columns)
    variables.push_back({column.name, false, 1 / column.scale});
  return variables;
}

}  // namespace

Result<Fitted> fit_with_covariates(const CountModel& model, std::span<const BuyingCell> customers,
                                   const CountCovariates& covariates,
                                   const CovariateFitOptions& options) {
  const Result<CovariateDesign> design = CovariateDesign::of(model, customers, covariates);
  if (!design) return design.error();
  const Result<CellTable> all = CellTable::of(customers);
  if (!all) return all.error();
  FitOptions plain_options;
  plain_options.newton = options.newton;
  const Result<Fitted> plain = fit(model, *all, plain_options);
  if (!plain) return plain.error();

  std::vector<double> start;
  for (const double value : plain->values()) start.push_back(std::log(value));
  start.resize(model.size() + design->columns.size(), 0);
  NewtonOptions newton = options.newton;
  newton.scale = static_cast<double>(customers.size());
  const CovariateLikelihood likelihood(model, *design, options.effect_penalty);
  const Maximum top = maximise(std::cref(likelihood), start, newton);

  Fitted fitted;
  fitted.model = model.info().name;
  describe(fitted, at_zero(model, *design, top), variables_of(model, *design));
  fitted.log_likelihood = CovariateLikelihood(model, *design, 0)(top.at).value;
  fitted.customers = customers.size();
  for (const CovariateDesign::Group& group : design->groups) fitted.cells += group.table.size();
  return fitted;
}

std::vector<double> customer_parameters(const CountModel& model, const Fitted& fitted,
                                        std::span<const double> transaction,
                                        std::span<const double> dropout) {
  assert(fitted.parameters.size() == model.size() + transaction.size() + dropout.size());
  double of_buying = 0;
  double of_leaving = 0;
  size_t next = model.size();
  for (const double z : transaction) of_buying += fitted.parameters[next++].value * z;
  for (const double z : dropout) of_leaving += fitted.parameters[next++].value * z;
  std::vector<double> own;
  for (size_t i = 0; i < model.size(); ++i) {
    const ParameterInfo& info = model.info().parameters[i];
    const double effect = info.process == Process::kTransaction ? of_buying : of_leaving;
    own.push_back(fitted.parameters[i].value * std::exp(info.covariate_sign * effect));
  }
  return own;
}

LikelihoodRatio likelihood_ratio(const Fitted& smaller, const Fitted& larger) {
  LikelihoodRatio result;
  result.statistic = std::max(0.0, 2 * (larger.log_likelihood - smaller.log_likelihood));
  result.degrees = static_cast<double>(larger.parameters.size() - smaller.parameters.size());
  result.p_value = chi_squared_tail(result.statistic, result.degrees);
  return result;
}

}  // namespace regulars::models
