// For tests: orders read from text in memory.
#pragma once

#include <string>
#include <vector>

#include "connect/read_orders.h"

namespace regulars::connect {

inline Result<OrdersRead> read_text(const std::string& orders, const Overrides& overrides = {},
                                    const std::string& customers = {},
                                    const std::string& products = {}) {
  MemoryFiles files;
  (void)files.write("orders.csv", orders).ok();
  if (!customers.empty()) (void)files.write("customers.csv", customers).ok();
  if (!products.empty()) (void)files.write("products.csv", products).ok();
  return read_orders({"orders.csv"}, customers.empty() ? "" : "customers.csv",
                     products.empty() ? "" : "products.csv", overrides, files);
}

inline const Notice* find_notice(const OrdersRead& orders, const std::string& code) {
  for (const Notice& notice : orders.intake.notices) {
    if (notice.code == code) return &notice;
  }
  return nullptr;
}

inline const FoundColumn* find_role(const OrdersRead& orders, const std::string& role) {
  for (const FoundColumn& found : orders.intake.columns) {
    if (found.role == role) return &found;
  }
  return nullptr;
}

inline std::string customer_of(const OrdersRead& orders, size_t line) {
  const uint32_t code = orders.lines.customer[line];
  return code == kNoCode ? "-" : std::string(orders.lines.customers->text(code));
}

}  // namespace regulars::connect
