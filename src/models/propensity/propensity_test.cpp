#include "models/propensity/propensity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "models/propensity/log_odds.h"
#include "models/propensity/split.h"

namespace regulars::models {
namespace {

// Customers at monthly instants; the outcome of the 90 days after depends on recency and channel,
// spend rises with a trend that says nothing.
TrainingTable shop(uint64_t seed, size_t customers, int months) {
  Random random(seed);
  TrainingTable table;
  table.features = {{"recency", {}, {}, false},
                    {"spend", {}, {}, false},
                    {"channel", {}, {"store", "web"}, false},
                    {"rating", {}, {}, false}};
  for (int m = 0; m < months; ++m) {
    for (size_t c = 0; c < customers; ++c) {
      const double recency = random.exponential(1 / 60.0), web = random.chance(.4) ? 1 : 0;
      const double p = from_log_odds(-1 + recency / 60 + web);
      table.features[0].values.push_back(std::floor(recency));
      table.features[1].values.push_back(std::floor(random.gamma(2, .01)) + m);
      table.features[2].values.push_back(web);
      table.features[3].values.push_back(
          random.chance(.5) ? kUnknownValue : 1 + static_cast<double>(random.below(5)));
      table.label.push_back(random.chance(p) ? 1 : 0);
      table.group.push_back(stable_hash(std::to_string(c)));
      table.at.push_back(Instant{} + days(30 * m));
      table.label_end.push_back(table.at.back() + days(90));
    }
  }
  return table;
}

PropensityOptions with(PropensityMethod method) {
  PropensityOptions options;
  options.method = method;
  options.trees.rounds = 30;
  return options;
}

TEST(Split, NoLabelIsSettledInALaterStretch) {
  const TrainingTable table = shop(1, 40, 20);
  const Split split = split_rows(table, 10);
  EXPECT_EQ(split.judging, Judging::kThreeTimes);
  const auto latest = [&](const std::vector<size_t>& rows) {
    Instant end{};
    for (const size_t row : rows) end = std::max(end, table.label_end[row]);
    return end;
  };
  const auto earliest = [&](const std::vector<size_t>& rows) {
    Instant at{INT64_MAX};
    for (const size_t row : rows) at = std::min(at, table.at[row]);
    return at;
  };
  EXPECT_LE(latest(split.learn), earliest(split.choose));
  EXPECT_LE(latest(split.choose), earliest(split.test));
  EXPECT_LE(latest(split.before_test), earliest(split.test));
  EXPECT_EQ(split.test.size(), 40 * 5);
}

TEST(Split, ShortHistoriesAreCutIntoFewerStretches) {
  EXPECT_EQ(split_rows(shop(1, 60, 6), 10).judging, Judging::kTwoTimes);
  EXPECT_EQ(split_rows(shop(1, 60, 3), 10).judging, Judging::kByCustomers);
  const TrainingTable one = shop(1, 200, 1);
  const Split split = split_rows(one, 10);
  EXPECT_EQ(split.judging, Judging::kByCustomers);
  EXPECT_EQ(split.learn.size() + split.test.size(), 200);
  EXPECT_GT(split.test.size(), 20);
}

TEST(Propensity, FindsWhatDecidesAndIsCalibratedLater) {
  for (const PropensityMethod method : {PropensityMethod::kAuto, PropensityMethod::kTrees}) {
    const auto model = fit_propensity(shop(2, 400, 16), with(method));
    ASSERT_TRUE(model.ok()) << model.error().to_string();
    const PropensityReport& r = model->report;
    EXPECT_EQ(r.judging, Judging::kThreeTimes);
    EXPECT_EQ(r.features.front().name, "recency");
    EXPECT_EQ(r.best_alone, "recency");
    EXPECT_GT(r.auc_gain.low, 0) << "the channel adds to recency";
    EXPECT_LT(r.test.calibration_error, .05);
    EXPECT_LT(r.test.log_loss, r.base_rate_log_loss);
    EXPECT_NEAR(r.test.mean_probability, r.test.base_rate, .05);
    EXPECT_TRUE(r.leaks.empty());
  }
}

TEST(Propensity, TheSimplerMethodIsTakenWhereTheTruthIsSimple) {
  const auto model = fit_propensity(shop(3, 300, 16), with(PropensityMethod::kAuto));
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->method, PropensityMethod::kLogistic) << model->report.choice;
}

TEST(Propensity, TreesAreTakenWhereTheyAreClearlyBetter) {
  TrainingTable table = shop(4, 400, 16);
  Random random(4);
  for (size_t i = 0; i < table.rows(); ++i) {  // only the middle of the spend leaves
    const double spend = table.features[1].values[i];
    table.label[i] = random.chance(spend > 100 && spend < 250 ? .8 : .1) ? 1 : 0;
  }
  const auto model = fit_propensity(table, with(PropensityMethod::kAuto));
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->method, PropensityMethod::kTrees) << model->report.choice;
}

