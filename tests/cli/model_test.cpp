// `regulars model` on a file of orders, and the models of a project through `run`.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class Model : public testing::Test {
 protected:
  Model() {
    fs::copy(REGULARS_SOURCE_DIR "/examples/starter", shop(), fs::copy_options::recursive);
    const Ran made = run({"regulars", "simulate", shop() + "/data", "--preset", "fashion",
                          "--customers", "400", "--seed", "7"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }
  std::string shop() const { return folder_ / "shop"; }
  std::string orders() const { return shop() + "/data/orders.csv"; }
  Ran fit(std::vector<std::string> more) const {
    std::vector<std::string> words = {"regulars", "model", "fit"};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"--orders", orders()});
    return run(words);
  }
  static Json json_of(const Ran& ran) {
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  // Of `eval`: values by customer; those unknown are left out.
  std::map<std::string, double> values(const std::string& expression) const {
    const Ran ran = run({"regulars", "eval", shop(), expression});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    std::map<std::string, double> found;
    std::istringstream lines(ran.out);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
      const size_t comma = line.find(',');
      if (comma + 1 < line.size()) found[line.substr(0, comma)] = std::stod(line.substr(comma + 1));
    }
    return found;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(Model, EveryNameFitsAFileAndSaysHowSureItIs) {
  for (const std::string name : {"bg-nbd", "mbg-nbd", "pareto-nbd", "mbg-cnbd-k", "gamma-gamma"}) {
    SCOPED_TRACE(name);
    const Json fit = json_of(this->fit({name, "--json"}));
    EXPECT_EQ(fit["unit"], "week");
    EXPECT_TRUE(fit["converged"].get<bool>());
    EXPECT_GT(fit["customers"], 50);
    EXPECT_LT(fit["log_likelihood"], 0);
    EXPECT_GT(fit["iterations"], 0);
    ASSERT_EQ(fit["parameters"].size(), fit["standard_errors"].size());
    for (const auto& [parameter, value] : fit["parameters"].items()) {
      EXPECT_GT(value.get<double>(), 0) << parameter;
      EXPECT_GT(fit["standard_errors"][parameter].get<double>(), 0) << parameter;
    }
  }
  const Json discrete = json_of(fit({"bg-bb", "--unit", "month", "--json"}));
  EXPECT_EQ(discrete["parameters"].size(), 4U);
  const Json contract = json_of(fit({"sbg", "--unit", "month", "--json"}));
  EXPECT_EQ(contract["parameters"].size(), 2U);
}

TEST_F(Model, PredictionsHaveIntervalsAroundThem) {
  const Json fit = json_of(this->fit({"pareto-nbd", "--predict", "6 months", "--json"}));
  EXPECT_EQ(fit["horizon"], "6 months");
  ASSERT_EQ(fit["predictions"].size(), fit["customers"]);
  for (const Json& one : fit["predictions"]) {
    EXPECT_LE(one["p_alive_low"], one["p_alive"]);
    EXPECT_GE(one["p_alive_high"], one["p_alive"]);
    EXPECT_LE(one["expected_purchases_low"], one["expected_purchases"]);
    EXPECT_GE(one["expected_purchases_high"], one["expected_purchases"]);
    EXPECT_LE(one["purchases_low"], one["purchases_high"]);
    EXPECT_NEAR(one["expected_revenue"].get<double>(),
                one["expected_spend"].get<double>() * one["expected_purchases"].get<double>(),
                1e-9);
  }
  const Ran csv = this->fit({"pareto-nbd", "--predict", "26", "--format", "csv"});
  EXPECT_TRUE(csv.out.starts_with("customer_id,x,t_x,T,p_alive")) << csv.out.substr(0, 80);
}

TEST_F(Model, NothingAfterTheEndOfCalibrationIsLookedAt) {
  const Json early = json_of(fit({"bg-nbd", "--calibration-end", "2024-06-30", "--json"}));
  const Json late = json_of(fit({"bg-nbd", "--json"}));
  EXPECT_EQ(early["calibration_end"], "2024-06-30");
  EXPECT_LT(early["customers"], late["customers"]);
}

TEST_F(Model, WrongQuestionsAreToldWhatIsWrong) {
  const Ran name = fit({"bgnbd"});
  EXPECT_EQ(name.exit_code, 2);
  EXPECT_NE(name.err.find("bg-nbd"), std::string::npos) << name.err;
  const Ran unit = fit({"bg-nbd", "--unit", "fortnight"});
  EXPECT_EQ(unit.exit_code, 2);
  EXPECT_NE(unit.err.find("day, week, month or year"), std::string::npos) << unit.err;
  const Ran horizon = fit({"bg-nbd", "--predict", "soon"});
  EXPECT_EQ(horizon.exit_code, 2);
  EXPECT_NE(horizon.err.find("12 months"), std::string::npos) << horizon.err;
  const Ran early = fit({"bg-nbd", "--calibration-end", "1990-01-01"});
  EXPECT_NE(early.exit_code, 0);
  EXPECT_FALSE(early.err.empty());
}

TEST_F(Model, MethodsAreComparedOnThePast) {
  const Json compared = json_of(run(
      {"regulars", "model", "compare", "--orders", orders(), "--horizon", "3 months", "--json"}));
  std::set<std::string> methods;
  for (const Json& one : compared["methods"]) {
    methods.insert(one["method"].get<std::string>());
    EXPECT_EQ(one["actual"], compared["methods"][0]["actual"]);
  }
  EXPECT_TRUE(methods.contains("as last time"));
  EXPECT_TRUE(methods.contains(compared["chosen"].get<std::string>()));
  const Json groups = json_of(run({"regulars", "model", "backtest", "bg-nbd", "--orders", orders(),
                                   "--horizon", "3 months", "--json"}));
  EXPECT_EQ(groups["method"], "bg-nbd");
  EXPECT_GE(groups["groups"].size(), 3U);
  const Ran nothing = run({"regulars", "model", "compare"});
  EXPECT_EQ(nothing.exit_code, 2);
}

TEST_F(Model, FitsOfAProjectAreListedAndShown) {
  EXPECT_EQ(run({"regulars", "model", "show", shop(), "value"}).exit_code, 1);
  ASSERT_EQ(run({"regulars", "run", shop()}).exit_code, 0);
  const Json list = json_of(run({"regulars", "model", "list", shop(), "--json"}));
  ASSERT_EQ(list["models"].size(), 2U);
  for (const Json& model : list["models"]) EXPECT_EQ(model["newest_fit"], "0001");
  const Json value = json_of(run({"regulars", "model", "show", shop(), "value", "--json"}));
  EXPECT_GE(value["parameters"].size(), 4U);
  EXPECT_FALSE(value["chosen"].get<std::string>().empty());
  EXPECT_EQ(run({"regulars", "model", "show", shop(), "churn"}).exit_code, 0);
  const Ran near = run({"regulars", "model", "show", shop(), "chrun"});
  EXPECT_NE(near.err.find("churn"), std::string::npos) << near.err;
  const Ran scores = run({"regulars", "model", "score", shop(), "value", "--format", "csv"});
  EXPECT_TRUE(scores.out.starts_with("customer_id,")) << scores.out.substr(0, 60);
  ASSERT_EQ(run({"regulars", "model", "fit", shop(), "value"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(shop() + "/models/fits/value-0002.json"));
}

TEST_F(Model, ARunScoresEverybodyAndRulesSeeTheScores) {
  const Ran without = run({"regulars", "eval", shop(), "p_alive"});
  EXPECT_NE(without.exit_code, 0);
  ASSERT_EQ(run({"regulars", "run", shop()}).exit_code, 0);
  EXPECT_TRUE(fs::exists(shop() + "/models/fits/value-0001.json"));
  const auto alive = values("p_alive");
  ASSERT_GT(alive.size(), 100U);
  for (const auto& [customer, p] : alive) {
    EXPECT_GE(p, 0) << customer;
    EXPECT_LE(p, 1) << customer;
  }
  const auto revenue = values("expected_revenue_12m");
  const auto worth = values("clv_12m");
  ASSERT_EQ(worth.size(), revenue.size());
  for (const auto& [customer, value] : worth) {
    EXPECT_NEAR(value, 0.4 * revenue.at(customer), 1e-5) << customer;
  }
  EXPECT_EQ(alive.size(), values("expected_orders_12m").size());
  EXPECT_FALSE(values("percentile(clv_12m)").empty());
  EXPECT_FALSE(values("churn_probability").empty());
  // Scores are facts with a date: the past has none of them.
  EXPECT_TRUE(values("p_alive at 30 days ago").empty());
}

TEST_F(Model, AFitIsKeptUntilItIsOld) {
  ASSERT_EQ(run({"regulars", "run", shop(), "--as-of", "2025-04-30"}).exit_code, 0);
  ASSERT_EQ(run({"regulars", "run", shop(), "--as-of", "2025-05-15"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(shop() + "/models/fits/value-0002.json"));
  ASSERT_EQ(run({"regulars", "run", shop(), "--as-of", "2025-06-30"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(shop() + "/models/fits/value-0001.json"));
  EXPECT_TRUE(fs::exists(shop() + "/models/fits/value-0002.json"));
  const Ran then = run({"regulars", "eval", shop(), "p_alive", "--as-of", "2025-05-20"});
  const Ran now = run({"regulars", "eval", shop(), "p_alive"});
  EXPECT_NE(then.out, now.out);
}

TEST_F(Model, AChangedDeclarationIsFittedAnew) {
  ASSERT_EQ(run({"regulars", "run", shop()}).exit_code, 0);
  const auto before = values("churn_probability");
  std::ofstream(shop() + "/models/customers.yaml")
      << "value: {kind: value, margin: 40 %}\nchurn: {kind: churn, horizon: 30 days}\n";
  ASSERT_EQ(run({"regulars", "run", shop()}).exit_code, 0);
  EXPECT_TRUE(fs::exists(shop() + "/models/fits/churn-0002.json"));
  EXPECT_FALSE(fs::exists(shop() + "/models/fits/value-0002.json"));
  EXPECT_NE(values("churn_probability"), before);
}

TEST_F(Model, WhatIsWrongWithADeclarationIsSaidWithItsPlace) {
  std::ofstream(shop() + "/models/customers.yaml") << "value:\n  kind: valeu\n  margn: 3\n";
  const Ran ran = run({"regulars", "run", shop()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("models/customers.yaml:2"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace regulars::cli_tests
