#include "models/clv/purchase_summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Instant noon(int day) { return Instant{0} + days(day) + hours(12); }

struct Row {
  uint32_t customer;
  Instant at;
  double amount;
};
Purchases purchases_of(const std::vector<Row>& rows) {
  Purchases p;
  for (const Row& row : rows) {
    p.customer.push_back(row.customer);
    p.at.push_back(row.at);
    p.amount.push_back(row.amount);
  }
  return p;
}
SummaryOptions until(int day) {
  SummaryOptions options;
  options.unit = TimeUnit::kDay;
  options.until = noon(day);
  return options;
}
bool finds(const SummaryAudit& audit, std::string_view words, bool spoils) {
  return std::ranges::any_of(audit.findings, [&](const SummaryAudit::Finding& f) {
    return f.spoils == spoils && f.what.find(words) != std::string::npos && !f.means.empty();
  });
}
std::string all_of(const SummaryAudit& audit) {
  std::string text;
  for (const auto& f : audit.findings) text += f.what + "\n";
  return text;
}

TEST(PurchaseSummary, CountsWhatComesAfterTheFirst) {
  const Purchases p = purchases_of({{7, noon(10), 20},
                                    {3, noon(4), 5},
                                    {7, noon(2), 100},
                                    {7, noon(10) + hours(1), 30},  // the same day: one purchase
                                    {7, noon(16), 10},
                                    {7, noon(31), 999},  // after the end
                                    {7, noon(12), -40},  // a refund
                                    {9, noon(12), kNan},
                                    {3, noon(8), 0}});
  const SummaryResult result = summarise(p, until(30)).value();
  const PurchaseSummary& s = result.summary;
  EXPECT_EQ(s.customer, (std::vector<uint32_t>{3, 7}));
  EXPECT_EQ(s.cell, (std::vector<BuyingCell>{{1, 4, 26}, {2, 14, 28}}));
  EXPECT_EQ(s.spend_count, (std::vector<uint32_t>{0, 2}));
  EXPECT_DOUBLE_EQ(s.mean_spend[1], 30);  // 50 and 10; the first 100 is not of the repeats
  EXPECT_DOUBLE_EQ(s.log_gaps[1], std::log(8.0) + std::log(6.0));
  EXPECT_EQ(s.first_day[0], Day{4});
  const SummaryAudit& a = result.audit;
  EXPECT_EQ(a.purchases, 9U);
  EXPECT_EQ(a.counted, 5U);
  EXPECT_EQ(a.merged_days, 1U);
  EXPECT_EQ(a.zero_amounts, 1U);
  EXPECT_EQ(a.negative_amounts, 1U);
  EXPECT_EQ(a.after_until, 1U);
  EXPECT_EQ(a.not_finite, 1U);
  EXPECT_EQ(a.purchases,
            a.counted + a.merged_days + a.negative_amounts + a.after_until + a.not_finite);
  EXPECT_EQ(a.customers, 2U);
}

TEST(PurchaseSummary, OptionsChangeTheTreatment) {
  const Purchases p = purchases_of(
      {{1, noon(0), 100}, {1, noon(0) + hours(2), 50}, {1, noon(7), 0}, {1, noon(14), 20}});
  SummaryOptions options = until(28);
  options.unit = TimeUnit::kWeek;
  EXPECT_EQ(summarise(p, options)->summary.cell[0], (BuyingCell{2, 2, 4}));
  options.zero_amounts_count = false;
  EXPECT_EQ(summarise(p, options)->summary.cell[0], (BuyingCell{1, 2, 4}));
  options.first_in_spend = true;
  EXPECT_DOUBLE_EQ(summarise(p, options)->summary.mean_spend[0], 85);
  options.merge_days = false;
  const PurchaseSummary exact = summarise(p, options)->summary;
  EXPECT_EQ(exact.cell[0].x, 2);
  EXPECT_DOUBLE_EQ(exact.cell[0].t_x, 2);
  EXPECT_NEAR(exact.log_gaps[0], std::log(2 / 24.0 / 7) + std::log((14 - 2 / 24.0) / 7), 1e-12);
}

TEST(PurchaseSummary, PurchasesOfTheSameInstantAreOneEvenWithoutMergingDays) {
  SummaryOptions options = until(9);
  options.merge_days = false;
  const SummaryResult r =
      summarise(purchases_of({{1, noon(1), 5}, {1, noon(1), 6}, {1, noon(3), 6}}), options).value();
  EXPECT_EQ(r.summary.cell[0], (BuyingCell{1, 2, 8}));
  EXPECT_TRUE(std::isfinite(r.summary.log_gaps[0]));
}

