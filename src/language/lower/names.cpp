// What a name means, inside an event and outside.
#include <algorithm>

#include "evaluate/checker.h"
#include "language/lower/chapters.h"
#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::make;
using evaluate::Op;

struct Parts {
  std::string head, rest;  // "item.category" -> "item", "category"
};

Parts split(const std::string& name) {
  const size_t point = name.find('.');
  if (point == std::string::npos) return {name, {}};
  return {name.substr(0, point), name.substr(point + 1)};
}

Result<Typed> item_field(Lowering& at, const std::string& name, const Node& node) {
  const EventContext& event = *at.event;
  if (!event.sees_items && !event.inside_items) {
    return at.error(node.extent,
                    quoted(name) + " is of an item, and a " + event.event + " may have several",
                    "say which: any item (" + name + " ...), or all item (" + name + " ...)");
  }
  return event_column(at, event.event, name, true, node);
}

bool has_field(const Lowering& at, const std::string& name, bool item) {
  return field_of(at.scope, at.event->event, name, item).has_value();
}

// A field by its name alone. Where an item is seen, its own field comes first.
Result<std::optional<Typed>> bare_field(Lowering& at, const std::string& name, const Node& node) {
  const EventContext& event = *at.event;
  const bool sees = event.sees_items || event.inside_items;
  const bool of_item = has_field(at, name, true);
  if (sees && of_item) {
    REGULARS_ASSIGN(Typed found, item_field(at, name, node));
    return std::optional(std::move(found));
  }
  if (has_field(at, name, false)) {
    REGULARS_ASSIGN(Typed found, event_column(at, event.event, name, false, node));
    return std::optional(std::move(found));
  }
  if (name == "net" && event.event == "purchase") {
    REGULARS_ASSIGN(Typed found, net_of_purchase(at, node));
    return std::optional(std::move(found));
  }
  if (of_item) return item_field(at, name, node).error();
  return std::optional<Typed>();
}

// product.eco: of the item where it points at a product, else of the event.
Result<std::optional<Typed>> table_field(Lowering& at, const std::string& name, const Node& node) {
  const Parts parts = split(name);
  if (at.scope.facts.table(parts.head) == nullptr) return std::optional<Typed>();
  const bool of_event = has_field(at, parts.head, false);
  const bool of_item = has_field(at, parts.head, true);
  if (!of_event && !of_item) {
    return at.error(node.extent, quoted(at.event->event) + " does not say which " + parts.head,
                    "its fields: " + list_of(field_names(at.scope, at.event->event, false)));
  }
  const bool sees = at.event->sees_items || at.event->inside_items;
  if (of_item && (sees || !of_event)) {
    REGULARS_ASSIGN(Typed found, item_field(at, name, node));
    return std::optional(std::move(found));
  }
  REGULARS_ASSIGN(Typed found, event_column(at, at.event->event, name, false, node));
  return std::optional(std::move(found));
}

Result<std::optional<Typed>> field_by_name(Lowering& at, const std::string& name,
                                           const Node& node) {
  const Parts parts = split(name);
  if (parts.rest.empty()) return bare_field(at, name, node);
  if (parts.head == "item") {
    REGULARS_ASSIGN(Typed found, item_field(at, parts.rest, node));
    return std::optional(std::move(found));
  }
  return table_field(at, name, node);
}

// Inside an event: nullopt when the name is none of the event's.
Result<std::optional<Typed>> in_event(Lowering& at, const Node& node) {
  const EventContext& event = *at.event;
  Parts parts = split(node.text);
  const bool own = parts.head == event.event || (!event.alias.empty() && parts.head == event.alias);
  std::string name = own && !parts.rest.empty() ? parts.rest : node.text;
  if (node.text == "at" || name == "at" || (own && parts.rest.empty())) {
    return std::optional(instant_of(make(Op::kEventAt, {})));
  }
  if (name == "day" && !has_field(at, "day", false)) {
    return std::optional(typed(make(Op::kEventDay, {}), ValueType::kDay));
  }
  REGULARS_ASSIGN(std::optional<Typed> found, field_by_name(at, name, node));
  if (found) return found;
  if (own) return event_column(at, event.event, name, false, node).error();
  for (const EventContext::Step& step : event.earlier) {
    if (step.alias != parts.head && step.event != parts.head) continue;
    return at.error(node.extent, "an earlier step can only be compared for equality",
                    "write: where " + event.event + ".product = " + parts.head + ".product");
  }
  if (is_event(at.scope, parts.head)) {
    return at.error(
        node.extent,
        "this is about " + quoted(event.event) + "; " + quoted(node.text) + " is of another event",
        "compare two events with a sequence: sequence(" + event.event + " as a then " + parts.head +
            " as b where b.x = a.x)");
  }
  return std::optional<Typed>();
}

