#include "segments/value.h"

#include <algorithm>
#include <numeric>

namespace regulars::segments {
namespace {

std::vector<uint32_t> customers_by(const CustomerFacts& facts, const std::vector<int64_t>& value,
                                   const std::vector<bool>& leave_out = {}) {
  std::vector<uint32_t> order;
  for (uint32_t c = 0; c < facts.size(); ++c) {
    const bool out = !leave_out.empty() && leave_out[c];
    if (facts.is_customer(c) && !out) order.push_back(c);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return value[a] > value[b]; });
  return order;
}

constexpr size_t kCurvePoints = 200;

size_t one_percent(size_t customers) { return std::max<size_t>(1, customers / 100); }

}  // namespace

Segmentation value_tiers(const CustomerFacts& facts) {
  Segmentation tiers{"value_tier", {"A", "B", "C"}, {}};
  tiers.class_of.assign(facts.size(), kNoClass);
  const std::vector<uint32_t> order = customers_by(facts, facts.window_net);
  Int128 total = 0;
  for (const uint32_t c : order) total += facts.window_net[c];
  Int128 richer = 0;  // net of all customers with strictly more
  Int128 so_far = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const uint32_t c = order[i];
    const bool tie = i > 0 && facts.window_net[order[i - 1]] == facts.window_net[c];
    if (!tie) richer = so_far;
    so_far += facts.window_net[c];
    tiers.class_of[c] = 2;
    if (total <= 0) continue;
    if (richer * 10 < total * 8) tiers.class_of[c] = 1;
    if (richer * 2 < total) tiers.class_of[c] = 0;
  }
  return tiers;
}

Concentration concentration(const CustomerFacts& facts, const std::vector<bool>& leave_out) {
  Concentration result;
  const std::vector<uint32_t> order = customers_by(facts, facts.net, leave_out);
  const size_t n = order.size();
  result.customers = static_cast<int64_t>(n);
  for (const uint32_t c : order) result.net += facts.net[c];
  if (n == 0 || result.net <= 0) return result;
  const auto total = static_cast<double>(result.net);
  const size_t step = (n + kCurvePoints - 3) / (kCurvePoints - 2);  // besides the first and last
  result.top_1_percent = static_cast<int64_t>(one_percent(n));
  result.curve.push_back({0, 0});
  Int128 sum = 0;
  for (size_t i = 0; i < n; ++i) {
    sum += facts.net[order[i]];
    const double share = static_cast<double>(sum) / total;
    const size_t count = i + 1;
    if (count == one_percent(n)) result.top_1_share = share;
    if (count == std::max<size_t>(1, n / 10)) result.top_10_share = share;
    if (count == std::max<size_t>(1, n / 5)) result.top_20_share = share;
    if (result.bring_half == 0 && sum * 2 >= result.net) {
      result.bring_half = static_cast<int64_t>(count);
    }
    if (result.bring_80 == 0 && sum * 10 >= Int128{result.net} * 8) {
      result.bring_80 = static_cast<int64_t>(count);
    }
    if (count % step == 0 || count == n) {
      result.curve.push_back({static_cast<double>(count) / static_cast<double>(n), share});
    }
  }
  result.probable_trade = n >= 100 && result.top_1_share > 0.2;
  return result;
}

std::vector<bool> probable_trade_customers(const CustomerFacts& facts) {
  std::vector<bool> trade(facts.size(), false);
  const std::vector<uint32_t> order = customers_by(facts, facts.net);
  const size_t count = order.empty() ? 0 : one_percent(order.size());
  for (size_t i = 0; i < count; ++i) trade[order[i]] = true;
  return trade;
}

std::vector<Undone> undone_among_largest(const CustomerFacts& facts, size_t largest) {
  std::vector<Undone> undone;
  const std::vector<uint32_t> order = customers_by(facts, facts.gross);
  for (size_t i = 0; i < std::min(largest, order.size()); ++i) {
    const uint32_t c = order[i];
    const bool nearly_all = Int128{facts.net[c]} * 20 < facts.gross[c];
    if (nearly_all) undone.push_back({c, facts.gross[c], facts.net[c]});
  }
  return undone;
}

}  // namespace regulars::segments
