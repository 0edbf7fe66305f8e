#include "data/order_lines.h"

#include <gtest/gtest.h>

#include <optional>

namespace regulars {
namespace {

struct Line {
  const char* customer;  // nullptr: none
  const char* order;     // nullptr: none
  int day;
  int64_t amount;
  LineKind kind = LineKind::kSale;
  const char* refund_of = nullptr;
  int64_t returned = kMissing;
};

OrderLines lines_of(std::initializer_list<Line> rows) {
  OrderLines lines;
  const auto code = [](Dictionary& dictionary, const char* text) {
    return text == nullptr ? kNoCode : dictionary.intern(text);
  };
  for (const Line& row : rows) {
    lines.customer.push_back(code(*lines.customers, row.customer));
    lines.order.push_back(code(*lines.orders, row.order));
    lines.refund_of.push_back(code(*lines.orders, row.refund_of));
    lines.at.push_back(Zone::utc().at(Day{row.day}, hours(12).micros));
    lines.amount.push_back(row.amount);
    lines.returned.push_back(row.returned);
    lines.kind.push_back(row.kind);
  }
  return lines;
}

Assembled assemble(std::initializer_list<Line> rows, const SourceSpec& spec = {}) {
  return *assemble_orders(lines_of(rows), spec, Zone::utc());
}

const EventBatch& purchases(const Assembled& a) { return a.events[0]; }
const EventBatch& refunds(const Assembled& a) { return a.events[1]; }
const EventBatch& free_orders(const Assembled& a) { return a.events[2]; }

using Numbers = std::vector<int64_t>;

TEST(AssembleOrders, LinesOfOneOrderAreOnePurchase) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "2", 0, 70}, {"c", "1", 0, 300}});
  EXPECT_EQ(purchases(a).columns[0].numbers, (Numbers{800, 70}));
  EXPECT_EQ(purchases(a).item_offset, (std::vector<uint32_t>{0, 2, 3}));
  EXPECT_EQ(a.rows.used, 3);
}

TEST(AssembleOrders, WithoutNumbersTheSameInstantIsOneOrder) {
  const Assembled a = assemble({{"c", nullptr, 0, 5}, {"c", nullptr, 0, 3}, {"c", nullptr, 1, 2}});
  EXPECT_EQ(purchases(a).columns[0].numbers, (Numbers{8, 2}));
  EXPECT_EQ(a.orders_by_same_instant, 2);
}

TEST(AssembleOrders, EachRowAnOrderOnRequest) {
  SourceSpec spec;
  spec.each_row_is_an_order = true;
  EXPECT_EQ(purchases(assemble({{"c", "1", 0, 5}, {"c", "1", 0, 5}}, spec)).size(), 2u);
}

TEST(AssembleOrders, OrderNumberSharedByTwoCustomersIsTwoOrders) {
  const Assembled a = assemble({{"c", "1", 0, 5}, {"d", "1", 0, 3}, {"d", "1", 0, 4}});
  EXPECT_EQ(purchases(a).columns[0].numbers, (Numbers{5, 7}));
  EXPECT_EQ(a.orders_with_two_customers, 1);
}

TEST(AssembleOrders, EveryRowIsCountedOnce) {
  OrderLines lines = lines_of({{"c", "1", 0, 500},
                               {"c", "1", 0, 0},
                               {"c", "C1", 3, -200, LineKind::kRefund},
                               {nullptr, "9", 0, 100},
                               {nullptr, "9", 0, -30},
                               {"d", "5", 0, 900, LineKind::kNotSale},
                               {"e", "6", 0, 0},
                               {"x", "7", 0, 50}});
  lines.excluded = {0, 0, 0, 0, 0, 0, 0, 1};
  Assembled a = *assemble_orders(std::move(lines), {}, Zone::utc());
  EXPECT_EQ(a.rows.used, 1);
  EXPECT_EQ(a.rows.zero, 2);
  EXPECT_EQ(a.rows.refunds, 1);
  EXPECT_EQ(a.rows.unattributed, 2);
  EXPECT_EQ(a.rows.not_sales, 1);
  EXPECT_EQ(a.rows.excluded, 1);
  a.rows.read = 8;
  EXPECT_TRUE(a.rows.ties_out());
  EXPECT_EQ(a.unattributed.orders, 1);
  EXPECT_EQ(a.unattributed.gross, 100);
  EXPECT_EQ(a.unattributed.refunds, 30);
  EXPECT_DOUBLE_EQ(a.unattributed.share_of_sales, 100.0 / 600.0);
  EXPECT_EQ(free_orders(a).size(), 1u);
}

TEST(AssembleOrders, NegativeLineOfTheSameDayBelongsToTheOrder) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "1", 0, -100}});
  EXPECT_EQ(purchases(a).columns[0].numbers, Numbers{400});
  EXPECT_EQ(refunds(a).size(), 0u);
}

