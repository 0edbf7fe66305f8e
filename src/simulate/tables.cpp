#include "simulate/tables.h"

namespace regulars::simulate {

namespace {

using enum ColumnType;

constexpr ColumnSchema kOrders[] = {
    {"order_id", kText},    {"order_time", kTimestamp}, {"recorded_at", kTimestamp},
    {"customer_id", kText}, {"product_id", kText},      {"product", kText},
    {"category", kText},    {"quantity", kInteger},     {"unit_price", kMoney},
    {"discount", kMoney},   {"amount", kMoney},         {"currency", kText},
    {"store", kText},       {"channel", kText},         {"status", kText},
    {"refund_of", kText},   {"coupon", kText}};

constexpr ColumnSchema kCustomers[] = {{"customer_id", kText},
                                       {"joined", kTimestamp},
                                       {"sign_up_channel", kText},
                                       {"home_store", kText},
                                       {"region", kText},
                                       {"birth_date", kDate},
                                       {"gender", kText},
                                       {"household_size", kInteger},
                                       {"email_consent", kBoolean},
                                       {"kind", kText},
                                       {"country", kText},
                                       {"zone", kText},
                                       {"home_latitude", kReal},
                                       {"home_longitude", kReal},
                                       {"household", kText},
                                       {"children", kInteger},
                                       {"member_since", kTimestamp},
                                       {"profiling_objection", kBoolean}};

constexpr ColumnSchema kProducts[] = {
    {"product_id", kText}, {"product", kText},  {"category", kText}, {"price", kMoney},
    {"cost", kMoney},      {"launched", kDate}, {"eco", kBoolean}};

constexpr ColumnSchema kStores[] = {{"store_id", kText}, {"store", kText},    {"region", kText},
                                    {"opened", kDate},   {"latitude", kReal}, {"longitude", kReal}};

constexpr ColumnSchema kVisits[] = {{"customer_id", kText},      {"visit_time", kTimestamp},
                                    {"device", kText},           {"source", kText},
                                    {"category", kText},         {"pages", kInteger},
                                    {"added_to_cart", kBoolean}, {"ordered", kBoolean}};

constexpr ColumnSchema kSurveys[] = {{"customer_id", kText},
                                     {"question", kText},
                                     {"sent_at", kTimestamp},
                                     {"answered_at", kTimestamp},
                                     {"score", kInteger}};

constexpr ColumnSchema kCampaigns[] = {{"campaign_id", kText},
                                       {"name", kText},
                                       {"channel", kText},
                                       {"sent_at", kTimestamp},
                                       {"window_end", kTimestamp},
                                       {"offer_percent", kInteger},
                                       {"control_share", kReal},
                                       {"cost_per_message", kMoney},
                                       {"kind", kText}};

constexpr ColumnSchema kMessages[] = {
    {"campaign_id", kText},     {"customer_id", kText},     {"arm", kText},
    {"sent_at", kTimestamp},    {"opened_at", kTimestamp},  {"clicked_at", kTimestamp},
    {"unsubscribed", kBoolean}, {"assigned_at", kTimestamp}};

constexpr ColumnSchema kConsents[] = {
    {"customer_id", kText}, {"purpose", kText},         {"channel", kText}, {"state", kText},
    {"at", kTimestamp},     {"expires_at", kTimestamp}, {"source", kText}};

constexpr ColumnSchema kInterests[] = {
    {"customer_id", kText}, {"asked_at", kTimestamp}, {"interests", kText}};

constexpr ColumnSchema kAnswers[] = {{"customer_id", kText}, {"answered_at", kTimestamp},
                                     {"survey", kText},      {"question", kText},
                                     {"answer", kText},      {"score", kInteger}};

constexpr ColumnSchema kMailEvents[] = {{"customer_id", kText}, {"occurred_at", kTimestamp},
                                        {"event", kText},       {"campaign_id", kText},
                                        {"channel", kText},     {"machine", kBoolean}};

constexpr ColumnSchema kPoints[] = {{"customer_id", kText}, {"occurred_at", kTimestamp},
                                    {"kind", kText},        {"points", kInteger},
                                    {"balance", kInteger},  {"expires_at", kTimestamp}};

constexpr ColumnSchema kTiers[] = {
    {"customer_id", kText}, {"occurred_at", kTimestamp}, {"tier", kText}};

constexpr ColumnSchema kReferrals[] = {
    {"customer_id", kText}, {"occurred_at", kTimestamp}, {"converted", kBoolean}};

constexpr ColumnSchema kReviews[] = {{"customer_id", kText},
                                     {"occurred_at", kTimestamp},
                                     {"product_id", kText},
                                     {"rating", kInteger}};

constexpr ColumnSchema kCases[] = {{"customer_id", kText},
                                   {"occurred_at", kTimestamp},
                                   {"case_id", kText},
                                   {"status", kText},
                                   {"topic", kText}};

constexpr ColumnSchema kCustomerTruths[] = {{"customer_id", kText},
                                            {"joined", kTimestamp},
                                            {"drop_out", kTimestamp},
                                            {"orders_per_year", kReal},
                                            {"drop_outs_per_year", kReal},
                                            {"mean_order", kMoney},
                                            {"online_share", kReal},
                                            {"discount_affinity", kReal},
                                            {"satisfaction", kReal},
                                            {"favourite_category", kText},
                                            {"favourite_share", kReal},
                                            {"response", kText},
                                            {"response_chance", kReal},
                                            {"is_trade", kBoolean},
                                            {"is_prospect", kBoolean},
                                            {"orders", kInteger},
                                            {"undone_orders", kInteger},
                                            {"gross", kMoney},
                                            {"refunds", kMoney},
                                            {"net", kMoney},
                                            {"kind", kText},
                                            {"eco_minded", kBoolean},
                                            {"early_adopter", kBoolean},
                                            {"advocate", kBoolean},
                                            {"reserved_about_data", kBoolean},
                                            {"topics", kText},
                                            {"children", kInteger},
                                            {"newsletters_per_year", kInteger}};

constexpr TableSchema kTables[] = {
    {"orders.csv", kOrders},          {"customers.csv", kCustomers},
    {"products.csv", kProducts},      {"stores.csv", kStores},
    {"visits.csv", kVisits},          {"surveys.csv", kSurveys},
    {"campaigns.csv", kCampaigns},    {"messages.csv", kMessages},
    {"consents.csv", kConsents},      {"interests.csv", kInterests},
    {"survey_answers.csv", kAnswers}, {"message_events.csv", kMailEvents},
    {"points.csv", kPoints},          {"tiers.csv", kTiers},
    {"referrals.csv", kReferrals},    {"reviews.csv", kReviews},
    {"service_cases.csv", kCases},    {"truth/customers_truth.csv", kCustomerTruths},
};

}  // namespace

std::span<const TableSchema> tables() { return kTables; }

const TableSchema& table(TableId id) { return tables()[static_cast<size_t>(id)]; }

std::string_view sql_type(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "VARCHAR";
    case ColumnType::kInteger:
      return "BIGINT";
    case ColumnType::kMoney:
      return "DECIMAL(18,2)";
    case ColumnType::kReal:
      return "DOUBLE";
    case ColumnType::kTimestamp:
      return "TIMESTAMP";
    case ColumnType::kDate:
      return "DATE";
    case ColumnType::kBoolean:
      return "BOOLEAN";
  }
  return "";
}

}  // namespace regulars::simulate
