// Event types, their columns, and what reference tables add to them.
#include <algorithm>

#include "evaluate/checker.h"
#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::make;
using evaluate::Op;

evaluate::Type type_of(const FieldDeclaration& field) {
  evaluate::Type type{field.type, field.type == ValueType::kDecimal ? field.scale : 0};
  type.is_set = field.is_set;
  return type;
}

evaluate::Type type_of(const Column& column) {
  evaluate::Type type{column.type, column.type == ValueType::kDecimal ? column.scale : 0};
  type.is_set = column.is_set;
  return type;
}

const FieldDeclaration* find(const std::vector<FieldDeclaration>& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FieldDeclaration& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

// The day on which something of a reference table began: product.days_since_launch reads the
// table's column launch, launch_date, launched, launched_on or launched_at.
const FieldDeclaration* day_of_table(const ReferenceTable& table, const std::string& stem) {
  for (const char* ending : {"", "_date", "ed", "ed_on", "ed_at", "_on", "_at", "_day"}) {
    const FieldDeclaration* field = find(table.fields, stem + ending);
    const bool point =
        field != nullptr && (field->type == ValueType::kDay || field->type == ValueType::kInstant);
    if (point) return field;
  }
  return nullptr;
}

constexpr std::string_view kDaysSincePrefix = "days_since_";

// The field of a reference table behind "product.eco", or nullptr.
const FieldDeclaration* table_field(const Scope& scope, const std::string& name) {
  const size_t point = name.find('.');
  if (point == std::string::npos) return nullptr;
  const ReferenceTable* table = scope.facts.table(name.substr(0, point));
  return table == nullptr ? nullptr : find(table->fields, name.substr(point + 1));
}

// Whether an event (or its items) points at rows of a table: it has a column of the table's name.
bool points_at(const Scope& scope, const std::string& event, const std::string& table, bool item) {
  const evaluate::Schema::EventType* known = evaluate::find_event(scope.schema, event);
  if (known != nullptr) {
    const auto& columns = item ? known->item_columns : known->columns;
    if (find_column(columns, table) != nullptr) return true;
  }
  const EventTypeDeclaration* declared = scope.facts.event(event);
  if (declared == nullptr) return false;
  return find(item ? declared->item_fields : declared->fields, table) != nullptr;
}

// product.days_since_launch: whole days from the day in the table to the event.
Result<Typed> days_since_column(Lowering& at, const std::string& event, const std::string& name,
                                bool item, const Node& node) {
  const size_t point = name.find('.');
  const ReferenceTable* table = at.scope.facts.table(name.substr(0, point));
  const std::string stem = name.substr(point + 1 + kDaysSincePrefix.size());
  const FieldDeclaration* day = day_of_table(*table, stem);
  if (day == nullptr) {
    return at.error(node.name_extent,
                    "table " + quoted(table->name) + " has no day " + quoted(stem) + " or " +
                        quoted(stem + "_date"),
                    "declare the column as a day in the table's file");
  }
  REGULARS_ASSIGN(Typed since, event_column(at, event, table->name + "." + day->name, item, node));
  if (since.is_instant()) since.expression = make(Op::kDayOf, {since.expression});
  Typed result =
      integer_of(make(Op::kSubtract, {make(Op::kEventDay, {}), std::move(since.expression)}));
  result.measure = Measure::kDays;
  return result;
}

bool is_days_since(const Scope& scope, const std::string& name) {
  const size_t point = name.find('.');
  return point != std::string::npos &&
         name.compare(point + 1, kDaysSincePrefix.size(), kDaysSincePrefix) == 0 &&
         scope.facts.table(name.substr(0, point)) != nullptr;
}

void note_column(Lowering& at, const std::string& event, const std::string& name, bool item) {
  const size_t point = name.find('.');
  if (item && point != std::string::npos && name.compare(0, point, "product") == 0) {
    at.out.product_attributes.insert(name.substr(point + 1));
  }
  const std::string owner = !item ? event : event == "purchase" ? "item" : event + ".item";
  at.out.columns.insert(owner + "." + name);
}

}  // namespace

bool is_event(const Scope& scope, const std::string& name) {
  return evaluate::find_event(scope.schema, name) != nullptr || scope.facts.event(name) != nullptr;
}

std::vector<std::string> event_names(const Scope& scope) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    const bool seen = std::find(names.begin(), names.end(), name) != names.end();
    if (!seen && name != kAttributeChanges) names.push_back(name);
  };
  for (const auto& event : scope.schema.events) add(event.name);
  for (const auto& event : scope.facts.events) add(event.name);
  for (const auto& event : well_known_events()) add(event.name);
  return names;
}

std::vector<std::string> field_names(const Scope& scope, const std::string& event, bool item) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (const auto* known = evaluate::find_event(scope.schema, event)) {
    for (const Column& column : item ? known->item_columns : known->columns) add(column.name);
  }
  if (const EventTypeDeclaration* declared = scope.facts.event(event)) {
    for (const auto& field : item ? declared->item_fields : declared->fields) add(field.name);
  }
  for (const ReferenceTable& table : scope.facts.tables) {
    const bool pointed = std::find(names.begin(), names.end(), table.name) != names.end();
    if (!pointed) continue;
    for (const FieldDeclaration& field : table.fields) add(table.name + "." + field.name);
  }
  return names;
}

std::optional<Field> field_of(const Scope& scope, const std::string& event, const std::string& name,
                              bool item) {
  const auto* known = evaluate::find_event(scope.schema, event);
  if (known != nullptr) {
    const auto& columns = item ? known->item_columns : known->columns;
    if (const Column* column = find_column(columns, name)) {
      return Field{type_of(*column), column->dictionary, true};
    }
  }
  if (const FieldDeclaration* field = table_field(scope, name)) {
    if (!points_at(scope, event, name.substr(0, name.find('.')), item)) return std::nullopt;
    return Field{type_of(*field), nullptr, true};
  }
  const EventTypeDeclaration* declared = scope.facts.event(event);
  if (declared == nullptr) return std::nullopt;
  const FieldDeclaration* field = find(item ? declared->item_fields : declared->fields, name);
  if (field == nullptr) return std::nullopt;
  return Field{type_of(*field), nullptr, known == nullptr};
}

Result<Typed> event_column(Lowering& at, const std::string& event, const std::string& name,
                           bool item, const Node& node) {
  if (is_days_since(at.scope, name)) return days_since_column(at, event, name, item, node);
  const std::optional<Field> field = field_of(at.scope, event, name, item);
  if (!field) {
    const std::vector<std::string> names = field_names(at.scope, event, item);
    const std::string near = did_you_mean(name, names);
    return at.error(node.name_extent,
                    (item ? "items of " + quoted(event) + " have" : quoted(event) + " has") +
                        " no field " + quoted(name),
                    near.empty() ? list_of(names) : near);
  }
  note_column(at, event, name, item);
  Typed result;
  result.called = name;
  result.type = field->type;
  result.dictionary = field->dictionary;
  result.expression = item ? evaluate::item_column(name) : evaluate::column(name);
  if (!field->here) {
    at.without(event + (item ? " items" : "") + ": no source gives " + quoted(name) + " yet");
    result.expression = evaluate::unknown();
  }
  return result;
}

void note_event(Lowering& at, const std::string& event) {
  at.out.events.insert(event);
  const bool absent = evaluate::find_event(at.scope.schema, event) == nullptr;
  if (absent || at.scope.empty_events.contains(event)) {
    at.without("there are no events " + quoted(event) + " yet");
  }
}

}  // namespace regulars::language
