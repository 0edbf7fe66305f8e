#include <gtest/gtest.h>

#include "project/project.h"

namespace regulars::project {
namespace {

constexpr const char* kSettings = R"(name: Corner Coffee
zone: Europe/Berlin
currency: EUR
activity: visit
kind_of_shop: coffee
retail_calendar: {pattern: 4-5-4, year_end: last, year_end_month: january, week_start: sunday}
attributes:
  birth_date: {type: day, constant: true, provenance: asked}
  interests: {type: texts, expires_after: 2 years, provenance: asked}
  household_id: text
  deposit: money
events:
  workshop:
    fields: {topic: text, fee: decimal(3)}
  visit:
    fields: {room: text}
tables:
  product: {key: product_id, fields: {eco: boolean}, valid_from: since}
units: {household: household_id}
consent: {default: source, sources: [customers], expires_after: 24 months}
run: {months_of_snapshots: 6, most_rejects: 5 %, keep_rejects: 2 weeks}
sources:
  orders:
    kind: orders
    files: [data/orders*.csv, data/old.csv]
    columns: {customer: Kunde, time: Datum, amount: Summe}
    amount_is: quantity_x_price
    decimal_mark: ","
    time_format: dmy
    time_zone: UTC
    expect_every: 7 days
    not_persons: GUEST
  customers: {kind: customers, files: data/customers.csv, date: 2025-01-31, most_rejects: 0.1}
  mail:
    kind: events
    postgres: SHOP_DB
    query: SELECT * FROM mail
    since: id
    type_column: what
    types: {open: message_opened, click: message_clicked}
  products: {kind: table, files: data/products.csv, table: product, columns: {product_id: id}}
exports:
  - name: newsletter
    segments: loyal
    file: exports/newsletter.csv
    channel: email
    delta: true
    columns: [birth_date, orders_90d]
)";

MemoryFiles shop() {
  MemoryFiles files;
  const auto put = [&](const std::string& path, const std::string& text) {
    EXPECT_TRUE(files.write("shop/" + path, text).ok());
  };
  put("regulars.yaml", kSettings);
  put("features/spend.yaml",
      "orders_90d: count(purchase) over last 90 days\nspent:\n  description: all of it\n"
      "  formula: sum(purchase.net)\n");
  put("segments/loyal.yaml",
      "title: Loyal\nwhy: they stay\nrule: |\n  orders_90d >= many\n  and not x\n"
      "action: thank them\ngoal: stay\nowner: Ann\nchannel: email\ncontrol: 10 %\n"
      "review_after: 30 days\nneeds: birth dates\nexcept: [staff]\n");
  put("segments/more.yaml",
      "- name: staff\n  rule: customer_id in staff_ids\n  exclusion: true\n- name: b\n  rule: "
      "true\n");
  put("segments/named.yaml", "c: {rule: 1 = 1}\nd:\n  rule: 2 = 2\n");
  put("parameters.yaml",
      "many: 3\nshare: {value: 0.80, description: of all}\nzip: '01234'\ncity: Leeds\nflag: false\n"
      "minus: -2.5\nzero: 0\nless: 0.5\n");
  put("lists/staff_ids.txt", "# our people\nC1\r\n\n#7\n");
  put("lists/vip.csv", "name;customer_id\n\"A; B\";C2\nC;\"C\"\"3\"\n");
  return files;
}

TEST(LoadProject, ReadsEverythingThatAProjectSays) {
  MemoryFiles files = shop();
  const Loaded loaded = load_project("shop", files);
  for (const Error& fault : loaded.faults) ADD_FAILURE() << fault.to_string();
  const ProjectFacts& facts = loaded.project.facts;
  EXPECT_EQ(facts.name, "Corner Coffee");
  EXPECT_EQ(facts.zone, "Europe/Berlin");
  EXPECT_EQ(facts.currency, "EUR");
  EXPECT_EQ(facts.activity, "visit");
  EXPECT_EQ(facts.kind_of_shop, "coffee");
  EXPECT_EQ(facts.retail,
            (RetailCalendar{RetailCalendar::Pattern::k454, RetailCalendar::YearEnd::kLast, 1, 7}));
  EXPECT_TRUE(facts.attribute("birth_date")->constant);
  EXPECT_EQ(facts.attribute("birth_date")->provenance, AttributeDeclaration::Provenance::kAsked);
  EXPECT_TRUE(facts.attribute("interests")->field.is_set);
  EXPECT_EQ(facts.attribute("interests")->expires_after_months, 24);
  EXPECT_EQ(facts.attribute("deposit")->field.scale, 2);
  EXPECT_EQ(facts.event("workshop")->fields.at(1).scale, 3);
  // What every project has stays.
  EXPECT_EQ(facts.event("visit")->fields.front().name, "channel");
  EXPECT_EQ(facts.event("visit")->fields.back().name, "room");
  EXPECT_EQ(facts.table("product")->valid_from, "since");
  EXPECT_EQ(facts.unit("household")->attribute, "household_id");
  EXPECT_EQ(facts.consent.expires_after_months, 24);
  EXPECT_EQ(loaded.project.run.months_of_snapshots, 6);
  EXPECT_EQ(loaded.project.run.keep_rejects_days, 14);
  EXPECT_DOUBLE_EQ(loaded.project.run.most_rejects, 0.05);
}

TEST(LoadProject, ReadsSourcesAndExports) {
  MemoryFiles files = shop();
  const Loaded loaded = load_project("shop", files);
  ASSERT_EQ(loaded.project.sources.size(), 4u);
  const SourceDeclaration& orders = loaded.project.sources[0];
  EXPECT_EQ(orders.files, (std::vector<std::string>{"data/orders*.csv", "data/old.csv"}));
  EXPECT_EQ(orders.columns.at("customer"), "Kunde");
  EXPECT_EQ(orders.orders.amount_meaning, AmountMeaning::kQuantityTimesPrice);
  EXPECT_EQ(orders.orders.decimal_mark, ",");
  EXPECT_EQ(orders.orders.currency, "EUR");
  EXPECT_EQ(orders.orders.not_persons, std::vector<std::string>{"GUEST"});
  EXPECT_EQ(orders.time_format, "dmy");
  EXPECT_EQ(orders.time_zone, "UTC");
  EXPECT_EQ(orders.expect_every_days, 7);
  EXPECT_DOUBLE_EQ(orders.most_rejects, 0.05);
  EXPECT_EQ(loaded.project.sources[1].date, "2025-01-31");
  EXPECT_DOUBLE_EQ(loaded.project.sources[1].most_rejects, 0.1);
  EXPECT_EQ(loaded.project.sources[2].types.at("click"), "message_clicked");
  EXPECT_EQ(loaded.project.sources[2].postgres, "SHOP_DB");
  EXPECT_EQ(loaded.project.sources[3].table, "product");
  ASSERT_EQ(loaded.project.exports.size(), 1u);
  EXPECT_EQ(loaded.project.exports[0].segments, std::vector<std::string>{"loyal"});
  EXPECT_EQ(loaded.project.exports[0].purpose, "marketing");
  EXPECT_TRUE(loaded.project.exports[0].delta);
}

TEST(LoadProject, ReadsDefinitions) {
  MemoryFiles files = shop();
  const Loaded loaded = load_project("shop", files);
  const definitions::Catalogue& catalogue = loaded.project.catalogue;
  ASSERT_EQ(catalogue.segments.size(), 5u);
  const definitions::SegmentDefinition& loyal = catalogue.segments[0];
  EXPECT_EQ(loyal.name, "loyal");  // the file's name
  EXPECT_EQ(loyal.action.text, "thank them");
  EXPECT_EQ(loyal.action.control_percent, 10);
  EXPECT_EQ(loyal.action.review_after_days, 30);
  EXPECT_EQ(loyal.except, std::vector<std::string>{"staff"});
  EXPECT_EQ(loyal.place,
            (Place{.file = "segments/loyal.yaml", .line = 4, .column = 3, .field = {}}));
  const Place inside =
      definitions::place_in_file(loyal.place, loyal.origin, loyal.rule, loyal.rule.find("x"));
  EXPECT_EQ(inside.line, 5u);
  EXPECT_EQ(inside.column, 11u);
  EXPECT_TRUE(catalogue.segments[1].exclusion);
  EXPECT_EQ(catalogue.segments[3].name, "c");
  EXPECT_EQ(catalogue.segments[1].action.control_percent, 20);
  ASSERT_EQ(catalogue.features.size(), 2u);
  EXPECT_EQ(catalogue.features[1].formula, "sum(purchase.net)");
  ASSERT_EQ(catalogue.lists.size(), 2u);
  EXPECT_EQ(catalogue.lists[1].customers, (std::vector<std::string>{"C1", "#7"}));
  EXPECT_EQ(catalogue.lists[0].customers, (std::vector<std::string>{"C2", "C\"3"}));
}

TEST(LoadProject, ParametersHaveTheTypeTheyLookLike) {
  MemoryFiles files = shop();
  const Loaded loaded = load_project("shop", files);
  std::map<std::string, evaluate::Literal> values;
  for (const auto& parameter : loaded.project.catalogue.parameters) {
    values[parameter.name] = parameter.value;
  }
  EXPECT_EQ(values.at("many").type, ValueType::kInteger);
  EXPECT_EQ(values.at("many").number, 3);
  EXPECT_EQ(values.at("share").type, ValueType::kDecimal);
  EXPECT_EQ(values.at("share").number, 80);
  EXPECT_EQ(values.at("share").scale, 2);
  EXPECT_EQ(values.at("zip").text, "01234");
  EXPECT_EQ(values.at("city").text, "Leeds");
  EXPECT_EQ(values.at("flag").type, ValueType::kBoolean);
  EXPECT_EQ(values.at("minus").number, -25);
  EXPECT_EQ(values.at("zero").number, 0);
  EXPECT_EQ(values.at("less").number, 5);
}

TEST(LoadProject, TellsAllFaultsNotOnlyTheFirst) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("p/regulars.yaml", "nme: x\nzone: Europe/Berln\nsources: 3\n").ok());
  ASSERT_TRUE(files.write("p/segments/a.yaml", "rule: [1]\n").ok());
  const Loaded loaded = load_project("p", files);
  EXPECT_FALSE(loaded.usable());
  EXPECT_EQ(loaded.faults.size(), 5u);
  const auto opened = open_project("p", files);
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message().find("5 faults"), std::string::npos);
  EXPECT_NE(opened.error().message().find("segments/a.yaml:1:7"), std::string::npos);
}