TEST(AssembleOrders, NegativeLineOfALaterDayIsALinkedRefund) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "1", 4, -100}, {"c", "1", 9, -400}});
  EXPECT_EQ(purchases(a).columns[0].numbers, Numbers{500});
  EXPECT_EQ(refunds(a).columns[0].numbers, (Numbers{100, 400}));
  EXPECT_EQ(refunds(a).columns[2].numbers, (Numbers{1, 1}));
  EXPECT_EQ(refunds(a).columns[1].numbers, Numbers(2, purchases(a).at[0].micros));
  EXPECT_EQ(purchases(a).columns[2].numbers, Numbers{refunds(a).at[1].micros});
}

TEST(AssembleOrders, UnlinkedRefundIsNeverGuessedOntoAnOrder) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "C2", 0, -500, LineKind::kRefund}});
  EXPECT_EQ(purchases(a).columns[2].numbers, Numbers{kMissing});
  EXPECT_EQ(refunds(a).columns[2].numbers, Numbers{0});
}

TEST(AssembleOrders, RefundThatNamesItsOrderUndoesIt) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "R9", 2, 500, LineKind::kRefund, "1"}});
  EXPECT_EQ(refunds(a).columns[2].numbers, Numbers{1});
  EXPECT_EQ(purchases(a).columns[2].numbers, Numbers{refunds(a).at[0].micros});
}

TEST(AssembleOrders, RefundOfSomebodyElsesOrderIsNotLinked) {
  const Assembled a = assemble({{"c", "1", 0, 500}, {"d", "R9", 2, -500, LineKind::kRefund, "1"}});
  EXPECT_EQ(refunds(a).columns[2].numbers, Numbers{0});
}

TEST(AssembleOrders, LineThatRoundsToNothingIsSoldNotFree) {
  OrderLines lines = lines_of({{"c", "1", 0, 500}, {"c", "1", 0, 0}, {"c", "1", 0, 0}});
  lines.rounded_to_zero = {0, 1, 0};
  const Assembled a = *assemble_orders(std::move(lines), {}, Zone::utc());
  EXPECT_EQ(a.rows.used, 2);
  EXPECT_EQ(a.rows.zero, 1);
}

TEST(AssembleOrders, LongOrderWithoutCustomerCountsOnce) {
  OrderLines lines = lines_of({{"c", "1", 0, 500}});
  const uint32_t order = lines.orders->intern("2");
  for (int i = 0; i < 600; ++i) {
    lines.customer.push_back(kNoCode);
    lines.order.push_back(order);
    lines.refund_of.push_back(kNoCode);
    lines.at.push_back(lines.at.front());
    lines.amount.push_back(700);
    lines.returned.push_back(kMissing);
    lines.kind.push_back(LineKind::kSale);
  }
  SourceSpec spec;
  spec.amount_meaning = AmountMeaning::kOrderTotalRepeated;
  const Assembled a = *assemble_orders(std::move(lines), spec, Zone::utc());
  EXPECT_EQ(a.unattributed.orders, 1);
  EXPECT_EQ(a.unattributed.gross, 700);
}

TEST(AssembleOrders, ItemsOfARefundAddUpToIt) {
  const Assembled a = assemble({{"c", "1", 0, 500},
                                {"c", "2", 3, 150},
                                {"c", "2", 3, -400},
                                {"c", "R", 5, -300, LineKind::kRefund},
                                {"c", "R", 5, 100, LineKind::kRefund}});
  EXPECT_EQ(refunds(a).columns[0].numbers, (Numbers{250, 200}));
  EXPECT_EQ(refunds(a).item_columns.back().numbers, (Numbers{-150, 400, 300, -100}));
}

TEST(AssembleOrders, OneReturnOfTwoOrdersIsLinkedToEach) {
  const Assembled a = assemble({{"c", "1", 0, 500},
                                {"c", "2", 0, 300},
                                {"c", "R", 2, -500, LineKind::kRefund, "1"},
                                {"c", "R", 2, -300, LineKind::kRefund, "2"}});
  EXPECT_EQ(refunds(a).columns[0].numbers, (Numbers{500, 300}));
  EXPECT_EQ(purchases(a).columns[2].numbers, Numbers(2, refunds(a).at[0].micros));
}

TEST(AssembleOrders, SumsThatLeave64BitsAreErrors) {
  constexpr int64_t kLarge = INT64_MAX / 2 + 1;
  const auto fails = [](std::initializer_list<Line> rows) {
    const auto result = assemble_orders(lines_of(rows), {}, Zone::utc());
    return !result.ok() && result.error().code() == ErrorCode::kOverflow;
  };
  EXPECT_TRUE(fails({{"c", "1", 0, kLarge}, {"c", "1", 0, kLarge}}));
  EXPECT_TRUE(fails({{nullptr, "1", 0, kLarge}, {nullptr, "2", 0, kLarge}}));
  EXPECT_TRUE(fails({{nullptr, "1", 0, -kLarge}, {nullptr, "2", 0, -kLarge}}));
  OrderLines lines = lines_of({{"c", "1", 0, 500}, {"c", "1", 0, 500}});
  lines.extra.push_back(Column::decimal("discount", 2));
  lines.extra[0].numbers = {kLarge, kLarge};
  EXPECT_FALSE(assemble_orders(std::move(lines), {}, Zone::utc()).ok());
}