TEST(Propensity, TheOrderOfRowsDoesNotMatter) {
  const TrainingTable table = shop(5, 150, 12);
  std::vector<size_t> order(table.rows());
  std::iota(order.begin(), order.end(), size_t{0});
  Random random(9);
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
  }
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    const auto a = fit_propensity(table, with(method));
    const auto b = fit_propensity(table.subset(order), with(method));
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(to_json(*a), to_json(*b));
  }
}

TEST(Propensity, TheScaleOfACurrencyDoesNotMatter) {
  const TrainingTable euros = shop(6, 200, 12);
  TrainingTable cents = euros;
  for (double& spend : cents.features[1].values) spend *= 100;
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    const auto a = fit_propensity(euros, with(method)), b = fit_propensity(cents, with(method));
    ASSERT_TRUE(a.ok() && b.ok());
    const auto p = score(*a, euros, {}), q = score(*b, cents, {});
    ASSERT_TRUE(p.ok() && q.ok());
    for (size_t i = 0; i < euros.rows(); ++i) {
      EXPECT_NEAR(p->probability[i], q->probability[i], 1e-6);
    }
  }
}

TEST(Propensity, GoesThroughJsonToTheLastBit) {
  const TrainingTable table = shop(7, 150, 12);
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    PropensityOptions options = with(method);
    options.costs = Costs{100, 10, .5};
    const auto model = fit_propensity(table, options);
    ASSERT_TRUE(model.ok());
    const std::string text = to_json(*model);
    const auto again = propensity_from_json(text);
    ASSERT_TRUE(again.ok()) << again.error().to_string();
    EXPECT_EQ(to_json(*again), text);
    const ScoreOptions all{.reasons = 3, .reasons_for = {}};
    const auto a = score(*model, table, all), b = score(*again, table, all);
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(a->probability, b->probability);
    EXPECT_EQ(a->reasons[7][0].words, b->reasons[7][0].words);
  }
  for (const char* bad : {"", "{}", "[]", R"({"format":"regulars.propensity/9"})"}) {
    EXPECT_FALSE(propensity_from_json(bad).ok());
  }
}

TEST(Propensity, AnArtifactThatWasTamperedWithIsRefused) {
  const auto model = fit_propensity(shop(7, 100, 12), with(PropensityMethod::kLogistic));
  ASSERT_TRUE(model.ok());
  std::string text = to_json(*model);
  const size_t at = text.find("\"feature\": 0");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 12, "\"feature\": 9");
  EXPECT_FALSE(propensity_from_json(text).ok());
}

TEST(Propensity, DirectionsAskedForAreKept) {
  TrainingTable table = shop(8, 200, 12);
  PropensityOptions options = with(PropensityMethod::kLogistic);
  options.monotone = {-1, 1, 0, 0};  // against what the data say of recency
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    options.method = method;
    const auto model = fit_propensity(table, options);
    ASSERT_TRUE(model.ok()) << model.error().to_string();
    TrainingTable moved = table;
    for (double& recency : moved.features[0].values) recency += 50;
    for (double& spend : moved.features[1].values) spend += 80;
    TrainingTable spend_only = table;
    spend_only.features[1] = moved.features[1];
    TrainingTable recency_only = table;
    recency_only.features[0] = moved.features[0];
    const auto p = score(*model, table, {}), r = score(*model, recency_only, {}),
               s = score(*model, spend_only, {});
    ASSERT_TRUE(p.ok() && r.ok() && s.ok());
    for (size_t i = 0; i < table.rows(); ++i) {
      EXPECT_LE(r->probability[i], p->probability[i] + 1e-12);
      EXPECT_GE(s->probability[i], p->probability[i] - 1e-12);
    }
  }
}

