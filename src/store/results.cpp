#include "store/results.h"

#include <algorithm>
#include <cmath>

#include "sql/appender.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

Instant instant_of(const sql::Cell& cell) { return Instant{cell.integer().value_or(0)}; }

// Statements for their effect whose number of rows is of no interest.
template <class... P>
Result<void> run_statement(sql::Connection& connection, const std::string& statement,
                           const P&... parameters) {
  REGULARS_ASSIGN(const auto changed, connection.execute(statement, parameters...));
  static_cast<void>(changed);
  return {};
}

}  // namespace

Result<std::vector<uint32_t>> stored_numbers(sql::Connection& connection, const History& history) {
  REGULARS_ASSIGN(const StoredTexts texts, load_texts(connection, kIdentityTable));
  std::vector<uint32_t> numbers(history.customers(), kNoCode);
  for (uint32_t c = 0; c < numbers.size(); ++c) {
    const uint32_t place = texts.dictionary->find(history.customer_id(c));
    if (place != kNoCode) numbers[c] = texts.codes[place];
  }
  return numbers;
}

Result<void> store_snapshot(sql::Connection& connection, const SnapshotRow& snapshot) {
  REGULARS_ASSIGN(const int64_t same,
                  connection.query_integer(
                      "SELECT count(*) FROM (SELECT populations, words FROM population_snapshot "
                      "WHERE id = ? ORDER BY recorded_at DESC LIMIT 1) WHERE populations = ? AND "
                      "words = ?",
                      snapshot.id, snapshot.populations, snapshot.words));
  if (same > 0) return {};
  REGULARS_TRY(run_statement(connection,
                             "DELETE FROM population_snapshot WHERE id = ? AND recorded_at = ?",
                             snapshot.id, snapshot.recorded_at));
  return run_statement(connection, "INSERT INTO population_snapshot VALUES (?, ?, ?, ?, ?)",
                       snapshot.id, snapshot.cut_off, snapshot.recorded_at, snapshot.populations,
                       snapshot.words);
}

Result<std::vector<SnapshotRow>> load_snapshots(sql::Connection& connection) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT id, cut_off, recorded_at, populations, words FROM "
                                        "population_snapshot ORDER BY cut_off, recorded_at, id"));
  std::vector<SnapshotRow> snapshots;
  for (const auto& row : rows) {
    snapshots.push_back({row[0].text().value_or(""), instant_of(row[1]), instant_of(row[2]),
                         row[3].text().value_or(""), row[4].text().value_or("")});
  }
  return snapshots;
}

Result<std::vector<SegmentVersion>> segment_versions(sql::Connection& connection,
                                                     const std::string& segment) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT version, text, recorded_at FROM segment_version "
                                        "WHERE segment = ? ORDER BY rowid",
                                        segment));
  std::vector<SegmentVersion> versions;
  for (const auto& row : rows) {
    versions.push_back(
        {segment, row[0].text().value_or(""), row[1].text().value_or(""), instant_of(row[2])});
  }
  return versions;
}

Result<bool> store_segment_version(sql::Connection& connection, const SegmentVersion& version) {
  REGULARS_ASSIGN(const auto known, segment_versions(connection, version.segment));
  if (!known.empty() && known.back().version == version.version) return false;
  REGULARS_TRY(run_statement(connection, "INSERT INTO segment_version VALUES (?, ?, ?, ?)",
                             version.segment, version.version, version.text, version.recorded_at));
  return true;
}

Result<void> record_scores(sql::Connection& connection, const ScoreStatement& statement,
                           Instant recorded_at, uint32_t run) {
  if (statement.customers.size() != statement.values.size()) {
    return Error(ErrorCode::kInternal, "a score has not one value per customer");
  }
  REGULARS_TRY(run_statement(connection,
                             "UPDATE score_row SET recorded_to = ? WHERE score = ? AND as_of = ? "
                             "AND recorded_to IS NULL",
                             recorded_at, statement.score, statement.as_of));
  std::vector<uint32_t> customers;
  std::vector<double> values;
  for (size_t i = 0; i < statement.values.size(); ++i) {
    if (std::isnan(statement.values[i])) continue;
    customers.push_back(statement.customers[i]);
    values.push_back(statement.values[i]);
  }
  if (customers.empty()) return {};
  const size_t count = customers.size();
  const std::vector<std::string_view> names(count, statement.score);
  const std::vector<std::string_view> versions(count, statement.version);
  const std::vector<int64_t> as_of(count, statement.as_of.micros);
  const std::vector<int64_t> recorded(count, recorded_at.micros);
  const std::vector<int64_t> none(count, 0);
  const std::vector<uint8_t> unknown(count, 0);
  const std::vector<uint32_t> runs(count, run);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "score_row"));
  REGULARS_TRY(appender.append({sql::ColumnData(names), sql::ColumnData(versions),
                                sql::ColumnData(customers), sql::ColumnData(as_of),
                                sql::ColumnData(values), sql::ColumnData(recorded),
                                sql::ColumnData(none).with_nulls(unknown), sql::ColumnData(runs)}));
  return appender.close();
}

Result<std::vector<ExportedRow>> last_exported(sql::Connection& connection,
                                               const std::string& name) {
  std::vector<ExportedRow> rows;
  REGULARS_ASSIGN(sql::QueryResult result,
                  connection.query("SELECT customer, content_hash FROM export_state WHERE export = "
                                   "? ORDER BY customer",
                                   name));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) return rows;
    REGULARS_ASSIGN(const auto customers, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto hashes, chunk->column(1).values<uint64_t>());
    for (size_t row = 0; row < chunk->size(); ++row) rows.push_back({customers[row], hashes[row]});
  }
}

Result<void> record_exported(sql::Connection& connection, const std::string& name,
                             const std::vector<ExportedRow>& rows, Instant exported_at,
                             uint32_t run) {
  REGULARS_TRY(run_statement(connection, "DELETE FROM export_state WHERE export = ?", name));
  if (rows.empty()) return {};
  std::vector<uint32_t> customers;
  std::vector<uint64_t> hashes;
  for (const ExportedRow& row : rows) {
    customers.push_back(row.customer);
    hashes.push_back(row.content_hash);
  }
  const std::vector<std::string_view> names(rows.size(), name);
  const std::vector<int64_t> at(rows.size(), exported_at.micros);
  const std::vector<uint32_t> runs(rows.size(), run);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "export_state"));
  REGULARS_TRY(
      appender.append({sql::ColumnData(names), sql::ColumnData(customers), sql::ColumnData(hashes),
                       sql::ColumnData(at), sql::ColumnData(runs)}));
  return appender.close();
}

}  // namespace regulars::store
