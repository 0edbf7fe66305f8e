#include "models/clv/bg_bb.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "models/clv/bg_bb_terms.h"
#include "models/fit/gauss_fraction.h"

namespace regulars::models {
namespace {

struct WholeCell {
  size_t x = 0;
  size_t t_x = 0;
  size_t all = 0;  // T
};

size_t whole(double v) {
  return v > 0 ? static_cast<size_t>(std::min<double>(v, kMostOpportunities)) : 0;
}

WholeCell nearest(const BuyingCell& cell) {
  WholeCell result{whole(cell.x), whole(cell.t_x), whole(cell.T)};
  result.t_x = std::max(result.t_x, result.x);
  result.all = std::max(result.all, result.t_x);
  return result;
}

bool is_whole(double v) { return v == std::floor(v) && v <= kMostOpportunities; }

// What a customer alive after all her opportunities is: a new one with these parameters.
BgBbParameters of_survivor(const BgBbParameters& p, const WholeCell& cell) {
  const auto x = static_cast<double>(cell.x);
  const auto all = static_cast<double>(cell.all);
  return {p.alpha + x, p.beta + (all - x), p.gamma, p.delta + all};
}

// P(alive after T opportunities | x, t_x): 1 / (1 + the odds of having left after t_x, t_x + 1,
// ... T - 1), each of the odds the one after it times a factor above 1 (eq. 7, its terms).
double p_survived(const BgBbParameters& p, const WholeCell& cell) {
  const auto x = static_cast<double>(cell.x);
  double odds = 0;
  double one = p.gamma / (p.gamma + p.delta + static_cast<double>(cell.all));
  for (size_t left = cell.all; left-- > cell.t_x;) {
    const auto d = static_cast<double>(left);
    one *=
        (p.alpha + p.beta + d) / (p.beta + d - x) * ((p.gamma + p.delta + d + 1) / (p.delta + d));
    odds += one;
  }
  return 1 / (1 + odds);
}

// P(still there after one more opportunity) of a customer who has stayed through `seen`.
double p_stay(const BgBbParameters& p, double seen) {
  return (p.delta + seen) / (p.gamma + p.delta + seen);
}

// Sum of P(alive after k opportunities) factor^k, k = 1, 2, ... `most`.
double sum_alive(const BgBbParameters& p, size_t most, double factor) {
  double sum = 0;
  double alive = 1;
  for (size_t k = 0; k < most; ++k) {
    alive *= p_stay(p, static_cast<double>(k)) * factor;
    sum += alive;
  }
  return sum;
}

double p_buy(const BgBbParameters& p) { return p.alpha / (p.alpha + p.beta); }

// P(n purchases at `most` opportunities) of a new customer (eq. 8).
double p_count(const BgBbParameters& p, size_t n, size_t most) {
  if (n > most) return 0;
  // P(n purchases at the first i opportunities and alive), beginning with i = n, relative to it.
  double log_scale = 0;
  for (size_t k = 0; k < n; ++k) {
    const auto i = static_cast<double>(k);
    log_scale += std::log((p.alpha + i) / (p.alpha + p.beta + i) * p_stay(p, i));
  }
  constexpr double kLarge = 1e250;
  double alive = 1;
  double sum = 0;
  for (size_t k = n; k < most; ++k) {
    const auto i = static_cast<double>(k);
    const auto none = static_cast<double>(k - n);
    sum += alive * (p.gamma / (p.gamma + p.delta + i));
    alive *= (i + 1) / (none + 1) * ((p.beta + none) / (p.alpha + p.beta + i)) * p_stay(p, i);
    if (alive < kLarge) continue;
    alive /= kLarge;
    sum /= kLarge;
    log_scale += std::log(kLarge);
  }
  return std::min(1.0, std::exp(log_scale + std::log(sum + alive)));
}

class BgBb final : public CountModel {
 public:
  const CountModelInfo& info() const override {
    static const CountModelInfo info{
        "bg-bb",
        "BG/BB",
        "Fader, Hardie, Shang 2010, Marketing Science 29(6), eq. 7 to 13",
        "at each opportunity a customer buys with a probability of her own, until she leaves",
        {{"alpha", "beta mixture of buying, towards buying", Process::kTransaction, 0},
         {"beta", "beta mixture of buying, towards not buying", Process::kTransaction, 0},
         {"gamma", "beta mixture of leaving, towards leaving", Process::kDropout, 0},
         {"delta", "beta mixture of leaving, towards staying", Process::kDropout, 0}},
        true,
        true};
    return info;
  }

  Result<void> check(const CellTable& table) const override;
  std::vector<double> start(const CellTable& table) const override;
  Derivatives log_likelihood(Parameters p, const BuyingCell& cell, Order order) const override;
  Derivatives log_likelihood(Parameters p, const CellTable& table, Order order) const override;

