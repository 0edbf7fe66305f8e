// The Pareto/NBD likelihood of a whole table, in which each of its terms is computed once: the
// Gamma functions for every x, the integrals for every (x, t_x) and (x, T); a customer costs the
// logarithm of a sum of two.
//
// Thread-safety: a ParetoTable is safe for concurrent use.
#pragma once

#include <cstdint>
#include <vector>

#include "models/clv/buying_cell.h"
#include "models/clv/pareto_branch.h"
#include "models/clv/pareto_likelihood.h"
#include "models/fit/derivatives.h"
#include "models/fit/power_integral.h"

namespace regulars::models {

// What customers of a table have in common, found once for many evaluations.
class ParetoTable {
 public:
  explicit ParetoTable(const CellTable& table);  // the table must stay
  Derivatives log_likelihood(const ParetoParameters& p, Order order) const;

 private:
  struct Group {  // customers with the same x
    double x = 0;
    double customers = 0;
  };
  // Pairs (group, time), and which of them each cell has.
  struct Pairs {
    std::vector<double> time;
    std::vector<uint32_t> group;
    std::vector<uint32_t> of_cell;
  };
  static Pairs found_pairs(const std::vector<BuyingCell>& cells, const std::vector<uint32_t>& group,
                           double BuyingCell::* time);
  static Pairs by_time(const Pairs& found);

  struct Term {  // one of the two of the bracket
    pareto::Exponents (*exponents)(const ParetoParameters& p, double x);
    pareto::Branch (*branch)(const ParetoParameters& p, double x, const pareto::Moment& moment,
                             const LogIntegral& k);
  };
  // Of all pairs; what depends on time is made once for each time.
  std::vector<pareto::Branch> branches(const ParetoParameters& p, const Pairs& pairs,
                                       const Term& term, std::vector<PowerWeights>& weights,
                                       Order order) const;

  const CellTable* table_;
  std::vector<Group> groups_;
  Pairs bought_;   // (x, t_x)
  Pairs watched_;  // (x, T)
};

}  // namespace regulars::models
