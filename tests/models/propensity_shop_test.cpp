// Propensity models of simulated shops, whose customers behave as the simulation's truth says.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/propensity_model.h"
#include "base/files.h"
#include "simulate/simulate.h"
#include "test_project.h"

namespace regulars::model_tests {
namespace {

class SimulatedShop : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    project_ = new TestProject;
    simulate::ShopSpec spec = *simulate::preset("coffee");
    spec.customers = 2500;
    const auto truth = simulate::write_shop(spec, real_files(), project_->path() + "/data");
    ASSERT_TRUE(truth.ok()) << truth.error().to_string();
    project_->write("regulars.yaml", "name: Coffee\nzone: " + spec.zone +
                                         "\ncurrency: " + spec.currency +
                                         "\nsources:\n"
                                         "  orders: {kind: orders, files: data/orders.csv}\n");
    project_->run(noon(2026, 1, 1));
    shop_ = project_->open().release();
    ASSERT_NE(shop_, nullptr);
    const auto fit = app::fit_propensity(*shop_, {});
    ASSERT_TRUE(fit.ok()) << fit.error().to_string();
    fit_ = new app::PropensityFit(*fit);
  }
  static void TearDownTestSuite() {
    delete fit_;
    delete shop_;
    delete project_;
  }

  static TestProject* project_;
  static app::ProjectShop* shop_;
  static app::PropensityFit* fit_;
};

TestProject* SimulatedShop::project_ = nullptr;
app::ProjectShop* SimulatedShop::shop_ = nullptr;
app::PropensityFit* SimulatedShop::fit_ = nullptr;

TEST_F(SimulatedShop, IsJudgedOnALaterTimeAndBeatsOneFeature) {
  const models::PropensityReport& r = fit_->model.report;
  EXPECT_EQ(r.judging, models::Judging::kThreeTimes);
  EXPECT_EQ(fit_->histories, 1);
  EXPECT_EQ(fit_->question.instants.size(), 24);
  EXPECT_EQ(r.best_alone, "days_since_last");
  EXPECT_GT(r.auc_gain.low, 0) << "clearly above recency alone";
  EXPECT_GT(r.test.auc.low, r.best_alone_auc.value);
  EXPECT_LT(r.test.log_loss, r.base_rate_log_loss);
  EXPECT_GT(r.test.lift.front().lift, 2);
  EXPECT_TRUE(r.leaks.empty()) << r.leaks[0].message;
  for (const Instant t : fit_->question.instants) EXPECT_LE(t + days(90), fit_->cut_off);
}

TEST_F(SimulatedShop, ProbabilitiesComeTrueInTheLastPeriod) {
  const models::Quality& test = fit_->model.report.test;
  EXPECT_LT(test.calibration_error, 0.03);
  EXPECT_NEAR(test.mean_probability, test.base_rate, 0.02);
  size_t covered = 0;
  for (const models::ReliabilityBin& bin : test.reliability) {
    EXPECT_NEAR(bin.observed, bin.expected, 0.09) << bin.from;
    covered += bin.low - 0.02 <= bin.expected && bin.expected <= bin.high + 0.02 ? 1 : 0;
  }
  EXPECT_GE(covered + 1, test.reliability.size());
}

TEST_F(SimulatedShop, SaysSoWhenItIsNotBetterThanOneFeature) {
  app::PropensityQuestion q;
  q.features = {{"days_since_last", "days_since(last(purchase))"}};
  q.method = models::PropensityMethod::kLogistic;
  const auto fit = app::fit_propensity(*shop_, q);
  ASSERT_TRUE(fit.ok()) << fit.error().to_string();
  EXPECT_LE(fit->model.report.auc_gain.low, 0);
  const app::Listing listing = app::propensity_listing(*fit, shop_->zone());
  EXPECT_NE(listing.notes.front().find("does not rank clearly better"), std::string::npos);
  EXPECT_NE(app::propensity_listing(*fit_, shop_->zone()).notes.front().find("clearly better"),
            std::string::npos);
}

TEST_F(SimulatedShop, ScoresThoseEligibleWithReasons) {
  const auto scores = app::score_propensity(*shop_, *fit_, {.reasons = 3, .reasons_most = 25});
  ASSERT_TRUE(scores.ok()) << scores.error().to_string();
  EXPECT_EQ(scores->as_of, shop_->as_of());
  ASSERT_GT(scores->customers.size(), 500);
  EXPECT_TRUE(std::is_sorted(scores->customers.begin(), scores->customers.end()));
  size_t with_reasons = 0;
  double least_explained = 1, most_unexplained = 0;
  for (size_t i = 0; i < scores->customers.size(); ++i) {
    const double p = scores->probability[i];
    ASSERT_TRUE(p >= 0 && p <= 1);
    if (scores->reasons[i].empty()) {
      most_unexplained = std::max(most_unexplained, p);
    } else {
      ++with_reasons;
      EXPECT_LE(scores->reasons[i].size(), 3);
      least_explained = std::min(least_explained, p);
    }
  }
  EXPECT_EQ(with_reasons, 25);
  EXPECT_GE(least_explained, most_unexplained) << "the highest scores are explained";
  const app::Listing listing = app::scores_listing(*scores, *shop_, 10);
  ASSERT_EQ(listing.rows.size(), 10);
  EXPECT_NE(app::plain_text(listing.rows[0][2]).find(" is "), std::string::npos);
}

