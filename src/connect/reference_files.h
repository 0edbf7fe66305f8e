// Files beside the orders: customers with their attributes, products with their facts. Joined by
// the column whose values the orders know; join rates are reported as notices.
#pragma once

#include <string>

#include "connect/read_orders.h"

namespace regulars::connect {

// Fills orders.customer_attributes: every column but the key and those that identify people
// (names, addresses, e-mails). kBadDefinition: no column holds customers of the orders.
Result<void> join_customers(const std::string& path, const Overrides& overrides, Files& files,
                            OrdersRead& orders);

// Adds to orders.lines.product_facts: name, category, brand, price and cost where found, and all
// other columns under their own names. kBadDefinition: no column holds products of the orders.
Result<void> join_products(const std::string& path, const Overrides& overrides, Files& files,
                           OrdersRead& orders);

}  // namespace regulars::connect
