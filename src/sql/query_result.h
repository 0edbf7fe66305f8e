// What a query returns: chunks of up to 2,048 rows, read column by column without copying, or all
// rows at once for small results.
//
//   while (true) {
//     REGULARS_ASSIGN(std::optional<Chunk> chunk, result.next());
//     if (!chunk) break;
//     REGULARS_ASSIGN(auto amounts, chunk->column(0).values<int64_t>());
//     for (size_t row = 0; row < chunk->size(); ++row)
//       if (!chunk->column(0).is_null(row)) total += amounts[row];
//   }
//
// Thread-safety: a QueryResult belongs to one thread at a time. A Chunk and its Columns are
// read-only and may be read by several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "sql/type.h"

namespace regulars::sql {

struct ChunkHandle;
struct ResultHandle;

// A view of one column of a chunk; valid while the chunk is.
class Column {
 public:
  const ColumnInfo& info() const { return *info_; }
  size_t size() const { return size_; }

  bool is_null(size_t row) const {
    return validity_ != nullptr && (validity_[row / 64] >> (row % 64) & 1) == 0;
  }
  // One bit per row, set when not NULL; nullptr when no row is NULL.
  const uint64_t* validity() const { return validity_; }

  // The values as they lie in memory; those of NULL rows are unspecified. T must be the type the
  // column is stored as: int64_t also for timestamps and for decimals of 10 to 18 digits (units),
  // int32_t also for dates and decimals of 5 to 9 digits, TextCell for texts and blobs. kInternal
  // when it is not.
  template <class T>
  Result<std::span<const T>> values() const {
    static_assert(kStorageOf<T> != Storage::kNone, "no column is stored as this type");
    if (info_->storage != kStorageOf<T>) return mismatch(kStorageOf<T>);
    return std::span<const T>(static_cast<const T*>(data_), size_);
  }

 private:
  friend class Chunk;
  Column(const ColumnInfo* info, const void* data, const uint64_t* validity, size_t size)
      : info_(info), data_(data), validity_(validity), size_(size) {}
  Error mismatch(Storage wanted) const;

  const ColumnInfo* info_;
  const void* data_;
  const uint64_t* validity_;
  size_t size_;
};

class Chunk {
 public:
  Chunk(std::shared_ptr<ChunkHandle> handle, std::shared_ptr<const std::vector<ColumnInfo>> infos);
  size_t size() const { return size_; }  // rows
  const Column& column(size_t index) const { return columns_[index]; }
  const std::vector<Column>& columns() const { return columns_; }

 private:
  std::shared_ptr<ChunkHandle> handle_;
  std::shared_ptr<const std::vector<ColumnInfo>> infos_;
  size_t size_;
  std::vector<Column> columns_;
};

// One value of a small result. Integers, dates (days), times and timestamps (their own unit) are
// integers; decimals are texts ("12.50"), because they are exact.
class Cell {
 public:
  using Value = std::variant<std::monostate, bool, int64_t, double, std::string>;
  Cell() = default;
  explicit Cell(Value value) : value_(std::move(value)) {}

  bool is_null() const { return value_.index() == 0; }
  // Empty when the value is NULL or of another kind.
  std::optional<bool> boolean() const { return as<bool>(); }
  std::optional<int64_t> integer() const { return as<int64_t>(); }
  std::optional<double> real() const { return as<double>(); }
  std::optional<std::string> text() const { return as<std::string>(); }
  bool operator==(const Cell&) const = default;

 private:
  template <class T>
  std::optional<T> as() const {
    const T* held = std::get_if<T>(&value_);
    return held == nullptr ? std::nullopt : std::optional<T>(*held);
  }
  Value value_;
};

using Rows = std::vector<std::vector<Cell>>;

class QueryResult {
 public:
  explicit QueryResult(std::shared_ptr<ResultHandle> handle);

  const std::vector<ColumnInfo>& columns() const { return *infos_; }
  std::optional<size_t> find_column(std::string_view name) const;

  // The next chunk, never of size 0; empty after the last. A streamed query may fail here.
  Result<std::optional<Chunk>> next();

  // All rows not read yet, copied: for small results. kUnsupported for column types that Cell
  // does not hold, kOverflow when an integer leaves 64 bits.
  Result<Rows> rows();

  // Rows inserted, updated or deleted by the statement.
  uint64_t rows_changed() const;

 private:
  std::shared_ptr<ResultHandle> handle_;
  std::shared_ptr<const std::vector<ColumnInfo>> infos_;
};

}  // namespace regulars::sql
