#include "data/attach.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/near_names.h"

namespace regulars {
namespace {

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "'" : ", '") + name + "'";
  return list;
}

Error not_found(const std::string& what, const std::string& wanted,
                const std::vector<std::string>& names) {
  const std::vector<std::string> near = near_names(wanted, names);
  const std::string hint = names.empty()  ? "There is none at all."
                           : near.empty() ? "There are " + quoted_list(names) + "."
                                          : "Did you mean " + quoted_list(near) + "?";
  return Error(ErrorCode::kNotFound, "there is no " + what + " '" + wanted + "'", hint);
}

// Rows of a table by key and, for a key, by the beginning of their validity.
class Rows {
 public:
  explicit Rows(const ReferenceData& table) : table_(table), offset_(table.keys->size() + 1, 0) {
    for (const uint32_t key : table.key) ++offset_[key + 1];
    std::partial_sum(offset_.begin(), offset_.end(), offset_.begin());
    rows_.resize(table.size());
    std::vector<uint32_t> next(offset_.begin(), offset_.end() - 1);
    for (uint32_t row = 0; row < table.size(); ++row) rows_[next[table.key[row]]++] = row;
    if (table.valid_from.empty()) return;
    for (size_t key = 0; key + 1 < offset_.size(); ++key) {
      std::stable_sort(
          rows_.begin() + offset_[key], rows_.begin() + offset_[key + 1],
          [&](uint32_t a, uint32_t b) { return table_.valid_from[a] < table_.valid_from[b]; });
    }
  }

  // The row of the key that holds at t.
  std::optional<uint32_t> at(uint32_t key, Instant t) const {
    const auto begin = rows_.begin() + offset_[key];
    const auto end = rows_.begin() + offset_[key + 1];
    if (begin == end) return std::nullopt;
    if (table_.valid_from.empty()) return *begin;
    const auto after = std::upper_bound(begin, end, t, [&](Instant instant, uint32_t row) {
      return instant < table_.valid_from[row];
    });
    if (after == begin) return std::nullopt;
    return *(after - 1);
  }

 private:
  const ReferenceData& table_;
  std::vector<uint32_t> offset_;
  std::vector<uint32_t> rows_;
};

// Which key of the table a value of a key column means.
class KeyMap {
 public:
  KeyMap(const Column& column, const Dictionary& keys) : column_(column), keys_(keys) {
    if (column.type != ValueType::kText) return;
    of_code_.resize(column.dictionary->size());
    for (uint32_t code = 0; code < of_code_.size(); ++code) {
      of_code_[code] = keys.find(column.dictionary->text(code));
    }
  }

  uint32_t key(size_t row) const {
    if (!column_.known(row)) return kNoCode;
    if (column_.type == ValueType::kText) return of_code_[column_.codes[row]];
    // Ids made of digits may have been taken for numbers.
    if (column_.type != ValueType::kInteger) return kNoCode;
    return keys_.find(std::to_string(column_.numbers[row]));
  }

 private:
  const Column& column_;
  const Dictionary& keys_;
  std::vector<uint32_t> of_code_;
};

struct Asked {
  std::string name;  // "product.eco"
  const Column* values = nullptr;
};

void append(const Column& values, std::optional<uint32_t> row, Column& to) {
  if (values.type == ValueType::kText) {
    to.codes.push_back(row ? values.codes[*row] : kNoCode);
  } else {
    to.numbers.push_back(row ? values.numbers[*row] : kMissing);
  }
}

// `at(row)` is the instant of a row of `columns`.
template <class At>
void add_columns(std::vector<Column>& columns, const ReferenceData& table, const Rows& rows,
                 const std::vector<Asked>& asked, const At& at) {
  const Column* key_column = find_column(columns, table.name);
  if (key_column == nullptr) return;
  const KeyMap keys(*key_column, *table.keys);
  const size_t count = key_column->size();
  std::vector<std::optional<uint32_t>> found(count);
  for (size_t row = 0; row < count; ++row) {
    const uint32_t key = keys.key(row);
    if (key != kNoCode) found[row] = rows.at(key, at(row));
  }
  for (const Asked& one : asked) {
    if (find_column(columns, one.name) != nullptr) continue;
    Column added = Column::of(one.name, one.values->type);
    added.scale = one.values->scale;
    added.dictionary = one.values->dictionary;
    added.is_set = one.values->is_set;
    for (size_t row = 0; row < count; ++row) append(*one.values, found[row], added);
    columns.push_back(std::move(added));
  }
}

void attach_table(std::vector<Stream>& streams, const ReferenceData& table,
                  const std::vector<Asked>& asked) {
  const Rows rows(table);
  for (Stream& stream : streams) {
    add_columns(stream.columns, table, rows, asked, [&](size_t row) { return stream.at[row]; });
    if (stream.item_offset.empty()) continue;
    std::vector<uint32_t> event_of(stream.item_offset.back());
    for (uint32_t event = 0; event < stream.size(); ++event) {
      std::fill(event_of.begin() + stream.item_offset[event],
                event_of.begin() + stream.item_offset[event + 1], event);
    }
    add_columns(stream.item_columns, table, rows, asked,
                [&](size_t item) { return stream.at[event_of[item]]; });
  }
}

Result<Asked> find_asked(const ReferenceData& table, const std::string& name) {
  const std::string field = name.substr(table.name.size() + 1);
  if (const Column* values = find_column(table.columns, field)) return Asked{name, values};
  std::vector<std::string> fields;
  for (const Column& column : table.columns) fields.push_back(column.name);
  return not_found("field of table '" + table.name + "' called", field, fields);
}

}  // namespace

Result<History> attach(History history, const std::vector<ReferenceData>& tables,
                       const std::vector<std::string>& asked) {
  std::vector<std::vector<Asked>> per_table(tables.size());
  for (const std::string& name : asked) {
    const std::string wanted = name.substr(0, name.find('.'));
    const auto table = std::find_if(tables.begin(), tables.end(),
                                    [&](const ReferenceData& t) { return t.name == wanted; });
    if (table == tables.end() || wanted.size() == name.size()) {
      std::vector<std::string> names;
      for (const ReferenceData& known : tables) names.push_back(known.name);
      return not_found("reference table", wanted, names);
    }
    REGULARS_ASSIGN(Asked found, find_asked(*table, name));
    per_table[static_cast<size_t>(table - tables.begin())].push_back(std::move(found));
  }
  for (size_t i = 0; i < tables.size(); ++i) {
    if (!per_table[i].empty()) attach_table(history.edit_streams(), tables[i], per_table[i]);
  }
  return history;
}

}  // namespace regulars
