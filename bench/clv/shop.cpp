#include "clv/shop.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "base/random.h"

namespace regulars::bench {

using models::BuyingCell;

std::vector<BuyingCell> simulated_shop(size_t customers, uint64_t seed) {
  constexpr double kR = 0.55;
  constexpr double kAlpha = 10.6;
  constexpr double kS = 0.6;
  constexpr double kBeta = 11.7;
  Random random(seed);
  std::vector<BuyingCell> cells(customers);
  for (BuyingCell& cell : cells) {
    const double buys = random.gamma(kR, kAlpha);
    const double gone = random.exponential(random.gamma(kS, kBeta));
    cell.T = static_cast<double>(365 + random.below(365)) / 7;
    double last_day = 0;
    for (double t = random.exponential(buys); t < gone; t += random.exponential(buys)) {
      const double day = std::ceil(t * 7);
      if (day / 7 > cell.T) break;
      if (day == last_day) continue;
      last_day = day;
      ++cell.x;
      cell.t_x = day / 7;
    }
  }
  return cells;
}

Result<void> write_columns(const std::vector<BuyingCell>& cells,
                           const std::vector<uint64_t>& counts, const std::string& path) {
  std::vector<double> values;
  for (const auto part : {&BuyingCell::x, &BuyingCell::t_x, &BuyingCell::T})
    for (const BuyingCell& cell : cells) values.push_back(cell.*part);
  for (const uint64_t count : counts) values.push_back(static_cast<double>(count));
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!file.flush()) return Error(ErrorCode::kIo, path + " cannot be written");
  return {};
}

}  // namespace regulars::bench