TEST(Propensity, ReasonsNameTheFeatureItsValueAndTheDirection) {
  const TrainingTable table = shop(9, 300, 12);
  const auto model = fit_propensity(table, with(PropensityMethod::kLogistic));
  ASSERT_TRUE(model.ok());
  const auto longest =
      std::max_element(table.features[0].values.begin(), table.features[0].values.end());
  const auto row = static_cast<size_t>(longest - table.features[0].values.begin());
  const auto scores = score(*model, table, {.reasons = 1, .reasons_for = {row}});
  ASSERT_TRUE(scores.ok());
  ASSERT_EQ(scores->reasons[row].size(), 1);
  EXPECT_TRUE(scores->reasons[row == 0 ? 1 : 0].empty());
  const Reason& reason = scores->reasons[row][0];
  EXPECT_EQ(reason.feature, "recency");
  EXPECT_EQ(reason.value, std::to_string(static_cast<int>(*longest)));
  EXPECT_GT(reason.contribution, 0);
  EXPECT_NE(reason.words.find("recency is " + reason.value + " (usually "), std::string::npos);
  EXPECT_NE(reason.words.find("raises it"), std::string::npos);
}

TEST(Propensity, CustomersAreThinnedWhole) {
  const TrainingTable table = shop(10, 400, 12);
  PropensityOptions options = with(PropensityMethod::kLogistic);
  options.most_rows = 2400;
  const auto model = fit_propensity(table, options);
  ASSERT_TRUE(model.ok());
  EXPECT_NEAR(static_cast<double>(model->report.rows), 2400, 500);
  EXPECT_EQ(model->report.rows, 12 * model->report.customers);
  EXPECT_EQ(model->report.rows + model->report.rows_left_out, table.rows());
}

// ---- leaks ----

TEST(PropensityLeak, AFeatureThatKnowsTheOutcomeIsNamed) {
  TrainingTable table = shop(11, 200, 12);
  FeatureColumn leak{"refund_after_leaving", {}, {}, false};
  for (const uint8_t label : table.label) leak.values.push_back(label != 0 ? 5 : 0);
  table.features.push_back(leak);
  const auto model = fit_propensity(table, with(PropensityMethod::kLogistic));
  ASSERT_TRUE(model.ok());
  ASSERT_EQ(model->report.leaks.size(), 1);
  EXPECT_EQ(model->report.leaks[0].feature, "refund_after_leaving");
  EXPECT_EQ(model->report.leaks[0].kind, LeakSign::Kind::kTooGood);
}

TEST(PropensityLeak, AFeatureKnownOnlyForThoseWhoLeftIsNamed) {
  TrainingTable table = shop(12, 200, 12);
  FeatureColumn leak{"reason_for_leaving", {}, {"moved", "price"}, false};
  Random random(12);
  for (const uint8_t label : table.label) {
    const bool asked = label != 0 && random.chance(.3);
    leak.values.push_back(asked ? static_cast<double>(random.below(2)) : kUnknownValue);
  }
  table.features.push_back(leak);
  const auto signs = leak_signs(table);
  ASSERT_EQ(signs.size(), 1);
  EXPECT_EQ(signs[0].feature, "reason_for_leaving");
  EXPECT_EQ(signs[0].kind, LeakSign::Kind::kKnownForOne);
}

// ---- input that nothing can be learned from ----

TEST(PropensityBadInput, OneClassOnly) {
  for (const uint8_t label : {uint8_t{0}, uint8_t{1}}) {
    TrainingTable table = shop(13, 50, 12);
    std::fill(table.label.begin(), table.label.end(), label);
    const auto model = fit_propensity(table, {});
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code(), ErrorCode::kBadData);
    EXPECT_NE(model.error().message().find("nothing to tell apart"), std::string::npos);
    EXPECT_FALSE(fit_logistic(table, {}).ok());
    EXPECT_FALSE(fit_trees(table, {}).ok());
  }
}

