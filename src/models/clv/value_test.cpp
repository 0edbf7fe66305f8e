#include "models/clv/value.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/random.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

const SpendParameters kSpend{6.2495722713211, 3.7442246671329, 15.443520962601};

struct Rows {
  std::vector<BuyingCell> cells;
  std::vector<SpendCell> spend;
};

// Customers seen for up to a year of weeks, by days, many of them equal.
Rows some_customers(size_t n, uint64_t seed) {
  Random random(seed);
  Rows rows;
  for (size_t i = 0; i < n; ++i) {
    const double watched = static_cast<double>(1 + random.below(364)) / 7;
    const auto x = static_cast<double>(random.below(4));
    const double last = x == 0 ? 0 : std::max(1.0, std::floor(watched * 7 * random.uniform())) / 7;
    rows.cells.push_back({x, last, watched});
    rows.spend.push_back({x, x == 0 ? 0 : random.gamma(2, 0.05)});
  }
  return rows;
}

struct Model {
  std::unique_ptr<CountModel> model;
  std::vector<double> p;
};
std::vector<Model> every_model() {
  std::vector<Model> models;
  for (const std::string_view name : count_model_names()) {
    models.push_back({count_model(name).value(), {}});
    models.back().p.assign(models.back().model->size(), 0.8);
  }
  return models;
}

TEST(CellIndex, FindsEqualCustomers) {
  const std::vector<BuyingCell> customers = {{1, 2, 3}, {0, 0, 3}, {1, 2, 3}, {0, -0.0, 3}};
  const CellIndex index = index_cells(customers);
  EXPECT_EQ(index.cells, (std::vector<BuyingCell>{{1, 2, 3}, {0, 0, 3}}));
  EXPECT_EQ(index.cell_of, (std::vector<uint32_t>{0, 1, 0, 1}));
  EXPECT_TRUE(index_cells({}).cells.empty());
}

TEST(CellIndex, ManyCells) {
  const Rows rows = some_customers(30000, 1);
  const CellIndex index = index_cells(rows.cells);
  EXPECT_LT(index.cells.size(), rows.cells.size());
  for (size_t i = 0; i < rows.cells.size(); ++i)
    ASSERT_EQ(index.cells[index.cell_of[i]], rows.cells[i]);
  EXPECT_EQ(CellTable::of(rows.cells).value().size(), index.cells.size());
}

TEST(CustomerValues, AreWhatTheModelsSayOfEachCustomer) {
  const Rows rows = some_customers(300, 2);
  const CellIndex index = index_cells(rows.cells);
  ValueOptions options;
  options.margin = 0.3;
  const double weeks = 365.25 / 7;
  const double rate = std::log(1.1) / weeks;
  for (const auto& [model, p] : every_model()) {
    const CustomerValues values =
        customer_values(*model, p, kSpend, {index, rows.spend}, options).value();
    EXPECT_EQ(values.value_name, "clv_12m");
    EXPECT_EQ(values.orders_name, "expected_orders_12m");
    for (size_t i = 0; i < rows.cells.size(); ++i) {
      EXPECT_NEAR(values.expected_orders[i], model->conditional_expected(p, rows.cells[i], weeks),
                  1e-9);
      EXPECT_NEAR(values.p_alive[i], model->p_alive(p, rows.cells[i]), 1e-12);
      EXPECT_EQ(values.expected_spend[i], expected_spend(kSpend, rows.spend[i]).value());
      EXPECT_NEAR(values.value[i],
                  model->discounted_expected(p, rows.cells[i], rate, weeks) *
                      values.expected_spend[i] * 0.3,
                  1e-9);
      EXPECT_LE(values.value[i], values.expected_orders[i] * values.expected_spend[i] * 0.3 + 1e-9);
    }
  }
}

