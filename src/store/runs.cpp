#include "store/runs.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sql/appender.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

Result<void> check_order(sql::Connection& connection, Instant recorded_at) {
  REGULARS_ASSIGN(const sql::Rows rows, connection.query_rows("SELECT max(recorded_at) FROM run"));
  const auto last = rows[0][0].integer();
  if (!last || *last <= recorded_at.micros) return {};
  return Error(ErrorCode::kUsage,
               "recording at " + to_iso(recorded_at) + " lies before what was recorded at " +
                   to_iso(Instant{*last}),
               "Check the machine's clock.");
}

std::vector<uint64_t> hashes_of(const Delivery& delivery) {
  std::vector<uint64_t> hashes;
  for (const SourceInfo& file : delivery.files) hashes.push_back(file.content_hash);
  return hashes;
}

// A file without a known hash was never read before.
Result<bool> all_read_before(sql::Connection& connection, uint32_t source,
                             const std::vector<uint64_t>& hashes) {
  for (const uint64_t hash : hashes) {
    REGULARS_ASSIGN(const int64_t found,
                    connection.query_integer("SELECT count(*) FROM source_file WHERE source = ? "
                                             "AND content_hash = ?",
                                             source, hash));
    if (found == 0 || hash == 0) return false;
  }
  return !hashes.empty();
}

Result<std::vector<uint32_t>> runs_of(sql::Connection& connection, uint32_t source,
                                      const std::vector<uint64_t>& hashes) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT run, content_hash::VARCHAR FROM source_file WHERE "
                                        "source = ? ORDER BY run",
                                        source));
  std::map<uint32_t, bool> only_these;
  for (const auto& row : rows) {
    const std::string hash = row[1].text().value_or("");
    const bool given = std::any_of(hashes.begin(), hashes.end(),
                                   [&](uint64_t h) { return std::to_string(h) == hash; });
    const auto run = static_cast<uint32_t>(row[0].integer().value_or(0));
    const auto [entry, added] = only_these.emplace(run, given);
    if (!added) entry->second = entry->second && given;
  }
  std::vector<uint32_t> runs;
  for (const auto& [run, only] : only_these) {
    if (only) runs.push_back(run);
  }
  return runs;
}

Result<void> record_file(sql::Connection& connection, const SourceInfo& file, const RunStart& start,
                         Instant recorded_at) {
  REGULARS_ASSIGN(const auto added,
                  connection.execute("INSERT INTO source_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                     start.source, file.path, file.content_hash, file.format,
                                     file.encoding, file.bytes, file.rows, start.run, recorded_at));
  static_cast<void>(added);
  return {};
}

Result<void> record_rejects(sql::Connection& connection, const std::vector<Reject>& rejects,
                            const RunStart& start, Instant recorded_at) {
  if (rejects.empty()) return {};
  std::vector<std::string_view> file, field, reason, raw;
  std::vector<uint64_t> line;
  std::vector<uint32_t> column;
  for (const Reject& reject : rejects) {
    file.push_back(reject.file);
    line.push_back(reject.line);
    column.push_back(reject.column);
    field.push_back(reject.field);
    reason.push_back(reject.reason);
    raw.push_back(reject.raw);
  }
  const std::vector<uint32_t> run(rejects.size(), start.run);
  const std::vector<int64_t> recorded(rejects.size(), recorded_at.micros);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "reject"));
  REGULARS_TRY(
      appender.append({sql::ColumnData(run), sql::ColumnData(recorded), sql::ColumnData(file),
                       sql::ColumnData(line), sql::ColumnData(column), sql::ColumnData(field),
                       sql::ColumnData(reason), sql::ColumnData(raw)}));
  return appender.close();
}

}  // namespace

Result<RunStart> start_run(sql::Connection& connection, const Delivery& delivery,
                           Instant recorded_at) {
  REGULARS_TRY(check_order(connection, recorded_at));
  RunStart start;
  REGULARS_ASSIGN(const int64_t run,
                  connection.query_integer("SELECT coalesce(max(run)::BIGINT + 1, 1) FROM run"));
  start.run = static_cast<uint32_t>(run);
  Dictionary name;
  name.intern(delivery.source);
  REGULARS_ASSIGN(const Interned source,
                  intern_texts(connection, {"source", "source", "name"}, name, {1}));
  start.source = source.codes[0];
  const std::vector<uint64_t> hashes = hashes_of(delivery);
  REGULARS_ASSIGN(start.files_read_before, all_read_before(connection, start.source, hashes));
  if (start.files_read_before) {
    REGULARS_ASSIGN(start.earlier_runs, runs_of(connection, start.source, hashes));
  }
  return start;
}

Result<void> finish_run(sql::Connection& connection, const Delivery& delivery,
                        const RunStart& start, const IngestReport& report, Instant recorded_at) {
  const TypeReport total = report.total();
  const RowCounts& rows = delivery.rows;
  REGULARS_ASSIGN(
      const auto added,
      connection.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                         "?, ?, ?, ?, ?, ?)",
                         start.run, start.source, recorded_at, rows.read, rows.used, rows.refunds,
                         rows.zero, rows.unattributed, rows.rejected, rows.duplicates,
                         rows.not_sales, rows.excluded, rows.other_events, total.added, total.known,
                         total.revised, total.withdrawn, report.customers_added));
  static_cast<void>(added);
  for (const SourceInfo& file : delivery.files) {
    REGULARS_TRY(record_file(connection, file, start, recorded_at));
  }
  if (start.files_read_before) return {};
  return record_rejects(connection, delivery.rejects, start, recorded_at);
}

}  // namespace regulars::store
