#include "example_shop.h"

#include <cstdlib>
#include <map>

#include "evaluate/expression.h"
#include "language/compile.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

using Values = std::map<std::string, std::string>;

Day day_of(const std::string& text) {
  return to_day({std::atoi(text.substr(0, 4).c_str()), std::atoi(text.substr(5, 2).c_str()),
                 std::atoi(text.substr(8, 2).c_str())});
}

// "2025-01-31" or "2025-01-31 14:30", UTC.
Instant instant_of(const std::string& text) {
  const Instant midnight = Zone::utc().start_of(day_of(text));
  if (text.size() < 16) return midnight;
  return midnight + hours(std::atoi(text.substr(11, 2).c_str())) +
         minutes(std::atoi(text.substr(14, 2).c_str()));
}

Column column_of(const FieldDeclaration& field) {
  Column column = Column::of(field.name, field.type);
  column.scale = field.scale;
  column.is_set = field.is_set;
  if (field.type == ValueType::kText) column.dictionary = std::make_shared<Dictionary>();
  return column;
}

int64_t number_of(const Column& column, const std::string& text) {
  switch (column.type) {
    case ValueType::kDecimal: {
      const Decimal value = Decimal::parse(text).value();
      return rescale_half_even(value.units, value.scale, column.scale).value();
    }
    case ValueType::kInstant:
      return instant_of(text).micros;
    case ValueType::kDay:
      return day_of(text).number;
    case ValueType::kBoolean:
      return text == "true" ? 1 : 0;
    default:
      return std::atoll(text.c_str());
  }
}

void append(std::vector<Column>& columns, const Values& values) {
  for (Column& column : columns) {
    const auto value = values.find(column.name);
    const bool known = value != values.end();
    if (column.type == ValueType::kText) {
      column.codes.push_back(known ? column.dictionary->intern(value->second) : kNoCode);
    } else {
      column.numbers.push_back(known ? number_of(column, value->second) : kMissing);
    }
  }
}

class Batch {
 public:
  explicit Batch(const EventTypeDeclaration& type) {
    batch_.type = type.name;
    for (const FieldDeclaration& field : type.fields) batch_.columns.push_back(column_of(field));
    for (const FieldDeclaration& field : type.item_fields) {
      batch_.item_columns.push_back(column_of(field));
    }
    if (!type.item_fields.empty()) batch_.item_offset.push_back(0);
  }
  Batch& row(char customer, const std::string& at, const Values& values,
             const std::vector<Values>& items = {}) {
    batch_.customer.push_back(static_cast<CustomerNumber>(customer - 'a'));
    batch_.at.push_back(instant_of(at));
    batch_.id.push_back(batch_.id.size() + 1);
    append(batch_.columns, values);
    for (const Values& item : items) append(batch_.item_columns, item);
    if (!batch_.item_offset.empty()) {
      batch_.item_offset.push_back(batch_.item_offset.back() + static_cast<uint32_t>(items.size()));
    }
    return *this;
  }
  operator EventBatch() const { return batch_; }  // NOLINT(google-explicit-constructor)

 private:
  EventBatch batch_;
};

FieldDeclaration field(const char* name, ValueType type, int scale = 0) {
  return {.name = name, .type = type, .scale = scale, .is_set = false};
}

AttributeDeclaration attribute(FieldDeclaration field, bool constant) {
  AttributeDeclaration result;
  result.field = std::move(field);
  result.constant = constant;
  return result;
}

FieldDeclaration interests() {
  FieldDeclaration set = field("interests", ValueType::kText);
  set.is_set = true;
  return set;
}

// With the fields that loading takes from the reference tables.
EventTypeDeclaration loaded(const char* name) {
  EventTypeDeclaration type;
  for (const EventTypeDeclaration& known : well_known_events()) {
    if (known.name == name) type = known;
  }
  if (type.name == "purchase") {
    type.fields.push_back(field("store.region", ValueType::kText));
    type.item_fields.push_back(field("product.eco", ValueType::kBoolean));
    type.item_fields.push_back(field("product.launch_date", ValueType::kDay));
  }
  return type;
}

ProjectFacts facts() {
  ProjectFacts facts;
  facts.name = "example";
  facts.currency = "GBP";
  for (const auto& [name, type] :
       {std::pair("birth_date", ValueType::kDay), std::pair("sign_up_date", ValueType::kDay),
        std::pair("household", ValueType::kText), std::pair("email", ValueType::kText),
        std::pair("zone", ValueType::kText)}) {
    facts.attributes.push_back(attribute(field(name, type), true));
  }
  facts.attributes.push_back(attribute(field("home_latitude", ValueType::kDecimal, 4), true));
  facts.attributes.push_back(attribute(field("home_longitude", ValueType::kDecimal, 4), true));
  for (const char* name : {"country", "city", "app_version"}) {
    facts.attributes.push_back(attribute(field(name, ValueType::kText), false));
  }
  facts.attributes.push_back(attribute(field("children", ValueType::kInteger), false));
  facts.attributes.push_back(attribute(interests(), false));
  facts.attributes.back().expires_after_months = 24;
  facts.tables.push_back(
      {"product",
       "product",
       {field("eco", ValueType::kBoolean), field("launch_date", ValueType::kDay)},
       {}});
  facts.tables.push_back(
      {"store",
       "store",
       {field("region", ValueType::kText), field("latitude", ValueType::kDecimal, 4),
        field("longitude", ValueType::kDecimal, 4)},
       {}});
  facts.units.push_back({"household", "household"});
  return facts;
}

