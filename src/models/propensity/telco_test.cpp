// The churn data of IBM's Telco example: even rows learn, odd rows test, an unknown total is 0.
// Expected figures: scikit-learn 1.2.1 (newton-cg, C = 1) and XGBoost 1.7.4 on the same columns.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <set>

#include "models/propensity/log_odds.h"
#include "models/propensity/logistic.h"
#include "models/propensity/propensity.h"
#include "models/propensity/quality.h"
#include "models/propensity/trees.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

FeatureColumn column_of(const TextTable& rows, size_t place) {
  static const std::set<std::string> numbers = {"SeniorCitizen", "tenure", "MonthlyCharges",
                                                "TotalCharges"};
  FeatureColumn column;
  column.name = rows[0][place];
  std::set<std::string> levels;
  for (size_t r = 1; r < rows.size(); ++r) levels.insert(rows[r][place]);
  if (!numbers.contains(column.name)) column.levels.assign(levels.begin(), levels.end());
  for (size_t r = 1; r < rows.size(); ++r) {
    const std::string& cell = rows[r][place];
    const auto found = std::find(column.levels.begin(), column.levels.end(), cell);
    column.values.push_back(column.is_text() ? static_cast<double>(found - column.levels.begin())
                                             : std::strtod(cell.c_str(), nullptr));
  }
  return column;
}

class Telco : public testing::Test {
 protected:
  void SetUp() override {
    const auto table = public_table("telco_churn/Telco-Customer-Churn.csv.gz", ',');
    REGULARS_NEEDS(table);
    const TextTable& rows = *table;
    ASSERT_EQ(rows.size(), 7044);
    for (size_t c = 1; c + 1 < rows[0].size(); ++c) all_.features.push_back(column_of(rows, c));
    for (size_t r = 1; r < rows.size(); ++r) {
      all_.label.push_back(rows[r].back() == "Yes" ? 1 : 0);
      all_.group.push_back(r);
      all_.at.push_back(Instant{0});
      all_.label_end.push_back(Instant{0});
    }
    ASSERT_EQ(all_.positives(), 1869);
    std::vector<size_t> even, odd;
    for (size_t r = 0; r < all_.rows(); ++r) (r % 2 == 0 ? even : odd).push_back(r);
    train_ = all_.subset(even);
    test_ = all_.subset(odd);
  }

  TrainingTable all_, train_, test_;
};

TEST_F(Telco, LogisticRegression) {
  const auto model = fit_logistic(train_, {});
  ASSERT_TRUE(model.ok());
  EXPECT_TRUE(model->converged);
  EXPECT_EQ(model->columns.size(), 23);
  EXPECT_EQ(model->dropped.size(), 7);
  const Quality q = quality(predict(*model, test_), test_.label, test_.group);
  EXPECT_NEAR(q.auc.value, .85068904, 5e-9);
  EXPECT_NEAR(q.average_precision, .65121713, 5e-9);
  EXPECT_NEAR(q.brier.value, .13288655, 5e-9);
  EXPECT_NEAR(q.log_loss, .40878825, 5e-9);
  EXPECT_NEAR(q.calibration_error, .02103076, 5e-9);
}

TEST_F(Telco, BoostedTrees) {
  const auto model = fit_trees(train_, {});
  ASSERT_TRUE(model.ok()) << model.error().to_string();
  const auto p = predict(*model, test_);
  ASSERT_TRUE(p.ok());
  const Quality q = quality(*p, test_.label, test_.group);
  EXPECT_NEAR(q.auc.value, .85039044, 5e-9);
  EXPECT_NEAR(q.average_precision, .66811312, 5e-9);
  EXPECT_NEAR(q.brier.value, .13200006, 5e-8);
  EXPECT_NEAR(q.log_loss, .40650565, 5e-8);
  EXPECT_NEAR(q.calibration_error, .01647203, 5e-8);
}

TEST_F(Telco, IsJudgedAndChosenAsAWhole) {
  const auto model = fit_propensity(all_, {});
  ASSERT_TRUE(model.ok()) << model.error().to_string();
  EXPECT_EQ(model->report.judging, Judging::kByCustomers) << "one instant only";
  ASSERT_EQ(model->report.tried.size(), 2);
  EXPECT_EQ(model->method, PropensityMethod::kTrees) << model->report.choice;
  EXPECT_LT(model->report.tried[1].log_loss, model->report.tried[0].log_loss);
  EXPECT_GT(model->report.test.auc.low, .80);
  EXPECT_LT(model->report.test.calibration_error, .04);
  EXPECT_GT(model->report.auc_gain.low, .05) << "tenure alone is much worse";
  EXPECT_TRUE(model->report.leaks.empty());
}

TEST_F(Telco, ReasonsAddUpToTheLogOdds) {
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    PropensityOptions options;
    options.method = method;
    const auto model = fit_propensity(all_, options);
    ASSERT_TRUE(model.ok()) << model.error().to_string();
    std::vector<size_t> few(20);
    std::iota(few.begin(), few.end(), size_t{0});
    const TrainingTable some = all_.subset(few);
    const auto scores = score(*model, some, {.reasons = 100, .reasons_for = {}});
    ASSERT_TRUE(scores.ok()) << scores.error().to_string();
    // The first difference of log odds between two customers is that of their reasons' sums.
    const auto sum = [&](size_t row) {
      double total = 0;
      for (const Reason& reason : scores->reasons[row]) total += reason.contribution;
      return total;
    };
    const auto raw = method == PropensityMethod::kTrees ? *predict(model->trees, some)
                                                        : predict(model->logistic, some);
    for (size_t row = 1; row < some.rows(); ++row) {
      EXPECT_NEAR(log_odds(raw[row]) - log_odds(raw[0]), sum(row) - sum(0), 2e-5);
    }
  }
}

}  // namespace
}  // namespace regulars::models
