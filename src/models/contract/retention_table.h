// Customers with a contract, by how many periods they stayed: what retention models are fitted to.
//
// Period 1 begins when a customer joins, and each period ends with a decision: she renews or she
// leaves. A customer who has not yet had her first decision says nothing and is only counted.
// Tables add up: those of other months or machines give, merged, the table of the whole.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace regulars::models {

inline constexpr size_t kMostPeriods = 100'000;

struct RetentionTable {
  std::string cohort;
  std::vector<uint64_t> left;  // [t - 1]: left at the end of period t
  std::vector<uint64_t> kept;  // [t - 1]: renewed at the end of period t, nothing known since
  uint64_t undecided = 0;      // no decision yet

  uint64_t customers() const;  // all, the undecided included
  size_t periods() const { return left.size(); }
  void merge(const RetentionTable& other);  // keeps its own cohort's name
};

// How many are there at the start and after each period: {1000, 631, 468}. kBadData when numbers
// rise, there are none, or more than kMostPeriods.
Result<RetentionTable> retention_of_survivors(std::string cohort,
                                              std::span<const uint64_t> survivors);

// From customers: periods that each has stayed (whole, >= 0), and whether she left at the end of
// them. kBadData naming the customer when a number of periods is impossible, or she left after
// none.
Result<RetentionTable> retention_of_customers(std::string cohort, std::span<const double> periods,
                                              std::span<const uint8_t> churned);

// The same, a table for each cohort, in order of their numbers 0, 1, ...; the names say how many.
Result<std::vector<RetentionTable>> retention_by_cohort(std::span<const std::string> cohorts,
                                                        std::span<const uint32_t> cohort,
                                                        std::span<const double> periods,
                                                        std::span<const uint8_t> churned);

}  // namespace regulars::models
