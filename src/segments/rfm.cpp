#include "segments/rfm.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace regulars::segments {
namespace {

constexpr int kScores = 5;
constexpr int kCodes = kScores * kScores * kScores;

int code_of(int r, int f, int m) { return (r - 1) * 25 + (f - 1) * 5 + (m - 1); }

std::string code_text(int code) {
  return std::to_string(code / 25 + 1) + std::to_string(code / 5 % 5 + 1) +
         std::to_string(code % 5 + 1);
}

bool inside(const RfmBox& box, int code) {
  const auto within = [](const std::array<int, 2>& range, int score) {
    return score >= range[0] && score <= range[1];
  };
  return within(box.r, code / 25 + 1) && within(box.f, code / 5 % 5 + 1) &&
         within(box.m, code % 5 + 1);
}

bool matches(const RfmClassRule& rule, int code) {
  return std::any_of(rule.rules.begin(), rule.rules.end(),
                     [&](const RfmBox& box) { return inside(box, code); });
}

// Class of each code: the first that fits; classes.size() for the else class.
std::array<int16_t, kCodes> class_map(const RfmDefinition& definition) {
  std::array<int16_t, kCodes> map{};
  for (int code = 0; code < kCodes; ++code) {
    const auto found = std::find_if(definition.classes.begin(), definition.classes.end(),
                                    [&](const RfmClassRule& rule) { return matches(rule, code); });
    map[static_cast<size_t>(code)] = static_cast<int16_t>(found - definition.classes.begin());
  }
  return map;
}

// What is scored, for the customers with a purchase in the window.
struct Raw {
  std::vector<uint32_t> customer;
  std::vector<int64_t> days, orders, money;
};

Raw raw_values(const CustomerFacts& facts, bool average) {
  Raw raw;
  for (uint32_t c = 0; c < facts.size(); ++c) {
    if (facts.window_orders[c] <= 0) continue;
    raw.customer.push_back(c);
    raw.days.push_back(facts.silent_days(c));
    raw.orders.push_back(facts.window_orders[c]);
    raw.money.push_back(average ? facts.window_net[c] / facts.window_orders[c]
                                : facts.window_net[c]);
  }
  return raw;
}

// first + floor(bins * share of values strictly worse), at most first + bins - 1; equal values
// score alike. `higher_is_better` false: larger values are worse (recency).
std::map<int64_t, int> quantile_scores(std::vector<int64_t> values, bool higher_is_better,
                                       int first, int bins) {
  std::sort(values.begin(), values.end());
  const auto total = static_cast<int64_t>(values.size());
  std::map<int64_t, int> scores;
  for (auto it = values.begin(); it != values.end();) {
    const auto end = std::upper_bound(it, values.end(), *it);
    const int64_t worse = higher_is_better ? it - values.begin() : values.end() - end;
    const auto bin = static_cast<int>(std::min<int64_t>(bins * worse / total, bins - 1));
    scores[*it] = first + bin;
    it = end;
  }
  return scores;
}

std::map<int64_t, int> order_scores(const std::vector<int64_t>& orders, bool one_is_once) {
  if (!one_is_once) return quantile_scores(orders, true, 1, 5);
  std::vector<int64_t> repeat;
  std::copy_if(orders.begin(), orders.end(), std::back_inserter(repeat),
               [](int64_t n) { return n >= 2; });
  std::map<int64_t, int> scores = quantile_scores(std::move(repeat), true, 2, 4);
  scores[1] = 1;
  return scores;
}

// Lower bounds that give the same scores again; scores nobody has share the next one's bound.
std::array<double, 4> bounds(const std::map<int64_t, int>& scores, double unit) {
  std::array<double, 4> result;
  for (int score = 2; score <= kScores; ++score) {
    const auto first = std::find_if(scores.begin(), scores.end(),
                                    [&](const auto& entry) { return entry.second >= score; });
    const int64_t beyond = scores.empty() ? 1 : scores.rbegin()->first + 1;
    const int64_t bound = first == scores.end() ? beyond : first->first;
    result[static_cast<size_t>(score - 2)] = static_cast<double>(bound) / unit;
  }
  return result;
}

std::array<double, 4> recency_bounds(const std::map<int64_t, int>& scores) {
  std::map<int64_t, int> reversed;
  for (const auto& [value, score] : scores) reversed[value] = kScores + 1 - score;
  return bounds(reversed, 1);
}

int fixed_score(const std::array<double, 4>& cuts, double value) {
  return 1 + static_cast<int>(
                 std::count_if(cuts.begin(), cuts.end(), [&](double cut) { return value >= cut; }));
}

struct Scores {
  std::vector<int8_t> r, f, m;  // aligned with Raw
};

Scores score_by_quantile(const Raw& raw, const RfmDefinition& definition, int scale,
                         RfmCuts& cuts) {
  const auto r = quantile_scores(raw.days, false, 1, 5);
  const auto f = order_scores(raw.orders, definition.one_is_once);
  const auto m = quantile_scores(raw.money, true, 1, 5);
  cuts = {CutKind::kQuantile, recency_bounds(r), bounds(f, 1),
          bounds(m, static_cast<double>(power_of_ten(scale)))};
  Scores scores;
  for (size_t i = 0; i < raw.customer.size(); ++i) {
    scores.r.push_back(static_cast<int8_t>(r.at(raw.days[i])));
    scores.f.push_back(static_cast<int8_t>(f.at(raw.orders[i])));
    scores.m.push_back(static_cast<int8_t>(m.at(raw.money[i])));
  }
  return scores;
}

Scores score_by_cuts(const Raw& raw, const RfmCuts& cuts, int scale) {
  const auto unit = static_cast<double>(power_of_ten(scale));
  Scores scores;
  for (size_t i = 0; i < raw.customer.size(); ++i) {
    scores.r.push_back(static_cast<int8_t>(
        kScores + 1 - fixed_score(cuts.recency_days, static_cast<double>(raw.days[i]))));
    scores.f.push_back(
        static_cast<int8_t>(fixed_score(cuts.orders, static_cast<double>(raw.orders[i]))));
    scores.m.push_back(
        static_cast<int8_t>(fixed_score(cuts.net, static_cast<double>(raw.money[i]) / unit)));
  }
  return scores;
}

std::array<ScoreRange, 5> ranges(const std::vector<int64_t>& values,
                                 const std::vector<int8_t>& scores) {
  std::array<ScoreRange, 5> result;
  for (int score = 1; score <= kScores; ++score)
    result[static_cast<size_t>(score - 1)].score = score;
  for (size_t i = 0; i < values.size(); ++i) {
    ScoreRange& range = result[static_cast<size_t>(scores[i] - 1)];
    range.low = range.customers == 0 ? values[i] : std::min(range.low, values[i]);
    range.high = range.customers == 0 ? values[i] : std::max(range.high, values[i]);
    ++range.customers;
  }
  return result;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
  return result;
}

}  // namespace

