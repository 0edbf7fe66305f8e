// Private to store: tables that number texts. One per text column name (text_product, text_store
// ...) and the identity table, which numbers customers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/dictionary.h"
#include "sql/connection.h"

namespace regulars::store {

struct TextTable {
  std::string table;
  std::string code_column;
  std::string text_column;
};

inline const TextTable kIdentityTable{"identity", "customer", "external_id"};
// The table for text columns of that name; the name has been checked (event_schema.h).
TextTable text_table_of(const std::string& column_name);

struct Interned {
  std::vector<uint32_t> codes;  // stored code of each text of the dictionary; kNoCode: not used
  uint32_t first_new = 0;       // codes from here on were given now
  int64_t added = 0;
};

// Finds the stored codes of the texts with used[code] != 0 and numbers those not yet stored, in the
// order of the dictionary. kOverflow when codes run out, kBadData when a text is not UTF-8.
Result<Interned> intern_texts(sql::Connection& connection, const TextTable& table,
                              const Dictionary& texts, const std::vector<uint8_t>& used);

// All texts; `codes` are the stored ones in ascending order, text i of the dictionary has codes[i].
struct StoredTexts {
  DictionaryPtr dictionary;
  std::vector<uint32_t> codes;
};
// With `first` only codes below it.
Result<StoredTexts> load_texts(sql::Connection& connection, const TextTable& table,
                               uint32_t below = UINT32_MAX);

}  // namespace regulars::store
