#include "sql_shop.h"

#include <fmt/format.h>

#include <cmath>
#include <deque>

#include "sql/appender.h"
#include "sql/quote.h"

namespace regulars::third_opinion {
namespace {

using evaluate::Value;

const char* sql_type(const Column& column) {
  return column.type == ValueType::kText ? "VARCHAR" : "BIGINT";
}

std::string declared(const std::vector<Column>& columns, const char* prefix) {
  std::string text;
  for (const Column& column : columns) {
    text += fmt::format(", {} {}", sql::quote_identifier(prefix + column.name), sql_type(column));
  }
  return text;
}

// A table's columns while its rows are appended.
class TableRows {
 public:
  void add(const std::vector<int64_t>& numbers) { plain_.emplace_back(numbers); }
  void add_ids(const std::vector<uint64_t>& ids) { plain_.emplace_back(ids); }
  void add(const Column& column) {
    std::vector<uint8_t>& known = known_.emplace_back();
    for (size_t row = 0; row < column.size(); ++row) known.push_back(column.known(row) ? 1 : 0);
    if (column.type != ValueType::kText) {
      std::vector<int64_t>& numbers = numbers_.emplace_back(column.numbers.size());
      column.numbers.read(0, numbers);
      plain_.push_back(sql::ColumnData(numbers).with_nulls(known));
      return;
    }
    std::vector<std::string_view>& texts = texts_.emplace_back();
    for (const uint32_t code : column.codes) {
      texts.push_back(code == kNoCode ? std::string_view() : column.dictionary->text(code));
    }
    plain_.push_back(sql::ColumnData(texts).with_nulls(known));
  }
  Result<void> append(sql::Connection& connection, const std::string& table) {
    REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, table));
    REGULARS_TRY(appender.append(plain_));
    return appender.close();
  }

 private:
  std::vector<sql::ColumnData> plain_;
  std::deque<std::vector<uint8_t>> known_;
  std::deque<std::vector<int64_t>> numbers_;
  std::deque<std::vector<std::string_view>> texts_;
};

Result<void> add_customers(sql::Connection& connection, const History& history) {
  const std::vector<Column>& attributes = history.customer_table().attributes;
  REGULARS_TRY(
      connection.execute("CREATE TABLE customer (c BIGINT" + declared(attributes, "a:") + ")"));
  std::vector<int64_t> numbers;
  for (size_t c = 0; c < history.customers(); ++c) numbers.push_back(static_cast<int64_t>(c));
  TableRows rows;
  rows.add(numbers);
  for (const Column& column : attributes) rows.add(column);
  return rows.append(connection, "customer");
}

Result<void> add_items(sql::Connection& connection, const Stream& stream) {
  const std::string table = "i:" + stream.type;
  REGULARS_TRY(connection.execute("CREATE TABLE " + sql::quote_identifier(table) +
                                  " (r BIGINT, n BIGINT" + declared(stream.item_columns, "g:") +
                                  ")"));
  std::vector<int64_t> events;
  std::vector<int64_t> numbers;
  for (size_t row = 0; row + 1 < stream.item_offset.size(); ++row) {
    for (uint32_t item = stream.item_offset[row]; item < stream.item_offset[row + 1]; ++item) {
      events.push_back(static_cast<int64_t>(row));
      numbers.push_back(item);
    }
  }
  TableRows rows;
  rows.add(events);
  rows.add(numbers);
  for (const Column& column : stream.item_columns) rows.add(column);
  return rows.append(connection, table);
}

Result<void> add_events(sql::Connection& connection, const Stream& stream) {
  const std::string table = "e:" + stream.type;
  REGULARS_TRY(connection.execute("CREATE TABLE " + sql::quote_identifier(table) +
                                  " (c BIGINT, t BIGINT, id UBIGINT, r BIGINT" +
                                  declared(stream.columns, "f:") + ")"));
  std::vector<int64_t> customers;
  std::vector<int64_t> times;
  std::vector<int64_t> numbers;
  for (size_t c = 0; c + 1 < stream.offset.size(); ++c) {
    customers.resize(stream.offset[c + 1], static_cast<int64_t>(c));
  }
  for (size_t row = 0; row < stream.size(); ++row) {
    times.push_back(stream.at[row].micros);
    numbers.push_back(static_cast<int64_t>(row));
  }
  TableRows rows;
  rows.add(customers);
  rows.add(times);
  rows.add_ids(stream.id);
  rows.add(numbers);
  for (const Column& column : stream.columns) rows.add(column);
  return rows.append(connection, table);
}

Value value_of(const sql::Cell& cell, const Query& query) {
  Value value{query.type, !cell.is_null(), 0, query.scale, 0, {}};
  if (!value.known) return value;
  if (query.type == ValueType::kReal) {
    value.real = cell.real().value_or(0);
    value.known = std::isfinite(value.real);
  } else if (query.type == ValueType::kText) {
    value.text = cell.text().value_or("");
  } else if (query.type == ValueType::kBoolean) {
    value.number = cell.boolean().value_or(false) ? 1 : 0;
  } else {
    value.number = cell.integer().value_or(0);
  }
  return value;
}

}  // namespace

Result<SqlShop> SqlShop::make(const History& history) {
  sql::DatabaseOptions options;
  options.threads = 1;
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory(options));
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  REGULARS_TRY(add_customers(connection, history));
  for (const Stream& stream : history.streams()) {
    REGULARS_TRY(add_events(connection, stream));
    if (!stream.item_columns.empty()) REGULARS_TRY(add_items(connection, stream));
  }
  return SqlShop(std::move(database), std::move(connection));
}

Result<std::vector<Value>> SqlShop::answers(const Query& query) {
  REGULARS_ASSIGN(const sql::Rows rows, connection_.query_rows(query.text));
  std::vector<Value> values;
  for (const auto& row : rows) values.push_back(value_of(row[0], query));
  return values;
}

}  // namespace regulars::third_opinion
