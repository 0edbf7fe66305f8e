// Which lines belong to the same order. Internal to assemble_orders.
#pragma once

#include <cstdint>
#include <vector>

#include "data/order_lines.h"

namespace regulars {

// Groups in order of first appearance; `lines` lists line numbers group by group, in file order.
struct OrderGroups {
  std::vector<uint32_t> offset;          // groups + 1
  std::vector<uint32_t> lines;           // those with a group
  std::vector<CustomerNumber> customer;  // per group
  std::vector<uint32_t> group_of_order;  // per order code: its first group, or kNoCode
  int64_t by_same_instant = 0;           // groups without an order number
  int64_t orders_with_two_customers = 0;

  size_t size() const { return customer.size(); }
};

// Lines for which skip[line] != 0 are in no group.
OrderGroups group_lines(const OrderLines& lines, const std::vector<uint8_t>& skip,
                        bool each_row_is_an_order);

}  // namespace regulars
