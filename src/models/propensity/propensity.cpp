#include "models/propensity/propensity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "models/propensity/learner.h"
#include "models/propensity/split.h"

namespace regulars::models {
namespace {

constexpr size_t kLeastOfClass = 10;
constexpr size_t kRowsForWeights = 2000;

Error too_little(const TrainingTable& table) {
  const size_t positives = table.positives();
  if (table.rows() == 0) {
    return Error(ErrorCode::kBadData, "there are no rows to learn from",
                 "Nobody was eligible at any of the instants: look at the eligible rule and at "
                 "how far the data go back.");
  }
  if (positives == 0 || positives == table.rows()) {
    return Error(ErrorCode::kBadData,
                 fmt::format("the label is {} for all {} rows: there is nothing to tell apart",
                             positives == 0 ? "false" : "true", table.rows()),
                 "Look at the label, at the length of the horizon and at who is eligible.");
  }
  return Error(ErrorCode::kBadData,
               fmt::format("only {} rows of the rarer outcome: too few to learn from",
                           std::min(positives, table.rows() - positives)),
               fmt::format("At least {} are needed; more history or a shorter horizon gives more.",
                           kLeastOfClass));
}

bool varies(const FeatureColumn& column) {
  return std::any_of(column.values.begin(), column.values.end(), [&](double value) {
    const double first = column.values.front();
    return std::isnan(value) != std::isnan(first) || (!std::isnan(value) && value != first);
  });
}

Result<void> check_learnable(const TrainingTable& table, const PropensityOptions& options) {
  REGULARS_TRY(check_table(table, true));
  const size_t positives = table.positives();
  if (std::min(positives, table.rows() - positives) < kLeastOfClass) return too_little(table);
  if (std::none_of(table.features.begin(), table.features.end(), varies)) {
    return Error(ErrorCode::kBadData,
                 table.features.empty() ? "there are no features to learn from"
                                        : "no feature varies: all are unknown or always the same",
                 "Give features that differ among customers as of the instants.");
  }
  if (!options.monotone.empty() && options.monotone.size() != table.features.size()) {
    return Error(ErrorCode::kInternal, "directions are given for other features than there are");
  }
  if (options.costs && !(options.costs->value_saved > 0 && options.costs->contact > 0 &&
                         options.costs->success_rate > 0 && options.costs->success_rate <= 1)) {
    return Error(ErrorCode::kBadDefinition, "costs must be above 0, the success rate at most 1");
  }
  return {};
}

// A customer is in or out with all her rows.
std::vector<size_t> thinned(const TrainingTable& table, std::vector<size_t> order, size_t most) {
  if (order.size() <= most) return order;
  const double share = static_cast<double>(most) / static_cast<double>(order.size());
  constexpr uint64_t kParts = 1U << 20U;
  std::erase_if(order, [&](size_t row) {
    return static_cast<double>(mix(table.group[row] ^ 0x7A1E) % kParts) >=
           share * static_cast<double>(kParts);
  });
  return order;
}

std::vector<PropensityMethod> methods_of(PropensityMethod method) {
  if (method != PropensityMethod::kAuto) return {method};
  return {PropensityMethod::kLogistic, PropensityMethod::kTrees};
}

std::vector<double> losses(const std::vector<double>& probability,
                           const std::vector<uint8_t>& label) {
  std::vector<double> result;
  for (size_t i = 0; i < label.size(); ++i) {
    result.push_back(log_loss(std::span(&probability[i], 1), std::span(&label[i], 1)));
  }
  return result;
}

struct Choice {
  std::vector<MethodTried> tried;
  PropensityMethod method = PropensityMethod::kLogistic;
  std::string words;
  CalibrationChoice calibration;
};

// Method and calibration by probabilities of rows that the models did not see.
Result<Choice> choose(const TrainingTable& table, const Split& split,
                      const PropensityOptions& options) {
  const bool by_time = split.judging == Judging::kThreeTimes;
  const TrainingTable learned = table.subset(split.learn);
  const TrainingTable judged = by_time ? table.subset(split.choose) : learned;
  Choice choice;
  std::vector<double> best;
  for (const PropensityMethod method : methods_of(options.method)) {
    std::vector<double> p;
    if (by_time) {
      REGULARS_ASSIGN(const Learner learner, learn(learned, method, options));
      REGULARS_ASSIGN(p, predict(learner, judged));
    } else {
      REGULARS_ASSIGN(p, predict_left_out(learned, method, options));
    }
    choice.tried.push_back({method, log_loss(p, judged.label)});
    const bool better = best.empty() || clearly_better(losses(p, judged.label),
                                                       losses(best, judged.label), judged.group);
    if (!better) continue;
    choice.method = method;
    best = std::move(p);
  }
  choice.words = "asked for";
  if (choice.tried.size() > 1) {
    const double gain = choice.tried[0].log_loss - choice.tried[1].log_loss;
    choice.words = choice.method == PropensityMethod::kTrees
                       ? "boosted trees were clearly better than the logistic regression"
                   : gain > 0 ? "boosted trees were not clearly better than the logistic regression"
                              : "the logistic regression was at least as good as boosted trees";
  }
  choice.calibration = choose_calibration(best, judged.label, judged.group);
  return choice;
}

std::vector<double> calibrated(const Calibration& calibration, std::vector<double> p) {
  for (double& one : p) one = calibration(one);
  return p;
}

// The feature of the earlier rows that alone ranks best, and how it does on the test: what a rule
// of one condition could do.
void compare_with_one(const TrainingTable& before, const TrainingTable& test,
                      const std::vector<double>& probability, PropensityReport& report) {
  double most = 0;
  for (const FeatureColumn& column : before.features) {
    const double alone = auc_alone(column, before.label);
    if (column.is_text() || alone <= most) continue;
    most = alone;
    report.best_alone = column.name;
  }
  const FeatureColumn* column = test.find(report.best_alone);
  if (column == nullptr) return;
  const FeatureColumn* learned = before.find(report.best_alone);
  double sum_positive = 0, sum = 0, known = 0, known_positive = 0;
  for (size_t i = 0; i < before.rows(); ++i) {
    if (std::isnan(learned->values[i])) continue;
    sum += learned->values[i];
    known += 1;
    if (before.label[i] == 0) continue;
    sum_positive += learned->values[i];
    known_positive += 1;
  }
  const bool rises = known_positive > 0 && sum_positive / known_positive >= sum / known;
  std::vector<double> score;
  for (const double value : column->values) {
    const double filled = std::isnan(value) ? sum / std::max(1.0, known) : value;
    score.push_back(rises ? filled : -filled);
  }
  report.best_alone_auc = auc(score, test.label, test.group);
  report.auc_gain = auc_difference(probability, score, test.label, test.group);
}

// Every k-th row, so that at most `most` are left.
TrainingTable some_rows(const TrainingTable& table, size_t most) {
  const size_t step = (table.rows() + most - 1) / std::max<size_t>(1, most);
  std::vector<size_t> rows;
  for (size_t row = 0; row < table.rows(); row += std::max<size_t>(1, step)) rows.push_back(row);
  return table.subset(rows);
}

Result<void> weigh(const Learner& learner, const TrainingTable& test, PropensityReport& report) {
  const TrainingTable some = some_rows(test, kRowsForWeights);
  REGULARS_ASSIGN(const std::vector<double> all, contributions(learner, some));
  const size_t features = some.features.size();
  for (size_t f = 0; f < features; ++f) {
    const FeatureColumn& column = test.features[f];
    FeatureUse use{column.name, 0, auc_alone(column, test.label), 0};
    for (size_t row = 0; row < some.rows(); ++row) {
      use.weight += std::abs(all[row * features + f]) / static_cast<double>(some.rows());
    }
    const auto unknown = std::count_if(column.values.begin(), column.values.end(),
                                       [](double value) { return std::isnan(value); });
    use.known = 1 - static_cast<double>(unknown) / static_cast<double>(test.rows());
    report.features.push_back(std::move(use));
  }
  std::stable_sort(report.features.begin(), report.features.end(),
                   [](const FeatureUse& a, const FeatureUse& b) { return a.weight > b.weight; });
  return {};
}

Result<void> judge(const TrainingTable& table, const Split& split, const Choice& choice,
                   const PropensityOptions& options, PropensityReport& report) {
  const TrainingTable before = table.subset(split.before_test);
  const TrainingTable test = table.subset(split.test);
  REGULARS_ASSIGN(const Learner learner, learn(before, choice.method, options));
  REGULARS_ASSIGN(const std::vector<double> raw, predict(learner, test));
  const std::vector<double> p = calibrated(choice.calibration.calibration, raw);
  report.test = quality(p, test.label, test.group);
  report.test_uncalibrated = quality(raw, test.label, test.group);
  const double base = static_cast<double>(before.positives()) / static_cast<double>(before.rows());
  report.base_rate_log_loss = log_loss(std::vector<double>(test.rows(), base), test.label);
  if (options.costs) report.threshold = threshold(*options.costs, p, test.label);
  const auto [first, last] = std::minmax_element(test.at.begin(), test.at.end());
  report.test_from = *first;
  report.test_upto = *last;
  compare_with_one(before, test, p, report);
  return weigh(learner, test, report);
}

void describe(const TrainingTable& table, const Split& split, PropensityReport& report) {
  report.judging = split.judging;
  report.rows = table.rows();
  report.positives = table.positives();
  report.customers = std::set<uint64_t>(table.group.begin(), table.group.end()).size();
  const std::set<Instant> instants(table.at.begin(), table.at.end());
  report.instants.assign(instants.begin(), instants.end());
  report.rows_fit = split.learn.size();
  report.rows_choice = split.choose.size();
  report.leaks = leak_signs(table);
}

void note_the_fit(const Learner& learner, PropensityReport& report) {
  if (learner.method == PropensityMethod::kLogistic) {
    for (const std::string& one : learner.logistic.dropped)
      report.notes.push_back(one + ": unused");
    if (!learner.logistic.converged) {
      report.notes.emplace_back("the search for the best coefficients did not settle");
    }
  }
  if (report.judging == Judging::kTwoTimes) {
    report.notes.emplace_back(
        "the history is too short for three stretches of time: method and calibration were chosen "
        "on customers left out");
  }
  if (report.judging == Judging::kByCustomers) {
    report.notes.emplace_back(
        "the history is too short to be judged on a later time: the figures are of customers left "
        "out, and say less about the future");
  }
  if (report.test.auc.value == 1) {
    report.notes.emplace_back(
        "the outcome is told perfectly, which in real life is a sign of a leak");
  }
  for (const LeakSign& sign : report.leaks) report.notes.push_back(sign.message);
}

double typical_of(const FeatureColumn& column) {
  std::vector<double> known;
  for (const double value : column.values) {
    if (!std::isnan(value)) known.push_back(value);
  }
  if (known.empty()) return kUnknownValue;
  if (column.is_text()) {
    std::map<double, size_t> count;
    for (const double value : known) ++count[value];
    return std::max_element(count.begin(), count.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
  }
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

PropensityModel put_together(Learner learner, const TrainingTable& table, PropensityReport report) {
  PropensityModel model;
  for (const FeatureColumn& column : table.features) {
    model.features.push_back(column.name);
    model.levels.push_back(column.levels);
    model.flags.push_back(column.of_flags ? 1 : 0);
    model.typical.push_back(typical_of(column));
    model.spread.push_back(spread_of(column));
  }
  model.method = learner.method;
  model.logistic = std::move(learner.logistic);
  model.trees = std::move(learner.trees);
  model.calibration = report.calibration.calibration;
  model.report = std::move(report);
  return model;
}

}  // namespace

std::string_view name_of(PropensityMethod method) {
  if (method == PropensityMethod::kAuto) return "auto";
  return method == PropensityMethod::kTrees ? "trees" : "logistic";
}

Result<PropensityMethod> parse_propensity_method(std::string_view text) {
  for (const PropensityMethod method :
       {PropensityMethod::kAuto, PropensityMethod::kLogistic, PropensityMethod::kTrees}) {
    if (text == name_of(method)) return method;
  }
  return Error(ErrorCode::kBadDefinition, "there is no method '" + std::string(text) + "'",
               "Write auto, logistic or trees.");
}

std::string_view name_of(Judging judging) {
  if (judging == Judging::kThreeTimes) return "three stretches of time";
  return judging == Judging::kTwoTimes ? "two stretches of time" : "customers left out";
}

Result<PropensityModel> fit_propensity(TrainingTable table, const PropensityOptions& options) {
  REGULARS_TRY(check_learnable(table, options));
  PropensityReport report;
  const size_t all = table.rows();
  table = table.subset(thinned(table, canonical_order(table), options.most_rows));
  report.rows_left_out = all - table.rows();
  REGULARS_TRY(check_learnable(table, options));
  const Split split = split_rows(table, kLeastOfClass);
  describe(table, split, report);
  REGULARS_ASSIGN(Choice choice, choose(table, split, options));
  REGULARS_TRY(judge(table, split, choice, options, report));
  REGULARS_ASSIGN(Learner learner, learn(table, choice.method, options));
  report.tried = std::move(choice.tried);
  report.chosen = choice.method;
  report.choice = std::move(choice.words);
  report.calibration = std::move(choice.calibration);
  note_the_fit(learner, report);
  return put_together(std::move(learner), table, std::move(report));
}

}  // namespace regulars::models
