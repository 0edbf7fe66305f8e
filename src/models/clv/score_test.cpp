#include "models/clv/score.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/clv/dropout_shop.h"

namespace regulars::models {
namespace {

std::vector<BuyingCell> whole_weeks(uint64_t seed) {
  std::vector<BuyingCell> cells = cells_of(simulate_shop({1, true}, {.5, 4, .7, 2}, {}, 600, seed));
  for (BuyingCell& cell : cells) {
    cell.t_x = std::ceil(cell.t_x);
    cell.T = std::ceil(cell.T);
  }
  return cells;
}

TEST(Score, IsWhatTheModelSaysOfEachCustomer) {
  const std::vector<double> p = {.5, 4, .7, 2};
  std::vector<BuyingCell> customers = whole_weeks(4);
  customers.push_back({0, 0, 0});
  customers.push_back({3000, 9, 60});  // certainly gone
  for (const char* name : {"bg-nbd", "mbg-nbd", "mbg-cnbd-3", "pareto-nbd", "bg-bb"}) {
    const auto model = count_model(name).value();
    if (model->info().discrete) customers.pop_back();  // more purchases than opportunities
    const CountScores scores = score(*model, p, customers, {13, .004, 2}).value();
    ASSERT_EQ(scores.expected.size(), customers.size());
    for (size_t i = 0; i < customers.size(); ++i) {
      SCOPED_TRACE(testing::Message() << name << " x " << customers[i].x);
      EXPECT_EQ(scores.p_alive[i], model->p_alive(p, customers[i]));
      const double expected = model->conditional_expected(p, customers[i], 13);
      EXPECT_NEAR(scores.expected[i], expected, 1e-9 * expected);
      const double discounted = model->discounted_expected(p, customers[i], .004, 13);
      EXPECT_NEAR(scores.discounted[i], discounted, 1e-8 * discounted);
    }
    EXPECT_TRUE(score(*model, p, customers, {13, 0, 1})->discounted.empty());
  }
}

TEST(Score, DoesNotDependOnThreads) {
  const std::vector<double> p = {.5, 4, .7, 2};
  const std::vector<BuyingCell> customers = whole_weeks(8);
  const auto model = count_model("bg-nbd").value();
  EXPECT_EQ(score(*model, p, customers, {52, 0, 1})->expected,
            score(*model, p, customers, {52, 0, 3})->expected);
}

TEST(Score, NamesTheCustomerWhoCannotBe) {
  const auto model = count_model("bg-nbd").value();
  const std::vector<BuyingCell> customers = {{0, 0, 5}, {2, 7, 5}};
  const auto result = score(*model, std::vector<double>{1, 1, 1, 1}, customers, {1, 0, 1});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message().find("customer 1"), std::string::npos);
}

}  // namespace
}  // namespace regulars::models
