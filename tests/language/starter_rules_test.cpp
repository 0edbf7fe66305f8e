// The rules of the starter library, as they stand in the research, compile on the example shop.
#include <gtest/gtest.h>

#include "example_shop.h"
#include "language/compile.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

std::string outcome(std::string_view rule) {
  const Result<NodePtr> tree = parse(rule);
  if (!tree) return tree.error().to_string();
  const Result<Compiled> compiled = compile_rule(**tree, rule, example_shop().scope);
  return compiled ? "fine" : compiled.error().to_string();
}

TEST(StarterRules, Compile) {
  for (const char* rule : {
           "birthday within next 14 days and count(purchase) over last 1 year >= 1",
           "age between 18 and 29 and count(purchase) over last 1 year >= 2",
           "children >= 1 or count(distinct item.order where category in ('baby', 'kids')) over "
           "last 180 days >= 3",
           "distance(home, store('Leeds')) <= 10 km and count(purchase where channel = 'store') "
           "over last 1 year = 0",
           "interests has 'sustainability' or (share(item.amount where product.eco) over last 1 "
           "year >= 0.25 and count(purchase) over last 1 year >= 3)",
           "interests has any ('fitness', 'nutrition') or share(item.amount where category in "
           "('health', 'sport')) over last 1 year >= 0.3",
           "count(distinct item.product where product.days_since_launch <= 30) over last 1 year "
           ">= 2",
           "last(survey.answer where question = 'reward_preference') = 'experience' and "
           "days_since(last(survey where question = 'reward_preference')) <= 365",
           "count(purchase) over lifetime = 1 and days_since(last(purchase)) > 154",
           "life_cycle = 'active' and count(distinct day(purchase)) over last 1 year >= 6",
           "life_cycle = 'slipping' and percentile(sum(purchase.net) over last 1 year) >= 0.8",
           "share(item.amount where discount > 0.00) over last 1 year <= 0.1",
           "count(distinct item.category) over last 1 year = 1",
           "share(purchase.net where month(at) in (11, 12)) over last 2 years >= 0.8",
           "count(message_clicked where channel = 'email' and not machine) over last 90 days >= 2 "
           "and consents(email, marketing)",
           "count(referral where converted) over lifetime >= 2 or (last(survey.score where "
           "question = 'nps') >= 9 and count(review where rating >= 4) over last 1 year >= 1)",
           "count(purchase where coupon_used) over last 1 year = count(purchase) over last 1 year",
           "last(survey.score where question = 'nps') <= 6 and percentile(clv_12m) >= 0.8 and "
           "count(service_case where status = 'closed') over last 30 days = 0",
           "tier = 'gold' and life_cycle in ('slipping', 'lapsed') and points_expiring within 14 "
           "days and consents(email, marketing)",
           "sum(refund.amount) over last 1 year > 0.5 * sum(purchase.amount) over last 1 year and "
           "sum(purchase.amount) over last 1 year > 100.00",
           "count(distinct item.category where item.product.eco) over this year >= 1",
           "in_segment('regulars') at 90 days ago and rfm_class in ('At risk', 'Cannot lose')",
       }) {
    EXPECT_EQ(outcome(rule), "fine") << rule;
  }
}

}  // namespace
}  // namespace regulars::language
