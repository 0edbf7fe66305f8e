#include "models/clv/pareto_likelihood.h"

#include <algorithm>
#include <cmath>

#include "models/clv/pareto_branch.h"
#include "models/fit/gamma_functions.h"
#include "models/fit/power_integral.h"
#include "models/fit/special.h"

namespace regulars::models {
namespace {

using pareto::add_gamma;
using pareto::Branch;
using pareto::Choice;
using pareto::choose;
using pareto::end_branch;
using pareto::end_value;
using pareto::Exponents;
using pareto::finish;
using pareto::Moment;
using pareto::of_end;
using pareto::of_purchase;
using pareto::purchase_branch;
using pareto::purchase_value;
using pareto::Spread;

LogIntegral integral(const ParetoParameters& p, const Exponents& e, double t, Order order) {
  return log_power_integral(e.a, e.b, RateRatio(p.alpha, p.beta, t), order);
}

struct Values {
  double end;
  double purchase;
};
Values values_of(const ParetoParameters& p, const BuyingCell& cell) {
  const double x = cell.x;
  const auto log_k = [&](const Exponents& e, double t) {
    return log_power_value(e.a, e.b, RateRatio(p.alpha, p.beta, t));
  };
  return {end_value(p, x, Moment(p, cell.t_x), log_k(of_end(p, x), cell.t_x)),
          purchase_value(p, x, Moment(p, cell.T), log_k(of_purchase(p, x), cell.T))};
}

}  // namespace

Derivatives pareto_likelihood(const ParetoParameters& p, const BuyingCell& cell, Order order) {
  Derivatives total;
  if (order == Order::kValue) {
    const Values values = values_of(p, cell);
    total.value = log_rising(p.r, cell.x).value + choose(values.end, values.purchase).value;
    return total;
  }
  const double x = cell.x;
  const Branch end =
      end_branch(p, x, Moment(p, cell.t_x), integral(p, of_end(p, x), cell.t_x, order));
  const Branch purchase =
      purchase_branch(p, x, Moment(p, cell.T), integral(p, of_purchase(p, x), cell.T, order));
  const Choice choice = choose(end.value, purchase.value);
  total.value = choice.value;
  add_gamma(total, p, x, 1);
  add(total, choice.end, end);
  add(total, choice.purchase, purchase);
  Spread spread;
  spread.add(choice.end * choice.purchase, end, purchase);
  add(total, spread);
  finish(total, order);
  return total;
}

double pareto_log_alive(const ParetoParameters& p, const BuyingCell& cell) {
  const Values values = values_of(p, cell);
  const Moment m(p, cell.T);
  const double alive = p.r * m.log_alpha_share + p.s * m.log_beta_share - cell.x * m.log_a;
  return std::min(0.0, alive - log_add(values.end, values.purchase));
}

}  // namespace regulars::models
