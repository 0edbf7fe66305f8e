#include "models/clv/spend_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "models/fit/probability.h"

namespace regulars::models {
namespace {

constexpr double kNoticeable = 0.1;
constexpr double kNoChance = 0.01;

// Ranks less their mean, equal values at their middle rank.
std::vector<double> centred_ranks(std::span<const SpendCell> customers,
                                  double SpendCell::* const column) {
  const size_t n = customers.size();
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [&](size_t i) { return customers[i].*column; });
  std::vector<double> ranks(n);
  for (size_t from = 0; from < n;) {
    size_t to = from;
    while (to < n && customers[order[to]].*column == customers[order[from]].*column) ++to;
    const double middle = (static_cast<double>(from + to) - static_cast<double>(n)) / 2;
    for (; from < to; ++from) ranks[order[from]] = middle;
  }
  return ranks;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

std::string words_of(const SpendIndependence& check) {
  if (std::isnan(check.correlation))
    return "Whether frequent buyers spend more per purchase cannot be told: there are too few "
           "customers, or all buy or spend the same.";
  const std::string figures = fmt::format("(rank correlation {:.3f}, p {:.2g}, {} customers)",
                                          check.correlation, check.p_value, check.customers);
  if (check.holds)
    return "How often customers buy says little of what they spend per purchase " + figures +
           ": the value model may treat the two apart.";
  return check.correlation > 0
             ? "Customers who buy more often also spend more per purchase " + figures +
                   ": the value model treats the two apart and undervalues the best customers."
             : "Customers who buy more often spend less per purchase " + figures +
                   ": the value model treats the two apart and overvalues frequent buyers.";
}

}  // namespace

SpendIndependence spend_independence(std::span<const SpendCell> customers) {
  SpendIndependence check;
  check.customers = customers.size();
  const std::vector<double> often = centred_ranks(customers, &SpendCell::x);
  const std::vector<double> much = centred_ranks(customers, &SpendCell::mean);
  const double spread = std::sqrt(dot(often, often) * dot(much, much));
  if (customers.size() < 3 || spread == 0) {
    check.correlation = check.p_value = std::numeric_limits<double>::quiet_NaN();
  } else {
    const double r = std::clamp(dot(often, much) / spread, -1.0, 1.0);
    const auto degrees = static_cast<double>(customers.size() - 2);
    check.correlation = r;
    check.p_value = student_two_sided(r * std::sqrt(degrees / ((1 - r) * (1 + r))), degrees);
    check.holds = std::abs(r) < kNoticeable || check.p_value >= kNoChance;
  }
  check.words = words_of(check);
  return check;
}

}  // namespace regulars::models
