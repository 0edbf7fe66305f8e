// Private to evaluate: how nodes, windows and units are called in JSON.
#pragma once

#include <array>
#include <utility>

#include "evaluate/type.h"

namespace regulars::evaluate {

inline constexpr std::array kNamedLeaves = {Op::kAsOf,     Op::kAsOfDay, Op::kEventAt,
                                            Op::kEventDay, Op::kMonthOf, Op::kWeekdayOf,
                                            Op::kHourOf};
inline constexpr std::array kNameLeaves = {Op::kColumn, Op::kItemColumn, Op::kAttribute,
                                           Op::kSnapshotText};
// Of one argument and more keys beside it.
inline constexpr std::array kBeyond = {Op::kShifted, Op::kPosition, Op::kOfUnit,
                                       Op::kEver,    Op::kEntered,  Op::kSince};
// Those of evaluate/scalar.h that take a list of arguments and keys beside it; kMonthOf, kWeekdayOf
// and kHourOf are leaves too.
inline constexpr std::array kScalars = {Op::kIsTrue,
                                        Op::kAtLeast,
                                        Op::kAbs,
                                        Op::kRound,
                                        Op::kFloor,
                                        Op::kLeast,
                                        Op::kGreatest,
                                        Op::kYearOf,
                                        Op::kQuarterOf,
                                        Op::kWeekOf,
                                        Op::kDayOfMonth,
                                        Op::kMinuteOf,
                                        Op::kDayOf,
                                        Op::kPeriodOf,
                                        Op::kElapsed,
                                        Op::kMonthsSince,
                                        Op::kYearsSince,
                                        Op::kDaysUntil,
                                        Op::kDaysToAnniversary,
                                        Op::kInWindow,
                                        Op::kLower,
                                        Op::kFold,
                                        Op::kLength,
                                        Op::kContains,
                                        Op::kStartsWith,
                                        Op::kEndsWith,
                                        Op::kLike,
                                        Op::kMatches,
                                        Op::kVersionCompare,
                                        Op::kHas,
                                        Op::kHasAll,
                                        Op::kSetSize,
                                        Op::kDistanceKm,
                                        Op::kInPolygon,
                                        Op::kCustomerId,
                                        Op::kBucket,
                                        Op::kLinkedSum,
                                        Op::kMonthOf,
                                        Op::kWeekdayOf,
                                        Op::kHourOf};
inline constexpr std::array kOperations = {
    Op::kAnyItem, Op::kAllItems,  Op::kAdd,       Op::kSubtract,     Op::kMultiply,
    Op::kDivide,  Op::kNegate,    Op::kDaysSince, Op::kEqual,        Op::kNotEqual,
    Op::kLess,    Op::kLessEqual, Op::kGreater,   Op::kGreaterEqual, Op::kIn,
    Op::kAnd,     Op::kOr,        Op::kNot,       Op::kKnown,        Op::kIfElse};
inline constexpr std::array kAggregates = {
    AggregateKind::kCount,        AggregateKind::kSum,           AggregateKind::kAvg,
    AggregateKind::kMin,          AggregateKind::kMax,           AggregateKind::kMedian,
    AggregateKind::kFirst,        AggregateKind::kLast,          AggregateKind::kDistinct,
    AggregateKind::kNthDistinct,  AggregateKind::kMedianGap,     AggregateKind::kLastReturn,
    AggregateKind::kNth,          AggregateKind::kMode,          AggregateKind::kRankOf,
    AggregateKind::kGapSpread,    AggregateKind::kMinGap,        AggregateKind::kMaxGap,
    AggregateKind::kAvgGap,       AggregateKind::kSpacedCount,   AggregateKind::kSessions,
    AggregateKind::kSessionStart, AggregateKind::kLongestStreak, AggregateKind::kCurrentStreak,
    AggregateKind::kRunStart,     AggregateKind::kDecayed};
inline constexpr std::array<std::pair<Window::Period, const char*>, 8> kPeriods = {
    {{Window::Period::kDay, "day"},
     {Window::Period::kWeek, "week"},
     {Window::Period::kMonth, "month"},
     {Window::Period::kQuarter, "quarter"},
     {Window::Period::kYear, "year"},
     {Window::Period::kRetailMonth, "retail_month"},
     {Window::Period::kRetailQuarter, "retail_quarter"},
     {Window::Period::kRetailYear, "retail_year"}}};

struct Unit {
  const char* name;
  int64_t micros;
};
// Longest first. Weeks are read, and written as days.
inline constexpr std::array<Unit, 7> kUnits = {{{"w", 604'800'000'000},
                                                {"d", 86'400'000'000},
                                                {"h", 3'600'000'000},
                                                {"min", 60'000'000},
                                                {"s", 1'000'000},
                                                {"ms", 1'000},
                                                {"us", 1}}};

// The entry of `all` with that name, or nullptr.
template <class Entries>
const typename Entries::value_type* named(const Entries& all, std::string_view name) {
  for (const auto& one : all) {
    if (name == name_of(one)) return &one;
  }
  return nullptr;
}

}  // namespace regulars::evaluate
