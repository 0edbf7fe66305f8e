// The roles a column can have, as `ColumnMapping` names them, and the names people give such
// columns in English, German, French, Spanish, Italian, Dutch and Portuguese.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/source_spec.h"

namespace regulars::connect {

enum class Role {
  kCustomer,
  kCustomerEmail,
  kTime,
  kTimeOfDay,
  kOrder,
  kProduct,
  kProductName,
  kCategory,
  kBrand,
  kQuantity,
  kPrice,
  kAmount,
  kDiscount,
  kRefund,
  kRefundOf,
  kCost,
  kTax,
  kShipping,
  kCurrency,
  kStatus,
  kCancelled,
  kChannel,
  kStore,
  kCountry,
  kOptIn,
  kCoupon,
  kEvent,
};
constexpr size_t kRoleCount = 27;

struct RoleInfo {
  Role role;
  std::string_view name;    // "customer_email"
  std::string_view option;  // "--customer-email"
  std::string ColumnMapping::* column;
};

std::span<const RoleInfo> all_roles();
const RoleInfo& info_of(Role role);

// How well a column's name says that it has a role: 0 (nothing) .. 1 (the usual name).
double name_score(Role role, const std::vector<std::string>& words);

// A word in the name speaks against the role: "discount_total" is no amount.
bool name_forbids(Role role, std::string_view name);

}  // namespace regulars::connect
