#include "data/isolated_dates.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

using DayRows = std::vector<std::pair<Day, int64_t>>;

// A hundred days from 2024-01-01, ten rows each.
DayRows spring() {
  DayRows days;
  for (int d = 0; d < 100; ++d) days.emplace_back(to_day({2024, 1, 1}) + d, 10);
  return days;
}

TEST(IsolatedDates, PlainFilesHaveNone) {
  const DateRange range = find_date_range(spring());
  EXPECT_EQ(range.first, to_day({2024, 1, 1}));
  EXPECT_EQ(range.last, to_day({2024, 1, 1}) + 99);
  EXPECT_EQ(range.isolated_before + range.isolated_after, 0);
}

TEST(IsolatedDates, BothEndsAtOnce) {
  DayRows days = spring();
  days.insert(days.begin(), {to_day({1970, 1, 1}), 5});
  days.emplace_back(to_day({2099, 1, 1}), 1);
  const DateRange range = find_date_range(days);
  EXPECT_EQ(range.first, to_day({2024, 1, 1}));
  EXPECT_EQ(range.last, to_day({2024, 1, 1}) + 99);
  EXPECT_EQ(range.isolated_before, 5);
  EXPECT_EQ(range.isolated_after, 1);
  EXPECT_EQ(range.latest, to_day({2099, 1, 1}));
}

TEST(IsolatedDates, AYearMistypedOnce) {
  DayRows days = spring();
  days.emplace_back(to_day({2025, 3, 1}), 1);
  EXPECT_EQ(find_date_range(days).isolated_after, 1);
}

TEST(IsolatedDates, ManyRowsAreASeasonNotAMistake) {
  DayRows days = spring();
  days.emplace_back(to_day({2024, 12, 1}), 40);
  EXPECT_EQ(find_date_range(days).isolated_after, 0);
}

TEST(IsolatedDates, SparseFilesHaveLongGaps) {
  DayRows days;
  for (int d = 0; d < 30; ++d) days.emplace_back(to_day({2020, 1, 1}) + 50 * d, 1);
  days.emplace_back(days.back().first + 200, 1);
  EXPECT_EQ(find_date_range(days).isolated_after, 0) << "200 days are four of its own gaps";
  days.back().first = days.back().first + 200;
  EXPECT_EQ(find_date_range(days).isolated_after, 1);
}

TEST(IsolatedDates, FewRowsAreNotJudged) {
  const DayRows days = {{to_day({2024, 1, 1}), 1},
                        {to_day({2024, 1, 2}), 1},
                        {to_day({2024, 1, 3}), 1},
                        {to_day({2030, 1, 1}), 1}};
  EXPECT_EQ(find_date_range(days).isolated_after, 0);
  EXPECT_EQ(find_date_range(days).last, to_day({2030, 1, 1}));
}

}  // namespace
}  // namespace regulars
