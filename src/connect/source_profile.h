// One pass over all rows of a source: the profile of every column, the hash of every row, and a
// sample of whole rows for questions about several columns at once (is the amount constant within
// an order?). The sample is the first 32,768 rows and up to 16 blocks of 4,096 spread over the
// rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "connect/column_profile.h"
#include "connect/rows.h"

namespace regulars::connect {

class RowSample {
 public:
  // Keeps a copy of the batch if it falls due.
  void offer(const RowBatch& batch);
  void finish();  // call before cell()

  size_t rows() const { return rows_.size(); }
  // nullptr data: no value at all.
  std::string_view cell(size_t column, size_t row) const {
    return blocks_[rows_[row].first].cells[column][rows_[row].second];
  }
  // True when the row does not follow the one before it in the file.
  bool begins_block(size_t row) const;

 private:
  struct Block {
    size_t number = 0;  // of the batch in the file
    std::string text;
    std::vector<std::vector<std::string_view>> cells;
    size_t rows = 0;
  };
  static Block copy(const RowBatch& batch, size_t number);

  std::vector<Block> blocks_;
  std::vector<std::pair<uint32_t, uint32_t>> rows_;
  size_t batches_ = 0;
  size_t stride_ = 1;
};

struct SourceProfile {
  bool has_header = true;
  int64_t rows = 0;
  std::vector<ColumnProfile> columns;
  std::vector<uint64_t> row_hashes;
  RowSample sample;

  // Position of a column by name; -1: none.
  int find(std::string_view name) const;
};

// Reads all rows; leaves the reader at its end. `threads` 0: the machine's.
Result<SourceProfile> profile_source(RowReader& rows, size_t threads);

}  // namespace regulars::connect
