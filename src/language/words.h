// The words of the language that the parser, the printer and the JSON forms share.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/syntax.h"

namespace regulars::language {

// Words that cannot be names, because a rule could not be read if they were. After a point, as in
// `item.in`, they can. All other words of the language (last, at, any, item, top ...) can be names.
bool is_reserved(std::string_view lower_case);
const std::vector<std::string>& reserved_words();

// Words and their points: "item.category"; not reserved.
bool is_name(std::string_view text);
// A name without points.
bool is_plain_name(std::string_view text);
// A name whose last word is what a call may have: neither reserved nor `sequence`.
bool is_call_name(std::string_view text);

std::string lower(std::string_view text);      // ASCII
std::string call_name(std::string_view name);  // the last word in lower case: functions are words

// "day" and "days"; nothing for other words. In lower case.
std::optional<Unit> unit_of(std::string_view word);
std::string_view name_of(Unit unit);  // "day"
const std::vector<std::string>& unit_words();

// "km" for "km"; "miles" for "mile" and "miles"; empty for other words.
std::string_view length_unit_of(std::string_view word);

// The operators of kBinary, in the order of the grammar, by how tightly they bind.
enum class Binding { kNone, kComparison, kSum, kProduct };
Binding binding_of(std::string_view op);     // kNone: no binary operator
bool is_text_operator(std::string_view op);  // like matches contains "starts with" "ends with"

// Whether a text can be written as a literal: UTF-8 without control characters but the tab.
bool is_writable_text(std::string_view text);

// Depth of a tree: 1 for a leaf.
int depth_of(const Node& node);

}  // namespace regulars::language