RfmDefinition default_rfm() {
  const auto box = [](std::array<int, 2> r, std::array<int, 2> f, std::array<int, 2> m = {1, 5}) {
    return RfmBox{r, f, m};
  };
  RfmDefinition definition;
  definition.classes = {
      {"Champions", {box({5, 5}, {4, 5}), box({4, 4}, {5, 5})}},
      {"Loyal", {box({4, 4}, {4, 4}), box({3, 3}, {4, 5})}},
      {"Potential loyalists", {box({4, 5}, {2, 3})}},
      {"New customers", {box({5, 5}, {1, 1})}},
      {"Promising", {box({4, 4}, {1, 1})}},
      {"Need attention", {box({3, 3}, {2, 3}), box({3, 3}, {1, 1}, {4, 5})}},
      {"About to sleep", {box({3, 3}, {1, 1}, {1, 3}), box({2, 2}, {1, 2})}},
      {"At risk", {box({1, 2}, {3, 3}), box({1, 2}, {4, 5}, {1, 4})}},
      {"Cannot lose", {box({1, 2}, {4, 5}, {5, 5})}},
      {"Hibernating", {box({1, 1}, {1, 2})}},
  };
  return definition;
}

RfmMapCheck check_map(const RfmDefinition& definition) {
  RfmMapCheck check;
  std::vector<int> reachable(definition.classes.size());
  std::vector<int> wanted(definition.classes.size());
  for (int code = 0; code < kCodes; ++code) {
    std::vector<std::string> names;
    for (size_t k = 0; k < definition.classes.size(); ++k) {
      if (!matches(definition.classes[k], code)) continue;
      ++wanted[k];
      if (names.empty()) ++reachable[k];
      names.push_back(definition.classes[k].name);
    }
    if (names.empty()) check.uncovered.push_back(code_text(code));
    if (names.size() > 1) check.doubled.push_back(code_text(code) + " (" + joined(names) + ")");
  }
  for (size_t k = 0; k < definition.classes.size(); ++k) {
    if (reachable[k] == wanted[k]) continue;
    check.shadowed.push_back(
        definition.classes[k].name + ": " + std::to_string(wanted[k] - reachable[k]) + " of " +
        std::to_string(wanted[k]) + " codes belong to classes named before it");
  }
  return check;
}

