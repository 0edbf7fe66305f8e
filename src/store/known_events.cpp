#include "store/known_events.h"

#include <algorithm>
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

// A row of the batch whose current version says something else.
struct Difference {
  uint32_t row = 0;
  int64_t version = 0;
  uint32_t run = 0;  // that gave the current version
};

Result<std::vector<Difference>> match_current(sql::Connection& connection, const StoredType& stored,
                                              std::vector<Verdict>& verdicts) {
  std::vector<Difference> differences;
  REGULARS_ASSIGN(
      sql::QueryResult matches,
      connection.query("SELECT i.row, e.version, e.run, e.content = i.content AND (i.derived = 0 "
                       "OR i.derived = e.derived) FROM incoming_event i JOIN " +
                       stored.event_table() +
                       " e ON e.customer = i.customer AND e.id = i.id "
                       "WHERE e.superseded_at IS NULL"));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, matches.next());
    if (!chunk) return differences;
    REGULARS_ASSIGN(const auto rows, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto versions, chunk->column(1).values<int64_t>());
    REGULARS_ASSIGN(const auto runs, chunk->column(2).values<uint32_t>());
    REGULARS_ASSIGN(const auto same, chunk->column(3).values<bool>());
    for (size_t i = 0; i < chunk->size(); ++i) {
      verdicts[rows[i]] = same[i] ? Verdict::kKnown : Verdict::kRevised;
      if (!same[i]) differences.push_back({rows[i], versions[i], runs[i]});
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

// What the earlier readings of the same files gave and this one does not.
Result<std::vector<int64_t>> match_withdrawn(sql::Connection& connection, const StoredType& stored,
                                             const std::vector<uint32_t>& earlier_runs) {
  std::vector<int64_t> withdrawn;
  if (earlier_runs.empty()) return withdrawn;
  std::string runs;
  for (const uint32_t run : earlier_runs) {
    runs.append(runs.empty() ? "" : ", ").append(std::to_string(run));
  }
  REGULARS_ASSIGN(
      sql::QueryResult rows,
      connection.query("SELECT e.version FROM " + stored.event_table() +
                       " e ANTI JOIN incoming_event i ON i.customer = e.customer AND i.id = e.id "
                       "WHERE e.superseded_at IS NULL AND e.run IN (" +
                       runs + ")"));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, rows.next());
    if (!chunk) return withdrawn;
    REGULARS_ASSIGN(const auto versions, chunk->column(0).values<int64_t>());
    withdrawn.insert(withdrawn.end(), versions.begin(), versions.end());
  }
}

// An old file must not bring old content back over what another file said since.
Result<void> forgive(sql::Connection& connection, const StoredType& stored, const RunStart& run,
                     std::vector<Verdict>& verdicts, std::vector<Difference>& differences) {
  if (!run.files_read_before || differences.empty()) return {};
  REGULARS_ASSIGN(const auto old_content, match_superseded(connection, stored, verdicts.size()));
  const auto& own = run.earlier_runs;
  std::erase_if(differences, [&](const Difference& difference) {
    const bool from_same_files = std::find(own.begin(), own.end(), difference.run) != own.end();
    if (from_same_files || old_content[difference.row] == 0) return false;
    verdicts[difference.row] = Verdict::kKnown;
    return true;
  });
  return {};
}

}  // namespace

Result<Comparison> compare_with_stored(sql::Connection& connection, const StoredType& stored,
                                       const std::vector<uint32_t>& customer,
                                       const Fingerprints& prints, const RunStart& run) {
  Comparison comparison;
  comparison.verdicts.assign(customer.size(), Verdict::kNew);
  REGULARS_ASSIGN(const int64_t any,
                  connection.query_integer("SELECT count(*) FROM (SELECT 1 FROM " +
                                           stored.event_table() + " LIMIT 1)"));
  if (any == 0) return comparison;
  REGULARS_TRY(stage(connection, customer, prints));
  REGULARS_ASSIGN(auto differences, match_current(connection, stored, comparison.verdicts));
  REGULARS_TRY(forgive(connection, stored, run, comparison.verdicts, differences));
  for (const Difference& difference : differences) {
    comparison.replaced.push_back(difference.version);
  }
  REGULARS_ASSIGN(comparison.withdrawn, match_withdrawn(connection, stored, run.earlier_runs));
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
