// Customer ids that stand for nobody: "GUEST", "0", "walk-in", the till's own number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "connect/column_profile.h"
#include "data/order_lines.h"

namespace regulars::connect {

// What the whole column shows: whether ids that look like stand-ins are people after all.
struct PlaceholderRule {
  bool zero_is_a_person = false;    // ids 0, 1, 2 ... without a gap
  bool nines_are_a_person = false;  // 9999 is one of many numbers around it
};
PlaceholderRule placeholder_rule(const ColumnProfile& customers);

bool is_placeholder(std::string_view customer_id, PlaceholderRule rule);

// A customer code that behaves like no person, and why.
struct Suspect {
  uint32_t customer = 0;
  int64_t orders = 0;
  std::string reason;  // "31 % of all orders, 45 times the next"
};

// Ids with more than 1 % of all orders (of at least 200) and 20 times those of the next, and ids
// with orders in several stores in the same minute, three times or more. `stores`: per line, or
// empty.
std::vector<Suspect> find_suspects(const OrderLines& lines, const std::vector<uint32_t>& stores);

// Makes the lines of these customers carry none, and leaves only customers with a record
// (`seen_from`) in the dictionary.
void drop_customers(OrderLines& lines, const std::vector<uint32_t>& codes);

}  // namespace regulars::connect
