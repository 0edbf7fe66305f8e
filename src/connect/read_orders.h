// From files to order lines: opens them, finds out which column is what, converts every cell, and
// accounts for every row. This is the whole of `connect` that `analyze` needs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "connect/rows.h"
#include "data/intake.h"
#include "data/order_lines.h"

namespace regulars::connect {

// What the user says instead of letting us guess. Empty: guess. A column named "none" means the
// file has none, whatever it looks like.
struct Overrides {
  ColumnMapping columns;
  std::string time_zone;
  std::string currency;
  std::string time_format;   // "dmy", "mdy", "ymd", "epoch", "excel" ...
  std::string decimal_mark;  // "," or "."
  std::optional<AmountMeaning> amount_meaning;
  std::optional<int> amount_scale;
  bool each_row_is_an_order = false;
  bool drop_duplicates = false;
  std::vector<std::string> excluded_customers;
  std::vector<std::string> not_persons;  // added to those found
  std::vector<std::string> persons;      // ids proposed as placeholders that are people after all
  std::string mapping_json;  // a saved mapping (connect/mapping.h); reused when the columns fit
  RowHints rows;
};

struct OrdersRead {
  OrderLines lines;
  Intake intake;
  std::vector<Column> customer_attributes;  // from --customers, one row per code of lines.customers
};

class RowsOfFiles;

// Errors: kBadDefinition "no column can be the customer" with the columns and the first rows;
// the message is what the user reads, so it is complete.
Result<OrdersRead> read_orders(const std::vector<std::string>& order_files,
                               const std::string& customers_file, const std::string& products_file,
                               const Overrides& overrides, Files& files);

// The same for rows that are open already, without files beside them.
Result<OrdersRead> read_order_rows(RowsOfFiles& rows, const Overrides& overrides);

}  // namespace regulars::connect
