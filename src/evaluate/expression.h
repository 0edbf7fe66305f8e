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
#include "base/retail_calendar.h"
#include "base/time.h"
#include "data/column.h"

namespace regulars::evaluate {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

// Which events count, seen from the as-of instant t.
struct Window {
  enum class Kind {
    kLifetime,         // (-inf, t]
    kRolling,          // (t - from, t - to] exact durations; to = 0: up to t
    kMonths,           // (t - from_months, t - to_months] by calendar subtraction in the zone
    kCalendarDays,     // the last `count` local days including t's own: from its first instant to t
    kThisPeriod,       // from the start of t's local period to t
    kLastPeriod,       // the whole local period before t's own
    kBetween,          // [begin, end) absolute instants, cut at t
    kCalendarPeriods,  // the last `count` local periods including t's own, to t
    kPastPeriods,      // the `count` whole local periods before t's own
    kAnchored,         // (a + from, a + to] with a the value of `anchor` (an instant of the
                       // customer); to = 0: up to t. An unknown anchor makes the aggregate unknown
    kSession,          // from the first event of the latest session of the aggregate's own events
                       // (neighbours at most `from` apart), up to t
    kAhead,            // (t, t + from]: only in kInWindow
    kAheadMonths,      // (t, t + from_months]: only in kInWindow
    kAheadDays,        // from t to the end of the `count`-th local day after t's own: only in
                       // kInWindow
  };
  // Weeks begin on Monday unless `retail` says otherwise; the retail periods are those of `retail`.
  enum class Period {
    kDay,
    kWeek,
    kMonth,
    kQuarter,
    kYear,
    kRetailMonth,
    kRetailQuarter,
    kRetailYear
  };

  Kind kind = Kind::kLifetime;
  Duration from{};
  Duration to{};
  int from_months = 0;
  int to_months = 0;
  int count = 0;
  Period period = Period::kDay;
  Instant begin{};
  Instant end{};
  RetailCalendar retail;  // kWeek and the retail periods
  bool own_zone = false;  // local means the customer's zone (attribute "zone", an IANA name; the
                          // project's where that is unknown or no zone)
  ExpressionPtr anchor;   // kAnchored: outside any `where`, of type instant or day (its beginning)
};
bool operator==(const Window& a, const Window& b);

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