Typed literal_of(const evaluate::Literal& literal) {
  auto expression = std::make_shared<evaluate::Expression>();
  expression->literal = literal;
  Typed result;
  result.type = evaluate::type_of(literal);
  result.expression = std::move(expression);
  return result;
}

std::vector<std::string> known_names(const Lowering& at) {
  std::vector<std::string> names;
  if (at.event != nullptr) {
    for (const bool item : {false, true}) {
      for (const auto& name : field_names(at.scope, at.event->event, item)) names.push_back(name);
    }
  }
  for (const auto& attribute : at.scope.facts.attributes) names.push_back(attribute.field.name);
  for (const Column& column : at.scope.schema.attributes) names.push_back(column.name);
  for (const auto& [name, literal] : at.scope.parameters) names.push_back(name);
  for (const auto& [name, kind] : at.scope.references) names.push_back(name);
  for (const FunctionRow& row : function_table()) {
    if (row.least < 0 && row.lower != nullptr) names.emplace_back(row.name);
  }
  if (const auto* scores = evaluate::find_event(at.scope.schema, kModelScores)) {
    for (const Column& column : scores->columns) names.push_back(column.name);
  }
  if (at.event == nullptr) {
    for (const auto& name : event_names(at.scope)) names.push_back(name);
  }
  return names;
}

Error unknown_name(const Lowering& at, const Node& node) {
  const Parts parts = split(node.text);
  if (at.event == nullptr && (is_event(at.scope, parts.head) || parts.head == "item" ||
                              at.scope.facts.table(parts.head) != nullptr)) {
    const bool whole = parts.rest.empty();
    const bool event = is_event(at.scope, parts.head);
    return at.error(node.extent, "which " + parts.head + "? A customer may have several",
                    whole && event
                        ? "write: count(" + node.text + "), last(" + node.text + ") ..."
                        : "write: last(" + node.text + "), count(distinct " + node.text + ") ...");
  }
  const FunctionRow* row = find_function(node.text);
  if (row != nullptr && row->least >= 0 && row->lower != nullptr) {
    return at.error(node.extent, quoted(node.text) + " needs its arguments in brackets",
                    "write: " + std::string(row->signature));
  }
  std::string message = "there is no " + quoted(node.text);
  if (at.event != nullptr) {
    message = quoted(at.event->event) + " has no field " + quoted(node.text) +
              ", and no attribute or parameter is called so";
  }
  std::string hint = did_you_mean(node.text, known_names(at));
  if (hint.empty() && at.event != nullptr) {
    hint = list_of(field_names(at.scope, at.event->event, false));
  }
  if (hint.empty()) hint = "if it is a text, put it in quotes: '" + node.text + "'";
  return at.error(node.name_extent, message, hint);
}

Error not_in_where(const Lowering& at, const Node& node) {
  return at.error(node.extent,
                  quoted(node.text) +
                      " is about the whole customer and changes with time: it "
                      "cannot stand inside the `where` of " +
                      quoted(at.event->event),
                  "compare it outside: count(...) >= 1 and " + node.text + " ...");
}

Result<std::optional<Typed>> outside_event(Lowering& at, const Node& node) {
  const std::string& name = node.text;
  const Parts parts = split(name);
  if (parts.head == "customer" && !parts.rest.empty()) {
    if (auto found = attribute_of(at, parts.rest)) return found;
    std::vector<std::string> names;
    for (const auto& a : at.scope.facts.attributes) names.push_back(a.field.name);
    for (const Column& column : at.scope.schema.attributes) names.push_back(column.name);
    return at.error(node.extent, "customers have no attribute " + quoted(parts.rest),
                    did_you_mean(parts.rest, names));
  }
  const auto parameter = at.scope.parameters.find(name);
  if (parameter != at.scope.parameters.end()) {
    at.out.parameters.insert(name);
    return std::optional(literal_of(parameter->second));
  }
  const auto reference = at.scope.references.find(name);
  if (reference != at.scope.references.end() && reference->second != ReferenceKind::kSegment) {
    if (at.event != nullptr) return not_in_where(at, node);
    REGULARS_ASSIGN(Typed found, reference_of(at, reference->second, name, node.extent));
    return std::optional(std::move(found));
  }
  if (auto found = attribute_of(at, name)) {
    const bool changes = found->expression->op == Op::kAggregate;
    if (changes && at.event != nullptr) return not_in_where(at, node);
    return found;
  }
  if (reference != at.scope.references.end()) {
    return at.error(node.extent, quoted(name) + " is a segment",
                    "write: in_segment('" + name + "')");
  }
  return std::optional<Typed>();
}

}  // namespace

