#include "segments/explain.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "evaluate/evaluate.h"
#include "language/parse.h"
#include "language/print.h"
#include "segments/testing.h"

namespace regulars::segments {
namespace {

constexpr int kToday = 100;

// "few": three purchases of 10.00, 20.00 and 5.50 on the days 10, 40 and 95; "many": one each day;
// "later": nothing until day 200.
const History& shop() {
  static const History history = [] {
    std::vector<TestOrder> all = {{"few", 10, 1000}, {"few", 40, 2000}, {"few", 95, 550}};
    for (int day = 0; day < 50; ++day) all.push_back({"many", day, 100});
    all.push_back({"later", 200, 100});
    return history_of(all);
  }();
  return history;
}

Instant noon(int day) { return Zone::utc().at(Day{kTestEpoch + day}, hours(12).micros); }

const definitions::Linked& linked() {
  static const definitions::Linked linked = [] {
    definitions::Catalogue catalogue;
    definitions::SegmentDefinition recent;
    recent.name = "recent";
    recent.rule = "count(purchase) over last 30 days >= 2 and count(purchase) >= 1";
    catalogue.segments.push_back(recent);
    definitions::SegmentDefinition open;
    open.name = "open";
    open.rule = "unknown and count(purchase) >= 1";
    catalogue.segments.push_back(open);
    catalogue.lists.push_back({"friends", {"many"}, {}});
    catalogue.parameters.push_back({"needed", evaluate::integer(5)->literal, "", {}});
    definitions::FeatureDefinition orders;
    definitions::FeatureDefinition home;
    home.name = "home";
    home.formula = "if count(purchase) > 0 then 'few' else 'none'";
    catalogue.features.push_back(home);
    orders.name = "orders";
    orders.formula = "count(purchase)";
    catalogue.features.push_back(orders);
    language::Scope base;
    base.schema = evaluate::schema_of(shop());
    auto made = definitions::link(catalogue, std::move(base));
    EXPECT_TRUE(made.ok());
    for (const auto& fault : made->faults()) ADD_FAILURE() << fault.error.to_string();
    return std::move(made).value();
  }();
  return linked;
}

CustomerNumber number_of(const std::string& id) {
  for (CustomerNumber c = 0; c < shop().customers(); ++c) {
    if (shop().customer_id(c) == id) return c;
  }
  ADD_FAILURE() << id;
  return 0;
}

Explanation explained(const std::string& rule, const char* customer = "few",
                      Instant as_of = end_of_test_day(kToday)) {
  const auto tree = language::parse(rule);
  EXPECT_TRUE(tree.ok()) << rule;
  Asking asking;
  asking.history = &shop();
  asking.zone = &Zone::utc();
  asking.threads = 1;
  ExplainQuestion question;
  question.linked = &linked();
  question.segment = "asked";
  question.text = rule;
  question.tree = *tree;
  question.customer = number_of(customer);
  question.as_of = as_of;
  auto made = explain(asking, question);
  EXPECT_TRUE(made.ok()) << rule << ": " << (made ? "" : made.error().to_string());
  return made ? std::move(made).value() : Explanation{};
}

std::string only_change(const std::string& rule) {
  const Explanation made = explained(rule);
  EXPECT_EQ(made.changes.size(), 1U) << rule;
  return made.changes.empty() ? "" : made.changes.front().change;
}

// Every pair: what stands after `left` in a rule, and the words after its value in the one change.
void expect_changes(const std::string& left, const std::string& value,
                    const std::vector<std::pair<std::string, std::string>>& expected) {
  for (const auto& [rest, words] : expected) {
    std::string rule = left, change = left;
    rule.append(" ").append(rest);
    change.append(" is ").append(value).append("; ").append(words);
    EXPECT_EQ(only_change(rule), change);
  }
}

TEST(Explain, JointsAndTheirParts) {
  const Explanation made = explained(
      "(count(purchase) >= 3 or count(purchase) > 8) and not count(purchase) = 4 and "
      "at least 2 of (count(purchase) = 3, unknown, count(purchase) > 8)");
  EXPECT_EQ(made.rule.joint, "and");
  EXPECT_EQ(made.rule.verdict, Verdict::kOpen);
  ASSERT_EQ(made.rule.parts.size(), 3U);
  const ExplainedPart& either = made.rule.parts[0];
  EXPECT_EQ(either.joint, "or");
  EXPECT_EQ(either.verdict, Verdict::kYes);
  ASSERT_EQ(either.parts.size(), 2U);
  EXPECT_EQ(either.parts[1].verdict, Verdict::kNo);
  EXPECT_EQ(either.parts[1].value, "3");
  EXPECT_EQ(either.parts[1].compared_with, "> 8");
  EXPECT_EQ(either.parts[1].joint, "");
  const ExplainedPart& negation = made.rule.parts[1];
  EXPECT_EQ(negation.joint, "not");
  EXPECT_EQ(negation.verdict, Verdict::kYes);
  ASSERT_EQ(negation.parts.size(), 1U);
  EXPECT_EQ(negation.parts[0].verdict, Verdict::kNo);
  const ExplainedPart& some = made.rule.parts[2];
  EXPECT_EQ(some.joint, "at least 2 of");
  EXPECT_EQ(some.verdict, Verdict::kOpen);
  ASSERT_EQ(some.parts.size(), 3U);
  EXPECT_EQ(some.parts[1].value, "unknown");
}

TEST(Explain, TheOtherSegmentsRuleStandsInside) {
  const Explanation made = explained("in_segment('recent') and count(purchase) >= 3");
  ASSERT_EQ(made.rule.parts.size(), 2U);
  const ExplainedPart& other = made.rule.parts[0];
  EXPECT_EQ(other.joint, "");
  EXPECT_EQ(other.verdict, Verdict::kNo);
  ASSERT_EQ(other.parts.size(), 1U);
  EXPECT_EQ(other.parts[0].joint, "and");
  ASSERT_EQ(other.parts[0].parts.size(), 2U);
  EXPECT_EQ(other.parts[0].parts[0].value, "1");
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].change,
            "count(purchase) over last 30 days is 1; at least 2 is needed (1 more)");
}

