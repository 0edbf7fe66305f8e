// Private to store: which event types and columns there are, and the tables that hold them.
//
// Type purchase lives in event_purchase (one row per version of an event) and item_purchase (one
// row per item of a version), its columns under the prefix c_ so that no name of a shop's column
// meets one of ours. Texts are codes into text_<column>. What people query are the views purchase
// and purchase_item: current versions, texts and decimals as such.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "data/history.h"
#include "sql/connection.h"

namespace regulars::store {

// Customer attributes are kept as events of this type, one per source and customer.
inline constexpr const char* kAttributeType = "customer_attributes";

struct StoredColumn {
  std::string name;
  ValueType type = ValueType::kInteger;
  int scale = 0;
  bool is_set = false;  // kText

  std::string physical() const { return "c_" + name; }
};

struct StoredType {
  std::string type;
  bool has_items = false;
  std::vector<StoredColumn> columns;  // in the order of the table's columns
  std::vector<StoredColumn> item_columns;

  std::string event_table() const { return "event_" + type; }
  std::string item_table() const { return "item_" + type; }
};

// The types stored, in the order they first came.
Result<std::vector<StoredType>> read_schema(sql::Connection& connection);

// Makes the tables fit the batch: new type, new columns, items where there were none, decimals with
// more digits (stored units are multiplied; kOverflow when they no longer fit). Returns the type as
// it is stored now. kBadDefinition when a name cannot be used, or when a column holds another kind
// of value than before.
Result<StoredType> fit_schema(sql::Connection& connection, const EventBatch& batch);

const char* to_string(ValueType type);

// The kind of a column as the tables of columns name it: "integer" ... and "set" (of texts).
std::string kind_name(ValueType type, bool is_set);
struct StoredKind {
  ValueType type = ValueType::kText;
  bool is_set = false;
};
// kBadData: no kind that we know.
Result<StoredKind> stored_kind(const std::string& name);

// kBadDefinition: the name of a reference table or of one of its columns cannot be used.
Result<void> check_names(const std::string& table, const std::vector<Column>& columns);

}  // namespace regulars::store
