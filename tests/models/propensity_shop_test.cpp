// Propensity models of simulated shops, whose customers behave as the simulation's truth says.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

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

TEST_F(SimulatedShop, IsJudgedOnALaterTimeAndComparedWithOneFeature) {
  const models::PropensityReport& r = fit_->model.report;
  printf("%s\n", app::listing_text(app::propensity_listing(*fit_, shop_->zone()), 110).c_str());
  printf("%s\n", app::listing_text(app::lift_listing(*fit_), 110).c_str());
  printf("%s\n", app::listing_text(app::feature_listing(*fit_), 110).c_str());
  EXPECT_EQ(r.judging, models::Judging::kThreeTimes);
  EXPECT_EQ(fit_->histories, 1);
}

}  // namespace
}  // namespace regulars::model_tests
