#include "models/propensity/split.h"

#include <algorithm>

#include "base/random.h"

namespace regulars::models {
namespace {

std::vector<Instant> instants_of(const TrainingTable& table) {
  std::vector<Instant> instants = table.at;
  std::sort(instants.begin(), instants.end());
  instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
  return instants;
}

// The earliest of the latest quarter of the instants before `end`.
Instant latest_quarter(const std::vector<Instant>& instants, size_t end) {
  return instants[end - std::max<size_t>(1, end / 4)];
}

bool enough(const TrainingTable& table, const std::vector<size_t>& rows, size_t least) {
  size_t positives = 0;
  for (const size_t row : rows) positives += table.label[row];
  return positives >= least && rows.size() - positives >= least;
}

// Rows whose label was settled by `settled`; with `from`, only those at or after it.
std::vector<size_t> rows_where(const TrainingTable& table, Instant from, Instant settled) {
  std::vector<size_t> rows;
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.at[row] >= from && table.label_end[row] <= settled) rows.push_back(row);
  }
  return rows;
}

constexpr Instant kBeginning{INT64_MIN};
constexpr Instant kEnd{INT64_MAX};

// The instants of rows whose label was settled by then.
size_t instants_settled(const TrainingTable& table, const std::vector<Instant>& instants,
                        Instant by) {
  Instant latest = kBeginning;
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.label_end[row] <= by) latest = std::max(latest, table.at[row]);
  }
  return static_cast<size_t>(std::upper_bound(instants.begin(), instants.end(), latest) -
                             instants.begin());
}

Split by_customers(const TrainingTable& table) {
  Split split;
  split.judging = Judging::kByCustomers;
  for (size_t row = 0; row < table.rows(); ++row) {
    // Another hash than that of the parts, so that these are not all of one part.
    const bool test = mix(table.group[row] ^ 0x7E57) % 5 == 0;
    (test ? split.test : split.learn).push_back(row);
  }
  split.before_test = split.learn;
  return split;
}

}  // namespace

size_t part_of(uint64_t group) { return mix(group) % kParts; }

Split split_rows(const TrainingTable& table, size_t least) {
  const std::vector<Instant> instants = instants_of(table);
  if (instants.size() < 2) return by_customers(table);
  Split split;
  const Instant test_from = latest_quarter(instants, instants.size());
  split.test = rows_where(table, test_from, kEnd);
  split.before_test = rows_where(table, kBeginning, test_from);
  if (!enough(table, split.test, least) || !enough(table, split.before_test, least)) {
    return by_customers(table);
  }
  const size_t settled = instants_settled(table, instants, test_from);
  const Instant choose_from = latest_quarter(instants, settled);
  split.choose = rows_where(table, choose_from, test_from);
  split.learn = rows_where(table, kBeginning, choose_from);
  if (enough(table, split.choose, least) && enough(table, split.learn, least)) return split;
  split.judging = Judging::kTwoTimes;
  split.learn = split.before_test;
  split.choose.clear();
  return split;
}

}  // namespace regulars::models
