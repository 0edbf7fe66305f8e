#include "project/starter.h"

#include <gtest/gtest.h>

#include "project/project.h"

namespace regulars::project {
namespace {

Loaded loaded_from(const std::vector<TextFile>& texts) {
  MemoryFiles files;
  for (const TextFile& file : texts) EXPECT_TRUE(files.write("p/" + file.path, file.text).ok());
  Loaded loaded = load_project("p", files);
  for (const Error& fault : loaded.faults) ADD_FAILURE() << fault.to_string();
  return loaded;
}

TEST(Starter, IsAProjectWithoutFaults) {
  const Loaded loaded = loaded_from(starter_files("Ann's: \"Corner\" shop", "Europe/Berlin"));
  EXPECT_EQ(loaded.project.facts.name, "Ann's: \"Corner\" shop");
  EXPECT_EQ(loaded.project.facts.zone, "Europe/Berlin");
  ASSERT_EQ(loaded.project.sources.size(), 1u);
  EXPECT_EQ(loaded.project.catalogue.segments.size(), 3u);
  EXPECT_EQ(loaded.project.catalogue.features.size(), 2u);
  EXPECT_EQ(loaded.project.catalogue.parameters.size(), 1u);
  EXPECT_EQ(loaded.project.catalogue.lists.size(), 1u);
}

TEST(Starter, WhatWasFoundOutIsReadBack) {
  GuessedSource orders;
  orders.files = {"data/Bestellungen 2024.csv", "data/x*.csv"};
  orders.spec.shape = "Shopify orders export";
  orders.spec.columns.customer = "Kunden-Nr.";
  orders.spec.columns.time = "Datum: Uhrzeit";
  orders.spec.columns.amount = "no";
  orders.spec.columns.price = "say \"price\" \\ tab\t";
  orders.spec.amount_meaning = AmountMeaning::kOrderTotalFirstLine;
  orders.spec.number_format.decimal_mark = ',';
  orders.spec.time_format.order = DateOrder::kDayMonthYear;
  orders.spec.time_zone = "Europe/Berlin";
  orders.spec.currency = "EUR";
  orders.spec.amount_scale = 3;
  orders.spec.not_persons = {"GUEST", "0"};
  orders.spec.each_row_is_an_order = true;
  GuessedSource customers;
  customers.name = "customers";
  customers.kind = SourceDeclaration::Kind::kCustomers;
  customers.files = {"data/customers.csv"};
  customers.customer_column = "id";
  GuessedAttribute born;
  born.declaration.field = {.name = "birth_date", .type = ValueType::kDay};
  born.declaration.constant = true;
  born.column = "Geboren";
  GuessedAttribute interests;
  interests.declaration.field = {
      .name = "interests", .type = ValueType::kText, .scale = 0, .is_set = true};
  interests.column = "interests";
  customers.attributes = {born, interests};

  const std::string text = project_from_guesses("Shop 24", "Europe/Berlin", {orders, customers});
  const Loaded loaded = loaded_from({{"regulars.yaml", text}});
  EXPECT_EQ(loaded.project.facts.name, "Shop 24");
  EXPECT_EQ(loaded.project.facts.currency, "EUR");
  ASSERT_EQ(loaded.project.sources.size(), 2u);
  const SourceDeclaration& read = loaded.project.sources[0];
  EXPECT_EQ(read.files, orders.files);
  EXPECT_EQ(read.columns,
            (std::map<std::string, std::string>{{"customer", "Kunden-Nr."},
                                                {"time", "Datum: Uhrzeit"},
                                                {"amount", "no"},
                                                {"price", "say \"price\" \\ tab\t"}}));
  EXPECT_EQ(read.orders.amount_meaning, AmountMeaning::kOrderTotalFirstLine);
  EXPECT_EQ(read.orders.amount_scale, 3);
  EXPECT_EQ(read.orders.decimal_mark, ",");
  EXPECT_EQ(read.orders.not_persons, orders.spec.not_persons);
  EXPECT_TRUE(read.orders.each_row_is_an_order);
  EXPECT_EQ(read.time_format, "dmy");
  EXPECT_EQ(read.time_zone, "Europe/Berlin");
  EXPECT_EQ(loaded.project.sources[1].columns.at("birth_date"), "Geboren");
  EXPECT_TRUE(loaded.project.facts.attribute("birth_date")->constant);
  EXPECT_TRUE(loaded.project.facts.attribute("interests")->field.is_set);
}

TEST(Starter, TextsAreQuotedWhereTheyNeedIt) {
  EXPECT_EQ(yaml_text("orders*.csv"), "orders*.csv");
  for (const char* text : {"no", "Yes", "12", "a: b", "#a", "", "*x", "- a", "null", "@x"}) {
    EXPECT_EQ(yaml_text(text).front(), '"') << text;
  }
}

}  // namespace
}  // namespace regulars::project
