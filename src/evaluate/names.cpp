// What the kinds of nodes are called, in messages and in JSON.
#include <array>
#include <utility>

#include "evaluate/type.h"

namespace regulars::evaluate {
namespace {

constexpr std::array<std::pair<AggregateKind, const char*>, 26> kAggregateNames = {
    {{AggregateKind::kCount, "count"},
     {AggregateKind::kSum, "sum"},
     {AggregateKind::kAvg, "avg"},
     {AggregateKind::kMin, "min"},
     {AggregateKind::kMax, "max"},
     {AggregateKind::kMedian, "median"},
     {AggregateKind::kFirst, "first"},
     {AggregateKind::kLast, "last"},
     {AggregateKind::kDistinct, "distinct"},
     {AggregateKind::kNthDistinct, "nth_distinct"},
     {AggregateKind::kMedianGap, "median_gap"},
     {AggregateKind::kLastReturn, "last_return"},
     {AggregateKind::kNth, "nth"},
     {AggregateKind::kMode, "mode"},
     {AggregateKind::kRankOf, "rank_of"},
     {AggregateKind::kGapSpread, "gap_spread"},
     {AggregateKind::kMinGap, "min_gap"},
     {AggregateKind::kMaxGap, "max_gap"},
     {AggregateKind::kAvgGap, "avg_gap"},
     {AggregateKind::kSpacedCount, "spaced_count"},
     {AggregateKind::kSessions, "sessions"},
     {AggregateKind::kSessionStart, "session_start"},
     {AggregateKind::kLongestStreak, "longest_streak"},
     {AggregateKind::kCurrentStreak, "current_streak"},
     {AggregateKind::kRunStart, "run_start"},
     {AggregateKind::kDecayed, "decayed"}}};

constexpr std::array<std::pair<Op, const char*>, 77> kOpNames = {
    {{Op::kLiteral, "literal"},
     {Op::kAggregate, "aggregate"},
     {Op::kAttribute, "attribute"},
     {Op::kAsOf, "as_of"},
     {Op::kAsOfDay, "as_of_day"},
     {Op::kColumn, "column"},
     {Op::kItemColumn, "item"},
     {Op::kEventAt, "event_at"},
     {Op::kEventDay, "event_day"},
     {Op::kMonthOf, "month"},
     {Op::kWeekdayOf, "weekday"},
     {Op::kHourOf, "hour"},
     {Op::kAnyItem, "any_item"},
     {Op::kAllItems, "all_items"},
     {Op::kAdd, "+"},
     {Op::kSubtract, "-"},
     {Op::kMultiply, "*"},
     {Op::kDivide, "/"},
     {Op::kNegate, "negate"},
     {Op::kDaysSince, "days_since"},
     {Op::kEqual, "="},
     {Op::kNotEqual, "!="},
     {Op::kLess, "<"},
     {Op::kLessEqual, "<="},
     {Op::kGreater, ">"},
     {Op::kGreaterEqual, ">="},
     {Op::kIn, "in"},
     {Op::kAnd, "and"},
     {Op::kOr, "or"},
     {Op::kNot, "not"},
     {Op::kKnown, "known"},
     {Op::kIfElse, "if"},
     {Op::kIsTrue, "is_true"},
     {Op::kAtLeast, "at_least"},
     {Op::kAbs, "abs"},
     {Op::kRound, "round"},
     {Op::kFloor, "floor"},
     {Op::kLeast, "least"},
     {Op::kGreatest, "greatest"},
     {Op::kYearOf, "year"},
     {Op::kQuarterOf, "quarter"},
     {Op::kWeekOf, "week"},
     {Op::kDayOfMonth, "day_of_month"},
     {Op::kMinuteOf, "minute"},
     {Op::kDayOf, "day_of"},
     {Op::kPeriodOf, "period_of"},
     {Op::kElapsed, "elapsed"},
     {Op::kMonthsSince, "months_since"},
     {Op::kYearsSince, "years_since"},
     {Op::kDaysUntil, "days_until"},
     {Op::kDaysToAnniversary, "days_to_anniversary"},
     {Op::kInWindow, "in_window"},
     {Op::kLower, "lower"},
     {Op::kFold, "fold"},
     {Op::kLength, "length"},
     {Op::kContains, "contains"},
     {Op::kStartsWith, "starts_with"},
     {Op::kEndsWith, "ends_with"},
     {Op::kLike, "like"},
     {Op::kMatches, "matches"},
     {Op::kVersionCompare, "version_compare"},
     {Op::kHas, "has"},
     {Op::kHasAll, "has_all"},
     {Op::kSetSize, "set_size"},
     {Op::kDistanceKm, "distance_km"},
     {Op::kInPolygon, "in_polygon"},
     {Op::kCustomerId, "customer_id"},
     {Op::kBucket, "bucket"},
     {Op::kLinkedSum, "linked_sum"},
     {Op::kSequence, "sequence"},
     {Op::kShifted, "shifted"},
     {Op::kPosition, "position"},
     {Op::kSnapshotText, "snapshot_text"},
     {Op::kOfUnit, "of_unit"},
     {Op::kEver, "ever"},
     {Op::kEntered, "entered"},
     {Op::kSince, "since"}}};

// Looked up by position: every kind has its row, in the order of the enum.
template <class Table>
constexpr bool in_order(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i) {
    if (static_cast<size_t>(table[i].first) != i) return false;
  }
  return true;
}
static_assert(in_order(kAggregateNames) && in_order(kOpNames));
static_assert(kAggregateNames.size() == static_cast<size_t>(AggregateKind::kDecayed) + 1);
static_assert(kOpNames.size() == static_cast<size_t>(Op::kSince) + 1);

}  // namespace

const char* name_of(AggregateKind kind) {
  return kAggregateNames[static_cast<size_t>(kind)].second;
}
const char* name_of(Op op) { return kOpNames[static_cast<size_t>(op)].second; }

}  // namespace regulars::evaluate
