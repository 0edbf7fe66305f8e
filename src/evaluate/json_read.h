// Private to evaluate: reading JSON, one part of a tree after the other. Errors carry the JSON
// pointer of the part as their place.
#pragma once

#include <nlohmann/json.hpp>

#include "evaluate/expression.h"

namespace regulars::evaluate {

using ReadJson = nlohmann::json;
using JsonPointer = ReadJson::json_pointer;

Error bad(const JsonPointer& at, const std::string& what, std::string hint = {});

Result<std::string> string_of(const ReadJson& json, const JsonPointer& at);
Result<bool> truth_of(const ReadJson& json, const JsonPointer& at);
Result<int64_t> integer_of(const ReadJson& json, const JsonPointer& at);
Result<int> small_integer_of(const ReadJson& json, const JsonPointer& at);
Result<Duration> duration_of(const ReadJson& json, const JsonPointer& at);
Result<Instant> instant_of(const ReadJson& json, const JsonPointer& at);
Result<ExpressionPtr> day_of(const ReadJson& json, const JsonPointer& at);

// `depth` counts nodes from the root.
Result<ExpressionPtr> read_expression(const ReadJson& json, const JsonPointer& at, int depth);
// One of kBeyond.
Result<ExpressionPtr> read_beyond(Op op, const ReadJson& json, const JsonPointer& at, int depth);
Result<ExpressionPtr> read_aggregate(AggregateKind kind, const ReadJson& json,
                                     const JsonPointer& at, int depth);
Result<ExpressionPtr> read_scalar(Op op, const ReadJson& json, const JsonPointer& at, int depth);
Result<ExpressionPtr> read_sequence(const ReadJson& json, const JsonPointer& at, int depth);
Result<Window> read_window(const ReadJson& json, const JsonPointer& at, int depth);
Result<Window::Period> read_period(const ReadJson& json, const JsonPointer& at);
Result<RetailCalendar> read_retail(const ReadJson& json, const JsonPointer& at);

}  // namespace regulars::evaluate
