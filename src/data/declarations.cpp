#include "data/declarations.h"

namespace regulars {
namespace {

template <class Declaration>
const Declaration* named(const std::vector<Declaration>& declarations, const std::string& name) {
  for (const Declaration& declaration : declarations) {
    if (declaration.name == name) return &declaration;
  }
  return nullptr;
}

FieldDeclaration text(const char* name) { return {.name = name, .type = ValueType::kText}; }
FieldDeclaration integer(const char* name) { return {.name = name, .type = ValueType::kInteger}; }
FieldDeclaration boolean(const char* name) { return {.name = name, .type = ValueType::kBoolean}; }
FieldDeclaration instant(const char* name) { return {.name = name, .type = ValueType::kInstant}; }
FieldDeclaration decimal(const char* name, int scale) {
  return {.name = name, .type = ValueType::kDecimal, .scale = scale};
}
FieldDeclaration money(const char* name) { return decimal(name, 2); }

// What carries an order: its facts, and those of its lines (data/order_lines.h).
std::vector<EventTypeDeclaration> order_events() {
  return {
      {.name = "purchase",
       .fields = {money("amount"), integer("lines"), instant("undone_at"), text("order"),
                  text("channel"), text("store"), text("country"), money("discount"),
                  money("shipping"), money("tax"), text("coupon"), boolean("coupon_used"),
                  boolean("opt_in")},
       .item_fields = {text("product"), text("product_name"), text("category"), text("brand"),
                       decimal("quantity", 0), money("price"), money("amount"), money("discount"),
                       money("cost"), text("order")}},
      {.name = "refund",
       .fields = {money("amount"), instant("applies_at"), boolean("linked"), text("reason")},
       .item_fields = {text("product"), text("category"), money("amount")}},
      {.name = "free_order", .fields = {}, .item_fields = {}},
  };
}

// What becomes of a message, in the order in which it happens. `machine`: opened or clicked by a
// privacy proxy or a link scanner, not by a person.
std::vector<EventTypeDeclaration> message_events() {
  std::vector<EventTypeDeclaration> events;
  for (const char* happening :
       {"sent", "delivered", "opened", "clicked", "bounced", "complained", "unsubscribed"}) {
    events.push_back(
        {.name = std::string("message_") + happening,
         .fields = {text("campaign"), text("channel"), text("variant"), boolean("machine")},
         .item_fields = {}});
  }
  events.push_back({.name = "assignment",
                    .fields = {text("campaign"), text("offer"), text("group")},
                    .item_fields = {}});
  return events;
}

std::vector<EventTypeDeclaration> customer_events() {
  return {
      {.name = "visit",
       .fields = {text("channel"), text("device"), text("source"), text("category"),
                  integer("pages"), text("store")},
       .item_fields = {}},
      {.name = "cart_add",
       .fields = {text("product"), text("category"), integer("quantity"), text("channel")},
       .item_fields = {}},
      {.name = "survey",
       .fields = {text("survey"), text("question"), text("answer"), decimal("score", 1)},
       .item_fields = {}},
      {.name = "consent",
       .fields = {text("channel"), text("purpose"), text("state"), instant("expires_at"),
                  text("source"), text("version")},
       .item_fields = {}},
      {.name = "review",
       .fields = {decimal("rating", 1), text("product"), text("text")},
       .item_fields = {}},
      {.name = "referral", .fields = {boolean("converted"), text("code")}, .item_fields = {}},
      {.name = "service_case",
       .fields = {text("status"), text("topic"), text("case")},
       .item_fields = {}},
  };
}

std::vector<EventTypeDeclaration> program_events() {
  return {
      {.name = "points_statement",
       .fields = {integer("balance"), text("kind"), integer("points"), instant("expires_at")},
       .item_fields = {}},
      {.name = "tier_change", .fields = {text("tier")}, .item_fields = {}},
      {.name = "reward_redeemed", .fields = {text("reward"), integer("points")}, .item_fields = {}},
  };
}

std::vector<EventTypeDeclaration> all_events() {
  std::vector<EventTypeDeclaration> all = order_events();
  for (auto part : {message_events(), customer_events(), program_events()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

const EventTypeDeclaration* ProjectFacts::event(const std::string& wanted) const {
  if (const EventTypeDeclaration* own = named(events, wanted)) return own;
  return named(well_known_events(), wanted);
}

const AttributeDeclaration* ProjectFacts::attribute(const std::string& wanted) const {
  for (const AttributeDeclaration& declaration : attributes) {
    if (declaration.field.name == wanted) return &declaration;
  }
  return nullptr;
}

const ReferenceTable* ProjectFacts::table(const std::string& wanted) const {
  return named(tables, wanted);
}

const UnitDeclaration* ProjectFacts::unit(const std::string& wanted) const {
  return named(units, wanted);
}

FieldDeclaration score_field(const std::string& name) {
  FieldDeclaration field;
  field.name = name;
  field.type = name.ends_with("_date") ? ValueType::kDay : ValueType::kDecimal;
  field.scale = field.type == ValueType::kDecimal ? 6 : 0;
  return field;
}

const std::vector<EventTypeDeclaration>& well_known_events() {
  static const std::vector<EventTypeDeclaration> events = all_events();
  return events;
}

}  // namespace regulars
