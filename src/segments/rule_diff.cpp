#include "segments/rule_diff.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace regulars::segments {
namespace {

// Members as bits, one per customer.
std::vector<uint64_t> bits_of(const std::vector<CustomerNumber>& customers, size_t population) {
  std::vector<uint64_t> bits((population + 63) / 64);
  for (const CustomerNumber c : customers) bits[c / 64] |= uint64_t{1} << (c % 64);
  return bits;
}

int64_t common(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  int64_t count = 0;
  for (size_t i = 0; i < a.size(); ++i) count += std::popcount(a[i] & b[i]);
  return count;
}

}  // namespace

Result<RuleDiff> diff_rules(const Asking& asking, const evaluate::ExpressionPtr& before,
                            const evaluate::ExpressionPtr& after, Instant t) {
  REGULARS_ASSIGN(const Asked asked, ask(asking, {{"before", before}, {"after", after}}, t));
  const auto old_ones = customers_in(*asking.history, asked.answers.columns[0], t);
  const auto new_ones = customers_in(*asking.history, asked.answers.columns[1], t);
  RuleDiff diff;
  diff.as_of = t;
  diff.snapshot = asked.snapshot;
  diff.before = static_cast<int64_t>(old_ones.size());
  diff.after = static_cast<int64_t>(new_ones.size());
  std::set_difference(new_ones.begin(), new_ones.end(), old_ones.begin(), old_ones.end(),
                      std::back_inserter(diff.entering));
  std::set_difference(old_ones.begin(), old_ones.end(), new_ones.begin(), new_ones.end(),
                      std::back_inserter(diff.leaving));
  diff.staying = diff.before - static_cast<int64_t>(diff.leaving.size());
  return diff;
}

double Overlap::jaccard(size_t i, size_t j) const {
  const int64_t either = sizes[i] + sizes[j] - both[i][j];
  return either == 0 ? 0 : static_cast<double>(both[i][j]) / static_cast<double>(either);
}

Result<Overlap> overlap(const Asking& asking, const std::vector<evaluate::Definition>& rules,
                        Instant t) {
  REGULARS_ASSIGN(const Asked asked, ask(asking, rules, t));
  const size_t population = asking.history->customers();
  Overlap result;
  result.population = population_size(*asking.history, t);
  std::vector<std::vector<uint64_t>> members;
  std::vector<uint64_t> any((population + 63) / 64);
  for (const evaluate::AnswerColumn& column : asked.answers.columns) {
    const auto customers = customers_in(*asking.history, column, t);
    result.names.push_back(column.name);
    result.sizes.push_back(static_cast<int64_t>(customers.size()));
    members.push_back(bits_of(customers, population));
    for (size_t i = 0; i < any.size(); ++i) any[i] |= members.back()[i];
  }
  result.in_any = common(any, any);
  for (const auto& row : members) {
    std::vector<int64_t> counts;
    for (const auto& column : members) counts.push_back(common(row, column));
    result.both.push_back(std::move(counts));
  }
  return result;
}

}  // namespace regulars::segments
