#include <algorithm>
#include <array>
#include <map>

#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

constexpr int64_t kFewest = 30;
constexpr size_t kMost = 12;
constexpr std::array kRoles = {"country", "store", "channel"};

struct Sums {
  int64_t customers = 0, orders = 0, net = 0, repeat = 0;

  void add(const Sums& other) {
    customers += other.customers;
    orders += other.orders;
    net += other.net;
    repeat += other.repeat;
  }
};

Place to_place(std::string value, const Sums& sums) {
  Place place{std::move(value), sums.customers, sums.orders, sums.net, 0, 0, 0};
  if (sums.orders > 0) {
    place.average_order = static_cast<double>(sums.net) / static_cast<double>(sums.orders);
  }
  if (sums.customers > 0) {
    place.repeat_share = static_cast<double>(sums.repeat) / static_cast<double>(sums.customers);
    place.net_per_customer = sums.net / sums.customers;
  }
  return place;
}

// Customers by the value of their latest purchase.
std::map<std::string, Sums> sums_by_latest(const Stream& stream, const Column& column,
                                           const CustomerFacts& facts) {
  std::map<std::string, Sums> sums;
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!facts.is_customer(c)) continue;
    const uint32_t latest = stream.offset[c + 1] - 1;
    const std::string value = column.known(latest)
                                  ? std::string(column.dictionary->text(column.codes[latest]))
                                  : "(not given)";
    sums[value].add({1, facts.orders[c], facts.net[c], facts.purchase_days[c] >= 2 ? 1 : 0});
  }
  return sums;
}

Places fold_small(const std::string& role, const std::map<std::string, Sums>& sums) {
  Places result{role, {}};
  std::vector<std::pair<std::string, Sums>> ordered(sums.begin(), sums.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.second.customers > b.second.customers;
  });
  Sums other;
  for (const auto& [value, of_value] : ordered) {
    if (of_value.customers < kFewest || result.places.size() >= kMost) {
      other.add(of_value);
    } else {
      result.places.push_back(to_place(value, of_value));
    }
  }
  if (other.customers > 0) result.places.push_back(to_place("other", other));
  return result;
}

}  // namespace

std::vector<Places> places(const History& history, const CustomerFacts& facts) {
  std::vector<Places> result;
  const Stream* stream = history.stream("purchase");
  if (stream == nullptr) return result;
  for (const char* role : kRoles) {
    const Column* column = find_column(stream->columns, role);
    if (column == nullptr || column->type != ValueType::kText) continue;
    const auto sums = sums_by_latest(*stream, *column, facts);
    if (sums.size() >= 2) result.push_back(fold_small(role, sums));
  }
  return result;
}

}  // namespace regulars::segments
