#include "evaluate/position.h"

#include <algorithm>

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

bool less(const Population& population, const Placed& a, const Placed& b) {
  if (a.is_real || b.is_real || population.type == ValueType::kReal) {
    return (a.is_real ? a.real : to_real(a.number, a.scale)) <
           (b.is_real ? b.real : to_real(b.number, b.scale));
  }
  return compare_units(a.number, a.scale, b.number, b.scale) < 0;
}

}  // namespace

std::optional<PositionKind> position_kind(std::string_view name) {
  if (name == "percentile") return PositionKind::kPercentile;
  if (name == "rank") return PositionKind::kRank;
  if (name == "decile") return PositionKind::kDecile;
  if (name == "z_score") return PositionKind::kZScore;
  return {};
}

Type position_type(PositionKind kind) {
  const bool whole = kind == PositionKind::kRank || kind == PositionKind::kDecile;
  return {whole ? ValueType::kInteger : ValueType::kReal, 0, false};
}

const Population::Group* find_group(const Population& population, std::string_view name) {
  const auto found = std::lower_bound(
      population.groups.begin(), population.groups.end(), name,
      [](const Population::Group& group, std::string_view wanted) { return group.name < wanted; });
  return found == population.groups.end() || found->name != name ? nullptr : &*found;
}

Neighbours neighbours(const Population& population, const Population::Group& group,
                      const Placed& value) {
  const bool real = population.type == ValueType::kReal;
  const size_t all = real ? group.reals.size() : group.numbers.size();
  const auto at = [&](size_t i) {
    return real ? Placed{true, 0, 0, group.reals[i]}
                : Placed{false, group.numbers[i], population.scale, 0};
  };
  // The first element for which `passed` holds: the values ascend.
  const auto first = [&](auto passed) {
    size_t low = 0;
    for (size_t high = all; low < high;) {
      const size_t middle = low + (high - low) / 2;
      if (passed(at(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  const size_t below = first([&](const Placed& one) { return !less(population, one, value); });
  const size_t upto = first([&](const Placed& one) { return less(population, value, one); });
  return {below, all - upto, all};
}

double real_position(PositionKind kind, const Population& population,
                     const Population::Group& group, const Placed& value) {
  if (kind == PositionKind::kZScore) {
    const double real = value.is_real ? value.real : to_real(value.number, value.scale);
    if (group.deviation == 0) return kUnknownReal;
    return finite_or_unknown((real - group.mean) / group.deviation);
  }
  const Neighbours found = neighbours(population, group, value);
  if (found.all == 0) return kUnknownReal;
  return static_cast<double>(found.below) / static_cast<double>(found.all);
}

int64_t whole_position(PositionKind kind, const Population& population,
                       const Population::Group& group, const Placed& value) {
  const Neighbours found = neighbours(population, group, value);
  if (found.all == 0) return kMissing;
  if (kind == PositionKind::kRank) return 1 + static_cast<int64_t>(found.above);
  // A value above all of the population belongs to the highest tenth.
  return static_cast<int64_t>(std::min<size_t>(10, 1 + 10 * found.below / found.all));
}

std::string group_text(const Type& type, int64_t number) {
  switch (type.value) {
    case ValueType::kDecimal:
      return Decimal{number, type.scale}.to_string();
    case ValueType::kInstant:
      return to_iso(Instant{number});
    case ValueType::kDay:
      return to_iso(Day{static_cast<int32_t>(number)});
    case ValueType::kBoolean:
      return number != 0 ? "true" : "false";
    default:
      return std::to_string(number);
  }
}

}  // namespace regulars::evaluate
