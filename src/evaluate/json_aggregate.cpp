#include "evaluate/json_read.h"
#include "evaluate/json_write.h"
#include "evaluate/type.h"

namespace regulars::evaluate {
namespace {

Result<AggregateValue> read_value(const ReadJson& json, const JsonPointer& at, int depth) {
  if (json == "at") return at_value();
  if (json == "day") return day_value();
  if (json.is_object() && json.size() == 1) {
    const std::string& key = json.begin().key();
    const ReadJson& value = json.begin().value();
    if (key == "column" || key == "item") {
      REGULARS_ASSIGN(std::string name, string_of(value, at / key));
      return key == "item" ? item_value(std::move(name)) : column_value(std::move(name));
    }
    if (key == "event" || key == "each_item") {
      REGULARS_ASSIGN(ExpressionPtr tree, read_expression(value, at / key, depth + 1));
      return expression_value(std::move(tree), key == "each_item");
    }
  }
  return bad(at, R"(must be {"column": name}, {"item": name}, "at" or "day")",
             R"(Or {"event": tree}, {"each_item": tree}.)");
}

Result<Literal> read_literal(const ReadJson& json, const JsonPointer& at, int depth) {
  REGULARS_ASSIGN(const ExpressionPtr tree, read_expression(json, at, depth + 1));
  if (tree->op != Op::kLiteral) return bad(at, "must be a literal");
  return tree->literal;
}

// The whole numbers of days of a RhythmRule.
int64_t* rhythm_part(RhythmRule& rhythm, const std::string& key) {
  if (key == "twice_shop_gap_days") return &rhythm.twice_shop_gap_days;
  if (key == "twice_factor") return &rhythm.twice_factor;
  return key == "first_gap_limit_days" ? &rhythm.first_gap_limit_days : nullptr;
}

Result<void> read_part(const std::string& key, const ReadJson& value, const JsonPointer& at,
                       int depth, Aggregate& made) {
  if (key == name_of(made.kind)) {
    REGULARS_ASSIGN(made.event, string_of(value, at));
  } else if (key == "of") {
    REGULARS_ASSIGN(made.value, read_value(value, at, depth));
  } else if (key == "weight") {
    REGULARS_ASSIGN(made.weight, read_value(value, at, depth));
  } else if (key == "where") {
    REGULARS_ASSIGN(made.where, read_expression(value, at, depth + 1));
  } else if (key == "over") {
    REGULARS_ASSIGN(made.window, read_window(value, at, depth));
  } else if (key == "n") {
    REGULARS_ASSIGN(made.n, integer_of(value, at));
  } else if (int64_t* part = rhythm_part(made.rhythm, key); part != nullptr) {
    REGULARS_ASSIGN(*part, integer_of(value, at));
  } else if (key == "gap") {
    REGULARS_ASSIGN(made.gap, duration_of(value, at));
  } else if (key == "period") {
    REGULARS_ASSIGN(made.period, read_period(value, at));
  } else if (key == "retail") {
    REGULARS_ASSIGN(made.retail, read_retail(value, at));
  } else if (key == "own_zone") {
    REGULARS_ASSIGN(made.own_zone, truth_of(value, at));
  } else if (key == "half_life_days") {
    REGULARS_ASSIGN(made.half_life_days, small_integer_of(value, at));
  } else if (key == "literal") {
    REGULARS_ASSIGN(made.literal, read_literal(value, at, depth));
  } else {
    return bad(at, "an aggregate has no '" + key + "'",
               "It has of, where, over; n for nth and nth_distinct; others as their kind needs.");
  }
  return {};
}

WriteJson value_json(const AggregateValue& value) {
  switch (value.kind) {
    case AggregateValue::Kind::kColumn:
      return {{"column", value.column}};
    case AggregateValue::Kind::kItemColumn:
      return {{"item", value.column}};
    case AggregateValue::Kind::kExpression:
      return {{"event", expression_json(*value.expression)}};
    case AggregateValue::Kind::kItemExpression:
      return {{"each_item", expression_json(*value.expression)}};
    case AggregateValue::Kind::kAt:
      return "at";
    default:
      return "day";
  }
}

}  // namespace

Result<ExpressionPtr> read_aggregate(AggregateKind kind, const ReadJson& json,
                                     const JsonPointer& at, int depth) {
  Aggregate made;
  made.kind = kind;
  for (const auto& [key, value] : json.items()) {
    REGULARS_TRY(read_part(key, value, at / key, depth, made));
  }
  return aggregate(std::move(made));
}

WriteJson aggregate_json(const Aggregate& a) {
  const Aggregate plain;
  WriteJson json = {{name_of(a.kind), a.event}};
  if (a.value.kind != AggregateValue::Kind::kNone) json["of"] = value_json(a.value);
  if (a.weight.kind != AggregateValue::Kind::kNone) json["weight"] = value_json(a.weight);
  if (a.n != 0) json["n"] = a.n;
  if (a.rhythm != plain.rhythm) {
    json["twice_shop_gap_days"] = a.rhythm.twice_shop_gap_days;
    json["twice_factor"] = a.rhythm.twice_factor;
    json["first_gap_limit_days"] = a.rhythm.first_gap_limit_days;
  }
  if (a.gap != plain.gap) json["gap"] = duration_text(a.gap);
  if (a.period != plain.period) json["period"] = period_name(a.period);
  if (a.half_life_days != 0) json["half_life_days"] = a.half_life_days;
  if (a.literal != plain.literal) json["literal"] = literal_json(a.literal);
  if (a.retail != plain.retail) json["retail"] = retail_json(a.retail);
  if (a.own_zone) json["own_zone"] = true;
  if (a.where != nullptr) json["where"] = expression_json(*a.where);
  if (!(a.window == plain.window)) json["over"] = window_json(a.window);
  return json;
}

}  // namespace regulars::evaluate
