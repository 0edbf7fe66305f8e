// Recency, frequency, monetary value: scores 1..5 and the ten classes of practice E2 and E3.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "segments/customer_facts.h"
#include "segments/segmentation.h"

namespace regulars::segments {

enum class CutKind {
  kQuantile,  // found from this population (and then usable as frozen cuts)
  kFixed,     // given from outside, or frozen from an earlier run
};

// Lower bounds of scores 2..5 on the raw scale, ascending. A value v scores 1 + the number of
// bounds <= v. Recency is measured in days and scored the other way round: fewer days, higher
// score; its bounds are lower bounds of days as well (score 5 below the first).
struct RfmCuts {
  CutKind kind = CutKind::kQuantile;
  std::array<double, 4> recency_days{};
  std::array<double, 4> orders{};
  std::array<double, 4> net{};  // in whole currency units (not minor units)
};

struct ScoreRange {
  int score = 0;
  int64_t low = 0, high = 0;  // days, orders, or units of net; as they occur in the data
  int64_t customers = 0;
};

// One class: any of `rules`; each a box of scores, both ends inside.
struct RfmBox {
  std::array<int, 2> r{1, 5}, f{1, 5}, m{1, 5};
};
struct RfmClassRule {
  std::string name;
  std::vector<RfmBox> rules;
};
enum class MatchMode {
  kDisjoint,  // every code in exactly one class, else refused
  kFirst,     // the first class that fits; shadowed codes are reported; the rest go to `else_class`
};
struct RfmDefinition {
  MatchMode match = MatchMode::kDisjoint;
  std::string else_class = "Others";  // kFirst only
  bool one_is_once = true;            // f = 1 means exactly one order (quantile cuts only)
  bool monetary_average = false;      // m scores the average order instead of net revenue
  std::vector<RfmClassRule> classes;
  RfmCuts cuts;  // read when cuts.kind is kFixed
};
RfmDefinition default_rfm();

// What is wrong or noteworthy about a map of classes over the 125 codes.
struct RfmMapCheck {
  std::vector<std::string> uncovered;  // "111"
  std::vector<std::string> doubled;    // "511: Champions, Loyal"
  std::vector<std::string> shadowed;   // kFirst: classes and codes that can never be reached
};
RfmMapCheck check_map(const RfmDefinition& definition);

struct Rfm {
  std::vector<int8_t> r, f, m;  // per customer; 0: unscored (no purchase in the window)
  std::array<ScoreRange, 5> r_ranges, f_ranges, m_ranges;  // index 0 is score 1
  RfmCuts cuts;                      // as found or as given: reusable as frozen cuts
  Segmentation segmentation;         // "rfm_class"
  int64_t unscored = 0;              // customers without a purchase in the window
  bool window_cuts_history = false;  // then "New customers" reads "New or returning"
  std::vector<std::string> remarks;  // shadowed codes and the like
};
// kBadDefinition when match is kDisjoint and codes are uncovered or doubled, naming them.
Result<Rfm> score_rfm(const CustomerFacts& facts, const RfmDefinition& definition,
                      bool window_cuts_history);

}  // namespace regulars::segments
