#include "connect/mapping.h"

#include <gtest/gtest.h>

#include "connect/orders_testing.h"

namespace regulars::connect {
namespace {

TEST(Mapping, WritesAndReadsBack) {
  SourceSpec spec;
  spec.shape = "Shopify orders export";
  spec.columns.customer = "Kunden-Nr";
  spec.columns.amount = "Betrag (\xE2\x82\xAC)";
  spec.columns.cancelled = "Storno";
  spec.amount_meaning = AmountMeaning::kOrderTotalRepeated;
  spec.number_format = {',', '.'};
  spec.time_format = {TimeKind::kCivil, DateOrder::kDayMonthYear};
  spec.time_zone = "Europe/Berlin";
  spec.currency = "EUR";
  spec.amount_scale = 3;
  spec.cancellation_prefix = "S";
  spec.not_sales = {"storniert"};
  spec.given_back_statuses = {"erstattet"};
  spec.not_persons = {"0"};
  const auto read = mapping_from_json(mapping_to_json(spec));
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(read->columns, spec.columns);
  EXPECT_EQ(read->shape, spec.shape);
  EXPECT_EQ(read->amount_meaning, spec.amount_meaning);
  EXPECT_EQ(read->number_format, spec.number_format);
  EXPECT_EQ(read->time_format, spec.time_format);
  EXPECT_EQ(read->time_zone, "Europe/Berlin");
  EXPECT_EQ(read->amount_scale, 3);
  EXPECT_EQ(read->not_sales, spec.not_sales);
  EXPECT_EQ(read->given_back_statuses, spec.given_back_statuses);
  EXPECT_EQ(read->not_persons, spec.not_persons);
  EXPECT_EQ(mapping_to_json(*read), mapping_to_json(spec));
}

TEST(Mapping, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> kBroken[] = {
      {"{", "not a JSON object"},
      {"[]", "not a JSON object"},
      {"{}", "version"},
      {R"({"regulars_mapping": 2})", "version 2"},
      {R"({"regulars_mapping": 1})", "columns"},
      {R"({"regulars_mapping": 1, "columns": {"shoe": "x"}})", "shoe"},
      {R"({"regulars_mapping": 1, "columns": {}, "amount": "guess"})", "guess"},
      {R"({"regulars_mapping": 1, "columns": {}, "amount_scale": 9})", "amount_scale"},
      {R"({"regulars_mapping": 1, "columns": {}, "time_format": "ydm"})", "ydm"},
      {R"({"regulars_mapping": 1, "columns": {}, "not_sales": [1]})", "not_sales"}};
  for (const auto& [json, part] : kBroken) {
    const auto read = mapping_from_json(json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().code(), ErrorCode::kBadDefinition);
    EXPECT_NE(read.error().message().find(part), std::string::npos) << read.error().message();
  }
}

TEST(Mapping, IsReusedForLaterFiles) {
  // Alone, the second file's dates could be read in both orders, and its notes as a customer.
  Overrides said;
  said.columns.customer = "who";
  said.columns.amount = "paid";
  const auto first =
      read_text("who,note,day,paid\nann,x,13/02/2024,5.00\nbob,y,14/02/2024,6.00\n", said);
  ASSERT_TRUE(first) << first.error().to_string();
  Overrides again;
  again.mapping_json = mapping_to_json(first->intake.spec);
  const auto second =
      read_text("note,who,day,paid\nx,ann,01/02/2024,5.00\ny,bob,03/04/2024,6.00\n", again);
  ASSERT_TRUE(second) << second.error().to_string();
  EXPECT_EQ(second->intake.spec.columns.customer, "who");
  EXPECT_EQ(to_iso(second->lines.at[1]), "2024-04-03T00:00:00Z");
  EXPECT_EQ(find_notice(*second, "ambiguous_dates"), nullptr);
}

TEST(Mapping, ThatDoesNotFitSaysWhy) {
  Overrides overrides;
  overrides.mapping_json =
      R"({"regulars_mapping": 1, "columns": {"customer": "customer", "time": "day", "amount": "paid_eur"}})";
  const auto orders = read_text("customer,day,paid\nann,2024-01-01,5.00\n", overrides);
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().message(),
            "the saved mapping does not fit: the file has no column 'paid_eur' (amount), near "
            "'paid'");
  EXPECT_EQ(orders.error().place().file, "orders.csv");
}

}  // namespace
}  // namespace regulars::connect