TEST(AssembleOrders, OrderTotalRepeatedOnEachLineCountsOnce) {
  SourceSpec spec;
  spec.amount_meaning = AmountMeaning::kOrderTotalRepeated;
  const Assembled a = assemble(
      {{"c", "1", 0, 500}, {"c", "1", 0, 500}, {"c", "2", 0, 10}, {"c", "2", 0, 20}}, spec);
  EXPECT_EQ(purchases(a).columns[0].numbers, (Numbers{500, 20}));
  EXPECT_EQ(a.orders_with_conflicting_totals, 1);
  EXPECT_EQ(a.rows.used, 4);
}

TEST(AssembleOrders, OrderTotalOnTheFirstLineOnly) {
  SourceSpec spec;
  spec.amount_meaning = AmountMeaning::kOrderTotalFirstLine;
  const Assembled a = assemble({{"c", "1", 0, 500}, {"c", "1", 0, kMissing}}, spec);
  EXPECT_EQ(purchases(a).columns[0].numbers, Numbers{500});
  EXPECT_EQ(a.rows.used, 2);
  EXPECT_EQ(a.rows.zero, 0);
}

TEST(AssembleOrders, MoneyGivenBackOnTheOrdersOwnRow) {
  const Assembled a = assemble({{"c", "1", 0, 500, LineKind::kSale, nullptr, 120}});
  EXPECT_EQ(refunds(a).columns[0].numbers, Numbers{120});
  EXPECT_EQ(refunds(a).columns[2].numbers, Numbers{1});
}

TEST(AssembleOrders, CustomersAreKnownFromTheirFirstRow) {
  const Assembled a = assemble({{"c", "1", 7, 500}, {"c", "2", 3, 5}, {"d", "3", 4, 0}});
  ASSERT_EQ(a.customers.known_from.size(), 2u);
  EXPECT_EQ(Zone::utc().day_of(a.customers.known_from[0]).number, 3);
  EXPECT_EQ(Zone::utc().day_of(a.customers.known_from[1]).number, 4);
}

TEST(AssembleOrders, LinesFarApartUnderOneNumberAreCounted) {
  EXPECT_EQ(assemble({{"c", "1", 0, 500}, {"c", "1", 31, 500}}).orders_far_apart, 1);
  EXPECT_EQ(assemble({{"c", "1", 0, 500}, {"c", "1", 7, 500}}).orders_far_apart, 0);
}

TEST(AssembleOrders, OrderTakesSummedMoneyAndTheFirstOfTheRest) {
  OrderLines lines = lines_of({{"c", "1", 0, 500}, {"c", "1", 0, 300}, {"c", "2", 0, 10}});
  Column discount = Column::decimal("discount", 2);
  discount.numbers = {25, kMissing, kMissing};
  Column opt_in = Column::of("opt_in", ValueType::kBoolean);
  opt_in.numbers = {kMissing, 1, 0};
  Column channel = Column::text("channel", std::make_shared<Dictionary>());
  channel.codes = {kNoCode, channel.dictionary->intern("web"), kNoCode};
  lines.extra = {discount, opt_in, channel};
  const Assembled a = *assemble_orders(std::move(lines), {}, Zone::utc());
  EXPECT_EQ(find_column(purchases(a).columns, "discount")->numbers, (Numbers{25, kMissing}));
  EXPECT_EQ(find_column(purchases(a).columns, "opt_in")->numbers, (Numbers{1, 0}));
  EXPECT_EQ(find_column(purchases(a).columns, "channel")->codes,
            (std::vector<uint32_t>{0, kNoCode}));
}

TEST(AssembleOrders, OrdersWithACouponOnAnyLineUsedOne) {
  OrderLines lines = lines_of({{"c", "1", 0, 500}, {"c", "1", 0, 300}, {"c", "2", 0, 10}});
  EXPECT_EQ(find_column(purchases(*assemble_orders(lines, {}, Zone::utc())).columns, "coupon_used"),
            nullptr)
      << "without a column of coupons nobody knows";
  Column coupon = Column::text("coupon", std::make_shared<Dictionary>());
  coupon.codes = {kNoCode, coupon.dictionary->intern("MAY5"), kNoCode};
  lines.extra = {coupon, Column::decimal("discount", 2)};
  lines.extra[1].numbers = {1, 2, 3};
  const Assembled a = *assemble_orders(std::move(lines), {}, Zone::utc());
  EXPECT_EQ(find_column(purchases(a).columns, "coupon")->codes,
            (std::vector<uint32_t>{0, kNoCode}));
  EXPECT_EQ(find_column(purchases(a).columns, "coupon_used")->numbers, (Numbers{1, 0}));
  EXPECT_EQ(find_column(purchases(a).columns, "discount")->numbers, (Numbers{3, 3}));
}

}  // namespace
}  // namespace regulars
