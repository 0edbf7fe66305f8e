#include "evaluate/vector_scalar.h"

#include <tsl/robin_map.h>

#include <algorithm>
#include <map>

#include "evaluate/number.h"
#include "evaluate/places.h"
#include "evaluate/scalar.h"
#include "evaluate/text_ops.h"
#include "evaluate/time_operation.h"

namespace regulars::evaluate {
namespace {

constexpr Type kBooleanType{ValueType::kBoolean, 0, false};
constexpr Type kTextType{ValueType::kText, 0, false};

Truth truth_of(bool value) { return value ? kTrue : kFalse; }

bool all_known(const Arguments& arguments, size_t i) {
  return std::all_of(arguments.begin(), arguments.end(),
                     [i](const Vector* argument) { return argument->known(i); });
}

// result(i) wherever all arguments are known.
template <class T, class F>
std::vector<T> each_known(const Arguments& arguments, size_t count, T unknown, F result) {
  std::vector<T> out(count, unknown);
  for (size_t i = 0; i < count; ++i) {
    if (all_known(arguments, i)) out[i] = result(i);
  }
  return out;
}

// result(text) of each known text; once for each that occurs where they are codes.
template <class T, class F>
std::vector<T> each_text(const Vector& texts, size_t count, T unknown, F result) {
  std::vector<T> out(count, unknown);
  if (texts.is_constant()) {
    if (texts.known(0)) std::fill(out.begin(), out.end(), result(texts.text(0)));
    return out;
  }
  tsl::robin_map<uint32_t, T> made;
  for (size_t i = 0; i < count; ++i) {
    const std::string_view text = texts.text(i);
    if (text.data() == nullptr) continue;
    if (!texts.is_coded()) {
      out[i] = result(text);
      continue;
    }
    const uint32_t code = texts.codes()[i];
    const auto known = made.find(code);
    if (known != made.end()) {
      out[i] = known->second;
    } else {
      out[i] = result(text);
      made.emplace(code, out[i]);
    }
  }
  return out;
}

template <class F>
Vector texts_made(const Vector& texts, size_t count, TextStore& store, F make) {
  auto dictionary = std::make_unique<Dictionary>();
  const size_t different = texts.is_constant() ? 1 : count;
  std::vector<uint32_t> codes =
      each_text<uint32_t>(texts, different, kNoCode,
                          [&](std::string_view text) { return dictionary->intern(make(text)); });
  const Dictionary* kept = store.keep(std::move(dictionary));
  if (!texts.is_constant()) return Vector::own(kTextType, std::move(codes), kept);
  return Vector::constant(codes[0] == kNoCode ? std::string_view() : kept->text(codes[0]));
}

Vector is_true(const Vector& condition, size_t count) {
  std::vector<Truth> out(count);
  for (size_t i = 0; i < count; ++i) out[i] = truth_of(condition.truth(i) == kTrue);
  return Vector::own(kBooleanType, std::move(out));
}

Vector at_least_true(const Arguments& arguments, size_t count) {
  std::vector<int64_t> sure(count);
  std::vector<int64_t> possible(count);
  for (size_t a = 1; a < arguments.size(); ++a) {
    for (size_t i = 0; i < count; ++i) {
      const Truth truth = arguments[a]->truth(i);
      sure[i] += truth == kTrue ? 1 : 0;
      possible[i] += truth != kFalse ? 1 : 0;
    }
  }
  const int64_t needed = arguments[0]->number(0);
  std::vector<Truth> out(count);
  for (size_t i = 0; i < count; ++i) {
    out[i] = sure[i] >= needed ? kTrue : possible[i] < needed ? kFalse : kUnknownTruth;
  }
  return Vector::own(kBooleanType, std::move(out));
}

Vector absolute_values(const Arguments& arguments, const Type& type, size_t count) {
  const Vector& value = *arguments[0];
  if (type.value == ValueType::kReal) {
    return Vector::own(each_known<double>(arguments, count, kUnknownReal,
                                          [&](size_t i) { return std::fabs(value.real(i)); }));
  }
  return Vector::own(type, each_known<int64_t>(arguments, count, kMissing, [&](size_t i) {
                       return value.number(i) < 0 ? -value.number(i) : value.number(i);
                     }));
}

Vector whole_numbers(Op op, const Arguments& arguments, const Type& type, size_t count) {
  const Vector& value = *arguments[0];
  const bool real = value.type().value == ValueType::kReal;
  const int scale = value.type().scale;
  return Vector::own(type, each_known<int64_t>(arguments, count, kMissing, [&](size_t i) {
                       if (op == Op::kRound) {
                         return real ? rounded(value.real(i)) : rounded(value.number(i), scale);
                       }
                       return real ? floored(value.real(i)) : floored(value.number(i), scale);
                     }));
}

std::partial_ordering order_at(const Vector& a, const Vector& b, size_t i) {
  const bool real = a.form() == Form::kReals || b.form() == Form::kReals;
  if (real) return a.real(i) <=> b.real(i);
  return compare_units(a.number(i), a.type().scale, b.number(i), b.type().scale);
}

Result<Vector> extremes(Op op, const Arguments& arguments, const Type& type, size_t count) {
  const auto chosen = [&](size_t i) -> const Vector& {
    return **std::min_element(arguments.begin(), arguments.end(),
                              [&](const Vector* a, const Vector* b) {
                                const auto order = order_at(*a, *b, i);
                                return op == Op::kLeast ? order < 0 : order > 0;
                              });
  };
  if (type.value == ValueType::kReal) {
    return Vector::own(each_known<double>(arguments, count, kUnknownReal,
                                          [&](size_t i) { return chosen(i).real(i); }));
  }
  std::vector<int64_t> out(count, kMissing);
  for (size_t i = 0; i < count; ++i) {
    if (!all_known(arguments, i)) continue;
    const Vector& best = chosen(i);
    const Int128 units = rescaled_up(best.number(i), best.type().scale, type.scale);
    if (!is_storable(units)) return overflow(op == Op::kLeast ? "the least" : "the greatest");
    out[i] = static_cast<int64_t>(units);
  }
  return Vector::own(type, std::move(out));
}

Vector times(const Expression& node, const Vector& value, const Type& type, size_t count,
             const ScalarPlace& place) {
  std::map<const Zone*, TimeOperation> operations;
  const auto operation_in = [&](const Zone* zone) -> const TimeOperation& {
    return operations.try_emplace(zone, node, place.moment->now, *zone).first->second;
  };
  const TimeOperation* usual = &operation_in(place.project);
  const bool days = value.type().value == ValueType::kDay;
  std::vector<int64_t> out(count);
  for (size_t i = 0; i < count; ++i) {
    const TimeOperation& operation = place.zones.empty() ? *usual : operation_in(place.zones[i]);
    out[i] = days ? operation.of_day(value.number(i)) : operation.of_instant(value.number(i));
  }
  return Vector::own(type, std::move(out));
}

Vector distances(const Arguments& arguments, size_t count) {
  return Vector::own(each_known<double>(arguments, count, kUnknownReal, [&](size_t i) {
    const auto distance = distance_km(arguments[0]->real(i), arguments[1]->real(i),
                                      arguments[2]->real(i), arguments[3]->real(i));
    return finite_or_unknown(distance.value_or(kUnknownReal));
  }));
}

Vector in_polygons(const Expression& node, const Arguments& arguments, size_t count) {
  const std::vector<Place> corners = corners_of(node);
  const Arguments point = {arguments[0], arguments[1]};
  const auto degrees = [&](size_t which, size_t i) {
    const Vector& value = *point[which];
    return value.form() == Form::kReals ? billionths(value.real(i))
                                        : billionths(value.number(i), value.type().scale);
  };
  return Vector::own(kBooleanType, each_known<Truth>(point, count, kUnknownTruth, [&](size_t i) {
                       const auto latitude = degrees(0, i);
                       const auto longitude = degrees(1, i);
                       if (!latitude || !longitude || !is_place({*latitude, *longitude})) {
                         return kUnknownTruth;
                       }
                       return truth_of(in_polygon({*latitude, *longitude}, corners));
                     }));
}

// test(text, other) of two texts; `other` is mostly one for all.
template <class F>
Vector text_tests(const Arguments& arguments, size_t count, F test) {
  const Vector& other = *arguments[1];
  if (!other.is_constant() || !other.known(0)) {
    return Vector::own(kBooleanType,
                       each_known<Truth>(arguments, count, kUnknownTruth, [&](size_t i) {
                         return truth_of(test(arguments[0]->text(i), other.text(i)));
                       }));
  }
  return Vector::own(kBooleanType,
                     each_text<Truth>(*arguments[0], count, kUnknownTruth,
                                      [&, part = other.text(0)](std::string_view text) {
                                        return truth_of(test(text, part));
                                      }));
}

Vector set_tests(Op op, const Arguments& arguments, size_t count) {
  return Vector::own(
      kBooleanType,
      each_text<Truth>(*arguments[0], count, kUnknownTruth, [&](std::string_view set) {
        const auto has = [&](const Vector* element) { return has_element(set, element->text(0)); };
        const auto first = arguments.begin() + 1;
        return truth_of(op == Op::kHas ? std::any_of(first, arguments.end(), has)
                                       : std::all_of(first, arguments.end(), has));
      }));
}

template <class F>
Vector text_numbers(const Vector& texts, const Type& type, size_t count, F number) {
  return Vector::own(type, each_text<int64_t>(texts, count, kMissing, number));
}

Result<Vector> of_texts(const Expression& node, const Arguments& arguments, const Type& type,
                        size_t count, TextStore& store) {
  const Vector& texts = *arguments[0];
  using Text = std::string_view;
  switch (node.op) {
    case Op::kLower:
      return texts_made(texts, count, store, lower_text);
    case Op::kFold:
      return texts_made(texts, count, store, folded_text);
    case Op::kLength:
      return text_numbers(texts, type, count, code_points);
    case Op::kSetSize:
      return text_numbers(texts, type, count, set_size);
    case Op::kContains:
      return text_tests(arguments, count, [](Text a, Text b) { return a.find(b) != Text::npos; });
    case Op::kStartsWith:
      return text_tests(arguments, count, [](Text a, Text b) { return a.starts_with(b); });
    case Op::kEndsWith:
      return text_tests(arguments, count, [](Text a, Text b) { return a.ends_with(b); });
    case Op::kLike:
      return text_tests(arguments, count, is_like);
    case Op::kMatches: {
      REGULARS_ASSIGN(const Pattern pattern, Pattern::make(node.arguments[1]->literal.text));
      return text_tests(arguments, count, [&](Text a, Text) { return pattern.found_in(a); });
    }
    case Op::kVersionCompare:
      return Vector::own(type, each_known<int64_t>(arguments, count, kMissing, [&](size_t i) {
                           return compare_versions(texts.text(i), arguments[1]->text(i));
                         }));
    default:
      return set_tests(node.op, arguments, count);
  }
}

}  // namespace

Result<Vector> apply_scalar(const Expression& node, const Arguments& arguments, size_t count,
                            const ScalarPlace& place) {
  std::vector<Type> types;
  for (const Vector* argument : arguments) types.push_back(argument->type());
  if (node.op == Op::kBucket) types.erase(types.begin());
  REGULARS_ASSIGN(const Type type, scalar_type(node.op, types));
  const Vector& first = *arguments[0];
  if (node.op == Op::kIsTrue) return is_true(first, count);
  if (node.op == Op::kAtLeast) return at_least_true(arguments, count);
  const bool untyped =
      std::any_of(types.begin(), types.end(), [](const Type& t) { return t.untyped; });
  if (untyped) return Vector::unknown(type);
  if (is_time_operation(node.op)) return times(node, first, type, count, place);
  switch (node.op) {
    case Op::kAbs:
      return absolute_values(arguments, type, count);
    case Op::kRound:
    case Op::kFloor:
      return whole_numbers(node.op, arguments, type, count);
    case Op::kLeast:
    case Op::kGreatest:
      return extremes(node.op, arguments, type, count);
    case Op::kDistanceKm:
      return distances(arguments, count);
    case Op::kInPolygon:
      return in_polygons(node, arguments, count);
    case Op::kBucket:
      return text_numbers(first, type, count, [&](std::string_view id) {
        return bucket_of(node.name, id, arguments[1]->number(0));
      });
    default:
      return of_texts(node, arguments, type, count, *place.texts);
  }
}

Vector spread(Vector vector, size_t count, TextStore& texts) {
  const bool text = vector.form() == Form::kTexts;
  if (text ? vector.is_coded() : !vector.is_constant()) return vector;
  switch (vector.form()) {
    case Form::kNumbers:
      return Vector::own(vector.type(), std::vector<int64_t>(count, vector.number(0)));
    case Form::kReals:
      return Vector::own(std::vector<double>(count, vector.real(0)));
    case Form::kTruths:
      return Vector::own(vector.type(), std::vector<Truth>(count, vector.truth(0)));
    case Form::kTexts:
      break;
  }
  auto dictionary = std::make_unique<Dictionary>();
  std::vector<uint32_t> codes = each_text<uint32_t>(
      vector, count, kNoCode, [&](std::string_view one) { return dictionary->intern(one); });
  return Vector::own(vector.type(), std::move(codes), texts.keep(std::move(dictionary)));
}

}  // namespace regulars::evaluate
