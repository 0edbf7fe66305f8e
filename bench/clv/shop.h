// Simulated shops for the benchmarks of value models, and what they write for peers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/clv/buying_cell.h"
#include "models/clv/purchase_summary.h"

namespace regulars::bench {

// Customers of a Pareto/NBD shop (CDNOW's parameters, in weeks) who first came on a day of a year
// and are watched until the end of the next; purchases of a day are one, times are whole days in
// weeks. Same seed, same shop.
std::vector<models::BuyingCell> simulated_shop(size_t customers, uint64_t seed);

// x, t_x, T and how many such customers there are, as 64-bit floats, one column after the other.
Result<void> write_columns(const std::vector<models::BuyingCell>& cells,
                           const std::vector<uint64_t>& counts, const std::string& path);

// Such a shop with every purchase, day by day, and what each cost (Gamma-Gamma, CDNOW's
// parameters).
struct PurchaseLog {
  models::Purchases purchases;
  int until_day = 0;
};
PurchaseLog simulated_purchases(size_t customers, uint64_t seed);

// Customer, day since 1970 and amount, as 64-bit floats, one column after the other.
Result<void> write_purchases(const models::Purchases& purchases, const std::string& path);

}  // namespace regulars::bench
