#include "store/text_table.h"

#include "sql/appender.h"

namespace regulars::store {
namespace {

// Texts waiting for a code, with their place in the dictionary.
struct Waiting {
  std::vector<uint32_t> place;
  std::vector<std::string_view> text;
};

Waiting collect(const Dictionary& texts, const std::vector<uint8_t>& used) {
  Waiting waiting;
  for (uint32_t i = 0; i < texts.size(); ++i) {
    if (used[i] == 0) continue;
    waiting.place.push_back(i);
    waiting.text.push_back(texts.text(i));
  }
  return waiting;
}

Result<void> append(sql::Connection& connection, const std::string& table,
                    const std::vector<uint32_t>& numbers,
                    const std::vector<std::string_view>& texts) {
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, table));
  REGULARS_TRY(appender.append({sql::ColumnData(numbers), sql::ColumnData(texts)}));
  return appender.close();
}

// Fills the codes of texts that are stored already.
Result<void> find_stored(sql::Connection& connection, const TextTable& table,
                         const Waiting& waiting, std::vector<uint32_t>& codes) {
  REGULARS_TRY(connection.execute(
      "CREATE OR REPLACE TEMP TABLE incoming_text (place UINTEGER, text VARCHAR)"));
  REGULARS_TRY(append(connection, "incoming_text", waiting.place, waiting.text));
  REGULARS_ASSIGN(
      sql::QueryResult found,
      connection.query("SELECT i.place, t." + table.code_column + " FROM incoming_text i JOIN " +
                       table.table + " t ON i.text = t." + table.text_column));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, found.next());
    if (!chunk) break;
    REGULARS_ASSIGN(const auto places, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto stored, chunk->column(1).values<uint32_t>());
    for (size_t row = 0; row < chunk->size(); ++row) codes[places[row]] = stored[row];
  }
  return connection.execute("DROP TABLE incoming_text");
}

}  // namespace

TextTable text_table_of(const std::string& column_name) {
  return {"text_" + column_name, "code", "text"};
}

Result<Interned> intern_texts(sql::Connection& connection, const TextTable& table,
                              const Dictionary& texts, const std::vector<uint8_t>& used) {
  REGULARS_ASSIGN(int64_t next,
                  connection.query_integer("SELECT coalesce(max(" + table.code_column +
                                           ")::BIGINT + 1, 0) FROM " + table.table));
  Interned interned;
  interned.codes.assign(texts.size(), kNoCode);
  interned.first_new = static_cast<uint32_t>(next);
  const Waiting waiting = collect(texts, used);
  if (next > 0 && !waiting.place.empty()) {
    REGULARS_TRY(find_stored(connection, table, waiting, interned.codes));
  }
  std::vector<uint32_t> new_codes;
  std::vector<std::string_view> new_texts;
  for (size_t i = 0; i < waiting.place.size(); ++i) {
    uint32_t& code = interned.codes[waiting.place[i]];
    if (code != kNoCode) continue;
    if (next >= kNoCode) {
      return Error(ErrorCode::kOverflow, "table " + table.table + " has no numbers left");
    }
    code = static_cast<uint32_t>(next++);
    new_codes.push_back(code);
    new_texts.push_back(waiting.text[i]);
  }
  interned.added = static_cast<int64_t>(new_codes.size());
  if (!new_codes.empty()) {
    REGULARS_TRY(append(connection, table.table, new_codes, new_texts));
  }
  return interned;
}

Result<StoredTexts> load_texts(sql::Connection& connection, const TextTable& table,
                               uint32_t below) {
  StoredTexts stored;
  stored.dictionary = std::make_shared<Dictionary>();
  REGULARS_ASSIGN(
      sql::QueryResult result,
      connection.stream("SELECT " + table.code_column + ", " + table.text_column + " FROM " +
                            table.table + " WHERE " + table.code_column + " < ? ORDER BY 1",
                        below));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) break;
    REGULARS_ASSIGN(const auto codes, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto texts, chunk->column(1).values<sql::TextCell>());
    for (size_t row = 0; row < chunk->size(); ++row) {
      const uint32_t place = stored.dictionary->intern(texts[row].view());
      if (place != stored.codes.size()) {
        return Error(ErrorCode::kBadData, "table " + table.table + " holds a text twice",
                     "The project database was changed by something else: restore a copy.");
      }
      stored.codes.push_back(codes[row]);
    }
  }
  return stored;
}

}  // namespace regulars::store
