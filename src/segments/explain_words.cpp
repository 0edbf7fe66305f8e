#include "segments/explain_words.h"

#include <cmath>
#include <cstdlib>

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

// "1 more", "12.50 less"; the least step that makes the comparison turn, in units of the finer one,
// whole where the left side counts.
std::string distance_words(const std::string& op, const Value& a, const Value& b, bool holds) {
  const int scale = std::max(a.scale, b.scale);
  const Int128 left = evaluate::rescaled_up(a.number, a.scale, scale);
  const Int128 right = evaluate::rescaled_up(b.number, b.scale, scale);
  // Where the left side must arrive for the comparison to turn.
  Int128 target = right;
  const bool must_rise = is_ordering(op) ? (op == ">" || op == ">=") != holds : left < right;
  if (op == ">" || op == "<=") target += must_rise ? 1 : 0;
  if (op == ">=" || op == "<") target -= must_rise ? 0 : 1;
  Int128 away = must_rise ? target - left : left - target;
  const bool counts = a.type == ValueType::kInteger;
  Int128 one = 1;
  for (int i = 0; counts && i < scale; ++i) one *= 10;
  // An integer never equals a fraction.
  if (!is_ordering(op) && away % one != 0) return "";
  away = (away + one - 1) / one;
  if (away > Int128{INT64_MAX} || away < 0) return "";
  const Decimal amount{static_cast<int64_t>(away), counts ? 0 : scale};
  return " (" + amount.to_string() + (must_rise ? " more" : counts ? " fewer" : " less") + ")";
}

