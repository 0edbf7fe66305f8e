#include <algorithm>

#include "evaluate/json_names.h"
#include "evaluate/json_read.h"
#include "evaluate/json_write.h"

namespace regulars::evaluate {
namespace {

Result<Shift> shift_of(const ReadJson& json, const JsonPointer& at, int depth) {
  Shift made;
  if (!json.is_object() || json.size() != 1) {
    return bad(at, "must be one of back, months, to and start_of");
  }
  if (json.contains("back")) {
    REGULARS_ASSIGN(made.back, duration_of(json["back"], at / "back"));
  } else if (json.contains("months")) {
    made.kind = Shift::Kind::kMonths;
    REGULARS_ASSIGN(made.months, small_integer_of(json["months"], at / "months"));
  } else if (json.contains("to")) {
    made.kind = Shift::Kind::kInstant;
    REGULARS_ASSIGN(made.instant, instant_of(json["to"], at / "to"));
  } else if (json.contains("start_of")) {
    made.kind = Shift::Kind::kStartOf;
    REGULARS_ASSIGN(const Window period, read_window(json["start_of"], at / "start_of", depth));
    if (period.kind != Window::Kind::kThisPeriod) {
      return bad(at / "start_of", "must be a period such as {\"this\": \"month\"}");
    }
    made.period = period.period;
    made.retail = period.retail;
  } else {
    return bad(at, "must be one of back, months, to and start_of");
  }
  return made;
}

Result<PopulationPtr> population_of(const ReadJson& json, const JsonPointer& at) {
  try {
    auto made = std::make_shared<Population>();
    made->key = json.at("key").get<std::string>();
    const auto type = json.at("type").get<std::string>();
    if (type != "integer" && type != "decimal" && type != "real") {
      return bad(at / "type", "must be integer, decimal or real");
    }
    made->type = type == "real"      ? ValueType::kReal
                 : type == "decimal" ? ValueType::kDecimal
                                     : ValueType::kInteger;
    made->scale = json.value("scale", 0);
    if (made->scale < 0 || made->scale > kMaxScale) return bad(at / "scale", "must be 0 to 6");
    for (const ReadJson& one : json.at("groups")) {
      Population::Group group;
      group.name = one.at("name").get<std::string>();
      if (type == "real") {
        group.reals = one.at("values").get<std::vector<double>>();
      } else {
        group.numbers = one.at("values").get<std::vector<int64_t>>();
      }
      group.mean = one.at("mean").get<double>();
      group.deviation = one.at("deviation").get<double>();
      if (!std::is_sorted(group.reals.begin(), group.reals.end()) ||
          !std::is_sorted(group.numbers.begin(), group.numbers.end()) ||
          (!made->groups.empty() && made->groups.back().name >= group.name)) {
        return bad(at / "groups", "groups and their values must ascend");
      }
      made->groups.push_back(std::move(group));
    }
    return PopulationPtr(std::move(made));
  } catch (const ReadJson::exception& error) {
    return bad(at, std::string("no population: ") + error.what());
  }
}

WriteJson shift_json(const Shift& shift) {
  switch (shift.kind) {
    case Shift::Kind::kDuration:
      return {{"back", duration_text(shift.back)}};
    case Shift::Kind::kMonths:
      return {{"months", shift.months}};
    case Shift::Kind::kInstant:
      return {{"to", instant_json(shift.instant)}};
    case Shift::Kind::kStartOf:
      break;
  }
  Window window = this_period(shift.period);
  window.retail = shift.retail;
  return {{"start_of", window_json(window)}};
}

WriteJson population_json(const Population& population) {
  const bool real = population.type == ValueType::kReal;
  const bool decimal = population.type == ValueType::kDecimal;
  WriteJson json = {{"key", population.key},
                    {"type", real      ? "real"
                             : decimal ? "decimal"
                                       : "integer"}};
  if (decimal) json["scale"] = population.scale;
  json["groups"] = WriteJson::array();
  for (const Population::Group& group : population.groups) {
    json["groups"].push_back({{"name", group.name},
                              {"values", real ? WriteJson(group.reals) : WriteJson(group.numbers)},
                              {"mean", group.mean},
                              {"deviation", group.deviation}});
  }
  return json;
}

}  // namespace

// Operations with one argument and more keys beside it.
Result<ExpressionPtr> read_beyond(Op op, const ReadJson& json, const JsonPointer& at, int depth) {
  Expression made;
  made.op = op;
  made.arguments.resize(1);
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == name_of(op)) {
      REGULARS_ASSIGN(made.arguments[0], read_expression(value, here, depth + 1));
    } else if (key == "by" && op == Op::kShifted) {
      REGULARS_ASSIGN(made.shift, shift_of(value, here, depth));
    } else if (key == "as" && (op == Op::kPosition || op == Op::kOfUnit)) {
      made.literal.type = ValueType::kText;
      REGULARS_ASSIGN(made.literal.text, string_of(value, here));
    } else if (key == "group" && op == Op::kPosition) {
      made.arguments.resize(2);
      REGULARS_ASSIGN(made.arguments[1], read_expression(value, here, depth + 1));
    } else if (key == "in" && op == Op::kPosition) {
      REGULARS_ASSIGN(made.population, population_of(value, here));
    } else if (key == "named" && op == Op::kPosition) {
      REGULARS_ASSIGN(made.name, string_of(value, here));
    } else if (key == "unit" && op == Op::kOfUnit) {
      REGULARS_ASSIGN(made.name, string_of(value, here));
    } else if (key == "over" && (op == Op::kEver || op == Op::kEntered)) {
      REGULARS_ASSIGN(Window over, read_window(value, here, depth));
      made.window = std::make_shared<const Window>(std::move(over));
    } else {
      return bad(here, std::string("'") + name_of(op) + "' has no '" + key + "'");
    }
  }
  const bool over_time = op == Op::kEver || op == Op::kEntered || op == Op::kSince;
  if (over_time && made.window == nullptr) made.window = std::make_shared<const Window>();
  return ExpressionPtr(std::make_shared<Expression>(std::move(made)));
}

WriteJson beyond_json(const Expression& e) {
  WriteJson json = {{name_of(e.op), expression_json(*e.arguments[0])}};
  if (e.op == Op::kShifted) json["by"] = shift_json(e.shift);
  if (e.op == Op::kOfUnit) json["unit"] = e.name;
  if (e.op == Op::kPosition || e.op == Op::kOfUnit) json["as"] = e.literal.text;
  if (e.op == Op::kPosition && e.arguments.size() == 2) {
    json["group"] = expression_json(*e.arguments[1]);
  }
  if (e.op == Op::kPosition && !e.name.empty()) json["named"] = e.name;
  if (e.population != nullptr) json["in"] = population_json(*e.population);
  const bool windowed = e.op == Op::kEver || e.op == Op::kEntered;
  if (windowed && e.window != nullptr && !(*e.window == lifetime())) {
    json["over"] = window_json(*e.window);
  }
  return json;
}

}  // namespace regulars::evaluate