TEST(PurchaseSummary, DaysAreTheZones) {
  const Zone berlin = Zone::find("Europe/Berlin").value();
  // 22:30 UTC on 30 March 2024 is 23:30 in Berlin; half an hour into the 31st it is another day,
  // which is an hour short.
  const Instant evening = Zone::utc().at(to_day({2024, 3, 30}), 81'000'000'000);
  const Purchases p = purchases_of({{1, evening, 1},
                                    {1, evening + hours(1), 1},
                                    {1, evening + hours(23), 1},
                                    {1, evening + hours(23) + minutes(29), 1}});
  SummaryOptions options;
  options.unit = TimeUnit::kDay;
  options.until = evening + days(10);
  options.zone = &berlin;
  const SummaryResult local = summarise(p, options).value();
  EXPECT_EQ(local.summary.cell[0].x, 1);
  EXPECT_EQ(local.summary.cell[0].t_x, 1);
  EXPECT_EQ(local.summary.first_day[0], to_day({2024, 3, 30}));
  EXPECT_EQ(local.summary.cell[0].T, 11);  // 9 April 22:30 UTC is the 10th in Berlin
  options.zone = &Zone::utc();
  EXPECT_EQ(summarise(p, options)->summary.cell[0].x, 1);
  EXPECT_EQ(summarise(p, options)->summary.cell[0].T, 10);
}

// Days from the table are the zone's own, also far away and around changes of the clock.
TEST(PurchaseSummary, DaysOfTheTableAreDaysOfTheZone) {
  const Zone lord_howe = Zone::find("Australia/Lord_Howe").value();
  Random random(3);
  std::vector<Row> rows;
  for (uint32_t i = 0; i < 3000; ++i)
    rows.push_back({i, Instant{random.below(20'000LL * 86'400'000'000)}, 1});
  SummaryOptions options;
  options.until = Instant{20'000LL * 86'400'000'000};
  options.zone = &lord_howe;
  const PurchaseSummary s = summarise(purchases_of(rows), options)->summary;
  for (uint32_t i = 0; i < 3000; ++i) EXPECT_EQ(s.first_day[i], lord_howe.day_of(rows[i].at));
}

TEST(PurchaseSummary, OrderOfRowsAndThinNumbersDoNotMatter) {
  Random random(5);
  std::vector<Row> rows;
  for (int i = 0; i < 2000; ++i)
    rows.push_back({static_cast<uint32_t>(random.below(300)),
                    Instant{random.below(300LL * 86'400'000'000)},
                    static_cast<double>(random.below(20))});
  const SummaryResult one = summarise(purchases_of(rows), until(290)).value();
  for (size_t i = rows.size(); i > 1; --i)
    std::swap(rows[i - 1], rows[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);
  const SummaryResult two = summarise(purchases_of(rows), until(290)).value();
  EXPECT_EQ(one.summary.cell, two.summary.cell);
  EXPECT_EQ(one.summary.mean_spend, two.summary.mean_spend);
  EXPECT_EQ(one.summary.log_gaps, two.summary.log_gaps);
  for (Row& row : rows) row.customer = row.customer * 14'000'000 + 5;
  const SummaryResult thin = summarise(purchases_of(rows), until(290)).value();
  EXPECT_EQ(one.summary.cell, thin.summary.cell);
  EXPECT_EQ(thin.summary.customer.back(), one.summary.customer.back() * 14'000'000 + 5);
}

TEST(PurchaseSummary, SaysWhyNothingCounts) {
  Purchases p = purchases_of({{1, noon(50), 5}, {2, noon(1), -5}, {2, noon(1), kNan}});
  const auto result = summarise(p, until(30));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), ErrorCode::kBadData);
  EXPECT_NE(result.error().message().find("1 are after 1970-01-31"), std::string::npos);
  EXPECT_FALSE(summarise({}, until(30)));
  p.amount.pop_back();
  EXPECT_NE(summarise(p, until(30)).error().message().find("differ in length"), std::string::npos);
}

TEST(SummaryAudit, OneCustomerAndAllOnOneDaySpoilAFit) {
  const auto one = summarise(purchases_of({{1, noon(3), 5}, {1, noon(9), 5}}), until(30));
  EXPECT_TRUE(one->audit.spoilt());
  EXPECT_TRUE(finds(one->audit, "one customer only", true));
  const auto same = summarise(purchases_of({{1, noon(3), 5}, {2, noon(3), 5}}), until(3));
  EXPECT_TRUE(finds(same->audit, "all purchases are of one day", true));
  EXPECT_TRUE(finds(same->audit, "everyone first bought on the last day", true));
}

TEST(SummaryAudit, AMillionIdenticalRowsAreOnePurchase) {
  const std::vector<Row> rows(1'000'000, Row{4, noon(3), 9});
  const SummaryResult r = summarise(purchases_of(rows), until(30)).value();
  EXPECT_EQ(r.summary.cell, (std::vector<BuyingCell>{{0, 0, 27}}));
  EXPECT_EQ(r.audit.identical_rows, 999'999U);
  EXPECT_TRUE(finds(r.audit, "are the same as another in customer, time and amount", true));
}

// A shop of 400 customers at random, with one thing wrong with it.
std::vector<Row> random_shop(uint64_t seed) {
  Random random(seed);
  std::vector<Row> rows;
  for (uint32_t c = 0; c < 400; ++c) {
    double day = 7400 + random.uniform() * 200;
    for (int i = 0; i < 6 && day < 7700; ++i, day += 1 + random.exponential(0.02))
      rows.push_back({c, noon(static_cast<int>(day)), 10 + 5 * random.uniform()});
  }
  return rows;
}

TEST(SummaryAudit, AnOrdinaryShopHasNoFault) {
  const SummaryResult r = summarise(purchases_of(random_shop(1)), until(7700)).value();
  EXPECT_TRUE(r.audit.findings.empty()) << all_of(r.audit);
  EXPECT_FALSE(r.audit.spoilt());
  EXPECT_NEAR(r.audit.regularity.k, 1, 0.15);
}

TEST(SummaryAudit, NamesWhatIsOddInAShop) {
  const auto audit = [](const std::vector<Row>& rows) {
    return summarise(purchases_of(rows), until(7700))->audit;
  };
  std::vector<Row> till = random_shop(2);
  for (int i = 0; i < 290; ++i) till.push_back({999, noon(7405 + i), 1});
  EXPECT_TRUE(finds(audit(till), "customer 999 makes", true));

  std::vector<Row> rich = random_shop(2);
  rich.push_back({17, noon(7650), 1e6});
  EXPECT_TRUE(finds(audit(rich), "customer 17 makes 9", false));

  std::vector<Row> placeholder = random_shop(2);
  for (uint32_t c = 500; c < 550; ++c) placeholder.push_back({c, Instant{0}, 1});
  EXPECT_TRUE(finds(audit(placeholder), "first bought before 1990", true));

  std::vector<Row> cut = random_shop(2);
  for (uint32_t c = 500; c < 900; ++c) cut.push_back({c, noon(7390), 1});
  EXPECT_TRUE(finds(audit(cut), "first purchase on the first day", false));

  std::vector<Row> contracts = random_shop(2);
  for (uint32_t c = 500; c < 900; ++c)
    for (int i = 0; i < 8; ++i)
      contracts.push_back({c, noon(7400 + static_cast<int>(c % 30) + 30 * i), 10});
  const SummaryAudit regular = audit(contracts);
  EXPECT_TRUE(finds(regular, "at equal intervals", true)) << all_of(regular);
  EXPECT_TRUE(finds(regular, "more regularly than chance", false)) << all_of(regular);

  std::vector<Row> future = random_shop(2);
  future.push_back({3, noon(2'900'000), 5});
  future.push_back({3, Instant{std::numeric_limits<int64_t>::max()}, 5});
  EXPECT_TRUE(finds(audit(future), "1 rows (0.1 %) are later than the end", false));
  EXPECT_EQ(audit(future).not_finite, 1U);

  std::vector<Row> free = random_shop(2);
  for (Row& row : free) row.amount = 0;
  EXPECT_TRUE(finds(audit(free), "no purchase has an amount above 0", false));

  std::vector<Row> once;
  for (uint32_t c = 0; c < 1000; ++c)
    once.push_back({c, noon(7400 + static_cast<int>(c % 250)), 3});
  EXPECT_TRUE(finds(audit(once), "nobody came back", true));
  for (uint32_t c = 0; c < 60; ++c) once.push_back({c, noon(7690), 3});
  EXPECT_TRUE(finds(audit(once), "94.0 % of customers bought once", false)) << all_of(audit(once));
}

TEST(PurchaseSummary, CdnowAsItsPublishedSummary) {
  const auto rows = public_table("cdnow/CDNOW_sample.txt.gz", ' ');
  const auto published = public_table("cdnow/cdnow_customers_summary.csv", ',');
  REGULARS_NEEDS(rows && published);
  Purchases p;
  for (const std::vector<std::string>& row : *rows) {
    p.customer.push_back(static_cast<uint32_t>(std::stoul(row[1])));
    p.at.push_back(noon(day_number(row[2])));
    p.amount.push_back(std::stod(row[4]));
  }
  SummaryOptions options;
  options.until = noon(day_number("1997-09-30"));
  const SummaryResult r = summarise(p, options).value();
  ASSERT_EQ(r.summary.size(), 2357U);
  ASSERT_EQ(published->size(), 2358U);
  for (size_t i = 0; i < 2357; ++i) {
    const std::vector<std::string>& row = (*published)[i + 1];
    EXPECT_EQ(r.summary.customer[i], std::stoul(row[0]));
    EXPECT_EQ(r.summary.cell[i].x, std::stod(row[1]));
    // The publication is rounded to two decimals.
    EXPECT_NEAR(r.summary.cell[i].t_x, std::stod(row[2]), 0.00501);
    EXPECT_NEAR(r.summary.cell[i].T, std::stod(row[3]), 0.00501);
  }
  const auto shop = cdnow_sample();
  EXPECT_EQ(r.summary.cell, buying_cells(*shop, day_number("1997-09-30")));
  EXPECT_EQ(std::ranges::count_if(r.summary.spend_count, [](uint32_t n) { return n > 0; }), 946);
  EXPECT_FALSE(r.audit.spoilt()) << all_of(r.audit);
}

}  // namespace
}  // namespace regulars::models
