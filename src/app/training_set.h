// Training sets of a project: what was known of each customer at past instants, and what came of
// it. No feature sees past its instant:
//
// - as-of and known-at are the instant of the row. Rows that were recorded later are not there.
// What
//   the project's first run brought counts as known when it happened (before it, nothing at all
//   had been recorded); what later runs brought or revised, when they did.
// - attributes of a file of today are unknown before their date, unless declared constant.
// - population words (percentile, rfm_class) are measured at the instant itself.
// - a label alone may look ahead (definitions/label.h), and with all that is known today.
//
// Thread-safety: one shop at a time; inside it uses several threads.
#pragma once

#include <string>
#include <vector>

#include "app/project_shop.h"
#include "base/result.h"
#include "base/time.h"
#include "models/propensity/training_table.h"

namespace regulars::app {

struct TrainingFeature {
  std::string name;     // of a feature of the project when `formula` is empty
  std::string formula;  // of the language
};

struct TrainingQuestion {
  std::vector<TrainingFeature> features;
  std::string label;              // rule that says `over next`; empty: a table to be scored
  std::string eligible;           // rule as of the instant; empty: every customer known then
  std::vector<Instant> instants;  // ascending
  // Customers are thinned (by a hash of their ids) to about this many rows in all.
  size_t most_rows = 400'000;
};

struct TrainingSet {
  models::TrainingTable table;
  std::vector<CustomerNumber> customer;  // per row, of the shop's history
  std::vector<Instant> instants;         // those that gave rows
  std::vector<Instant> too_late;         // left out: their label is not settled by the shop's as-of
  size_t histories = 1;  // looked at, because rows were recorded in between; 1: all in one pass
  double share_of_customers = 1;   // after thinning
  std::vector<std::string> notes;  // warnings of the rules, features without data
};

// kBadDefinition for a rule or feature at fault (the message names it), kBadData when no instant is
// left or nobody is eligible.
Result<TrainingSet> training_set(ProjectShop& shop, const TrainingQuestion& question);

// Ends of local months, the last microsecond of each, ascending: at or before `last`, at most
// `most`, and after `first`.
std::vector<Instant> month_ends(const Zone& zone, Instant first, Instant last, size_t most);

}  // namespace regulars::app
