// A third opinion: a part of the language as DuckDB's SQL. It reads what rules say (the syntax
// tree) and shares nothing with what lowers and evaluates them: calendars, windows, unknowns,
// divisions and ties are SQL's.
//
// The part: numbers, texts, truths and `unknown`; names of the customers' constant attributes and,
// inside `where`, of an event's or item's fields and `at`; + - * / and minus; = != < <= > >= of
// numbers, texts, truths, and of instants or days among themselves; between, in (...), contains,
// starts with, ends with; is known, is missing, is true, is false; and, or, not, if, at least k of;
// any item, all items; count (of events, items, fields, distinct values), sum, avg, min, max,
// median, first, last; days_since, hours_since, minutes_since, seconds_since, weeks_since,
// days_until; year, quarter, month, week, weekday, day_of_month, hour, minute, day; abs, round,
// floor, least, greatest, coalesce, known, missing, lower, length. `over`, and `within` of
// instants: lifetime; last N of any unit; last N calendar, this, last and past units; N to M ago;
// from to. The project's zone is UTC, weeks begin on Monday. Purchases that were undone count only
// in sums of purchase.amount.
#pragma once

#include <string>

#include "base/result.h"
#include "evaluate/evaluate.h"
#include "language/syntax.h"

namespace regulars::third_opinion {

// What a query gives for each customer: a column `value` of this type. Exact numbers are units of
// `scale` as whole numbers; instants microseconds, days days since 1970.
struct Query {
  std::string text;  // customers in the order of their numbers
  ValueType type = ValueType::kBoolean;
  int scale = 0;
};

// Over the tables of sql_shop.h. kUnsupported for what is not in the part, naming it.
Result<Query> to_sql(const language::Node& tree, const evaluate::Schema& schema, Instant as_of);

}  // namespace regulars::third_opinion
