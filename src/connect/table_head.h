// Where a table begins in a file of rows, and what its columns are called. Serves text files and
// workbooks alike.
#pragma once

#include <string>
#include <vector>

namespace regulars::connect {

struct SampleRow {
  std::vector<std::string> cells;
  bool first_quoted = false;  // the first cell is in quotes
};

struct TableHead {
  size_t skipped = 0;  // rows before the table: titles, notes
  bool has_header = false;
  std::vector<std::string> names;
  // Rows of so many cells are whole, the exporter leaves out columns at the end; 0: no such rows.
  size_t short_width = 0;
  // Rows are lists of any length (a basket per line), not records of a table.
  bool lists = false;
};

// `header` as in RowHints. Names are trimmed and unique; columns without one are "column1" ...
TableHead find_head(const std::vector<SampleRow>& rows, int header);

// "a", "b", "a", "" -> "a", "b", "a_2", "column4".
std::vector<std::string> unique_names(const std::vector<std::string>& names);

}  // namespace regulars::connect
