#include "app/make_shop.h"

#include <fmt/format.h>

#include "app/as_of.h"
#include "simulate/tables.h"
#include "sql/database.h"
#include "sql/quote.h"

namespace regulars::app {
namespace {

Result<Day> day_option(const std::string& text, const std::string& option, Day otherwise) {
  if (text.empty()) return otherwise;
  const std::optional<Day> day = parse_date(text);
  if (day) return *day;
  return Error(ErrorCode::kUsage, option + ": '" + text + "' is not a date",
               "Give year, month and day: 2024-03-01.");
}

std::string column_types(const simulate::TableSchema& table) {
  std::string types;
  for (const simulate::ColumnSchema& column : table.columns) {
    types += fmt::format("{}{}: {}", types.empty() ? "" : ", ", sql::quote_literal(column.name),
                         sql::quote_literal(simulate::sql_type(column.type)));
  }
  return "{" + types + "}";
}

Result<void> write_parquet(const std::string& directory) {
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory());
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  for (const simulate::TableSchema& table : simulate::tables()) {
    const std::string csv = directory + "/" + std::string(table.file);
    const std::string parquet = csv.substr(0, csv.size() - 4) + ".parquet";
    REGULARS_TRY(connection.execute(fmt::format(
        "COPY (SELECT * FROM read_csv({}, header = true, delim = ',', quote = '\"', escape = '\"', "
        "auto_detect = false, columns = {})) TO {} (FORMAT parquet)",
        sql::quote_literal(csv), column_types(table), sql::quote_literal(parquet))));
  }
  return {};
}

}  // namespace

Result<simulate::ShopSpec> shop_spec(const ShopOptions& options) {
  // What is wrong here was typed on the command line.
  const auto usage = [](const Error& error, const std::string& said) {
    return Error(ErrorCode::kUsage, said + error.message(), error.hint());
  };
  auto spec = simulate::preset(options.preset);
  if (!spec) return usage(spec.error(), "--preset: ");
  spec->seed = options.seed;
  spec->threads = options.threads;
  if (options.customers > 0) spec->customers = options.customers;
  REGULARS_ASSIGN(spec->from, day_option(options.from, "--from", spec->from));
  REGULARS_ASSIGN(spec->to, day_option(options.to, "--to", spec->to));
  const auto checked = simulate::check(*spec);
  if (!checked) {
    return usage(checked.error(), "from " + to_iso(spec->from) + " to " + to_iso(spec->to) + ": ");
  }
  return spec;
}

Result<simulate::Truth> make_shop(const ShopOptions& options, Files& files) {
  REGULARS_ASSIGN(const simulate::ShopSpec spec, shop_spec(options));
  REGULARS_ASSIGN(simulate::Truth truth, simulate::write_shop(spec, files, options.directory));
  if (options.parquet) REGULARS_TRY(write_parquet(options.directory));
  return truth;
}

std::vector<TruthCheck> compare_with_truth(const report::AnalysisView& view,
                                           const simulate::Truth& truth) {
  std::vector<TruthCheck> checks;
  const auto count = [&](const char* what, int64_t found, int64_t wanted) {
    checks.push_back({what, with_thousands(found), with_thousands(wanted), found == wanted});
  };
  const auto money = [&](const char* what, int64_t found, int64_t wanted_cents) {
    const Decimal left{found, view.scale};
    const Decimal right{wanted_cents, 2};
    checks.push_back({what, with_thousands(left), with_thousands(right),
                      compare(left, right) == std::strong_ordering::equal});
  };
  count("rows", view.intake.rows.read, truth.order_rows);
  // The demo reads customers.csv as well: those who never ordered are known.
  count("customers seen", view.customers_seen, truth.customers);
  count("customers", view.customers, truth.customers_with_net_purchase);
  count("orders", view.orders, truth.orders - truth.orders_undone);
  money("gross revenue", view.gross, truth.gross_cents);
  money("refunds", view.refunds, truth.refunds_cents);
  money("net revenue", view.net, truth.net_cents());
  return checks;
}

}  // namespace regulars::app
