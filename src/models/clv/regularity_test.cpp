#include "models/clv/regularity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace regulars::models {
namespace {

// Customers with rates of their own who buy on days with a chance of their own: random buying as a
// shop that counts days sees it.
GapPairs random_days(uint64_t seed, int customers) {
  Random random(seed);
  GapPairs pairs;
  for (int c = 0; c < customers; ++c) {
    const double chance = -std::expm1(-random.gamma(1, 20));
    const auto gap = [&] {
      return 1 + static_cast<int>(std::min(5e3, random.exponential(-std::log1p(-chance))));
    };
    const int first = gap();
    pairs.add_days(first, gap());
  }
  return pairs;
}

GapPairs erlang_times(uint64_t seed, int customers, int k) {
  Random random(seed);
  GapPairs pairs;
  for (int c = 0; c < customers; ++c) {
    const double rate = random.gamma(0.7, 3);
    const double first = random.gamma(k, rate);
    pairs.add_times(first, random.gamma(k, rate));
  }
  return pairs;
}

TEST(Regularity, RandomBuyingInDaysGivesUniformProbabilities) {
  int below_tenth = 0;
  int below_half = 0;
  for (uint64_t shop = 0; shop < 200; ++shop) {
    const Regularity r = test_regularity(random_days(shop, 40));
    EXPECT_TRUE(r.exact);
    below_tenth += r.p_regular <= 0.1 ? 1 : 0;
    below_half += r.p_regular <= 0.5 ? 1 : 0;
  }
  // Binomial(200, .1) and (200, .5), four standard deviations each way.
  EXPECT_NEAR(below_tenth, 20, 17);
  EXPECT_NEAR(below_half, 100, 28);
}

TEST(Regularity, NormalAndSimulatedProbabilitiesAgree) {
  for (uint64_t shop = 0; shop < 3; ++shop) {
    const GapPairs some = random_days(shop, 2000);
    const Regularity simulated = test_regularity(some);
    ASSERT_TRUE(simulated.exact);
    GapPairs many = some;
    for (int i = 0; i < 2; ++i) many.merge(random_days(shop + 100, 2000));
    EXPECT_FALSE(test_regularity(many).exact);
    EXPECT_NEAR(simulated.p_regular + simulated.p_bursts, 1, 0.01);
    EXPECT_NEAR(simulated.k, 1, 0.15);
  }
}

TEST(Regularity, FindsTheShapeOfRegularBuyers) {
  for (const int k : {2, 3, 8}) {
    const Regularity r = test_regularity(erlang_times(9, 20'000, k));
    EXPECT_NEAR(r.k, k, 0.06 * k);
    EXPECT_TRUE(r.is_regular);
    EXPECT_LT(r.p_regular, 1e-6);
    EXPECT_NE(r.words.find("mbg-cnbd-k"), std::string::npos);
  }
  const Regularity random = test_regularity(erlang_times(9, 20'000, 1));
  EXPECT_NEAR(random.k, 1, 0.03);
  EXPECT_FALSE(random.is_regular || random.is_bursty);
}

TEST(Regularity, FindsBursts) {
  Random random(2);
  GapPairs pairs;
  for (int i = 0; i < 500; ++i)
    pairs.add_times(random.gamma(0.3, 1) + 1e-9, random.gamma(0.3, 1) + 1e-9);
  const Regularity r = test_regularity(pairs);
  EXPECT_NEAR(r.k, 0.3, 0.1);
  EXPECT_TRUE(r.is_bursty);
}

TEST(Regularity, SaysNothingOfNothing) {
  const Regularity none = test_regularity({});
  EXPECT_TRUE(std::isnan(none.k));
  EXPECT_FALSE(none.is_regular || none.is_bursty);
  EXPECT_FALSE(none.words.empty());
  GapPairs only_next_days;
  only_next_days.add_days(1, 1);
  EXPECT_EQ(only_next_days.pairs, 0U);
  GapPairs one;
  one.add_days(30, 30);
  EXPECT_FALSE(test_regularity(one).is_regular);
}

TEST(Regularity, GapsOfCenturiesTakeNoMemory) {
  GapPairs pairs;
  pairs.add_days(2'000'000'000, 100'000'000);
  EXPECT_EQ(pairs.pairs, 1U);
  EXPECT_TRUE(pairs.by_days.empty());
  EXPECT_TRUE(std::isfinite(test_regularity(pairs).p_bursts));
}

TEST(Regularity, PartsAddUpToTheWhole) {
  GapPairs parts = random_days(1, 50);
  parts.merge(random_days(2, 70));
  EXPECT_EQ(parts.pairs, random_days(1, 50).pairs + random_days(2, 70).pairs);
  GapPairs other = random_days(2, 70);
  other.merge(random_days(1, 50));
  EXPECT_EQ(parts.by_days, other.by_days);
  EXPECT_DOUBLE_EQ(test_regularity(parts).p_regular, test_regularity(other).p_regular);
}

}  // namespace
}  // namespace regulars::models
