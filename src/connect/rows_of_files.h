// Several files of the same shape read as one: the columns of the first, the rows of all, in the
// order given. Columns may stand in another order, not under other names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connect/rows.h"

namespace regulars::connect {

class RowsOfFiles : public RowReader {
 public:
  // kBadData when a later file has other columns than the first: it names them.
  static Result<std::unique_ptr<RowsOfFiles>> join(std::vector<std::unique_ptr<RowReader>> files);

  const std::vector<std::string>& columns() const override { return files_[0]->columns(); }
  bool has_header() const override { return files_[0]->has_header(); }
  Result<bool> next(RowBatch& batch) override;
  Result<void> rewind() override;
  std::string raw(size_t row) const override { return files_[current_]->raw(row); }
  // Of all files so far.
  const std::vector<Reject>& rejects() const override;
  // Of the file that the current batch comes from.
  const SourceInfo& info() const override { return files_[current_]->info(); }

  std::vector<SourceInfo> infos() const;

 private:
  struct Order {  // where the first file's columns stand in another file; empty: the same places
    std::vector<size_t> place;
  };

  std::vector<std::unique_ptr<RowReader>> files_;
  std::vector<Order> orders_;
  size_t current_ = 0;
  RowBatch scratch_;
  mutable std::vector<Reject> rejects_;
};

}  // namespace regulars::connect
