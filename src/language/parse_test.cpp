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

}  // namespace
}  // namespace regulars::language
