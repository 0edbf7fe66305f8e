#include "store/event_reader.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "base/parallel.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

constexpr Instant kEndOfTime{INT64_MAX};

// By name of the column.
using Dictionaries = std::map<std::string, DictionaryPtr>;

Result<void> add_dictionaries(sql::Connection& connection, const std::vector<StoredColumn>& columns,
                              Dictionaries& texts) {
  for (const StoredColumn& column : columns) {
    if (column.type != ValueType::kText || texts.contains(column.name)) continue;
    REGULARS_ASSIGN(StoredTexts stored, load_texts(connection, text_table_of(column.name)));
    for (uint32_t place = 0; place < stored.codes.size(); ++place) {
      if (stored.codes[place] == place) continue;
      return Error(ErrorCode::kBadData, "table text_" + column.name + " has gaps",
                   "The project database was changed by something else: restore a copy.");
    }
    texts[column.name] = std::move(stored.dictionary);
  }
  return {};
}

// Which rows of a chunk are wanted.
struct Kept {
  std::vector<uint8_t> keep;
  size_t rows = 0;
};

// A statement's rows as columns of data; `columns` stand behind `own` columns of the store's.
class ColumnReader {
 public:
  ColumnReader(std::vector<Column>& columns, size_t own) : columns_(columns), own_(own) {}

  // Adds the rows of the chunk that are kept.
  Result<void> add(const sql::Chunk& chunk, const Kept& kept) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      REGULARS_TRY(add_column(chunk.column(own_ + i), kept, columns_[i]));
    }
    return {};
  }

 private:
  template <class Stored, class Value>
  static Result<void> add_values(const sql::Column& from, const Kept& kept, Value missing,
                                 std::vector<Value>& to) {
    REGULARS_ASSIGN(const auto values, from.values<Stored>());
    size_t place = to.size();
    to.resize(place + kept.rows);
    for (size_t row = 0; row < values.size(); ++row) {
      if (kept.keep[row] == 0) continue;
      to[place++] = from.is_null(row) ? missing : static_cast<Value>(values[row]);
    }
    return {};
  }

  static Result<void> add_column(const sql::Column& from, const Kept& kept, Column& to) {
    switch (to.type) {
      case ValueType::kText:
        return add_values<uint32_t>(from, kept, kNoCode, to.codes.wide());
      case ValueType::kDay:
        return add_values<int32_t>(from, kept, kMissing, to.numbers.wide());
      case ValueType::kBoolean:
        return add_values<bool>(from, kept, kMissing, to.numbers.wide());
      default:
        return add_values<int64_t>(from, kept, kMissing, to.numbers.wide());
    }
  }

  std::vector<Column>& columns_;
  size_t own_;
};

