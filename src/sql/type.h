// Types of columns as DuckDB delivers them, and the C++ type their values are stored as.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace regulars::sql {

enum class Type {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kInt128,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat,
  kDouble,
  kDecimal,  // units of 10^-scale; stored as the smallest integer that fits the width
  kText,     // UTF-8
  kBlob,
  kDate,         // days since 1970-01-01
  kTime,         // microseconds since midnight
  kTimestamp,    // microseconds since 1970-01-01, no zone
  kTimestampTz,  // microseconds since 1970-01-01T00:00:00Z
  kTimestampSeconds,
  kTimestampMillis,
  kTimestampNanos,
  kOther,  // lists, structs, enums ...: CAST to VARCHAR in the query to read them
};

// How the values lie in memory.
enum class Storage {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kInt128,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat,
  kDouble,
  kText,
  kNone,  // not readable through Column
};

struct ColumnInfo {
  std::string name;
  Type type = Type::kOther;
  Storage storage = Storage::kNone;
  int scale = 0;  // of kDecimal
};

// One text value inside a chunk: up to 12 bytes lie in the cell, longer ones elsewhere in the
// chunk. Same layout as duckdb_string_t (checked where it is filled).
class alignas(8) TextCell {
 public:
  std::string_view view() const {
    if (length_ <= sizeof(inlined_)) return {inlined_, length_};
    const char* start = nullptr;
    std::memcpy(&start, inlined_ + 4, sizeof(start));
    return {start, length_};
  }

 private:
  uint32_t length_;
  char inlined_[12];
};

template <class T>
constexpr Storage kStorageOf = Storage::kNone;
template <>
inline constexpr Storage kStorageOf<bool> = Storage::kBool;
template <>
inline constexpr Storage kStorageOf<int8_t> = Storage::kInt8;
template <>
inline constexpr Storage kStorageOf<int16_t> = Storage::kInt16;
template <>
inline constexpr Storage kStorageOf<int32_t> = Storage::kInt32;
template <>
inline constexpr Storage kStorageOf<int64_t> = Storage::kInt64;
template <>
inline constexpr Storage kStorageOf<Int128> = Storage::kInt128;
template <>
inline constexpr Storage kStorageOf<uint8_t> = Storage::kUint8;
template <>
inline constexpr Storage kStorageOf<uint16_t> = Storage::kUint16;
template <>
inline constexpr Storage kStorageOf<uint32_t> = Storage::kUint32;
template <>
inline constexpr Storage kStorageOf<uint64_t> = Storage::kUint64;
template <>
inline constexpr Storage kStorageOf<float> = Storage::kFloat;
template <>
inline constexpr Storage kStorageOf<double> = Storage::kDouble;
template <>
inline constexpr Storage kStorageOf<TextCell> = Storage::kText;

const char* to_string(Storage storage);

}  // namespace regulars::sql
