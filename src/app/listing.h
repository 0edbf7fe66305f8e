// What a verb has to say, as facts, one table and notes; shown as text for people, CSV for tables
// and JSON for programs, all from the same cells.
//
// Thread-safety: values and pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"

namespace regulars::app {

struct Cell {
  enum class Kind { kEmpty, kInteger, kNumber, kText, kBoolean };
  Kind kind = Kind::kEmpty;
  int64_t integer = 0;
  std::string text;         // kNumber: as written in JSON and CSV; kText
  std::string people = {};  // what people see instead of `text`

  static Cell of(int64_t value) { return {Kind::kInteger, value, {}, {}}; }
  static Cell of(std::string value) { return {Kind::kText, 0, std::move(value), {}}; }
  static Cell of(const char* value) { return {Kind::kText, 0, value, {}}; }
  static Cell of(bool value) { return {Kind::kBoolean, value ? 1 : 0, {}, {}}; }
  // A decimal is a string in JSON: programs that read numbers as doubles would change it.
  static Cell of(Decimal value) { return {Kind::kText, 1, value.to_string(), {}}; }
  // A share 0..1: "17.2 %" for people, 0.172 for programs.
  static Cell share(double value);
  static Cell real(double value);  // not finite: empty
  // ISO form in UTC for programs; the zone's wall clock for people.
  static Cell moment(Instant value, const Zone& zone);
};

struct Listing {
  struct Fact {
    std::string key;    // in JSON: "as_of"
    std::string title;  // for people: "As of"; empty: only in JSON
    Cell value;
  };
  struct Heading {
    std::string key;
    std::string title;  // empty: only for programs
  };
  // Rows from `first_row` on, up to the next group, under a title of their own; for people.
  struct Group {
    size_t first_row = 0;
    std::string title;
  };
  std::vector<Fact> facts;
  std::string rows_key = "rows";
  std::vector<Heading> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<Group> groups;
  bool wrap_last = false;  // the last column goes on in further lines instead of being cut
  std::string if_empty;    // said instead of a table without rows
  std::vector<std::string> notes;
};

// As CSV has it: no separators, "true" and "false", empty for what is not known.
std::string plain_text(const Cell& cell);
// As JSON has it; a text in quotes.
std::string json_text(const Cell& cell);

enum class Format { kText, kCsv, kJson };

// At most `width` columns: numbers to the right, the widest text column is cut where it must be.
std::string listing_text(const Listing& listing, size_t width);
// The table alone, with a header line; formulas escaped (base/csv.h).
std::string listing_csv(const Listing& listing);
// {"as_of": ..., "rows": [{"name": ...}], "notes": [...]}
std::string listing_json(const Listing& listing);

std::string show(const Listing& listing, Format format, size_t width);

}  // namespace regulars::app
