#include "evaluate/vector_ops.h"

#include <algorithm>

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

constexpr Type kBooleanType{ValueType::kBoolean, 0, false};
constexpr Type kIntegerType{ValueType::kInteger, 0, false};

double real_result(Op op, double x, double y) {
  switch (op) {
    case Op::kAdd:
      return finite_or_unknown(x + y);
    case Op::kSubtract:
      return finite_or_unknown(x - y);
    case Op::kMultiply:
      return finite_or_unknown(x * y);
    default:
      return y == 0 ? kUnknownReal : finite_or_unknown(x / y);
  }
}

Vector real_arithmetic(Op op, const Vector& a, const Vector& b, size_t count) {
  std::vector<double> out(count, kUnknownReal);
  const bool exact = op == Op::kDivide && is_exact(a.type()) && is_exact(b.type());
  for (size_t i = 0; i < count; ++i) {
    if (!a.known(i) || !b.known(i)) continue;
    if (!exact) {
      out[i] = real_result(op, a.real(i), b.real(i));
    } else if (b.number(i) != 0) {
      out[i] = quotient(a.number(i), a.type().scale, b.number(i), b.type().scale);
    }
  }
  return Vector::own(std::move(out));
}

Int128 exact_result(Op op, const Type& type, const Vector& a, const Vector& b, size_t i) {
  if (op == Op::kMultiply) return Int128{a.number(i)} * b.number(i);
  const Int128 x = rescaled_up(a.number(i), a.type().scale, type.scale);
  const Int128 y = rescaled_up(b.number(i), b.type().scale, type.scale);
  return op == Op::kAdd ? x + y : x - y;
}

// The same in 64 bits where no step leaves them; false where one does.
bool quick_result(Op op, int64_t x, int64_t x_factor, int64_t y, int64_t y_factor, int64_t& out) {
  if (op == Op::kMultiply) return !__builtin_mul_overflow(x, y, &out);
  if (__builtin_mul_overflow(x, x_factor, &x) || __builtin_mul_overflow(y, y_factor, &y)) {
    return false;
  }
  return op == Op::kAdd ? !__builtin_add_overflow(x, y, &out) : !__builtin_sub_overflow(x, y, &out);
}

Result<Vector> arithmetic(Op op, const Type& type, const Vector& a, const Vector& b, size_t count) {
  if (type.untyped) return Vector::unknown(type);
  if (type.value == ValueType::kReal) return real_arithmetic(op, a, b, count);
  const bool product = op == Op::kMultiply;
  const int64_t a_factor = product ? 1 : power_of_ten(type.scale - a.type().scale);
  const int64_t b_factor = product ? 1 : power_of_ten(type.scale - b.type().scale);
  std::vector<int64_t> out(count, kMissing);
  for (size_t i = 0; i < count; ++i) {
    if (a.number(i) == kMissing || b.number(i) == kMissing) continue;
    const bool quick = quick_result(op, a.number(i), a_factor, b.number(i), b_factor, out[i]);
    if (quick && out[i] != kMissing) continue;
    const Int128 result = exact_result(op, type, a, b, i);
    if (!is_storable(result)) return overflow("a result of arithmetic");
    out[i] = static_cast<int64_t>(result);
  }
  return Vector::own(type, std::move(out));
}

Result<Vector> negated(const Vector& a, size_t count) {
  if (a.type().untyped) return Vector::unknown(a.type());
  if (a.form() == Form::kReals) {
    std::vector<double> out(count);
    for (size_t i = 0; i < count; ++i) out[i] = -a.real(i);
    return Vector::own(std::move(out));
  }
  std::vector<int64_t> out(count, kMissing);  // the only number without a negative is kMissing
  for (size_t i = 0; i < count; ++i) {
    if (a.number(i) != kMissing) out[i] = -a.number(i);
  }
  return Vector::own(a.type(), std::move(out));
}

Result<Vector> days_since(const Vector& since, size_t count, const Moment& moment) {
  if (since.type().untyped) return Vector::unknown(since.type());
  const bool days = since.type().value == ValueType::kDay;
  std::vector<int64_t> out(count, kMissing);
  for (size_t i = 0; i < count; ++i) {
    if (since.number(i) == kMissing) continue;
    if (!days) {
      out[i] = days_between(since.number(i), moment.now.micros);
      continue;
    }
    const Int128 elapsed = Int128{moment.today.number} - since.number(i);
    if (!is_storable(elapsed)) return overflow("a result of arithmetic");
    out[i] = static_cast<int64_t>(elapsed);
  }
  return Vector::own(kIntegerType, std::move(out));
}

// Folds truths with min (and) or max (or).
template <class Fold>
Vector folded(const Arguments& arguments, size_t count, Truth neutral, Fold fold) {
  Truth constant = neutral;
  std::vector<Truth> out;
  for (const Vector* argument : arguments) {
    const std::span<const Truth> truths = argument->truths();
    if (argument->is_constant()) {
      constant = fold(constant, truths[0]);
    } else if (out.empty()) {
      out.assign(truths.begin(), truths.begin() + static_cast<std::ptrdiff_t>(count));
    } else {
      for (size_t i = 0; i < count; ++i) out[i] = fold(out[i], truths[i]);
    }
  }
  if (out.empty()) return Vector::own(kBooleanType, std::vector<Truth>(count, constant));
  if (constant != neutral) {
    for (Truth& truth : out) truth = fold(truth, constant);
  }
  return Vector::own(kBooleanType, std::move(out));
}

