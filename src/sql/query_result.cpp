#include "sql/query_result.h"

#include <cstddef>

#include "sql/error.h"
#include "sql/handles.h"

namespace regulars::sql {
namespace {

static_assert(sizeof(TextCell) == sizeof(duckdb_string_t));
static_assert(alignof(TextCell) == alignof(duckdb_string_t));
static_assert(offsetof(duckdb_string_t, value.inlined.inlined) == 4);
static_assert(offsetof(duckdb_string_t, value.pointer.ptr) == 8);
static_assert(sizeof(Int128) == sizeof(duckdb_hugeint));

struct TypeRow {
  duckdb_type raw;
  Type type;
  Storage storage;
};

constexpr TypeRow kTypes[] = {
    {DUCKDB_TYPE_BOOLEAN, Type::kBool, Storage::kBool},
    {DUCKDB_TYPE_TINYINT, Type::kInt8, Storage::kInt8},
    {DUCKDB_TYPE_SMALLINT, Type::kInt16, Storage::kInt16},
    {DUCKDB_TYPE_INTEGER, Type::kInt32, Storage::kInt32},
    {DUCKDB_TYPE_BIGINT, Type::kInt64, Storage::kInt64},
    {DUCKDB_TYPE_HUGEINT, Type::kInt128, Storage::kInt128},
    {DUCKDB_TYPE_UTINYINT, Type::kUint8, Storage::kUint8},
    {DUCKDB_TYPE_USMALLINT, Type::kUint16, Storage::kUint16},
    {DUCKDB_TYPE_UINTEGER, Type::kUint32, Storage::kUint32},
    {DUCKDB_TYPE_UBIGINT, Type::kUint64, Storage::kUint64},
    {DUCKDB_TYPE_FLOAT, Type::kFloat, Storage::kFloat},
    {DUCKDB_TYPE_DOUBLE, Type::kDouble, Storage::kDouble},
    {DUCKDB_TYPE_VARCHAR, Type::kText, Storage::kText},
    {DUCKDB_TYPE_BLOB, Type::kBlob, Storage::kText},
    {DUCKDB_TYPE_DATE, Type::kDate, Storage::kInt32},
    {DUCKDB_TYPE_TIME, Type::kTime, Storage::kInt64},
    {DUCKDB_TYPE_TIMESTAMP, Type::kTimestamp, Storage::kInt64},
    {DUCKDB_TYPE_TIMESTAMP_TZ, Type::kTimestampTz, Storage::kInt64},
    {DUCKDB_TYPE_TIMESTAMP_S, Type::kTimestampSeconds, Storage::kInt64},
    {DUCKDB_TYPE_TIMESTAMP_MS, Type::kTimestampMillis, Storage::kInt64},
    {DUCKDB_TYPE_TIMESTAMP_NS, Type::kTimestampNanos, Storage::kInt64},
};

const TypeRow* find_type(duckdb_type raw) {
  for (const TypeRow& row : kTypes) {
    if (row.raw == raw) return &row;
  }
  return nullptr;
}

std::string decimal_text(Int128 units, int scale) {
  const bool negative = units < 0;
  std::string digits;
  do {
    const int digit = static_cast<int>(units % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    units /= 10;
  } while (units != 0);
  const auto places = static_cast<size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return negative ? "-" + digits : digits;
}

template <class T>
Result<T> value_at(const Column& column, size_t row) {
  REGULARS_ASSIGN(const auto values, column.values<T>());
  return values[row];
}

// The value of an integer column of any width.
Result<Int128> integer_at(const Column& column, size_t row) {
  const auto widen = [](auto value) -> Result<Int128> {
    if (!value) return std::move(value).error();
    return static_cast<Int128>(*value);
  };
  switch (column.info().storage) {
    case Storage::kInt8:
      return widen(value_at<int8_t>(column, row));
    case Storage::kInt16:
      return widen(value_at<int16_t>(column, row));
    case Storage::kInt32:
      return widen(value_at<int32_t>(column, row));
    case Storage::kInt64:
      return widen(value_at<int64_t>(column, row));
    case Storage::kUint8:
      return widen(value_at<uint8_t>(column, row));
    case Storage::kUint16:
      return widen(value_at<uint16_t>(column, row));
    case Storage::kUint32:
      return widen(value_at<uint32_t>(column, row));
    case Storage::kUint64:
      return widen(value_at<uint64_t>(column, row));
    default:
      return widen(value_at<Int128>(column, row));
  }
}

Result<Cell> cell_at(const Column& column, size_t row) {
  if (column.is_null(row)) return Cell();
  switch (column.info().storage) {
    case Storage::kNone:
      return Error(ErrorCode::kUnsupported,
                   "column '" + column.info().name + "' is of a type that cannot be read",
                   "CAST it to VARCHAR in the query.");
    case Storage::kBool: {
      REGULARS_ASSIGN(const bool value, value_at<bool>(column, row));
      return Cell(value);
    }
    case Storage::kFloat: {
      REGULARS_ASSIGN(const float value, value_at<float>(column, row));
      return Cell(static_cast<double>(value));
    }
    case Storage::kDouble: {
      REGULARS_ASSIGN(const double value, value_at<double>(column, row));
      return Cell(value);
    }
    case Storage::kText: {
      REGULARS_ASSIGN(const TextCell value, value_at<TextCell>(column, row));
      return Cell(std::string(value.view()));
    }
    default: {
      REGULARS_ASSIGN(const Int128 value, integer_at(column, row));
      if (column.info().type == Type::kDecimal) {
        return Cell(decimal_text(value, column.info().scale));
      }
      REGULARS_ASSIGN(const int64_t narrowed, narrow(value));
      return Cell(narrowed);
    }
  }
}

}  // namespace

ColumnInfo describe(std::string name, duckdb_logical_type type) {
  ColumnInfo info;
  info.name = std::move(name);
  const duckdb_type raw = duckdb_get_type_id(type);
  if (raw == DUCKDB_TYPE_DECIMAL) {
    info.type = Type::kDecimal;
    info.scale = duckdb_decimal_scale(type);
    const TypeRow* stored = find_type(duckdb_decimal_internal_type(type));
    if (stored != nullptr) info.storage = stored->storage;
  } else if (const TypeRow* known = find_type(raw); known != nullptr) {
    info.type = known->type;
    info.storage = known->storage;
  }
  return info;
}

const char* to_string(Storage storage) {
  switch (storage) {
    case Storage::kBool:
      return "bool";
    case Storage::kInt8:
      return "int8";
    case Storage::kInt16:
      return "int16";
    case Storage::kInt32:
      return "int32";
    case Storage::kInt64:
      return "int64";
    case Storage::kInt128:
      return "int128";
    case Storage::kUint8:
      return "uint8";
    case Storage::kUint16:
      return "uint16";
    case Storage::kUint32:
      return "uint32";
    case Storage::kUint64:
      return "uint64";
    case Storage::kFloat:
      return "float";
    case Storage::kDouble:
      return "double";
    case Storage::kText:
      return "text";
    case Storage::kNone:
      break;
  }
  return "a type that cannot be read";
}

Error Column::mismatch(Storage wanted) const {
  return Error(ErrorCode::kInternal, "column '" + info_->name + "' is stored as " +
                                         to_string(info_->storage) + ", not as " +
                                         to_string(wanted));
}

Chunk::Chunk(std::shared_ptr<ChunkHandle> handle,
             std::shared_ptr<const std::vector<ColumnInfo>> infos)
    : handle_(std::move(handle)),
      infos_(std::move(infos)),
      size_(duckdb_data_chunk_get_size(handle_->raw)) {
  columns_.reserve(infos_->size());
  for (size_t i = 0; i < infos_->size(); ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(handle_->raw, i);
    columns_.push_back(Column(&(*infos_)[i], duckdb_vector_get_data(vector),
                              duckdb_vector_get_validity(vector), size_));
  }
}

QueryResult::QueryResult(std::shared_ptr<ResultHandle> handle) : handle_(std::move(handle)) {
  auto infos = std::make_shared<std::vector<ColumnInfo>>();
  const idx_t count = duckdb_column_count(&handle_->raw);
  for (idx_t i = 0; i < count; ++i) {
    const LogicalType type(duckdb_column_logical_type(&handle_->raw, i));
    infos->push_back(describe(duckdb_column_name(&handle_->raw, i), type.raw));
  }
  infos_ = std::move(infos);
}

std::optional<size_t> QueryResult::find_column(std::string_view name) const {
  for (size_t i = 0; i < infos_->size(); ++i) {
    if ((*infos_)[i].name == name) return i;
  }
  return std::nullopt;
}

Result<std::optional<Chunk>> QueryResult::next() {
  while (true) {
    auto chunk = std::make_shared<ChunkHandle>();
    chunk->raw = duckdb_fetch_chunk(handle_->raw);
    if (chunk->raw == nullptr) {
      const char* reason = duckdb_result_error(&handle_->raw);
      if (reason != nullptr && *reason != '\0') return to_error(reason);
      return std::optional<Chunk>();
    }
    if (duckdb_data_chunk_get_size(chunk->raw) == 0) continue;
    return std::optional<Chunk>(Chunk(std::move(chunk), infos_));
  }
}

Result<Rows> QueryResult::rows() {
  Rows rows;
  while (true) {
    REGULARS_ASSIGN(const std::optional<Chunk> chunk, next());
    if (!chunk) return rows;
    for (size_t row = 0; row < chunk->size(); ++row) {
      std::vector<Cell> cells;
      cells.reserve(chunk->columns().size());
      for (const Column& column : chunk->columns()) {
        REGULARS_ASSIGN(Cell cell, cell_at(column, row));
        cells.push_back(std::move(cell));
      }
      rows.push_back(std::move(cells));
    }
  }
}

uint64_t QueryResult::rows_changed() const { return duckdb_rows_changed(&handle_->raw); }

}  // namespace regulars::sql