TEST(Explain, UnknownInAnotherSegmentIsOut) {
  const Explanation made = explained("not in_segment('open')");
  EXPECT_EQ(made.rule.verdict, Verdict::kYes);
  ASSERT_EQ(made.rule.parts.size(), 1U);
  EXPECT_EQ(made.rule.parts[0].verdict, Verdict::kNo);
  EXPECT_EQ(made.rule.parts[0].parts[0].verdict, Verdict::kOpen);
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].leaf, "unknown");
}

TEST(Explain, EventsBehindALeafNewestFirst) {
  const Explanation made = explained("count(purchase) over last 90 days >= 1");
  ASSERT_EQ(made.rule.events.size(), 2U);  // day 10 is out of the window
  EXPECT_EQ(made.rule.events[0].at, noon(95));
  EXPECT_EQ(made.rule.events[0].facts, "amount 5.50");
  EXPECT_EQ(made.rule.events[1].at, noon(40));
  EXPECT_EQ(made.rule.events[1].type, "purchase");
  const Explanation many = explained("count(purchase) >= 1", "many");
  EXPECT_EQ(many.rule.events.size(), kMostEvents);
  EXPECT_EQ(many.rule.events_in_all, 50);
  EXPECT_EQ(many.rule.events.front().at, noon(49));
  EXPECT_EQ(many.rule.events.back().at, noon(30));
}

TEST(Explain, SinceAndUntilToTheMicrosecond) {
  const Explanation made = explained("count(purchase) over last 30 days >= 1");
  EXPECT_EQ(made.rule.since, noon(95));
  ASSERT_TRUE(made.rule.until.has_value());
  const Instant end = *made.rule.until;
  EXPECT_EQ(end, noon(95) + days(30));
  const auto verdict = [](Instant t) {
    return explained("count(purchase) over last 30 days >= 1", "few", t).rule.verdict;
  };
  EXPECT_EQ(verdict(end - microseconds(1)), Verdict::kYes);
  EXPECT_EQ(verdict(end), Verdict::kNo);
  EXPECT_EQ(verdict(noon(95) - microseconds(1)), Verdict::kNo);
  EXPECT_FALSE(explained("count(purchase) >= 3").rule.until.has_value());
  EXPECT_EQ(explained("count(purchase) >= 1").rule.since, noon(10));
}

