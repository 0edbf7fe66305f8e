#include "models/clv/spend_check.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

TEST(SpendIndependence, RanksByHand) {
  // Ranks of x 1 2.5 2.5 4 5, of the mean 2 1 3 4 5.
  const std::vector<SpendCell> cells = {{1, 20}, {2, 10}, {2, 30}, {3, 40}, {9, 50}};
  const SpendIndependence check = spend_independence(cells);
  EXPECT_NEAR(check.correlation, 8 / std::sqrt(9.5 * 10), 1e-14);
  EXPECT_NEAR(check.p_value, 0.08858700531354378, 1e-9);
  EXPECT_TRUE(check.holds);  // five customers prove nothing
}

// scipy.stats.spearmanr of the same 946 customers; means that are equal but for rounding may or
// may not tie.
TEST(SpendIndependence, FrequentBuyersOfCdnowSpendMore) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const SpendIndependence check = spend_independence(repeat_spend(*shop, day_number("1997-09-30")));
  EXPECT_NEAR(check.correlation, 0.20631894329579062, 1e-5);
  EXPECT_NEAR(check.p_value, 1.489627328175735e-10, 1e-12);
  EXPECT_FALSE(check.holds);
  EXPECT_NE(check.words.find("undervalues the best"), std::string::npos);
}

TEST(SpendIndependence, SaysWhenItHoldsAndWhenItIsTheOtherWay) {
  Random random(1);
  std::vector<SpendCell> apart;
  std::vector<SpendCell> against;
  for (int i = 0; i < 2000; ++i) {
    const auto x = static_cast<double>(1 + random.poisson(4));
    apart.push_back({x, random.gamma(3, 0.1)});
    against.push_back({x, random.gamma(3, 0.1 * x)});
  }
  EXPECT_TRUE(spend_independence(apart).holds);
  EXPECT_NE(spend_independence(apart).words.find("may treat"), std::string::npos);
  EXPECT_FALSE(spend_independence(against).holds);
  EXPECT_NE(spend_independence(against).words.find("overvalues"), std::string::npos);
}

TEST(SpendIndependence, CannotBeToldOfTooFewOrEqualCustomers) {
  const std::vector<SpendCell> same_x = {{1, 2}, {1, 3}, {1, 4}, {1, 5}};
  for (const auto& cells : {std::vector<SpendCell>{}, {{1, 2}, {2, 3}}, same_x}) {
    const SpendIndependence check = spend_independence(cells);
    EXPECT_TRUE(std::isnan(check.correlation));
    EXPECT_TRUE(check.holds);
    EXPECT_NE(check.words.find("cannot be told"), std::string::npos);
  }
}

TEST(SpendIndependence, PerfectOrderHasProbabilityZero) {
  const std::vector<SpendCell> cells = {{1, 2}, {2, 3}, {3, 4}, {4, 5}};
  EXPECT_EQ(spend_independence(cells).correlation, 1);
  EXPECT_EQ(spend_independence(cells).p_value, 0);
}

}  // namespace
}  // namespace regulars::models
