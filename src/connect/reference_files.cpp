#include "connect/reference_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "connect/column_fit.h"
#include "connect/first_rows.h"
#include "connect/notices.h"
#include "connect/read_customers.h"
#include "connect/reference_table.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

struct Opened {
  std::unique_ptr<RowReader> rows;
  SourceProfile profile;
};

Result<Opened> open_table(const std::string& path, const Overrides& overrides, Files& files) {
  RowHints hints;
  hints.threads = overrides.rows.threads;
  Opened opened;
  REGULARS_ASSIGN(opened.rows, open_rows(path, files, hints));
  REGULARS_ASSIGN(opened.profile, profile_source(*opened.rows, hints.threads));
  return opened;
}

Error no_key(const std::string& path, const SourceProfile& table, const std::string& what) {
  return Error(
             ErrorCode::kBadDefinition,
             fmt::format("no column holds {} of the orders\n  The columns and the first rows:\n{}",
                         what, first_rows(table)),
             fmt::format("Does the file belong to these orders? Their {} must be written alike.",
                         what))
      .at({path, 0, 0, {}});
}

std::string file_name(const std::string& path) {
  const size_t slash = path.rfind('/');
  return shortened(slash == std::string::npos ? path : path.substr(slash + 1), 24);
}

void note_rates(const ReferenceTable& table, const std::string& path, const std::string& what,
                size_t known, OrdersRead& orders) {
  const auto all = static_cast<int64_t>(known);
  const int64_t missing = all - table.codes_found;
  std::vector<Notice>& notices = orders.intake.notices;
  notices.push_back(make_notice(
      what + "_joined",
      fmt::format("{} of {} {} are in {} ({})", with_thousands(table.codes_found),
                  with_thousands(all), what, file_name(path), percent(table.codes_found, all)),
      "", missing * 5 > all ? 45 : 4));
  if (table.unknown_rows > 0) {
    notices.push_back(
        make_notice(what + "_without_orders",
                    fmt::format("{} of {} never bought: known, without purchase",
                                counted(table.unknown_rows, "customer"), file_name(path)),
                    "", 5));
    if (what == "products") {
      notices.back().text = fmt::format("{} of {} are in no order: left out",
                                        counted(table.unknown_rows, "row"), file_name(path));
    }
  }
  if (table.repeated_rows > 0) {
    notices.push_back(make_notice(what + "_repeated",
                                  fmt::format("{} of {} repeat a key: the first row of each counts",
                                              counted(table.repeated_rows, "row"), file_name(path)),
                                  "", 25));
  }
}

// Customers without any order are known from the day they joined, where the file says so, else from
// the end of the orders: a list of today says nothing about the past.
void know_prospects(const ReferenceTable& table, size_t buyers, OrderLines& lines) {
  const auto end = std::max_element(lines.at.begin(), lines.at.end());
  const Instant last = end == lines.at.end() ? Instant{0} : *end;
  lines.seen_from.resize(lines.customers->size(), last);
  for (const Column& fact : table.facts) {
    if (fact.type != ValueType::kDay || !tells_joining(fact.name)) continue;
    for (size_t c = buyers; c < lines.seen_from.size(); ++c) {
      if (!fact.known(c)) continue;
      const Instant day = Zone::utc().start_of(Day{static_cast<int32_t>(fact.numbers[c])});
      lines.seen_from[c] = std::min(last, day);
    }
    return;
  }
}

// The role a column of a products file plays, by its name; all others keep their own names.
std::string product_fact_name(const SourceProfile& table, size_t column, size_t key) {
  struct Wanted {
    Role role;
    const char* name;
  };
  constexpr std::array<Wanted, 5> kWanted = {{{Role::kProductName, "name"},
                                              {Role::kCategory, "category"},
                                              {Role::kBrand, "brand"},
                                              {Role::kPrice, "price"},
                                              {Role::kCost, "cost"}}};
  for (const Wanted& wanted : kWanted) {
    int best = -1;
    double best_score = 0.5;
    for (size_t c = 0; c < table.columns.size(); ++c) {
      if (c == key) continue;
      const bool plain_name = wanted.role == Role::kProductName && table.columns[c].name == "name";
      const double score = plain_name ? 1 : fit_of(wanted.role, table.columns[c]).score;
      if (score > best_score) best_score = score, best = static_cast<int>(c);
    }
    if (best == static_cast<int>(column)) return wanted.name;
  }
  return table.columns[column].name;
}