std::vector<Column> empty_columns(const std::vector<StoredColumn>& stored,
                                  const Dictionaries& texts) {
  std::vector<Column> columns;
  for (const StoredColumn& column : stored) {
    Column empty = Column::of(column.name, column.type);
    empty.scale = column.scale;
    empty.is_set = column.is_set;
    if (column.type == ValueType::kText) empty.dictionary = texts.at(column.name);
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
  Kept kept{std::vector<uint8_t>(chunk.size(), 0)};
  for (size_t row = 0; row < chunk.size(); ++row) {
    if (!result.version.empty() && versions[row] <= result.version.back()) return false;
    const uint32_t customer = numbers[row] < customers.size() ? customers[numbers[row]] : kNoCode;
    if (customer == kNoCode) continue;
    kept.keep[row] = 1;
    ++kept.rows;
    result.version.push_back(versions[row]);
    result.batch.customer.push_back(customer);
    result.batch.at.push_back(Instant{at[row]});
    result.batch.id.push_back(id[row]);
  }
  REGULARS_TRY(reader.add(chunk, kept));
  return true;
}

// Tables are read in the order they were written. Should the engine ever hand rows out in another
// order, `sorted` asks for the right one.
Result<std::optional<VersionedBatch>> try_read(sql::Connection& connection,
                                               const StoredType& stored, const Dictionaries& texts,
                                               const std::vector<uint32_t>& customers,
                                               std::optional<Instant> known_at, bool sorted) {
  VersionedBatch result;
  result.batch.type = stored.type;
  result.batch.columns = empty_columns(stored.columns, texts);
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

  Result<bool> mark(const sql::Chunk& chunk, Kept& kept) {
    REGULARS_ASSIGN(const auto versions, chunk.column(0).values<int64_t>());
    REGULARS_ASSIGN(const auto lines, chunk.column(1).values<uint32_t>());
    kept.keep.assign(chunk.size(), 0);
    kept.rows = 0;
    for (size_t row = 0; row < chunk.size(); ++row) {
      const std::pair<int64_t, int64_t> here(versions[row], lines[row]);
      if (here <= last_) return false;
      last_ = here;
      while (next_ < events_.version.size() && events_.version[next_] < here.first) ++next_;
      if (next_ == events_.version.size() || events_.version[next_] != here.first) continue;
      kept.keep[row] = 1;
      ++kept.rows;
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
                            const Dictionaries& texts, VersionedBatch& events, bool sorted) {
  events.batch.item_columns = empty_columns(stored.item_columns, texts);
  REGULARS_ASSIGN(
      sql::QueryResult rows,
      connection.stream("SELECT version, line" + column_list(stored.item_columns) + " FROM " +
                        stored.item_table() + (sorted ? " ORDER BY version, line" : "")));
  ColumnReader reader(events.batch.item_columns, 2);
  ItemMerge merge(events);
  Kept kept;
  while (true) {
    REGULARS_ASSIGN(const auto chunk, rows.next());
    if (!chunk) break;
    REGULARS_ASSIGN(const bool ascending, merge.mark(*chunk, kept));
    if (!ascending) return false;
    REGULARS_TRY(reader.add(*chunk, kept));
  }
  merge.finish();
  return true;
}

Error lost_order(const std::string& table) {
  return Error(ErrorCode::kInternal, "rows of " + table + " cannot be brought into order");
}

Result<EventBatch> read_type(sql::Connection& connection, const StoredType& stored,
                             const Dictionaries& texts, const std::vector<uint32_t>& customers,
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

// Places of the types, those with most rows first, so that no thread is left alone with a large
// one.
Result<std::vector<size_t>> by_size(sql::Connection& connection,
                                    const std::vector<StoredType>& types) {
  std::vector<int64_t> rows;
  for (const StoredType& type : types) {
    REGULARS_ASSIGN(int64_t count,
                    connection.query_integer("SELECT count(*) FROM " + type.event_table()));
    if (type.has_items) {
      REGULARS_ASSIGN(const int64_t items,
                      connection.query_integer("SELECT count(*) FROM " + type.item_table()));
      count += items;
    }
    rows.push_back(count);
  }
  std::vector<size_t> order(types.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return rows[a] > rows[b]; });
  return order;
}

}  // namespace

Result<std::vector<EventBatch>> read_events(sql::Database& database,
                                            const std::vector<StoredType>& types,
                                            const std::vector<uint32_t>& customers,
                                            std::optional<Instant> known_at, size_t threads) {
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  Dictionaries texts;
  for (const StoredType& type : types) {
    REGULARS_TRY(add_dictionaries(connection, type.columns, texts));
    REGULARS_TRY(add_dictionaries(connection, type.item_columns, texts));
  }
  REGULARS_ASSIGN(const std::vector<size_t> order, by_size(connection, types));
  std::vector<Result<EventBatch>> read(types.size(), EventBatch{});
  parallel_for(order.size(), threads, [&](size_t i) {
    auto own = database.connect();
    if (own.ok()) {
      read[order[i]] = read_type(*own, types[order[i]], texts, customers, known_at);
    } else {
      read[order[i]] = own.error();
    }
  });
  std::vector<EventBatch> batches;
  for (Result<EventBatch>& one : read) {
    REGULARS_ASSIGN(EventBatch batch, std::move(one));
    batches.push_back(std::move(batch));
  }
  return batches;
}

}  // namespace regulars::store
