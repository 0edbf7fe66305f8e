#include "app/project_schema.h"

#include <algorithm>
#include <optional>

namespace regulars::app {
namespace {

// Columns that reference tables could add beside those the events have: "product.eco".
void add_reachable(const std::vector<ReferenceData>& tables, std::vector<Column>& columns) {
  const std::vector<Column> own = columns;
  for (const ReferenceData& table : tables) {
    if (find_column(own, table.name) == nullptr) continue;
    for (const Column& column : table.columns) {
      Column head{table.name + "." + column.name,
                  column.type,
                  column.scale,
                  {},
                  {},
                  column.dictionary,
                  column.is_set};
      if (find_column(columns, head.name) == nullptr) columns.push_back(std::move(head));
    }
  }
}

Column head_of(const FieldDeclaration& field) {
  Column column = Column::of(field.name, field.type);
  column.scale = field.scale;
  column.is_set = field.is_set;
  if (field.type == ValueType::kText) column.dictionary = std::make_shared<Dictionary>();
  return column;
}

bool is_named(const std::set<std::string>& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& one) {
    return one == name || one.ends_with("." + name);
  });
}

void add_missing(const std::vector<FieldDeclaration>& fields, std::vector<Column>& columns) {
  for (const FieldDeclaration& field : fields) {
    if (find_column(columns, field.name) == nullptr) columns.push_back(head_of(field));
  }
}

evaluate::Schema::EventType& event_in(evaluate::Schema& schema, const std::string& name) {
  for (evaluate::Schema::EventType& event : schema.events) {
    if (event.name == name) return event;
  }
  schema.events.push_back({name, {}, {}});
  return schema.events.back();
}

void fill_unknown(Column& column, size_t rows) {
  if (column.type == ValueType::kText) {
    column.codes.assign(rows, kNoCode);
  } else {
    column.numbers.assign(rows, kMissing);
  }
}

void add_unknown(const std::vector<Column>& heads, const std::string& owner, size_t rows,
                 const std::set<std::string>& named, std::vector<Column>& columns) {
  for (const Column& head : heads) {
    if (find_column(columns, head.name) != nullptr || !named.contains(owner + "." + head.name)) {
      continue;
    }
    columns.push_back(head);
    fill_unknown(columns.back(), rows);
  }
}

}  // namespace

// What rules may name: what the data holds, what tables could add to it, and what is declared or
// known to every project although nothing of it has come yet.
evaluate::Schema schema_for_rules(const History& history, const std::vector<ReferenceData>& tables,
                                  const ProjectFacts& facts,
                                  const std::vector<project::ModelDeclaration>& models) {
  evaluate::Schema schema = evaluate::schema_of(history);
  for (const auto* declared : {&facts.events, &well_known_events()}) {
    for (const EventTypeDeclaration& one : *declared) {
      evaluate::Schema::EventType& event = event_in(schema, one.name);
      add_missing(one.fields, event.columns);
      add_missing(one.item_fields, event.item_columns);
    }
  }
  std::vector<FieldDeclaration> scores;
  for (const project::ModelDeclaration& model : models) {
    for (const std::string& score : model.scores()) scores.push_back(score_field(score));
  }
  if (!scores.empty()) add_missing(scores, event_in(schema, kModelScores).columns);
  std::vector<FieldDeclaration> changing;
  for (const AttributeDeclaration& attribute : facts.attributes) {
    if (!attribute.constant) changing.push_back(attribute.field);
  }
  add_missing(changing, event_in(schema, kAttributeChanges).columns);
  for (evaluate::Schema::EventType& event : schema.events) {
    add_reachable(tables, event.columns);
    add_reachable(tables, event.item_columns);
  }
  for (const AttributeDeclaration& attribute : facts.attributes) {
    const bool there = find_column(schema.attributes, attribute.field.name) != nullptr;
    if (attribute.constant && !there) schema.attributes.push_back(head_of(attribute.field));
  }
  return schema;
}

void declare_found_attributes(const History& history, ProjectFacts& facts) {
  const auto declare = [&](const Column& column, bool constant) {
    if (facts.attribute(column.name) != nullptr) return;
    AttributeDeclaration found;
    found.field = {column.name, column.type, column.scale, column.is_set};
    found.constant = constant;
    facts.attributes.push_back(std::move(found));
  };
  for (const Column& column : history.customer_table().attributes) declare(column, true);
  const Stream* changes = history.stream(kAttributeChanges);
  if (changes == nullptr) return;
  for (const Column& column : changes->columns) declare(column, false);
}

// Constants that no source has given are columns of unknowns.
void add_missing_constants(const ProjectFacts& facts, size_t customers,
                           std::vector<Column>& attributes) {
  for (const AttributeDeclaration& attribute : facts.attributes) {
    if (!attribute.constant || find_column(attributes, attribute.field.name) != nullptr) continue;
    Column column = head_of(attribute.field);
    fill_unknown(column, customers);
    attributes.push_back(std::move(column));
  }
}

namespace {

std::optional<evaluate::Literal> literal_of(const Column& column, size_t row) {
  if (!column.known(row)) return std::nullopt;
  evaluate::Literal literal;
  literal.type = column.type;
  literal.scale = column.scale;
  if (column.type == ValueType::kText) {
    literal.text = column.dictionary->text(column.codes[row]);
  } else {
    literal.number = column.numbers[row];
  }
  return literal;
}

}  // namespace

NamedRows named_rows(const std::vector<ReferenceData>& tables) {
  NamedRows named;
  for (const ReferenceData& table : tables) {
    if (table.size() > kMostNamedRows) continue;
    std::map<uint32_t, Instant> newest;
    for (size_t row = 0; row < table.size(); ++row) {
      const Instant from = table.valid_from.empty() ? Instant{} : table.valid_from[row];
      const auto [known, first] = newest.try_emplace(table.key[row], from);
      if (!first && from < known->second) continue;
      known->second = from;
      auto& fields = named[table.name][std::string(table.keys->text(table.key[row]))];
      fields.clear();
      for (const Column& column : table.columns) {
        if (const auto literal = literal_of(column, row)) fields[column.name] = *literal;
      }
    }
  }
  return named;
}

std::set<std::string> empty_events(const evaluate::Schema& schema, const History& history) {
  std::set<std::string> empty;
  for (const evaluate::Schema::EventType& event : schema.events) {
    const Stream* stream = history.stream(event.name);
    if (stream == nullptr || stream->size() == 0) empty.insert(event.name);
  }
  return empty;
}

std::vector<std::string> fields_of_tables(const std::vector<ReferenceData>& tables,
                                          const std::set<std::string>& columns) {
  std::vector<std::string> asked;
  for (const ReferenceData& table : tables) {
    for (const Column& column : table.columns) {
      const std::string name = table.name + "." + column.name;
      if (is_named(columns, name)) asked.push_back(name);
    }
  }
  return asked;
}

void add_columns_without_data(const evaluate::Schema& schema, const std::set<std::string>& columns,
                              History& history) {
  for (Stream& stream : history.edit_streams()) {
    const auto found =
        std::find_if(schema.events.begin(), schema.events.end(),
                     [&](const evaluate::Schema::EventType& e) { return e.name == stream.type; });
    if (found == schema.events.end()) continue;
    add_unknown(found->columns, stream.type, stream.size(), columns, stream.columns);
    if (stream.item_offset.empty()) continue;
    add_unknown(found->item_columns, "item", stream.item_offset.back(), columns,
                stream.item_columns);
  }
}

}  // namespace regulars::app