// A fact from the products file replaces one of the same name from the order lines.
void put_fact(std::vector<Column>& facts, Column fact) {
  const auto same = std::find_if(facts.begin(), facts.end(),
                                 [&](const Column& known) { return known.name == fact.name; });
  if (same == facts.end()) {
    facts.push_back(std::move(fact));
    return;
  }
  *same = std::move(fact);
}

}  // namespace

Result<void> join_customers(const std::string& path, const Overrides& overrides, Files& files,
                            OrdersRead& orders) {
  REGULARS_ASSIGN(Opened table, open_table(path, overrides, files));
  Dictionary& customers = *orders.lines.customers;
  const size_t buyers = customers.size();
  const KeyColumn key =
      find_key(table.profile, customers, Role::kCustomer, orders.intake.spec.columns.customer);
  if (key.column < 0) return no_key(path, table.profile, "customers");
  std::vector<FactPlan> plans;
  std::vector<std::string> left_out;
  for (size_t c = 0; c < table.profile.columns.size(); ++c) {
    if (static_cast<int>(c) == key.column) continue;
    const ColumnProfile& column = table.profile.columns[c];
    if (is_contact(column)) {
      left_out.push_back(column.name);
    } else if (column.filled() > 0) {
      plans.push_back(plan_fact(column, c));
    }
  }
  REGULARS_ASSIGN(ReferenceTable read,
                  read_reference(*table.rows, table.profile, static_cast<size_t>(key.column),
                                 customers, true, plans));
  note_rates(read, path, "customers", buyers, orders);
  know_prospects(read, buyers, orders.lines);
  if (!left_out.empty()) {
    orders.intake.notices.push_back(make_notice(
        "contact_columns",
        fmt::format("{} of {} identify people: not used", some_of(left_out, 40), file_name(path)),
        "", 2));
  }
  orders.customer_attributes = std::move(read.facts);
  orders.intake.sources.push_back(table.rows->info());
  return {};
}

Result<void> join_products(const std::string& path, const Overrides& overrides, Files& files,
                           OrdersRead& orders) {
  Dictionary& products = *orders.lines.products;
  if (products.size() == 0) {
    return Error(ErrorCode::kBadDefinition, "the orders name no product to join on",
                 "Name the column with --product COLUMN, or leave out --products.")
        .at({path, 0, 0, {}});
  }
  REGULARS_ASSIGN(Opened table, open_table(path, overrides, files));
  const KeyColumn key =
      find_key(table.profile, products, Role::kProduct, orders.intake.spec.columns.product);
  if (key.column < 0) return no_key(path, table.profile, "products");
  std::vector<FactPlan> plans;
  const auto key_column = static_cast<size_t>(key.column);
  for (size_t c = 0; c < table.profile.columns.size(); ++c) {
    if (c == key_column || table.profile.columns[c].filled() == 0) continue;
    FactPlan plan = plan_fact(table.profile.columns[c], c);
    plan.name = product_fact_name(table.profile, c, key_column);
    if (plan.name == "price" || plan.name == "cost") {
      plan.type = ValueType::kDecimal;
      plan.scale = std::min(table.profile.columns[c].decimals, kMaxScale);
    } else if (plan.name == "name" || plan.name == "category" || plan.name == "brand") {
      plan.type = ValueType::kText;
    }
    plans.push_back(std::move(plan));
  }
  REGULARS_ASSIGN(ReferenceTable read,
                  read_reference(*table.rows, table.profile, key_column, products, false, plans));
  note_rates(read, path, "products", products.size(), orders);
  for (Column& fact : read.facts) put_fact(orders.lines.product_facts, std::move(fact));
  orders.intake.sources.push_back(table.rows->info());
  return {};
}

}  // namespace regulars::connect
