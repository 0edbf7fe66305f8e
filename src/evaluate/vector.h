// Private to evaluate: values of many customers, events or items side by side. A Vector views
// memory of the history or owns its own. The unknown is a value of its own in each form:
//
//   numbers  integer, decimal, instant, day   kMissing
//   reals    real                             NaN
//   codes    text of a dictionary             kNoCode
//   texts    text                             a view without data
//   truths   boolean                          kUnknownTruth; and = min, or = max, not = 2 - x
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/column.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

using Truth = uint8_t;
constexpr Truth kFalse = 0;
constexpr Truth kUnknownTruth = 1;
constexpr Truth kTrue = 2;

enum class Form { kNumbers, kReals, kTexts, kTruths };
Form form_of(const Type& type);

class Vector {
 public:
  Vector() = default;
  Vector(Vector&&) = default;
  Vector& operator=(Vector&&) = default;

  static Vector view(Type type, std::span<const int64_t> numbers);
  static Vector view(Type type, std::span<const uint32_t> codes, const Dictionary* dictionary);
  static Vector view(Type type, std::span<const Truth> truths);
  static Vector own(Type type, std::vector<int64_t> numbers);
  static Vector own(Type type, std::vector<uint32_t> codes, const Dictionary* dictionary);
  static Vector own(std::vector<double> reals);
  static Vector own(std::vector<std::string_view> texts);
  static Vector own(Type type, std::vector<Truth> truths);
  // The same value everywhere: holds one element, and every index leads to it.
  static Vector constant(const Literal& literal);
  static Vector constant(std::string_view text);  // unknown without data
  static Vector unknown(const Type& type);

  const Type& type() const { return type_; }
  Form form() const { return form_of(type_); }
  bool is_constant() const { return constant_; }
  bool is_coded() const { return dictionary_ != nullptr; }

  // The elements; a constant has one.
  std::span<const int64_t> numbers() const { return numbers_; }
  std::span<const double> reals() const { return reals_; }
  std::span<const uint32_t> codes() const { return codes_; }
  std::span<const Truth> truths() const { return truths_; }
  const Dictionary* dictionary() const { return dictionary_; }

  int64_t number(size_t i) const { return numbers_[index(i)]; }
  Truth truth(size_t i) const { return truths_[index(i)]; }
  std::string_view text(size_t i) const;
  double real(size_t i) const;  // also of numbers, in their scale
  bool known(size_t i) const;

 private:
  size_t index(size_t i) const { return constant_ ? 0 : i; }

  Type type_;
  bool constant_ = false;
  std::span<const int64_t> numbers_;
  std::span<const double> reals_;
  std::span<const uint32_t> codes_;
  std::span<const Truth> truths_;
  const Dictionary* dictionary_ = nullptr;
  std::vector<int64_t> own_numbers_;
  std::vector<double> own_reals_;
  std::vector<uint32_t> own_codes_;
  std::vector<Truth> own_truths_;
  std::vector<std::string_view> texts_;
};

// Rows first .. first + count of a column: a view, or numbers and codes of its own where they are
// packed.
Vector slice(const Column& column, size_t first, size_t count);
bool is_packed(const Column& column);
// A view of what the vector holds; the vector must outlive it. Not of texts that are no codes.
Vector view_of(const Vector& vector);

// Element from[i] of the vector for each i: an event's value for each of its items, a customer's
// for each of her events. The vector must not be a constant.
Vector gathered(const Vector& vector, std::span<const uint32_t> from);

}  // namespace regulars::evaluate
