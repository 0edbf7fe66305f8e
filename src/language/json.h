// The tree as JSON, for programs. Reading what was written gives an equal tree.
//
//   {"operator": ">=", "arguments": [
//     {"call": "count", "arguments": [{"name": "purchase"}],
//      "over": {"last": {"count": 30, "unit": "day"}}}, 3]}
//
// Forms of a PART, and what they say as text (? may be absent):
//
//   12  "text"  true  false  null                 numbers, texts; null is `unknown`
//   {"decimal": "12.50"}
//   {"time": TIME}                                TIME is {"count": 30, "unit": "day"}
//   {"length": "10.5", "unit": "km"}              m, km, miles
//   {"name": "item.category"}
//   {"call": "count", "distinct"?: true, "arguments"?: [PART...], "where"?: PART,
//    "within"?: PART, "at_least"?: NUMBER, "over"?: SPAN}
//   {"negate": PART}
//   {"operator": OP, "arguments": [PART, PART], "negated"?: true}
//                                                 = != < <= > >= + - * / and, also negated, like
//                                                 matches contains "starts with" "ends with"
//   {"value": PART, "between": [PART, PART], "negated"?: true}
//   {"value": PART, "in": [LITERAL...], "negated"?: true}
//   {"value": PART, "in_list": "vips", "negated"?: true}
//   {"value": PART, "has_any": [LITERAL...]}      also has_all, has_none
//   {"value": PART, "within": SPAN, "negated"?: true}
//   {"value": PART, "is": "known", "negated"?: true}    known, missing, true, false
//   {"value": PART, "at": MOMENT}
//   {"and": [PART, PART...]}  {"or": [PART, PART...]}  {"not": PART}
//   {"if": PART, "then": PART, "else": PART}
//   {"at_least": 2, "of": [PART...]}
//   {"any_item": PART}  {"all_items": PART}
//   {"any_member": PART, "of": "household"}  {"all_members": PART, "of": "household"}
//   {"sequence": [STEP...], "over"?: SPAN}
//   {"top": NUMBER, "percent"?: true, "by": PART, "within"?: PART}
//
//   LITERAL  a number, text, truth value, null, decimal, time, length, or {"name": ...} of a
//            parameter
//   NUMBER   5 or "0.5"
//   STEP     {"event": "purchase", "next"?: true, "not"?: true, "as"?: "a", "where"?: PART,
//            "within"?: TIME, "at_least"?: TIME}
//   SPAN     {"lifetime": true}  {"last": TIME}  {"last_calendar": TIME}  {"past": TIME}
//            {"this": "month"}  {"previous": "month"}  {"ago": [TIME, TIME]}
//            {"from": "2025-01-01", "to": "2025-03-31"}  {"since": PART}
//            {"time": TIME, "after": PART}  {"session": null}  {"session": TIME}
//            {"next": TIME}  {"next_calendar": TIME}
//            each also with "zone": "customer"; last_calendar, past, this and previous with
//            "retail": true
//   MOMENT   {"ago": TIME}  {"on": "2025-01-01"}  {"start_of": "month", "retail"?: true}
#pragma once

#include <string>
#include <string_view>

#include "language/syntax.h"

namespace regulars::language {

std::string to_json(const Node& node);

// kBadDefinition with a JSON pointer as the place (line and column for what is no JSON); duplicate
// keys, unknown keys and depth over kDeepest are refused. The tree's extents are those of its
// printed form.
Result<NodePtr> from_json(std::string_view json);

}  // namespace regulars::language
