#include "evaluate/scalar.h"

#include <algorithm>

#include "base/random.h"
#include "evaluate/period.h"
#include "evaluate/text_ops.h"
#include "evaluate/time_operation.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

using Types = std::span<const Type>;

constexpr Type kIntegerType{ValueType::kInteger, 0, false};
constexpr Type kBooleanType{ValueType::kBoolean, 0, false};
constexpr Type kTextType{ValueType::kText, 0, false};

Error misfit(const std::string& what, std::string hint = {}) {
  return Error(ErrorCode::kBadDefinition, what, std::move(hint));
}

Error misfit(Op op, const std::string& takes, const Type& found) {
  return misfit(std::string("'") + name_of(op) + "' takes " + takes + ", not " + to_string(found));
}

bool is_point(const Type& type) {
  return type.value == ValueType::kInstant || type.value == ValueType::kDay;
}

std::optional<int64_t> degrees_of(const Literal& literal) {
  return literal.type == ValueType::kReal ? billionths(literal.real)
                                          : billionths(literal.number, type_of(literal).scale);
}

std::optional<Place> place_of(const Literal& latitude, const Literal& longitude) {
  const auto north = degrees_of(latitude);
  const auto east = degrees_of(longitude);
  if (!north || !east || !is_place({*north, *east})) return {};
  return Place{*north, *east};
}

struct Count {
  size_t least;
  size_t most;
};

Count count_of(Op op) {
  switch (op) {
    case Op::kAtLeast:
    case Op::kLeast:
    case Op::kGreatest:
    case Op::kHas:
    case Op::kHasAll:
      return {2, SIZE_MAX};
    case Op::kContains:
    case Op::kStartsWith:
    case Op::kEndsWith:
    case Op::kLike:
    case Op::kMatches:
    case Op::kVersionCompare:
      return {2, 2};
    case Op::kDistanceKm:
      return {4, 4};
    case Op::kInPolygon:
      return {8, SIZE_MAX};
    case Op::kCustomerId:
      return {0, 0};
    default:
      return {1, 1};
  }
}

Result<void> check_count(Op op, size_t count) {
  const auto [least, most] = count_of(op);
  if (op == Op::kInPolygon && (count < least || count % 2 != 0)) {
    return misfit("'in_polygon' takes a latitude and a longitude, then three or more corners",
                  "Each corner is a latitude and a longitude.");
  }
  if (count >= least && count <= most) return {};
  return misfit(std::string("'") + name_of(op) + "' has " + std::to_string(count) +
                " arguments, not " + (least == most ? "" : "at least ") + std::to_string(least));
}

Result<void> all_numbers(Op op, Types arguments) {
  for (const Type& type : arguments) {
    if (!type.untyped && !is_number(type)) return misfit(op, "numbers", type);
  }
  return {};
}

Result<void> all_texts(Op op, Types arguments) {
  for (const Type& type : arguments) {
    if (type.untyped || (type.value == ValueType::kText && !type.is_set)) continue;
    return misfit(op, "texts", type);
  }
  return {};
}

Result<void> all_truths(Op op, Types arguments) {
  for (const Type& type : arguments) {
    if (type.value != ValueType::kBoolean) return misfit(op, "true or false", type);
  }
  return {};
}

// Numbers of any kind, or points of one.
Result<Type> extreme_type(Op op, Types arguments) {
  Type common = untyped();
  for (const Type& type : arguments) {
    const bool fits = type.untyped || is_number(type) || is_point(type);
    Result<Type> both = unified(common, type);
    if (!fits || !both) return misfit(op, "numbers, or instants, or days", type);
    common = *both;
  }
  return common;
}

Result<Type> time_type(Op op, const Type& argument) {
  const bool clock = op == Op::kHourOf || op == Op::kMinuteOf;
  if (clock && argument.value == ValueType::kDay) return misfit(op, "an instant", argument);
  if (!argument.untyped && !is_point(argument)) return misfit(op, "an instant or a day", argument);
  if (op == Op::kDayOf) return Type{ValueType::kDay, 0, false};
  return op == Op::kInWindow ? kBooleanType : kIntegerType;
}

Result<Type> number_type(Op op, const Type& argument) {
  if (!argument.untyped && !is_number(argument)) return misfit(op, "a number", argument);
  return op == Op::kAbs ? argument : kIntegerType;
}

Result<void> check_literals(const Expression& node, size_t from, ValueType type, const char* what) {
  for (size_t i = from; i < node.arguments.size(); ++i) {
    const Expression& argument = *node.arguments[i];
    if (argument.op == Op::kLiteral && argument.literal.type == type) continue;
    return misfit(std::string("'") + name_of(node.op) + "' takes " + what);
  }
  return {};
}

Result<void> check_pattern(const Expression& node) {
  const std::string& pattern = node.arguments[1]->literal.text;
  if (node.op == Op::kMatches) {
    const Result<Pattern> made = Pattern::make(pattern);
    if (!made) return made.error();
    return {};
  }
  size_t escapes = 0;
  while (escapes < pattern.size() && pattern[pattern.size() - 1 - escapes] == '\\') ++escapes;
  if (escapes % 2 == 0) return {};
  return misfit("the pattern ends in a \\ that has nothing to escape", "Write \\\\ for the sign.");
}

