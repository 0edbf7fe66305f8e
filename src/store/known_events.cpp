#include "store/known_events.h"

#include <numeric>

#include "sql/appender.h"

namespace regulars::store {
namespace {

Result<void> stage(sql::Connection& connection, const std::vector<uint32_t>& customer,
                   const Fingerprints& prints) {
  REGULARS_TRY(
      connection.execute("CREATE OR REPLACE TEMP TABLE incoming_event (row UINTEGER, customer "
                         "UINTEGER, id UBIGINT, content UBIGINT, derived UBIGINT)"));
  std::vector<uint32_t> row(customer.size());
  std::iota(row.begin(), row.end(), 0U);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "incoming_event"));
  REGULARS_TRY(
      appender.append({sql::ColumnData(row), sql::ColumnData(customer), sql::ColumnData(prints.id),
                       sql::ColumnData(prints.content), sql::ColumnData(prints.derived)}));
  return appender.close();
}

Result<void> match_current(sql::Connection& connection, const StoredType& stored,
                           Comparison& comparison, std::vector<uint32_t>& revised_rows) {
  REGULARS_ASSIGN(
      sql::QueryResult matches,
      connection.query("SELECT i.row, e.version, e.content = i.content AND (i.derived = 0 OR "
                       "i.derived = e.derived) FROM incoming_event i JOIN " +
                       stored.event_table() +
                       " e ON e.customer = i.customer AND e.id = i.id "
                       "WHERE e.superseded_at IS NULL"));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, matches.next());
    if (!chunk) return {};
    REGULARS_ASSIGN(const auto rows, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto versions, chunk->column(1).values<int64_t>());
    REGULARS_ASSIGN(const auto same, chunk->column(2).values<bool>());
    for (size_t i = 0; i < chunk->size(); ++i) {
      comparison.verdicts[rows[i]] = same[i] ? Verdict::kKnown : Verdict::kRevised;
      if (same[i]) continue;
      revised_rows.push_back(rows[i]);
      comparison.replaced.push_back(versions[i]);
    }
  }
}

// Rows of the batch whose content an earlier version had.
Result<std::vector<uint8_t>> match_superseded(sql::Connection& connection, const StoredType& stored,
                                              size_t rows) {
  std::vector<uint8_t> matched(rows, 0);
  REGULARS_ASSIGN(
      sql::QueryResult matches,
      connection.query("SELECT DISTINCT i.row FROM incoming_event i JOIN " + stored.event_table() +
                       " e ON e.customer = i.customer AND e.id = i.id AND e.content = i.content "
                       "AND e.derived = i.derived WHERE e.superseded_at IS NOT NULL"));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, matches.next());
    if (!chunk) return matched;
    REGULARS_ASSIGN(const auto found, chunk->column(0).values<uint32_t>());
    for (const uint32_t row : found) matched[row] = 1;
  }
}

void forgive(const std::vector<uint8_t>& old_content, const std::vector<uint32_t>& revised_rows,
             Comparison& comparison) {
  std::vector<int64_t> replaced;
  for (size_t i = 0; i < revised_rows.size(); ++i) {
    if (old_content[revised_rows[i]] != 0) {
      comparison.verdicts[revised_rows[i]] = Verdict::kKnown;
    } else {
      replaced.push_back(comparison.replaced[i]);
    }
  }
  comparison.replaced = std::move(replaced);
}

}  // namespace

Result<Comparison> compare_with_stored(sql::Connection& connection, const StoredType& stored,
                                       const std::vector<uint32_t>& customer,
                                       const Fingerprints& prints, bool files_read_before) {
  Comparison comparison;
  comparison.verdicts.assign(customer.size(), Verdict::kNew);
  REGULARS_ASSIGN(const int64_t any,
                  connection.query_integer("SELECT count(*) FROM (SELECT 1 FROM " +
                                           stored.event_table() + " LIMIT 1)"));
  if (any == 0 || customer.empty()) return comparison;
  REGULARS_TRY(stage(connection, customer, prints));
  std::vector<uint32_t> revised_rows;
  REGULARS_TRY(match_current(connection, stored, comparison, revised_rows));
  if (files_read_before && !revised_rows.empty()) {
    REGULARS_ASSIGN(const auto old_content, match_superseded(connection, stored, customer.size()));
    forgive(old_content, revised_rows, comparison);
  }
  REGULARS_TRY(connection.execute("DROP TABLE incoming_event"));
  return comparison;
}

Result<void> supersede(sql::Connection& connection, const StoredType& stored,
                       const std::vector<int64_t>& versions, Instant at) {
  if (versions.empty()) return {};
  REGULARS_TRY(
      connection.execute("CREATE OR REPLACE TEMP TABLE replaced_version (version BIGINT)"));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "replaced_version"));
  REGULARS_TRY(appender.append({sql::ColumnData(versions)}));
  REGULARS_TRY(appender.close());
  REGULARS_ASSIGN(const uint64_t ended,
                  connection.execute("UPDATE " + stored.event_table() +
                                         " SET superseded_at = ? WHERE version IN (SELECT version "
                                         "FROM replaced_version)",
                                     at));
  if (ended != versions.size()) {
    return Error(ErrorCode::kInternal, "revised events of type '" + stored.type +
                                           "' could not be matched with their old versions");
  }
  return connection.execute("DROP TABLE replaced_version");
}

}  // namespace regulars::store
