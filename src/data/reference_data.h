// The rows of a reference table (product, store, campaign ...), typed: what events point at by a
// key column of the table's name.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "data/column.h"

namespace regulars {

struct ReferenceData {
  std::string name;                 // "product"
  DictionaryPtr keys;               // texts of the ids
  std::vector<uint32_t> key;        // per row: code in `keys`
  std::vector<Instant> valid_from;  // per row; empty: every row holds at every instant
  std::vector<Column> columns;      // one value per row

  size_t size() const { return key.size(); }
};

}  // namespace regulars
