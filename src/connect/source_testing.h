// For tests of declared sources: read from text in memory, and shown as lines of text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/decimal.h"
#include "connect/read_source.h"
#include "data/history.h"

namespace regulars::connect {

inline Result<SourceContents> read_declared(const std::string& bytes,
                                            const SourceDeclaration& declaration,
                                            const ProjectFacts& facts = {},
                                            const std::string& path = "source.csv",
                                            Instant modified_at = {}) {
  MemoryFiles files;
  EXPECT_TRUE(files.write(path, bytes).ok());
  REGULARS_ASSIGN(auto rows, open_rows(path, files, {}));
  return read_source(*rows, declaration, facts, {modified_at, 1});
}

inline SourceDeclaration events_source(std::string type = {}) {
  SourceDeclaration declaration;
  declaration.name = "log";
  declaration.kind = SourceDeclaration::Kind::kEvents;
  declaration.event_type = std::move(type);
  return declaration;
}

inline std::string show(const Column& column, size_t row) {
  if (!column.known(row)) return "?";
  switch (column.type) {
    case ValueType::kText: {
      std::string text(column.dictionary->text(column.codes[row]));
      for (char& c : text) c = c == '\x1F' ? '|' : c;
      return text;
    }
    case ValueType::kDecimal:
      return Decimal{column.numbers[row], column.scale}.to_string();
    case ValueType::kInstant:
      return to_iso(Instant{column.numbers[row]});
    case ValueType::kDay:
      return to_iso(Day{static_cast<int32_t>(column.numbers[row])});
    case ValueType::kBoolean:
      return column.numbers[row] != 0 ? "yes" : "no";
    default:
      return std::to_string(column.numbers[row]);
  }
}

// "ann 2024-01-02T00:00:00Z campaign=spring"; unknown columns are not shown.
inline std::vector<std::string> show(const SourceContents& contents, const std::string& type) {
  std::vector<std::string> lines;
  for (const EventBatch& batch : contents.events) {
    if (batch.type != type) continue;
    for (size_t row = 0; row < batch.size(); ++row) {
      std::string line = std::string(contents.customers.ids->text(batch.customer[row])) + " " +
                         to_iso(batch.at[row]);
      for (const Column& column : batch.columns) {
        if (column.known(row)) line += " " + column.name + "=" + show(column, row);
      }
      lines.push_back(line);
    }
  }
  return lines;
}

inline std::vector<std::string> types_of(const SourceContents& contents) {
  std::vector<std::string> types;
  for (const EventBatch& batch : contents.events) types.push_back(batch.type);
  return types;
}

}  // namespace regulars::connect
