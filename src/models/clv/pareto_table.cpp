#include "models/clv/pareto_table.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <unordered_map>

#include "models/clv/pareto_branch.h"
#include "models/fit/power_integral.h"

namespace regulars::models {

using pareto::add_gamma;
using pareto::Branch;
using pareto::Choice;
using pareto::choose;
using pareto::end_branch;
using pareto::Exponents;
using pareto::finish;
using pareto::Moment;
using pareto::of_end;
using pareto::of_purchase;
using pareto::purchase_branch;
using pareto::Spread;

namespace {

// Whole numbers from 0 for different times, as they come.
std::vector<uint32_t> codes_of(const std::vector<BuyingCell>& cells, double BuyingCell::* time) {
  std::unordered_map<double, uint32_t> codes;
  std::vector<uint32_t> code(cells.size());
  for (size_t i = 0; i < cells.size(); ++i)
    code[i] =
        i > 0 && cells[i].*time == cells[i - 1].*time
            ? code[i - 1]
            : codes.try_emplace(cells[i].*time, static_cast<uint32_t>(codes.size())).first->second;
  return code;
}

}  // namespace

// In the order of groups; cells of a group are next to each other.
ParetoTable::Pairs ParetoTable::found_pairs(const std::vector<BuyingCell>& cells,
                                            const std::vector<uint32_t>& group,
                                            double BuyingCell::* time) {
  constexpr uint32_t kNone = ~uint32_t{0};
  const std::vector<uint32_t> code = codes_of(cells, time);
  Pairs found;
  found.of_cell.resize(cells.size());
  std::vector<uint32_t> pair_of(code.empty() ? 0 : *std::ranges::max_element(code) + 1, kNone);
  for (size_t i = 0; i < cells.size(); ++i) {
    uint32_t& pair = pair_of[code[i]];
    if (pair == kNone || found.group[pair] != group[i]) {
      pair = static_cast<uint32_t>(found.time.size());
      found.time.push_back(cells[i].*time);
      found.group.push_back(group[i]);
    }
    found.of_cell[i] = pair;
  }
  return found;
}

ParetoTable::Pairs ParetoTable::by_time(const Pairs& found) {
  std::vector<uint32_t> order(found.time.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](uint32_t i) { return found.time[i]; });
  Pairs sorted;
  std::vector<uint32_t> place(order.size());
  for (const uint32_t i : order) {
    place[i] = static_cast<uint32_t>(sorted.time.size());
    sorted.time.push_back(found.time[i]);
    sorted.group.push_back(found.group[i]);
  }
  sorted.of_cell.reserve(found.of_cell.size());
  for (const uint32_t pair : found.of_cell) sorted.of_cell.push_back(place[pair]);
  return sorted;
}

ParetoTable::ParetoTable(const CellTable& table) : table_(&table) {
  const std::vector<BuyingCell>& cells = table.cells();
  std::vector<uint32_t> group(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (groups_.empty() || groups_.back().x != cells[i].x) groups_.push_back({cells[i].x, 0});
    groups_.back().customers += static_cast<double>(table.counts()[i]);
    group[i] = static_cast<uint32_t>(groups_.size() - 1);
  }
  bought_ = by_time(found_pairs(cells, group, &BuyingCell::t_x));
  watched_ = by_time(found_pairs(cells, group, &BuyingCell::T));
}

std::vector<Branch> ParetoTable::branches(const ParetoParameters& p, const Pairs& pairs,
                                          const Term& term, std::vector<PowerWeights>& weights,
                                          Order order) const {
  std::vector<Branch> result(pairs.time.size());
  for (size_t i = 0; i < pairs.time.size();) {
    const double t = pairs.time[i];
    const RateRatio ratio(p.alpha, p.beta, t);
    const PowerTerms terms(term.exponents(p, 0).b, ratio, order);
    const Moment moment(p, t);
    for (; i < pairs.time.size() && pairs.time[i] == t; ++i) {
      const uint32_t group = pairs.group[i];
      const double x = groups_[group].x;
      const Exponents e = term.exponents(p, x);
      const LogIntegral k = terms.usable() ? weights[group].integral(terms, order)
                                           : log_power_quadrature(e.a, e.b, ratio.log);
      result[i] = term.branch(p, x, moment, k);
    }
  }
  return result;
}

Derivatives ParetoTable::log_likelihood(const ParetoParameters& p, Order order) const {
  std::vector<PowerWeights> weights;
  weights.reserve(groups_.size());
  for (const Group& group : groups_) weights.emplace_back(p.r + group.x + p.s, p.alpha >= p.beta);
  const std::vector<Branch> ends = branches(p, bought_, {of_end, end_branch}, weights, order);
  const std::vector<Branch> purchases =
      branches(p, watched_, {of_purchase, purchase_branch}, weights, order);

  Derivatives total;
  Spread spread;
  std::vector<double> end_weight(ends.size());
  std::vector<double> purchase_weight(purchases.size());
  for (size_t i = 0; i < table_->size(); ++i) {
    const uint32_t end = bought_.of_cell[i];
    const uint32_t purchase = watched_.of_cell[i];
    const auto count = static_cast<double>(table_->counts()[i]);
    const Choice choice = choose(ends[end].value, purchases[purchase].value);
    total.value += count * choice.value;
    if (order == Order::kValue) continue;
    end_weight[end] += count * choice.end;
    purchase_weight[purchase] += count * choice.purchase;
    spread.add(count * choice.end * choice.purchase, ends[end], purchases[purchase]);
  }
  for (size_t i = 0; i < ends.size(); ++i) add(total, end_weight[i], ends[i]);
  for (size_t i = 0; i < purchases.size(); ++i) add(total, purchase_weight[i], purchases[i]);
  for (const Group& group : groups_) add_gamma(total, p, group.x, group.customers);
  add(total, spread);
  finish(total, order);
  return total;
}

}  // namespace regulars::models