constexpr auto kAnd = [](Truth a, Truth b) { return std::min(a, b); };
constexpr auto kOr = [](Truth a, Truth b) { return std::max(a, b); };

Vector negation(const Vector& a, size_t count) {
  if (a.is_constant()) {
    return Vector::own(kBooleanType, std::vector<Truth>(count, Truth(kTrue - a.truth(0))));
  }
  std::vector<Truth> out(a.truths().begin(), a.truths().end());
  for (Truth& truth : out) truth = static_cast<Truth>(kTrue - truth);
  return Vector::own(kBooleanType, std::move(out));
}

Vector known(const Vector& a, size_t count) {
  std::vector<Truth> out(count);
  if (a.form() == Form::kNumbers && !a.is_constant()) {
    const int64_t* numbers = a.numbers().data();
    for (size_t i = 0; i < count; ++i) out[i] = numbers[i] != kMissing ? kTrue : kFalse;
  } else if (a.form() == Form::kTexts && a.is_coded() && !a.is_constant()) {
    const uint32_t* codes = a.codes().data();
    for (size_t i = 0; i < count; ++i) out[i] = codes[i] != kNoCode ? kTrue : kFalse;
  } else {
    for (size_t i = 0; i < count; ++i) out[i] = a.known(i) ? kTrue : kFalse;
  }
  return Vector::own(kBooleanType, std::move(out));
}

Vector among(const Arguments& arguments, size_t count) {
  std::vector<Vector> equalities;
  Arguments views;
  for (size_t i = 1; i < arguments.size(); ++i) {
    equalities.push_back(compared(Op::kEqual, *arguments[0], *arguments[i], count));
  }
  for (const Vector& equality : equalities) views.push_back(&equality);
  return folded(views, count, kFalse, kOr);
}

Result<Vector> exact_choice(const Arguments& arguments, const Type& type, size_t count) {
  std::vector<int64_t> out(count, kMissing);
  for (size_t i = 0; i < count; ++i) {
    const Vector& chosen = *arguments[arguments[0]->truth(i) == kTrue ? 1 : 2];
    if (!chosen.known(i)) continue;
    const Int128 units = rescaled_up(chosen.number(i), chosen.type().scale, type.scale);
    if (!is_storable(units)) return overflow("a branch of 'if'");
    out[i] = static_cast<int64_t>(units);
  }
  return Vector::own(type, std::move(out));
}

Result<Vector> choice(const Arguments& arguments, const Type& type, size_t count) {
  const auto chosen = [&](size_t i) -> const Vector& {
    return *arguments[arguments[0]->truth(i) == kTrue ? 1 : 2];
  };
  switch (form_of(type)) {
    case Form::kNumbers:
      return exact_choice(arguments, type, count);
    case Form::kReals: {
      std::vector<double> out(count, kUnknownReal);
      for (size_t i = 0; i < count; ++i) {
        if (chosen(i).known(i)) out[i] = chosen(i).real(i);
      }
      return Vector::own(std::move(out));
    }
    case Form::kTexts: {
      std::vector<std::string_view> out(count);
      for (size_t i = 0; i < count; ++i) {
        if (chosen(i).known(i)) out[i] = chosen(i).text(i);
      }
      return Vector::own(std::move(out));
    }
    case Form::kTruths:
      break;
  }
  std::vector<Truth> out(count);
  for (size_t i = 0; i < count; ++i) out[i] = chosen(i).truth(i);
  return Vector::own(type, std::move(out));
}

}  // namespace

bool all_true(const Vector& truths, size_t count) {
  if (truths.is_constant()) return truths.truth(0) == kTrue;
  const auto part = truths.truths().first(count);
  size_t found = 0;
  for (const Truth truth : part) found += truth == kTrue ? 1 : 0;
  return found == count;
}

Result<Vector> apply(Op op, const Arguments& arguments, size_t count, const Moment& moment) {
  std::vector<Type> types;
  for (const Vector* argument : arguments) types.push_back(argument->type());
  REGULARS_ASSIGN(const Type type, operation_type(op, types));
  const Vector& first = *arguments[0];
  if (op == Op::kNegate) return negated(first, count);
  if (is_arithmetic(op)) return arithmetic(op, type, first, *arguments[1], count);
  if (is_comparison(op)) return compared(op, first, *arguments[1], count);
  switch (op) {
    case Op::kDaysSince:
      return days_since(first, count, moment);
    case Op::kIn:
      return among(arguments, count);
    case Op::kAnd:
      return folded(arguments, count, kTrue, kAnd);
    case Op::kOr:
      return folded(arguments, count, kFalse, kOr);
    case Op::kNot:
      return negation(first, count);
    case Op::kKnown:
      return known(first, count);
    default:
      return choice(arguments, type, count);
  }
}

namespace {

template <class Fold>
Vector per_group(const Vector& items, std::span<const uint32_t> offset, size_t count, Truth start,
                 Fold fold) {
  std::vector<Truth> out(count, start);
  if (!offset.empty()) {
    for (size_t i = 0; i < count; ++i) {
      for (uint32_t item = offset[i]; item < offset[i + 1]; ++item) {
        out[i] = fold(out[i], items.truth(item - offset[0]));
      }
    }
  }
  return Vector::own(kBooleanType, std::move(out));
}

}  // namespace

Vector any_item(const Vector& items, std::span<const uint32_t> offset, size_t count) {
  return per_group(items, offset, count, kFalse, kOr);
}

Vector all_items(const Vector& items, std::span<const uint32_t> offset, size_t count) {
  return per_group(items, offset, count, kTrue, kAnd);
}

}  // namespace regulars::evaluate
