// What a declared source held: events of any types, customers with their constants, or the rows of
// a reference table; and the account of its rows.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/history.h"
#include "data/intake.h"
#include "data/reference_data.h"

namespace regulars {

struct SourceContents {
  std::vector<EventBatch> events;  // each type once; customers numbered as in `customers`
  CustomerTable customers;         // constants stand in its attributes
  std::optional<ReferenceData> table;

  // Text column of the events that holds the source's own id ("id"); empty: it has none.
  std::string key_column;
  std::string shape;                          // "message log, a row per message" ...; or empty
  std::vector<FoundColumn> columns;           // which column was taken for what, and why
  std::vector<std::string> unused_columns;    // present, and nothing was made of them
  std::map<std::string, int64_t> left_aside;  // rows by a type of event that was not asked for
  int64_t repeated_rows = 0;                  // reference rows whose key came before
  std::string newest;  // largest value of the `since` column, as the source writes it

  std::vector<SourceInfo> files;
  std::vector<Reject> rejects;
  int64_t rejects_not_listed = 0;
  RowCounts rows;  // of those: read, used, unattributed, rejected, other_events
};

}  // namespace regulars
