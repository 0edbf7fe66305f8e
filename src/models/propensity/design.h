// Private to propensity: the columns of a logistic regression.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "models/propensity/logistic.h"

namespace regulars::models {

// Which columns a table gives, with means and deviations of its own rows; constant and collinear
// ones left out and named.
struct Design {
  std::vector<DesignColumn> columns;
  std::vector<std::string> dropped;
};
Design design_of(const TrainingTable& table);

// Standardised, one row per row of the table.
Eigen::MatrixXd design_matrix(const std::vector<DesignColumn>& columns, const TrainingTable& table);

}  // namespace regulars::models
