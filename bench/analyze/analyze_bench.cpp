// The main job end to end (read, find columns, group, segment, test, write every file of the
// report) beside what DuckDB takes to read the same file, group its lines into orders and sort
// them. Both run in this process, turn by turn; the sums are compared before any time is shown.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/analyze.h"
#include "app/make_shop.h"
#include "base/clock.h"
#include "base/files.h"
#include "measure.h"
#include "sql/connection.h"
#include "sql/database.h"
#include "sql/quote.h"

namespace {

using namespace regulars;

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(*result);
  std::fprintf(stderr, "bench: %s\n", result.error().to_string().c_str());
  std::exit(1);
}
void must(Result<void> result) {
  if (result.ok()) return;
  std::fprintf(stderr, "bench: %s\n", result.error().to_string().c_str());
  std::exit(1);
}

struct Figures {
  int64_t rows = 0;
  int64_t orders = 0;
  int64_t gross_cents = 0;
  bool operator==(const Figures&) const = default;
};

Figures analyze_all(const std::string& folder) {
  app::AnalyzeOptions options;
  options.order_files = {folder + "/orders.csv"};
  options.out_directory = folder + "/report";
  app::Analysis analysis = must(app::analyze(options, real_files(), system_clock(), {}));
  must(app::write_outputs(analysis, options, real_files()));
  const report::AnalysisView& view = analysis.view;
  // Orders wholly given back are no orders to the analysis; the peer counts what was sold.
  int64_t sold = 0;
  for (const segments::Month& month : view.months) sold += month.orders;
  return {view.intake.rows.read, sold, view.gross};
}

void duckdb_read_group_sort(sql::Connection& connection, const std::string& csv) {
  must(connection.execute("DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS lines"));
  must(connection.execute("CREATE TABLE lines AS SELECT * FROM read_csv(" +
                          sql::quote_literal(csv) + ")"));
  must(connection.execute(
      "CREATE TABLE orders AS SELECT customer_id, order_id, status, min(order_time) AS placed_at, "
      "sum(amount) AS amount, count(*) AS lines FROM lines GROUP BY ALL "
      "ORDER BY customer_id, placed_at, order_id"));
}

// From the peer's tables, the figures of the analysis.
Figures duckdb_figures(sql::Connection& connection) {
  const std::string sold =
      "customer_id IS NOT NULL AND customer_id NOT IN ('GUEST', '0') AND status NOT IN "
      "('cancelled', 'failed', 'test', 'refunded')";
  return {
      must(connection.query_integer("SELECT count(*) FROM lines")),
      must(connection.query_integer("SELECT count(*) FROM orders WHERE amount > 0 AND " + sold)),
      must(connection.query_integer(
          "SELECT CAST(round(100 * sum(amount)) AS BIGINT) FROM orders WHERE amount > 0 AND " +
          sold))};
}

int run(bool full) {
  const std::string folder =
      (std::filesystem::temp_directory_path() / "regulars-bench-analyze").string();
  app::ShopOptions shop;
  shop.directory = folder;
  shop.preset = "coffee";
  shop.customers = full ? 112'000 : 4'500;
  must(app::make_shop(shop, real_files()));
  sql::Database database = must(sql::Database::open_memory());
  sql::Connection connection = must(database.connect());
  Figures ours;
  bench::Figure figure{"analyze", full ? "full" : "small", "duckdb read+group+sort", {}, 3, false};
  figure.costs = bench::interleaved(
      figure.runs, [&] { ours = analyze_all(folder); },
      [&] { duckdb_read_group_sort(connection, folder + "/orders.csv"); });
  const Figures peer = duckdb_figures(connection);
  std::filesystem::remove_all(folder);
  figure.equal = ours == peer;
  fmt::print("{}\n", bench::to_json(figure));
  if (figure.equal) return 0;
  fmt::print(stderr, "bench: rows {} {}, orders {} {}, gross {} {}\n", ours.rows, peer.rows,
             ours.orders, peer.orders, ours.gross_cents, peer.gross_cents);
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string size = bench::size_argument(count, arguments);
  return size.empty() ? 2 : run(size == "full");
}
