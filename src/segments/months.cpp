#include <algorithm>

#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

int month_index(Day day, Day first_month) {
  const CivilDate a = to_civil(day);
  const CivilDate b = to_civil(first_month);
  return (a.year - b.year) * 12 + a.month - b.month;
}

std::vector<Month> empty_months(Day from, Day to) {
  std::vector<Month> table;
  for (Day begin = start_of_month(from); begin <= to; begin = add_months(begin, 1)) {
    Month month;
    month.begin = begin;
    const Day end = add_months(begin, 1);
    month.days_covered = std::min(end, to + 1) - std::max(begin, from);
    month.partial = month.days_covered < end - begin;
    table.push_back(month);
  }
  return table;
}

}  // namespace

std::vector<Month> months(const History& history, const Zone& zone, Day from, Day to) {
  std::vector<Month> table = empty_months(from, to);
  const auto month_at = [&](Instant t) -> Month* {
    const int index = month_index(zone.day_of(t), table.front().begin);
    const bool inside = index >= 0 && index < static_cast<int>(table.size());
    return inside ? &table[static_cast<size_t>(index)] : nullptr;
  };
  const auto for_each = [&](const char* type, const auto& visit) {
    const Stream* stream = history.stream(type);
    if (stream == nullptr || table.empty()) return;
    const Column& amount = *find_column(stream->columns, "amount");
    for (size_t c = 0; c < history.customers(); ++c) {
      const Month* previous = nullptr;
      for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
        Month* month = month_at(stream->at[row]);
        if (month == nullptr) continue;
        visit(*month, amount.numbers[row], previous);
        previous = month;
      }
    }
  };
  for_each("purchase", [](Month& month, int64_t amount, const Month* previous) {
    ++month.orders;
    month.gross += amount;
    month.customers += previous == &month ? 0 : 1;
    month.new_customers += previous == nullptr ? 1 : 0;
  });
  for_each("refund", [](Month& month, int64_t amount, const Month*) { month.refunds += amount; });
  for (Month& month : table) month.net = month.gross - month.refunds;
  return table;
}

}  // namespace regulars::segments
