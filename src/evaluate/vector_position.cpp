#include "evaluate/number.h"
#include "evaluate/position.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {
namespace {

// The group each element belongs to; null: none.
const Population::Group* group_at(const Population& population, const Vector* names, size_t i) {
  if (names == nullptr) return find_group(population, "");
  if (!names->known(i)) return nullptr;
  if (names->form() == Form::kTexts) return find_group(population, names->text(i));
  const int64_t number =
      names->form() == Form::kTruths ? (names->truth(i) == kTrue ? 1 : 0) : names->number(i);
  return find_group(population, group_text(names->type(), number));
}

Placed placed(const Vector& values, size_t i) {
  if (values.form() == Form::kReals) return {true, 0, 0, values.real(i)};
  return {false, values.number(i), values.type().scale, 0};
}

}  // namespace

Vector positions(const Expression& node, const Arguments& arguments, size_t count) {
  const PositionKind kind = *position_kind(node.literal.text);
  const Type type = position_type(kind);
  const Vector& values = *arguments[0];
  if (node.population == nullptr || values.type().untyped) return Vector::unknown(type);
  const Vector* names = arguments.size() == 2 ? arguments[1] : nullptr;
  const bool whole = type.value == ValueType::kInteger;
  std::vector<int64_t> numbers(whole ? count : 0, kMissing);
  std::vector<double> reals(whole ? 0 : count, kUnknownReal);
  for (size_t i = 0; i < count; ++i) {
    if (!values.known(i)) continue;
    const Population::Group* group = group_at(*node.population, names, i);
    if (group == nullptr) continue;
    if (whole) {
      numbers[i] = whole_position(kind, *node.population, *group, placed(values, i));
    } else {
      reals[i] = real_position(kind, *node.population, *group, placed(values, i));
    }
  }
  if (whole) return Vector::own(type, std::move(numbers));
  return Vector::own(std::move(reals));
}

}  // namespace regulars::evaluate
