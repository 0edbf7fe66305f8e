#include "connect/read_orders.h"

#include <gtest/gtest.h>

#include "connect/orders_testing.h"

namespace regulars::connect {
namespace {

using Amounts = std::vector<int64_t>;

TEST(ReadOrders, PlainLines) {
  const auto orders = read_text(
      "customer_id,order_id,date,product,quantity,amount\n"
      "c1,1,2024-01-05,Mug,2,20.00\n"
      "c1,1,2024-01-05,Bowl,1,15.50\n"
      "c2,2,2024-01-06,Mug,1,10.00\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->lines.amount, (Amounts{2000, 1550, 1000}));
  EXPECT_EQ(orders->lines.quantity, (Amounts{2, 1, 1}));
  EXPECT_EQ(customer_of(*orders, 2), "c2");
  EXPECT_EQ(orders->lines.order, (std::vector<uint32_t>{0, 0, 1}));
  EXPECT_EQ(to_iso(orders->lines.at[2]), "2024-01-06T00:00:00Z");
  EXPECT_EQ(orders->intake.rows.read, 3);
  EXPECT_EQ(orders->intake.sources.size(), 1);
  EXPECT_EQ(find_role(*orders, "customer")->option, "--customer");
  EXPECT_GT(find_role(*orders, "customer")->confidence, 0.9);
}

TEST(ReadOrders, QuantityTimesPriceIsRoundedOncePerLine) {
  const auto orders = read_text(
      "customer,date,qty,unit price\n"
      "a,2024-01-05,3,0.335\n"   // 1.005 -> 1.00
      "a,2024-01-06,5,0.003\n"   // 0.015 -> 0.02
      "b,2024-01-07,-1,0.335\n"  // given back: not in the sum of sales
      "b,2024-01-08,2,1.5\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kQuantityTimesPrice);
  EXPECT_EQ(orders->lines.amount, (Amounts{100, 2, -34, 300}));
  EXPECT_EQ(orders->intake.rounding.exact_scale, 3);
  EXPECT_TRUE(orders->intake.rounding.exact_sum == 4020);
  EXPECT_TRUE(orders->intake.rounding.rounded_sum == 402);
  EXPECT_EQ(orders->intake.rounding.lines_rounded, 2);
  EXPECT_EQ(find_role(*orders, "amount")->column, "qty x unit price");
  Overrides exact;
  exact.amount_scale = 3;
  EXPECT_EQ(
      read_text("customer,date,qty,unit price\na,2024-01-05,3,0.335\nb,2024-01-06,1,1\n", exact)
          ->lines.amount,
      (Amounts{1005, 1000}));
}

TEST(ReadOrders, CurrenciesHaveTheirOwnMinorUnits) {
  const auto yen =
      read_text("customer,date,amount,currency\na,2024-01-05,1250,JPY\nb,2024-01-06,980,JPY\n");
  EXPECT_EQ(yen->lines.amount_scale, 0);
  EXPECT_EQ(yen->lines.amount, (Amounts{1250, 980}));
  const auto dinar =
      read_text("customer,date,amount,currency\na,2024-01-05,1.255,KWD\nb,2024-01-06,2,KWD\n");
  EXPECT_EQ(dinar->lines.amount_scale, 3);
  EXPECT_EQ(dinar->lines.amount, (Amounts{1255, 2000}));
}

TEST(ReadOrders, OtherCurrenciesAreNeverAdded) {
  const char* text =
      "customer,date,amount,currency\na,2024-01-05,10,EUR\na,2024-01-06,20,eur\n"
      "b,2024-01-07,30,USD\n";
  const auto euros = read_text(text);
  EXPECT_EQ(euros->lines.amount, (Amounts{1000, 2000}));
  EXPECT_EQ(euros->intake.rejects[0].reason, "in USD; only EUR is analysed");
  EXPECT_NE(find_notice(*euros, "currencies"), nullptr);
  Overrides dollars;
  dollars.currency = "USD";
  EXPECT_EQ(read_text(text, dollars)->lines.amount, (Amounts{3000}));
}

TEST(ReadOrders, OrderTotalOnEveryLine) {
  const auto orders = read_text(
      "customer,order,date,product,quantity,price,order_total\n"
      "a,1,2024-01-05,Mug,2,15.00,55.00\n"
      "a,1,2024-01-05,Bowl,1,20.00,55.00\n"
      "b,2,2024-01-06,Mug,1,15.00,20.00\n"
      "c,3,2024-01-07,Mug,1,15.00,30.00\n"
      "c,3,2024-01-07,Plate,1,10.00,30.00\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kOrderTotalRepeated);
  EXPECT_EQ(orders->lines.amount, (Amounts{5500, 5500, 2000, 3000, 3000}));
  EXPECT_EQ(orders->lines.item_amount, (Amounts{3000, 2000, 1500, 1500, 1000}));
  EXPECT_NE(find_notice(*orders, "order_total_repeated"), nullptr);
}

TEST(ReadOrders, EqualLineAmountsAreNoTotals) {
  const auto orders = read_text(
      "customer,order,date,product,quantity,price,amount\n"
      "a,1,2024-01-05,Mug,1,10.00,10.00\na,1,2024-01-05,Bowl,1,10.00,10.00\n"
      "b,2,2024-01-06,Mug,1,10.00,10.00\nb,2,2024-01-06,Cup,2,5.00,10.00\n"
      "c,3,2024-01-07,Mug,1,10.00,10.00\nc,3,2024-01-07,Hat,1,10.00,10.00\n");
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kLineAmount);
}

TEST(ReadOrders, CancellationsByTheirPrefix) {
  const auto orders = read_text(
      "customer,invoice,date,product,quantity,price\n"
      "a,536365,2024-01-05,Mug,2,5.00\na,536366,2024-01-06,Bowl,1,5.00\n"
      "a,C536367,2024-01-07,Mug,-2,5.00\nb,536368,2024-01-08,Mug,1,5.00\n");
  EXPECT_EQ(orders->intake.spec.cancellation_prefix, "C");
  EXPECT_EQ(orders->lines.kind[2], LineKind::kRefund);
  EXPECT_EQ(orders->lines.kind[3], LineKind::kSale);
  const auto plain = read_text(
      "customer,invoice,date,product,quantity,price\n"
      "a,536365,2024-01-05,Mug,2,5.00\na,W536366,2024-01-06,Bowl,1,5.00\n"
      "b,536367,2024-01-07,Mug,2,5.00\n");
  EXPECT_EQ(plain->intake.spec.cancellation_prefix, "") << "a letter alone cancels nothing";
}

TEST(ReadOrders, StatusesSortRows) {
  const auto orders = read_text(
      "customer,order,date,amount,status\n"
      "a,1,2024-01-05,10.00,completed\na,2,2024-01-06,20.00,Cancelled\n"
      "b,3,2024-01-07,,failed\nb,4,2024-01-08,40.00,Refunded\nb,5,2024-01-09,5.00,mystery\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->lines.kind,
            (std::vector<LineKind>{LineKind::kSale, LineKind::kNotSale, LineKind::kNotSale,
                                   LineKind::kSale, LineKind::kSale}));
  // A refunded sale was sold and wholly given back.
  EXPECT_EQ(orders->lines.returned, (Amounts{0, 0, 0, 4000, 0}));
  EXPECT_NE(find_notice(*orders, "unknown_status"), nullptr);
}

TEST(ReadOrders, RefundRowsNameTheirOrder) {
  const auto orders = read_text(
      "customer,order,date,amount,type,original_order\n"
      "a,1,2024-01-05,10.00,sale,\na,2,2024-01-09,10.00,refund,1\nb,3,2024-01-10,7.00,sale,\n"
      "b,4,2024-01-12,7.00,refund,99\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->lines.kind[1], LineKind::kRefund);
  EXPECT_EQ(orders->lines.refund_of, (std::vector<uint32_t>{kNoCode, 0, kNoCode, kNoCode}));
}

TEST(ReadOrders, ShopifyExport) {
  const auto orders = read_text(
      "Name,Email,Financial Status,Created at,Currency,Total,Refunded Amount,Cancelled at,"
      "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Accepts Marketing\n"
      "#1001,ann@example.com,paid,2024-01-05 10:00:00 +0200,EUR,55.00,5.00,,2,Mug,15.00,M,yes\n"
      "#1001,ann@example.com,,2024-01-05 10:00:00 +0200,,,,,1,Bowl,20.00,B,\n"
      "#1002,Bob@Example.com,voided,2024-01-06 10:00:00 +0200,EUR,15.00,0.00,"
      "2024-01-06 11:00:00 +0200,1,Mug,15.00,M,no\n"
      "#1002,Bob@Example.com,,2024-01-06 10:00:00 +0200,,,,,1,Mug,15.00,M,\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.shape, "Shopify orders export");
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kOrderTotalFirstLine);
  EXPECT_EQ(orders->lines.amount, (Amounts{5500, kMissing, 1500, kMissing}));
  EXPECT_EQ(orders->lines.returned[0], 500);
  EXPECT_EQ(orders->lines.kind[1], LineKind::kSale);
  EXPECT_EQ(orders->lines.kind[3], LineKind::kNotSale) << "its order's first line says so";
  EXPECT_EQ(to_iso(orders->lines.at[0]), "2024-01-05T08:00:00Z");
  EXPECT_EQ(customer_of(*orders, 2), "bob@example.com");
  EXPECT_EQ(find_column(orders->lines.extra, "opt_in")->numbers[0], 1);
}

TEST(ReadOrders, CouponsOfOrders) {
  const auto orders = read_text(
      "customer,order,date,amount,coupon code\na,1,2024-01-05,10.00,MAY5\n"
      "a,2,2024-01-09,10.00,\nb,3,2024-01-10,7.00,no\nb,4,2024-01-12,7.00,SPRING\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.columns.coupon, "coupon code");
  const Column* coupon = find_column(orders->lines.extra, "coupon");
  ASSERT_NE(coupon, nullptr);
  EXPECT_EQ(coupon->dictionary->text(coupon->codes[0]), "MAY5");
  EXPECT_FALSE(coupon->known(1));
  EXPECT_FALSE(coupon->known(2)) << "no means none";
  EXPECT_EQ(coupon->dictionary->text(coupon->codes[3]), "SPRING");
}

TEST(ReadOrders, StripeSquareAndKlaviyoExports) {
  const auto stripe = read_text(
      "id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email\n"
      "ch_1,2024-01-05 10:00,1500.00,0.00,usd,Paid,cus_1,a@example.com\n"
      "ch_2,2024-01-06 10:00,20.00,20.00,usd,Refunded,,b@example.com\n"
      "ch_3,2024-01-07 10:00,9.00,0.00,usd,Failed,cus_1,a@example.com\n");
  ASSERT_TRUE(stripe) << stripe.error().to_string();
  EXPECT_EQ(stripe->lines.returned, (Amounts{0, 2000, 0}));
  EXPECT_EQ(stripe->lines.kind[2], LineKind::kNotSale);
  EXPECT_EQ(customer_of(*stripe, 1), "b@example.com") << "the address where the id is missing";
  const auto square = read_text(
      "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Discounts,Net Sales,"
      "Tax,Transaction ID,Event Type,Location,Customer ID\n"
      "2024-01-05,09:00:00,UTC,Drinks,Tea,1,,,$5.50,-$0.50,$5.00,$0.00,T1,Payment,Main,C1\n"
      "2024-01-06,09:05:00,UTC,Drinks,Tea,-1,,,-$5.50,$0.50,-$5.00,$0.00,T2,Refund,Main,C1\n");
  ASSERT_TRUE(square) << square.error().to_string();
  EXPECT_EQ(square->lines.amount, (Amounts{500, -500}));
  EXPECT_EQ(square->lines.kind[1], LineKind::kRefund);
  EXPECT_EQ(to_iso(square->lines.at[0]), "2024-01-05T09:00:00Z");
  EXPECT_EQ(square->intake.spec.columns.product, "Item") << "the column of SKUs is empty";
  EXPECT_EQ(find_column(square->lines.extra, "discount")->numbers[0], 50);
  const auto klaviyo = read_text(
      "Person//Email,Timestamp,$value,$event_id\na@example.com,2024-01-05 13:30:00,12.50,e1\n"
      "b@example.com,2024-01-06 13:30:00,7,e2\n");
  ASSERT_TRUE(klaviyo) << klaviyo.error().to_string();
  EXPECT_EQ(klaviyo->lines.amount, (Amounts{1250, 700}));
  EXPECT_NE(find_notice(*klaviyo, "known_export"), nullptr);
}

TEST(ReadOrders, IdentityFallsBackSensibly) {
  const auto mails = read_text(
      "email,date,amount\n Ann@Example.com ,2024-01-05,1\nann@example.com,2024-01-06,2\n"
      "bob@example.com,2024-01-07,3\n");
  EXPECT_EQ(mails->lines.customers->size(), 2);
  EXPECT_NE(find_notice(*mails, "email_case"), nullptr);
  const auto names =
      read_text("first_name,last_name,date,amount\nAnn,Lee,2024-01-05,1\nBob,Lee,2024-01-06,2\n");
  ASSERT_FALSE(names);
  EXPECT_NE(names.error().hint().find("two people can share one"), std::string::npos);
  const auto id_wins = read_text(
      "customer_id,date,revenue,first_name,last_name,email\nA L,2024-01-05,1,A,L,a@x.de\n"
      "B L,2024-01-06,2,B,L,b@x.de\n");
  EXPECT_EQ(id_wins->intake.spec.columns.customer, "customer_id");
  EXPECT_EQ(id_wins->intake.spec.columns.customer_email, "email");
}

TEST(ReadOrders, GuestsAreToldApartByTheirAddresses) {
  const auto orders = read_text(
      "customer_id,email,order_id,date,amount\n7,ann@example.com,1,2024-01-05,1\n"
      "0,bob@example.com,2,2024-01-06,2\n0,,3,2024-01-07,3\n");
  EXPECT_EQ(customer_of(*orders, 1), "bob@example.com");
  EXPECT_EQ(customer_of(*orders, 2), "-");
  EXPECT_EQ(find_notice(*orders, "placeholder_customers")->text,
            "0 stands for nobody: 1 row count as without customer");
}

TEST(ReadOrders, EpochsAndRowsWithIds) {
  const auto orders = read_text(
      "id,user_id,ts,total\n11,1,1704448800,12.5\n12,2,1704535200,7\n13,1,1704621600,3.25\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.time_format.kind, TimeKind::kEpochSeconds);
  EXPECT_EQ(to_iso(orders->lines.at[0]), "2024-01-05T10:00:00Z");
  EXPECT_EQ(orders->intake.spec.columns.order, "id");
}

TEST(ReadOrders, IdsReadAsNumbersAreRestored) {
  const auto orders = read_text(
      "customer,date,amount\n17850.0,2024-01-05,1.00\n17851.0,2024-01-06,2.00\n,2024-01-07,3.00\n");
  EXPECT_EQ(customer_of(*orders, 0), "17850");
  EXPECT_EQ(customer_of(*orders, 2), "-");
  EXPECT_NE(find_notice(*orders, "ids_as_numbers"), nullptr);
  const auto zeros = read_text(
      "customer,date,amount\n00123,2024-01-05,1.00\n123,2024-01-06,2.00\n456,2024-01-07,3.00\n");
  EXPECT_EQ(zeros->lines.customers->size(), 3);
  EXPECT_NE(find_notice(*zeros, "ids_with_and_without_zeros"), nullptr);
}

TEST(ReadOrders, PlaceholdersCarryNoCustomer) {
  const char* text =
      "customer,date,amount\nGUEST,2024-01-05,1.00\nann,2024-01-06,2.00\n0,2024-01-07,3.00\n";
  const auto orders = read_text(text);
  EXPECT_EQ(customer_of(*orders, 0), "-");
  EXPECT_EQ(customer_of(*orders, 2), "-");
  EXPECT_EQ(orders->lines.customers->size(), 1);
  EXPECT_EQ(orders->intake.spec.not_persons, (std::vector<std::string>{"GUEST", "0"}));
  EXPECT_NE(find_notice(*orders, "placeholder_customers"), nullptr);
  Overrides overrides;
  overrides.persons = {"GUEST"};
  overrides.not_persons = {"ann"};
  const auto said = read_text(text, overrides);
  EXPECT_EQ(customer_of(*said, 0), "GUEST");
  EXPECT_EQ(customer_of(*said, 1), "-");
}

TEST(ReadOrders, ExcludedCustomersAreMarked) {
  Overrides overrides;
  overrides.excluded_customers = {"big"};
  const auto orders = read_text(
      "customer,date,amount\nbig,2024-01-05,100\nann,2024-01-06,2\n,2024-01-07,3\n", overrides);
  EXPECT_EQ(orders->lines.excluded, (std::vector<uint8_t>{1, 0, 0}));
}

TEST(ReadOrders, BadRowsAreRejectedWithTheirPlace) {
  const auto orders = read_text(
      "customer,date,amount\nann,2024-02-31,1.00\nann,2024-01-06,abc\nann,,3.00\n"
      "ann,2024-01-08,\nann,2024-01-09,5.00\nbob,2024-01-10,6.00\nTotal,,15.00\n,,99\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  const std::vector<Reject>& rejects = orders->intake.rejects;
  ASSERT_EQ(rejects.size(), 6);
  EXPECT_EQ(rejects[0].reason, "'2024-02-31' is not a date");
  EXPECT_EQ(rejects[0].line, 2);
  EXPECT_EQ(rejects[0].column, 2);
  EXPECT_EQ(rejects[0].field, "date");
  EXPECT_EQ(rejects[0].raw, "ann,2024-02-31,1.00");
  EXPECT_EQ(rejects[1].reason, "'abc' is not a number");
  EXPECT_EQ(rejects[2].reason, "no date");
  EXPECT_EQ(rejects[3].reason, "no amount");
  EXPECT_EQ(rejects[4].reason, "a total row, not an order");
  EXPECT_EQ(rejects[5].reason, "a total row, not an order");
  EXPECT_EQ(orders->intake.rows.read, 8);
  EXPECT_EQ(orders->intake.rows.rejected, 6);
  EXPECT_EQ(orders->lines.customers->size(), 2) << "Total is no customer";
}

TEST(ReadOrders, DuplicatesAreCountedAndDroppedOnRequest) {
  const char* text =
      "customer,date,amount\nann,2024-01-05,1.00\nbob,2024-01-06,2.00\nann,2024-01-05,1.00\n";
  const auto kept = read_text(text);
  EXPECT_EQ(kept->intake.exact_duplicates, 1);
  EXPECT_EQ(kept->lines.size(), 3);
  Overrides overrides;
  overrides.drop_duplicates = true;
  const auto dropped = read_text(text, overrides);
  EXPECT_EQ(dropped->intake.rows.duplicates, 1);
  EXPECT_EQ(dropped->lines.size(), 2);
}

TEST(ReadOrders, AmbiguousNumbersAreSaid) {
  const char* text = "customer;date;amount\nann;2024-01-05;1,234\nbob;2024-01-06;5,678\n";
  const auto thousands = read_text(text);
  EXPECT_EQ(thousands->lines.amount, (Amounts{123400, 567800}));
  EXPECT_EQ(find_notice(*thousands, "ambiguous_numbers")->option, "--decimal-mark ,");
  Overrides comma;
  comma.decimal_mark = ",";
  EXPECT_EQ(read_text(text, comma)->lines.amount, (Amounts{123, 568}));
}

TEST(ReadOrders, OverridesWinAndWrongOnesAreRefused) {
  const char* text = "customer,member,date,amount\nann,m1,2024-01-05,1.00\nbob,m2,2024-01-06,2\n";
  Overrides overrides;
  overrides.columns.customer = "member";
  EXPECT_EQ(customer_of(*read_text(text, overrides), 0), "m1");
  overrides.columns.customer = "custmer";
  const auto wrong = read_text(text, overrides);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code(), ErrorCode::kBadDefinition);
  EXPECT_EQ(wrong.error().message(),
            "--customer: there is no column 'custmer'; do you mean customer?");
  overrides.columns.customer = "none";
  EXPECT_FALSE(read_text(text, overrides));
}

TEST(ReadOrders, WhatIsMissingIsShownWithTheFirstRows) {
  const auto orders = read_text("customer,day of week,amount\nann,Monday,1.00\nbob,Friday,2.00\n");
  ASSERT_FALSE(orders);
  const std::string text = orders.error().to_string();
  for (const char* part : {"orders.csv", "no column can be the time", "found: customer customer",
                           "day of week", "Monday", "--time COLUMN"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  }
}

TEST(ReadOrders, SeveralFilesAreOne) {
  MemoryFiles files;
  ASSERT_TRUE(
      files.write("a.csv", "customer,date,amount\nann,2024-01-05,1.00\nbob,2024-01-06,2\n"));
  ASSERT_TRUE(files.write("b.csv", "amount,customer,date\n3.00,ann,2024-01-07\n"));
  ASSERT_TRUE(files.write("c.csv", "amount,client,date\n3.00,ann,2024-01-07\n"));
  const auto joined = read_orders({"a.csv", "b.csv"}, "", "", {}, files);
  ASSERT_TRUE(joined) << joined.error().to_string();
  EXPECT_EQ(joined->lines.amount, (Amounts{100, 200, 300}));
  EXPECT_EQ(customer_of(*joined, 2), "ann");
  EXPECT_EQ(joined->intake.sources.size(), 2);
  const auto other = read_orders({"a.csv", "c.csv"}, "", "", {}, files);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message(),
            "has other columns than a.csv; missing: customer; only here: client");
}

TEST(ReadOrders, AmountsThatDoNotFitAreAnError) {
  const auto orders = read_text(
      "customer,date,amount\nann,2024-01-05,90000000000000000.00\n"
      "bob,2024-01-06,90000000000000000.00\n");
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().code(), ErrorCode::kOverflow);
}

}  // namespace
}  // namespace regulars::connect