TEST(Explain, ACustomerNotKnownYet) {
  const Explanation made = explained("count(purchase) >= 1", "later");
  EXPECT_FALSE(made.known);
  EXPECT_EQ(made.customer, "later");
  EXPECT_EQ(made.rule.text, "");
  EXPECT_TRUE(made.changes.empty());
  EXPECT_TRUE(explained("count(purchase) >= 1", "later", noon(200)).known);
}

TEST(Explain, AmountsOfSingleChanges) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {">= 4", "at least 4 is needed (1 more)"},
      {">= 1", "below 1 it ceases (3 fewer)"},
      {"> 3", "more than 3 is needed (1 more)"},
      {"> 1", "at 1 or below it ceases (2 fewer)"},
      {"<= 3", "above 3 it ceases (1 more)"},
      {"<= 1", "at most 1 is needed (2 fewer)"},
      {"< 4", "at 4 or above it ceases (1 more)"},
      {"< 3", "less than 3 is needed (1 fewer)"},
      {"= 5", "5 is needed (2 more)"},
      {"= 1", "1 is needed (2 fewer)"},
      {"= 3", "with anything else it ceases"},
      {"!= 3", "anything but 3 is needed"},
      {"!= 4", "at 4 it ceases (1 more)"},
      {">= 4.5", "at least 4.5 is needed (2 more)"},
  };
  expect_changes("count(purchase)", "3", expected);
  const std::string sum = "sum(purchase.amount)";
  EXPECT_EQ(only_change(sum + " >= 36"), sum + " is 35.50; at least 36 is needed (0.50 more)");
  EXPECT_EQ(only_change(sum + " <= 35"), sum + " is 35.50; at most 35 is needed (0.50 less)");
  EXPECT_EQ(only_change(sum + " > 35"), sum + " is 35.50; at 35 or below it ceases (0.50 less)");
  EXPECT_EQ(only_change(sum + " < 35.50"),
            sum + " is 35.50; less than 35.50 is needed (0.01 less)");
}

TEST(Explain, OtherComparisonsInWords) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"between 5 and 9", "a value from 5 to 9 is needed"},
      {"between 1 and 9", "with a value below 1 or above 9 it ceases"},
      {"not between 1 and 9", "a value below 1 or above 9 is needed"},
      {"in (1, 2)", "one of 1, 2 is needed"},
      {"not in (1, 2)", "with one of 1, 2 it ceases"},
      {"in (1, 3)", "with anything but 1, 3 it ceases"},
      {"is missing", "a missing value is needed"},
      {"is known", "with a missing value it ceases"},
  };
  expect_changes("count(purchase)", "3", expected);
  EXPECT_EQ(only_change("last(purchase.at) within last 3 days"),
            "last(purchase.at) is 2020-04-05 12:00; a time within last 3 days is needed");
  EXPECT_EQ(only_change("not count(purchase) >= 3"),
            "count(purchase) is 3; below 3 it ceases (1 fewer); the rule negates it");
}

TEST(Explain, WordsOfTexts) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"= 'many'", "'many' is needed"},
      {"contains 'an'", "a text that contains 'an' is needed"},
      {"contains 'ew'", "with a text that does not contain 'ew' it ceases"},
      {"not contains 'ew'", "a text that does not contain 'ew' is needed"},
      {"starts with 'm'", "a text that starts with 'm' is needed"},
      {"not ends with 'w'", "a text that does not end with 'w' is needed"},
      {"like 'm%'", "a text like 'm%' is needed"},
      {"like 'f%'", "with a text unlike 'f%' it ceases"},
      {"matches '^f'", "with a text that does not match '^f' it ceases"},
      {"in ('many', 'later')", "one of 'many', 'later' is needed"},
  };
  expect_changes("home", "'few'", expected);
}

TEST(Explain, NamesOfTheProjectAndAmounts) {
  EXPECT_EQ(only_change("orders >= needed"), "orders is 3; at least 5 is needed (2 more)");
  EXPECT_EQ(only_change("orders in (needed, 7)"), "orders is 3; one of needed, 7 is needed");
  EXPECT_EQ(only_change("customer in friends"), "customer in friends would have to hold");
  EXPECT_EQ(only_change("last(purchase.at) >= '2020-04-06'"),
            "last(purchase.at) is 2020-04-05 12:00; at least '2020-04-06' is needed");
  const Explanation late = explained("now - last(purchase.at) > 30 days", "few", noon(100));
  EXPECT_EQ(late.rule.value, "5 days");
  ASSERT_EQ(late.changes.size(), 1U);
  EXPECT_EQ(late.changes[0].change,
            "now - last(purchase.at) is 5 days; more than 30 days is needed");
  EXPECT_EQ(only_change("now - last(purchase.at) < 6 days"),
            "now - last(purchase.at) is 5 days 11:59:59.999999; at 6 days or above it ceases");
  EXPECT_EQ(only_change("30 days < now - last(purchase.at)"),
            "30 days < now - last(purchase.at) would have to hold");
}

