// Trees as JSON, both ways: reading what was written gives an equal tree.
//
//   {">=": [{"count": "purchase", "over": {"rolling": "90d"}}, 3]}
//
//   literals    3, true, null (unknown), "text", 0.5 (real), {"decimal": "12.50"},
//               {"instant": "2024-01-31T00:00:00Z"}, {"day": "2024-01-31"}
//   leaves      {"column": "amount"}, {"item": "price"}, {"attribute": "country"},
//               {"leaf": "as_of"}; also as_of_day, event_at, event_day, month, weekday, hour
//   operations  {"<": [a, b]}; + - * / negate days_since = != < <= > >= in and or not known if
//               any_item all_items
//   scalars     {"round": [a]}; is_true at_least (k first) abs round floor least greatest, year
//               quarter month week day_of_month weekday hour minute day_of months_since years_since
//               days_until days_to_anniversary; {"elapsed": [a], "over": {"rolling": "1h"}},
//               {"period_of": [a], "over": {"this": "week"}}, {"in_window": [a], "over": {...}} ({}
//               is all that has been); with each of those "own_zone": true, also
//               {"hour": [], "own_zone": true} of the event; lower fold length contains starts_with
//               ends_with like matches version_compare has has_all set_size distance_km in_polygon
//               customer_id; {"bucket": [10], "name": "spring"}; {"linked_sum": [], "event":
//               "refund", "column": "amount"}
//   aggregates  {"sum": "purchase", "of": {"column": "amount"}, "where": {...}, "over": {...}};
//               count sum avg min max median first last distinct nth_distinct (with "n")
//               median_gap last_return (with "twice_shop_gap_days", "twice_factor",
//               "first_gap_limit_days") nth (with "n") mode ("weight": as "of") rank_of ("weight",
//               "literal") gap_spread min_gap max_gap avg_gap spaced_count sessions session_start
//               (with "gap": "30min") longest_streak current_streak ("period": "week", "retail",
//               "own_zone") run_start decayed ("half_life_days", "own_zone"); "of" is {"column"},
//               {"item"}, "at", "day", {"event": tree} or {"each_item": tree}
//   sequences   {"sequence": [{"event": "visit", "where": tree}, {"event": "purchase", "absent":
//   true,
//               "within": "7d", "at_least": "1h", "equal": [{"column": "sku", "step": 0, "other":
//               "sku"}]}], "strict": true, "over": {...}}; "item" and "other_item" for "column" and
//               "other" compare items
//   elsewhere   {"shifted": tree, "by": {"back": "90d"}} or by {"months": 3}, {"to": instant},
//               {"start_of": {"this": "month"}}; {"snapshot_text": name};
//               {"of_unit": tree, "unit": attribute, "as": "together"} or any, all, count;
//               {"ever": rule, "over": {...}}, {"entered": rule, "over": {...}}, {"since": rule};
//               {"position": tree, "as": "percentile", "group": tree, "in": population}, also as
//               rank, decile, z_score, and "named": what is measured, in words; a population is
//               {"key": text, "type": "integer", "groups":
//               [{"name": "", "values": [1, 5], "mean": 3, "deviation": 2.8}]}, also decimal (with
//               "scale") and real; without "in" it is not yet known
//   windows     none (lifetime), {"rolling": "90d", "to": "30d"}, {"months": 3, "to": 1},
//               {"calendar_days": 7}, {"this": "month"}, {"last": "week"},
//               {"from": "2024-01-01T00:00:00Z", "until": ...}, {"periods": 3, "of": "month"} (the
//               last three with t's own), {"past_periods": 2, "of": "week"},
//               {"anchor": tree, "after": "0d", "to": "30d"} (both may be left out),
//               {"session": "30min"}, {"ahead": "14d"}, {"ahead_months": 1}, {"ahead_days": 7};
//               with each "own_zone": true and "retail": {"pattern": "454", "year_end": "nearest",
//               "year_end_month": 1, "week_start": 7}; durations in us, ms, s, min, h, d, w;
//               periods day week month quarter year retail_month retail_quarter retail_year
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// kBadDefinition with a JSON pointer as the place. Types and names are not checked here.
Result<ExpressionPtr> expression_from_json(std::string_view json);

// On one line, keys in a fixed order.
std::string to_json(const Expression& expression);

}  // namespace regulars::evaluate