namespace {

Result<void> check_definition(const RfmDefinition& definition, Rfm& rfm) {
  const RfmMapCheck check = check_map(definition);
  if (definition.match == MatchMode::kFirst) {
    rfm.remarks = check.shadowed;
    if (!check.uncovered.empty()) {
      rfm.remarks.push_back(std::to_string(check.uncovered.size()) + " codes go to '" +
                            definition.else_class + "': " + joined(check.uncovered));
    }
    return {};
  }
  if (check.uncovered.empty() && check.doubled.empty()) return {};
  std::string message = "the RFM classes do not divide the 125 codes:";
  if (!check.uncovered.empty()) message += " no class for " + joined(check.uncovered) + ";";
  if (!check.doubled.empty()) message += " more than one for " + joined(check.doubled) + ";";
  message.pop_back();
  return Error(ErrorCode::kBadDefinition, message,
               "Change the rules, or say `match: first` to take the first class that fits.");
}

void fill_scores(const Raw& raw, const Scores& scores, const RfmDefinition& definition, Rfm& rfm) {
  const auto map = class_map(definition);
  for (size_t i = 0; i < raw.customer.size(); ++i) {
    const size_t c = raw.customer[i];
    rfm.r[c] = scores.r[i];
    rfm.f[c] = scores.f[i];
    rfm.m[c] = scores.m[i];
    const int code = code_of(scores.r[i], scores.f[i], scores.m[i]);
    rfm.segmentation.class_of[c] = map[static_cast<size_t>(code)];
  }
  rfm.r_ranges = ranges(raw.days, scores.r);
  rfm.f_ranges = ranges(raw.orders, scores.f);
  rfm.m_ranges = ranges(raw.money, scores.m);
}

}  // namespace

Result<Rfm> score_rfm(const CustomerFacts& facts, const RfmDefinition& definition,
                      bool window_cuts_history) {
  Rfm rfm;
  REGULARS_TRY(check_definition(definition, rfm));
  rfm.window_cuts_history = window_cuts_history;
  rfm.segmentation.name = "rfm_class";
  for (const RfmClassRule& rule : definition.classes) {
    const bool renamed = window_cuts_history && rule.name == "New customers";
    rfm.segmentation.classes.push_back(renamed ? "New or returning" : rule.name);
  }
  if (definition.match == MatchMode::kFirst) {
    rfm.segmentation.classes.push_back(definition.else_class);
  }
  rfm.segmentation.class_of.assign(facts.size(), kNoClass);
  rfm.r.assign(facts.size(), 0);
  rfm.f = rfm.r;
  rfm.m = rfm.r;
  const Raw raw = raw_values(facts, definition.monetary_average);
  for (size_t c = 0; c < facts.size(); ++c) {
    if (facts.is_customer(c) && facts.window_orders[c] <= 0) ++rfm.unscored;
  }
  rfm.cuts = definition.cuts;
  const Scores scores = definition.cuts.kind == CutKind::kQuantile
                            ? score_by_quantile(raw, definition, facts.scale, rfm.cuts)
                            : score_by_cuts(raw, definition.cuts, facts.scale);
  fill_scores(raw, scores, definition, rfm);
  return rfm;
}

}  // namespace regulars::segments