CustomerTable customers(const ProjectFacts& facts) {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (const char* id : {"a", "b", "c", "d"}) table.ids->intern(id);
  for (const AttributeDeclaration& declared : facts.attributes) {
    if (declared.constant) table.attributes.push_back(column_of(declared.field));
  }
  append(table.attributes, {{"birth_date", "1990-07-05"},
                            {"sign_up_date", "2024-01-10"},
                            {"household", "h1"},
                            {"email", "a@example.com"},
                            {"zone", "America/New_York"},
                            {"home_latitude", "53.8100"},
                            {"home_longitude", "-1.5500"}});
  append(table.attributes, {{"birth_date", "2000-02-29"},
                            {"household", "h1"},
                            {"email", "b@example.org"},
                            {"home_latitude", "51.5000"},
                            {"home_longitude", "-0.1200"}});
  append(table.attributes, {{"sign_up_date", "2025-05-01"}});
  append(table.attributes, {});
  return table;
}

Values line(const char* product, const char* category, const char* amount, const char* quantity,
            const char* eco) {
  return {{"product", product}, {"category", category}, {"amount", amount},
          {"price", amount},    {"quantity", quantity}, {"discount", "0.00"},
          {"product.eco", eco}, {"order", product},     {"product.launch_date", "2025-01-01"}};
}

EventBatch purchases() {
  Batch batch(loaded("purchase"));
  const Values web{{"amount", "40.00"}, {"channel", "web"}, {"lines", "2"}};
  const Values store{{"amount", "25.00"},
                     {"channel", "store"},
                     {"store", "Leeds"},
                     {"store.region", "north"},
                     {"lines", "1"}};
  const Values coffee = line("espresso", "coffee", "15.00", "2", "true");
  const Values cups = line("cup", "kitchen", "25.00", "1", "false");
  batch.row('a', "2024-09-10 10:00", store, {cups});
  batch.row('a', "2025-03-08 11:00", web, {coffee, cups});
  batch.row('a', "2025-04-12 09:30", web, {coffee, cups});
  batch.row('a', "2025-05-17 10:15", web, {coffee, cups});
  batch.row('a', "2025-06-21 10:45", web, {coffee, cups});
  batch.row('b', "2025-06-01 20:00", store, {cups});
  Values undone = web;
  undone["undone_at"] = "2025-06-20 08:00";
  batch.row('c', "2025-06-11 12:00", undone, {coffee});
  return batch;
}

void add_messages(std::vector<EventBatch>& batches) {
  const Values mail{{"campaign", "spring"}, {"channel", "email"}, {"machine", "false"}};
  for (const char* type :
       {"message_sent", "message_delivered", "message_opened", "message_clicked"}) {
    Batch batch(loaded(type));
    batch.row('a', "2025-06-20 08:00", mail).row('a', "2025-05-16 08:00", mail);
    batch.row('b', "2025-06-20 08:00", mail);
    batches.push_back(batch);
  }
  for (const char* type : {"message_bounced", "message_complained", "message_unsubscribed"}) {
    batches.push_back(Batch(loaded(type)).row('b', "2025-06-20 09:00", mail));
  }
  batches.push_back(Batch(loaded("assignment"))
                        .row('b', "2025-06-19 09:00",
                             {{"campaign", "spring"}, {"offer", "ten"}, {"group", "control"}}));
}

void add_customer_events(std::vector<EventBatch>& batches) {
  batches.push_back(Batch(loaded("refund"))
                        .row('c', "2025-06-20 08:00", {{"amount", "40.00"}, {"linked", "true"}})
                        .row('a', "2025-06-25 08:00", {{"amount", "5.00"}, {"linked", "false"}}));
  batches.push_back(Batch(loaded("free_order")).row('d', "2025-06-02", {}));
  batches.push_back(Batch(loaded("visit"))
                        .row('a', "2025-06-21 10:20", {{"channel", "web"}})
                        .row('a', "2025-06-21 10:40", {{"channel", "web"}})
                        .row('a', "2025-06-30 08:00", {{"channel", "web"}})
                        .row('d', "2025-06-29 08:00", {{"channel", "app"}}));
  batches.push_back(Batch(loaded("cart_add"))
                        .row('a', "2025-06-20 10:00", {{"product", "espresso"}})
                        .row('d', "2025-06-20 10:00", {{"product", "cup"}}));
  batches.push_back(
      Batch(loaded("survey"))
          .row('a', "2025-06-10", {{"question", "nps"}, {"score", "9"}})
          .row('b', "2025-06-12", {{"question", "nps"}, {"score", "3"}, {"answer", "late"}}));
  batches.push_back(
      Batch(loaded("review")).row('a', "2025-06-11", {{"rating", "5"}, {"product", "espresso"}}));
  batches.push_back(Batch(loaded("referral")).row('a', "2025-06-11", {{"converted", "true"}}));
  batches.push_back(Batch(loaded("service_case")).row('b', "2025-06-13", {{"status", "open"}}));
}

