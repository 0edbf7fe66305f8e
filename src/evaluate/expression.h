// The typed tree of a rule or feature: what a definition says, with nothing about how it is
// computed. The text language parses into this tree; until then it is built with the functions
// below, or read from JSON (evaluate/expression_json.h).
//
//   // count(purchase) over last 90 days >= 3
//   const ExpressionPtr loyal = at_least(count({.event = "purchase", .window = rolling(days(90))}),
//                                        integer(3));
//
// Meaning of every node: design "What an answer means". In short: windows are half-open (t-w, t];
// count and sum of nothing are 0; avg, min, max, median, first, last and nth of nothing, division
// by zero and unknown attributes are unknown; logic is three-valued.
//
// Thread-safety: trees are immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "data/column.h"

namespace regulars::evaluate {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

// Which events count, seen from the as-of instant t.
struct Window {
  enum class Kind {
    kLifetime,      // (-inf, t]
    kRolling,       // (t - from, t - to] exact durations; to = 0: up to t
    kMonths,        // (t - from_months, t - to_months] by calendar subtraction in the zone
    kCalendarDays,  // the last `count` local days including t's own: from its first instant to t
    kThisPeriod,    // from the start of t's local period to t
    kLastPeriod,    // the whole local period before t's own
    kBetween,       // [begin, end) absolute instants, cut at t
  };
  enum class Period { kDay, kWeek, kMonth, kQuarter, kYear };  // weeks begin on Monday

  Kind kind = Kind::kLifetime;
  Duration from{};
  Duration to{};
  int from_months = 0;
  int to_months = 0;
  int count = 0;
  Period period = Period::kDay;
  Instant begin{};
  Instant end{};
  bool operator==(const Window&) const = default;
};

Window lifetime();
Window rolling(Duration length);
Window between_ago(Duration from, Duration to);  // from > to: (t - from, t - to]
Window months(int count);
Window calendar_days(int count);
Window this_period(Window::Period period);
Window last_period(Window::Period period);
Window absolute(Instant begin, Instant end);

enum class AggregateKind {
  kCount,        // events                                   -> integer
  kSum,          // of value                                 -> integer or decimal
  kAvg,          // one division of exact integers           -> real
  kMin,          // of value                                 -> as value
  kMax,          //                                          -> as value
  kMedian,       // mean of the two middle ones when even    -> real
  kFirst,        // value of the earliest event (time, id)   -> as value
  kLast,         // value of the latest                      -> as value
  kDistinct,     // different known values                   -> integer
  kNthDistinct,  // the n-th smallest different value (n from 1), e.g. day of the 2nd purchase day
                 // -> as value
  kMedianGap,    // median difference of consecutive different values, ascending -> real
  kLastReturn,   // see RhythmRule                           -> day
};

// For kLastReturn over the value kDay: the latest day that ended a lapse; unknown when there was
// none. With d_1 < d_2 < ... the purchase days, gap k = d_{k+1} - d_k was a lapse if
//   k = 1:  gap > first_gap_limit
//   k >= 2: gap * (k + 1) > factor * (2 * shop_gap + d_k - d_1), i.e. gap > factor * g as g stood
// before it, g = (2 G + (d_k - d_1)) / (2 + k - 1) (practice E4). Whole numbers only: shop_gap is
// given in half days (2 G), factor in halves (6 = 3.0).
struct RhythmRule {
  int64_t twice_shop_gap_days = 0;  // 2 G
  int64_t twice_factor = 6;
  int64_t first_gap_limit_days = 0;
  bool operator==(const RhythmRule&) const = default;
};

// What an aggregate reads from each event: a column of the event (or of its items), its instant,
// or its local day.
struct AggregateValue {
  enum class Kind { kNone, kColumn, kItemColumn, kAt, kDay };
  Kind kind = Kind::kNone;
  std::string column;
  bool operator==(const AggregateValue&) const = default;
};
AggregateValue column_value(std::string name);
AggregateValue item_value(std::string name);  // every item is one value; `where` sees that item
AggregateValue at_value();
AggregateValue day_value();

struct Aggregate {
  AggregateKind kind = AggregateKind::kCount;
  std::string event;
  AggregateValue value;
  ExpressionPtr where;  // over the event's columns; null: every event
  Window window;
  int64_t n = 0;      // kNthDistinct
  RhythmRule rhythm;  // kLastReturn
};

enum class Op {
  // leaves
  kLiteral,
  kAggregate,
  kAttribute,  // of the customer, or a given column of the population snapshot
  kAsOf,       // the as-of instant t
  kAsOfDay,    // its local day
  // leaves inside `where`
  kColumn,      // of the event
  kItemColumn,  // of the item; inside kAnyItem / kAllItems or when the value is an item's
  kEventAt,
  kEventDay,
  kMonthOf,
  kWeekdayOf,
  kHourOf,  // of the event's instant in the zone: 1..12, 1..7 (Monday = 1), 0..23
  kAnyItem,
  kAllItems,  // one argument, seen per item (all of no items: true)
  // arithmetic on numbers; instant - instant is a duration in microseconds, day - day an integer
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kDaysSince,  // whole elapsed days from an instant (or a day) to t
  // comparison
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,  // first argument among the rest, all literals
  // three-valued logic
  kAnd,
  kOr,
  kNot,
  kKnown,   // two-valued
  kIfElse,  // condition, then, else; an unknown condition takes the else
};

// A constant. Unknown when type is kBoolean and number is kMissing.
struct Literal {
  ValueType type = ValueType::kInteger;
  int64_t number = 0;
  int scale = 0;
  double real = 0;
  std::string text;
  bool operator==(const Literal&) const = default;
};

struct Expression {
  Op op = Op::kLiteral;
  std::vector<ExpressionPtr> arguments;
  std::string name;                    // kColumn, kItemColumn, kAttribute
  Literal literal;                     // kLiteral
  std::optional<Aggregate> aggregate;  // kAggregate
};

// Structural equality and a hash that agrees with it, used to share what is equal.
bool equal(const Expression& a, const Expression& b);
bool equal(const Aggregate& a, const Aggregate& b);
uint64_t hash_of(const Expression& e);

// Builders.
ExpressionPtr make(Op op, std::vector<ExpressionPtr> arguments);
ExpressionPtr integer(int64_t value);
ExpressionPtr decimal(Decimal value);
ExpressionPtr text(std::string value);
ExpressionPtr instant(Instant value);
ExpressionPtr day(Day value);
ExpressionPtr boolean(bool value);
ExpressionPtr real(double value);
ExpressionPtr unknown();
ExpressionPtr column(std::string name);
ExpressionPtr item_column(std::string name);
ExpressionPtr attribute(std::string name);
ExpressionPtr as_of();
ExpressionPtr as_of_day();
ExpressionPtr aggregate(Aggregate aggregate);

}  // namespace regulars::evaluate
