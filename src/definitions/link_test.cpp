#include <gtest/gtest.h>

#include <algorithm>

#include "definitions/definitions.h"
#include "definitions/population.h"
#include "evaluate/reference.h"

namespace regulars::definitions {
namespace {

using evaluate::ExpressionPtr;
using evaluate::Op;
using testing::Test;

constexpr Instant kDay0{1'700'000'000'000'000};

// One customer with two purchases, of 10.00 and 20.00; her country is not known.
const History& shop() {
  static const History history = [] {
    CustomerTable customers;
    customers.ids = std::make_shared<Dictionary>();
    customers.ids->intern("a");
    Column country = Column::text("country", std::make_shared<Dictionary>());
    country.codes.push_back(kNoCode);
    customers.attributes = {country};
    EventBatch purchases;
    purchases.type = "purchase";
    Column amount = Column::decimal("amount", 2);
    for (const int64_t cents : {1000, 2000}) {
      purchases.customer.push_back(0);
      purchases.at.push_back(kDay0);
      purchases.id.push_back(purchases.id.size());
      amount.numbers.push_back(cents);
    }
    purchases.columns = {amount};
    return History::build(std::move(customers), {std::move(purchases)}).value();
  }();
  return history;
}

language::Scope base() {
  language::Scope scope;
  scope.schema = evaluate::schema_of(shop());
  AttributeDeclaration country;
  country.field.name = "country";
  country.constant = true;
  scope.facts.attributes = {country};
  scope.references["life_cycle"] = language::ReferenceKind::kSegmentation;
  scope.resolve = [](language::ReferenceKind, const std::string& name) {
    evaluate::Expression word;
    word.op = Op::kSnapshotText;
    word.name = name;
    return Result<ExpressionPtr>(std::make_shared<const evaluate::Expression>(std::move(word)));
  };
  return scope;
}

// Definitions stand one under the other: line 10, 20, ... of their file, rules at column 9.
class Writing {
 public:
  Writing& segment(const char* name, const char* rule, std::vector<std::string> except = {}) {
    SegmentDefinition made;
    made.name = name;
    made.rule = rule;
    made.except = std::move(except);
    made.place = next("segments/all.yaml");
    catalogue.segments.push_back(std::move(made));
    return *this;
  }
  Writing& feature(const char* name, const char* formula) {
    FeatureDefinition made;
    made.name = name;
    made.formula = formula;
    made.place = next("features/all.yaml");
    catalogue.features.push_back(std::move(made));
    return *this;
  }
  Writing& list(const char* name, std::vector<std::string> customers) {
    catalogue.lists.push_back({name, std::move(customers), next("lists.csv")});
    return *this;
  }
  Writing& parameter(const char* name, int64_t value) {
    catalogue.parameters.push_back(
        {name, evaluate::integer(value)->literal, "", next("parameters.yaml")});
    return *this;
  }
  Linked linked() const { return linked(base()); }
  Linked linked(language::Scope scope) const {
    auto result = link(catalogue, std::move(scope));
    EXPECT_TRUE(result.ok());
    return std::move(result).value();
  }

  Catalogue catalogue;

 private:
  Place next(const char* file) {
    line_ += 10;
    return {.file = file, .line = line_, .column = 9, .field = {}};
  }
  uint64_t line_ = 0;
};

const Error* fault(const Linked& linked, const std::string& name) {
  for (const Fault& one : linked.faults()) {
    if (one.name == name) return &one.error;
  }
  return nullptr;
}

std::string message(const Linked& linked, const std::string& name) {
  const Error* error = fault(linked, name);
  return error == nullptr ? "" : error->message();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

evaluate::Value value_of(const LinkedDefinition* definition) {
  EXPECT_NE(definition, nullptr);
  if (definition == nullptr) return {};
  const evaluate::Question question{&shop(), 0, kDay0 + days(1), &Zone::utc(), {}};
  const auto value = evaluate::evaluate_reference(*definition->compiled.expression, question);
  EXPECT_TRUE(value.ok()) << (value ? "" : value.error().to_string());
  return value ? *value : evaluate::Value{};
}

TEST(Link, DefinitionsReferToEachOtherInAnyOrder) {
  const Linked linked = Writing()
                            .segment("buyers", "orders >= needed and not in_segment('guests')")
                            .segment("guests", "country = 'none'")
                            .feature("orders", "count(purchase)")
                            .parameter("needed", 2)
                            .linked();
  ASSERT_TRUE(linked.faults().empty()) << linked.faults()[0].error.to_string();
  EXPECT_EQ(linked.segments()[0].name, "buyers");
  EXPECT_EQ(linked.segment("buyers")->text, "orders >= needed and not in_segment('guests')");
  EXPECT_EQ(value_of(linked.feature("orders")).number, 2);
  EXPECT_EQ(value_of(linked.segment("buyers")).number, 1);
  EXPECT_EQ(linked.segment("orders"), nullptr) << "that is a feature";
  EXPECT_EQ(linked.segment("nobody"), nullptr);
}

TEST(Link, NothingDefinedIsNoFault) {
  const Linked linked = Writing().linked();
  EXPECT_TRUE(linked.faults().empty());
  EXPECT_TRUE(linked.segments().empty());
}

// Unknown is out, for whoever refers to a segment; the segment's own rule stays three-valued.
TEST(Link, InSegmentIsTrueOrFalse) {
  const Linked linked = Writing()
                            .segment("austrians", "country = 'AT'")
                            .segment("others", "not in_segment('austrians')")
                            .linked();
  EXPECT_FALSE(value_of(linked.segment("austrians")).known);
  const evaluate::Value others = value_of(linked.segment("others"));
  EXPECT_TRUE(others.known);
  EXPECT_EQ(others.number, 1);
}

TEST(Link, ACycleNamesThePathFromEachOfItsMembers) {
  const Linked linked = Writing()
                            .segment("a", "in_segment('b')")
                            .segment("b", "count(purchase) > 1 and in_segment('c')")
                            .segment("c", "not in_segment('a')")
                            .segment("asks", "in_segment('b')")
                            .segment("apart", "count(purchase) > 1")
                            .linked();
  EXPECT_TRUE(has(message(linked, "a"), "a -> b -> c -> a")) << message(linked, "a");
  EXPECT_TRUE(has(message(linked, "b"), "b -> c -> a -> b")) << message(linked, "b");
  EXPECT_TRUE(has(message(linked, "c"), "c -> a -> b -> c")) << message(linked, "c");
  EXPECT_EQ(fault(linked, "a")->place().line, 10u);
  EXPECT_EQ(fault(linked, "c")->place().line, 30u);
  EXPECT_TRUE(has(message(linked, "asks"), "segment 'b', which cannot be used"));
  EXPECT_EQ(linked.segments().size(), 1u);
  EXPECT_NE(linked.segment("apart"), nullptr);
}

TEST(Link, ItselfIsTheShortestCycleAndFeaturesMakeThemToo) {
  const Linked linked = Writing()
                            .segment("self", "in_segment('self')")
                            .feature("f", "g + 1")
                            .feature("g", "if in_segment('s') then 1 else 2")
                            .segment("s", "f > 1")
                            .segment("left", "count(purchase) > 0", {"left"})
                            .linked();
  EXPECT_TRUE(has(message(linked, "self"), "self -> self"));
  EXPECT_TRUE(has(message(linked, "f"), "f -> g -> s -> f")) << message(linked, "f");
  EXPECT_TRUE(has(message(linked, "s"), "s -> f -> g -> s")) << message(linked, "s");
  EXPECT_TRUE(has(message(linked, "left"), "left -> left")) << "`except` refers as well";
  EXPECT_EQ(linked.faults().size(), 5u);
}

TEST(Link, ANameDefinedTwiceNamesBothPlacesAndNeitherIsUsed) {
  const Linked linked = Writing()
                            .segment("loyal", "count(purchase) > 1")
                            .segment("loyal", "count(purchase) > 2")
                            .segment("both", "in_segment('loyal')")
                            .linked();
  ASSERT_EQ(linked.faults().size(), 3u);
  EXPECT_EQ(linked.faults()[0].error.place().line, 10u);
  EXPECT_TRUE(has(linked.faults()[0].error.message(), "also at segments/all.yaml:20"));
  EXPECT_EQ(linked.faults()[1].error.place().line, 20u);
  EXPECT_TRUE(has(linked.faults()[1].error.message(), "also at segments/all.yaml:10"));
  EXPECT_TRUE(linked.segments().empty());
  EXPECT_TRUE(has(message(linked, "both"), "'loyal'"));
}

TEST(Link, KindsShareOneNameSpace) {
  const Linked linked = Writing()
                            .segment("x", "count(purchase) > 1")
                            .feature("x", "count(purchase)")
                            .list("y", {"a"})
                            .parameter("y", 3)
                            .linked();
  ASSERT_EQ(linked.faults().size(), 4u);
  EXPECT_TRUE(has(message(linked, "x"), "feature at features/all.yaml:20"));
  EXPECT_TRUE(has(message(linked, "y"), "list 'y' has the name of a parameter") ||
              has(message(linked, "y"), "parameter 'y' has the name of a list"));
}

TEST(Link, NamesOfTheLanguageAndTheDataAreTaken) {
  Writing writing;
  writing.feature("count", "count(purchase)").feature("country", "count(purchase)");
  writing.feature("and", "count(purchase)").feature("life_cycle", "count(purchase)");
  writing.list("in_segment", {"a"}).parameter("month", 1);
  writing.segment("country", "count(purchase) > 1");
  const Linked linked = writing.linked();
  EXPECT_TRUE(has(message(linked, "count"), "function of the language"));
  EXPECT_TRUE(has(message(linked, "country"), "attribute of customers") ||
              has(message(linked, "country"), "has the name of"));
  EXPECT_TRUE(has(message(linked, "and"), "word of the language"));
  EXPECT_TRUE(has(message(linked, "life_cycle"), "named like"));
  EXPECT_TRUE(has(message(linked, "in_segment"), "function of the language"));
  EXPECT_TRUE(has(message(linked, "month"), "of the language"));
  EXPECT_TRUE(linked.features().empty());
}

TEST(Link, ASegmentMayBeNamedLikeAWordBecauseItStandsInQuotes) {
  const Linked linked = Writing()
                            .segment("count", "count(purchase) > 1")
                            .segment("x", "in_segment('count')")
                            .linked();
  EXPECT_TRUE(linked.faults().empty()) << linked.faults()[0].error.to_string();
  EXPECT_EQ(value_of(linked.segment("x")).number, 1);
}

TEST(Link, WhatIsNoNameSaysWhatWouldBe) {
  const Linked linked = Writing().segment("Loyal customers", "count(purchase) > 1").linked();
  ASSERT_NE(fault(linked, "Loyal customers"), nullptr);
  EXPECT_EQ(fault(linked, "Loyal customers")->hint(), "write loyal_customers");
}

TEST(Link, ExceptLeavesSegmentsOut) {
  const Linked linked =
      Writing()
          .segment("buyers", "count(purchase) > 0 or country = 'AT'", {"guests", "big"})
          .segment("guests", "country = 'none'")
          .segment("big", "count(purchase) >= 2")
          .linked();
  ASSERT_TRUE(linked.faults().empty()) << linked.faults()[0].error.to_string();
  EXPECT_EQ(linked.segment("buyers")->text,
            "(count(purchase) > 0 or country = 'AT') and not in_segment('guests') and not "
            "in_segment('big')");
  EXPECT_EQ(value_of(linked.segment("buyers")).number, 0);
  EXPECT_TRUE(linked.segment("buyers")->compiled.references.contains("big"));
}

TEST(Link, ExceptNamesSegmentsOnly) {
  const Linked linked = Writing()
                            .segment("buyers", "count(purchase) > 0", {"gests"})
                            .segment("others", "count(purchase) > 0", {"orders"})
                            .segment("guests", "country = 'none'")
                            .feature("orders", "count(purchase)")
                            .linked();
  EXPECT_TRUE(has(message(linked, "buyers"), "'gests'"));
  EXPECT_TRUE(has(fault(linked, "buyers")->hint(), "'guests'"));
  EXPECT_TRUE(has(message(linked, "others"), "no segment"));
}

// A fault is never answered with what the name meant before, and stops only who refers to it.
TEST(Link, ABrokenDefinitionIsNamedByThoseWhoReferToIt) {
  const Linked linked = Writing()
                            .feature("orders", "count(purchse)")
                            .feature("doubled", "2 * orders")
                            .segment("many", "doubled > 3")
                            .segment("more", "in_segment('many') or count(purchase) > 1")
                            .segment("fine", "count(purchase) > 1")
                            .linked();
  EXPECT_EQ(linked.faults().size(), 4u);
  EXPECT_TRUE(has(fault(linked, "orders")->to_string(), "purchase"));
  EXPECT_TRUE(has(message(linked, "doubled"), "feature 'orders', which cannot be used"));
  EXPECT_TRUE(has(message(linked, "many"), "feature 'doubled'"));
  EXPECT_TRUE(has(message(linked, "more"), "segment 'many'"));
  EXPECT_TRUE(has(fault(linked, "doubled")->hint(), "features/all.yaml:10")) << "and the reason";
  EXPECT_EQ(value_of(linked.segment("fine")).number, 1);
  for (const char* name : {"orders", "doubled", "many", "more"}) {
    EXPECT_EQ(linked.segment(name), nullptr);
    EXPECT_EQ(linked.feature(name), nullptr);
  }
}

TEST(Link, BrokenListsAndParametersStopThoseWhoUseThem) {
  const Linked linked = Writing()
                            .parameter("count", 3)
                            .list("Staff", {"a"})
                            .parameter("needed", 1)
                            .parameter("needed", 2)
                            .segment("s", "count(purchase) >= needed")
                            .segment("fine", "count(purchase) >= 1")
                            .linked();
  EXPECT_TRUE(has(message(linked, "s"), "parameter 'needed'")) << message(linked, "s");
  EXPECT_NE(linked.segment("fine"), nullptr);
}

TEST(Link, UnknownNamesGetNearOnes) {
  const Linked linked = Writing()
                            .segment("loyal", "count(purchase) > 1")
                            .feature("orders", "count(purchase)")
                            .segment("a", "in_segment('loyl')")
                            .segment("b", "ordrs > 2")
                            .segment("c", "customer in stff")
                            .list("staff", {"a"})
                            .linked();
  EXPECT_TRUE(has(fault(linked, "a")->hint(), "loyal")) << fault(linked, "a")->to_string();
  EXPECT_TRUE(has(fault(linked, "b")->hint(), "orders")) << fault(linked, "b")->to_string();
  EXPECT_TRUE(has(fault(linked, "c")->hint(), "staff")) << fault(linked, "c")->to_string();
}

TEST(Link, FaultsStandWhereTheyAreInTheFile) {
  Writing writing;
  writing.segment("a", "count(purchase) > 1 and\n  count(purchse) > 2");
  writing.catalogue.segments[0].origin = {
      {{.offset = 0, .line = 4, .column = 7}, {.offset = 24, .line = 5, .column = 7}}};
  writing.segment("b", "count(purchase) >");
  writing.segment("c", "cuont(purchase) > 1");
  writing.segment("d", "count(purchase)");
  const Linked linked = writing.linked();
  // Column of "purchse": two blanks and "count(" before it.
  EXPECT_EQ(fault(linked, "a")->place(),
            (Place{.file = "segments/all.yaml", .line = 5, .column = 15, .field = {}}));
  EXPECT_EQ(fault(linked, "b")->place().line, 20u);
  EXPECT_EQ(fault(linked, "b")->place().column, 9u + 17);
  EXPECT_EQ(fault(linked, "c")->place().column, 9u);
  EXPECT_EQ(fault(linked, "d")->place().line, 40u) << "a number is no rule";
}

TEST(Link, PercentilesMayLieInsidePercentiles) {
  const Linked linked =
      Writing()
          .feature("standing", "percentile(sum(purchase.amount))")
          .segment("high", "percentile(standing + count(purchase)) >= 0.5 and standing > 0.1")
          .linked();
  ASSERT_TRUE(linked.faults().empty()) << linked.faults()[0].error.to_string();
  const SnapshotNeeds needs = needs_of({linked.segment("high")->compiled.expression});
  ASSERT_EQ(needs.populations.size(), 2u);
  const SnapshotNeeds inner = needs_of({linked.feature("standing")->compiled.expression});
  ASSERT_EQ(inner.populations.size(), 1u);
  EXPECT_EQ(needs.populations[0].key, inner.populations[0].key) << "the inner one comes first";
}

TEST(Link, FurtherRulesMayReferToEverythingLinked) {
  const Linked linked = Writing()
                            .segment("loyal", "count(purchase) > 1")
                            .segment("broken", "count(purchase) >")
                            .parameter("needed", 2)
                            .linked();
  const auto compiled = [&](const std::string& text) {
    return language::compile_rule(*language::parse(text).value(), text, linked.scope());
  };
  EXPECT_TRUE(compiled("in_segment('loyal') and count(purchase) >= needed").ok());
  const auto refused = compiled("in_segment('broken')");
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(has(refused.error().message(), "'broken', which cannot be used"));
}

TEST(Link, TheScopeOutlivesTheCatalogue) {
  std::optional<Linked> linked;
  {
    Writing writing;
    writing.segment("loyal", "count(purchase) > 1");
    linked = writing.linked();
  }
  const std::string text = "in_segment('loyal')";
  EXPECT_TRUE(language::compile_rule(*language::parse(text).value(), text, linked->scope()).ok());
}

uint64_t version(const Writing& writing, const char* name, language::Scope scope = base()) {
  const Linked linked = writing.linked(std::move(scope));
  const LinkedDefinition* found = linked.segment(name);
  EXPECT_NE(found, nullptr);
  return found == nullptr ? 0 : found->version;
}

struct Wording {
  const char* rule = "doubled > needed and customer in staff";
  const char* orders = "count(purchase)";
  int64_t least = 2;
  std::vector<std::string> staff = {"a", "b"};
};

uint64_t version_of(const Wording& wording, language::Scope scope = base()) {
  return version(Writing()
                     .segment("s", "in_segment('inner')")
                     .segment("inner", wording.rule)
                     .segment("other", "count(purchase) > other_needed")
                     .feature("doubled", "2 * orders")
                     .feature("orders", wording.orders)
                     .parameter("needed", wording.least)
                     .parameter("other_needed", wording.least * 7)
                     .list("staff", wording.staff),
                 "s", std::move(scope));
}

TEST(Link, VersionsStayWhereTheAnswerDoes) {
  const uint64_t version = version_of({});
  EXPECT_EQ(version, version_of({}));
  EXPECT_EQ(version, version_of({.rule = "doubled>needed  AND customer in staff -- a remark"}));
  EXPECT_EQ(version, version_of({.orders = "count( purchase )"}));
  EXPECT_EQ(version, version_of({.staff = {"b", "a", "b"}})) << "nobody else is on the list";
  language::Scope other_currency = base();
  other_currency.facts.currency = "GBP";
  EXPECT_EQ(version, version_of({}, other_currency));
  language::Scope other_activity = base();
  other_activity.facts.activity = "visit";
  EXPECT_EQ(version, version_of({}, other_activity)) << "no word depends on it";
}

TEST(Link, VersionsChangeWithEverythingTheAnswerDependsOnHoweverFarAway) {
  const uint64_t version = version_of({});
  EXPECT_NE(version, version_of({.rule = "doubled >= needed and customer in staff"}));
  EXPECT_NE(version, version_of({.orders = "count(purchase) over last 30 days"}));
  EXPECT_NE(version, version_of({.least = 3}));
  EXPECT_NE(version, version_of({.staff = {"a"}}));
  language::Scope other_zone = base();
  other_zone.facts.zone = "Europe/Vienna";
  EXPECT_NE(version, version_of({}, other_zone));
}

TEST(Link, VersionsOfPopulationWordsFollowWhatTheWordsAreMadeOf) {
  const Writing writing =
      Writing().segment("s", "in_segment('inner')").segment("inner", "life_cycle = 'slipping'");
  language::Scope visits = base();
  visits.facts.activity = "visit";
  language::Scope grocery = base();
  grocery.facts.kind_of_shop = "grocery";
  const uint64_t plain = version(writing, "s");
  EXPECT_NE(plain, version(writing, "s", visits));
  EXPECT_NE(plain, version(writing, "s", grocery));
}

TEST(Link, ExceptIsPartOfTheVersion) {
  const auto with = [](std::vector<std::string> except, const char* guests) {
    return version(Writing()
                       .segment("s", "count(purchase) > 1", std::move(except))
                       .segment("guests", guests)
                       .segment("others", "country = 'x'"),
                   "s");
  };
  const uint64_t version = with({"guests"}, "country = 'none'");
  EXPECT_NE(version, with({}, "country = 'none'"));
  EXPECT_NE(version, with({"others"}, "country = 'none'"));
  EXPECT_NE(version, with({"guests"}, "country = 'nobody'"));
}

TEST(Link, TooLargeIsAFaultAndNoWait) {
  Writing writing;
  std::vector<std::string> names = {"f0"};
  writing.feature("f0", "count(purchase)");
  static std::vector<std::string> kept;
  kept.reserve(200);
  for (int i = 1; i < 40; ++i) {
    kept.push_back("f" + std::to_string(i));
    kept.push_back("f" + std::to_string(i - 1) + " + f" + std::to_string(i - 1));
    writing.feature(kept[kept.size() - 2].c_str(), kept.back().c_str());
  }
  const Linked linked = writing.linked();
  EXPECT_TRUE(std::any_of(linked.faults().begin(), linked.faults().end(),
                          [](const Fault& one) { return has(one.error.message(), "too large"); }));
  EXPECT_NE(linked.feature("f10"), nullptr);
}

TEST(Link, ReferencesAreReadOffTheTextWithoutCompilingIt) {
  const auto tree = language::parse(
                        "in_segment('a') and b > 2 and customer in staff and was_in_segment('c') "
                        "over last 30 days and count(purchase where channel = 'd') > 1")
                        .value();
  const std::vector<std::string> names = references_of(*tree);
  for (const char* name : {"a", "b", "c", "staff"}) {
    EXPECT_TRUE(std::find(names.begin(), names.end(), name) != names.end()) << name;
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_TRUE(std::find(names.begin(), names.end(), "d") == names.end());
}

}  // namespace
}  // namespace regulars::definitions