// 14:05, 14:05:30, 14:05:30.25
std::string clock_words(int64_t micros) {
  const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string text = two(micros / 3'600'000'000) + ":" + two(micros / 60'000'000 % 60);
  const int64_t rest = micros % 60'000'000;
  if (rest != 0) text += ":" + two(rest / 1'000'000);
  if (rest % 1'000'000 != 0) {
    std::string fraction = std::to_string(1'000'000 + rest % 1'000'000).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    text += "." + fraction;
  }
  return text;
}

// What the left side must be for the comparison to be true.
std::string state_words(const std::string& op, const std::string& bound) {
  if (op == ">=") return "at least " + bound;
  if (op == ">") return "more than " + bound;
  if (op == "<=") return "at most " + bound;
  if (op == "<") return "less than " + bound;
  return op == "=" ? bound : "anything but " + bound;
}

std::string opposite(const std::string& op) {
  if (op == ">=") return "<";
  if (op == ">") return "<=";
  if (op == "<=") return ">";
  if (op == "<") return ">=";
  return op == "=" ? "!=" : "=";
}

std::string ceasing_words(const std::string& op, const std::string& bound) {
  if (op == ">=") return "below " + bound + " it ceases";
  if (op == ">") return "at " + bound + " or below it ceases";
  if (op == "<=") return "above " + bound + " it ceases";
  if (op == "<") return "at " + bound + " or above it ceases";
  return op == "=" ? "with anything else it ceases" : "at " + bound + " it ceases";
}

bool is_comparison(const Node& node) {
  return node.kind == Node::Kind::kBinary &&
         (is_ordering(node.text) || node.text == "=" || node.text == "!=");
}

std::string listed(const Node& node) {
  std::string text;
  for (size_t i = 1; i < node.arguments.size(); ++i) {
    text += (i == 1 ? "" : ", ") + language::print(*node.arguments[i]);
  }
  return text;
}

std::string set_words(const Node& node, bool wanted) {
  const std::string all = listed(node);
  const bool single = node.arguments.size() == 2;
  if (node.text == "all" && !single) {
    return wanted ? "a set with all of " + all : "a set that lacks one of " + all;
  }
  const bool with = (node.text != "none") == wanted;
  if (single) return (with ? "a set with " : "a set without ") + all;
  return (with ? "a set with one of " : "a set with none of ") + all;
}

// "like 'a%'" and its kin.
std::string text_words(const Node& node, bool wanted) {
  const std::string pattern = language::print(*node.arguments[1]);
  if (node.text == "like") return (wanted ? "a text like " : "a text unlike ") + pattern;
  if (wanted) return "a text that " + node.text + " " + pattern;
  std::string verb = node.text;
  if (verb == "matches") verb = "match";
  if (verb == "contains") verb = "contain";
  if (verb == "starts with") verb = "start with";
  if (verb == "ends with") verb = "end with";
  return "a text that does not " + verb + " " + pattern;
}

// What the left side must be for the part, read without its own `not`, to be `wanted`.
std::string positive_words(const Node& node, const std::string& left, bool wanted) {
  switch (node.kind) {
    case Node::Kind::kBetween: {
      const std::string low = language::print(*node.arguments[1]);
      const std::string high = language::print(*node.arguments[2]);
      return wanted ? "a value from " + low + " to " + high
                    : "a value below " + low + " or above " + high;
    }
    case Node::Kind::kIn:
      return (wanted ? "one of " : "anything but ") + listed(node);
    case Node::Kind::kHas:
      return set_words(node, wanted);
    case Node::Kind::kIs:
      if (node.text == "known" || node.text == "missing") {
        return (node.text == "known") == wanted ? "a known value" : "a missing value";
      }
      if (wanted) return node.text == "true" ? "yes" : "no";
      return node.text == "true" ? "no or unknown" : "yes or unknown";
    case Node::Kind::kWithin: {
      const std::string whole = language::print(node);
      const size_t at = whole.find("within ", std::min(left.size(), whole.size()));
      const std::string span = at == std::string::npos ? whole : whole.substr(at + 7);
      return (wanted ? "a time within " : "a time outside ") + span;
    }
    default:
      return text_words(node, wanted);
  }
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

std::string change_words(const Node& node, const std::string& left, const Compared& compared,
                         bool to_hold, const Zone& zone) {
  const std::string begin = left + " is " + compared_words(compared.value, compared, zone) + "; ";
  if (is_comparison(node)) {
    const std::string bound = compared.bound ? compared_words(*compared.bound, compared, zone)
                                             : language::print(*node.arguments[1]);
    // What is unknown does not hold and so cannot cease.
    if (!to_hold && !compared.value.known) {
      return begin + state_words(opposite(node.text), bound) + " is needed";
    }
    const bool countable = !compared.length_of_time && is_exact(compared.value) && compared.bound &&
                           is_exact(*compared.bound);
    // From equal to unequal any step will do.
    const bool has_distance = is_ordering(node.text) || (node.text == "=") == to_hold;
    return begin +
           (to_hold ? state_words(node.text, bound) + " is needed"
                    : ceasing_words(node.text, bound)) +
           (countable && has_distance
                ? distance_words(node.text, compared.value, *compared.bound, !to_hold)
                : "");
  }
  const std::string state = positive_words(node, left, to_hold != node.negated);
  if (to_hold || (!compared.value.known && node.kind != Node::Kind::kIs)) {
    return begin + state + " is needed";
  }
  return begin + "with " + state + " it ceases";
}

std::string compared_words(const Value& value, const Compared& compared, const Zone& zone) {
  if (!compared.length_of_time || !value.known) return in_words(value, zone);
  constexpr int64_t kDay = 86'400'000'000;
  const int64_t whole = value.number / kDay;
  const int64_t rest = std::abs(value.number % kDay);
  std::string text = value.number < 0 && whole == 0 ? "-0" : std::to_string(whole);
  text += std::abs(whole) == 1 ? " day" : " days";
  return rest == 0 ? text : text + " " + clock_words(rest);
}

std::string local_words(Instant t, const Zone& zone) {
  return to_iso(zone.day_of(t)) + " " + clock_words(zone.micros_of_day(t));
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
