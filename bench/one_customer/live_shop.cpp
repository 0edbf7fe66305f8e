#include "one_customer/live_shop.h"

#include <algorithm>

namespace regulars::bench {

Result<LiveShop> live_shop(const History& history) {
  Questions questions = from_templates(kLiveSegments, /*seed=*/1);
  REGULARS_ASSIGN(auto definitions, questions.definitions());
  REGULARS_ASSIGN(auto plan,
                  evaluate::LivePlan::make(evaluate::schema_of(history), definitions, Zone::utc()));
  return LiveShop{std::move(questions), std::move(definitions), std::move(plan)};
}

std::vector<Arrival> arrivals(const evaluate::LiveLayout& layout, const History& history,
                              CustomerNumber customer, Instant upto) {
  std::vector<Arrival> all;
  for (const Stream& stream : history.streams()) {
    const size_t type = layout.type_of(stream.type);
    for (uint32_t row = stream.offset[customer]; row < stream.offset[customer + 1]; ++row) {
      if (stream.at[row] > upto) break;
      Arrival& one = all.emplace_back();
      one.type = type;
      one.at = stream.at[row];
      one.id = stream.id[row];
      for (const Column& column : stream.columns) {
        one.columns[one.count++] =
            column.type == ValueType::kText ? int64_t{column.codes[row]} : column.numbers[row];
      }
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
  return all;
}

}  // namespace regulars::bench
