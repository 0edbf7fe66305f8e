#include "clv/shop.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "base/random.h"

namespace regulars::bench {

using models::BuyingCell;

namespace {

// The days after her first on which a customer buys, ascending, within those she is watched.
template <class OnDay>
void simulate_customer(Random& random, const OnDay& on_day, int& watched) {
  constexpr double kR = 0.55;
  constexpr double kAlpha = 10.6;
  constexpr double kS = 0.6;
  constexpr double kBeta = 11.7;
  const double buys = random.gamma(kR, kAlpha);
  const double gone = random.exponential(random.gamma(kS, kBeta));
  watched = static_cast<int>(365 + random.below(365));
  double last_day = 0;
  for (double t = random.exponential(buys); t < gone; t += random.exponential(buys)) {
    const double day = std::ceil(t * 7);
    if (day / 7 > watched / 7.0) break;
    if (day == last_day) continue;
    last_day = day;
    on_day(static_cast<int>(day));
  }
}

Result<void> write_values(const std::vector<double>& values, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!file.flush()) return Error(ErrorCode::kIo, path + " cannot be written");
  return {};
}

}  // namespace

std::vector<BuyingCell> simulated_shop(size_t customers, uint64_t seed) {
  Random random(seed);
  std::vector<BuyingCell> cells(customers);
  for (BuyingCell& cell : cells) {
    int watched = 0;
    const auto on_day = [&](int day) {
      ++cell.x;
      cell.t_x = day / 7.0;
    };
    simulate_customer(random, on_day, watched);
    cell.T = watched / 7.0;
  }
  return cells;
}

PurchaseLog simulated_purchases(size_t customers, uint64_t seed) {
  constexpr int kUntil = 20'000;
  Random random(seed);
  struct Row {
    uint32_t customer;
    int32_t day;
    double amount;
  };
  std::vector<Row> rows;
  std::vector<size_t> next(kUntil + 2);  // of a day: where its rows begin
  for (uint32_t customer = 0; customer < customers; ++customer) {
    const double rate = random.gamma(3.74, 15.44);
    int watched = 0;
    std::vector<int> days = {0};
    simulate_customer(random, [&](int day) { days.push_back(day); }, watched);
    for (const int day : days) {
      const double amount = std::max(0.01, std::round(100 * random.gamma(6.25, rate)) / 100);
      rows.push_back({customer, kUntil - watched + day, amount});
      ++next[static_cast<size_t>(rows.back().day) + 1];
    }
  }
  for (size_t day = 1; day < next.size(); ++day) next[day] += next[day - 1];
  PurchaseLog log{{}, kUntil};
  log.purchases.customer.resize(rows.size());
  log.purchases.at.resize(rows.size());
  log.purchases.amount.resize(rows.size());
  for (const Row& row : rows) {
    const size_t place = next[static_cast<size_t>(row.day)]++;
    log.purchases.customer[place] = row.customer;
    log.purchases.at[place] = Instant{0} + regulars::days(row.day) + hours(12);
    log.purchases.amount[place] = row.amount;
  }
  return log;
}

Result<void> write_purchases(const models::Purchases& purchases, const std::string& path) {
  std::vector<double> values;
  for (const uint32_t customer : purchases.customer) values.push_back(customer);
  for (const Instant at : purchases.at)
    values.push_back(static_cast<double>(Zone::utc().day_of(at).number));
  values.insert(values.end(), purchases.amount.begin(), purchases.amount.end());
  return write_values(values, path);
}

Result<void> write_columns(const std::vector<BuyingCell>& cells,
                           const std::vector<uint64_t>& counts, const std::string& path) {
  std::vector<double> values;
  for (const auto part : {&BuyingCell::x, &BuyingCell::t_x, &BuyingCell::T})
    for (const BuyingCell& cell : cells) values.push_back(cell.*part);
  for (const uint64_t count : counts) values.push_back(static_cast<double>(count));
  return write_values(values, path);
}

}  // namespace regulars::bench
