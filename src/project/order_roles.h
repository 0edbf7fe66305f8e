// Private to project: what the columns of order files can be for, as `columns` of a source names
// it.
#pragma once

#include <array>
#include <string>

#include "data/source_spec.h"

namespace regulars::project {

struct OrderRole {
  const char* name;
  std::string ColumnMapping::* column;
};

inline constexpr std::array<OrderRole, 27> kOrderRoles = {{
    {"customer", &ColumnMapping::customer},
    {"customer_email", &ColumnMapping::customer_email},
    {"time", &ColumnMapping::time},
    {"time_of_day", &ColumnMapping::time_of_day},
    {"order", &ColumnMapping::order},
    {"product", &ColumnMapping::product},
    {"product_name", &ColumnMapping::product_name},
    {"category", &ColumnMapping::category},
    {"brand", &ColumnMapping::brand},
    {"quantity", &ColumnMapping::quantity},
    {"price", &ColumnMapping::price},
    {"amount", &ColumnMapping::amount},
    {"discount", &ColumnMapping::discount},
    {"refund", &ColumnMapping::refund},
    {"refund_of", &ColumnMapping::refund_of},
    {"cost", &ColumnMapping::cost},
    {"tax", &ColumnMapping::tax},
    {"shipping", &ColumnMapping::shipping},
    {"currency", &ColumnMapping::currency},
    {"status", &ColumnMapping::status},
    {"cancelled", &ColumnMapping::cancelled},
    {"channel", &ColumnMapping::channel},
    {"store", &ColumnMapping::store},
    {"country", &ColumnMapping::country},
    {"opt_in", &ColumnMapping::opt_in},
    {"coupon", &ColumnMapping::coupon},
    {"event", &ColumnMapping::event},
}};

}  // namespace regulars::project
