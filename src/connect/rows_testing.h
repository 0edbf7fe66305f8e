// For tests of readers: all rows of a file at once, as texts.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "connect/rows.h"

namespace regulars::connect {

inline constexpr const char* kAbsent = "<absent>";

struct ReadAll {
  std::string error;  // empty: the file was read
  ErrorCode code = ErrorCode::kInternal;
  std::vector<std::string> columns;
  bool has_header = false;
  std::vector<std::vector<std::string>> rows;  // kAbsent where the file has no value
  std::vector<uint64_t> lines;
  std::vector<std::string> raws;
  std::vector<Reject> rejects;
  SourceInfo info;
};

inline void read_batches(RowReader& reader, ReadAll& all) {
  RowBatch batch;
  while (true) {
    const Result<bool> more = reader.next(batch);
    if (!more) {
      all.error = more.error().to_string();
      all.code = more.error().code();
      return;
    }
    if (!*more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::string> cells;
      for (const auto& column : batch.cells) {
        cells.emplace_back(column[row].data() == nullptr ? kAbsent : column[row]);
      }
      all.rows.push_back(std::move(cells));
      all.lines.push_back(batch.line[row]);
      all.raws.push_back(reader.raw(row));
    }
  }
  all.rejects = reader.rejects();
  all.info = reader.info();
}

inline ReadAll read_all(Files& files, const std::string& path, const RowHints& hints = {}) {
  ReadAll all;
  auto reader = open_rows(path, files, hints);
  if (!reader) {
    all.error = reader.error().to_string();
    all.code = reader.error().code();
    return all;
  }
  all.columns = (*reader)->columns();
  all.has_header = (*reader)->has_header();
  read_batches(**reader, all);
  if (!all.error.empty()) return all;
  // Every reader can go back and says the same again.
  ReadAll again;
  EXPECT_TRUE((*reader)->rewind().ok());
  read_batches(**reader, again);
  EXPECT_EQ(again.rows, all.rows);
  EXPECT_EQ(again.lines, all.lines);
  EXPECT_EQ(again.rejects.size(), all.rejects.size());
  EXPECT_EQ(again.info.rows, all.info.rows);
  return all;
}

inline ReadAll read_text(const std::string& bytes, const RowHints& hints = {}) {
  MemoryFiles files;
  EXPECT_TRUE(files.write("orders", bytes).ok());
  return read_all(files, "orders", hints);
}

}  // namespace regulars::connect
