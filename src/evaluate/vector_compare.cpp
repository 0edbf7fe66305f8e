#include <functional>
#include <optional>

#include "evaluate/compared.h"
#include "evaluate/kernels.h"
#include "evaluate/number.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {
namespace {

constexpr Type kBooleanType{ValueType::kBoolean, 0, false};

Truth truth_of(bool known, bool value) {
  // Without branches: 0 or 2 where known, else 1.
  return static_cast<Truth>(known ? static_cast<unsigned>(value) * 2U : 1U);
}

void compare_numbers(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  if (!a.is_constant() && !b.is_constant()) {
    return kernels::compare(op, a.numbers().first(out.size()), b.numbers(), out);
  }
  const int64_t* x = a.numbers().data();
  const int64_t* y = b.numbers().data();
  const size_t step_x = a.is_constant() ? 0 : 1;
  const size_t step_y = b.is_constant() ? 0 : 1;
  with_test(op, [&](auto test) {
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t left = x[i * step_x];
      const int64_t right = y[i * step_y];
      out[i] = truth_of(left != kMissing && right != kMissing, test(left, right));
    }
  });
}

// A known constant in the other side's scale, where it fits into it.
std::optional<int64_t> constant_in_scale(const Vector& constant, int scale) {
  if (!constant.is_constant() || constant.type().scale > scale || !constant.known(0)) return {};
  const Int128 units = rescaled_up(constant.number(0), constant.type().scale, scale);
  if (!is_storable(units)) return {};
  return static_cast<int64_t>(units);
}

void compare_scales(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  with_test(op, [&](auto test) {
    for (size_t i = 0; i < out.size(); ++i) {
      const bool known = a.known(i) && b.known(i);
      const auto order =
          compare_units(a.number(i), a.type().scale, b.number(i), b.type().scale) <=> 0;
      const int sign = order < 0 ? -1 : static_cast<int>(order > 0);
      out[i] = truth_of(known, test(sign, 0));
    }
  });
}

void compare_reals(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  with_test(op, [&](auto test) {
    for (size_t i = 0; i < out.size(); ++i) {
      const double left = a.real(i);
      const double right = b.real(i);
      out[i] = truth_of(left == left && right == right, test(left, right));
    }
  });
}

void compare_truths(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  with_test(op, [&](auto test) {
    for (size_t i = 0; i < out.size(); ++i) {
      const Truth left = a.truth(i);
      const Truth right = b.truth(i);
      out[i] = truth_of(left != kUnknownTruth && right != kUnknownTruth, test(left, right));
    }
  });
}

// Texts of one dictionary, or of one and a literal, are equal when their codes are.
void compare_codes(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  const bool literal = !b.is_coded();
  const uint32_t code = literal ? a.dictionary()->find(b.text(0)) : kNoCode;
  for (size_t i = 0; i < out.size(); ++i) {
    const uint32_t left = a.codes()[i];
    const uint32_t right = literal ? code : b.codes()[i];
    const bool known = left != kNoCode && (literal || right != kNoCode);
    out[i] = truth_of(known, (left == right) == (op == Op::kEqual));
  }
}

void compare_texts(Op op, const Vector& a, const Vector& b, std::span<Truth> out) {
  const bool equality = op == Op::kEqual || op == Op::kNotEqual;
  const bool literal = b.is_constant() && !b.is_coded() && b.known(0);
  if (equality && a.is_coded() && (literal || a.dictionary() == b.dictionary())) {
    return compare_codes(op, a, b, out);
  }
  with_test(op, [&](auto test) {
    for (size_t i = 0; i < out.size(); ++i) {
      const std::string_view left = a.text(i);
      const std::string_view right = b.text(i);
      out[i] = truth_of(left.data() != nullptr && right.data() != nullptr, test(left, right));
    }
  });
}

}  // namespace

Vector compared(Op op, const Vector& a, const Vector& b, size_t count) {
  if (a.type().untyped || b.type().untyped) return Vector::unknown(kBooleanType);
  std::vector<Truth> out(count);
  const bool numbers = a.form() == Form::kNumbers && b.form() == Form::kNumbers;
  const auto constant = numbers ? constant_in_scale(b, a.type().scale) : std::nullopt;
  const bool real = a.type().value == ValueType::kReal || b.type().value == ValueType::kReal;
  if (constant && !a.is_constant()) {
    kernels::compare(op, a.numbers().first(count), *constant, out);
  } else if (a.form() == Form::kTexts) {
    compare_texts(op, a, b, out);
  } else if (a.form() == Form::kTruths) {
    compare_truths(op, a, b, out);
  } else if (real) {
    compare_reals(op, a, b, out);
  } else if (a.type().scale != b.type().scale) {
    compare_scales(op, a, b, out);
  } else {
    compare_numbers(op, a, b, out);
  }
  return Vector::own(kBooleanType, std::move(out));
}

}  // namespace regulars::evaluate
