#include "store/event_writer.h"

#include <algorithm>

#include "base/decimal.h"
#include "sql/appender.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

constexpr size_t kBlockRows = size_t{1} << 16;

// A block of one column in the form of the table's column. Only one of the vectors is used.
struct Gathered {
  std::vector<int64_t> numbers;
  std::vector<int32_t> days;
  std::vector<uint8_t> truths;
  std::vector<uint32_t> codes;
  std::vector<uint8_t> valid;

  sql::ColumnData data(ValueType type) const {
    switch (type) {
      case ValueType::kText:
        return sql::ColumnData(codes).with_nulls(valid);
      case ValueType::kDay:
        return sql::ColumnData(days).with_nulls(valid);
      case ValueType::kBoolean:
        return sql::ColumnData(truths).with_nulls(valid);
      default:
        return sql::ColumnData(numbers).with_nulls(valid);
    }
  }
};

// A column of the table with where its values come from; `source` is null when the batch has none.
struct ColumnSource {
  const StoredColumn* stored;
  const Column* source;
  const std::vector<uint32_t>* codes;  // texts only
};

std::vector<ColumnSource> match(const std::vector<StoredColumn>& stored,
                                const std::vector<Column>& columns, const CodeMaps& codes) {
  std::vector<ColumnSource> sources;
  for (const StoredColumn& column : stored) {
    const Column* source = find_column(columns, column.name);
    const auto map = codes.find(column.name);
    sources.push_back({&column, source, map == codes.end() ? nullptr : &map->second});
  }
  return sources;
}

Error does_not_fit(const StoredColumn& column) {
  return Error(ErrorCode::kOverflow, "a value of column '" + column.name + "' does not fit");
}

Result<void> gather_number(const ColumnSource& from, int64_t value, Gathered& block) {
  if (from.stored->type == ValueType::kDay) {
    if (value < INT32_MIN || value > INT32_MAX) return does_not_fit(*from.stored);
    block.days.push_back(static_cast<int32_t>(value));
  } else if (from.stored->type == ValueType::kBoolean) {
    block.truths.push_back(value != 0);
  } else {
    const int source_scale = from.source->type == ValueType::kDecimal ? from.source->scale : 0;
    int64_t scaled = 0;
    if (__builtin_mul_overflow(value, power_of_ten(from.stored->scale - source_scale), &scaled)) {
      return does_not_fit(*from.stored);
    }
    block.numbers.push_back(scaled);
  }
  return {};
}

Result<Gathered> gather(const ColumnSource& from, std::span<const uint32_t> rows) {
  Gathered block;
  block.valid.assign(rows.size(), 0);
  if (from.source == nullptr) {
    block.numbers.assign(rows.size(), 0);
    block.days.assign(rows.size(), 0);
    block.truths.assign(rows.size(), 0);
    block.codes.assign(rows.size(), 0);
    return block;
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool known = from.source->known(rows[i]);
    block.valid[i] = known ? 1 : 0;
    if (from.stored->type == ValueType::kText) {
      block.codes.push_back(known ? (*from.codes)[from.source->codes[rows[i]]] : 0);
    } else {
      REGULARS_TRY(gather_number(from, known ? from.source->numbers[rows[i]] : 0, block));
    }
  }
  return block;
}

// Appends the block's own columns, then those of the sources.
Result<void> append_block(sql::Appender& appender, std::vector<sql::ColumnData> own,
                          const std::vector<ColumnSource>& sources,
                          std::span<const uint32_t> rows) {
  std::vector<Gathered> blocks;
  blocks.reserve(sources.size());
  for (const ColumnSource& source : sources) {
    REGULARS_ASSIGN(Gathered block, gather(source, rows));
    blocks.push_back(std::move(block));
    own.push_back(blocks.back().data(source.stored->type));
  }
  return appender.append(own);
}

