#include "store/source_activity.h"

#include <algorithm>

#include "store/event_schema.h"

namespace regulars::store {
namespace {

Result<void> add_rejected(sql::Connection& connection,
                          std::map<std::string, SourceActivity>& activity) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows(
                      "SELECT source.name, "
                      "CAST(coalesce(sum(rows_rejected), 0) AS BIGINT) FROM source LEFT JOIN run "
                      "USING (source) GROUP BY source.name"));
  for (const auto& row : rows) {
    activity[row[0].text().value_or("")].rejected = row[1].integer().value_or(0);
  }
  return {};
}

}  // namespace

Result<std::map<std::string, SourceActivity>> source_activity(sql::Connection& connection) {
  std::map<std::string, SourceActivity> activity;
  REGULARS_TRY(add_rejected(connection, activity));
  REGULARS_ASSIGN(const std::vector<StoredType> types, read_schema(connection));
  for (const StoredType& type : types) {
    if (type.type == kAttributeType || type.type == "attribute_change") continue;
    REGULARS_ASSIGN(const sql::Rows rows,
                    connection.query_rows(
                        "SELECT DISTINCT source.name, CAST(event.occurred_at AS DATE) FROM " +
                        type.event_table() +
                        " AS event JOIN run ON event.run = run.run JOIN source ON run.source = "
                        "source.source WHERE event.superseded_at IS NULL"));
    for (const auto& row : rows) {
      const auto day = static_cast<int32_t>(row[1].integer().value_or(0));
      activity[row[0].text().value_or("")].days.push_back(Day{day});
    }
  }
  for (auto& [name, one] : activity) {
    std::sort(one.days.begin(), one.days.end());
    one.days.erase(std::unique(one.days.begin(), one.days.end()), one.days.end());
  }
  return activity;
}

}  // namespace regulars::store
