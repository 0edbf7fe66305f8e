#include <gmock/gmock.h>

#include "connect/source_testing.h"

namespace regulars::connect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kPeople =
    "customer_id,first_name,birth_date,interests,city,joined\n"
    "ann,Ann,1980-02-29,wine;garden,Berlin,2020-05-01\n"
    "bob,Bob,,,Graz,\n"
    "ann,Ann,1999-01-01,tea,Wien,\n"
    "eve,Eve,not told yet,,,\n";

SourceDeclaration people() {
  SourceDeclaration declaration;
  declaration.name = "people";
  declaration.kind = SourceDeclaration::Kind::kCustomers;
  return declaration;
}

ProjectFacts facts() {
  ProjectFacts facts;
  facts.zone = "Europe/Berlin";
  facts.attributes.resize(3);
  facts.attributes[0].field = {.name = "birth_date", .type = ValueType::kDay};
  facts.attributes[0].constant = true;
  facts.attributes[1].field = {.name = "interests", .type = ValueType::kText, .is_set = true};
  facts.attributes[2].field = {.name = "joined", .type = ValueType::kDay};
  facts.attributes[2].constant = true;
  return facts;
}

TEST(ReadCustomers, ChangesHaveADateAndConstantsHaveNone) {
  SourceDeclaration declaration = people();
  declaration.date = "2025-06-30";
  const auto read = read_declared(kPeople, declaration, facts());
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, kAttributeChanges),
              ElementsAre("ann 2025-06-29T22:00:00Z interests=garden|wine city=Berlin",
                          "bob 2025-06-29T22:00:00Z city=Graz"));
  const CustomerTable& table = read->customers;
  ASSERT_EQ(table.attributes.size(), 2u);
  EXPECT_EQ(table.attributes[0].name, "birth_date");
  EXPECT_EQ(show(table.attributes[0], 0), "1980-02-29");
  EXPECT_EQ(show(table.attributes[0], 1), "?");
  // Known from the day she joined; the other from the day of the list.
  EXPECT_EQ(to_iso(table.known_from[0]), "2020-04-30T22:00:00Z");
  EXPECT_EQ(to_iso(table.known_from[1]), "2025-06-29T22:00:00Z");
  EXPECT_EQ(read->rows.duplicates, 1);
  EXPECT_EQ(read->rows.rejected, 1);
  EXPECT_EQ(read->rejects.at(0).field, "birth_date");
  EXPECT_TRUE(read->rows.ties_out());
  EXPECT_THAT(read->unused_columns, ElementsAre("first_name"));
}

TEST(ReadCustomers, WithoutADateTheFilesDayCounts) {
  const Instant modified = Zone::utc().start_of(to_day({2025, 1, 31})) + hours(23) + minutes(30);
  const auto read = read_declared(kPeople, people(), facts(), "people.csv", modified);
  ASSERT_TRUE(read);
  // Half past midnight in Berlin: the first of February.
  EXPECT_EQ(to_iso(read->events.at(0).at.at(0)), "2025-01-31T23:00:00Z");
}

TEST(ReadCustomers, DatesOfAColumnMakeAHistory) {
  SourceDeclaration declaration = people();
  declaration.date = "as_at";
  const auto read = read_declared(
      "customer_id,as_at,tier\nann,2024-01-01,gold\nann,2024-02-01,silver\nann,,bronze\n",
      declaration);
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_THAT(show(*read, kAttributeChanges), ElementsAre("ann 2024-01-01T00:00:00Z tier=gold",
                                                          "ann 2024-02-01T00:00:00Z tier=silver"));
  EXPECT_EQ(read->rejects.at(0).reason, "there is no date");
  declaration.date = "tomorow";
  const auto wrong = read_declared("customer_id,as_at\nann,2024-01-01\n", declaration);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message(), HasSubstr("tomorow"));
}

}  // namespace
}  // namespace regulars::connect