TEST(CustomerValues, DoNotDependOnThreads) {
  const Rows rows = some_customers(2000, 3);
  const CellIndex index = index_cells(rows.cells);
  const auto model = count_model("bg-nbd").value();
  const std::vector<double> p = {.2426, 4.4137, .793, 2.4262};
  ValueOptions one;
  one.threads = 1;
  ValueOptions four;
  four.threads = 4;
  const auto a = customer_values(*model, p, kSpend, {index, rows.spend}, one).value();
  const auto b = customer_values(*model, p, kSpend, {index, rows.spend}, four).value();
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.expected_orders, b.expected_orders);
}

TEST(CustomerValues, NamesTellMarginAndHorizon) {
  ValueOptions options;
  EXPECT_EQ(value_name(options), "expected_revenue_12m");
  options.horizon = {90, TimeUnit::kDay};
  EXPECT_EQ(value_name(options), "expected_revenue_90d");
  EXPECT_EQ(orders_name(options), "expected_orders_90d");
  options.margin = 0.25;
  options.horizon = {1, TimeUnit::kYear};
  EXPECT_EQ(value_name(options), "clv_1y");
  EXPECT_NEAR((Horizon{12, TimeUnit::kMonth}.in(TimeUnit::kWeek)), 365.25 / 7, 1e-12);
  EXPECT_NEAR((Horizon{52, TimeUnit::kWeek}.in(TimeUnit::kDay)), 364, 1e-12);
}

TEST(CustomerValues, AHigherRateIsWorthLessAndNoRateIsNotDiscounted) {
  const Rows rows = some_customers(50, 4);
  const CellIndex index = index_cells(rows.cells);
  const auto model = count_model("bg-nbd").value();
  const std::vector<double> p = {.2426, 4.4137, .793, 2.4262};
  const auto at = [&](double rate) {
    ValueOptions options;
    options.annual_rate = rate;
    return customer_values(*model, p, kSpend, {index, rows.spend}, options).value();
  };
  const CustomerValues none = at(0);
  const CustomerValues tenth = at(0.1);
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_NEAR(none.value[i], none.expected_orders[i] * none.expected_spend[i], 1e-9);
    EXPECT_LT(tenth.value[i], none.value[i]);
    EXPECT_GT(tenth.value[i], none.value[i] / 1.1);
  }
}

// The fitted models on the repeat buyers of CDNOW: the sum is of the size of what they spent in the
// second half of the data (39 weeks).
TEST(CustomerValues, CdnowIsForetold) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const int end = day_number("1997-09-30");
  const std::vector<BuyingCell> cells = buying_cells(*shop, end);
  std::vector<SpendCell> spend;
  double later = 0;
  double later_orders = 0;
  for (const auto& days : *shop) {
    const std::vector<SpendCell> own = repeat_spend({days}, end);
    spend.push_back(own.empty() ? SpendCell{} : own[0]);
    for (const DayOfPurchases& day : days) {
      if (day.day <= end) continue;
      later += day.money;
      ++later_orders;
    }
  }
  const auto model = count_model("pareto-nbd").value();
  const Fitted fitted = fit(*model, CellTable::of(cells).value(), {}).value();
  const std::vector<double> p = fitted.values();
  ValueOptions options;
  options.horizon = {39, TimeUnit::kWeek};
  options.annual_rate = 0;
  const CellIndex index = index_cells(cells);
  const CustomerValues values = customer_values(*model, p, kSpend, {index, spend}, options).value();
  const auto sum = [](const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0);
  };
  EXPECT_NEAR(sum(values.expected_orders) / later_orders, 1, 0.13);  // the model's known error
  EXPECT_NEAR(sum(values.value) / later, 1, 0.2);
  EXPECT_NEAR(sum(values.expected_orders), 1665.7, 2);  // CLVTools, whose T differs by some days
}

