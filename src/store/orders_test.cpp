// The store with real orders: lines assembled as for an analysis.
#include <gtest/gtest.h>

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

struct TestLine {
  std::string customer;
  std::string order;
  int64_t day = 0;
  int64_t amount = 0;  // cents; below zero: given back
};

Delivery assembled(const std::vector<TestLine>& from, uint64_t content_hash) {
  OrderLines lines;
  for (const TestLine& line : from) {
    lines.customer.push_back(lines.customers->intern(line.customer));
    lines.order.push_back(lines.orders->intern(line.order));
    lines.product.push_back(lines.products->intern("tea"));
    lines.at.push_back(on_day(line.day));
    lines.amount.push_back(line.amount);
    lines.kind.push_back(LineKind::kSale);
  }
  Intake intake;
  intake.sources = {{"orders.csv", "CSV", "UTF-8", 1, from.size(), content_hash}};
  intake.rows.read = static_cast<int64_t>(from.size());
  auto orders = assemble_orders(std::move(lines), SourceSpec{}, Zone::utc());
  EXPECT_TRUE(orders);
  return delivery_of_orders("web shop", *std::move(orders), intake);
}

const std::vector<TestLine> kAll = {
    {"ann", "1", 10, 500},  {"ann", "1", 10, 300}, {"bob", "2", 12, 900}, {"ann", "1", 20, -800},
    {"bob", "2", 25, -100}, {"eve", "3", 26, 0},   {"eve", "4", 27, 400}};

class OrdersTest : public StoreTest {
 protected:
  int64_t money(const std::string& type) {
    return *sql().query_integer("SELECT sum(amount * 100)::BIGINT FROM " + type);
  }
};

TEST_F(OrdersTest, RowsTieOutInTheRun) {
  const Delivery delivery = assembled(kAll, 1);
  EXPECT_TRUE(delivery.rows.ties_out());
  ingest(delivery, 31);
  EXPECT_EQ(
      *sql().query_integer("SELECT rows_read - rows_used - rows_refunds - rows_zero FROM run"), 0);
  EXPECT_EQ(load(), described(delivery));
}

TEST_F(OrdersTest, ALaterExportWithTheRefundButNotThePurchaseAddsNothing) {
  ingest(assembled(kAll, 1), 31);
  const auto whole = load();
  const IngestReport report = ingest(assembled({kAll.begin() + 3, kAll.end()}, 2), 32);
  EXPECT_EQ(report.total().added, 0);
  EXPECT_EQ(report.total().revised, 0);
  EXPECT_EQ(load(), whole);
  EXPECT_EQ(money("refund"), 900);
}

TEST_F(OrdersTest, ALaterExportWithTheRefundUndoesThePurchase) {
  ingest(assembled({kAll.begin(), kAll.begin() + 3}, 1), 15);
  const IngestReport report = ingest(assembled(kAll, 2), 31);
  EXPECT_EQ(report.types[0].revised, 1) << "the purchase that was given back";
  EXPECT_EQ(load(), described(assembled(kAll, 0)));
  EXPECT_EQ(money("purchase"), 500 + 300 + 900 + 400);
  EXPECT_EQ(money("refund"), 900);
}

// The file of February brings back what the file of January sold.
TEST_F(OrdersTest, ARefundFindsItsPurchaseInAnotherFile) {
  ingest(assembled({{"ann", "1", 10, 500}, {"ann", "2", 11, 300}}, 1), 31);
  ingest(assembled({{"ann", "1", 40, -200}}, 2), 60);
  ingest(assembled({{"ann", "1", 41, -300}}, 3), 61);
  const auto history = store_->load();
  ASSERT_TRUE(history);
  const Stream& purchases = *history->stream("purchase");
  const Stream& refunds = *history->stream("refund");
  ASSERT_EQ(refunds.size(), 2u);
  EXPECT_EQ(find_column(refunds.columns, "linked")->numbers, (std::vector<int64_t>{1, 1}));
  EXPECT_EQ(find_column(refunds.columns, "applies_at")->numbers,
            (std::vector<int64_t>{on_day(10).micros, on_day(10).micros}));
  EXPECT_EQ(find_column(purchases.columns, "undone_at")->numbers,
            (std::vector<int64_t>{on_day(41).micros, kMissing}));
  EXPECT_EQ(purchases.links.at(0).offset, (std::vector<uint32_t>{0, 2, 2}));
  // As it was known after January, nothing had come back.
  const auto then = store_->load(on_day(31));
  ASSERT_TRUE(then);
  EXPECT_FALSE(find_column(then->stream("purchase")->columns, "undone_at")->known(0));
}

}  // namespace
}  // namespace regulars::store