  kNth,     // value of the n-th event in time (n from 1; from the end when negative; n != 0)
            //                                         -> as value; unknown when there is none
  kMode,    // the commonest value, or with `weight` the one with the largest sum of it (an
            // unknown weight adds nothing); ties: the smallest value -> as value (also texts)
  kRankOf,  // place of `literal` among the values by the same order as kMode: 1 = commonest;
            // 1 + number of values strictly before it; unknown when it never occurs -> integer
  // Gaps are differences of neighbouring *different* values in ascending order (instants: in
  // microseconds, days: in days); unknown without any.
  kGapSpread,     // sample standard deviation / mean of the gaps, from two gaps on -> real
  kMinGap,        //                                         -> integer (decimal of a decimal value)
  kMaxGap,        //                                         -> integer
  kAvgGap,        // one division                            -> real
  kSpacedCount,   // events counted greedily from the earliest so that neighbours counted lie at
                  // least `gap` apart                       -> integer
  kSessions,      // runs of events whose neighbours lie at most `gap` apart -> integer
  kSessionStart,  // instant at which the latest such run began -> instant
  kLongestStreak,  // most consecutive `period`s that each hold an event -> integer (0 of nothing)
  kCurrentStreak,  // consecutive `period`s with an event up to t's own period, or up to the one
                   // before when t's own holds none yet      -> integer (0 of nothing)
  kRunStart,       // instant of the earliest event of the latest run of equal known values: since
                   // when the value has been what it is      -> instant
  kDecayed,        // sum over events of value (1 without `value`) * 2^(-d / half_life_days) with d
                   // the days from the event's local day to t's own; summed in order of (time,
                   // id, item) in units, scaled once         -> real (0 of nothing)
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
// its local day, or anything computed from those.
struct AggregateValue {
  enum class Kind { kNone, kColumn, kItemColumn, kAt, kDay, kExpression, kItemExpression };
  Kind kind = Kind::kNone;
  std::string column;
  ExpressionPtr expression;  // kExpression, kItemExpression: over what `where` may see
};
bool operator==(const AggregateValue& a, const AggregateValue& b);
AggregateValue column_value(std::string name);
AggregateValue item_value(std::string name);  // every item is one value; `where` sees that item
AggregateValue at_value();
AggregateValue day_value();
AggregateValue expression_value(ExpressionPtr expression, bool of_items);
bool reads_items(const AggregateValue& value);  // kItemColumn, kItemExpression

// A constant. Unknown when type is kBoolean and number is kMissing.
struct Literal {
  ValueType type = ValueType::kInteger;
  int64_t number = 0;
  int scale = 0;
  double real = 0;
  std::string text;
  bool operator==(const Literal&) const = default;
};

struct Aggregate {
  AggregateKind kind = AggregateKind::kCount;
  std::string event = {};
  AggregateValue value = {};
  ExpressionPtr where = {};  // over the event's columns; null: every event
  Window window = {};
  int64_t n = 0;                                 // kNthDistinct, kNth
  RhythmRule rhythm = {};                        // kLastReturn
  Duration gap{};                                // kSpacedCount, kSessions, kSessionStart
  Window::Period period = Window::Period::kDay;  // streaks
  RetailCalendar retail = {};                    // streaks
  bool own_zone = false;                         // streaks, kDecayed
  int half_life_days = 0;                        // kDecayed, at least 1
  Literal literal = {};                          // kRankOf
  AggregateValue weight = {};                    // kMode, kRankOf: kNone counts events
};

// First this, then that: whether and how often a customer's events follow a pattern.
//
// The value is the number of events that begin a match (each at most once), as an integer; 0 when
// none does; unknown when the window's anchor is. All events of a match lie in the window; events
// that must be absent are looked for everywhere up to t. Each positive step is strictly later than
// the positive step before it. Up to eight steps, the first positive, without times or `equal`.
// A session's own events are those that fit any positive step.
struct Sequence {
  struct Correlation {   // known and equal; items: some item's value
    std::string column;  // of this step's event
    bool item = false;
    size_t step = 0;    // an earlier positive step
    std::string other;  // its column
    bool other_item = false;
    bool operator==(const Correlation&) const = default;
  };
  struct Step {
    std::string event;
    ExpressionPtr where;  // null: every event
    bool absent = false;  // no such event strictly between the positive steps around it (from
                          // `at_least` to `within` after the one before); as the last step: none
                          // up to and including `within` after the step before, and that time is
                          // over at t
    Duration within{};    // at most so long after the positive step before; 0: any time (not
                          // allowed for a last absent step)
    Duration at_least{};  // at least so long after it
    std::vector<Correlation> equal;
  };
  std::vector<Step> steps;
  bool strict = false;  // strictly between the first and the last instant of a match lie no other
                        // events of the types the steps name
  Window window;
};

// From the as-of instant t to another one in the past.
struct Shift {
  enum class Kind {
    kDuration,  // t - back
    kMonths,    // calendar subtraction in the zone
    kInstant,   // that instant, when it is before t; else t
    kStartOf,   // last microsecond before t's own period
  };
  Kind kind = Kind::kDuration;
  Duration back{};
  int months = 0;
  Instant instant{};
  Window::Period period = Window::Period::kDay;
  RetailCalendar retail;
  bool operator==(const Shift&) const = default;
};

// The values of a population at a snapshot's cut-off, ascending, per group; what kPosition looks
// into. Immutable once shared.
struct Population {
  std::string key;                    // names what was measured; part of a tree's identity
  ValueType type = ValueType::kReal;  // of the values: integer, decimal or real
  int scale = 0;
  struct Group {
    std::string name;                // of the group's value as text; empty without grouping
    std::vector<int64_t> numbers;    // exact types, in units of `scale`
    std::vector<double> reals;       // real
    double mean = 0, deviation = 0;  // sample standard deviation
  };
  std::vector<Group> groups;  // ascending by name
};
using PopulationPtr = std::shared_ptr<const Population>;

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

  // More of logic and numbers.
  kIsTrue,   // two-valued: unknown counts as false
  kAtLeast,  // first argument, an integer literal k: whether at least k of the others are true;
             // three-valued
  kAbs,
  kRound,  // to whole numbers, half away from zero -> integer
  kFloor,  // -> integer
  kLeast,  // the smallest of its arguments; unknown if any is
  kGreatest,

