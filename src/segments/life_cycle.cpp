#include "segments/life_cycle.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "segments/features.h"
#include "segments/ladder.h"
#include "segments/quantile.h"

namespace regulars::segments {
namespace {

using evaluate::ExpressionPtr;
using evaluate::integer;
using evaluate::make;
using evaluate::Op;

constexpr int64_t kFewestRepeatBuyers = 200;
constexpr int64_t kNewAtLeastDays = 7;
constexpr int64_t kLostAfterDays = 730;

// Days are whole, so comparing with a fractional quantile is comparing with its floor.
int64_t whole_days(double quantile_days) { return static_cast<int64_t>(std::floor(quantile_days)); }

int64_t new_days(const ShopRhythm& rhythm) {
  return std::max(whole_days(rhythm.q50), kNewAtLeastDays);
}

ExpressionPtr at_most(ExpressionPtr left, ExpressionPtr right) {
  return make(Op::kLessEqual, {std::move(left), std::move(right)});
}

// The rules of practice E4 as one expression over n, first, last and the last return from a lapse.
// Gaps compare as whole numbers: s <= k g is s (n + 1) <= k (2 G + last - first).
class Rules {
 public:
  Rules(const PurchaseFeatures& features, const ShopRhythm& rhythm) : rhythm_(rhythm) {
    using evaluate::AggregateKind;
    n_ = features.of_purchases(AggregateKind::kDistinct, evaluate::day_value());
    first_ = features.of_purchases(AggregateKind::kMin, evaluate::day_value());
    last_ = features.of_purchases(AggregateKind::kMax, evaluate::day_value());
    returned_ = features.last_return({.twice_shop_gap_days = rhythm.twice_usual_gap,
                                      .twice_factor = 6,
                                      .first_gap_limit_days = whole_days(rhythm.q80)});
    silent_ = make(Op::kSubtract, {evaluate::as_of_day(), last_});
  }

  ExpressionPtr class_code() const {
    ExpressionPtr code = choose(lapsed(), kLapsed, integer(kLost));
    code = choose(slipping(), kSlipping, code);
    code = choose(at_most_gaps_or(3, rhythm_.floor_active), kActive, code);
    code = make(Op::kIfElse, {equals_one(), one_time_class(), code});
    code = choose(won_back(), kWonBack, code);
    code = choose(is_new(), kNew, code);
    return choose(make(Op::kEqual, {n_, integer(0)}), kProspect, code);
  }

 private:
  static ExpressionPtr choose(ExpressionPtr condition, LifeCycleClass yes, ExpressionPtr no) {
    return make(Op::kIfElse, {std::move(condition), integer(yes), std::move(no)});
  }
  ExpressionPtr equals_one() const { return make(Op::kEqual, {n_, integer(1)}); }

  // Silence within half_gaps / 2 of the customer's own usual gap.
  ExpressionPtr within_gaps(int64_t half_gaps) const {
    const ExpressionPtr own =
        make(Op::kAdd, {integer(rhythm_.twice_usual_gap), make(Op::kSubtract, {last_, first_})});
    const ExpressionPtr silence = make(Op::kMultiply, {silent_, make(Op::kAdd, {n_, integer(1)})});
    return at_most(make(Op::kMultiply, {integer(2), silence}),
                   make(Op::kMultiply, {integer(half_gaps), own}));
  }
  ExpressionPtr at_most_gaps_or(int64_t half_gaps, int64_t floor_days) const {
    return make(Op::kOr, {within_gaps(half_gaps), at_most(silent_, integer(floor_days))});
  }
  ExpressionPtr is_new() const {
    return at_most(make(Op::kSubtract, {evaluate::as_of_day(), first_}),
                   integer(new_days(rhythm_)));
  }
  ExpressionPtr won_back() const {
    const ExpressionPtr recent = at_most(make(Op::kSubtract, {evaluate::as_of_day(), returned_}),
                                         integer(new_days(rhythm_)));
    return make(Op::kAnd, {recent, within_gaps(3)});
  }
  ExpressionPtr one_time_class() const {
    const ExpressionPtr late =
        choose(at_most(silent_, integer(whole_days(rhythm_.q95))), kLapsed, integer(kLost));
    return choose(at_most(silent_, integer(whole_days(rhythm_.q80))), kSlipping, late);
  }
  ExpressionPtr slipping() const { return at_most_gaps_or(6, rhythm_.floor_slipping); }
  ExpressionPtr lapsed() const {
    return make(Op::kAnd, {at_most_gaps_or(12, rhythm_.floor_lapsed),
                           at_most(silent_, integer(kLostAfterDays))});
  }

  const ShopRhythm& rhythm_;
  ExpressionPtr n_, first_, last_, returned_, silent_;
};

void use_vertical(ShopRhythm& rhythm, const Vertical& vertical) {
  rhythm.own = false;
  rhythm.vertical = vertical.name;
  rhythm.twice_usual_gap = std::llround(2 * vertical.usual_gap_days);
  rhythm.q50 = static_cast<double>(vertical.q50);
  rhythm.q80 = static_cast<double>(vertical.q80);
  rhythm.q95 = static_cast<double>(vertical.q95);
  rhythm.floor_active = vertical.floor_active;
  rhythm.floor_slipping = vertical.floor_slipping;
  rhythm.floor_lapsed = vertical.floor_lapsed;
}

const Vertical& vertical_named(const std::string& name) {
  const auto& all = verticals();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Vertical& v) { return v.name == name; });
  return found == all.end() ? all.front() : *found;
}

}  // namespace