Result<Typed> lower_name(Lowering& at, const Node& node) {
  if (at.event != nullptr) {
    REGULARS_ASSIGN(std::optional<Typed> found, in_event(at, node));
    if (found) return *std::move(found);
  }
  REGULARS_ASSIGN(std::optional<Typed> found, outside_event(at, node));
  if (found) {
    if (found->called.empty()) found->called = node.text;
    return *std::move(found);
  }
  const FunctionRow* row = find_function(node.text);
  const bool word = row != nullptr && (row->least < 0 || (row->clauses & kAlsoWord) != 0);
  if (word && row->lower != nullptr) {
    if (at.event != nullptr && (row->clauses & kOutsideWhere) != 0) return not_in_where(at, node);
    return row->lower(at, node);
  }
  if (auto score = score_of(at, node.text)) {
    if (at.event != nullptr) return not_in_where(at, node);
    return *std::move(score);
  }
  const Parts parts = split(node.text);
  if (!parts.rest.empty() && (at.scope.facts.unit(parts.head) || parts.head == "household")) {
    return lower_unit_call(at, node, parts.head, parts.rest);
  }
  return unknown_name(at, node);
}

std::optional<Typed> attribute_of(Lowering& at, const std::string& name) {
  const AttributeDeclaration* declared = at.scope.facts.attribute(name);
  const Column* given = find_column(at.scope.schema.attributes, name);
  if (declared == nullptr && given == nullptr) return std::nullopt;
  at.out.attributes.insert(name);
  Typed result;
  result.called = name;
  if (declared == nullptr || (declared->constant && given != nullptr)) {
    result.type = {given->type, given->type == ValueType::kDecimal ? given->scale : 0};
    result.type.is_set = given->is_set;
    result.dictionary = given->dictionary;
    result.expression = evaluate::attribute(name);
    return result;
  }
  const FieldDeclaration& field = declared->field;
  result.type = {field.type, field.type == ValueType::kDecimal ? field.scale : 0};
  result.type.is_set = field.is_set;
  const auto* changes = evaluate::find_event(at.scope.schema, kAttributeChanges);
  const Column* column = changes ? find_column(changes->columns, name) : nullptr;
  if (declared->constant || column == nullptr) {
    at.without("no source gives the attribute " + quoted(name) + " yet");
    result.expression = evaluate::unknown();
    return result;
  }
  result.dictionary = column->dictionary;
  evaluate::Aggregate last;
  last.kind = evaluate::AggregateKind::kLast;
  last.event = kAttributeChanges;
  last.value = evaluate::column_value(name);
  last.where = make(Op::kKnown, {evaluate::column(name)});
  if (declared->expires_after_months)
    last.window = evaluate::months(*declared->expires_after_months);
  result.expression = evaluate::aggregate(std::move(last));
  return result;
}

Result<Typed> reference_of(Lowering& at, ReferenceKind kind, const std::string& name,
                           Extent where) {
  if (!at.scope.resolve) return at.error(where, quoted(name) + " cannot be looked up here");
  Result<evaluate::ExpressionPtr> tree = at.scope.resolve(kind, name);
  if (!tree) return at.error(where, tree.error().message(), tree.error().hint());
  at.out.references.insert(name);
  Typed result;
  result.called = name;
  result.expression = *std::move(tree);
  if (kind == ReferenceKind::kSegment) {
    result.type = {ValueType::kBoolean};
    return result;
  }
  if (kind == ReferenceKind::kSegmentation) {
    result.type = {ValueType::kText};
    if (at.scope.classes) result.classes = at.scope.classes(name);
    return result;
  }
  if (at.scope.type_of) {
    if (const std::optional<evaluate::Type> type = at.scope.type_of(kind, name)) {
      result.type = *type;
      return result;
    }
  }
  const Result<evaluate::Type> type = evaluate::check(*result.expression, at.scope.schema);
  if (!type) return at.error(where, type.error().message(), type.error().hint());
  result.type = *type;
  return result;
}

}  // namespace regulars::language
