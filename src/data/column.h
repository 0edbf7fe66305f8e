// A typed column of facts: of events, of their items, of customers or of products. Integers,
// decimals (whole units of a declared scale), instants (UTC microseconds), days, and booleans are
// kept as 64-bit numbers; texts as dictionary codes. An unknown value is kMissing or kNoCode.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "data/dictionary.h"

namespace regulars {

enum class ValueType : uint8_t { kInteger, kDecimal, kReal, kText, kInstant, kDay, kBoolean };

constexpr int64_t kMissing = std::numeric_limits<int64_t>::min();

struct Column {
  std::string name;
  ValueType type = ValueType::kInteger;
  int scale = 0;                 // kDecimal only
  std::vector<int64_t> numbers;  // every type but kText; kReal is not storable in a column
  std::vector<uint32_t> codes;   // kText
  DictionaryPtr dictionary;      // kText
  bool is_set = false;           // kText: elements, ascending, separated by U+001F

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
