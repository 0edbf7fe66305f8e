// Cells of a source as values of one declared or guessed field.
//
// Thread-safety: one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connect/cell_columns.h"
#include "connect/number_format.h"
#include "connect/rows.h"
#include "connect/source_profile.h"
#include "connect/time_format.h"
#include "data/column.h"
#include "data/declarations.h"

namespace regulars::connect {

// What the cells of an undeclared column are; nothing is lost: a column is of numbers, dates or yes
// and no only if every cell that says something is.
FieldDeclaration guess_field(const ColumnProfile& column, std::string name);

// The field with as many digits as the column shows; for fields whose type is a custom, not the
// shop's own word.
FieldDeclaration widened(FieldDeclaration field, const ColumnProfile& column);

// The format of a source's times: what the declaration says, else found out from the column.
Result<TimeFormat> time_format_of(const SourceDeclaration& declaration, const SourceProfile& source,
                                  size_t column);

// "a;b;c", ["a","b"] or {a,b} (as PostgreSQL writes arrays) as the elements in ascending order,
// each once, separated by U+001F; empty: no element.
std::string set_of(std::string_view cell);

// "granted", "denied", "withdrawn" or "objected"; empty: not a word for any of them.
std::string_view consent_state_of(std::string_view cell);

class FieldReader {
 public:
  // `columns`: positions in the source; the first that says something counts. `format` of times.
  FieldReader(FieldDeclaration field, const std::vector<size_t>& columns,
              const SourceProfile& source, const Zone& zone, std::optional<TimeFormat> format = {});

  // Texts are states of consents and no others.
  void expect_consent_states() { consent_states_ = true; }

  // Reads the row's cell and holds the value. What is wrong with it, or nothing.
  std::optional<std::string> read(const RowBatch& batch, size_t row);
  // The column of the row read last.
  size_t column() const { return last_column_; }
  bool says_something() const { return known_; }

  void append(Column& to) const;  // the value held
  void append_unknown(Column& to) const;
  Column empty_column();  // shares the reader's dictionary
  const FieldDeclaration& field() const { return field_; }

 private:
  struct Source {
    size_t column;
    NumberFormat numbers;
    TimeReader times;
    TextCells texts;
  };

  bool read_text(const Source& source, std::string_view cell);
  bool read_number_cell(const Source& source, std::string_view cell);
  std::string complaint(std::string_view cell) const;

  FieldDeclaration field_;
  const Zone& zone_;
  std::vector<Source> sources_;
  DictionaryPtr dictionary_;
  bool consent_states_ = false;
  size_t last_column_ = 0;
  bool known_ = false;
  int64_t number_ = kMissing;
  uint32_t code_ = kNoCode;
  std::string scratch_;
};

}  // namespace regulars::connect
