#include "store/event_views.h"

#include <algorithm>

#include "sql/quote.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

struct ViewParts {
  std::string columns;  // ", expression AS name" for each
  std::string joins;
};

// The value of a column as people read it; `row` is the table's alias.
std::string expression(const StoredColumn& column, const std::string& row, size_t number) {
  std::string physical = row + "." + column.physical();
  if (column.type == ValueType::kText) {
    const std::string text = "t" + std::to_string(number) + ".text";
    return column.is_set ? "string_split(" + text + ", chr(31))" : text;
  }
  if (column.type == ValueType::kDecimal && column.scale > 0) {
    // DECIMAL x DECIMAL is exact.
    std::string unit = "0." + std::string(static_cast<size_t>(column.scale) - 1, '0') + "1";
    return "(" + physical + "::DECIMAL(19, 0) * " + unit + "::DECIMAL(7, " +
           std::to_string(column.scale) + "))";
  }
  return physical;
}

ViewParts parts(const std::vector<StoredColumn>& columns, const std::string& row,
                const std::vector<std::string>& taken) {
  ViewParts result;
  for (size_t i = 0; i < columns.size(); ++i) {
    std::string name = columns[i].name;
    if (std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
    result.columns.append(", ").append(expression(columns[i], row, i));
    result.columns.append(" AS ").append(sql::quote_identifier(name));
    if (columns[i].type != ValueType::kText) continue;
    const std::string alias = "t" + std::to_string(i);
    result.joins.append(" LEFT JOIN ").append(text_table_of(columns[i].name).table);
    result.joins.append(" ").append(alias).append(" ON ").append(alias).append(".code = ");
    result.joins.append(row).append(".").append(columns[i].physical());
  }
  return result;
}

Result<void> create_event_view(sql::Connection& connection, const StoredType& stored) {
  const ViewParts view =
      parts(stored.columns, "e", {"customer", "occurred_at", "event_id", "recorded_at"});
  return connection.execute(
      "CREATE OR REPLACE VIEW " + sql::quote_identifier(stored.type) +
      " AS SELECT e.customer, e.occurred_at, e.id AS event_id, e.recorded_at" + view.columns +
      " FROM " + stored.event_table() + " e" + view.joins + " WHERE e.superseded_at IS NULL");
}

Result<void> create_item_view(sql::Connection& connection, const StoredType& stored) {
  const ViewParts view =
      parts(stored.item_columns, "i", {"event_id", "customer", "occurred_at", "line"});
  return connection.execute(
      "CREATE OR REPLACE VIEW " + sql::quote_identifier(stored.type + "_item") +
      " AS SELECT e.id AS event_id, e.customer, e.occurred_at, i.line" + view.columns + " FROM " +
      stored.item_table() + " i JOIN " + stored.event_table() + " e ON e.version = i.version" +
      view.joins + " WHERE e.superseded_at IS NULL");
}

// Each attribute's newest known value, whatever source it came from.
Result<void> create_customer_view(sql::Connection& connection, const StoredType& stored) {
  const ViewParts view = parts(stored.columns, "a", {"customer", "known_from", "recorded_at"});
  std::string newest;
  for (const StoredColumn& column : stored.columns) {
    newest += ", arg_max(" + column.physical() + ", version) AS " + column.physical();
  }
  return connection.execute(
      "CREATE OR REPLACE VIEW customer AS SELECT r.customer, r.known_from, r.recorded_at" +
      view.columns +
      " FROM (SELECT customer, CASE WHEN count(*) = count(known_from) THEN min(known_from) END AS "
      "known_from, min(recorded_at) AS recorded_at FROM customer_record GROUP BY customer) r "
      "LEFT JOIN (SELECT customer" +
      newest + " FROM " + stored.event_table() +
      " WHERE superseded_at IS NULL GROUP BY customer) a ON a.customer = r.customer" + view.joins);
}

}  // namespace

Result<void> create_views(sql::Connection& connection, const StoredType& stored) {
  if (stored.type == kAttributeType) return create_customer_view(connection, stored);
  REGULARS_TRY(create_event_view(connection, stored));
  if (!stored.has_items) return {};
  return create_item_view(connection, stored);
}

}  // namespace regulars::store
