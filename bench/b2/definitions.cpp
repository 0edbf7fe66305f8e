#include "b2/definitions.h"

#include <fmt/format.h>

#include <array>

#include "b2/events.h"
#include "evaluate/expression_json.h"

namespace regulars::bench {
namespace {

struct Feature {
  const char* name;
  const char* aggregate;  // SQL
  const char* json;       // up to the window
  EventType type;
  int from_days;          // 0: since ever
  int to_days;            // window (t - from, t - to]
  const char* condition;  // SQL, beside type and window
};

constexpr std::array<Feature, kFeatures> kFeatureTable = {{
    {"purchases_30", "count(*)", R"({"count":"purchase")", kPurchase, 30, 0, ""},
    {"purchases_90", "count(*)", R"({"count":"purchase")", kPurchase, 90, 0, ""},
    {"purchases_365", "count(*)", R"({"count":"purchase")", kPurchase, 365, 0, ""},
    {"spent_90", "sum(amount)", R"({"sum":"purchase","of":{"column":"amount"})", kPurchase, 90, 0,
     ""},
    {"spent_180", "sum(amount)", R"({"sum":"purchase","of":{"column":"amount"})", kPurchase, 180, 0,
     ""},
    {"spent_before", "sum(amount)", R"({"sum":"purchase","of":{"column":"amount"})", kPurchase, 360,
     180, ""},
    {"largest_365", "max(amount)", R"({"max":"purchase","of":{"column":"amount"})", kPurchase, 365,
     0, ""},
    {"last_purchase", "max(occurred)", R"({"last":"purchase","of":"at")", kPurchase, 0, 0, ""},
    {"visits_7", "count(*)", R"({"count":"visit")", kVisit, 7, 0, ""},
    {"visits_90", "count(*)", R"({"count":"visit")", kVisit, 90, 0, ""},
    {"clicks_c3_60", "count(*)", R"({"count":"click","where":{"=":[{"column":"category"},"c3"]})",
     kClick, 60, 0, " AND category = 3"},
    {"refunds_180", "count(*)", R"({"count":"refund")", kRefund, 180, 0, ""},
}};

struct Segment {
  const char* name;
  const char* json;  // $name stands for a feature
  const char* sql;
};

// Amounts are cents in SQL. A comparison with an unknown puts nobody in, in both.
constexpr std::array<Segment, kSegments> kSegmentTable = {{
    {"active", R"({">=":[$purchases_30,1]})", "purchases_30 >= 1"},
    {"loyal", R"({">=":[$purchases_90,3]})", "purchases_90 >= 3"},
    {"regular", R"({">=":[$purchases_365,6]})", "purchases_365 >= 6"},
    {"never", R"({"=":[$purchases_365,0]})", "purchases_365 = 0"},
    {"few", R"({"<=":[$purchases_365,2]})", "purchases_365 <= 2"},
    {"spender", R"({">=":[$spent_90,{"decimal":"100.00"}]})", "spent_90 >= 10000"},
    {"big_spender", R"({">=":[$spent_180,{"decimal":"500.00"}]})", "spent_180 >= 50000"},
    {"falling", R"({"<":[$spent_180,{"*":[{"decimal":"0.5"},$spent_before]}]})",
     "2 * spent_180 < spent_before"},
    {"rising", R"({">":[$spent_180,{"*":[2,$spent_before]}]})", "spent_180 > 2 * spent_before"},
    {"one_large", R"({">=":[$largest_365,{"decimal":"400.00"}]})", "largest_365 >= 40000"},
    {"mostly_one", R"({">=":[{"*":[2,$largest_365]},$spent_180]})", "2 * largest_365 >= spent_180"},
    {"silent_60", R"({">":[{"days_since":[$last_purchase]},60]})",
     "(t - last_purchase) // 86400000000 > 60"},
    {"silent_180", R"({">":[{"days_since":[$last_purchase]},180]})",
     "(t - last_purchase) // 86400000000 > 180"},
    {"browser", R"({"and":[{">=":[$visits_90,5]},{"=":[$purchases_90,0]}]})",
     "visits_90 >= 5 AND purchases_90 = 0"},
    {"busy", R"({">=":[$visits_7,2]})", "visits_7 >= 2"},
    {"fan_c3", R"({">=":[$clicks_c3_60,2]})", "clicks_c3_60 >= 2"},
    {"returner", R"({">":[{"*":[3,$refunds_180]},$purchases_365]})",
     "3 * refunds_180 > purchases_365"},
    {"no_refund", R"({"and":[{"=":[$refunds_180,0]},{">=":[$purchases_365,1]}]})",
     "refunds_180 = 0 AND purchases_365 >= 1"},
    {"win_back", R"({"and":[{">=":[$spent_before,{"decimal":"200.00"}]},{"=":[$spent_180,0]}]})",
     "spent_before >= 20000 AND spent_180 = 0"},
    {"champion",
     R"({"and":[{">=":[$purchases_90,3]},{">=":[$spent_90,150]},{"or":[{">=":[$visits_7,1]},)"
     R"({"not":[{">":[{"days_since":[$last_purchase]},14]}]}]}]})",
     "purchases_90 >= 3 AND spent_90 >= 15000 AND (visits_7 >= 1 OR NOT "
     "((t - last_purchase) // 86400000000 > 14))"},
}};

std::string feature_json(const Feature& feature) {
  if (feature.from_days == 0) return std::string(feature.json) + "}";
  const std::string to = feature.to_days == 0 ? "" : fmt::format(R"(,"to":"{}d")", feature.to_days);
  return fmt::format(R"({},"over":{{"rolling":"{}d"{}}}}})", feature.json, feature.from_days, to);
}

// Longer names first where one begins with another is not needed: none does.
std::string segment_json(std::string json) {
  for (const Feature& feature : kFeatureTable) {
    const std::string name = std::string("$") + feature.name;
    for (size_t at = json.find(name); at != std::string::npos; at = json.find(name)) {
      json.replace(at, name.size(), feature_json(feature));
    }
  }
  return json;
}

std::string feature_sql(const Feature& feature, Instant t) {
  const auto ago = [&](int count) { return (t - days(count)).micros; };
  std::string filter = fmt::format("type = {}", static_cast<int>(feature.type));
  if (feature.from_days > 0) filter += fmt::format(" AND occurred > {}", ago(feature.from_days));
  filter += fmt::format(" AND occurred <= {}", ago(feature.to_days));
  const std::string aggregate =
      fmt::format("{} FILTER ({}{})", feature.aggregate, filter, feature.condition);
  const bool sum = std::string_view(feature.aggregate).starts_with("sum");
  return (sum ? "coalesce(" + aggregate + ", 0)" : aggregate) + " AS " + feature.name;
}

}  // namespace

Result<std::vector<evaluate::Definition>> definitions() {
  std::vector<evaluate::Definition> result;
  for (const Feature& feature : kFeatureTable) {
    REGULARS_ASSIGN(auto tree, evaluate::expression_from_json(feature_json(feature)));
    result.push_back({feature.name, std::move(tree)});
  }
  for (const Segment& segment : kSegmentTable) {
    REGULARS_ASSIGN(auto tree, evaluate::expression_from_json(segment_json(segment.json)));
    result.push_back({segment.name, std::move(tree)});
  }
  return result;
}

std::string fused_query(const std::string& table, Instant as_of) {
  std::string features;
  std::string outputs;
  for (const Feature& feature : kFeatureTable) {
    features += ", " + feature_sql(feature, as_of);
    outputs += fmt::format("{}sum({} % {})::BIGINT", outputs.empty() ? "" : ", ", feature.name,
                           kChecksumModulus);
  }
  for (const Segment& segment : kSegmentTable) {
    outputs += fmt::format(
        ", count(*) FILTER ({0}), coalesce(sum(customer) FILTER ({0}), 0)::BIGINT", segment.sql);
  }
  return fmt::format(
      "SELECT {} FROM (SELECT customer, {}::BIGINT AS t{} FROM {} GROUP BY customer)", outputs,
      as_of.micros, features, table);
}

}  // namespace regulars::bench
