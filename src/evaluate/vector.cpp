#include "evaluate/vector.h"

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

Truth as_truth(int64_t number) {
  if (number == kMissing) return kUnknownTruth;
  return number != 0 ? kTrue : kFalse;
}

template <class T>
std::vector<T> picked(std::span<const T> values, std::span<const uint32_t> from) {
  std::vector<T> result(from.size());
  for (size_t i = 0; i < from.size(); ++i) result[i] = values[from[i]];
  return result;
}

}  // namespace

Form form_of(const Type& type) {
  switch (type.value) {
    case ValueType::kReal:
      return Form::kReals;
    case ValueType::kText:
      return Form::kTexts;
    case ValueType::kBoolean:
      return Form::kTruths;
    default:
      return Form::kNumbers;
  }
}

Vector Vector::view(Type type, std::span<const int64_t> numbers) {
  Vector result;
  result.type_ = type;
  if (result.form() == Form::kTruths) {
    result.own_truths_.resize(numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) result.own_truths_[i] = as_truth(numbers[i]);
    result.truths_ = result.own_truths_;
  } else {
    result.numbers_ = numbers;
  }
  return result;
}

Vector Vector::view(Type type, std::span<const uint32_t> codes, const Dictionary* dictionary) {
  Vector result;
  result.type_ = type;
  result.codes_ = codes;
  result.dictionary_ = dictionary;
  return result;
}

Vector Vector::view(Type type, std::span<const Truth> truths) {
  Vector result;
  result.type_ = type;
  result.truths_ = truths;
  return result;
}

Vector Vector::own(Type type, std::vector<int64_t> numbers) {
  if (form_of(type) == Form::kTruths) return view(type, numbers);
  Vector result;
  result.type_ = type;
  result.own_numbers_ = std::move(numbers);
  result.numbers_ = result.own_numbers_;
  return result;
}

Vector Vector::own(Type type, std::vector<uint32_t> codes, const Dictionary* dictionary) {
  Vector result;
  result.type_ = type;
  result.own_codes_ = std::move(codes);
  result.codes_ = result.own_codes_;
  result.dictionary_ = dictionary;
  return result;
}

Vector Vector::own(std::vector<double> reals) {
  Vector result;
  result.type_ = {ValueType::kReal, 0, false};
  result.own_reals_ = std::move(reals);
  result.reals_ = result.own_reals_;
  return result;
}

Vector Vector::own(std::vector<std::string_view> texts) {
  Vector result;
  result.type_ = {ValueType::kText, 0, false};
  result.texts_ = std::move(texts);
  return result;
}

Vector Vector::own(Type type, std::vector<Truth> truths) {
  Vector result;
  result.type_ = type;
  result.own_truths_ = std::move(truths);
  result.truths_ = result.own_truths_;
  return result;
}

Vector Vector::constant(const Literal& literal) {
  const Type type = type_of(literal);
  Vector result;
  switch (form_of(type)) {
    case Form::kNumbers:
      result = own(type, std::vector<int64_t>{literal.number});
      break;
    case Form::kReals:
      result = own(std::vector<double>{literal.real});
      break;
    case Form::kTexts:
      result = own(std::vector<std::string_view>{literal.text});
      break;
    case Form::kTruths:
      result = own(type, std::vector<Truth>{as_truth(literal.number)});
      break;
  }
  result.constant_ = true;
  return result;
}

Vector Vector::constant(std::string_view text) {
  Vector result = own(std::vector<std::string_view>{text});
  result.constant_ = true;
  return result;
}

Vector Vector::unknown(const Type& type) {
  Vector result;
  switch (form_of(type)) {
    case Form::kNumbers:
      result = own(type, std::vector<int64_t>{kMissing});
      break;
    case Form::kReals:
      result = own(std::vector<double>{kUnknownReal});
      break;
    case Form::kTexts:
      result = own(std::vector<std::string_view>{std::string_view()});
      break;
    case Form::kTruths:
      result = own(type, std::vector<Truth>{kUnknownTruth});
      break;
  }
  result.constant_ = true;
  return result;
}

std::string_view Vector::text(size_t i) const {
  if (!is_coded()) return texts_[index(i)];
  const uint32_t code = codes_[index(i)];
  return code == kNoCode ? std::string_view() : dictionary_->text(code);
}

double Vector::real(size_t i) const {
  if (type_.value == ValueType::kReal) return reals_[index(i)];
  const int64_t number = numbers_[index(i)];
  return number == kMissing ? kUnknownReal : to_real(number, type_.scale);
}

bool Vector::known(size_t i) const {
  switch (form()) {
    case Form::kNumbers:
      return number(i) != kMissing;
    case Form::kReals:
      return !std::isnan(reals_[index(i)]);
    case Form::kTexts:
      return text(i).data() != nullptr;
    case Form::kTruths:
      return truth(i) != kUnknownTruth;
  }
  return false;
}

bool is_packed(const Column& column) {
  return column.type == ValueType::kText ? column.codes.is_packed() : column.numbers.is_packed();
}

Vector slice(const Column& column, size_t first, size_t count) {
  const Type type = type_of(column);
  if (column.type == ValueType::kText) {
    const Dictionary* dictionary = column.dictionary.get();
    if (!is_packed(column)) {
      return Vector::view(type, column.codes.span().subspan(first, count), dictionary);
    }
    std::vector<uint32_t> codes(count);
    column.codes.read(first, codes);
    return Vector::own(type, std::move(codes), dictionary);
  }
  if (!is_packed(column)) return Vector::view(type, column.numbers.span().subspan(first, count));
  std::vector<int64_t> numbers(count);
  column.numbers.read(first, numbers);
  return Vector::own(type, std::move(numbers));
}

Vector view_of(const Vector& vector) {
  switch (vector.form()) {
    case Form::kTexts:
      return Vector::view(vector.type(), vector.codes(), vector.dictionary());
    case Form::kTruths:
      return Vector::view(vector.type(), vector.truths());
    default:
      return Vector::view(vector.type(), vector.numbers());
  }
}

Vector gathered(const Vector& vector, std::span<const uint32_t> from) {
  switch (vector.form()) {
    case Form::kNumbers:
      return Vector::own(vector.type(), picked(vector.numbers(), from));
    case Form::kReals:
      return Vector::own(picked(vector.reals(), from));
    case Form::kTruths:
      return Vector::own(vector.type(), picked(vector.truths(), from));
    case Form::kTexts:
      break;
  }
  if (vector.is_coded()) {
    return Vector::own(vector.type(), picked(vector.codes(), from), vector.dictionary());
  }
  std::vector<std::string_view> texts(from.size());
  for (size_t i = 0; i < from.size(); ++i) texts[i] = vector.text(from[i]);
  return Vector::own(std::move(texts));
}

}  // namespace regulars::evaluate
