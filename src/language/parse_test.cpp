#include "language/parse.h"

#include <gtest/gtest.h>

#include "language/print.h"

namespace regulars::language {
namespace {

// What the text means, written canonically; an error as a text.
std::string canonical(std::string_view text) {
  const Result<NodePtr> tree = parse(text);
  if (!tree) return tree.error().to_string();
  std::string printed = print(**tree);
  const Result<NodePtr> again = parse(printed);
  if (!again) return "printed form does not parse: " + printed + ": " + again.error().to_string();
  EXPECT_TRUE(equal(**tree, **again)) << text << "\n" << printed;
  EXPECT_EQ(print(**again), printed);
  return printed;
}

void expect_canonical(std::string_view text) { EXPECT_EQ(canonical(text), text); }

// Brackets that change nothing and short forms disappear.
void expect_reads_as(std::string_view text, std::string_view form) {
  EXPECT_EQ(canonical(text), form);
}

TEST(Parse, RulesOfTheDesign) {
  expect_canonical("count(purchase) over last 30 days >= 3");
  expect_canonical(
      "sum(purchase.net) over last 180 days < 0.5 * sum(purchase.net) over 360 to 180 days ago");
  expect_canonical("count(distinct item.category where item.product.eco) over this year");
  expect_canonical(
      "days_since(last(purchase)) > 2 * typical_gap(purchase) and not in_segment('new')");
  expect_canonical("sequence(cart_add then not purchase within 2 days) over last 14 days");
  expect_canonical("last(survey.score where question = 'nps') <= 6");
  expect_canonical("age between 18 and 35 and country in ('DE', 'AT') and interests has 'vegan'");
  expect_canonical(
      "life_cycle = 'slipping' and percentile(clv_12m) >= high_value and churn_probability > 0.6");
  expect_canonical("share(item.amount where discount > 0.00) over last 1 year >= 0.7");
  expect_canonical(
      "in_segment('champions') at 90 days ago and rfm_class in ('At risk', 'Cannot lose')");
  expect_reads_as("points_expiring within 14 days and consents(email, marketing)",
                  "points_expiring within next 14 days and consents(email, marketing)");
}

TEST(Parse, StarterRules) {
  expect_canonical("birthday within next 14 days and count(purchase) over last 1 year >= 1");
  expect_canonical("age between 18 and 29 and count(purchase) over last 1 year >= 2");
  expect_canonical(
      "children >= 1 or count(distinct item.order where category in ('baby', 'kids')) over last "
      "180 days >= 3");
  expect_canonical(
      "distance(home, store('Leeds')) <= 10 km and count(purchase where channel = 'store') over "
      "last 1 year = 0 and count(purchase where channel = 'web') over last 1 year >= 2");
  expect_reads_as(
      "interests has 'sustainability' or (share(item.amount where product.eco) over last 1 year >= "
      "0.25 and count(purchase) over last 1 year >= 3)",
      "interests has 'sustainability' or share(item.amount where product.eco) over last 1 year >= "
      "0.25 and count(purchase) over last 1 year >= 3");
  expect_canonical(
      "interests has any ('fitness', 'nutrition') or share(item.amount where category in "
      "('health', 'sport')) over last 1 year >= 0.3");
  expect_canonical(
      "count(distinct item.product where product.days_since_launch <= 30) over last 1 year >= 2 or "
      "interests has 'technology'");
  expect_canonical(
      "last(survey.answer where question = 'reward_preference') = 'experience' and "
      "days_since(last(survey where question = 'reward_preference')) <= 365");
  expect_canonical(
      "last(survey.score where question = 'data_comfort') <= 2 or known(profiling_objection) and "
      "profiling_objection");
  expect_canonical(
      "count(purchase) over lifetime = 1 and days_since(first(purchase)) between 7 and 60");
  expect_canonical("count(purchase) over lifetime = 1 and days_since(last(purchase)) > 154");
  expect_canonical("life_cycle = 'active' and count(distinct day(purchase)) over last 1 year >= 6");
  expect_canonical(
      "life_cycle = 'slipping' and count(purchase) over lifetime >= 2 and "
      "percentile(sum(purchase.net) over last 1 year) >= 0.8");
  expect_canonical(
      "percentile(sum(purchase.net) over 360 to 180 days ago) >= 0.8 and sum(purchase.net) over "
      "last 180 days < 0.5 * sum(purchase.net) over 360 to 180 days ago");
}

TEST(Parse, MoreStarterRules) {
  expect_canonical(
      "share(item.amount where discount > 0.00) over last 1 year >= 0.7 and count(purchase) over "
      "last 1 year >= 3");
  expect_canonical(
      "share(item.amount where discount > 0.00) over last 1 year <= 0.1 and count(purchase) over "
      "last 1 year >= 4");
  expect_canonical(
      "count(distinct item.category) over last 1 year = 1 and count(purchase) over last 1 year >= "
      "3");
  expect_canonical(
      "count(distinct day(purchase)) over last 2 years >= 5 and gap_spread(purchase) over last 2 "
      "years > 1.2");
  expect_canonical(
      "count(distinct day(purchase)) over last 2 years >= 2 and share(purchase.net where month(at) "
      "in (11, 12)) over last 2 years >= 0.8");
  expect_canonical(
      "count(message_clicked where channel = 'email' and not machine) over last 90 days >= 2 and "
      "consents(email, marketing)");
  expect_canonical(
      "count(message_delivered where channel = 'email') over last 60 days >= 8 and "
      "count(message_clicked where channel = 'email') over last 60 days = 0 and count(purchase) "
      "over last 60 days = 0");
  expect_reads_as(
      "count(referral where converted) over lifetime >= 2 or (last(survey.score where question = "
      "'nps') >= 9 and count(review where rating >= 4) over last 1 year >= 1)",
      "count(referral where converted) over lifetime >= 2 or last(survey.score where question = "
      "'nps') >= 9 and count(review where rating >= 4) over last 1 year >= 1");
  expect_canonical(
      "count(purchase) over last 1 year >= 3 and count(purchase where coupon_used) over last 1 "
      "year = count(purchase) over last 1 year");
  expect_canonical(
      "last(survey.score where question = 'nps') <= 6 and days_since(last(survey where question = "
      "'nps')) <= 30 and percentile(clv_12m) >= 0.8 and not count(service_case where status = "
      "'closed') over last 30 days >= 1");
  expect_reads_as(
      "tier = 'gold' and life_cycle in ('slipping', 'lapsed') and points_expiring within 14 days "
      "and consents(email, marketing) and not in_segment('contacted_last_7_days')",
      "tier = 'gold' and life_cycle in ('slipping', 'lapsed') and points_expiring within next 14 "
      "days and consents(email, marketing) and not in_segment('contacted_last_7_days')");
  expect_canonical(
      "sum(refund.amount) over last 1 year > 0.5 * sum(purchase.amount) over last 1 year and "
      "sum(purchase.amount) over last 1 year > 100.00");
}

NodePtr tree_of(std::string_view text) {
  const Result<NodePtr> tree = parse(text);
  EXPECT_TRUE(tree) << text;
  return tree ? *tree : std::make_shared<const Node>();
}

TEST(Parse, WordsThatAreNamesElsewhere) {
  for (const char* text :
       {"last(purchase) = last", "month(at) in (11, 12)", "any = all", "item.in is known",
        "top = top(5)", "next + session + lifetime", "percentile(v within (session))",
        "count(visit where at < start) over last session gap 30 minutes", "hour(at) at 90 days ago",
        "purchase.at at start of month"}) {
    expect_canonical(text);
  }
}

TEST(Parse, BindsAsTheHeaderSays) {
  EXPECT_EQ(tree_of("not count(x) >= 1")->kind, Node::Kind::kNot);
  EXPECT_EQ(tree_of("a or b and c")->kind, Node::Kind::kOr);
  EXPECT_EQ(tree_of("-5")->number, -5);
  EXPECT_EQ(tree_of("-(5)")->kind, Node::Kind::kNegate);
  EXPECT_EQ(tree_of("-5 at 9 days ago")->kind, Node::Kind::kNegate);
  EXPECT_EQ(tree_of("-9223372036854775808")->number, INT64_MIN);
  EXPECT_EQ(tree_of("count(x) over since first(y) at 9 days ago")->kind, Node::Kind::kAt);
  EXPECT_EQ(tree_of("age between 18 and 35 and a")->kind, Node::Kind::kAnd);
  EXPECT_EQ(tree_of("share(a where b within c)")->among->text, "c");
  EXPECT_EQ(tree_of("share(a where b within last 3 days)")->among, nullptr);
  expect_reads_as("a - (b - c) - d", "a - (b - c) - d");
  expect_reads_as("(a - b) - c", "a - b - c");
  expect_reads_as("1 - -5 - (-x)", "1 - -5 - -x");
  expect_reads_as("rate(clicks / deliveries at least 5)", "rate(clicks / deliveries, at least 5)");
  expect_reads_as("f(x where a, 2)", "f(x where a, 2)");
  expect_reads_as("f(x, 2 where a)", "f(x where a, 2)");
  expect_reads_as("sequence(a where b within 2 days then not c)",
                  "sequence(a where b within 2 days then not c)");
  EXPECT_TRUE(tree_of("sequence(a where b within 2 days)")->steps[0].within.has_value());
  EXPECT_FALSE(tree_of("sequence(a where (b within 2 days))")->steps[0].within.has_value());
}

TEST(Parse, ShortAndOtherForms) {
  expect_reads_as("COUNT(DISTINCT Item.Category) OVER LAST 1 DAYS <> 2 -- twice",
                  "count(distinct Item.Category) over last 1 day != 2");
  expect_reads_as("a has ('x','y') and b has any ('z')", "a has any ('x', 'y') and b has 'z'");
  expect_reads_as("all item (a) or any items (b)", "all items (a) or any item (b)");
  expect_reads_as("count(x) over 12 months to 6 months ago", "count(x) over 12 to 6 months ago");
  expect_reads_as("count(x) over past month in customer zone",
                  "count(x) over past 1 month in customer zone");
  expect_reads_as("distance(home, store('Leeds')) <= 10km",
                  "distance(home, store('Leeds')) <= 10 km");
  expect_canonical("household.sum(purchase.net) over last 1 year > 0.00");
  expect_canonical("any member of household (count(purchase) over last 2 retail weeks >= 1)");
  expect_canonical("name = 'D''Arcy' or city like '東%'");
  expect_canonical("if a then b else if c then d else e");
  expect_canonical("top 5 % by clv_12m within country");
}

TEST(Parse, DepthAndLengthHaveLimits) {
  const auto nots = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "not ";
    return text + "a";
  };
  EXPECT_TRUE(parse(nots(kDeepest - 1)));
  EXPECT_FALSE(parse(nots(kDeepest)));
  EXPECT_TRUE(parse(std::string(150, '(') + "a" + std::string(150, ')')));
  EXPECT_FALSE(parse(std::string(30'000, '(') + "a" + std::string(30'000, ')')));
  EXPECT_FALSE(parse(std::string(60'000, '-') + "a"));
  std::string sum = "a";
  for (int i = 0; i < 10'000; ++i) sum += "+a";
  EXPECT_FALSE(parse(sum));
  EXPECT_TRUE(parse("a" + std::string(kLongestText - 1, ' ')));
  EXPECT_FALSE(parse("a" + std::string(kLongestText, ' ')));
}

TEST(Parse, CharactersThatAreNoText) {
  using std::string_view_literals::operator""sv;
  const Result<NodePtr> nul = parse("a = 'b\0'"sv);
  ASSERT_FALSE(nul);
  EXPECT_EQ(nul.error().place().column, 7U);
  const Result<NodePtr> broken = parse("a = '\xC3\xA9\xFF'");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().place().column, 7U);
}

TEST(Print, BreaksLinesAtAndAndOr) {
  const NodePtr tree = tree_of("aaaa = 1 and (bbbb = 2 or not (cccc = 3 and dddd = 4)) and eeee");
  EXPECT_EQ(print_lines(*tree, 100), print(*tree));
  EXPECT_EQ(print_lines(*tree, 24),
            "aaaa = 1\n"
            "and (bbbb = 2\n"
            "     or not (cccc = 3\n"
            "             and dddd = 4))\n"
            "and eeee");
}

}  // namespace
}  // namespace regulars::language
