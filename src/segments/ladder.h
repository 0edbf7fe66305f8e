// The ladder of orders and the time to the next one. Open customers are counted as open
// (Kaplan and Meier 1958, product-limit estimate; Greenwood's variance on the log-log scale).
#pragma once

#include <cstdint>
#include <vector>

#include "segments/customer_facts.h"
#include "segments/segmentation.h"

namespace regulars::segments {

struct SurvivalPoint {
  int64_t days;
  double share_returned;  // 1 - S(days)
  double low, high;       // 95 %
  int64_t at_risk;
};

struct LadderStep {
  int step = 1;            // after this many purchase days
  int64_t customers = 0;   // who reached it
  int64_t came_again = 0;  // so far
  double within_90 = 0;    // Kaplan-Meier share with a next purchase day within 90 days
  double low = 0, high = 0;
  bool known = false;  // false: nobody was observed for 90 days
};

struct Ladder {
  std::vector<LadderStep> steps;
  std::vector<SurvivalPoint> second_order;  // curve of time to the second purchase day
  // Quantiles of days from first to second among those who came again and had half the file's
  // time to do so (practice E4); negative: unknown.
  double q50 = -1, q80 = -1, q95 = -1;
};
Ladder ladder(const CustomerFacts& facts, Day history_begin);

// Durations in days and whether the event was seen (false: still open). Returns the curve at each
// day with an event.
struct Spell {
  int64_t days;
  bool ended;
};
std::vector<SurvivalPoint> kaplan_meier(std::vector<Spell> spells);

// Cohorts by month (or quarter) of first purchase; retained[k]: bought in period k after it.
struct Cohort {
  Day begin;
  int64_t customers = 0;
  bool not_really_new = false;    // began within q80 days of the file's start
  std::vector<int64_t> retained;  // [k]; -1: the period is not complete
};
struct Cohorts {
  bool quarters = false;
  std::vector<Cohort> cohorts;
};
Result<Cohorts> cohorts(const History& history, const Zone& zone, const CustomerFacts& facts,
                        Day history_begin, Day history_end, double q80, size_t threads);

}  // namespace regulars::segments
