// Private to evaluate: writing trees as JSON, part by part.
#pragma once

#include <nlohmann/json.hpp>

#include "evaluate/expression.h"

namespace regulars::evaluate {

using WriteJson = nlohmann::ordered_json;

bool has_plain_year(Day day);  // four digits, as ISO 8601 writes; others are plain counts
WriteJson instant_json(Instant t);
std::string duration_text(Duration duration);

WriteJson expression_json(const Expression& e);
WriteJson beyond_json(const Expression& e);  // one of kBeyond
WriteJson literal_json(const Literal& literal);
WriteJson aggregate_json(const Aggregate& a);
WriteJson scalar_json(const Expression& e);
WriteJson sequence_json(const Sequence& sequence);
WriteJson window_json(const Window& window);
const char* period_name(Window::Period period);
WriteJson retail_json(const RetailCalendar& retail);

}  // namespace regulars::evaluate
