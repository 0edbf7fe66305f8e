#include <algorithm>
#include <cmath>
#include <map>

#include "segments/quantile.h"
#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

constexpr int64_t kBinDays = 7;
constexpr int64_t kLastBin = 182;
constexpr size_t kFewestGaps = 4;

void count_hours(const Stream& stream, const Zone& zone, Rhythm& result) {
  int64_t first_time = -1;
  for (const Instant at : stream.at) {
    const int64_t micros = zone.micros_of_day(at);
    if (first_time < 0) first_time = micros;
    result.has_time_of_day = result.has_time_of_day || micros != first_time;
    const auto weekday_index = static_cast<size_t>(weekday(zone.day_of(at)) - 1);
    const auto hour = static_cast<size_t>(micros / hours(1).micros);
    ++result.orders[weekday_index][hour];
  }
}

// Standard deviation over mean of a customer's gaps between purchase days.
double gap_spread(const std::vector<int>& gaps) {
  double mean = 0;
  for (const int gap : gaps) mean += gap;
  mean /= static_cast<double>(gaps.size());
  double squares = 0;
  for (const int gap : gaps) squares += (gap - mean) * (gap - mean);
  return std::sqrt(squares / static_cast<double>(gaps.size() - 1)) / mean;
}

double median_spread(const Stream& stream, const Zone& zone, size_t customers) {
  std::vector<double> spreads;
  std::vector<int> gaps;
  for (size_t c = 0; c < customers; ++c) {
    gaps.clear();
    for (uint32_t row = stream.offset[c] + 1; row < stream.offset[c + 1]; ++row) {
      const int gap = zone.day_of(stream.at[row]) - zone.day_of(stream.at[row - 1]);
      if (gap > 0) gaps.push_back(gap);
    }
    if (gaps.size() >= kFewestGaps) spreads.push_back(gap_spread(gaps));
  }
  if (spreads.empty()) return 0;
  std::sort(spreads.begin(), spreads.end());
  return quantile(spreads, 0.5);
}

void sum_seasons(const std::vector<Month>& table, Rhythm& result) {
  const auto whole =
      std::count_if(table.begin(), table.end(), [](const Month& month) { return !month.partial; });
  result.whole_years = static_cast<int>(whole / 12);
  int64_t wanted = int64_t{result.whole_years} * 12;
  // The latest whole years, counted back from the last whole month.
  for (auto month = table.rbegin(); month != table.rend() && wanted > 0; ++month) {
    if (month->partial) continue;
    result.net_by_month[static_cast<size_t>(to_civil(month->begin).month - 1)] += month->net;
    --wanted;
  }
}

}  // namespace

Rhythm rhythm(const History& history, const Zone& zone, const CustomerFacts& facts,
              const std::vector<Month>& months) {
  Rhythm result;
  const Stream* stream = history.stream("purchase");
  if (stream == nullptr) return result;
  count_hours(*stream, zone, result);
  std::map<int64_t, int64_t> bins;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (facts.purchase_days[c] < 2) continue;
    const auto gap = static_cast<int64_t>(facts.median_gap_days[c]);
    ++bins[std::min(gap / kBinDays * kBinDays, kLastBin)];
  }
  result.gap_histogram.assign(bins.begin(), bins.end());
  result.regularity = median_spread(*stream, zone, facts.size());
  sum_seasons(months, result);
  return result;
}

}  // namespace regulars::segments
