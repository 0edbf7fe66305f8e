#include "models/contract/retention_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace regulars::models {
namespace {

void reach(RetentionTable& table, size_t periods) {
  if (table.left.size() >= periods) return;
  table.left.resize(periods);
  table.kept.resize(periods);
}

Result<void> add(RetentionTable& table, size_t customer, double periods, bool churned) {
  const auto wrong = [&](std::string_view why, std::string hint) {
    return Error(ErrorCode::kBadData,
                 fmt::format("customer {}: {} periods: {}", customer, periods, why),
                 std::move(hint));
  };
  if (!std::isfinite(periods) || periods < 0 || periods != std::floor(periods))
    return wrong("not a number of whole periods", "count renewals, 0, 1, 2, ...");
  if (periods > kMostPeriods)
    return wrong(fmt::format("more than {}", kMostPeriods), "count in longer periods");
  if (periods == 0 && churned)
    return wrong("nobody can leave before the end of the first period",
                 "count the period in which she left");
  if (periods == 0) {
    ++table.undecided;
    return {};
  }
  const auto t = static_cast<size_t>(periods);
  reach(table, t);
  ++(churned ? table.left : table.kept)[t - 1];
  return {};
}

}  // namespace

uint64_t RetentionTable::customers() const {
  return std::accumulate(left.begin(), left.end(), undecided) +
         std::accumulate(kept.begin(), kept.end(), uint64_t{0});
}

void RetentionTable::merge(const RetentionTable& other) {
  reach(*this, other.periods());
  for (size_t i = 0; i < other.periods(); ++i) {
    left[i] += other.left[i];
    kept[i] += other.kept[i];
  }
  undecided += other.undecided;
}

Result<RetentionTable> retention_of_survivors(std::string cohort,
                                              std::span<const uint64_t> survivors) {
  const auto wrong = [&](std::string message) {
    return Error(ErrorCode::kBadData, cohort + ": " + std::move(message),
                 "give how many are there at the start and after each period: 1000, 631, 468");
  };
  if (survivors.size() < 2 || survivors[0] == 0) return wrong("no customers, or no period of them");
  if (survivors.size() > kMostPeriods) return wrong("too many periods");
  RetentionTable table{std::move(cohort), {}, {}, 0};
  const size_t periods = survivors.size() - 1;
  reach(table, periods);
  for (size_t t = 1; t <= periods; ++t) {
    if (survivors[t] > survivors[t - 1]) {
      cohort = table.cohort;
      return wrong(fmt::format("{} customers after period {}, more than the {} before it",
                               survivors[t], t, survivors[t - 1]));
    }
    table.left[t - 1] = survivors[t - 1] - survivors[t];
  }
  table.kept.back() = survivors.back();
  return table;
}

Result<RetentionTable> retention_of_customers(std::string cohort, std::span<const double> periods,
                                              std::span<const uint8_t> churned) {
  const std::vector<uint32_t> all(periods.size(), 0);
  REGULARS_ASSIGN(std::vector<RetentionTable> tables,
                  retention_by_cohort(std::span(&cohort, 1), all, periods, churned));
  return std::move(tables.front());
}

Result<std::vector<RetentionTable>> retention_by_cohort(std::span<const std::string> cohorts,
                                                        std::span<const uint32_t> cohort,
                                                        std::span<const double> periods,
                                                        std::span<const uint8_t> churned) {
  std::vector<RetentionTable> tables;
  for (const std::string& name : cohorts) tables.push_back({name, {}, {}, 0});
  for (size_t i = 0; i < periods.size(); ++i) {
    if (cohort[i] >= tables.size())
      return Error(ErrorCode::kBadData, fmt::format("customer {}: no cohort {}", i, cohort[i]),
                   fmt::format("there are {} cohorts, counted from 0", tables.size()));
    REGULARS_TRY(add(tables[cohort[i]], i, periods[i], churned[i] != 0));
  }
  return tables;
}

}  // namespace regulars::models
