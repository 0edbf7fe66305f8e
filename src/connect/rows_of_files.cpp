#include "connect/rows_of_files.h"

#include <algorithm>

#include "connect/text.h"

namespace regulars::connect {
namespace {

std::vector<std::string> missing_from(const std::vector<std::string>& names,
                                      const std::vector<std::string>& wanted) {
  std::vector<std::string> missing;
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) == names.end()) missing.push_back(name);
  }
  return missing;
}

Error other_columns(const RowReader& first, const RowReader& other) {
  std::string message = "has other columns than " + first.info().path;
  const std::vector<std::string> missing = missing_from(other.columns(), first.columns());
  const std::vector<std::string> added = missing_from(first.columns(), other.columns());
  if (!missing.empty()) message += "; missing: " + enumerate(missing);
  if (!added.empty()) message += "; only here: " + enumerate(added);
  return Error(ErrorCode::kBadData, message, "Files read together must have the same columns.")
      .at({other.info().path, 0, 0, {}});
}

}  // namespace

Result<std::unique_ptr<RowsOfFiles>> RowsOfFiles::join(
    std::vector<std::unique_ptr<RowReader>> files) {
  auto joined = std::make_unique<RowsOfFiles>();
  joined->files_ = std::move(files);
  const RowReader& first = *joined->files_[0];
  for (const auto& file : joined->files_) {
    Order order;
    if (file->columns() != first.columns()) {
      if (file->columns().size() != first.columns().size() ||
          !missing_from(file->columns(), first.columns()).empty()) {
        return other_columns(first, *file);
      }
      for (const std::string& name : first.columns()) {
        const auto at = std::find(file->columns().begin(), file->columns().end(), name);
        order.place.push_back(static_cast<size_t>(at - file->columns().begin()));
      }
    }
    joined->orders_.push_back(std::move(order));
  }
  return joined;
}

Result<bool> RowsOfFiles::next(RowBatch& batch) {
  while (true) {
    const Order& order = orders_[current_];
    RowBatch& target = order.place.empty() ? batch : scratch_;
    REGULARS_ASSIGN(const bool more, files_[current_]->next(target));
    if (more) {
      if (order.place.empty()) return true;
      batch.rows = scratch_.rows;
      batch.line.swap(scratch_.line);
      batch.cells.resize(order.place.size());
      for (size_t c = 0; c < order.place.size(); ++c) {
        batch.cells[c].swap(scratch_.cells[order.place[c]]);
      }
      return true;
    }
    if (current_ + 1 == files_.size()) return false;
    ++current_;
  }
}

Result<void> RowsOfFiles::rewind() {
  for (const auto& file : files_) REGULARS_TRY(file->rewind());
  current_ = 0;
  return {};
}

const std::vector<Reject>& RowsOfFiles::rejects() const {
  if (files_.size() == 1) return files_[0]->rejects();
  rejects_.clear();
  for (const auto& file : files_) {
    rejects_.insert(rejects_.end(), file->rejects().begin(), file->rejects().end());
  }
  return rejects_;
}

std::vector<SourceInfo> RowsOfFiles::infos() const {
  std::vector<SourceInfo> infos;
  for (const auto& file : files_) infos.push_back(file->info());
  return infos;
}

}  // namespace regulars::connect