Result<void> check_corners(const Expression& node) {
  for (size_t i = 2; i < node.arguments.size(); i += 2) {
    const Expression& latitude = *node.arguments[i];
    const Expression& longitude = *node.arguments[i + 1];
    if (latitude.op != Op::kLiteral || longitude.op != Op::kLiteral ||
        is_bare_unknown(latitude.literal) || is_bare_unknown(longitude.literal)) {
      return misfit("'in_polygon' takes corners that are written as numbers");
    }
    if (!place_of(latitude.literal, longitude.literal)) {
      return misfit("a corner lies at a latitude of -90 to 90 and a longitude of -180 to 180",
                    "The latitude comes first.");
    }
  }
  return {};
}

// Windows of events, in any zone, and those ahead.
Result<void> check_seen(Window window) {
  window.own_zone = false;
  switch (window.kind) {
    case Window::Kind::kAhead:
      if (window.from.micros > 0) return {};
      return misfit("a window ahead must be longer than nothing");
    case Window::Kind::kAheadMonths:
      if (window.from_months >= 1 && window.from_months <= 12'000) return {};
      return misfit("a window of months ahead takes 1 to 12,000 months");
    case Window::Kind::kAheadDays:
      if (window.count >= 1 && window.count <= 366'000) return {};
      return misfit("a window of days ahead takes 1 to 366,000 days");
    default:
      return check_window(window);
  }
}

Result<void> check_time(const Expression& node) {
  const bool needs_window =
      node.op == Op::kElapsed || node.op == Op::kPeriodOf || node.op == Op::kInWindow;
  if (!needs_window) return {};
  if (node.window == nullptr) return misfit("the window is missing");
  const Window& window = *node.window;
  if (node.op == Op::kElapsed && window.from.micros <= 0) {
    return misfit("the unit must be longer than nothing");
  }
  if (node.op == Op::kPeriodOf) return check_calendar(window.retail);
  if (node.op != Op::kInWindow) return {};
  if (window.kind == Window::Kind::kAnchored || window.kind == Window::Kind::kSession) {
    return misfit("'in_window' takes no window that begins with an event",
                  "Compare with the instant itself.");
  }
  return check_seen(window);
}

}  // namespace

bool is_scalar(Op op) {
  return (op >= Op::kIsTrue && op <= Op::kBucket) || op == Op::kMonthOf || op == Op::kWeekdayOf ||
         op == Op::kHourOf;
}

Result<Type> scalar_type(Op op, Types arguments) {
  REGULARS_TRY(check_count(op, arguments.size()));
  if (is_time_operation(op)) return time_type(op, arguments[0]);
  switch (op) {
    case Op::kIsTrue:
      REGULARS_TRY(all_truths(op, arguments));
      return kBooleanType;
    case Op::kAtLeast:
      if (arguments[0].value != ValueType::kInteger) {
        return misfit(op, "a whole number first", arguments[0]);
      }
      REGULARS_TRY(all_truths(op, arguments.subspan(1)));
      return kBooleanType;
    case Op::kAbs:
    case Op::kRound:
    case Op::kFloor:
      return number_type(op, arguments[0]);
    case Op::kLeast:
    case Op::kGreatest:
      return extreme_type(op, arguments);
    case Op::kDistanceKm:
    case Op::kInPolygon:
      REGULARS_TRY(all_numbers(op, arguments));
      return op == Op::kInPolygon ? kBooleanType : Type{ValueType::kReal, 0, false};
    case Op::kCustomerId:
      return kTextType;
    case Op::kBucket:
      if (arguments[0].value == ValueType::kInteger) return kIntegerType;
      return misfit(op, "a whole number", arguments[0]);
    case Op::kHas:
    case Op::kHasAll:
    case Op::kSetSize:
      break;
    default:
      REGULARS_TRY(all_texts(op, arguments));
      break;
  }
  if (op == Op::kLower || op == Op::kFold) return kTextType;
  const bool number = op == Op::kLength || op == Op::kVersionCompare || op == Op::kSetSize;
  return number ? kIntegerType : kBooleanType;
}

Result<void> check_scalar(const Expression& node, Types arguments) {
  if (is_time_operation(node.op)) return check_time(node);
  switch (node.op) {
    case Op::kAtLeast:
      if (node.arguments[0]->op == Op::kLiteral) return {};
      return misfit("'at_least' takes a number that is written first");
    case Op::kBucket:
      if (node.arguments[0]->op == Op::kLiteral && node.arguments[0]->literal.number >= 1) {
        return {};
      }
      return misfit("'bucket' takes a number of buckets from 1 on");
    case Op::kLike:
    case Op::kMatches:
      REGULARS_TRY(check_literals(node, 1, ValueType::kText, "a pattern that is written as text"));
      return check_pattern(node);
    case Op::kHas:
    case Op::kHasAll:
    case Op::kSetSize:
      if (!arguments[0].untyped && !arguments[0].is_set)
        return misfit(node.op, "a set of texts", arguments[0]);
      return check_literals(node, 1, ValueType::kText, "elements that are written as texts");
    case Op::kInPolygon:
      return check_corners(node);
    default:
      return {};
  }
}

std::vector<Place> corners_of(const Expression& node) {
  std::vector<Place> corners;
  for (size_t i = 2; i + 1 < node.arguments.size(); i += 2) {
    const auto corner = place_of(node.arguments[i]->literal, node.arguments[i + 1]->literal);
    if (corner) corners.push_back(*corner);
  }
  return corners;
}

int64_t bucket_of(const std::string& name, std::string_view customer, int64_t buckets) {
  const std::string key = name + ":" + std::string(customer);
  return static_cast<int64_t>(stable_hash(key) % static_cast<uint64_t>(buckets));
}

}  // namespace regulars::evaluate
