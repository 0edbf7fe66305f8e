// The operations of evaluate/scalar.h and kLinkedSum as JSON: a list of arguments, and what else
// the node says in keys beside it.
#include "evaluate/json_read.h"
#include "evaluate/json_write.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

Result<ExpressionPtr> read_scalar(Op op, const ReadJson& json, const JsonPointer& at, int depth) {
  Expression made;
  made.op = op;
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == name_of(op)) {
      if (!value.is_array()) return bad(here, "the arguments must be a list");
      for (size_t i = 0; i < value.size(); ++i) {
        REGULARS_ASSIGN(ExpressionPtr argument, read_expression(value[i], here / i, depth + 1));
        made.arguments.push_back(std::move(argument));
      }
    } else if (key == "over") {
      Window window;  // {}: all that has been
      if (!value.is_object() || !value.empty()) {
        REGULARS_ASSIGN(window, read_window(value, here, depth));
      }
      made.window = std::make_shared<const Window>(std::move(window));
    } else if (key == "own_zone") {
      REGULARS_ASSIGN(made.own_zone, truth_of(value, here));
    } else if (key == "column" || key == "name") {
      REGULARS_ASSIGN(made.name, string_of(value, here));
    } else if (key == "event") {
      REGULARS_ASSIGN(made.literal.text, string_of(value, here));
      made.literal.type = ValueType::kText;
    } else {
      return bad(here, std::string("'") + name_of(op) + "' has no '" + key + "'",
                 "It may have over, own_zone, name; linked_sum has event and column.");
    }
  }
  return ExpressionPtr(std::make_shared<Expression>(std::move(made)));
}

WriteJson scalar_json(const Expression& e) {
  WriteJson arguments = WriteJson::array();
  for (const ExpressionPtr& argument : e.arguments) arguments.push_back(expression_json(*argument));
  WriteJson json = WriteJson::object();
  json[name_of(e.op)] = std::move(arguments);
  const bool linked = e.op == Op::kLinkedSum;
  if (linked) json["event"] = e.literal.text;
  if (!e.name.empty()) json[linked ? "column" : "name"] = e.name;
  if (e.window != nullptr) json["over"] = window_json(*e.window);
  if (e.own_zone) json["own_zone"] = true;
  return json;
}

}  // namespace regulars::evaluate
