// The files: the same bytes whatever the threads, and the truth beside them counted again by a
// reader of its own.
#include <set>

#include "simulate/tables.h"
#include "simulate/test_shop.h"

namespace regulars::simulate {
namespace {

std::map<std::string, std::string> all_files(const ShopSpec& spec) {
  MemoryFiles files;
  EXPECT_TRUE(write_shop(spec, files, "shop").ok());
  std::map<std::string, std::string> bytes;
  for (const TableSchema& table : tables()) {
    bytes[std::string(table.file)] = *files.read("shop/" + std::string(table.file));
  }
  bytes["truth.json"] = *files.read("shop/truth/truth.json");
  return bytes;
}

TEST(WriteShop, SameBytesWithAnyNumberOfThreads) {
  for (const RowOrder order : {RowOrder::kTime, RowOrder::kCustomer}) {
    ShopSpec spec = small_shop("fashion", 3 * 512 + 100);
    spec.row_order = order;
    spec.threads = 1;
    const auto once = all_files(spec);
    for (const size_t threads : {size_t{1}, size_t{2}, size_t{5}}) {
      spec.threads = threads;
      EXPECT_EQ(all_files(spec), once) << threads;
    }
  }
}

TEST(WriteShop, AnotherSeedIsAnotherShop) {
  ShopSpec spec = small_shop("wholesale", 300);
  const auto first = all_files(spec);
  spec.seed = 2;
  EXPECT_NE(all_files(spec).at("orders.csv"), first.at("orders.csv"));
}

// Turning faults off leaves the orders that are kept as they were.
TEST(WriteShop, FaultsMoveNothingElse) {
  ShopSpec spec = small_shop("fashion", 800);
  Sink nothing;
  const Result<Truth> faulty = simulate(spec, nothing);
  spec.quirks.refund_share = 0;
  spec.quirks.unattributed_share = 0;
  spec.quirks.duplicate_line_share = 0;
  const Result<Truth> clean = simulate(spec, nothing);
  EXPECT_EQ(clean->orders, faulty->orders);
  EXPECT_EQ(clean->gross_cents, faulty->gross_cents - faulty->duplicates.amount_cents);
  EXPECT_EQ(clean->refunds_cents, 0);
  EXPECT_GT(faulty->refunds_cents, 0);
}

TEST(WriteShop, RowOrderChangesOnlyTheOrder) {
  ShopSpec spec = small_shop("coffee", 1200);
  KeepAll by_time;
  spec.row_order = RowOrder::kAuto;
  const Result<Truth> timed = simulate(spec, by_time);
  KeepAll by_customer;
  spec.row_order = RowOrder::kCustomer;
  const Result<Truth> streamed = simulate(spec, by_customer);
  EXPECT_TRUE(timed->sorted_by_time);
  EXPECT_FALSE(streamed->sorted_by_time);
  EXPECT_EQ(timed->gross_cents, streamed->gross_cents);
  EXPECT_EQ(timed->rows, streamed->rows);
  EXPECT_EQ(by_time.lines.size(), by_customer.lines.size());
  const auto earlier = [](const OrderLine& a, const OrderLine& b) {
    return a.order_time < b.order_time;
  };
  EXPECT_TRUE(std::is_sorted(by_time.lines.begin(), by_time.lines.end(), earlier));
  EXPECT_FALSE(std::is_sorted(by_customer.lines.begin(), by_customer.lines.end(), earlier));
  const auto numbers = [](const KeepAll& kept) {
    std::set<uint64_t> orders;
    for (const OrderLine& line : kept.lines) orders.insert(line.order);
    return orders;
  };
  EXPECT_EQ(numbers(by_time), numbers(by_customer));  // 100001 on, without gaps
  EXPECT_EQ(*numbers(by_time).begin(), 100'001u);
}

TEST(WriteShop, SinksMayRefuse) {
  MemoryFiles files;
  files.fail_writes = true;
  const Result<Truth> truth = write_shop(small_shop("coffee", 100), files, "shop");
  ASSERT_FALSE(truth.ok());
  EXPECT_EQ(truth.error().code(), ErrorCode::kIo);
}

// What a reader counts in orders.csv who knows nothing of how it was made.
struct Recount {
  int64_t rows = 0;
  std::map<std::string, RowTally> classes;
  RowTally duplicates;
  RowTally late;
  std::map<std::string, MonthTruth> months;
  std::map<std::string, std::pair<int64_t, int64_t>> kept;  // order -> gross, refunds
  std::map<std::string, std::string> customer_of;
  std::set<std::string> customers_seen;
  std::map<std::string, std::set<std::string>> other_orders;  // by class
};

void tally(RowTally& into, int64_t amount) {
  ++into.rows;
  into.amount_cents += amount;
}

std::string class_in_file(const CsvRecord& row) {
  const std::string& status = row.at("status");
  if (status == "cancelled" || status == "failed" || status == "test") return "not_sale";
  if (row.at("customer_id").empty()) return "unattributed";
  if (row.at("customer_id") == "GUEST" || row.at("customer_id") == "0") return "placeholder";
  if (row.at("quantity")[0] == '-') return "refund";
  if (row.at("amount") == "0.00") return "free";
  return row.at("product_id") == "SHIP" ? "charge" : "sale";
}

std::string joined_cells(const CsvRecord& row) {
  std::string text;
  for (const auto& [name, cell] : row) text += cell + "\x1f";
  return text;
}

void recount_row(const CsvRecord& row, std::set<std::string>& seen, Recount& counts) {
  const std::string c = class_in_file(row);
  const int64_t amount = cents(row.at("amount"));
  ASSERT_EQ(amount, std::stoll(row.at("quantity")) * cents(row.at("unit_price")) -
                        cents(row.at("discount")));
  ++counts.rows;
  tally(counts.classes[c], amount);
  if (!seen.insert(joined_cells(row)).second) tally(counts.duplicates, amount);
  // Texts of one form compare as times do; a day later than the same clock time at least.
  const std::string day = row.at("order_time").substr(0, 10);
  const std::string recorded = row.at("recorded_at");
  const Day order_day =
      to_day({std::stoi(day), std::stoi(day.substr(5)), std::stoi(day.substr(8))});
  if (recorded >= to_iso(order_day + 1) + row.at("order_time").substr(10)) {
    tally(counts.late, amount);
  }
  const bool person = c != "unattributed" && c != "placeholder";
  if (person) counts.customers_seen.insert(row.at("customer_id"));
  MonthTruth& month = counts.months[day.substr(0, 7)];
  if (c == "sale" || c == "charge") {
    month.gross_cents += amount;
    if (!counts.kept.contains(row.at("order_id"))) ++month.orders;
    counts.kept[row.at("order_id")].first += amount;
    counts.customer_of[row.at("order_id")] = row.at("customer_id");
  } else if (c == "refund") {
    month.refunds_cents -= amount;
    ASSERT_TRUE(counts.kept.contains(row.at("refund_of"))) << "refund before its order";
    counts.kept[row.at("refund_of")].second -= amount;
  } else if (c != "free") {
    counts.other_orders[c].insert(row.at("order_id"));
  }
}

Recount recount(const std::vector<CsvRecord>& rows) {
  Recount counts;
  std::set<std::string> seen;
  for (const CsvRecord& row : rows) recount_row(row, seen, counts);
  return counts;
}

void expect_orders(const Recount& counts, const Truth& truth) {
  int64_t refunded = 0;
  int64_t undone = 0;
  int64_t gross = 0;
  int64_t refunds = 0;
  std::set<std::string> buyers;
  std::set<std::string> net_buyers;
  for (const auto& [order, sums] : counts.kept) {
    gross += sums.first;
    refunds += sums.second;
    refunded += sums.second > 0 ? 1 : 0;
    undone += sums.first == sums.second ? 1 : 0;
    buyers.insert(counts.customer_of.at(order));
    if (sums.first != sums.second) net_buyers.insert(counts.customer_of.at(order));
  }
  EXPECT_EQ(std::ssize(counts.kept), truth.orders);
  EXPECT_EQ(gross, truth.gross_cents);
  EXPECT_EQ(refunds, truth.refunds_cents);
  EXPECT_EQ(refunded, truth.orders_refunded);
  EXPECT_EQ(undone, truth.orders_undone);
  EXPECT_EQ(std::ssize(buyers), truth.customers_with_purchase);
  EXPECT_EQ(std::ssize(net_buyers), truth.customers_with_net_purchase);
  EXPECT_EQ(std::ssize(counts.customers_seen), truth.customers_with_rows);
  const auto others = [&](const char* c) {
    return counts.other_orders.contains(c) ? std::ssize(counts.other_orders.at(c)) : 0;
  };
  EXPECT_EQ(others("not_sale"), truth.orders_not_sale);
  EXPECT_EQ(others("unattributed"), truth.orders_unattributed);
  EXPECT_EQ(others("placeholder"), truth.orders_placeholder);
}

void expect_rows(const Recount& counts, const Truth& truth) {
  EXPECT_EQ(counts.rows, truth.order_rows);
  int64_t sum = 0;
  for (size_t i = 0; i < kLineClasses; ++i) {
    const auto c = static_cast<LineClass>(i);
    const auto found = counts.classes.find(to_string(c));
    EXPECT_EQ(found == counts.classes.end() ? RowTally{} : found->second, truth.of(c))
        << to_string(c);
    sum += truth.of(c).rows;
  }
  EXPECT_EQ(sum, truth.order_rows);
  EXPECT_EQ(counts.duplicates, truth.duplicates);
  EXPECT_EQ(counts.late, truth.late);
  EXPECT_GT(truth.duplicates.rows, 0);
  EXPECT_GT(truth.late.rows, 0);
  EXPECT_GT(truth.of(LineClass::kNotSale).rows, 0);
  EXPECT_GT(truth.of(LineClass::kFree).rows, 0);
  EXPECT_GT(truth.of(LineClass::kPlaceholder).rows, 0);
  EXPECT_GT(truth.of(LineClass::kUnattributed).rows, 0);
}

void expect_months(const Recount& counts, const Truth& truth) {
  for (const auto& [month, sums] : truth.months) {
    const std::string name = to_iso(to_day({month.first, month.second, 1})).substr(0, 7);
    ASSERT_TRUE(counts.months.contains(name)) << name;
    EXPECT_EQ(counts.months.at(name), sums) << name;
  }
}

void expect_customers(const Recount& counts, const std::vector<CsvRecord>& truths) {
  std::map<std::string, std::pair<int64_t, int64_t>> sums;
  for (const auto& [order, amounts] : counts.kept) {
    sums[counts.customer_of.at(order)].first += 1;
    sums[counts.customer_of.at(order)].second += amounts.first - amounts.second;
  }
  for (const CsvRecord& row : truths) {
    const auto& [orders, net] = sums[row.at("customer_id")];
    ASSERT_EQ(orders, std::stoll(row.at("orders"))) << row.at("customer_id");
    ASSERT_EQ(net, cents(row.at("net"))) << row.at("customer_id");
  }
}

class EveryPreset : public testing::TestWithParam<std::string> {};

TEST_P(EveryPreset, TruthIsWhatAReaderCountsInTheFiles) {
  MemoryFiles files;
  const ShopSpec spec = small_shop(GetParam(), 700);
  const Result<Truth> truth = write_shop(spec, files, "shop");
  ASSERT_TRUE(truth.ok());
  const Recount counts = recount(read_csv(files, "shop/orders.csv"));
  expect_rows(counts, *truth);
  expect_orders(counts, *truth);
  expect_months(counts, *truth);
  const auto truths = read_csv(files, "shop/truth/customers_truth.csv");
  expect_customers(counts, truths);
  EXPECT_EQ(std::ssize(truths), truth->customers);
  EXPECT_EQ(std::ssize(read_csv(files, "shop/customers.csv")), truth->customers);
  EXPECT_EQ(std::ssize(read_csv(files, "shop/visits.csv")), truth->visits);
  EXPECT_EQ(std::ssize(read_csv(files, "shop/surveys.csv")), truth->invitations);
  EXPECT_EQ(std::ssize(read_csv(files, "shop/messages.csv")), truth->messages);
  EXPECT_EQ(std::ssize(read_csv(files, "shop/consents.csv")), truth->consents);
  const std::string json = *files.read("shop/truth/truth.json");
  EXPECT_NE(json.find("\"orders\": " + std::to_string(truth->orders)), std::string::npos);
}

TEST_P(EveryPreset, FilesFitTheirSchemaAndEachOther) {
  MemoryFiles files;
  ASSERT_TRUE(write_shop(small_shop(GetParam(), 300), files, "shop").ok());
  for (const TableSchema& table : tables()) {
    const auto rows = read_csv(files, "shop/" + std::string(table.file));
    ASSERT_FALSE(rows.empty()) << table.file;
    for (const ColumnSchema& column : table.columns) {
      ASSERT_TRUE(rows[0].contains(std::string(column.name))) << table.file << column.name;
      EXPECT_FALSE(sql_type(column.type).empty());
    }
    EXPECT_EQ(rows[0].size(), table.columns.size());
  }
  std::set<std::string> products;
  for (const CsvRecord& row : read_csv(files, "shop/products.csv")) {
    products.insert(row.at("product_id") + row.at("product") + row.at("category"));
  }
  std::set<std::string> customers = {"", "GUEST", "0"};
  for (const CsvRecord& row : read_csv(files, "shop/customers.csv")) {
    customers.insert(row.at("customer_id"));
  }
  for (const CsvRecord& row : read_csv(files, "shop/orders.csv")) {
    ASSERT_TRUE(products.contains(row.at("product_id") + row.at("product") + row.at("category")));
    ASSERT_TRUE(customers.contains(row.at("customer_id")));
  }
}

TEST_P(EveryPreset, RefundsNameTheirOrderAndComeOnALaterDay) {
  MemoryFiles files;
  ShopSpec spec = small_shop(GetParam(), 400);
  spec.quirks.refund_share = 0.2;
  ASSERT_TRUE(write_shop(spec, files, "shop").ok());
  std::map<std::string, std::string> day_of;
  int64_t refunds = 0;
  for (const CsvRecord& row : read_csv(files, "shop/orders.csv")) {
    const std::string day = row.at("order_time").substr(0, 10);
    if (row.at("status") != "refunded") {
      day_of[row.at("order_id")] = day;
      ASSERT_EQ(row.at("refund_of"), "");
      continue;
    }
    ++refunds;
    const std::string& of = row.at("refund_of");
    ASSERT_EQ(row.at("order_id"), (GetParam() == "wholesale" ? "C" : "") + of);
    ASSERT_TRUE(day_of.contains(of));
    ASSERT_LT(day_of.at(of), day);
  }
  EXPECT_GT(refunds, 50);
}

INSTANTIATE_TEST_SUITE_P(Simulate, EveryPreset, testing::ValuesIn(preset_names()),
                         [](const auto& one) { return one.param; });

TEST(Spec, RefusesWhatMakesNoSense) {
  EXPECT_EQ(preset("bakery").error().code(), ErrorCode::kNotFound);
  EXPECT_NE(preset("bakery").error().hint().find("coffee"), std::string::npos);
  Sink nothing;
  ShopSpec spec = small_shop("coffee", 10);
  spec.to = spec.from - 1;
  EXPECT_EQ(simulate(spec, nothing).error().code(), ErrorCode::kBadDefinition);
  spec = small_shop("coffee", 10);
  spec.quirks.refund_share = 1.5;
  EXPECT_NE(simulate(spec, nothing).error().message().find("refund_share"), std::string::npos);
  spec = small_shop("coffee", 10);
  spec.behaviour.response_days = 1;
  EXPECT_NE(simulate(spec, nothing).error().message().find("response_days"), std::string::npos);
  spec = small_shop("coffee", 10);
  spec.zone = "Europe/Atlantis";
  EXPECT_EQ(simulate(spec, nothing).error().code(), ErrorCode::kNotFound);
}

TEST(Spec, SmallestShopsWork) {
  for (const std::string& name : preset_names()) {
    ShopSpec spec = small_shop(name, 1);
    spec.to = spec.from;
    Sink nothing;
    const Result<Truth> truth = simulate(spec, nothing);
    ASSERT_TRUE(truth.ok());
    EXPECT_EQ(truth->customers, 1);
    EXPECT_TRUE(truth->campaigns.empty());
  }
}

TEST(Prices, RiseOnceAYear) {
  const Day first = to_day({2023, 7, 1});
  EXPECT_EQ(price_on(360, first, to_day({2023, 12, 31}), 0.05), 360);
  EXPECT_EQ(price_on(360, first, to_day({2024, 1, 1}), 0.05), 380);
  EXPECT_EQ(price_on(0, first, to_day({2024, 1, 1}), 0.05), 0);
}

}  // namespace
}  // namespace regulars::simulate