TEST(CustomerValues, UnknownSpendAndCovariates) {
  const std::vector<BuyingCell> cells = {{0, 0, 9}, {2, 3, 9}};
  const std::vector<SpendCell> spend = {{}, {2, 40}};
  const std::vector<double> factor = {2, 1};
  const CellIndex index = index_cells(cells);
  const auto model = count_model("bg-nbd").value();
  const std::vector<double> p = {.2426, 4.4137, .793, 2.4262};
  const double average = expected_spend(kSpend, {}).value();
  const auto plain = customer_values(*model, p, kSpend, {index, spend}, {}).value();
  EXPECT_NEAR(plain.expected_spend[0], average, 1e-12);
  const auto twice = customer_values(*model, p, kSpend, {index, spend, factor}, {}).value();
  EXPECT_NEAR(twice.expected_spend[0], 2 * average, 1e-12);
  EXPECT_EQ(twice.expected_spend[1], plain.expected_spend[1]);
  ValueOptions options;
  options.unknown_spend = 17;
  EXPECT_EQ(customer_values(*model, p, kSpend, {index, spend}, options)->expected_spend[0], 17);
  // Where no average exists, only what is known can be valued.
  const SpendParameters heavy{2, 0.9, 15};
  const auto none = customer_values(*model, p, heavy, {index, spend}, {});
  EXPECT_NE(none.error().message().find("customer 0"), std::string::npos);
  EXPECT_TRUE(customer_values(*model, p, heavy, {index, spend}, options));
}

TEST(CustomerValues, WhatCannotBeValuedIsNamed) {
  const std::vector<BuyingCell> cells = {{0, 0, 9}, {2, 3, 9}};
  const CellIndex index = index_cells(cells);
  const auto model = count_model("bg-nbd").value();
  const std::vector<double> p = {.2426, 4.4137, .793, 2.4262};
  const std::vector<SpendCell> good = {{}, {2, 40}};
  for (const SpendCell wrong : {SpendCell{2, -4}, SpendCell{2, NAN}, SpendCell{-1, 4}}) {
    const std::vector<SpendCell> spend = {{}, wrong};
    EXPECT_NE(
        customer_values(*model, p, kSpend, {index, spend}, {}).error().message().find("customer 1"),
        std::string::npos);
  }
  EXPECT_FALSE(customer_values(*model, p, kSpend, {index, std::span(good).first(1)}, {}));
  const std::vector<double> factor = {1};
  EXPECT_FALSE(customer_values(*model, p, kSpend, {index, good, factor}, {}));
  for (const auto& change : std::vector<std::function<void(ValueOptions&)>>{
           [](auto& o) { o.horizon.count = 0; }, [](auto& o) { o.annual_rate = -0.1; },
           [](auto& o) { o.annual_rate = NAN; }, [](auto& o) { o.margin = 0; },
           [](auto& o) { o.margin = 35; }, [](auto& o) { o.unknown_spend = -1; }}) {
    ValueOptions options;
    change(options);
    EXPECT_EQ(customer_values(*model, p, kSpend, {index, good}, options).error().code(),
              ErrorCode::kUsage);
    EXPECT_FALSE(new_customer_curve(*model, p, kSpend, options));
  }
  EXPECT_TRUE(customer_values(*model, p, kSpend, {CellIndex{}, {}}, {})->value.empty());
}

TEST(NewCustomerCurve, RisesToTheModelsExpectation) {
  for (const auto& [model, p] : every_model()) {
    ValueOptions options;
    options.margin = 0.5;
    const NewCustomerCurve curve = new_customer_curve(*model, p, kSpend, options, 24).value();
    ASSERT_EQ(curve.time.size(), 24U);
    EXPECT_NEAR(curve.time.back(), 365.25 / 7, 1e-9);
    EXPECT_NEAR(curve.first_order, expected_spend(kSpend, {}).value() / 2, 1e-12);
    EXPECT_NEAR(curve.expected_orders.back(), model->expected(p, curve.time.back()), 1e-12);
    EXPECT_TRUE(std::ranges::is_sorted(curve.expected_orders));
    EXPECT_TRUE(std::ranges::is_sorted(curve.value));
    EXPECT_LT(curve.value.back(), curve.expected_orders.back() * curve.first_order);
    EXPECT_GT(curve.value.back(), curve.expected_orders.back() * curve.first_order / 1.1);
  }
  EXPECT_FALSE(
      new_customer_curve(*count_model("bg-nbd").value(), std::vector<double>(4, 1), kSpend, {}, 0));
}

}  // namespace
}  // namespace regulars::models
