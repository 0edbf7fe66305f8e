#include "connect/column_profile.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "connect/duplicates.h"

namespace regulars::connect {
namespace {

ColumnProfile profile(const std::vector<std::string>& texts) {
  ColumnProfiler profiler("column");
  const std::vector<std::string_view> cells(texts.begin(), texts.end());
  std::vector<uint64_t> hashes(cells.size(), 0);
  profiler.add(cells, 0, hashes);
  return profiler.finish();
}

TEST(ColumnProfile, CountsEveryCellOfARepeatedValue) {
  const ColumnProfile p = profile({"1.50", "1.50", "-2", "", "NULL", "0", "1.50"});
  EXPECT_EQ(p.rows, 7);
  EXPECT_EQ(p.empty, 2);
  EXPECT_EQ(p.numbers, 5);
  EXPECT_EQ(p.negatives, 1);
  EXPECT_EQ(p.zeros, 1);
  EXPECT_EQ(p.fractions, 3);
  EXPECT_EQ(p.decimals, 2);
  EXPECT_EQ(p.distinct, 3);
  EXPECT_EQ(p.repeats_row_above, 1);
  EXPECT_DOUBLE_EQ(p.smallest, -2);
  EXPECT_DOUBLE_EQ(p.largest, 1.5);
  ASSERT_EQ(p.values.size(), 3);
  EXPECT_EQ(p.values[0].value, "1.50");
  EXPECT_EQ(p.values[0].rows, 3);
}

TEST(ColumnProfile, KnowsDatesMailsAndLetterNumbers) {
  EXPECT_EQ(profile({"13/01/2024", "01/13/2024", "2024-01-13 08:00Z"}).time.civil, 3);
  const ColumnProfile dates = profile({"13/01/2024", "14/02/2024", "02/03/2024"});
  EXPECT_EQ(dates.time.year_last, 3);
  EXPECT_EQ(dates.time.first_over_12, 2);
  EXPECT_EQ(dates.time.second_over_12, 0);
  EXPECT_EQ(profile({"20240113"}).time.compact, 1);
  EXPECT_EQ(profile({"08:26", "9:15 PM"}).time.time_of_day, 2);
  const ColumnProfile mails = profile({"a@example.com", " B@Example.com", "nobody"});
  EXPECT_EQ(mails.emails, 2);
  EXPECT_EQ(mails.upper_or_spaced, 1);
  EXPECT_EQ(profile({"C536379", "CN-12", "ABCD1", "536"}).letter_numbers, 2);
}

TEST(ColumnProfile, EstimatesManyValuesWithinTwoPercent) {
  ColumnProfiler profiler("column");
  constexpr size_t kValues = 400'000;
  std::vector<uint64_t> hashes(1, 0);
  for (size_t i = 0; i < kValues; ++i) {
    const std::string text = "id" + std::to_string(i);
    const std::string_view cell = text;
    profiler.add({&cell, 1}, 0, hashes);
  }
  const ColumnProfile p = profiler.finish();
  EXPECT_NEAR(p.distinct, kValues, 0.02 * kValues);
  EXPECT_TRUE(p.values.empty());
}

TEST(Duplicates, RowsAreHashedByColumn) {
  ColumnProfiler first("a");
  ColumnProfiler second("b");
  const std::vector<std::string_view> a = {"x", "y", "x", "x"};
  const std::vector<std::string_view> b = {"y", "x", "y", "z"};
  std::vector<uint64_t> hashes(4, 0);
  first.add(a, 0, hashes);
  second.add(b, 1, hashes);
  // Row 2 repeats row 0; row 1 has the same cells in other columns.
  const Repeats repeats = find_repeats(hashes, true);
  EXPECT_EQ(repeats.count, 1);
  EXPECT_EQ(repeats.is_repeat, (std::vector<uint8_t>{0, 0, 1, 0}));
}

TEST(Duplicates, EveryRepeatIsCountedAndTheFirstKept) {
  const std::vector<uint64_t> hashes = {7, 0, 7, 0, 7, 1};
  const Repeats repeats = find_repeats(hashes, true);
  EXPECT_EQ(repeats.count, 3);
  EXPECT_EQ(repeats.is_repeat, (std::vector<uint8_t>{0, 0, 1, 1, 1, 0}));
  EXPECT_TRUE(find_repeats(hashes, false).is_repeat.empty());
}

}  // namespace
}  // namespace regulars::connect
