#include "store/event_reader.h"

#include <algorithm>

#include "store/text_table.h"

namespace regulars::store {
namespace {

constexpr Instant kEndOfTime{INT64_MAX};

// A statement's rows as columns of data; `columns` stand behind `own` columns of the store's.
class ColumnReader {
 public:
  ColumnReader(std::vector<Column>& columns, size_t own) : columns_(columns), own_(own) {}

  // Adds the rows of the chunk with keep[row] != 0.
  Result<void> add(const sql::Chunk& chunk, const std::vector<uint8_t>& keep) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      REGULARS_TRY(add_column(chunk.column(own_ + i), keep, columns_[i]));
    }
    return {};
  }

 private:
  template <class Stored, class Value>
  static Result<void> add_values(const sql::Column& from, const std::vector<uint8_t>& keep,
                                 Value missing, std::vector<Value>& to) {
    REGULARS_ASSIGN(const auto values, from.values<Stored>());
    for (size_t row = 0; row < values.size(); ++row) {
      if (keep[row] == 0) continue;
      to.push_back(from.is_null(row) ? missing : static_cast<Value>(values[row]));
    }
    return {};
  }

  static Result<void> add_column(const sql::Column& from, const std::vector<uint8_t>& keep,
                                 Column& to) {
    switch (to.type) {
      case ValueType::kText:
        return add_values<uint32_t>(from, keep, kNoCode, to.codes);
      case ValueType::kDay:
        return add_values<int32_t>(from, keep, kMissing, to.numbers);
      case ValueType::kBoolean:
        return add_values<bool>(from, keep, kMissing, to.numbers);
      default:
        return add_values<int64_t>(from, keep, kMissing, to.numbers);
    }
  }

  std::vector<Column>& columns_;
  size_t own_;
};

Result<std::vector<Column>> empty_columns(const std::vector<StoredColumn>& stored,
                                          LoadedTexts& texts) {
  std::vector<Column> columns;
  for (const StoredColumn& column : stored) {
    Column empty = Column::of(column.name, column.type);
    empty.scale = column.scale;
    empty.is_set = column.is_set;
    if (column.type == ValueType::kText) {
      REGULARS_ASSIGN(empty.dictionary, texts.dictionary(column.name));
    }
    columns.push_back(std::move(empty));
  }
  return columns;
}

std::string column_list(const std::vector<StoredColumn>& columns) {
  std::string list;
  for (const StoredColumn& column : columns) list += ", " + column.physical();
  return list;
}

// Events with the versions they were read from, ascending.
struct VersionedBatch {
  EventBatch batch;
  std::vector<int64_t> version;
};

// Adds one chunk; false when the versions do not ascend.
Result<bool> add_events(const sql::Chunk& chunk, const std::vector<uint32_t>& customers,
                        ColumnReader& reader, VersionedBatch& result) {
  REGULARS_ASSIGN(const auto versions, chunk.column(0).values<int64_t>());
  REGULARS_ASSIGN(const auto numbers, chunk.column(1).values<uint32_t>());
  REGULARS_ASSIGN(const auto at, chunk.column(2).values<int64_t>());
  REGULARS_ASSIGN(const auto id, chunk.column(3).values<uint64_t>());
  std::vector<uint8_t> keep(chunk.size(), 0);
  for (size_t row = 0; row < chunk.size(); ++row) {
    if (!result.version.empty() && versions[row] <= result.version.back()) return false;
    const uint32_t customer = numbers[row] < customers.size() ? customers[numbers[row]] : kNoCode;
    if (customer == kNoCode) continue;
    keep[row] = 1;
    result.version.push_back(versions[row]);
    result.batch.customer.push_back(customer);
    result.batch.at.push_back(Instant{at[row]});
    result.batch.id.push_back(id[row]);
  }
  REGULARS_TRY(reader.add(chunk, keep));
  return true;
}

// Tables are read in the order they were written. Should the engine ever hand rows out in another
// order, `sorted` asks for the right one.
Result<std::optional<VersionedBatch>> try_read(sql::Connection& connection,
                                               const StoredType& stored, LoadedTexts& texts,
                                               const std::vector<uint32_t>& customers,
                                               std::optional<Instant> known_at, bool sorted) {
  VersionedBatch result;
  result.batch.type = stored.type;
  REGULARS_ASSIGN(result.batch.columns, empty_columns(stored.columns, texts));
  const std::string visible = known_at ? "recorded_at <= ? AND (superseded_at IS NULL OR "
                                         "superseded_at > ?)"
                                       : "recorded_at <= ? AND superseded_at IS NULL AND "
                                         "recorded_at <= ?";
  const Instant known = known_at.value_or(kEndOfTime);
  REGULARS_ASSIGN(
      sql::QueryResult rows,
      connection.stream("SELECT version, customer, occurred_at, id" + column_list(stored.columns) +
                            " FROM " + stored.event_table() + " WHERE " + visible +
                            (sorted ? " ORDER BY version" : ""),
                        known, known));
  ColumnReader reader(result.batch.columns, 4);
  while (true) {
    REGULARS_ASSIGN(const auto chunk, rows.next());
    if (!chunk) return std::optional<VersionedBatch>(std::move(result));
    REGULARS_ASSIGN(const bool ascending, add_events(*chunk, customers, reader, result));
    if (!ascending) return std::optional<VersionedBatch>();
  }
}

