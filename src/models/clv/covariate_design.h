// The columns of covariates as a fit uses them: checked, centred and scaled, equal customers put
// together.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <vector>

#include "models/clv/count_covariates.h"

namespace regulars::models {

struct CovariateColumn {
  std::string name;  // "trans.gender"
  Process process = Process::kTransaction;
  double mean = 0;
  double scale = 1;  // standard deviation
};

struct CovariateDesign {
  struct Group {            // customers with the same covariates
    std::vector<double> z;  // centred and scaled, as the columns
    CellTable table;
  };
  std::vector<CovariateColumn> columns;
  std::vector<Group> groups;

  // Errors as fit_with_covariates.
  static Result<CovariateDesign> of(const CountModel& model, std::span<const BuyingCell> customers,
                                    const CountCovariates& covariates);
};

}  // namespace regulars::models
