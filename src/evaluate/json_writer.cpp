#include <nlohmann/json.hpp>

#include "evaluate/expression_json.h"
#include "evaluate/json_names.h"

namespace regulars::evaluate {
namespace {

using Json = nlohmann::ordered_json;

constexpr int64_t kMicrosPerDay = 86'400'000'000;

// Years that ISO 8601 writes with four digits; others are plain counts.
bool has_plain_year(Day day) { return day >= to_day({1, 1, 1}) && day <= to_day({9999, 12, 31}); }

Json instant_json(Instant t) {
  const int64_t days = t.micros / kMicrosPerDay;
  const bool plain = days > INT32_MIN && days < INT32_MAX &&
                     has_plain_year(Day{static_cast<int32_t>(days)} - 1) &&
                     has_plain_year(Day{static_cast<int32_t>(days)} + 1);
  return plain ? Json(to_iso(t)) : Json(t.micros);
}

Json day_json(int64_t number) {
  if (number < INT32_MIN || number > INT32_MAX) return number;
  const Day day{static_cast<int32_t>(number)};
  return has_plain_year(day) ? Json(to_iso(day)) : Json(number);
}

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

std::string duration_text(Duration duration) {
  for (const Unit& unit : kUnits) {
    if (unit.name != std::string_view("w") && duration.micros % unit.micros == 0) {
      return std::to_string(duration.micros / unit.micros) + unit.name;
    }
  }
  return {};
}

const char* period_name(Window::Period period) {
  for (const auto& [value, name] : kPeriods) {
    if (value == period) return name;
  }
  return "";
}

Json window_json(const Window& window) {
  Json json = Json::object();
  switch (window.kind) {
    case Window::Kind::kLifetime:
      break;
    case Window::Kind::kRolling:
      json["rolling"] = duration_text(window.from);
      if (window.to.micros != 0) json["to"] = duration_text(window.to);
      break;
    case Window::Kind::kMonths:
      json["months"] = window.from_months;
      if (window.to_months != 0) json["to"] = window.to_months;
      break;
    case Window::Kind::kCalendarDays:
      json["calendar_days"] = window.count;
      break;
    case Window::Kind::kThisPeriod:
      json["this"] = period_name(window.period);
      break;
    case Window::Kind::kLastPeriod:
      json["last"] = period_name(window.period);
      break;
    case Window::Kind::kBetween:
      json["from"] = instant_json(window.begin);
      json["until"] = instant_json(window.end);
      break;
    default:
      break;
  }
  return json;
}

Json value_json(const AggregateValue& value) {
  switch (value.kind) {
    case AggregateValue::Kind::kColumn:
      return {{"column", value.column}};
    case AggregateValue::Kind::kItemColumn:
      return {{"item", value.column}};
    case AggregateValue::Kind::kAt:
      return "at";
    default:
      return "day";
  }
}

Json expression_json(const Expression& e);

Json aggregate_json(const Aggregate& a) {
  Json json = {{name_of(a.kind), a.event}};
  if (a.value.kind != AggregateValue::Kind::kNone) json["of"] = value_json(a.value);
  if (a.n != 0) json["n"] = a.n;
  if (a.rhythm != RhythmRule{}) {
    json["twice_shop_gap_days"] = a.rhythm.twice_shop_gap_days;
    json["twice_factor"] = a.rhythm.twice_factor;
    json["first_gap_limit_days"] = a.rhythm.first_gap_limit_days;
  }
  if (a.where != nullptr) json["where"] = expression_json(*a.where);
  if (a.window.kind != Window::Kind::kLifetime) json["over"] = window_json(a.window);
  return json;
}

Json expression_json(const Expression& e) {
  switch (e.op) {
    case Op::kLiteral:
      return literal_json(e.literal);
    case Op::kAggregate:
      return aggregate_json(*e.aggregate);
    case Op::kColumn:
    case Op::kItemColumn:
    case Op::kAttribute:
      return {{name_of(e.op), e.name}};
    default:
      break;
  }
  if (named(kNamedLeaves, name_of(e.op)) != nullptr) return {{"leaf", name_of(e.op)}};
  Json arguments = Json::array();
  for (const ExpressionPtr& argument : e.arguments) arguments.push_back(expression_json(*argument));
  Json json = Json::object();
  json[name_of(e.op)] = std::move(arguments);
  return json;
}

}  // namespace

std::string to_json(const Expression& expression) {
  // Bytes that are not UTF-8 are replaced: JSON cannot carry them.
  return expression_json(expression).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace regulars::evaluate
