// The language as written: a tree of what the text says, with the place of every part, and nothing
// about how it is computed. Text -> tree -> text gives an equal tree, and so does JSON.
//
//   count(purchase where channel = 'web') over last 30 days >= 3
//
// Grammar (| alternatives, [] optional, ... repeated; words are case-insensitive, names are not):
//
//   rule        or
//   or          and [ 'or' and ]...
//   and         not [ 'and' not ]...
//   not         'not' not | comparison
//   comparison  sum [ ('=' | '!=' | '<>' | '<' | '<=' | '>' | '>=') sum
//                   | ['not'] 'between' sum 'and' sum
//                   | ['not'] 'in' list | ['not'] 'in' name            (a list of customers)
//                   | ['not'] ('like' | 'matches' | 'contains' | 'starts with' | 'ends with') sum
//                   | 'has' ['any' | 'all' | 'none'] ( element | list )
//                   | ['not'] 'within' span
//                   | 'is' ['not'] ('known' | 'missing' | 'true' | 'false') ]
//   list        '(' element, ... ')'
//   element     ['-'] number | literal | amount | name                  (of a parameter)
//   sum         product [ ('+' | '-') product ]...
//   product     unary [ ('*' | '/') unary ]...
//   unary       '-' unary | postfix
//   postfix     primary [ 'at' moment ]...
//   primary     literal | amount | name | call | '(' rule ')'
//             | 'if' rule 'then' rule 'else' rule
//             | 'at least' integer 'of' '(' rule, ... ')'
//             | ('any item' | 'all items') '(' rule ')'
//             | ('any member' | 'all members') 'of' name '(' rule ')'
//             | 'sequence' '(' step [ 'then' ['next'] step ]... ')' [ 'over' span ]
//             | 'top' number ['%'] 'by' primary [ 'within' primary ]
//   call        name '(' [ 'distinct' ] [ argument, ... ] [ [','] 'at least' number ] ')'
//               [ 'over' span ]
//   argument    rule [ 'where' rule ] [ 'within' rule ]                 (each once in a call)
//   step        ['not'] name [ 'as' word ] [ 'where' rule ] [ 'within' time ]
//               [ 'at least' time 'later' ]
//   name        word [ '.' word ]...     item.category, purchase.net, household.count, product.eco
//   literal     12  12.50  'text' (doubled quote inside)  true  false  unknown
//               '2025-01-31' is a text and is read as a day or an instant where one is needed
//   amount      time | length
//   time        integer ('second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' |
//               'year'), with or without a final s
//   length      number ('m' | 'km' | 'miles')
//   span        'last' time | 'last' integer ('calendar' | 'retail') unit
//             | 'last' ['retail'] unit | 'this' ['retail'] unit
//             | 'past' [integer] ['retail'] unit
//             | integer [unit] 'to' integer unit 'ago'                  360 to 180 days ago
//             | 'from' text 'to' text | 'since' primary | time 'after' primary | 'lifetime'
//             | ('last session' | 'session') [ 'gap' time ]
//             | 'next' time | 'next' integer 'calendar' unit
//             | time                           only after 'within': within 14 days to come
//               any of them followed by 'in customer zone'
//   moment      time 'ago' | text | 'start of' ['retail'] unit
//
// `--` begins a comment that ends with the line. Where the grammar above leaves a choice, the
// parser's header says what was decided.
//
// Thread-safety: trees are immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace regulars::language {

// Bytes [begin, end) of the text.
struct Extent {
  uint32_t begin = 0;
  uint32_t end = 0;
};

enum class Unit {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kQuarter,
  kYear,
};

// "30 days".
struct TimeAmount {
  int64_t count = 0;
  Unit unit = Unit::kDay;
  bool operator==(const TimeAmount&) const = default;
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;

// What stands after `over` or `within`.
struct Span {
  enum class Kind {
    kLifetime,
    kLast,          // last 30 days: up to the instant; months, quarters, years by the calendar
    kLastCalendar,  // last 7 calendar days, 3 calendar months: with the current one
    kPast,          // past 3 months: whole periods before the current one
    kThis,          // this month
    kPrevious,      // last month: the whole one before
    kAgo,           // 360 to 180 days ago
    kBetween,       // from '2025-01-01' to '2025-03-31', both days inside
    kSince,         // since EXPRESSION
    kAfter,         // 30 days after EXPRESSION
    kSession,       // last session gap 30 minutes
    kNext,          // next 14 days
    kNextCalendar,  // next 14 calendar days
  };
  Kind kind = Kind::kLifetime;
  TimeAmount amount;     // kThis, kPrevious: unit only; kAgo: the longer one; kSession: count 0
                         // when no gap is named
  TimeAmount until;      // kAgo: the shorter one
  bool retail = false;   // kThis, kPrevious, kPast, kLastCalendar
  std::string from, to;  // kBetween, as written
  NodePtr anchor;        // kSince, kAfter
  bool own_zone = false;
  Extent extent;
};

// What stands after a postfix `at`.
struct Moment {
  enum class Kind { kAgo, kDate, kStartOf };
  Kind kind = Kind::kAgo;
  TimeAmount amount;  // kAgo; unit only for kStartOf
  std::string date;   // as written
  bool retail = false;
  Extent extent;
};

struct SequenceStep {
  bool absent = false;
  bool next = false;  // no other event of the sequence's types before it
  std::string event;
  std::string alias;  // as a; empty: none
  NodePtr where;
  std::optional<TimeAmount> within;
  std::optional<TimeAmount> at_least;
  Extent extent;
};

struct Node {
  enum class Kind {
    kInteger,   // number
    kDecimal,   // decimal
    kText,      // text
    kBoolean,   // number
    kUnknown,   //
    kTime,      // time: 30 days
    kLength,    // decimal, text = "m", "km", "miles"
    kName,      // text: item.category
    kCall,      // text: name of the function; arguments; distinct, where, among, at_least, span
    kNegate,    // 1 argument
    kBinary,    // text: + - * / = != < <= > >= like matches contains "starts with" "ends with"; 2
                // arguments; negated for the words
    kBetween,   // 3 arguments; negated
    kIn,        // arguments: value, literals; negated
    kInList,    // 1 argument, text: name of the list; negated
    kHas,       // arguments: value, literals; text: any, all, none
    kWithin,    // 1 argument, span; negated
    kIs,        // 1 argument, text: known missing true false; negated
    kAnd,       // 2 or more
    kOr,        // 2 or more
    kNot,       // 1
    kIf,        // 3
    kAtLeast,   // number of the arguments
    kItems,     // 1 argument, text: any, all
    kMembers,   // 1 argument, text: any, all; name: the unit
    kSequence,  // steps, span
    kTop,       // 1 argument; decimal: how many, or percent when distinct is set; among: group
    kAt,        // 1 argument, moment
  };
  Kind kind = Kind::kUnknown;
  Extent extent;       // of the whole
  Extent name_extent;  // of the operator or name, for messages
  int64_t number = 0;
  Decimal decimal;
  std::string text;
  std::string name;
  TimeAmount time;
  std::vector<NodePtr> arguments;
  bool distinct = false;
  bool negated = false;
  NodePtr where;
  NodePtr among;                    // share(x where P within Q), percentile(v within country)
  std::optional<Decimal> at_least;  // rate(a / b, at least 5)
  std::optional<Span> span;
  std::optional<Moment> moment;
  std::vector<SequenceStep> steps;
};

// Equality of what is said; extents do not count.
bool equal(const Node& a, const Node& b);

}  // namespace regulars::language
