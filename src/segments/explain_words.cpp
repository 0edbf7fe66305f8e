#include "segments/explain_words.h"

#include <cmath>

#include "base/decimal.h"
#include "evaluate/number.h"
#include "language/print.h"
#include "segments/explain.h"

namespace regulars::segments {
namespace {

using evaluate::Value;
using language::Node;

bool is_exact(const Value& value) {
  return value.known && (value.type == ValueType::kInteger || value.type == ValueType::kDecimal);
}

bool is_ordering(const std::string& op) {
  return op == "<" || op == "<=" || op == ">" || op == ">=";
}

// "1 more", "12.50 less"; the least step that makes the comparison turn, in units of the finer one.
std::string distance_words(const std::string& op, const Value& a, const Value& b, bool holds) {
  const int scale = std::max(a.scale, b.scale);
  const Int128 left = evaluate::rescaled_up(a.number, a.scale, scale);
  const Int128 right = evaluate::rescaled_up(b.number, b.scale, scale);
  // Where the left side must arrive for the comparison to turn.
  Int128 target = right;
  const bool must_rise = (op == ">" || op == ">=") != holds;
  if (op == ">" || op == "<=") target += must_rise ? 1 : 0;
  if (op == ">=" || op == "<") target -= must_rise ? 0 : 1;
  const Int128 away = must_rise ? target - left : left - target;
  if (away > Int128{INT64_MAX} || away < 0) return "";
  const Decimal amount{static_cast<int64_t>(away), scale};
  const bool whole = a.type == ValueType::kInteger && b.type == ValueType::kInteger;
  return " (" + amount.to_string() + (must_rise ? " more" : whole ? " fewer" : " less") + ")";
}

std::string needed_words(const std::string& op, const std::string& bound, bool holds) {
  if (holds) {
    if (op == ">=") return "below " + bound + " it ceases";
    if (op == ">") return "at " + bound + " or below it ceases";
    if (op == "<=") return "above " + bound + " it ceases";
    if (op == "<") return "at " + bound + " or above it ceases";
    return op == "=" ? "anything else and it ceases" : "at " + bound + " it ceases";
  }
  if (op == ">=") return "at least " + bound + " is needed";
  if (op == ">") return "more than " + bound + " is needed";
  if (op == "<=") return "at most " + bound + " is needed";
  if (op == "<") return "less than " + bound + " is needed";
  return op == "=" ? bound + " is needed" : "anything but " + bound + " is needed";
}

}  // namespace

bool compares(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kBinary:
      return node.text != "+" && node.text != "-" && node.text != "*" && node.text != "/";
    case Node::Kind::kBetween:
    case Node::Kind::kIn:
    case Node::Kind::kHas:
    case Node::Kind::kWithin:
    case Node::Kind::kIs:
      return true;
    default:
      return false;
  }
}

std::string change_words(const Node& node, const std::string& left,
                         const std::vector<Value>& values, bool holds, const Zone& zone) {
  const std::string begin = left + " is " + in_words(values.front(), zone) + "; ";
  if (node.kind == Node::Kind::kBinary && values.size() == 2) {
    const std::string bound = in_words(values[1], zone);
    const bool countable = is_ordering(node.text) && is_exact(values[0]) && is_exact(values[1]);
    return begin + needed_words(node.text, bound, holds) +
           (countable ? distance_words(node.text, values[0], values[1], holds) : "");
  }
  const std::string whole = language::print(node);
  const std::string rest = whole.starts_with(left) ? whole.substr(left.size()) : " " + whole;
  return begin + (holds ? "it ceases when it is no longer" : "needed:") + rest;
}

std::string local_words(Instant t, const Zone& zone) {
  const int64_t micros = zone.micros_of_day(t);
  const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string text = to_iso(zone.day_of(t)) + " " + two(micros / 3'600'000'000) + ":" +
                     two(micros / 60'000'000 % 60);
  const int64_t rest = micros % 60'000'000;
  if (rest != 0) text += ":" + two(rest / 1'000'000);
  if (rest % 1'000'000 != 0) {
    std::string fraction = std::to_string(1'000'000 + rest % 1'000'000).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    text += "." + fraction;
  }
  return text;
}

std::string in_words(const Value& value, const Zone& zone) {
  if (!value.known) return "unknown";
  switch (value.type) {
    case ValueType::kInteger:
      return std::to_string(value.number);
    case ValueType::kDecimal:
      return Decimal{value.number, value.scale}.to_string();
    case ValueType::kReal: {
      std::string text = std::to_string(std::round(value.real * 1e4) / 1e4);
      while (text.ends_with('0')) text.pop_back();
      if (text.ends_with('.')) text.pop_back();
      return text;
    }
    case ValueType::kText: {
      std::string text = value.text;
      std::string shown;
      for (const char c : text) shown += c == evaluate::kSetSeparator ? ", " : std::string(1, c);
      return "'" + shown + "'";
    }
    case ValueType::kInstant:
      return local_words({value.number}, zone);
    case ValueType::kDay:
      return to_iso(Day{static_cast<int32_t>(value.number)});
    case ValueType::kBoolean:
      return value.number != 0 ? "yes" : "no";
  }
  return "";
}

}  // namespace regulars::segments
