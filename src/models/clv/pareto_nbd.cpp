#include "models/clv/pareto_nbd.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/clv/pareto_likelihood.h"
#include "models/clv/pareto_outlook.h"
#include "models/clv/pareto_table.h"

namespace regulars::models {
namespace {

ParetoParameters named(Parameters p) {
  assert(p.size() == 4);
  return {p[0], p[1], p[2], p[3]};
}

// Of someone who is alive at T.
ParetoParameters after(Parameters p, const BuyingCell& cell) {
  return {p[0] + cell.x, p[1] + cell.T, p[2], p[3] + cell.T};
}

CountModelInfo pareto_info() {
  CountModelInfo info;
  info.name = "pareto-nbd";
  info.title = "Pareto/NBD";
  info.paper = "Schmittlein, Morrison, Colombo 1987; Fader, Hardie 2005, equations 18, 26, 40, 41";
  info.assumes = "customers may leave at any time, whether they have just bought or not";
  info.parameters = {
      {"r", "shape of the gamma mixture of buying rates", Process::kTransaction, 0},
      {"alpha", "rate of the gamma mixture of buying rates", Process::kTransaction, -1},
      {"s", "shape of the gamma mixture of rates of leaving", Process::kDropout, 0},
      {"beta", "rate of the gamma mixture of rates of leaving", Process::kDropout, -1}};
  info.memoryless = true;
  return info;
}

class ParetoNbd final : public CountModel {
 public:
  const CountModelInfo& info() const override {
    static const CountModelInfo info = pareto_info();
    return info;
  }

  // Buying as if nobody left in the first half of the time, leaving at a rate of once in the
  // longest time watched.
  std::vector<double> start(const CellTable& table) const override {
    double purchases = 0;
    double time = 0;
    double longest = 0;
    for (size_t i = 0; i < table.size(); ++i) {
      const auto count = static_cast<double>(table.counts()[i]);
      purchases += count * table.cells()[i].x;
      time += count * table.cells()[i].T;
      longest = std::max(longest, table.cells()[i].T);
    }
    constexpr double kShape = 0.6;
    const double alpha = kShape * time / std::max(2 * purchases, 1e-300);
    return {kShape, std::max(alpha, 1e-9 * longest), kShape, std::max(longest / 2, 1e-9)};
  }

  TableLikelihood prepare(const CellTable& table) const override {
    return [shared = ParetoTable(table)](Parameters p, Order order) {
      return shared.log_likelihood(named(p), order);
    };
  }
  Derivatives log_likelihood(Parameters p, const BuyingCell& cell, Order order) const override {
    return pareto_likelihood(named(p), cell, order);
  }
  Derivatives log_likelihood(Parameters p, const CellTable& table, Order order) const override {
    return ParetoTable(table).log_likelihood(named(p), order);
  }

  double expected(Parameters p, double t) const override { return pareto_expected(named(p), t); }
  double conditional_expected(Parameters p, const BuyingCell& cell, double t) const override {
    return p_alive(p, cell, 0) * pareto_expected(after(p, cell), t);
  }
  double p_alive(Parameters p, const BuyingCell& cell, double later) const override {
    return std::exp(pareto_log_alive(named(p), cell)) * pareto_survival(after(p, cell), later);
  }
  double p_count_new(Parameters p, unsigned n, double t) const override {
    return pareto_counts(named(p), n, t)[n];
  }
  std::vector<double> p_counts(Parameters p, const BuyingCell& cell, unsigned most,
                               double t) const override {
    const double alive = p_alive(p, cell, 0);
    std::vector<double> result = pareto_counts(after(p, cell), most, t);
    for (double& probability : result) probability *= alive;
    result[0] += 1 - alive;
    return result;
  }
  double discounted_expected(Parameters p, const BuyingCell& cell, double rate,
                             double horizon) const override {
    return p_alive(p, cell, 0) * pareto_discounted(after(p, cell), rate, horizon);
  }
  double p_next_by(Parameters p, const BuyingCell& cell, double t) const override {
    return p_alive(p, cell, 0) * pareto_next_by(after(p, cell), t);
  }
};

}  // namespace

std::unique_ptr<CountModel> make_pareto_nbd() { return std::make_unique<ParetoNbd>(); }

}  // namespace regulars::models