const std::vector<Vertical>& verticals() {
  static const std::vector<Vertical> table = {
      // name, G, q50, q80, q95, floors
      {"general", 60, 60, 150, 300, 14, 30, 90},    {"grocery", 7, 28, 75, 180, 14, 28, 91},
      {"coffee", 4, 10, 30, 90, 14, 30, 90},        {"fashion", 100, 90, 240, 540, 60, 180, 365},
      {"wholesale", 35, 45, 150, 270, 30, 90, 180},
  };
  return table;
}

ShopRhythm shop_rhythm(const CustomerFacts& facts, Day history_begin, const std::string& vertical) {
  ShopRhythm rhythm;
  std::vector<double> gaps;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (facts.purchase_days[c] >= 2) gaps.push_back(facts.median_gap_days[c]);
  }
  rhythm.repeat_buyers = static_cast<int64_t>(gaps.size());
  const Ladder steps = ladder(facts, history_begin);
  if (rhythm.repeat_buyers < kFewestRepeatBuyers || steps.q95 < 0) {
    use_vertical(rhythm, vertical_named(vertical));
    return rhythm;
  }
  std::sort(gaps.begin(), gaps.end());
  rhythm.twice_usual_gap = std::max<int64_t>(1, std::llround(2 * quantile(gaps, 0.5)));
  rhythm.q50 = steps.q50;
  rhythm.q80 = steps.q80;
  rhythm.q95 = steps.q95;
  if (!vertical.empty()) {
    const Vertical& kind = vertical_named(vertical);
    rhythm.vertical = kind.name;
    rhythm.floor_active = kind.floor_active;
    rhythm.floor_slipping = kind.floor_slipping;
    rhythm.floor_lapsed = kind.floor_lapsed;
  }
  return rhythm;
}

const std::vector<std::string>& life_cycle_classes() {
  static const std::vector<std::string> names = {"prospect", "new",    "active", "won back",
                                                 "slipping", "lapsed", "lost"};
  return names;
}

ExpressionPtr life_cycle_tree(const PurchaseFeatures& features, const ShopRhythm& rhythm) {
  const ExpressionPtr code = Rules(features, rhythm).class_code();
  ExpressionPtr tree = evaluate::unknown();
  for (size_t k = life_cycle_classes().size(); k-- > 0;) {
    tree = make(Op::kIfElse, {make(Op::kEqual, {code, integer(static_cast<int64_t>(k))}),
                              evaluate::text(life_cycle_classes()[k]), tree});
  }
  return tree;
}

Result<LifeCycle> life_cycle(const History& history, const Zone& zone, const CustomerFacts& facts,
                             const ShopRhythm& rhythm, size_t threads) {
  const PurchaseFeatures features(history);
  REGULARS_ASSIGN(
      const evaluate::Plan plan,
      evaluate::Plan::compile(evaluate::schema_of(history),
                              {{"life_cycle", Rules(features, rhythm).class_code()}}, zone));
  REGULARS_ASSIGN(const std::vector<evaluate::Answers> answers,
                  plan.run(history, std::span(&facts.as_of, 1), {.threads = threads, .given = {}}));
  const evaluate::AnswerColumn& code = answers.front().columns.front();

  LifeCycle cycle;
  cycle.rhythm = rhythm;
  cycle.segmentation.name = "life_cycle";
  cycle.segmentation.classes = life_cycle_classes();
  cycle.segmentation.class_of.assign(facts.size(), kNoClass);
  cycle.usual_gap.assign(facts.size(), std::numeric_limits<double>::quiet_NaN());
  cycle.silent_days.assign(facts.size(), kUnknown);
  const std::vector<Instant>& known_from = history.customer_table().known_from;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!known_from.empty() && known_from[c] > facts.as_of) continue;
    cycle.segmentation.class_of[c] = static_cast<int16_t>(code.number_or(c, kProspect));
    if (!facts.is_customer(c)) continue;
    cycle.silent_days[c] = facts.silent_days(c);
    const auto own = rhythm.twice_usual_gap + facts.last_day[c] - facts.first_day[c];
    cycle.usual_gap[c] = static_cast<double>(own) / static_cast<double>(facts.purchase_days[c] + 1);
  }
  return cycle;
}

std::vector<LateCustomer> late_customers(const LifeCycle& cycle, const CustomerFacts& facts) {
  std::vector<LateCustomer> late;
  for (uint32_t c = 0; c < facts.size(); ++c) {
    const int16_t at = cycle.segmentation.class_of[c];
    if (facts.purchase_days[c] < 2 || (at != kSlipping && at != kLapsed)) continue;
    const auto silent = static_cast<double>(cycle.silent_days[c]);
    late.push_back({c, facts.orders[c], cycle.usual_gap[c], cycle.silent_days[c],
                    silent / cycle.usual_gap[c], facts.net[c], facts.year_net[c]});
  }
  std::stable_sort(late.begin(), late.end(),
                   [](const LateCustomer& a, const LateCustomer& b) { return a.net > b.net; });
  return late;
}

}  // namespace regulars::segments
