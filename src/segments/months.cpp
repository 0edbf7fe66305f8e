#include <algorithm>
#include <map>

#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

constexpr size_t kMostMonths = 360;

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

// The months of the range, and those before it that hold an isolated date: without them the months
// would not add up to the total.
class MonthTable {
 public:
  MonthTable(Day from, Day to) : range_(empty_months(from, to)) {}

  Month* at(Day day) {
    const int index = month_index(day, range_.front().begin);
    if (index >= static_cast<int>(range_.size())) return nullptr;
    if (index >= 0) return &range_[static_cast<size_t>(index)];
    Month& month = isolated_[start_of_month(day)];
    month.begin = start_of_month(day);
    month.partial = month.isolated = true;
    return &month;
  }

  std::vector<Month> all() && {
    std::vector<Month> months;
    for (const auto& [begin, month] : isolated_) months.push_back(month);
    months.insert(months.end(), range_.begin(), range_.end());
    // A date of 1900 that nobody can call isolated must not make a thousand empty rows.
    if (months.size() > kMostMonths) {
      std::erase_if(months,
                    [](const Month& month) { return month.orders == 0 && month.refunds == 0; });
    }
    for (Month& month : months) month.net = month.gross - month.refunds;
    return months;
  }

 private:
  std::vector<Month> range_;
  std::map<Day, Month> isolated_;
};

}  // namespace

std::vector<Month> months(const History& history, const Zone& zone, Day from, Day to) {
  MonthTable table(from, to);
  const auto for_each = [&](const char* type, const auto& visit) {
    const Stream* stream = history.stream(type);
    if (stream == nullptr) return;
    const Column& amount = *find_column(stream->columns, "amount");
    for (size_t c = 0; c < history.customers(); ++c) {
      const Month* previous = nullptr;
      for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
        Month* month = table.at(zone.day_of(stream->at[row]));
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
  return std::move(table).all();
}

}  // namespace regulars::segments
