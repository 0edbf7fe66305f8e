// Simulated customers behave as their spec says: moments, drop-out, spending, effects.
#include <cmath>
#include <set>

#include "simulate/test_shop.h"

namespace regulars::simulate {
namespace {

constexpr double kMicrosPerYear = 365.25 * 86'400e6;

// No faults, campaigns, traders or prospects: the bare buying process.
ShopSpec bare_shop(const std::string& name, uint32_t customers) {
  ShopSpec spec = small_shop(name, customers);
  spec.quirks = {.refund_share = 0,
                 .duplicate_line_share = 0,
                 .late_share = 0,
                 .guest_share = 0,
                 .unattributed_share = 0,
                 .free_line_share = 0,
                 .cancelled_share = 0,
                 .failed_share = 0,
                 .test_share = 0};
  spec.behaviour.trade_share = 0;
  spec.behaviour.prospect_share = 0;
  spec.behaviour.campaigns_per_year = 0;
  return spec;
}

KeepAll run(const ShopSpec& spec, Truth* truth = nullptr) {
  KeepAll kept;
  const Result<Truth> result = simulate(spec, kept);
  EXPECT_TRUE(result.ok());
  if (truth != nullptr) *truth = *result;
  return kept;
}

double standard_error(double shape, double mean, size_t n) {
  return mean / std::sqrt(shape * static_cast<double>(n));
}

TEST(Behaviour, RatesComeFromTheirDistributions) {
  const ShopSpec spec = bare_shop("fashion", 20'000);
  const Behaviour& b = spec.behaviour;
  const KeepAll kept = run(spec);
  double orders = 0;
  double squares = 0;
  double drops = 0;
  for (const CustomerTruth& truth : kept.truths) {
    orders += truth.orders_per_year;
    squares += truth.orders_per_year * truth.orders_per_year;
    drops += truth.drop_outs_per_year;
  }
  const auto n = static_cast<double>(kept.truths.size());
  EXPECT_NEAR(orders / n, b.orders_per_year,
              4 * standard_error(b.order_rate_shape, b.orders_per_year, kept.truths.size()));
  EXPECT_NEAR(drops / n, b.drop_outs_per_year,
              4 * standard_error(b.drop_out_shape, b.drop_outs_per_year, kept.truths.size()));
  const double variance = squares / n - orders / n * (orders / n);
  EXPECT_NEAR(variance / (b.orders_per_year * b.orders_per_year / b.order_rate_shape), 1, 0.1);
}

TEST(Behaviour, CustomersDropOutAtTheirOwnRates) {
  const ShopSpec spec = bare_shop("grocery", 10'000);
  Truth truth;
  const KeepAll kept = run(spec, &truth);
  const Instant end = Zone::find(spec.zone)->end_of(spec.to);
  double expected = 0;
  double variance = 0;
  for (const CustomerTruth& one : kept.truths) {
    const double years = static_cast<double>((end - one.joined).micros) / kMicrosPerYear;
    const double chance = 1 - std::exp(-one.drop_outs_per_year * years);
    expected += chance;
    variance += chance * (1 - chance);
  }
  EXPECT_NEAR(static_cast<double>(truth.dropped_out), expected, 4 * std::sqrt(variance));
  // Nobody orders after dropping out.
  for (const OrderLine& line : kept.lines) {
    ASSERT_LE(line.order_time, kept.truths[line.customer].drop_out);
    ASSERT_GE(line.order_time, kept.truths[line.customer].joined);
  }
}

TEST(Behaviour, CustomersOrderAtTheirOwnRates) {
  ShopSpec spec = bare_shop("coffee", 4000);
  spec.behaviour.joined_before_share = 1;  // all are there on the first day or have left
  spec.from = to_day({2023, 1, 1});
  spec.to = to_day({2024, 12, 31});
  const KeepAll kept = run(spec);
  double expected = 0;
  int64_t orders = 0;
  for (const CustomerTruth& truth : kept.truths) {
    if (truth.drop_out != kNever) continue;
    expected += truth.orders_per_year * (731 / 365.25);
    orders += truth.orders;
  }
  EXPECT_GT(expected, 30'000);
  EXPECT_NEAR(static_cast<double>(orders) / expected, 1, 0.02);
}

TEST(Behaviour, BasketsAreWorthWhatCustomersSpend) {
  ShopSpec spec = bare_shop("grocery", 1500);
  const KeepAll kept = run(spec);
  double expected = 0;
  double spent = 0;
  for (const CustomerTruth& truth : kept.truths) {
    if (truth.mean_order_cents < 1500) continue;  // less than a product or two: rounded up
    expected += truth.mean_order_cents * truth.orders;
    spent += static_cast<double>(truth.gross_cents);
  }
  int64_t shipping = 0;
  for (const OrderLine& line : kept.lines) {
    const bool counts = kept.truths[line.customer].mean_order_cents >= 1500;
    if (line.product == kShipping && counts) shipping += line.amount_cents();
  }
  EXPECT_NEAR((spent - static_cast<double>(shipping)) / expected, 1, 0.05);
}

TEST(Behaviour, MonthlyPlansRepeatOnTheirDay) {
  const ShopSpec spec = bare_shop("subscription", 400);
  const KeepAll kept = run(spec);
  const Result<Zone> zone = Zone::find(spec.zone);
  int64_t checked = 0;
  for (const OrderLine& line : kept.lines) {
    const Day joined = zone->day_of(kept.truths[line.customer].joined);
    const Day day = zone->day_of(line.order_time);
    const int months = (to_civil(day).year - to_civil(joined).year) * 12 + to_civil(day).month -
                       to_civil(joined).month;
    ASSERT_EQ(day, add_months(joined, months));
    ++checked;
  }
  EXPECT_GT(checked, 1000);
}

TEST(Behaviour, WeekdaysSeasonsAndOpeningHoursShow) {
  const ShopSpec spec = bare_shop("fashion", 4000);
  const KeepAll kept = run(spec);
  const Result<Zone> zone = Zone::find(spec.zone);
  int64_t night = 0;
  int64_t saturday = 0;
  int64_t tuesday = 0;
  std::set<int> store_hours;
  for (const OrderLine& line : kept.lines) {
    const auto hour = static_cast<int>(zone->micros_of_day(line.order_time) / hours(1).micros);
    night += hour >= 2 && hour < 6 ? 1 : 0;
    const int day = weekday(zone->day_of(line.order_time));
    saturday += day == 6 ? 1 : 0;
    tuesday += day == 2 ? 1 : 0;
    if (line.channel == 0) store_hours.insert(hour);
  }
  EXPECT_LT(static_cast<double>(night), 0.01 * static_cast<double>(kept.lines.size()));
  EXPECT_GT(static_cast<double>(saturday), 1.4 * static_cast<double>(tuesday));
  EXPECT_EQ(*store_hours.begin(), 10);
  EXPECT_EQ(*store_hours.rbegin(), 19);
}

TEST(Behaviour, EveningsStayEveningsFarFromGreenwich) {
  ShopSpec spec = bare_shop("fashion", 1000);
  spec.zone = "America/Los_Angeles";
  const KeepAll kept = run(spec);
  const Result<Zone> zone = Zone::find(spec.zone);
  int64_t at_four = 0;
  int64_t at_eight_evening = 0;
  for (const OrderLine& line : kept.lines) {
    const int64_t hour = zone->micros_of_day(line.order_time) / hours(1).micros;
    at_four += hour == 4 ? 1 : 0;
    at_eight_evening += hour == 20 ? 1 : 0;
  }
  EXPECT_GT(at_eight_evening, 200);
  EXPECT_LT(at_four * 50, at_eight_evening);
}

TEST(Behaviour, TastesShowInBasketsAndStatedInterests) {
  const ShopSpec spec = bare_shop("grocery", 2000);
  const KeepAll kept = run(spec);
  std::vector<double> favourite(kept.truths.size());
  std::vector<double> all(kept.truths.size());
  for (const OrderLine& line : kept.lines) {
    if (line.product <= kFreeSample) continue;
    const CategoryRange& range =
        kept.shop.categories[kept.truths[line.customer].favourite_category];
    all[line.customer] += 1;
    favourite[line.customer] += line.product >= range.first && line.product < range.last ? 1 : 0;
  }
  double bought = 0;
  double stated = 0;
  int64_t buyers = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] < 50) continue;
    bought += favourite[i] / all[i];
    stated += kept.truths[i].favourite_share;
    ++buyers;
  }
  ASSERT_GT(buyers, 500);
  EXPECT_NEAR(bought / stated, 1, 0.2);
}

struct Arm {
  double n = 0;
  double sum = 0;
  double squares = 0;
  double mean() const { return sum / n; }
  double error() const { return std::sqrt((squares / n - mean() * mean()) / n); }
};

TEST(Campaigns, MeasuredEffectAgreesWithTheTruth) {
  ShopSpec spec = bare_shop("coffee", 6000);
  spec.behaviour.campaigns_per_year = 4;
  spec.behaviour.control_share = 0.4;
  spec.behaviour.persuadable_share = 0.5;
  Truth truth;
  const KeepAll kept = run(spec, &truth);
  std::map<uint32_t, std::set<std::pair<Instant, uint64_t>>> orders;
  for (const OrderLine& line : kept.lines)
    orders[line.customer].insert({line.order_time, line.order});
  Arm treated;
  Arm control;
  for (const Message& message : kept.message_rows) {
    const Campaign& campaign = kept.shop.campaigns[message.campaign];
    const auto& own = orders[message.customer];
    const auto count =
        static_cast<double>(std::distance(own.upper_bound({campaign.sent_at, UINT64_MAX}),
                                          own.upper_bound({campaign.window_end, UINT64_MAX})));
    Arm& arm = message.treated ? treated : control;
    arm.n += 1;
    arm.sum += count;
    arm.squares += count * count;
  }
  double added = 0;
  for (const CampaignTruth& one : truth.campaigns) {
    added += static_cast<double>(one.orders_added - one.orders_removed);
  }
  const double effect = added / treated.n;
  EXPECT_GT(effect, 0.03);
  EXPECT_NEAR(treated.mean() - control.mean(), effect,
              3 * std::hypot(treated.error(), control.error()));
  EXPECT_GT(treated.mean() - control.mean(), 0);
}

TEST(Campaigns, OnlyThoseWhoConsentAreReached) {
  const ShopSpec spec = small_shop("coffee", 2000);
  Truth truth;
  const KeepAll kept = run(spec, &truth);
  double treated = 0;
  double control = 0;
  for (const CampaignTruth& one : truth.campaigns) {
    treated += static_cast<double>(one.treated);
    control += static_cast<double>(one.control);
  }
  const double n = treated + control;
  const double share = spec.behaviour.control_share;
  EXPECT_NEAR(control / n, share, 4 * std::sqrt(share * (1 - share) / n));
  std::set<uint32_t> reached;
  for (const Message& message : kept.message_rows) {
    reached.insert(message.customer);
    ASSERT_GT(message.assigned_at, kept.truths[message.customer].joined);
    ASSERT_TRUE(message.treated || message.opened_at == kNever);
  }
  for (const CustomerRow& row : kept.persons) {
    const bool may = row.email_consent && row.joined < kept.shop.campaigns.back().sent_at;
    ASSERT_TRUE(!may || reached.contains(row.customer));
  }
}

TEST(Surveys, AnswersFollowSatisfactionAndManyDoNotAnswer) {
  const ShopSpec spec = small_shop("fashion", 6000);
  Truth truth;
  const KeepAll kept = run(spec, &truth);
  double content = 0;
  double contents = 0;
  double discontent = 0;
  double discontents = 0;
  for (const Survey& survey : kept.survey_rows) {
    if (survey.question != Question::kNps || survey.answered_at == kNever) continue;
    ASSERT_GE(survey.score, 0);
    ASSERT_LE(survey.score, 10);
    const bool well = kept.truths[survey.customer].satisfaction > 0;
    (well ? content : discontent) += survey.score;
    (well ? contents : discontents) += 1;
  }
  ASSERT_GT(contents, 50);
  ASSERT_GT(discontents, 50);
  EXPECT_GT(content / contents, discontent / discontents + 1);
  const double share = static_cast<double>(truth.answers) / static_cast<double>(truth.invitations);
  EXPECT_NEAR(share, spec.behaviour.answer_share, 0.07);
}

TEST(Quirks, RefundShareIsWhatWasAskedFor) {
  ShopSpec spec = bare_shop("fashion", 5000);
  spec.quirks.refund_share = 0.24;
  spec.quirks.refund_delay_days = 5;
  Truth truth;
  run(spec, &truth);
  const auto orders = static_cast<double>(truth.orders);
  const double share = static_cast<double>(truth.orders_refunded) / orders;
  EXPECT_NEAR(share, 0.24,
              4 * std::sqrt(0.24 * 0.76 / orders) + 0.003);  // a few lie behind the end
}

}  // namespace
}  // namespace regulars::simulate
