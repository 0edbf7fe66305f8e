// A table of facts about things that the orders name: read into columns with one row per code of a
// dictionary, whatever order the table's rows are in.
#pragma once

#include <string>
#include <vector>

#include "connect/cell_columns.h"
#include "connect/roles.h"
#include "connect/rows.h"
#include "connect/source_profile.h"
#include "data/column.h"

namespace regulars::connect {

// A column of the table and what it becomes.
struct FactPlan {
  size_t column = 0;
  std::string name;
  ValueType type = ValueType::kText;
  int scale = 0;  // kDecimal
};

// What a column's cells are: day, boolean, integer, decimal or text.
FactPlan plan_fact(const ColumnProfile& column, size_t place);

// True for names, addresses, e-mails, telephone numbers and other columns that are nearly as many
// as rows: they tell people apart and are no facts to group them by.
bool is_contact(const ColumnProfile& column);

// The column whose values are most often found in the dictionary, and how often: a share of the
// sampled rows. Among columns that match alike the name decides (`named_in_orders` first).
struct KeyColumn {
  int column = -1;
  double share = 0;
};
KeyColumn find_key(const SourceProfile& table, const Dictionary& codes, Role role,
                   const std::string& named_in_orders);

struct ReferenceTable {
  std::vector<Column> facts;  // one row per code
  int64_t rows = 0;
  int64_t unknown_rows = 0;   // whose key no order names
  int64_t repeated_rows = 0;  // whose key came before; the first row holds
  int64_t codes_found = 0;
};

// Reads the whole table. `rows` is rewound first. With `add_unknown` keys that no order names get
// codes of their own, behind the others.
Result<ReferenceTable> read_reference(RowReader& rows, const SourceProfile& table, size_t key,
                                      Dictionary& codes, bool add_unknown,
                                      const std::vector<FactPlan>& plans);

}  // namespace regulars::connect