  double expected(Parameters p, double t) const override {
    const BgBbParameters q = bg_bb_parameters(p);
    return p_buy(q) * sum_alive(q, whole(t), 1);
  }
  double conditional_expected(Parameters p, const BuyingCell& cell, double t) const override {
    return discounted_expected(p, cell, 0, t);
  }
  double p_alive(Parameters p, const BuyingCell& cell, double after) const override {
    const BgBbParameters q = bg_bb_parameters(p);
    const WholeCell seen = nearest(cell);
    double alive = p_survived(q, seen);
    for (size_t k = 0; k < whole(after); ++k) alive *= p_stay(q, static_cast<double>(seen.all + k));
    return alive;
  }
  double p_count_new(Parameters p, unsigned n, double t) const override {
    return p_count(bg_bb_parameters(p), n, whole(t));
  }
  std::vector<double> p_counts(Parameters p, const BuyingCell& cell, unsigned most,
                               double t) const override;
  double discounted_expected(Parameters p, const BuyingCell& cell, double rate,
                             double horizon) const override;
  double p_next_by(Parameters p, const BuyingCell& cell, double t) const override {
    const BgBbParameters q = bg_bb_parameters(p);
    const WholeCell seen = nearest(cell);
    return p_survived(q, seen) * (1 - p_count(of_survivor(q, seen), 0, whole(t)));
  }
};

Result<void> BgBb::check(const CellTable& table) const {
  for (const BuyingCell& cell : table.cells()) {
    if (cell.x <= cell.t_x && is_whole(cell.t_x) && is_whole(cell.T)) continue;
    return Error(ErrorCode::kBadData,
                 fmt::format("x = {}, t_x = {}, T = {}: BG/BB counts opportunities, whole numbers "
                             "up to {}, with one purchase at each at most",
                             cell.x, cell.t_x, cell.T, kMostOpportunities),
                 "use it where buying has a rhythm of its own (a year's donation); else bg-nbd, "
                 "mbg-nbd or pareto-nbd");
  }
  return {};
}

// A buying probability of the customers' own while they were seen to be there, a leaving one of
// about once in the time watched, and wide mixtures of both.
std::vector<double> BgBb::start(const CellTable& table) const {
  double bought = 0;
  double there = 0;
  double watched = 0;
  for (size_t i = 0; i < table.size(); ++i) {
    const BuyingCell& cell = table.cells()[i];
    const auto n = static_cast<double>(table.counts()[i]);
    bought += n * cell.x;
    there += n * (cell.t_x + cell.T) / 2;
    watched += n * cell.T / static_cast<double>(table.customers());
  }
  const double buying = std::clamp(bought / std::max(there, 1.0), 0.01, 0.99);
  return {2 * buying, 2 * (1 - buying), 0.5, 0.5 * std::max(1.0, watched)};
}

Derivatives BgBb::log_likelihood(Parameters p, const BuyingCell& cell, Order order) const {
  const WholeCell seen = nearest(cell);
  const BgBbTerms terms(bg_bb_parameters(p), seen.all);
  LogSum sum;
  sum.add(terms.alive(seen.x, seen.all, order), order);
  for (size_t left = seen.t_x; left < seen.all; ++left)
    sum.add(terms.gone(seen.x, left, order), order);
  return sum.total(order);
}

// Customers with the same x and T differ only in where their sum over the time of leaving begins:
// from the latest t_x on, one sum serves them all.
Derivatives BgBb::log_likelihood(Parameters p, const CellTable& table, Order order) const {
  std::vector<WholeCell> cells;
  for (const BuyingCell& cell : table.cells()) cells.push_back(nearest(cell));
  std::vector<size_t> sequence(cells.size());
  std::iota(sequence.begin(), sequence.end(), size_t{0});
  std::ranges::sort(sequence, [&](size_t a, size_t b) {
    return std::tie(cells[a].all, cells[a].x, cells[b].t_x) <
           std::tie(cells[b].all, cells[b].x, cells[a].t_x);
  });
  Derivatives total;
  if (cells.empty()) return total;
  const BgBbTerms terms(bg_bb_parameters(p), cells[sequence.back()].all);
  LogSum sum;
  size_t left = 0;
  const WholeCell* before = nullptr;
  for (const size_t i : sequence) {
    const WholeCell& cell = cells[i];
    if (before == nullptr || before->x != cell.x || before->all != cell.all) {
      sum = {};
      sum.add(terms.alive(cell.x, cell.all, order), order);
      left = cell.all;
    }
    while (left > cell.t_x) sum.add(terms.gone(cell.x, --left, order), order);
    Derivatives one = sum.total(order);
    one *= static_cast<double>(table.counts()[i]);
    total += one;
    before = &cell;
  }
  return total;
}

std::vector<double> BgBb::p_counts(Parameters p, const BuyingCell& cell, unsigned most,
                                   double t) const {
  const BgBbParameters q = bg_bb_parameters(p);
  const WholeCell seen = nearest(cell);
  const double alive = p_survived(q, seen);
  const BgBbParameters survivor = of_survivor(q, seen);
  std::vector<double> result;
  for (unsigned n = 0; n <= most; ++n)
    result.push_back(alive * p_count(survivor, n, whole(t)) + (n == 0 ? 1 - alive : 0));
  return result;
}

double BgBb::discounted_expected(Parameters p, const BuyingCell& cell, double rate,
                                 double horizon) const {
  const BgBbParameters q = bg_bb_parameters(p);
  const WholeCell seen = nearest(cell);
  const BgBbParameters survivor = of_survivor(q, seen);
  const double factor = std::exp(-rate);
  const double buys = p_survived(q, seen) * p_buy(survivor);
  if (horizon <= kMostOpportunities || !(factor < 1))
    return buys * sum_alive(survivor, whole(horizon), factor);
  // Without end: the sum is a hypergeometric function (eq. 14 of the paper).
  return buys * factor * p_stay(survivor, 0) *
         gauss_fraction(survivor.delta + 1, survivor.gamma, factor);
}

}  // namespace

std::unique_ptr<CountModel> bg_bb() { return std::make_unique<BgBb>(); }

}  // namespace regulars::models