TEST(PropensityBadInput, NoRows) {
  const auto model = fit_propensity(shop(13, 0, 12), {});
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message().find("no rows"), std::string::npos);
  EXPECT_FALSE(fit_propensity({}, {}).ok());
}

TEST(PropensityBadInput, TooFewOfAClass) {
  TrainingTable table = shop(13, 50, 12);
  std::fill(table.label.begin(), table.label.end(), uint8_t{0});
  for (size_t i = 0; i < 5; ++i) table.label[100 * i] = 1;
  const auto model = fit_propensity(table, {});
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message().find("only 5 rows"), std::string::npos);
}

TEST(PropensityBadInput, NoFeatureVaries) {
  TrainingTable table = shop(13, 50, 12);
  for (FeatureColumn& column : table.features) {
    std::fill(column.values.begin(), column.values.end(), column.is_text() ? 1 : kUnknownValue);
  }
  const auto model = fit_propensity(table, {});
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message().find("no feature varies"), std::string::npos);
}

TEST(PropensityBadInput, InfiniteValues) {
  TrainingTable table = shop(13, 50, 12);
  table.features[1].values[3] = std::numeric_limits<double>::infinity();
  const auto model = fit_propensity(table, {});
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message().find("'spend'"), std::string::npos);
}

TEST(Propensity, ConstantAndUnknownFeaturesAreNamedAndHarmless) {
  TrainingTable table = shop(14, 150, 12);
  table.features.push_back({"same", std::vector<double>(table.rows(), 3), {}, false});
  table.features.push_back(
      {"never_known", std::vector<double>(table.rows(), kUnknownValue), {}, false});
  table.features.push_back({"recency_again", table.features[0].values, {}, false});
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    const auto model = fit_propensity(table, with(method));
    ASSERT_TRUE(model.ok()) << model.error().to_string();
    const auto scores = score(*model, table, {.reasons = 2, .reasons_for = {}});
    ASSERT_TRUE(scores.ok());
    for (const double p : scores->probability) EXPECT_TRUE(p >= 0 && p <= 1);
    if (method == PropensityMethod::kTrees) continue;
    EXPECT_EQ(model->logistic.dropped.size(), 3);
  }
}