// Marks the item rows that belong to events read and counts them per event; false when they are
// not in the order of (version, line).
class ItemMerge {
 public:
  explicit ItemMerge(VersionedBatch& events) : events_(events) {
    events_.batch.item_offset.assign(events_.version.size() + 1, 0);
  }

  Result<bool> mark(const sql::Chunk& chunk, std::vector<uint8_t>& keep) {
    REGULARS_ASSIGN(const auto versions, chunk.column(0).values<int64_t>());
    REGULARS_ASSIGN(const auto lines, chunk.column(1).values<uint32_t>());
    keep.assign(chunk.size(), 0);
    for (size_t row = 0; row < chunk.size(); ++row) {
      const std::pair<int64_t, int64_t> here(versions[row], lines[row]);
      if (here <= last_) return false;
      last_ = here;
      while (next_ < events_.version.size() && events_.version[next_] < here.first) ++next_;
      if (next_ == events_.version.size() || events_.version[next_] != here.first) continue;
      keep[row] = 1;
      ++events_.batch.item_offset[next_ + 1];
    }
    return true;
  }

  void finish() {
    auto& offset = events_.batch.item_offset;
    for (size_t i = 1; i < offset.size(); ++i) offset[i] += offset[i - 1];
  }

 private:
  VersionedBatch& events_;
  size_t next_ = 0;
  std::pair<int64_t, int64_t> last_{-1, -1};
};

Result<bool> try_read_items(sql::Connection& connection, const StoredType& stored,
                            LoadedTexts& texts, VersionedBatch& events, bool sorted) {
  REGULARS_ASSIGN(events.batch.item_columns, empty_columns(stored.item_columns, texts));
  REGULARS_ASSIGN(
      sql::QueryResult rows,
      connection.stream("SELECT version, line" + column_list(stored.item_columns) + " FROM " +
                        stored.item_table() + (sorted ? " ORDER BY version, line" : "")));
  ColumnReader reader(events.batch.item_columns, 2);
  ItemMerge merge(events);
  std::vector<uint8_t> keep;
  while (true) {
    REGULARS_ASSIGN(const auto chunk, rows.next());
    if (!chunk) break;
    REGULARS_ASSIGN(const bool ascending, merge.mark(*chunk, keep));
    if (!ascending) return false;
    REGULARS_TRY(reader.add(*chunk, keep));
  }
  merge.finish();
  return true;
}

Error lost_order(const std::string& table) {
  return Error(ErrorCode::kInternal, "rows of " + table + " cannot be brought into order");
}

}  // namespace

Result<DictionaryPtr> LoadedTexts::dictionary(const std::string& column_name) {
  DictionaryPtr& known = loaded_[column_name];
  if (known) return known;
  REGULARS_ASSIGN(StoredTexts stored, load_texts(connection_, text_table_of(column_name)));
  for (uint32_t place = 0; place < stored.codes.size(); ++place) {
    if (stored.codes[place] == place) continue;
    return Error(ErrorCode::kBadData, "table text_" + column_name + " has gaps",
                 "The project database was changed by something else: restore a copy.");
  }
  known = std::move(stored.dictionary);
  return known;
}

Result<EventBatch> read_events(sql::Connection& connection, const StoredType& stored,
                               LoadedTexts& texts, const std::vector<uint32_t>& customers,
                               std::optional<Instant> known_at) {
  REGULARS_ASSIGN(auto events, try_read(connection, stored, texts, customers, known_at, false));
  if (!events) {
    REGULARS_ASSIGN(events, try_read(connection, stored, texts, customers, known_at, true));
  }
  if (!events) return lost_order(stored.event_table());
  if (!stored.has_items) return std::move(events->batch);
  REGULARS_ASSIGN(bool ordered, try_read_items(connection, stored, texts, *events, false));
  if (!ordered) {
    REGULARS_ASSIGN(ordered, try_read_items(connection, stored, texts, *events, true));
  }
  if (!ordered) return lost_order(stored.item_table());
  return std::move(events->batch);
}

}  // namespace regulars::store
