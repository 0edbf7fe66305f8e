#include "data/order_groups.h"

#include <tsl/robin_map.h>

#include <numeric>

#include "base/random.h"

namespace regulars {
namespace {

// An order is (customer, order number); without a number, (customer, instant).
struct Key {
  CustomerNumber customer;
  int64_t what;
  bool operator==(const Key&) const = default;
};
struct KeyHash {
  size_t operator()(const Key& key) const noexcept {
    return mix(static_cast<uint64_t>(key.what) * 0x9e3779b97f4a7c15ULL + key.customer);
  }
};
using GroupMap = tsl::robin_map<Key, uint32_t, KeyHash>;

class Grouper {
 public:
  Grouper(const OrderLines& lines, OrderGroups& groups) : lines_(lines), groups_(groups) {
    groups_.group_of_order.assign(lines.orders->size(), kNoCode);
  }

  uint32_t group_of(uint32_t line, bool own_order) {
    const CustomerNumber customer = lines_.customer[line];
    if (own_order) return add(customer);
    const uint32_t order = lines_.order.empty() ? kNoCode : lines_.order[line];
    if (order == kNoCode) return by_instant({customer, lines_.at[line].micros});
    uint32_t& first = groups_.group_of_order[order];
    if (first == kNoCode) return first = add(customer);
    if (groups_.customer[first] == customer) return first;
    return shared_order({customer, order});
  }

 private:
  uint32_t add(CustomerNumber customer) {
    groups_.customer.push_back(customer);
    return static_cast<uint32_t>(groups_.customer.size() - 1);
  }

  uint32_t by_instant(const Key& key) {
    const auto [found, fresh] = instants_.try_emplace(key, kNoCode);
    if (fresh) {
      found.value() = add(key.customer);
      ++groups_.by_same_instant;
    }
    return found->second;
  }

  // An order number that several customers use: one order for each of them.
  uint32_t shared_order(const Key& key) {
    const auto [found, fresh] = shared_.try_emplace(key, kNoCode);
    if (fresh) {
      found.value() = add(key.customer);
      if (counted_.try_emplace(key.what, 0).second) ++groups_.orders_with_two_customers;
    }
    return found->second;
  }

  const OrderLines& lines_;
  OrderGroups& groups_;
  GroupMap instants_;
  GroupMap shared_;
  tsl::robin_map<int64_t, uint8_t> counted_;
};

}  // namespace

OrderGroups group_lines(const OrderLines& lines, const std::vector<uint8_t>& skip,
                        bool each_row_is_an_order) {
  OrderGroups groups;
  Grouper grouper(lines, groups);
  std::vector<uint32_t> group(lines.size(), kNoCode);
  for (uint32_t line = 0; line < lines.size(); ++line) {
    if (skip[line] == 0) group[line] = grouper.group_of(line, each_row_is_an_order);
  }
  groups.offset.assign(groups.size() + 1, 0);
  for (const uint32_t g : group) {
    if (g != kNoCode) ++groups.offset[g + 1];
  }
  std::partial_sum(groups.offset.begin(), groups.offset.end(), groups.offset.begin());
  groups.lines.resize(groups.offset.back());
  std::vector<uint32_t> next(groups.offset.begin(), groups.offset.end() - 1);
  for (uint32_t line = 0; line < lines.size(); ++line) {
    if (group[line] != kNoCode) groups.lines[next[group[line]]++] = line;
  }
  return groups;
}

}  // namespace regulars
