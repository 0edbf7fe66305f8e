// Where a customer stands among all, and customers together: percentiles, top lists, households.
#include "language/lower/chapters.h"
#include "language/print.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

// The position of a value in the population snapshot. What is measured is named by its canonical
// text, so that equal questions share one measurement.
Result<ExpressionPtr> position(Lowering& at, const Node& value, const Node* group,
                               const std::string& measure) {
  REGULARS_ASSIGN(const Typed number, at.number(value));
  auto result = std::make_shared<evaluate::Expression>();
  result->op = Op::kPosition;
  result->name = print(value);
  result->literal.type = ValueType::kText;
  result->literal.text = measure;
  result->arguments = {number.expression};
  if (group != nullptr) {
    REGULARS_ASSIGN(const Typed named, at.lower(*group));
    const bool fits = named.is_text() && !named.type.is_set;
    if (!fits && !named.type.untyped) {
      return at.error(group->extent,
                      "groups are named by a text; " + at.source(*group) + " is " + kind_of(named),
                      "write: within country, within life_cycle");
    }
    result->name += " within " + print(*group);
    result->arguments.push_back(named.expression);
  }
  return ExpressionPtr(std::move(result));
}

Result<Typed> positioned(Lowering& at, const Node& node, const char* measure) {
  REGULARS_ASSIGN(ExpressionPtr found, position(at, *node.arguments[0], node.among.get(), measure));
  Typed result = real_of(std::move(found));
  result.called = node.text;
  return result;
}

const evaluate::Expression* find_attribute(const ExpressionPtr& tree) {
  if (tree == nullptr) return nullptr;
  if (tree->op == Op::kAttribute) return tree.get();
  for (const ExpressionPtr& argument : tree->arguments) {
    if (const auto* found = find_attribute(argument)) return found;
  }
  return tree->aggregate ? find_attribute(tree->aggregate->where) : nullptr;
}

Result<std::string> attribute_of_unit(Lowering& at, const std::string& unit, const Node& node) {
  const UnitDeclaration* declared = at.scope.facts.unit(unit);
  if (declared == nullptr) {
    std::vector<std::string> names;
    for (const UnitDeclaration& u : at.scope.facts.units) names.push_back(u.name);
    const std::string near = did_you_mean(unit, names);
    return at.error(node.name_extent, "there is no unit " + quoted(unit),
                    near.empty() ? "declare it in regulars.yaml: units: " + unit +
                                       ": the attribute whose value its members share"
                                 : near);
  }
  if (find_column(at.scope.schema.attributes, declared->attribute) == nullptr) {
    at.without("units " + quoted(unit) + ": no source gives the attribute " +
               quoted(declared->attribute));
  }
  at.out.attributes.insert(declared->attribute);
  return declared->attribute;
}

ExpressionPtr of_unit(const Lowering& at, ExpressionPtr argument, const std::string& attribute,
                      const char* how) {
  // Without the attribute everybody is alone.
  const bool alone = find_column(at.scope.schema.attributes, attribute) == nullptr;
  if (alone) {
    if (std::string_view(how) != "count") return argument;
    return make(Op::kIfElse,
                {make(Op::kIsTrue, {argument}), evaluate::integer(1), evaluate::integer(0)});
  }
  auto result = std::make_shared<evaluate::Expression>();
  result->op = Op::kOfUnit;
  result->name = attribute;
  result->literal.type = ValueType::kText;
  result->literal.text = how;
  result->arguments = {std::move(argument)};
  return result;
}

}  // namespace

Result<Typed> lower_percentile(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, positioned(at, node, "percentile"));
  result.least = 0;
  result.most = 1;
  return result;
}

Result<Typed> lower_rank(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, positioned(at, node, "rank"));
  result.type = {ValueType::kInteger};
  result.least = 1;
  return result;
}

Result<Typed> lower_decile(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, positioned(at, node, "decile"));
  result.type = {ValueType::kInteger};
  result.least = 1;
  result.most = 10;
  return result;
}

