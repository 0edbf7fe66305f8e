#include "batch/duckdb_peer.h"

#include <fmt/format.h>

#include "sql/appender.h"

namespace regulars::bench {
namespace {

Result<Totals> run(sql::Connection& connection, const std::string& query) {
  REGULARS_ASSIGN(const sql::Rows rows, connection.query_rows(query));
  Totals result;
  for (const sql::Cell& cell : rows.at(0)) result.push_back(cell.integer().value_or(-1));
  return result;
}

}  // namespace

Result<std::shared_ptr<DuckDbPeer>> load_duckdb(const Shape& shape) {
  sql::DatabaseOptions options;
  options.threads = kThreads;
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory(options));
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  REGULARS_TRY(
      connection.execute("CREATE TABLE clustered (customer UINTEGER, type UTINYINT, occurred "
                         "BIGINT, amount INTEGER, category UTINYINT, store USMALLINT)"));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "clustered"));
  EventSource source(shape);
  for (Events events; source.next(events);) {
    REGULARS_TRY(
        appender.append({sql::ColumnData(events.customer), sql::ColumnData(events.type),
                         sql::ColumnData(events.at), sql::ColumnData(events.amount),
                         sql::ColumnData(events.category), sql::ColumnData(events.store)}));
  }
  REGULARS_TRY(appender.close());
  return std::make_shared<DuckDbPeer>(std::move(database), std::move(connection));
}

std::shared_ptr<Peer> as_peer(const std::shared_ptr<DuckDbPeer>& duckdb) { return duckdb; }

Result<void> write_parquet(DuckDbPeer& duckdb, const std::string& path) {
  return duckdb.connection().execute(
      fmt::format("COPY clustered TO '{}' (FORMAT parquet, COMPRESSION snappy)", path));
}

std::vector<Contestant> DuckDbPeer::contestants(const Questions& questions,
                                                std::span<const Instant> instants,
                                                size_t most_features) {
  std::vector<Contestant> result;
  const auto add = [&](const std::string& way, size_t most) {
    auto asked = queries(questions, Dialect::kDuckDb, "clustered", instants, most);
    result.push_back({name(), way, [this, asked = std::move(asked)]() -> Result<Reply> {
                        Reply reply;
                        for (const Query& query : asked) {
                          REGULARS_ASSIGN(const Totals part, run(connection_, query.sql));
                          reply.totals.insert(reply.totals.end(), part.begin(), part.end());
                        }
                        return reply;
                      }});
  };
  // One huge query is its bad case.
  if (most_features == 0) add("fused", SIZE_MAX);
  if (most_features > 0) add(fmt::format("{} features a query", most_features), most_features);
  return result;
}

}  // namespace regulars::bench
