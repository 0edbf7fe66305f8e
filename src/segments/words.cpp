#include "segments/words.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "segments/features.h"
#include "segments/value.h"

namespace regulars::segments {
namespace {

using evaluate::ExpressionPtr;
using evaluate::integer;
using evaluate::make;
using evaluate::Op;

constexpr int kScores = 5;

ExpressionPtr choose(ExpressionPtr condition, ExpressionPtr yes, ExpressionPtr no) {
  return make(Op::kIfElse, {std::move(condition), std::move(yes), std::move(no)});
}

// The literal a cut is: whole units where it is one, as nearly all cuts are.
ExpressionPtr cut_literal(double cut, int scale) {
  const double units = cut * static_cast<double>(power_of_ten(scale));
  const bool whole = std::abs(units) < 9e15 && std::abs(units - std::round(units)) < 1e-6;
  if (!whole) return evaluate::real(cut);
  if (scale == 0) return integer(std::llround(units));
  return evaluate::decimal({std::llround(units), scale});
}

// A value with the lower bounds of scores 2..5; for recency the scores run the other way.
class ScoredValue {
 public:
  ScoredValue(ExpressionPtr value, const std::array<double, 4>& cuts, int scale, bool reversed)
      : value_(std::move(value)), cuts_(cuts), scale_(scale), reversed_(reversed) {}

  // Adds to `all` what makes the score lie in low..high.
  void require(std::array<int, 2> range, std::vector<ExpressionPtr>& all) const {
    const int low = reversed_ ? kScores + 1 - range[1] : range[0];
    const int high = reversed_ ? kScores + 1 - range[0] : range[1];
    if (low > 1) all.push_back(make(Op::kGreaterEqual, {value_, bound(low)}));
    if (high < kScores) all.push_back(make(Op::kLess, {value_, bound(high + 1)}));
  }

 private:
  ExpressionPtr bound(int score) const {
    return cut_literal(cuts_[static_cast<size_t>(score - 2)], scale_);
  }

  ExpressionPtr value_;
  const std::array<double, 4>& cuts_;
  int scale_;
  bool reversed_;
};

evaluate::Window window_of(int months) {
  return months == 0 ? evaluate::lifetime() : evaluate::months(months);
}

ExpressionPtr any(std::vector<ExpressionPtr> rules) {
  return rules.size() == 1 ? rules.front() : make(Op::kOr, std::move(rules));
}

ExpressionPtr rfm_tree(const PurchaseFeatures& features, const RfmDefinition& definition,
                       const RfmCuts& cuts, int window_months) {
  const evaluate::Window window = window_of(window_months);
  const ExpressionPtr orders = features.orders(window);
  const ExpressionPtr last =
      features.of_purchases(evaluate::AggregateKind::kMax, evaluate::day_value());
  ExpressionPtr money = features.net_in(window);
  if (definition.monetary_average) money = make(Op::kDivide, {money, orders});
  const ScoredValue r(make(Op::kSubtract, {evaluate::as_of_day(), last}), cuts.recency_days, 0,
                      true);
  const ScoredValue f(orders, cuts.orders, 0, false);
  const ScoredValue m(money, cuts.net, features.scale(), false);
  ExpressionPtr tree = definition.match == MatchMode::kFirst ? evaluate::text(definition.else_class)
                                                             : evaluate::unknown();
  for (auto rule = definition.classes.rbegin(); rule != definition.classes.rend(); ++rule) {
    std::vector<ExpressionPtr> boxes;
    for (const RfmBox& box : rule->rules) {
      std::vector<ExpressionPtr> all;
      r.require(box.r, all);
      f.require(box.f, all);
      m.require(box.m, all);
      boxes.push_back(all.empty() ? evaluate::boolean(true) : make(Op::kAnd, std::move(all)));
    }
    if (!boxes.empty()) tree = choose(any(std::move(boxes)), evaluate::text(rule->name), tree);
  }
  return choose(make(Op::kGreater, {orders, integer(0)}), tree, evaluate::unknown());
}

// The least net revenue that still makes a tier; nothing when nobody is in it.
ExpressionPtr tier_tree(const PurchaseFeatures& features, const CustomerFacts& facts,
                        int window_months) {
  const Segmentation tiers = value_tiers(facts);
  const ExpressionPtr net = features.net_in(window_of(window_months));
  ExpressionPtr tree = evaluate::text("C");
  for (const int16_t tier : {int16_t{1}, int16_t{0}}) {
    int64_t least = std::numeric_limits<int64_t>::max();
    for (size_t c = 0; c < facts.size(); ++c) {
      if (tiers.class_of[c] == tier) least = std::min(least, facts.window_net[c]);
    }
    if (least == std::numeric_limits<int64_t>::max()) continue;
    const ExpressionPtr bound = evaluate::decimal({least, facts.scale});
    tree = choose(make(Op::kGreaterEqual, {net, bound}),
                  evaluate::text(tiers.classes[static_cast<size_t>(tier)]), tree);
  }
  const ExpressionPtr ever = features.orders(evaluate::lifetime());
  return choose(make(Op::kGreater, {ever, integer(0)}), tree, evaluate::unknown());
}

Day first_day_of(const CustomerFacts& facts) {
  int64_t first = facts.as_of_day.number;
  for (const int64_t day : facts.first_day) {
    if (day != kUnknown) first = std::min(first, day);
  }
  return Day{static_cast<int32_t>(first)};
}

}  // namespace

const std::map<std::string, std::vector<std::string>>& segmentation_classes() {
  static const std::map<std::string, std::vector<std::string>> classes = [] {
    std::map<std::string, std::vector<std::string>> all;
    all["life_cycle"] = life_cycle_classes();
    for (const RfmClassRule& rule : default_rfm().classes) all["rfm_class"].push_back(rule.name);
    all["value_tier"] = {"A", "B", "C"};
    return all;
  }();
  return classes;
}

ExpressionPtr segmentation_word(const std::string& name) {
  auto word = std::make_shared<evaluate::Expression>();
  word->op = Op::kSnapshotText;
  word->name = name;
  return word;
}

Result<SegmentationWords> segmentation_words(const History& history, const Zone& zone,
                                             Instant cut_off, const WordSettings& settings,
                                             size_t threads) {
  const auto facts_of = [&](const std::string& activity) {
    const FactsWindow window{settings.rfm_window_months, activity};
    return customer_facts(history, zone, std::span(&cut_off, 1), window, threads);
  };
  REGULARS_ASSIGN(std::vector<CustomerFacts> found, facts_of("purchase"));
  const CustomerFacts facts = std::move(found.front());
  CustomerFacts activity = facts;
  if (settings.activity != "purchase") {
    REGULARS_ASSIGN(std::vector<CustomerFacts> other, facts_of(settings.activity));
    activity = std::move(other.front());
  }
  SegmentationWords words;
  words.rhythm = shop_rhythm(activity, first_day_of(activity), settings.kind_of_shop);
  const PurchaseFeatures signs(history, settings.activity);
  words.trees["life_cycle"] = life_cycle_tree(signs, words.rhythm);
  REGULARS_ASSIGN(const Rfm rfm, score_rfm(facts, settings.rfm, false));
  words.cuts = rfm.cuts;
  const PurchaseFeatures purchases(history);
  words.trees["rfm_class"] =
      rfm_tree(purchases, settings.rfm, rfm.cuts, settings.rfm_window_months);
  words.trees["value_tier"] = tier_tree(purchases, facts, settings.rfm_window_months);
  return words;
}

}  // namespace regulars::segments
