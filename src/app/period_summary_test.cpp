#include "app/period_summary.h"

#include <gtest/gtest.h>

namespace regulars::app {
namespace {

Instant on(int year, int month, int day) {
  return Zone::utc().start_of(to_day({year, month, day})) + hours(12);
}

models::Purchases of(const std::vector<std::pair<uint32_t, Instant>>& rows) {
  models::Purchases purchases;
  for (const auto& [customer, at] : rows) {
    purchases.customer.push_back(customer);
    purchases.at.push_back(at);
    purchases.amount.push_back(1);
  }
  return purchases;
}

constexpr auto kYear = models::TimeUnit::kYear;

TEST(PeriodSummary, CountsYearsWithAPurchase) {
  const auto purchases = of({{7, on(2000, 5, 1)},
                             {7, on(2001, 1, 1)},
                             {7, on(2001, 12, 31)},
                             {7, on(2003, 6, 1)},
                             {9, on(2002, 6, 1)}});
  const PeriodSummary summary =
      period_summary(purchases, kYear, Zone::utc(), Zone::utc().end_of(to_day({2004, 12, 31})));
  ASSERT_EQ(summary.customer, (std::vector<uint32_t>{7, 9}));
  EXPECT_EQ(summary.cell[0], (models::BuyingCell{2, 3, 4}));
  EXPECT_EQ(summary.cell[1], (models::BuyingCell{0, 0, 2}));
  EXPECT_EQ(summary.stayed, (std::vector<double>{2, 1}));
  EXPECT_EQ(summary.left, (std::vector<uint8_t>{1, 1}));
}

TEST(PeriodSummary, APeriodThatIsNotOverDoesNotCount) {
  const auto purchases = of({{1, on(2000, 5, 1)}, {1, on(2001, 5, 1)}, {2, on(2001, 2, 1)}});
  const PeriodSummary open = period_summary(purchases, kYear, Zone::utc(), on(2001, 6, 1));
  ASSERT_EQ(open.customer, (std::vector<uint32_t>{1}));
  EXPECT_EQ(open.cell[0], (models::BuyingCell{0, 0, 0}));
  EXPECT_EQ(open.first_in_last, 1U);
  const PeriodSummary over =
      period_summary(purchases, kYear, Zone::utc(), Zone::utc().end_of(to_day({2001, 12, 31})));
  EXPECT_EQ(over.cell[0], (models::BuyingCell{1, 1, 1}));
  // In both years, so renewed once; whether again is not known.
  EXPECT_EQ(over.stayed[0], 1);
  EXPECT_EQ(over.left[0], 0);
}

TEST(PeriodSummary, WeeksBeginOnMondayAndMonthsCrossYears) {
  const Instant sunday = on(2024, 12, 29);
  const Instant monday = on(2024, 12, 30);
  const auto purchases = of({{1, sunday}, {1, monday}});
  const Instant end = Zone::utc().end_of(to_day({2025, 1, 5}));
  EXPECT_EQ(period_summary(purchases, models::TimeUnit::kWeek, Zone::utc(), end).cell[0],
            (models::BuyingCell{1, 1, 1}));
  const auto months = of({{1, on(2024, 12, 31)}, {1, on(2025, 1, 1)}});
  EXPECT_EQ(period_summary(months, models::TimeUnit::kMonth, Zone::utc(),
                           Zone::utc().end_of(to_day({2025, 1, 31})))
                .cell[0],
            (models::BuyingCell{1, 1, 1}));
}

}  // namespace
}  // namespace regulars::app
