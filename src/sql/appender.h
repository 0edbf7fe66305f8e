// The fast way into a table: whole columns at a time. Take part in the connection's transaction.
//
//   REGULARS_ASSIGN(Appender appender, Appender::create(connection, "purchase"));
//   REGULARS_TRY(appender.append({ColumnData(customers), ColumnData(times), ColumnData(texts)}));
//   REGULARS_TRY(appender.close());
//
// Thread-safety: as its connection.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "sql/connection.h"

namespace regulars::sql {

struct AppenderHandle;

// Borrowed values of one column. The C++ type must be what the table's column is stored as (see
// Column::values): int64_t for BIGINT and TIMESTAMP, int32_t for INTEGER and DATE, uint32_t for
// UINTEGER, std::string_view or std::string for VARCHAR, uint8_t for UTINYINT and BOOLEAN ...
class ColumnData {
 public:
  using Values =
      std::variant<std::span<const int8_t>, std::span<const int16_t>, std::span<const int32_t>,
                   std::span<const int64_t>, std::span<const uint8_t>, std::span<const uint16_t>,
                   std::span<const uint32_t>, std::span<const uint64_t>, std::span<const double>,
                   std::span<const std::string_view>, std::span<const std::string>>;

  template <class T>
  explicit ColumnData(const std::vector<T>& values) : values_(std::span<const T>(values)) {}
  template <class T>
  explicit ColumnData(std::span<const T> values) : values_(values) {}

  // The same with NULL where `valid` is 0; `valid` has one byte per row.
  ColumnData with_nulls(std::span<const uint8_t> valid) && {
    valid_ = valid;
    return std::move(*this);
  }

  const Values& values() const { return values_; }
  std::span<const uint8_t> valid() const { return valid_; }
  size_t size() const;

 private:
  Values values_;
  std::span<const uint8_t> valid_;
};

class Appender {
 public:
  // kInternal when there is no such table.
  static Result<Appender> create(Connection& connection, const std::string& table);

  // Appends rows: as many columns as the table has, all of one length. kInternal when number,
  // length or types do not fit, kBadData when a text is not UTF-8.
  Result<void> append(const std::vector<ColumnData>& columns);

  // Writes what is left. Constraint violations may show only here; after an error nothing of what
  // this appender was given since its creation may be relied on: roll back.
  Result<void> close();

 private:
  Appender(std::shared_ptr<ConnectionHandle> connection, std::shared_ptr<AppenderHandle> handle);
  Result<void> check(const std::vector<ColumnData>& columns) const;
  Result<void> append_block(const std::vector<ColumnData>& columns, size_t from, size_t count);
  Error last_error() const;

  std::shared_ptr<ConnectionHandle> connection_;
  std::shared_ptr<AppenderHandle> handle_;
  std::vector<ColumnInfo> infos_;
};

}  // namespace regulars::sql
