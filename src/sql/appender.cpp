#include "sql/appender.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "sql/error.h"
#include "sql/handles.h"
#include "sql/utf8.h"

namespace regulars::sql {
namespace {

template <class T>
constexpr bool kIsText = std::is_same_v<T, std::string_view> || std::is_same_v<T, std::string>;

template <class T>
bool fits(Storage storage) {
  if constexpr (kIsText<T>) {
    return storage == Storage::kText;
  } else if constexpr (std::is_same_v<T, uint8_t>) {
    return storage == Storage::kUint8 || storage == Storage::kBool;
  } else {
    return storage == kStorageOf<T>;
  }
}

// DuckDB takes any bytes here and stumbles over them later.
template <class T>
Result<void> check_texts(std::span<const T> values) {
  if constexpr (kIsText<T>) {
    for (const T& text : values) {
      if (!is_utf8(text)) {
        return Error(ErrorCode::kBadData, "a text is not valid UTF-8",
                     "Convert the source to UTF-8.");
      }
    }
  }
  return {};
}

template <class T>
void copy_values(std::span<const T> values, duckdb_vector vector) {
  if constexpr (kIsText<T>) {
    for (size_t i = 0; i < values.size(); ++i) {
      duckdb_vector_assign_string_element_len(vector, i, values[i].data(), values[i].size());
    }
  } else {
    std::memcpy(duckdb_vector_get_data(vector), values.data(), values.size_bytes());
  }
}

void copy_nulls(std::span<const uint8_t> valid, duckdb_vector vector) {
  duckdb_vector_ensure_validity_writable(vector);
  uint64_t* mask = duckdb_vector_get_validity(vector);
  for (size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] == 0) duckdb_validity_set_row_invalid(mask, i);
  }
}

}  // namespace

size_t ColumnData::size() const {
  return std::visit([](const auto& values) { return values.size(); }, values_);
}

Appender::Appender(std::shared_ptr<ConnectionHandle> connection,
                   std::shared_ptr<AppenderHandle> handle)
    : connection_(std::move(connection)), handle_(std::move(handle)) {
  const idx_t count = duckdb_appender_column_count(handle_->raw);
  for (idx_t i = 0; i < count; ++i) {
    const LogicalType type(duckdb_appender_column_type(handle_->raw, i));
    infos_.push_back(describe(std::to_string(i + 1), type.raw));
  }
}

Result<Appender> Appender::create(Connection& connection, const std::string& table) {
  auto handle = std::make_shared<AppenderHandle>();
  if (duckdb_appender_create(connection.handle_->raw, nullptr, table.c_str(), &handle->raw) !=
      DuckDBSuccess) {
    const char* reason = duckdb_appender_error(handle->raw);
    return to_error(reason == nullptr ? "" : reason);
  }
  return Appender(connection.handle_, std::move(handle));
}

Result<void> Appender::check(const std::vector<ColumnData>& columns) const {
  if (columns.size() != infos_.size()) {
    return Error(ErrorCode::kInternal, "the table has " + std::to_string(infos_.size()) +
                                           " columns but was given " +
                                           std::to_string(columns.size()));
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    const ColumnData& column = columns[i];
    const bool same_length = column.size() == columns[0].size() &&
                             (column.valid().empty() || column.valid().size() == column.size());
    const bool same_type = std::visit(
        [&](const auto& values) {
          return fits<typename std::decay_t<decltype(values)>::value_type>(infos_[i].storage);
        },
        column.values());
    if (!same_length || !same_type) {
      return Error(ErrorCode::kInternal, "values for column " + infos_[i].name + " of a table (" +
                                             to_string(infos_[i].storage) + ") have " +
                                             (same_length ? "another type" : "another length"));
    }
  }
  return {};
}

Result<void> Appender::append(const std::vector<ColumnData>& columns) {
  REGULARS_TRY(check(columns));
  const size_t rows = columns.empty() ? 0 : columns[0].size();
  const size_t block = duckdb_vector_size();
  for (size_t from = 0; from < rows; from += block) {
    REGULARS_TRY(append_block(columns, from, std::min(block, rows - from)));
  }
  return {};
}

Result<void> Appender::append_block(const std::vector<ColumnData>& columns, size_t from,
                                    size_t count) {
  for (const ColumnData& column : columns) {
    REGULARS_TRY(
        std::visit([&](const auto& values) { return check_texts(values.subspan(from, count)); },
                   column.values()));
  }
  std::vector<duckdb_logical_type> types;
  for (size_t i = 0; i < columns.size(); ++i) {
    types.push_back(duckdb_appender_column_type(handle_->raw, i));
  }
  ChunkHandle chunk;
  chunk.raw = duckdb_create_data_chunk(types.data(), types.size());
  for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
  if (chunk.raw == nullptr) return Error(ErrorCode::kInternal, "no room for a block of rows");
  for (size_t i = 0; i < columns.size(); ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.raw, i);
    std::visit([&](const auto& values) { copy_values(values.subspan(from, count), vector); },
               columns[i].values());
    if (!columns[i].valid().empty()) copy_nulls(columns[i].valid().subspan(from, count), vector);
  }
  duckdb_data_chunk_set_size(chunk.raw, count);
  if (duckdb_append_data_chunk(handle_->raw, chunk.raw) != DuckDBSuccess) return last_error();
  return {};
}

Result<void> Appender::close() {
  if (duckdb_appender_close(handle_->raw) != DuckDBSuccess) return last_error();
  return {};
}

Error Appender::last_error() const {
  const char* reason = duckdb_appender_error(handle_->raw);
  return to_error(reason == nullptr ? "" : reason);
}

}  // namespace regulars::sql
