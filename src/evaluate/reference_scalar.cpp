#include <algorithm>

#include "base/random.h"
#include "evaluate/number.h"
#include "evaluate/places.h"
#include "evaluate/reference_operation.h"
#include "evaluate/scalar.h"
#include "evaluate/text_ops.h"
#include "evaluate/time_operation.h"

namespace regulars::evaluate {
namespace {

using Values = std::vector<Value>;

Value number_or_unknown(const Type& type, int64_t number) {
  return number == kMissing ? unknown_of(type) : known_number(type, number);
}

// Whether at least `needed` are true, as far as is known.
Value at_least_true(const Values& values) {
  const int64_t needed = values[0].number;
  const auto yes = std::count_if(values.begin() + 1, values.end(), is_true);
  const auto no = std::count_if(values.begin() + 1, values.end(), is_false);
  const auto all = static_cast<int64_t>(values.size()) - 1;
  if (!values[0].known) return unknown_of(untyped());
  if (yes >= needed) return truth(true);
  return all - no < needed ? truth(false) : unknown_of(untyped());
}

Value absolute_value(const Value& value) {
  Value result = value;
  result.real = std::fabs(value.real);
  if (value.number < 0) result.number = -value.number;
  return result;
}

Value whole(Op op, const Value& value, const Type& type) {
  const bool round = op == Op::kRound;
  if (value.type == ValueType::kReal) {
    return number_or_unknown(type, round ? rounded(value.real) : floored(value.real));
  }
  return known_number(
      type, round ? rounded(value.number, value.scale) : floored(value.number, value.scale));
}

Result<Value> extreme(Op op, const Values& values, const Type& type) {
  const auto before = [&](const Value& a, const Value& b) {
    return op == Op::kLeast ? order_of(a, b) < 0 : order_of(a, b) > 0;
  };
  return converted(*std::min_element(values.begin(), values.end(), before), type,
                   op == Op::kLeast ? "the least" : "the greatest");
}

Result<Value> of_texts(const Expression& e, const Values& values, const Type& type) {
  const std::string& text = values[0].text;
  const std::string& other = values.size() > 1 ? values[1].text : text;
  switch (e.op) {
    case Op::kLower:
      return text_value(lower_text(text));
    case Op::kFold:
      return text_value(folded_text(text));
    case Op::kLength:
      return known_number(type, code_points(text));
    case Op::kContains:
      return truth(text.find(other) != std::string::npos);
    case Op::kStartsWith:
      return truth(text.starts_with(other));
    case Op::kEndsWith:
      return truth(text.ends_with(other));
    case Op::kLike:
      return truth(is_like(text, other));
    case Op::kMatches: {
      REGULARS_ASSIGN(const Pattern pattern, Pattern::make(other));
      return truth(pattern.found_in(text));
    }
    case Op::kVersionCompare:
      return known_number(type, compare_versions(text, other));
    case Op::kSetSize:
      return known_number(type, set_size(text));
    default:
      break;
  }
  const auto has = [&](const Value& element) { return has_element(text, element.text); };
  return truth(e.op == Op::kHas ? std::any_of(values.begin() + 1, values.end(), has)
                                : std::all_of(values.begin() + 1, values.end(), has));
}

Value of_place(const Expression& e, const Values& values) {
  if (e.op == Op::kDistanceKm) {
    const auto distance =
        distance_km(as_real(values[0]), as_real(values[1]), as_real(values[2]), as_real(values[3]));
    return distance ? real_or_unknown(*distance) : unknown_of({ValueType::kReal, 0, false});
  }
  const auto degrees = [](const Value& value) {
    return value.type == ValueType::kReal ? billionths(value.real)
                                          : billionths(value.number, value.scale);
  };
  const auto latitude = degrees(values[0]);
  const auto longitude = degrees(values[1]);
  if (!latitude || !longitude || !is_place({*latitude, *longitude})) return unknown_of(untyped());
  return truth(in_polygon({*latitude, *longitude}, corners_of(e)));
}

}  // namespace

Result<Value> operate_scalar(const Expression& e, const Values& values, const Type& type,
                             const Standpoint& from) {
  if (e.op == Op::kIsTrue) return truth(is_true(values[0]));
  if (e.op == Op::kAtLeast) return at_least_true(values);
  const bool known =
      std::all_of(values.begin(), values.end(), [](const Value& value) { return value.known; });
  if (!known) return unknown_of(type);
  if (is_time_operation(e.op)) {
    const TimeOperation operation(e, from.now, *from.zone);
    return number_or_unknown(type, values[0].type == ValueType::kDay
                                       ? operation.of_day(values[0].number)
                                       : operation.of_instant(values[0].number));
  }
  switch (e.op) {
    case Op::kAbs:
      return absolute_value(values[0]);
    case Op::kRound:
    case Op::kFloor:
      return whole(e.op, values[0], type);
    case Op::kLeast:
    case Op::kGreatest:
      return extreme(e.op, values, type);
    case Op::kDistanceKm:
    case Op::kInPolygon:
      return of_place(e, values);
    case Op::kBucket:
      return known_number(type, bucket_of(e.name, values[0].text, values[1].number));
    default:
      return of_texts(e, values, type);
  }
}

}  // namespace regulars::evaluate