TEST(Propensity, PerfectSeparationIsFinite) {
  TrainingTable table = shop(15, 150, 12);
  for (size_t i = 0; i < table.rows(); ++i) {
    table.label[i] = table.features[0].values[i] > 60 ? 1 : 0;
  }
  for (const PropensityMethod method : {PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    const auto model = fit_propensity(table, with(method));
    ASSERT_TRUE(model.ok()) << model.error().to_string();
    EXPECT_GT(model->report.test.auc.value, .999);
    EXPECT_FALSE(model->report.leaks.empty()) << "recency alone tells it all";
    const auto scores = score(*model, table, {});
    for (const double p : scores->probability) EXPECT_TRUE(std::isfinite(p));
  }
  const auto without_penalty = fit_logistic(table, {.penalty = 0, .monotone = {}});
  ASSERT_TRUE(without_penalty.ok());
  EXPECT_FALSE(without_penalty->converged);
  EXPECT_TRUE(std::isfinite(without_penalty->intercept));
}

TEST(Propensity, FeaturesNotThereWhenScoringAreNamed) {
  const TrainingTable table = shop(16, 100, 12);
  const auto model = fit_propensity(table, with(PropensityMethod::kLogistic));
  ASSERT_TRUE(model.ok());
  TrainingTable less = table;
  less.features.erase(less.features.begin());
  const auto scores = score(*model, less, {});
  ASSERT_FALSE(scores.ok());
  EXPECT_NE(scores.error().message().find("'recency'"), std::string::npos);
  TrainingTable other = table;
  other.features[2].levels = {"kiosk", "web"};  // a level never seen
  ASSERT_TRUE(score(*model, other, {}).ok());
}

// ---- logistic regression ----

TEST(Logistic, StandardErrorsCoverTheTruth) {
  int covered = 0;
  constexpr int kTimes = 300;
  for (int i = 0; i < kTimes; ++i) {
    const TrainingTable table = shop(100 + static_cast<uint64_t>(i), 400, 1);
    const auto model = fit_logistic(table, {.penalty = 1e-6, .monotone = {}});
    ASSERT_TRUE(model.ok() && model->converged);
    const DesignColumn& recency = model->columns[0];
    // The truth per standard deviation; whole days instead of exact ones hardly move it.
    const double truth = recency.deviation / 60;
    covered += std::abs(recency.coefficient - truth) < 1.96 * recency.standard_error ? 1 : 0;
  }
  EXPECT_GE(covered, kTimes * 92 / 100);
  EXPECT_LE(covered, kTimes * 98 / 100);
}

TEST(Logistic, AValueThatRanAwayMovesLittle) {
  TrainingTable table = shop(19, 500, 1);
  const auto before = fit_logistic(table, {});
  table.features[0].values[3] = 1e6;
  const auto after = fit_logistic(table, {});
  ASSERT_TRUE(before.ok() && after.ok());
  const auto p = predict(*after, table);
  EXPECT_GT(p[3], 0.0);
  EXPECT_LT(p[3], 1.0);
  table.features[0].values[3] = 1e9;
  EXPECT_EQ(predict(*after, table)[3], p[3]) << "as far as it counts it was far already";
}

TEST(Logistic, ErrorsKnowThatACustomersRowsAreNotIndependent) {
  const TrainingTable once = shop(17, 500, 1);
  std::vector<size_t> four_times;
  for (int k = 0; k < 4; ++k) {
    for (size_t i = 0; i < once.rows(); ++i) four_times.push_back(i);
  }
  const LogisticOptions options{.penalty = 1e-6, .monotone = {}};
  const auto a = fit_logistic(once, options), b = fit_logistic(once.subset(four_times), options);
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_NEAR(b->columns[0].coefficient, a->columns[0].coefficient, 1e-6);
  EXPECT_NEAR(b->columns[0].standard_error / a->columns[0].standard_error, 1, .15);
}

// ---- drift ----

TEST(Drift, StabilityIndexByHand) {
  EXPECT_NEAR(stability_index({.4, .3, .2, .1}, {.25, .25, .25, .25}), .22821740957, 1e-11);
  EXPECT_EQ(stability_index({.5, .5}, {.5, .5}), 0);
}

TEST(Drift, OneOutlierHidesNothingAndAShiftIsSeen) {
  Random random(18);
  FeatureColumn learned{"x", {}, {}, false};
  TrainingTable same, moved;
  same.features = moved.features = {learned};
  for (int i = 0; i < 10'000; ++i) {
    learned.values.push_back(random.normal());
    same.features[0].values.push_back(random.normal());
    moved.features[0].values.push_back(random.normal() + 1);
    same.group.push_back(0);
    moved.group.push_back(0);
  }
  moved.features[0].values[0] = 1000;
  const std::vector<FeatureSpread> spread = {spread_of(learned)};
  EXPECT_LT(drift(spread, same)[0].psi, .02);
  EXPECT_FALSE(drift(spread, same)[0].warn);
  EXPECT_GT(drift(spread, moved)[0].psi, .8);
  EXPECT_TRUE(drift(spread, moved)[0].warn);
}

TEST(Drift, NewLevelsAndUnknownsAreSeen) {
  const FeatureColumn learned{"channel", {0, 1, 0, 1}, {"store", "web"}, false};
  TrainingTable now;
  now.features = {{"channel", {0, 0, kUnknownValue, kUnknownValue}, {"kiosk"}, false}};
  now.group = {1, 2, 3, 4};
  const auto found = drift({spread_of(learned)}, now);
  ASSERT_EQ(found.size(), 1);
  EXPECT_TRUE(found[0].warn);
  EXPECT_TRUE(drift({spread_of(learned)}, {}).empty());
}

}  // namespace
}  // namespace regulars::models
