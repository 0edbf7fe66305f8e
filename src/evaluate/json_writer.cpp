#include "evaluate/expression_json.h"
#include "evaluate/json_names.h"
#include "evaluate/json_write.h"

namespace regulars::evaluate {
namespace {

using Json = WriteJson;

Json day_json(int64_t number) {
  if (number < INT32_MIN || number > INT32_MAX) return number;
  const Day day{static_cast<int32_t>(number)};
  return has_plain_year(day) ? Json(to_iso(day)) : Json(number);
}

}  // namespace

Json literal_json(const Literal& literal) {
  switch (literal.type) {
    case ValueType::kInteger:
      return literal.number;
    case ValueType::kDecimal:
      return {{"decimal", Decimal{literal.number, literal.scale}.to_string()}};
    case ValueType::kReal:
      return literal.real;
    case ValueType::kText:
      return literal.text;
    case ValueType::kInstant:
      return {{"instant", instant_json({literal.number})}};
    case ValueType::kDay:
      return {{"day", day_json(literal.number)}};
    case ValueType::kBoolean:
      break;
  }
  return literal.number == kMissing ? Json(nullptr) : Json(literal.number != 0);
}

Json expression_json(const Expression& e) {
  switch (e.op) {
    case Op::kLiteral:
      return literal_json(e.literal);
    case Op::kAggregate:
      return aggregate_json(*e.aggregate);
    case Op::kSequence:
      return sequence_json(*e.sequence);
    case Op::kColumn:
    case Op::kItemColumn:
    case Op::kAttribute:
    case Op::kSnapshotText:
      return {{name_of(e.op), e.name}};
    default:
      break;
  }
  if (named(kBeyond, name_of(e.op)) != nullptr) return beyond_json(e);
  const bool leaf = named(kNamedLeaves, name_of(e.op)) != nullptr;
  const bool plain_leaf = leaf && e.arguments.empty() && !e.own_zone;
  if (!plain_leaf && named(kScalars, name_of(e.op)) != nullptr) return scalar_json(e);
  if (leaf) return {{"leaf", name_of(e.op)}};
  Json arguments = Json::array();
  for (const ExpressionPtr& argument : e.arguments) arguments.push_back(expression_json(*argument));
  Json json = Json::object();
  json[name_of(e.op)] = std::move(arguments);
  return json;
}

std::string to_json(const Expression& expression) {
  // Bytes that are not UTF-8 are replaced: JSON cannot carry them.
  return expression_json(expression).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace regulars::evaluate
