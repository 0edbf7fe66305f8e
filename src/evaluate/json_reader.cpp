#include "evaluate/checker.h"
#include "evaluate/expression_json.h"
#include "evaluate/json_names.h"
#include "evaluate/json_read.h"

namespace regulars::evaluate {
namespace {

using Json = ReadJson;
using Pointer = JsonPointer;

class Reader {
 public:
  Result<ExpressionPtr> expression(const Json& json, const Pointer& at, int depth) const {
    if (depth > kMostDepth) return bad(at, "the tree is deeper than 200 nodes");
    if (!json.is_object()) return plain_literal(json, at);
    if (json.empty()) return bad(at, "an empty object is no expression");
    for (const AggregateKind& kind : kAggregates) {
      if (json.contains(name_of(kind))) return read_aggregate(kind, json, at, depth);
    }
    if (json.contains(name_of(Op::kSequence))) return read_sequence(json, at, depth);
    for (const Op& op : kBeyond) {
      if (json.contains(name_of(op))) return read_beyond(op, json, at, depth);
    }
    for (const Op& op : kScalars) {
      if (json.contains(name_of(op))) return read_scalar(op, json, at, depth);
    }
    if (json.size() != 1) return bad(at, "an expression has one key");
    const std::string& key = json.begin().key();
    const Json& value = json.begin().value();
    if (const Op* op = named(kOperations, key)) return operation(*op, value, at / key, depth);
    return leaf(key, value, at / key);
  }

 private:
  static Result<ExpressionPtr> plain_literal(const Json& json, const Pointer& at) {
    if (json.is_null()) return unknown();
    if (json.is_boolean()) return boolean(json.get<bool>());
    if (json.is_string()) return text(json.get<std::string>());
    if (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX) {
      return bad(at, "the integer does not fit into 64 bits");
    }
    if (json.is_number_integer()) return integer(json.get<int64_t>());
    if (json.is_number_float()) return real(json.get<double>());
    return bad(at, "a list is no expression");
  }

  static Result<ExpressionPtr> leaf(const std::string& key, const Json& value, const Pointer& at) {
    if (key == "decimal") {
      REGULARS_ASSIGN(const std::string digits, string_of(value, at));
      const Result<Decimal> parsed = Decimal::parse(digits);
      if (!parsed) return bad(at, parsed.error().message());
      return decimal(*parsed);
    }
    if (key == "day") return day_of(value, at);
    if (key == "instant") {
      REGULARS_ASSIGN(const Instant found, instant_of(value, at));
      return instant(found);
    }
    if (key == "leaf") {
      REGULARS_ASSIGN(const std::string name, string_of(value, at));
      const Op* op = named(kNamedLeaves, name);
      return op != nullptr ? Result<ExpressionPtr>(make(*op, {}))
                           : bad(at, "there is no leaf '" + name + "'");
    }
    const Op* op = named(kNameLeaves, key);
    if (op == nullptr) return bad(at, "'" + key + "' is no operation, aggregate or leaf");
    Expression made;
    made.op = *op;
    REGULARS_ASSIGN(made.name, string_of(value, at));
    return ExpressionPtr(std::make_shared<Expression>(std::move(made)));
  }

  Result<ExpressionPtr> operation(Op op, const Json& value, const Pointer& at, int depth) const {
    if (!value.is_array()) return bad(at, "the arguments must be a list");
    std::vector<ExpressionPtr> arguments;
    for (size_t i = 0; i < value.size(); ++i) {
      REGULARS_ASSIGN(ExpressionPtr argument, expression(value[i], at / i, depth + 1));
      arguments.push_back(std::move(argument));
    }
    return make(op, std::move(arguments));
  }
};

}  // namespace

Result<ExpressionPtr> read_expression(const Json& json, const Pointer& at, int depth) {
  return Reader().expression(json, at, depth);
}

Result<ExpressionPtr> expression_from_json(std::string_view json) {
  try {
    return read_expression(Json::parse(json), Pointer(), 1);
  } catch (const Json::exception& error) {
    return Error(ErrorCode::kBadDefinition, std::string("not JSON: ") + error.what());
  }
}

}  // namespace regulars::evaluate
