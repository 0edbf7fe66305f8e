// Customers of a spend model put together where they are equal, in units of their average spend:
// what fit_spend sums over.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/clv/spend_model.h"

namespace regulars::models {

struct SpendTable {
  struct Row {
    SpendCell cell;  // mean in units of `money`
    uint64_t count = 0;
    size_t customer = 0;  // one of them: whose covariates the row has
  };
  std::vector<Row> rows;  // ascending x
  double money = 1;       // average of the customers' means
  uint64_t customers = 0;
  // Sum of log money over customers: what the likelihood in the currency is lower by.
  double log_money_total = 0;

  size_t covariates = 0;         // in a row
  std::vector<double> z;         // of all customers, row by row, each divided by its spread
  std::vector<double> z_spread;  // standard deviations

  std::span<const double> z_of(size_t customer) const {
    return std::span(z).subspan(customer * covariates, covariates);
  }
};

// The errors of fit_spend.
Result<SpendTable> spend_table(std::span<const SpendCell> customers, const SpendOptions& options);

}  // namespace regulars::models
