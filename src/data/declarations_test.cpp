#include "data/declarations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace regulars {
namespace {

const FieldDeclaration* field(const std::vector<FieldDeclaration>& fields, const char* name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(),
                   [&](const FieldDeclaration& declared) { return declared.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

TEST(Declarations, WellKnownEventsAreNamedOnceWithFieldsNamedOnce) {
  std::set<std::string> names;
  for (const EventTypeDeclaration& event : well_known_events()) {
    EXPECT_TRUE(names.insert(event.name).second) << event.name;
    for (const auto* fields : {&event.fields, &event.item_fields}) {
      std::set<std::string> seen;
      for (const FieldDeclaration& declared : *fields) {
        EXPECT_TRUE(seen.insert(declared.name).second) << event.name << "." << declared.name;
        EXPECT_TRUE(declared.type == ValueType::kDecimal || declared.scale == 0);
      }
    }
  }
  for (const char* name : {"purchase",
                           "refund",
                           "free_order",
                           "visit",
                           "message_sent",
                           "message_delivered",
                           "message_opened",
                           "message_clicked",
                           "message_bounced",
                           "message_complained",
                           "message_unsubscribed",
                           "survey",
                           "consent",
                           "points_statement",
                           "tier_change",
                           "review",
                           "referral",
                           "service_case",
                           "reward_redeemed",
                           "cart_add",
                           "assignment"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(Declarations, FieldsHaveTheTypesThatReadersGive) {
  const ProjectFacts facts;
  const EventTypeDeclaration* purchase = facts.event("purchase");
  ASSERT_NE(purchase, nullptr);
  EXPECT_EQ(field(purchase->fields, "amount")->type, ValueType::kDecimal);
  EXPECT_EQ(field(purchase->fields, "amount")->scale, 2);
  EXPECT_EQ(field(purchase->fields, "undone_at")->type, ValueType::kInstant);
  EXPECT_EQ(field(purchase->item_fields, "product")->type, ValueType::kText);
  EXPECT_EQ(field(facts.event("consent")->fields, "expires_at")->type, ValueType::kInstant);
  EXPECT_EQ(field(facts.event("message_clicked")->fields, "machine")->type, ValueType::kBoolean);
  EXPECT_EQ(field(facts.event("points_statement")->fields, "points")->type, ValueType::kInteger);
  EXPECT_EQ(field(facts.event("free_order")->fields, "amount"), nullptr);
}

TEST(Declarations, LookupsFindWhatIsDeclaredAndNothingElse) {
  ProjectFacts facts;
  facts.events = {{.name = "workshop", .fields = {{.name = "topic"}}, .item_fields = {}}};
  facts.attributes.resize(1);
  facts.attributes[0].field.name = "birth_date";
  facts.tables = {{.name = "product", .key = "product_id", .fields = {}, .valid_from = ""}};
  facts.units = {{.name = "household", .attribute = "household_id"}};
  EXPECT_EQ(facts.event("workshop"), &facts.events[0]);
  EXPECT_EQ(facts.attribute("birth_date"), &facts.attributes[0]);
  EXPECT_EQ(facts.table("product"), &facts.tables[0]);
  EXPECT_EQ(facts.unit("household"), &facts.units[0]);
  EXPECT_EQ(facts.event("Purchase"), nullptr);
  EXPECT_EQ(facts.attribute("birth"), nullptr);
  EXPECT_EQ(facts.table(""), nullptr);
  EXPECT_EQ(facts.unit("household_id"), nullptr);
}

TEST(Declarations, AProjectsOwnDeclarationOfAKnownEventCounts) {
  ProjectFacts facts;
  facts.events = {{.name = "visit", .fields = {{.name = "room"}}, .item_fields = {}}};
  ASSERT_EQ(facts.event("visit"), &facts.events[0]);
  EXPECT_EQ(facts.event("visit")->fields.size(), 1u);
}

}  // namespace
}  // namespace regulars
