// Batch evaluation of 12 windowed features and 20 segments, beside DuckDB on the same events: its
// best layout (clustered by customer and time, one fused query) and, for information, the order of
// arrival. Answers are compared before anything is measured.
#include <cstdio>

#include "b2/definitions.h"
#include "b2/events.h"
#include "evaluate/evaluate.h"
#include "measure.h"
#include "sql/appender.h"
#include "sql/database.h"

namespace regulars::bench {
namespace {

constexpr int kThreads = 2;
constexpr int kRuns = 7;

Result<void> load(sql::Connection& connection, const Events& events) {
  REGULARS_TRY(
      connection.execute("CREATE TABLE raw (customer UINTEGER, type UTINYINT, occurred BIGINT, "
                         "amount BIGINT, category "
                         "UTINYINT)"));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "raw"));
  REGULARS_TRY(appender.append({sql::ColumnData(events.customer), sql::ColumnData(events.type),
                                sql::ColumnData(events.at), sql::ColumnData(events.amount),
                                sql::ColumnData(events.category)}));
  REGULARS_TRY(appender.close());
  return connection.execute(
      "CREATE TABLE clustered AS SELECT * FROM raw ORDER BY customer, occurred;"
      "CREATE TABLE arrival AS SELECT * FROM raw ORDER BY occurred;"
      "DROP TABLE raw;");
}

// In the order of fused_query's columns.
std::vector<int64_t> totals(const evaluate::Answers& answers) {
  std::vector<int64_t> result;
  for (size_t i = 0; i < answers.columns.size(); ++i) {
    const evaluate::AnswerColumn& column = answers.columns[i];
    int64_t members = 0;
    int64_t sum = 0;
    for (size_t c = 0; c < column.known.size(); ++c) {
      if (i < kFeatures) {
        sum += column.number_or(c, 0) % kChecksumModulus;
      } else if (column.is_true(c)) {
        ++members;
        sum += static_cast<int64_t>(c);
      }
    }
    if (i >= kFeatures) result.push_back(members);
    result.push_back(sum);
  }
  return result;
}

Result<std::vector<int64_t>> run_sql(sql::Connection& connection, const std::string& query) {
  REGULARS_ASSIGN(const sql::Rows rows, connection.query_rows(query));
  std::vector<int64_t> result;
  for (const sql::Cell& cell : rows.at(0)) result.push_back(cell.integer().value_or(-1));
  return result;
}

Result<bool> measure(const std::string& size) {
  const bool full = size == "full";
  const Events events =
      make_events(full ? 20'000'000 : 1'000'000, full ? 800'000 : 40'000, /*seed=*/7);
  REGULARS_ASSIGN(const History history, to_history(events));
  sql::DatabaseOptions options;
  options.threads = kThreads;
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory(options));
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  REGULARS_TRY(load(connection, events));

  REGULARS_ASSIGN(auto asked, definitions());
  REGULARS_ASSIGN(
      const evaluate::Plan plan,
      evaluate::Plan::compile(evaluate::schema_of(history), std::move(asked), Zone::utc()));
  const std::vector<Instant> instants = {as_of()};
  const evaluate::RunOptions run_options{kThreads, 1024, {}};
  REGULARS_ASSIGN(const auto answers, plan.run(history, instants, run_options));
  const std::vector<int64_t> expected = totals(answers[0]);

  bool all_equal = true;
  for (const char* table : {"clustered", "arrival"}) {
    const std::string query = fused_query(table, as_of());
    REGULARS_ASSIGN(const std::vector<int64_t> found, run_sql(connection, query));
    Figure figure{"b2", size, std::string("duckdb ") + table, {}, kRuns, found == expected};
    all_equal = all_equal && figure.equal;
    figure.costs = interleaved(
        kRuns, [&] { (void)plan.run(history, instants, run_options); },
        [&] { (void)run_sql(connection, query); });
    std::puts(to_json(figure).c_str());
  }
  return all_equal;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) {
  const std::string size = regulars::bench::size_argument(count, arguments);
  if (size.empty()) {
    std::fputs("usage: b2 [--size small|full]\n", stderr);
    return 2;
  }
  const auto equal = regulars::bench::measure(size);
  if (!equal) std::fprintf(stderr, "b2: %s\n", equal.error().to_string().c_str());
  if (equal && !*equal) std::fputs("b2: the answers differ\n", stderr);
  return equal && *equal ? 0 : 1;
}
