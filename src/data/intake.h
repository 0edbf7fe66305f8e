// What reading a file told us: which columns were taken for what and why, what was rejected, and
// what a careful analyst would want to be warned of. Reports show it; nothing is computed from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "data/order_lines.h"
#include "data/source_spec.h"

namespace regulars {

// One decision about a column.
struct FoundColumn {
  std::string role;                       // "customer", "time", "amount" ... as in ColumnMapping
  std::string column;                     // "CustomerID"; for products "Quantity x UnitPrice"
  std::string reason;                     // "name says customer; 4,372 different values"
  std::string option;                     // what corrects it: "--customer"
  double confidence = 0;                  // 0..1; 1: said by the user or a saved mapping
  std::vector<std::string> alternatives;  // other columns that could be meant, best first
};

// Something to know before believing the numbers. Worst first by weight.
struct Notice {
  std::string code;    // stable name: "unattributed_share", "partial_month", "duplicates" ...
  std::string text;    // one plain sentence, at most 90 characters
  std::string option;  // the option that changes it, or empty
  double weight = 0;   // 0..100; above 50: could change a decision
};

struct Reject {
  std::string file;
  uint64_t line = 0;    // 1-based line of the file where the record begins; 0: no lines (Parquet)
  uint32_t column = 0;  // 1-based; 0: the record as a whole
  std::string field;    // the column's name
  std::string reason;   // "'31.02.2024' is not a date"
  std::string raw;      // the record as it stands in the file, cut at 2,000 bytes
};

struct SourceInfo {
  std::string path;
  std::string format;    // "CSV, comma, gzip"
  std::string encoding;  // "UTF-8", "Latin-1 (converted)"
  uint64_t bytes = 0;
  uint64_t rows = 0;
  uint64_t content_hash = 0;
};

// What rounding each line to the amount scale did, over the lines of customers that sell something
// (exact amount above zero). exact_sum is in units of 10^-exact_scale.
struct Rounding {
  int64_t lines_rounded = 0;  // lines whose amount had more digits than the scale keeps
  Int128 exact_sum = 0;
  int exact_scale = 0;
  Int128 rounded_sum = 0;  // units of 10^-amount_scale
};

struct Intake {
  std::vector<SourceInfo> sources;
  SourceSpec spec;  // as used
  std::vector<FoundColumn> columns;
  std::vector<Notice> notices;
  std::vector<Reject> rejects;
  std::vector<std::string> unused_columns;  // present, not needed by anything
  RowCounts rows;  // read, rejected, duplicates, other_events at first; whole after assembly
  int64_t exact_duplicates = 0;    // rows that repeat another row in every column
  int64_t rejects_not_listed = 0;  // rejected rows beyond the first 200,000, counted only
  Rounding rounding;
  // Roles present, for "what your data can answer": "discount", "cost", "channel", "opt_in" ...
  std::vector<std::string> roles;
};

}  // namespace regulars
