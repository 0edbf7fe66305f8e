#include "models/propensity/quality.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "models/propensity/calibration.h"
#include "models/propensity/log_odds.h"
#include "models/propensity/threshold.h"

namespace regulars::models {
namespace {

using Labels = std::vector<uint8_t>;
using Values = std::vector<double>;

struct Sample {
  Values score, probability;
  Labels label;
  std::vector<uint64_t> group;
};

// Probabilities that are right; scores are them.
Sample sample(Random& random, size_t customers, size_t rows_each) {
  Sample s;
  for (size_t c = 0; c < customers; ++c) {
    const double own = random.normal();
    for (size_t r = 0; r < rows_each; ++r) {
      const double p = from_log_odds(own - 0.5);
      s.probability.push_back(p);
      s.score.push_back(p);
      s.label.push_back(random.chance(p) ? 1 : 0);
      s.group.push_back(c);
    }
  }
  return s;
}

// The definition, pair by pair.
double psi(double positive, double negative) {
  return positive > negative ? 1 : positive == negative ? 0.5 : 0;
}

struct Naive {
  double area = 0, variance = 0;
};
Naive delong(const Values& score, const Labels& label) {
  Values of_positive, of_negative;
  double sum = 0;
  for (size_t i = 0; i < score.size(); ++i) {
    double own = 0, count = 0;
    for (size_t j = 0; j < score.size(); ++j) {
      if (label[j] == label[i]) continue;
      own += label[i] != 0 ? psi(score[i], score[j]) : psi(score[j], score[i]);
      ++count;
    }
    (label[i] != 0 ? of_positive : of_negative).push_back(own / count);
    if (label[i] != 0) sum += own / count;
  }
  Naive result;
  result.area = sum / static_cast<double>(of_positive.size());
  for (const Values* all : {&of_positive, &of_negative}) {
    const auto n = static_cast<double>(all->size());
    for (const double v : *all) {
      result.variance += (v - result.area) * (v - result.area) / (n - 1) / n;
    }
  }
  return result;
}

TEST(Auc, IsDeLongsByDefinitionAlsoWithTies) {
  Random random(1);
  Sample s = sample(random, 200, 1);
  for (double& one : s.score) one = std::floor(one * 8);
  const Naive naive = delong(s.score, s.label);
  for (const auto& group : {std::vector<uint64_t>(), s.group}) {
    const Estimate found = auc(s.score, s.label, group);
    EXPECT_NEAR(found.value, naive.area, 1e-12);
    EXPECT_NEAR(found.standard_error, std::sqrt(naive.variance), 1e-12);
    EXPECT_NEAR(found.high - found.low, 2 * 1.959963984540054 * found.standard_error, 1e-12);
  }
}

TEST(Auc, OneClassHasNone) {
  EXPECT_TRUE(std::isnan(auc(Values{.1, .2}, Labels{1, 1}).value));
  EXPECT_TRUE(std::isnan(auc(Values{}, Labels{}).value));
  const Estimate perfect = auc(Values{.1, .2, .8, .9}, Labels{0, 0, 1, 1});
  EXPECT_EQ(perfect.value, 1);
  EXPECT_EQ(perfect.high, 1);
  EXPECT_EQ(auc(Values{.5, .5}, Labels{0, 1}).value, 0.5);
}

// With several rows per customer the plain interval is too narrow, the clustered one is not.
TEST(Auc, TheClusteredIntervalCoversWithRepeatedCustomers) {
  Random random(2);
  // Every customer brings the same row four times: as little information as once.
  const auto four_times = [](Random& from) {
    Sample once = sample(from, 120, 1), all;
    for (size_t i = 0; i < once.score.size(); ++i) {
      for (int k = 0; k < 4; ++k) {
        all.score.push_back(once.score[i]);
        all.label.push_back(once.label[i]);
        all.group.push_back(i);
      }
    }
    return all;
  };
  Sample large = sample(random, 200'000, 1);
  const double truth = auc(large.score, large.label).value;
  int plain = 0, clustered = 0;
  constexpr int kTimes = 400;
  for (int i = 0; i < kTimes; ++i) {
    const Sample s = four_times(random);
    const Estimate a = auc(s.score, s.label), b = auc(s.score, s.label, s.group);
    plain += a.low <= truth && truth <= a.high ? 1 : 0;
    clustered += b.low <= truth && truth <= b.high ? 1 : 0;
  }
  EXPECT_LT(plain, kTimes * 80 / 100);
  EXPECT_GT(clustered, kTimes * 92 / 100);
}

TEST(Auc, TheDifferenceOfAScoreAndItselfIsNothing) {
  Random random(3);
  const Sample s = sample(random, 300, 1);
  const Estimate none = auc_difference(s.score, s.score, s.label);
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.standard_error, 0);
  Values noise = s.score;
  for (double& one : noise) one = log_odds(one) + 2 * random.normal();
  const Estimate worse = auc_difference(s.score, noise, s.label);
  EXPECT_NEAR(worse.value, auc(s.score, s.label).value - auc(noise, s.label).value, 1e-12);
  EXPECT_GT(worse.low, 0);
}

TEST(Quality, AveragePrecisionByHand) {
  // Thresholds .9 (1 of 1), .5 (2 of 3 tied rows in), .1: 1/2 * 1 + 1/2 * 2/3.
  EXPECT_NEAR(average_precision(Values{.9, .5, .5, .1}, Labels{1, 1, 0, 0}), .5 + .5 * 2 / 3.0,
              1e-15);
  EXPECT_TRUE(std::isnan(average_precision(Values{.9}, Labels{0})));
}

TEST(Quality, LogLossIsFiniteAtTheEnds) {
  EXPECT_NEAR(log_loss(Values{1.0, 0.0}, Labels{1, 0}), 0, 1e-14);
  EXPECT_NEAR(log_loss(Values{0.0}, Labels{1}), -std::log(1e-15), 1e-9);
}

TEST(Quality, BrierIsTheSumOfItsParts) {
  Random random(4);
  const Sample s = sample(random, 2000, 1);
  const Brier b = brier(s.probability, s.label);
  EXPECT_NEAR(b.value, b.reliability - b.resolution + b.uncertainty + b.within, 1e-14);
  EXPECT_LT(b.reliability, 0.002) << "the probabilities are right";
  EXPECT_GT(b.resolution, 0.02);
  // Constants within bins: nothing is hidden.
  Values rounded = s.probability;
  for (double& one : rounded) one = std::floor(one * 10) / 10 + .05;
  EXPECT_NEAR(brier(rounded, s.label).within, 0, 1e-12);
}

TEST(Quality, DecilesHoldATenthEachAlsoWithTies) {
  Values score(1005);
  Labels label(1005);
  for (size_t i = 0; i < score.size(); ++i) {
    score[i] = static_cast<double>(i / 250);
    label[i] = i % 250 < 50 * (i / 250) ? 1 : 0;
  }
  const auto rows = lift_by_decile(score, label);
  ASSERT_EQ(rows.size(), 10);
  EXPECT_EQ(rows.front().decile, 10);
  double positives = 0;
  for (const LiftRow& row : rows) {
    EXPECT_NEAR(row.rows, 100.5, 1e-9);
    positives += row.positives;
  }
  EXPECT_NEAR(positives, std::accumulate(label.begin(), label.end(), 0.0), 1e-9);
  EXPECT_NEAR(rows.back().captured, 1, 1e-12);
  EXPECT_GT(rows.front().lift, rows.back().lift);
  EXPECT_TRUE(lift_by_decile({}, {}).empty());
}

TEST(Quality, ReliabilityCoversTheTruth) {
  Random random(5);
  const Sample s = sample(random, 20'000, 1);
  for (const ReliabilityBin& bin : reliability(s.probability, s.label)) {
    EXPECT_GE(bin.expected, bin.from);
    EXPECT_LE(bin.expected, bin.to);
    EXPECT_NEAR(bin.observed, bin.expected, 0.06);
    EXPECT_LT(bin.low, bin.observed + 1e-12);
    EXPECT_GT(bin.high, bin.observed - 1e-12);
  }
}

TEST(Calibration, PlattUndoesAShiftAndAStretch) {
  Random random(6);
  Sample s = sample(random, 40'000, 1);
  Values wrong = s.probability;
  for (double& one : wrong) one = from_log_odds(1 + 2 * log_odds(one));
  const Calibration found = platt(wrong, s.label);
  EXPECT_NEAR(found.slope, 0.5, 0.02);
  EXPECT_NEAR(found.intercept, -0.5, 0.03);
}

TEST(Calibration, ChoosesNothingForWhatIsRightAndPlattForAStretch) {
  Random random(7);
  const Sample s = sample(random, 20'000, 1);
  EXPECT_EQ(choose_calibration(s.probability, s.label, s.group).calibration.kind,
            Calibration::Kind::kNone);
  Values wrong = s.probability;
  for (double& one : wrong) one = from_log_odds(1 + 2 * log_odds(one));
  const CalibrationChoice choice = choose_calibration(wrong, s.label, s.group);
  EXPECT_EQ(choice.calibration.kind, Calibration::Kind::kPlatt);
  EXPECT_LT(choice.loss_platt, choice.loss_none);
}

TEST(Calibration, IsotonicForWhatNoStretchUndoes) {
  Random random(8);
  const Sample s = sample(random, 40'000, 1);
  Values wrong = s.probability;
  for (double& one : wrong) one = one < .4 ? .3 + one / 10 : .7 + one / 10;  // a step
  const CalibrationChoice choice = choose_calibration(wrong, s.label, s.group);
  EXPECT_EQ(choice.calibration.kind, Calibration::Kind::kIsotonic);
  Values right = wrong;
  for (double& one : right) one = choice.calibration(one);
  EXPECT_LT(calibration_error(right, s.label), .02);
  EXPECT_GT(calibration_error(wrong, s.label), .05);
  for (double p = 0; p < 1; p += .01) {
    EXPECT_LE(choice.calibration(p), choice.calibration(p + .01));
    EXPECT_GT(choice.calibration(p), 0);
    EXPECT_LT(choice.calibration(p), 1);
  }
}

TEST(Calibration, SeparatedClassesStayFinite) {
  const Calibration found = platt(Values{.1, .2, .8, .9}, Labels{0, 0, 1, 1});
  EXPECT_TRUE(std::isfinite(found.slope));
  EXPECT_GT(found(.9), .9);
  const Calibration turned = platt(Values{.1, .2, .8, .9}, Labels{1, 1, 0, 0});
  EXPECT_EQ(turned.slope, 0) << "a ranking is never turned round";
}

TEST(Threshold, ContactsWhereItPays) {
  // A contact costs 10, saves 100 in half of the cases: from 20 % on.
  const Costs costs{.value_saved = 100, .contact = 10, .success_rate = .5};
  const Threshold t = threshold(costs, Values{.9, .5, .3, .1}, Labels{1, 0, 1, 0});
  EXPECT_NEAR(t.probability, .2, 1e-15);
  EXPECT_EQ(t.contacted, 3);
  EXPECT_NEAR(t.gain, 2 * 50 - 3 * 10, 1e-12);
  EXPECT_NEAR(t.gain_everybody, 2 * 50 - 4 * 10, 1e-12);
  EXPECT_NEAR(t.best_gain, 70, 1e-12);
  EXPECT_NEAR(t.precision, 2 / 3.0, 1e-15);
  EXPECT_NEAR(t.recall, 1, 1e-15);
  const Threshold never = threshold({5, 10, 1}, Values{.9}, Labels{1});
  EXPECT_EQ(never.probability, 1);
  EXPECT_EQ(never.contacted, 0);
  EXPECT_EQ(never.gain, 0);
  EXPECT_TRUE(std::isnan(never.precision));
}

}  // namespace
}  // namespace regulars::models