Result<void> append_events(sql::Appender& appender, const VersionBatch& versions,
                           const std::vector<ColumnSource>& sources, size_t begin, size_t end) {
  const auto rows = versions.rows.subspan(begin, end - begin);
  std::vector<int64_t> version, at, recorded(rows.size(), versions.recorded_at.micros);
  std::vector<uint32_t> customer, run(rows.size(), versions.run);
  std::vector<uint64_t> id, content, derived;
  const std::vector<uint8_t> all_null(rows.size(), 0);
  for (size_t i = 0; i < rows.size(); ++i) {
    version.push_back(versions.first_version + static_cast<int64_t>(begin + i));
    at.push_back(versions.events.at[rows[i]].micros);
    customer.push_back(versions.customer[rows[i]]);
    id.push_back(versions.prints.id[rows[i]]);
    content.push_back(versions.prints.content[rows[i]]);
    derived.push_back(versions.prints.derived[rows[i]]);
  }
  return append_block(appender,
                      {sql::ColumnData(version), sql::ColumnData(customer), sql::ColumnData(at),
                       sql::ColumnData(id), sql::ColumnData(content), sql::ColumnData(derived),
                       sql::ColumnData(recorded), sql::ColumnData(recorded).with_nulls(all_null),
                       sql::ColumnData(run)},
                      sources, rows);
}

// Item rows waiting to be appended.
struct ItemBlock {
  std::vector<int64_t> version;
  std::vector<uint32_t> line;
  std::vector<uint32_t> row;

  void clear() {
    version.clear();
    line.clear();
    row.clear();
  }
};

Result<void> write_items(sql::Connection& connection, const VersionBatch& versions,
                         const CodeMaps& codes) {
  const EventBatch& events = versions.events;
  const auto sources = match(versions.stored.item_columns, events.item_columns, codes);
  REGULARS_ASSIGN(auto appender, sql::Appender::create(connection, versions.stored.item_table()));
  ItemBlock block;
  const auto flush = [&]() -> Result<void> {
    REGULARS_TRY(append_block(appender,
                              {sql::ColumnData(block.version), sql::ColumnData(block.line)},
                              sources, block.row));
    block.clear();
    return {};
  };
  for (size_t i = 0; i < versions.rows.size(); ++i) {
    const uint32_t row = versions.rows[i];
    for (uint32_t item = events.item_offset[row]; item < events.item_offset[row + 1]; ++item) {
      block.version.push_back(versions.first_version + static_cast<int64_t>(i));
      block.line.push_back(item - events.item_offset[row]);
      block.row.push_back(item);
    }
    if (block.row.size() >= kBlockRows) REGULARS_TRY(flush());
  }
  REGULARS_TRY(flush());
  return appender.close();
}

}  // namespace

Result<CodeMaps> intern_columns(sql::Connection& connection, const std::vector<Column>& columns) {
  CodeMaps maps;
  for (const Column& column : columns) {
    if (column.type != ValueType::kText) continue;
    std::vector<uint8_t> used(column.dictionary->size(), 0);
    for (const uint32_t code : column.codes) {
      if (code != kNoCode) used[code] = 1;
    }
    REGULARS_ASSIGN(Interned interned,
                    intern_texts(connection, text_table_of(column.name), *column.dictionary, used));
    maps[column.name] = std::move(interned.codes);
  }
  return maps;
}

Result<void> write_versions(sql::Connection& connection, const VersionBatch& versions,
                            const CodeMaps& event_codes, const CodeMaps& item_codes) {
  const auto sources = match(versions.stored.columns, versions.events.columns, event_codes);
  REGULARS_ASSIGN(auto appender, sql::Appender::create(connection, versions.stored.event_table()));
  for (size_t begin = 0; begin < versions.rows.size(); begin += kBlockRows) {
    const size_t end = std::min(begin + kBlockRows, versions.rows.size());
    REGULARS_TRY(append_events(appender, versions, sources, begin, end));
  }
  REGULARS_TRY(appender.close());
  if (versions.events.item_offset.empty()) return {};
  return write_items(connection, versions, item_codes);
}

}  // namespace regulars::store
