// The files of a simulated shop: names, columns and types, stated once. The CSV writer takes its
// headers from here, and so may whoever turns the files into Parquet.
#pragma once

#include <span>
#include <string_view>

namespace regulars::simulate {

enum class ColumnType {
  kText,
  kInteger,
  kMoney,  // two decimals
  kReal,
  kTimestamp,  // "2024-05-14 18:22:07", the shop's wall clock
  kDate,       // "2024-05-14"
  kBoolean,    // "true", "false"
};

struct ColumnSchema {
  std::string_view name;
  ColumnType type;
};

// Cells may be empty (no value) in every file but never in a file's first column, except orders.
struct TableSchema {
  std::string_view file;  // below the shop's directory: "orders.csv", "truth/customers_truth.csv"
  std::span<const ColumnSchema> columns;
};

// The order of this list is that of the enumeration.
enum class TableId {
  kOrders,
  kCustomers,
  kProducts,
  kStores,
  kVisits,
  kSurveys,
  kCampaigns,
  kMessages,
  kConsents,
  kInterests,
  kAnswers,
  kMailEvents,
  kPoints,
  kTiers,
  kReferrals,
  kReviews,
  kCases,
  kCustomerTruths
};
std::span<const TableSchema> tables();
const TableSchema& table(TableId id);

// "VARCHAR", "BIGINT", "DECIMAL(18,2)", "DOUBLE", "TIMESTAMP", "DATE", "BOOLEAN".
std::string_view sql_type(ColumnType type);

}  // namespace regulars::simulate
