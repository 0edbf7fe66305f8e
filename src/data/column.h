// A typed column of facts: of events, of their items, of customers or of products. Integers,
// decimals (whole units of a declared scale), instants (UTC microseconds), days, and booleans are
// 64-bit numbers; texts dictionary codes. An unknown value is kMissing or kNoCode. Columns of a
// History are packed.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "data/dictionary.h"
#include "data/packed.h"

namespace regulars {

enum class ValueType : uint8_t { kInteger, kDecimal, kReal, kText, kInstant, kDay, kBoolean };

constexpr int64_t kMissing = std::numeric_limits<int64_t>::min();

struct Column {
  std::string name;
  ValueType type = ValueType::kInteger;
  int scale = 0;             // kDecimal only
  Packed<int64_t> numbers;   // every type but kText; kReal is not storable in a column
  Packed<uint32_t> codes;    // kText
  DictionaryPtr dictionary;  // kText
  bool is_set = false;       // kText: elements, ascending, separated by U+001F

  size_t size() const { return type == ValueType::kText ? codes.size() : numbers.size(); }
  bool known(size_t row) const {
    return type == ValueType::kText ? codes[row] != kNoCode : numbers[row] != kMissing;
  }

  static Column decimal(std::string name, int scale) {
    return {std::move(name), ValueType::kDecimal, scale, {}, {}, nullptr, false};
  }
  static Column of(std::string name, ValueType type) {
    return {std::move(name), type, 0, {}, {}, nullptr, false};
  }
  static Column text(std::string name, DictionaryPtr dictionary) {
    return {std::move(name), ValueType::kText, 0, {}, {}, std::move(dictionary), false};
  }
};

// The column of that name, or nullptr.
const Column* find_column(const std::vector<Column>& columns, const std::string& name);

}  // namespace regulars