Result<Typed> lower_z_score(Lowering& at, const Node& node) {
  return positioned(at, node, "z_score");
}

namespace {

// Among the first part: the share of those with a larger value is below it, so that equal values at
// the edge are all in. A share above is the percentile of the negated value.
Result<Typed> top_part(Lowering& at, const Node& node) {
  const Decimal& percent = node.decimal;
  if (percent.units <= 0 || percent.to_double() > 100) {
    return at.error(node.extent, "a part of the customers lies above 0 % and up to 100 %",
                    "write: top 10 % by " + at.source(*node.arguments[0]));
  }
  Node negated;
  negated.kind = Node::Kind::kNegate;
  negated.extent = negated.name_extent = node.arguments[0]->extent;
  negated.arguments = {node.arguments[0]};
  REGULARS_ASSIGN(ExpressionPtr above, position(at, negated, node.among.get(), "percentile"));
  // One division, so that 30 % is the same number as 3 of 10.
  const double part = static_cast<double>(percent.units) /
                      (100.0 * static_cast<double>(power_of_ten(percent.scale)));
  return boolean_of(make(Op::kLess, {std::move(above), evaluate::real(part)}));
}

}  // namespace

Result<Typed> lower_top(Lowering& at, const Node& node) {
  if (at.event != nullptr) {
    return at.error(node.extent, "'top' ranks customers and cannot stand inside `where`");
  }
  if (node.distinct) return top_part(at, node);
  REGULARS_ASSIGN(ExpressionPtr found, position(at, *node.arguments[0], node.among.get(), "rank"));
  if (node.decimal.scale != 0 || node.decimal.units < 1) {
    return at.error(node.extent, "'top' takes a whole number of customers, or a part with %",
                    "write: top 100 by ..., or top 10 % by ...");
  }
  return boolean_of(make(Op::kLessEqual, {found, evaluate::integer(node.decimal.units)}));
}

Result<Typed> lower_members(Lowering& at, const Node& node) {
  if (at.event != nullptr) {
    return at.error(node.extent, "members are customers and cannot stand inside `where`");
  }
  REGULARS_ASSIGN(const std::string attribute, attribute_of_unit(at, node.name, node));
  REGULARS_ASSIGN(ExpressionPtr rule, at.rule(*node.arguments[0]));
  return boolean_of(of_unit(at, std::move(rule), attribute, node.text == "any" ? "any" : "all"));
}

Result<Typed> lower_unit_call(Lowering& at, const Node& node, const std::string& unit,
                              const std::string& function) {
  if (at.event != nullptr) {
    return at.error(node.extent, quoted(node.text) + " cannot stand inside `where`");
  }
  REGULARS_ASSIGN(const std::string attribute, attribute_of_unit(at, unit, node));
  if (function == "size") {
    return count_of(of_unit(at, evaluate::boolean(true), attribute, "count"));
  }
  if (function == "members") {
    if (node.arguments.size() != 1) {
      return at.error(node.extent, quoted(node.text) + " takes a rule",
                      "write: " + node.text + "(count(purchase) >= 1)");
    }
    REGULARS_ASSIGN(ExpressionPtr rule, at.rule(*node.arguments[0]));
    return count_of(of_unit(at, std::move(rule), attribute, "count"));
  }
  if (node.kind != Node::Kind::kCall) {
    return at.error(
        node.extent, "a " + unit + " has no " + quoted(function),
        "write: " + unit + ".size, " + unit + ".count(purchase), " + unit + ".members(RULE)");
  }
  Node inner = node;
  inner.text = function;
  REGULARS_ASSIGN(Typed value, at.lower(inner));
  if (value.special != Typed::Special::kNone || value.time) {
    return at.error(node.extent, quoted(node.text) + " is not a value of a " + unit);
  }
  if (const auto* found = find_attribute(value.expression)) {
    return at.error(node.extent, "members of a " + unit + " may differ in " + quoted(found->name),
                    "ask each of them: any member of " + unit + " (...)");
  }
  value.expression = of_unit(at, value.expression, attribute, "together");
  return value;
}

}  // namespace regulars::language