void add_program(std::vector<EventBatch>& batches) {
  const Values email{{"channel", "email"}, {"purpose", "marketing"}, {"state", "granted"}};
  Values ending = email;
  ending["expires_at"] = "2025-06-15 00:00";
  batches.push_back(Batch(loaded("consent"))
                        .row('a', "2025-01-01", email)
                        .row('b', "2025-01-01", ending)
                        .row('c', "2025-01-01", email)
                        .row('c', "2025-02-01", {{"state", "objected"}}));
  batches.push_back(Batch(loaded("points_statement"))
                        .row('a', "2025-05-02",
                             {{"balance", "80"}, {"points", "80"}, {"expires_at", "2025-07-02"}})
                        .row('a', "2025-06-22",
                             {{"balance", "120"}, {"points", "40"}, {"expires_at", "2025-07-10"}}));
  batches.push_back(Batch(loaded("tier_change"))
                        .row('a', "2025-01-15", {{"tier", "gold"}})
                        .row('b', "2025-06-01", {{"tier", "silver"}}));
  batches.push_back(Batch(loaded("reward_redeemed"))
                        .row('a', "2025-06-23", {{"reward", "cup"}, {"points", "40"}}));
}

EventBatch changes(const ProjectFacts& facts) {
  EventTypeDeclaration type{kAttributeChanges, {}, {}};
  for (const AttributeDeclaration& declared : facts.attributes) {
    if (!declared.constant) type.fields.push_back(declared.field);
  }
  const std::string coffee_and_tea = std::string("coffee") + evaluate::kSetSeparator + "tea";
  return Batch(type)
      .row('a', "2024-01-10",
           {{"country", "GB"},
            {"city", "Leeds"},
            {"interests", coffee_and_tea},
            {"app_version", "2.9"},
            {"children", "1"}})
      .row('b', "2024-01-10", {{"country", "GB"}, {"city", "London"}, {"interests", "vegan"}})
      .row('b', "2025-06-01", {{"city", "M\xC3\xBCnchen"}, {"country", "DE"}})
      .row('d', "2025-06-01", {{"country", "FR"}, {"app_version", "2.10"}});
}

evaluate::ExpressionPtr tree_of(const char* rule, const Scope& scope) {
  return compile(*parse(rule).value(), rule, scope).value().expression;
}

evaluate::Literal decimal(int64_t units, int scale) {
  return {ValueType::kDecimal, units, scale, 0, {}};
}

Scope scope_of(const History& history, const ProjectFacts& facts) {
  Scope scope;
  scope.schema = evaluate::schema_of(history);
  scope.facts = facts;
  scope.parameters["high_value"] = decimal(8, 1);
  scope.lists["staff"] = {"d"};
  scope.table_rows["store"]["Leeds"] = {{"latitude", decimal(537997, 4)},
                                        {"longitude", decimal(-15492, 4)}};
  scope.table_rows["store"]["London"] = {{"latitude", decimal(515072, 4)},
                                         {"longitude", decimal(-1276, 4)}};
  const std::map<std::string, evaluate::ExpressionPtr> trees = {
      {"regulars", tree_of("count(purchase) over last 120 days >= 2", scope)},
      {"away", tree_of("stopped(purchase, 60 days)", scope)},
      {"orders_90d", tree_of("count(purchase) over last 90 days", scope)},
      {"loyalty_level", tree_of("if count(purchase) >= 3 then 'frequent' else 'rare'", scope)}};
  scope.references = {{"regulars", ReferenceKind::kSegment},
                      {"away", ReferenceKind::kSegment},
                      {"orders_90d", ReferenceKind::kFeature},
                      {"loyalty_level", ReferenceKind::kSegmentation}};
  scope.resolve = [trees](ReferenceKind, const std::string& name) { return trees.at(name); };
  scope.type_of = [](ReferenceKind kind, const std::string&) {
    return kind == ReferenceKind::kFeature
               ? std::optional<evaluate::Type>(evaluate::Type{ValueType::kInteger})
               : std::nullopt;
  };
  scope.classes = [](const std::string& name) {
    return name == "loyalty_level" ? std::vector<std::string>{"frequent", "rare"}
                                   : std::vector<std::string>{};
  };
  return scope;
}

ExampleShop made() {
  const ProjectFacts project = facts();
  std::vector<EventBatch> batches;
  batches.push_back(purchases());
  add_messages(batches);
  add_customer_events(batches);
  add_program(batches);
  batches.push_back(changes(project));
  ExampleShop shop;
  shop.history = History::build(customers(project), std::move(batches)).value();
  shop.scope = scope_of(shop.history, project);
  shop.as_of = Zone::utc().end_of(to_day({2025, 6, 30}));
  return shop;
}

}  // namespace

const ExampleShop& example_shop() {
  static const ExampleShop shop = made();
  return shop;
}

}  // namespace regulars::language