  // Time. Arguments are instants or days unless said; `own_zone` takes the customer's zone.
  kYearOf,       // with one argument; kMonthOf, kWeekdayOf and kHourOf (instants only) take one or,
  kQuarterOf,    // inside `where`, none: the event's instant
  kWeekOf,       // ISO 8601 week 1..53
  kDayOfMonth,   // 1..31
  kMinuteOf,     // 0..59, instants only
  kDayOf,        // -> day
  kPeriodOf,     // number of the period (`window.period`, `window.retail`) since 1970 -> integer
  kElapsed,      // whole units of `window.from` from an instant to t; negative when it is to come
  kMonthsSince,  // whole calendar months, for age and the like: complete once the same day of the
  kYearsSince,   // month (of the year) has come; 29 February: on 1 March in common years
  kDaysUntil,    // whole days from t to an instant; days: from today
  kDaysToAnniversary,  // from today to the next return of the day's month and day, 0 on it; 29
                       // February is kept on the 28th in common years -> integer 0..365
  kInWindow,  // whether an instant (or the beginning of a day) lies in `window` seen from t

  // Text. Comparisons are by bytes; fold first for case and accents.
  kLower,     // Unicode, as ICU's root locale does it
  kFold,      // lower case without accents: compatibility decomposition, marks dropped
  kLength,    // code points -> integer
  kContains,  // (text, part)
  kStartsWith,
  kEndsWith,
  kLike,            // (text, literal): % any text, _ one code point, \ takes the next as it is
  kMatches,         // (text, literal): RE2, found anywhere
  kVersionCompare,  // numbers between points compare as numbers -> -1, 0, 1

  // Sets: texts whose elements are separated by kSetSeparator.
  kHas,  // (set, text literal ...): any of them
  kHasAll,
  kSetSize,

  // Places: degrees (decimal or real).
  kDistanceKm,  // (latitude, longitude, latitude, longitude): great circle, radius 6371.0088 km
  kInPolygon,   // (latitude, longitude, then literal pairs of corners): inside, by longitude and
                // latitude as plane coordinates; a corner or an edge is inside

  // The customer herself.
  kCustomerId,  // -> text
  kBucket,      // 0 .. n-1 by stable_hash(name + ":" + customer id); one argument, the literal n

  // Inside `where` or as a value: the sum of column `name` over the events of type literal.text
  // that are linked to this event (Stream::links) and lie at or before t.
  kLinkedSum,

  // The other answers of the same customer.
  kSequence,  // -> integer
  kShifted,   // its argument as of another instant
  kPosition,  // of its argument's value in `population`, within the group named by the second
              // argument if there is one; unknown without a population or a value. literal.text:
              // "percentile" (share strictly below, real), "rank" (1 + number strictly above,
              // integer), "decile" (1..10, 10 highest: 1 + floor(10 * percentile)), "z_score"
  kSnapshotText,  // a word of the population snapshot not yet known: always unknown, a text
  kOfUnit,  // the argument for the customer's unit, e.g. household: the customers with the same
            // known value of attribute `name`; she alone when hers is unknown. literal.text:
            // "together" (as if the events of all were one customer's; the argument may not
            // look at attributes), "any", "all", "count" (of members for whom it is true); members
            // are those known at t
  // Over time (the argument is a rule, unknown counts as false); all walk the changes of the
  // argument from the customer's first record or event on. kEver, kEntered: true or false.
  kEver,     // true at some instant of `window`
  kEntered,  // became true at some instant of `window`, or was true from the customer's first
             // record when that lies in it
  kSince,    // when it became true without having ceased since; unknown when it is not true now, or
             // true since ever
};

constexpr char kSetSeparator = '\x1f';

struct Expression {
  Op op = Op::kLiteral;
  std::vector<ExpressionPtr> arguments;
  std::string name;                          // kColumn, kItemColumn, kAttribute
  Literal literal;                           // kLiteral, and where an operation says so
  std::optional<Aggregate> aggregate;        // kAggregate
  std::shared_ptr<const Window> window;      // kElapsed, kPeriodOf, kInWindow, kEver, kEntered
  std::shared_ptr<const Sequence> sequence;  // kSequence
  Shift shift;                               // kShifted
  PopulationPtr population;                  // kPosition; null: none yet
  bool own_zone = false;                     // parts of an instant in the customer's zone
};

// Structural equality and a hash that agrees with it, used to share what is equal.
bool equal(const Expression& a, const Expression& b);
bool equal(const Aggregate& a, const Aggregate& b);
bool equal(const Sequence& a, const Sequence& b);
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
ExpressionPtr in_window(ExpressionPtr value, Window window);
ExpressionPtr elapsed(ExpressionPtr since, Duration unit);
ExpressionPtr shifted(ExpressionPtr value, Shift shift);
ExpressionPtr sequence(Sequence sequence);
ExpressionPtr over_time(Op op, ExpressionPtr rule, Window window);  // kEver, kEntered, kSince

}  // namespace regulars::evaluate