TEST_F(SimulatedShop, GoesThroughJsonToTheLastBit) {
  const std::string text = app::to_json(*fit_);
  const auto again = app::propensity_fit_from_json(text);
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(app::to_json(*again), text);
  const auto a = app::score_propensity(*shop_, *fit_, {}),
             b = app::score_propensity(*shop_, *again, {});
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->probability, b->probability);
  EXPECT_FALSE(app::propensity_fit_from_json("{}").ok());
  EXPECT_FALSE(app::propensity_fit_from_json("no JSON").ok());
}

TEST_F(SimulatedShop, TheSameFitTwiceIsTheSameAndNamesItsData) {
  const auto again = app::fit_propensity(*shop_, {});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(app::to_json(*again), app::to_json(*fit_));
  app::PropensityQuestion other;
  other.horizon_days = 60;
  other.method = models::PropensityMethod::kLogistic;
  const auto shorter = app::fit_propensity(*shop_, other);
  ASSERT_TRUE(shorter.ok());
  EXPECT_NE(shorter->fingerprint, fit_->fingerprint);
  EXPECT_EQ(shorter->question.label, "count(purchase) over next 60 days = 0");
}

TEST_F(SimulatedShop, DirectionsAndCostsAreTaken) {
  app::PropensityQuestion q;
  q.method = models::PropensityMethod::kTrees;
  q.monotone = {{"days_since_last", 1}};
  q.costs = models::Costs{40, 2, .2};
  const auto fit = app::fit_propensity(*shop_, q);
  ASSERT_TRUE(fit.ok()) << fit.error().to_string();
  const auto& threshold = fit->model.report.threshold;
  ASSERT_TRUE(threshold.has_value());
  EXPECT_NEAR(threshold->probability, 2 / (40 * .2), 1e-12);
  EXPECT_GT(threshold->gain, threshold->gain_everybody);
  EXPECT_GT(threshold->gain, 0.9 * threshold->best_gain)
      << "calibrated: little is left on the table";
  q.monotone = {{"days_since_lst", 1}};
  const auto wrong = app::fit_propensity(*shop_, q);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().hint(), "Did you mean days_since_last?");
  q.monotone = {};
  q.features = {{"a", "count(purchase)"}, {"a", "count(purchase) over last 30 days"}};
  EXPECT_FALSE(app::fit_propensity(*shop_, q).ok());
}

TEST(PropensityQuestion, IsWhatTheFileOfModelsSays) {
  project::ModelDeclaration model;
  model.name = "four_orders";
  model.kind = project::ModelDeclaration::Kind::kPropensity;
  model.horizon_days = 60;
  model.label = "count(purchase) over next 60 days >= 4";
  model.features = {{"orders", "count(purchase)"}};
  model.monotone = {{"orders", 1}};
  model.method = "trees";
  model.contact_cost = 2;
  model.value_saved = 40;
  const auto question = app::propensity_question(model);
  ASSERT_TRUE(question.ok());
  EXPECT_EQ(question->label, model.label);
  EXPECT_EQ(question->method, models::PropensityMethod::kTrees);
  EXPECT_EQ(question->features[0].formula, "count(purchase)");
  EXPECT_EQ(question->costs->success_rate, 1);
  model.method = "magic";
  model.place = {.file = "models/a.yaml", .line = 3, .column = 1, .field = {}};
  const auto wrong = app::propensity_question(model);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().place().line, 3);
}

TEST_F(SimulatedShop, AnyOtherPropensity) {
  app::PropensityQuestion q;
  q.name = "many_orders";
  q.label = "count(purchase) over next 30 days >= 3";
  q.method = models::PropensityMethod::kLogistic;
  const auto fit = app::fit_propensity(*shop_, q);
  ASSERT_TRUE(fit.ok()) << fit.error().to_string();
  EXPECT_GT(fit->model.report.test.auc.low, 0.7);
  q.label = "count(purchase) over next 30 days >= 3000";
  const auto never = app::fit_propensity(*shop_, q);
  ASSERT_FALSE(never.ok());
  EXPECT_NE(never.error().message().find("the label is false for all"), std::string::npos);
}

}  // namespace
}  // namespace regulars::model_tests
