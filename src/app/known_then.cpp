#include "app/known_then.h"

#include <algorithm>

namespace regulars::app {
namespace {

// The ends of the first run and of every later reading that the shop knows of, ascending.
Result<std::vector<Instant>> recordings(ProjectShop& shop) {
  REGULARS_ASSIGN(sql::Connection connection, shop.store().connect());
  REGULARS_ASSIGN(
      const sql::Rows rows,
      connection.query_rows(
          "WITH first AS (SELECT min(finished) AS finished FROM project_run WHERE state "
          "= 'done') SELECT epoch_us(finished) FROM first WHERE finished IS NOT NULL "
          "UNION SELECT epoch_us(recorded_at) FROM run, first WHERE recorded_at > "
          "first.finished ORDER BY 1"));
  std::vector<Instant> result;
  for (const auto& row : rows) result.push_back({row[0].integer().value_or(0)});
  if (shop.known_at()) {
    std::erase_if(result, [&](Instant one) { return one > *shop.known_at(); });
  }
  return result;
}

}  // namespace

Result<std::vector<KnownThen>> known_then(ProjectShop& shop, std::vector<Instant> instants) {
  REGULARS_ASSIGN(const std::vector<Instant> recorded, recordings(shop));
  std::sort(instants.begin(), instants.end());
  std::vector<KnownThen> result;
  for (const Instant t : instants) {
    const auto later = std::upper_bound(recorded.begin(), recorded.end(), t);
    // Before the first run nothing had been recorded: then what it brought counts.
    const auto by = later == recorded.begin() ? later : later - 1;
    std::optional<Instant> known_at;
    if (!recorded.empty() && by + 1 != recorded.end()) known_at = *by;
    if (result.empty() || result.back().known_at != known_at) result.push_back({{}, known_at});
    result.back().instants.push_back(t);
  }
  return result;
}

}  // namespace regulars::app
