#include "evaluate/reference_aggregate.h"

#include <algorithm>
#include <set>

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

using Values = std::vector<Value>;

Value unknown_of(const Type& type) { return {type.value, false, 0, type.scale, 0, {}}; }
Value number_of(const Type& type, int64_t number) {
  return {type.value, true, number, type.scale, 0, {}};
}
Value real_of(double real) { return {ValueType::kReal, true, 0, 0, real, {}}; }

Values known_ones(const Values& values) {
  Values known;
  std::copy_if(values.begin(), values.end(), std::back_inserter(known),
               [](const Value& value) { return value.known; });
  return known;
}

Int128 total(const Values& values) {
  Int128 sum = 0;
  for (const Value& value : values) sum += value.number;
  return sum;
}

std::vector<int64_t> sorted_numbers(const Values& values) {
  std::vector<int64_t> numbers;
  for (const Value& value : values) numbers.push_back(value.number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::vector<int64_t> different_numbers(const Values& values) {
  std::vector<int64_t> numbers = sorted_numbers(values);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

Value median(std::vector<Int128> values, int scale) {
  if (values.empty()) return unknown_of({ValueType::kReal, 0, false});
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return real_of(quotient(values[middle], 1, scale));
  return real_of(quotient(values[middle - 1] + values[middle], 2, scale));
}

Value median_gap(const Values& values, int scale) {
  const std::vector<int64_t> different = different_numbers(values);
  std::vector<Int128> gaps;
  for (size_t i = 1; i < different.size(); ++i) {
    gaps.push_back(Int128{different[i]} - different[i - 1]);
  }
  return median(gaps, scale);
}

Value last_return(const Values& values, const RhythmRule& rule, const Type& type) {
  const std::vector<int64_t> d = different_numbers(values);
  Value latest = unknown_of(type);
  for (size_t k = 1; k < d.size(); ++k) {  // the gap between the k-th and the next day
    const Int128 gap = Int128{d[k]} - d[k - 1];
    const Int128 since_first = Int128{d[k - 1]} - d[0];
    const bool lapse = k == 1 ? gap > rule.first_gap_limit_days
                              : 2 * gap * static_cast<int64_t>(k + 1) >
                                    rule.twice_factor * (rule.twice_shop_gap_days + since_first);
    if (lapse) latest = number_of(type, d[k]);
  }
  return latest;
}

// The smallest or the largest.
Value real_extreme(AggregateKind kind, const Values& values) {
  const auto [least, most] = std::minmax_element(
      values.begin(), values.end(), [](const Value& a, const Value& b) { return a.real < b.real; });
  return kind == AggregateKind::kMin ? *least : *most;
}

int64_t count_different(const Values& values) {
  std::set<std::pair<int64_t, std::string>> different;
  for (const Value& value : values) different.emplace(value.number, value.text);
  return static_cast<int64_t>(different.size());
}

}  // namespace

Result<Value> aggregate_values(const Aggregate& a, const Type& value_type, const Values& values) {
  REGULARS_ASSIGN(const Type type, aggregate_type(a.kind, value_type));
  const Values known = known_ones(values);
  const int scale = value_type.scale;
  if (a.kind == AggregateKind::kCount) {
    const bool events = a.value.kind == AggregateValue::Kind::kNone;
    return number_of(type, static_cast<int64_t>(events ? values.size() : known.size()));
  }
  if (a.kind == AggregateKind::kDistinct) return number_of(type, count_different(known));
  if (a.kind == AggregateKind::kSum) {
    if (!is_storable(total(known))) return overflow("a sum");
    return number_of(type, static_cast<int64_t>(total(known)));
  }
  if (a.kind == AggregateKind::kFirst) return values.empty() ? unknown_of(type) : values.front();
  if (a.kind == AggregateKind::kLast) return values.empty() ? unknown_of(type) : values.back();
  if (known.empty()) return unknown_of(type);
  if (value_type.value == ValueType::kReal) return real_extreme(a.kind, known);

  const std::vector<int64_t> different = different_numbers(known);
  std::vector<Int128> numbers;
  for (const Value& value : known) numbers.push_back(value.number);
  switch (a.kind) {
    case AggregateKind::kAvg:
      return real_of(quotient(total(known), static_cast<int64_t>(known.size()), scale));
    case AggregateKind::kMin:
      return number_of(type, different.front());
    case AggregateKind::kMax:
      return number_of(type, different.back());
    case AggregateKind::kMedian:
      return median(numbers, scale);
    case AggregateKind::kMedianGap:
      return median_gap(known, scale);
    case AggregateKind::kLastReturn:
      return last_return(known, a.rhythm, type);
    default:
      break;
  }
  const auto n = static_cast<uint64_t>(a.n);  // kNthDistinct
  return n <= different.size() ? number_of(type, different[n - 1]) : unknown_of(type);
}

}  // namespace regulars::evaluate
