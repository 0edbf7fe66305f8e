#include "evaluate/check_events.h"

#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

using Kind = AggregateKind;

Error wrong(const char* what) { return Error(ErrorCode::kBadDefinition, what); }

Result<void> check_weight(const Aggregate& a, const Type& weight) {
  if (a.weight.kind == AggregateValue::Kind::kNone) return {};
  if (a.kind != Kind::kMode && a.kind != Kind::kRankOf) return wrong("takes no weight");
  const bool item_value = a.value.kind == AggregateValue::Kind::kItemColumn ||
                          a.value.kind == AggregateValue::Kind::kItemExpression;
  const bool item_weight = a.weight.kind == AggregateValue::Kind::kItemColumn;
  if (a.weight.kind != AggregateValue::Kind::kColumn && !item_weight) {
    return wrong("weighs by a column of the event or of the item");
  }
  if (item_weight && !item_value) return wrong("cannot weigh an event by a column of its items");
  if (!weight.untyped && !is_exact(weight)) return wrong("weighs by whole numbers or decimals");
  return {};
}

Result<void> check_literal(const Literal& literal, const Type& value) {
  const Type type = type_of(literal);
  if (type.untyped) return wrong("needs a known value to look for");
  const bool fits =
      value.untyped || value.value == type.value || (is_exact(value) && is_exact(type));
  if (fits) return {};
  return Error(ErrorCode::kBadDefinition,
               "looks for " + to_string(type) + " among values that are " + to_string(value));
}

}  // namespace

Reads reads(Kind kind) {
  switch (kind) {
    case Kind::kCount:
    case Kind::kDecayed:
      return Reads::kEither;
    case Kind::kSpacedCount:
    case Kind::kSessions:
    case Kind::kSessionStart:
    case Kind::kLongestStreak:
    case Kind::kCurrentStreak:
      return Reads::kNothing;
    default:
      return Reads::kAValue;
  }
}

Result<void> check_event_aggregate(const Aggregate& a, const Type& value, const Type& weight) {
  constexpr int64_t kMostEvents = INT32_MAX;
  constexpr int kMostDays = 1'000'000;
  REGULARS_TRY(check_weight(a, weight));
  REGULARS_TRY(check_calendar(a.retail));
  switch (a.kind) {
    case Kind::kNth:
      if (a.n != 0 && a.n <= kMostEvents && a.n >= -kMostEvents) break;
      return wrong("n counts from 1, or from the end when negative; it is not 0");
    case Kind::kRankOf:
      return check_literal(a.literal, value);
    case Kind::kSpacedCount:
    case Kind::kSessions:
    case Kind::kSessionStart:
      if (a.gap.micros > 0) break;
      return wrong("needs a gap, longer than nothing");
    case Kind::kDecayed:
      if (a.half_life_days >= 1 && a.half_life_days <= kMostDays) break;
      return wrong("needs a half-life of 1 to 1,000,000 days");
    default:
      break;
  }
  return {};
}

}  // namespace regulars::evaluate