TEST(Explain, AnUnknownLeafMustBecomeWhatTheRuleNeeds) {
  const std::string none = "max(purchase.amount) over last 1 day";
  EXPECT_EQ(explained(none + " >= 3").rule.verdict, Verdict::kOpen);
  EXPECT_EQ(explained(none + " >= 3").rule.value, "unknown");
  EXPECT_EQ(only_change(none + " >= 3"), none + " is unknown; at least 3 is needed");
  EXPECT_EQ(only_change("not " + none + " >= 3"),
            none + " is unknown; less than 3 is needed; the rule negates it");
}

// A random rule of comparisons, and its value with every leaf set by hand.
struct Made {
  enum class Kind { kLeaf, kAnd, kOr, kNot } kind = Kind::kLeaf;
  std::string text;
  size_t leaf = 0;
  std::vector<Made> parts;
};

Made random_rule(Random& random, int depth, std::vector<std::pair<std::string, bool>>& leaves) {
  Made made;
  const int64_t choice = depth == 0 ? 0 : random.below(4);
  if (choice == 0) {
    made.leaf = leaves.size();
    // Bounds of their own, so that every leaf's text occurs once.
    const auto bound = static_cast<int>(leaves.size()) + 1;
    const bool holds = random.chance(0.5);
    made.text = "count(purchase) over last " + std::to_string(60 + bound) + " days " +
                (holds ? "<= " : "> ") + std::to_string(bound + 2);
    leaves.emplace_back(made.text, holds);
    return made;
  }
  made.kind = static_cast<Made::Kind>(choice);
  const int64_t parts = made.kind == Made::Kind::kNot ? 1 : 2 + random.below(2);
  for (int64_t i = 0; i < parts; ++i) {
    made.parts.push_back(random_rule(random, depth - 1, leaves));
    if (i > 0) made.text += made.kind == Made::Kind::kAnd ? " and " : " or ";
    made.text += "(" + made.parts.back().text + ")";
  }
  if (made.kind == Made::Kind::kNot) made.text = "not " + made.text;
  return made;
}

bool value_of(const Made& made, const std::vector<bool>& leaves) {
  switch (made.kind) {
    case Made::Kind::kLeaf:
      return leaves[made.leaf];
    case Made::Kind::kNot:
      return !value_of(made.parts[0], leaves);
    default:
      break;
  }
  const bool all = made.kind == Made::Kind::kAnd;
  for (const Made& one : made.parts) {
    if (value_of(one, leaves) != all) return !all;
  }
  return all;
}

TEST(Explain, ListsExactlyTheLeavesThatTurnTheWholeAlone) {
  Random random(31);
  size_t listed = 0, left_out = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::pair<std::string, bool>> leaves;
    const Made rule = random_rule(random, 3, leaves);
    std::vector<bool> values;
    for (const auto& leaf : leaves) values.push_back(leaf.second);
    const bool whole = value_of(rule, values);
    std::vector<std::string> expected;
    for (size_t i = 0; i < leaves.size(); ++i) {
      std::vector<bool> turned = values;
      turned[i] = !turned[i];
      if (value_of(rule, turned) != whole) expected.push_back(leaves[i].first);
    }
    const Explanation made = explained(rule.text);
    EXPECT_EQ(made.rule.verdict, whole ? Verdict::kYes : Verdict::kNo) << rule.text;
    std::vector<std::string> found;
    for (const SingleChange& one : made.changes) found.push_back(one.leaf);
    EXPECT_EQ(found, expected) << rule.text;
    listed += found.size();
    left_out += leaves.size() - found.size();
  }
  EXPECT_GT(listed, 30U);
  EXPECT_GT(left_out, 30U);
}

}  // namespace
}  // namespace regulars::segments
