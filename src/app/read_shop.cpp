#include "app/read_shop.h"

#include <fmt/format.h>

#include <utility>

#include "app/notices.h"

namespace regulars::app {
namespace {

Result<void> account_for_rows(const RowCounts& assembled, RowCounts& rows,
                              const std::string& file) {
  rows.used += assembled.used;
  rows.refunds += assembled.refunds;
  rows.zero += assembled.zero;
  rows.unattributed += assembled.unattributed;
  rows.not_sales += assembled.not_sales;
  rows.excluded += assembled.excluded;
  if (rows.ties_out()) return {};
  return Error(ErrorCode::kInternal, "the rows of " + file + " do not add up; nothing was written",
               "This is a fault of regulars. Please report it with the file's first rows.");
}

// "3 rows give money back, 1 row carries no customer".
std::string rows_in_words(const RowCounts& rows) {
  std::string text;
  const auto add = [&](int64_t count, const char* one, const char* many) {
    if (count == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, count == 1 ? one : many);
  };
  add(rows.refunds, "row gives money back", "rows give money back");
  add(rows.zero, "row is free", "rows are free");
  add(rows.unattributed, "row carries no customer", "rows carry no customer");
  add(rows.rejected, "row could not be read", "rows could not be read");
  add(rows.not_sales, "row is no sale by its status", "rows are no sales by their status");
  add(rows.excluded, "row was excluded", "rows were excluded");
  add(rows.other_events, "row is no order", "rows are no orders");
  return text.empty() ? "there are no rows" : text;
}

}  // namespace

Result<ShopRead> read_shop(const AnalyzeOptions& options, Files& files, const Progress& progress) {
  const auto step = [&](const std::string& what, double done) {
    if (progress) progress(what, done);
  };
  step("reading " + options.order_files.front(), 0);
  connect::Overrides overrides = options.overrides;
  if (!options.mapping_file.empty()) {
    REGULARS_ASSIGN(overrides.mapping_json, files.read(options.mapping_file));
  }
  REGULARS_ASSIGN(connect::OrdersRead orders,
                  connect::read_orders(options.order_files, options.customers_file,
                                       options.products_file, overrides, files));
  step("grouping lines into orders", 0.5);
  return assemble_shop(std::move(orders), options.order_files.front());
}

Result<ShopRead> assemble_shop(connect::OrdersRead orders, const std::string& name) {
  ShopRead shop;
  shop.intake = std::move(orders.intake);
  REGULARS_ASSIGN(shop.zone, Zone::find(shop.intake.spec.time_zone));
  shop.product_ids = orders.lines.products;
  shop.product_facts = std::move(orders.lines.product_facts);
  REGULARS_ASSIGN(shop.assembled,
                  assemble_orders(std::move(orders.lines), shop.intake.spec, shop.zone));
  shop.assembled.customers.attributes = std::move(orders.customer_attributes);
  REGULARS_TRY(account_for_rows(shop.assembled.rows, shop.intake.rows, name));
  for (Notice& notice : grouping_notices(shop.assembled)) {
    shop.intake.notices.push_back(std::move(notice));
  }
  return shop;
}

Result<void> check_purchases(const ShopRead& shop) {
  for (const EventBatch& batch : shop.assembled.events) {
    if (batch.type == "purchase" && batch.size() > 0) return {};
  }
  const std::string file = shop.intake.sources.empty() ? "" : shop.intake.sources.front().path;
  return Error(ErrorCode::kBadData,
               "no row is a purchase of a known customer: " + rows_in_words(shop.intake.rows),
               "Check the columns taken for customer, amount and status.")
      .at({.file = file, .field = {}});
}

}  // namespace regulars::app
