#include "evaluate/reference_events.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "evaluate/number.h"
#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

using CountedRows = std::vector<CountedRow>;

Value none(const Type& type) { return {type.value, false, 0, type.scale, 0, {}}; }
Value number_of(const Type& type, int64_t number) {
  return {type.value, true, number, type.scale, 0, {}};
}
Value real_of(double real) { return {ValueType::kReal, true, 0, 0, real, {}}; }

CountedRows known_ones(const CountedRows& rows) {
  CountedRows known;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(known),
               [](const CountedRow& row) { return row.value.known; });
  return known;
}

Value nth(const CountedRows& rows, int64_t n, const Type& type) {
  const auto count = static_cast<int64_t>(rows.size());
  const int64_t place = n > 0 ? n - 1 : count + n;
  if (place < 0 || place >= count) return none(type);
  return rows[static_cast<size_t>(place)].value;
}

// Smaller values first; numbers as such, texts by bytes.
struct ByValue {
  bool operator()(const Value& a, const Value& b) const {
    if (a.number != b.number) return a.number < b.number;
    if (a.real != b.real) return a.real < b.real;
    return a.text < b.text;
  }
};

// The different values, the commonest (or heaviest) first.
std::vector<Value> by_weight(const CountedRows& rows, bool weighted) {
  std::map<Value, Int128, ByValue> weights;
  for (const CountedRow& row : rows) {
    const Int128 known_weight = row.weight.known ? row.weight.number : 0;
    weights[row.value] += weighted ? known_weight : 1;
  }
  std::vector<std::pair<Value, Int128>> order(weights.begin(), weights.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<Value> values;
  for (const auto& one : order) values.push_back(one.first);
  return values;
}

bool same_value(const Value& value, const Literal& literal) {
  if (value.type == ValueType::kText) return value.text == literal.text;
  return compare_units(value.number, value.scale, literal.number, literal.scale) == 0;
}

Value rank_of(const std::vector<Value>& order, const Literal& literal, const Type& type) {
  for (size_t i = 0; i < order.size(); ++i) {
    if (same_value(order[i], literal)) return number_of(type, static_cast<int64_t>(i) + 1);
  }
  return none(type);
}

Result<Value> gaps_of(const Aggregate& a, const CountedRows& rows, const Type& type, int scale) {
  std::set<int64_t> different;
  for (const CountedRow& row : rows) different.insert(row.value.number);
  std::vector<Int128> gaps;
  std::optional<int64_t> before;
  for (const int64_t value : different) {
    if (before) gaps.push_back(Int128{value} - *before);
    before = value;
  }
  if (gaps.empty()) return none(type);
  if (a.kind == AggregateKind::kAvgGap) {
    const Int128 whole = Int128{*different.rbegin()} - *different.begin();
    return real_of(quotient(whole, static_cast<int64_t>(gaps.size()), scale));
  }
  if (a.kind == AggregateKind::kGapSpread) {
    std::vector<double> reals;
    for (const Int128 gap : gaps) reals.push_back(static_cast<double>(gap));
    return reals.size() < 2 ? none(type) : real_of(relative_spread(reals));
  }
  const bool least = a.kind == AggregateKind::kMinGap;
  const Int128 gap = least ? *std::min_element(gaps.begin(), gaps.end())
                           : *std::max_element(gaps.begin(), gaps.end());
  if (!is_storable(gap)) return overflow("a gap");
  return number_of(type, static_cast<int64_t>(gap));
}

int64_t spaced_count(const CountedRows& rows, Duration gap) {
  int64_t count = 0;
  Instant last;
  for (const CountedRow& row : rows) {
    if (count > 0 && Int128{row.at.micros} - last.micros < gap.micros) continue;
    last = row.at;
    ++count;
  }
  return count;
}

// The instants at which sessions begin.
std::vector<Instant> sessions(const CountedRows& rows, Duration gap) {
  std::vector<Instant> starts;
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool joins = i > 0 && Int128{rows[i].at.micros} - rows[i - 1].at.micros <= gap.micros;
    if (!joins) starts.push_back(rows[i].at);
  }
  return starts;
}

int64_t streak(const Aggregate& a, const CountedRows& rows, const AggregateContext& context) {
  const auto period_of = [&](Day day) { return start_of_period(day, a.period, a.retail); };
  const Day own = period_of(context.zone->day_of(context.now));
  std::set<Day> periods;
  for (const CountedRow& row : rows) periods.insert(period_of(context.zone->day_of(row.at)));
  const auto run_up_to = [&](Day period) {
    int64_t length = 0;
    while (periods.contains(period)) {
      ++length;
      period = period_of(period - 1);
    }
    return length;
  };
  if (a.kind == AggregateKind::kCurrentStreak) {
    return periods.contains(own) ? run_up_to(own) : run_up_to(period_of(own - 1));
  }
  int64_t longest = 0;
  for (const Day period : periods) longest = std::max(longest, run_up_to(period));
  return longest;
}

Value run_start(const CountedRows& rows, const Type& type) {
  if (rows.empty()) return none(type);
  size_t first = rows.size() - 1;
  while (first > 0 && rows[first - 1].value == rows.back().value) --first;
  return number_of(type, rows[first].at.micros);
}

double decayed(const Aggregate& a, const CountedRows& rows, int scale,
               const AggregateContext& context) {
  const bool valued = a.value.kind != AggregateValue::Kind::kNone;
  const Day today = context.zone->day_of(context.now);
  double sum = 0;
  for (const CountedRow& row : rows) {
    const double units = valued ? static_cast<double>(row.value.number) : 1;
    sum += units * decay(today - context.zone->day_of(row.at), a.half_life_days);
  }
  return sum / static_cast<double>(power_of_ten(scale));
}

}  // namespace

Result<Value> aggregate_events(const Aggregate& a, const Type& value_type, const CountedRows& all,
                               const AggregateContext& context) {
  REGULARS_ASSIGN(const Type type, aggregate_type(a.kind, value_type));
  const bool valued = a.value.kind != AggregateValue::Kind::kNone;
  const CountedRows rows = valued ? known_ones(all) : all;
  const bool weighted = a.weight.kind != AggregateValue::Kind::kNone;
  switch (a.kind) {
    case AggregateKind::kNth:
      return nth(all, a.n, type);
    case AggregateKind::kMode:
      return rows.empty() ? none(type) : by_weight(rows, weighted).front();
    case AggregateKind::kRankOf:
      return rank_of(by_weight(rows, weighted), a.literal, type);
    case AggregateKind::kSpacedCount:
      return number_of(type, spaced_count(rows, a.gap));
    case AggregateKind::kSessions:
      return number_of(type, static_cast<int64_t>(sessions(rows, a.gap).size()));
    case AggregateKind::kSessionStart:
      return rows.empty() ? none(type) : number_of(type, sessions(rows, a.gap).back().micros);
    case AggregateKind::kLongestStreak:
    case AggregateKind::kCurrentStreak:
      return number_of(type, streak(a, rows, context));
    case AggregateKind::kRunStart:
      return run_start(rows, type);
    case AggregateKind::kDecayed:
      return real_of(decayed(a, rows, value_type.scale, context));
    default:
      return gaps_of(a, rows, type, value_type.scale);
  }
}

}  // namespace regulars::evaluate