TEST(LoadProject, AFolderWithoutRegularsYamlIsNoProject) {
  MemoryFiles files;
  const auto opened = open_project("nowhere", files);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code(), ErrorCode::kNotFound);
  EXPECT_NE(opened.error().hint().find("regulars init nowhere"), std::string::npos);
}

TEST(LoadProject, FilesOfASourceAreFoundAnewAndOnce) {
  MemoryFiles files = shop();
  for (const char* path : {"shop/data/orders2.csv", "shop/data/orders1.csv", "shop/data/old.csv"}) {
    ASSERT_TRUE(files.write(path, "x").ok());
  }
  SourceDeclaration source;
  source.files = {"data/orders*.csv", "data/old.csv", "data/*2.csv"};
  const auto found = files_of(source, "shop", files);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(*found, (std::vector<std::string>{"shop/data/orders1.csv", "shop/data/orders2.csv",
                                              "shop/data/old.csv"}));
  source.files = {"data/gone.csv"};
  EXPECT_EQ(files_of(source, "shop", files).error().code(), ErrorCode::kNotFound);
  source.files = {"data/gone*.csv"};
  EXPECT_TRUE(files_of(source, "shop", files)->empty());
  source.files = {"../x"};
  EXPECT_FALSE(files_of(source, "shop", files).ok());
}

}  // namespace
}  // namespace regulars::project
