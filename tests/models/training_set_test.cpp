// Training sets see what was known at the instant and nothing else: every way in which a model can
// be told the answer beforehand is tried here.
#include "app/training_set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "app/propensity_model.h"
#include "test_project.h"

namespace regulars::model_tests {
namespace {

using app::TrainingQuestion;
using app::TrainingSet;

constexpr const char* kSettings =
    "name: Corner shop\nzone: UTC\ncurrency: EUR\n"
    "sources:\n"
    "  orders: {kind: orders, files: data/orders*.csv}\n";

// By customer and instant.
std::map<std::pair<std::string, Instant>, size_t> rows_of(const TrainingSet& set,
                                                          const app::ProjectShop& shop) {
  std::map<std::pair<std::string, Instant>, size_t> rows;
  for (size_t row = 0; row < set.customer.size(); ++row) {
    const std::string id(shop.history().customer_id(set.customer[row]));
    EXPECT_TRUE(rows.emplace(std::pair(id, set.table.at[row]), row).second);
  }
  return rows;
}

class Training : public testing::Test {
 protected:
  Training() {
    project_.write("regulars.yaml", kSettings);
    project_.write("data/orders.csv",
                   "customer_id,date,order,amount\n"
                   "ann,2024-01-20,1,20.00\n"
                   "ann,2024-02-10,2,30.00\n"
                   "ann,2024-05-05,3,50.00\n"
                   "bea,2024-01-10,4,10.00\n"
                   "cem,2024-02-15,5,5.00\n"
                   "cem,2024-03-15,6,6.00\n"
                   "dan,2024-03-20,7,40.00\n"
                   "eve,2024-08-01,8,1.00\n");
  }

  TrainingSet asked(app::ProjectShop& shop, const TrainingQuestion& question) const {
    auto set = app::training_set(shop, question);
    EXPECT_TRUE(set.ok()) << set.error().to_string();
    return set.ok() ? std::move(set).value() : TrainingSet();
  }

  TrainingQuestion question() const {
    TrainingQuestion q;
    q.features = {{"orders", "count(purchase)"}, {"spent", "sum(purchase.amount)"}};
    q.label = "count(purchase) over next 60 days = 0";
    q.instants = {end_of(2024, 1, 31), end_of(2024, 2, 29), end_of(2024, 3, 31),
                  end_of(2024, 6, 30)};
    return q;
  }

  TestProject project_;
};

TEST_F(Training, RowsAreWhatThinkingGives) {
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  TrainingQuestion q = question();
  q.eligible = "count(purchase) over last 60 days >= 1";
  const TrainingSet set = asked(*shop, q);
  const auto rows = rows_of(set, *shop);
  EXPECT_EQ(set.histories, 1) << "one pass over what is loaded";
  ASSERT_EQ(set.instants.size(), 3) << "60 days after 30 June are not over";
  EXPECT_EQ(set.too_late, std::vector<Instant>{end_of(2024, 6, 30)});
  // January: ann and bea; February: ann (twice by then), bea, cem; March: ann no longer... she
  // bought on 10 February, 50 days before; cem and dan.
  struct Expected {
    const char* id;
    Instant at;
    double orders, spent;
    int label;
  };
  const Instant jan = end_of(2024, 1, 31), feb = end_of(2024, 2, 29), mar = end_of(2024, 3, 31);
  const std::vector<Expected> expected = {
      {"ann", jan, 1, 20, 0}, {"bea", jan, 1, 10, 1}, {"ann", feb, 2, 50, 1},
      {"bea", feb, 1, 10, 1}, {"cem", feb, 1, 5, 0},  {"ann", mar, 2, 50, 0},
      {"cem", mar, 2, 11, 1}, {"dan", mar, 1, 40, 1},
  };
  EXPECT_EQ(rows.size(), expected.size());
  for (const Expected& e : expected) {
    const auto found = rows.find({e.id, e.at});
    ASSERT_NE(found, rows.end()) << e.id << " " << to_iso(e.at);
    const size_t row = found->second;
    EXPECT_EQ(set.table.features[0].values[row], e.orders) << e.id << " " << to_iso(e.at);
    EXPECT_EQ(set.table.features[1].values[row], e.spent) << e.id << " " << to_iso(e.at);
    EXPECT_EQ(set.table.label[row], e.label) << e.id << " " << to_iso(e.at);
    EXPECT_EQ(set.table.label_end[row], e.at + days(60));
  }
}

TEST_F(Training, CustomersNotYetKnownHaveNoRow) {
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  const TrainingSet set = asked(*shop, question());
  const auto rows = rows_of(set, *shop);
  EXPECT_FALSE(rows.contains({"eve", end_of(2024, 3, 31)})) << "her first order is in August";
  EXPECT_FALSE(rows.contains({"dan", end_of(2024, 2, 29)}));
  EXPECT_TRUE(rows.contains({"bea", end_of(2024, 3, 31)})) << "without a rule all who are known";
}

// An order of 10 June that only came in with the file of September.
TEST_F(Training, ARowRecordedLaterIsNotThereBefore) {
  project_.run(noon(2024, 6, 1));
  project_.write("data/orders2.csv",
                 "customer_id,date,order,amount\n"
                 "bea,2024-06-10,20,70.00\n"
                 "bea,2024-12-24,21,80.00\n");
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  TrainingQuestion q = question();
  q.instants = {end_of(2024, 3, 31), end_of(2024, 5, 31), end_of(2024, 6, 30), end_of(2024, 9, 30)};
  const TrainingSet set = asked(*shop, q);
  const auto rows = rows_of(set, *shop);
  const auto orders = [&](Instant t) { return set.table.features[0].values[rows.at({"bea", t})]; };
  EXPECT_EQ(orders(end_of(2024, 3, 31)), 1) << "what the first run brought counts as known";
  EXPECT_EQ(orders(end_of(2024, 5, 31)), 1);
  EXPECT_EQ(orders(end_of(2024, 6, 30)), 1) << "the order of 10 June was not known by then";
  EXPECT_EQ(orders(end_of(2024, 9, 30)), 2);
  EXPECT_EQ(set.histories, 2) << "one for all instants before September, the shop's own after";
  // What came of it is judged with all that is known today.
  EXPECT_EQ(set.table.label[rows.at({"bea", end_of(2024, 5, 31)})], 0);
  EXPECT_FALSE(rows.contains({"eve", end_of(2024, 6, 30)}));
}

TEST_F(Training, WhoWasRecordedLaterIsNotThereBefore) {
  project_.run(noon(2024, 6, 1));
  project_.write("data/orders2.csv",
                 "customer_id,date,order,amount\n"
                 "zoe,2024-06-10,20,70.00\n"
                 "zoe,2024-12-24,21,80.00\n");
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  TrainingQuestion q = question();
  q.instants = {end_of(2024, 6, 30), end_of(2024, 9, 30)};
  const auto rows = rows_of(asked(*shop, q), *shop);
  EXPECT_FALSE(rows.contains({"zoe", end_of(2024, 6, 30)}));
  EXPECT_TRUE(rows.contains({"zoe", end_of(2024, 9, 30)}));
}

TEST_F(Training, ARevisedOrderIsAsItWasKnownThen) {
  project_.run(noon(2024, 6, 1));
  project_.write("data/orders.csv",
                 "customer_id,date,order,amount\n"
                 "ann,2024-01-20,1,999.00\n"
                 "bea,2024-12-24,21,80.00\n");
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  TrainingQuestion q = question();
  q.instants = {end_of(2024, 1, 31), end_of(2024, 7, 31), end_of(2024, 9, 30)};
  const TrainingSet set = asked(*shop, q);
  const auto rows = rows_of(set, *shop);
  const auto spent = [&](Instant t) { return set.table.features[1].values[rows.at({"ann", t})]; };
  EXPECT_EQ(spent(end_of(2024, 1, 31)), 20);
  EXPECT_EQ(spent(end_of(2024, 7, 31)), 100);
  EXPECT_EQ(spent(end_of(2024, 9, 30)), 1079);
}

// ---- planted leaks ----

// Sixty customers; those with an even number stop in June. What the shop writes down today of them
// knows it.
class Leak : public testing::Test {
 protected:
  void write(const std::string& status_declaration) {
    std::string orders = "customer_id,date,order,amount\n", customers = "customer_id,status\n";
    int number = 0;
    for (int c = 0; c < 60; ++c) {
      const std::string id = "c" + std::to_string(100 + c);
      const int months = c % 2 == 0 ? 6 : 12;
      for (int month = 1; month <= months; ++month) {
        const int day = 1 + (7 * c + 3 * month) % 28;
        orders += id + "," + to_iso(to_day({2024, month, day})) + "," + std::to_string(++number) +
                  ",10.00\n";
      }
      customers += id + (c % 2 == 0 ? ",lost\n" : ",active\n");
    }
    project_.write(
        "regulars.yaml",
        std::string(kSettings) +
            "  customers: {kind: customers, files: data/customers.csv, date: 2024-12-31}\n" +
            status_declaration);
    project_.write("data/orders.csv", orders);
    project_.write("data/customers.csv", customers);
    project_.run(noon(2025, 1, 1));
    shop_ = project_.open();
  }

  app::PropensityQuestion question() const {
    app::PropensityQuestion q;
    q.features = {{"status", ""},
                  {"days_since_last", "days_since(last(purchase))"},
                  {"orders", "count(purchase)"}};
    q.horizon_days = 60;
    q.method = models::PropensityMethod::kLogistic;
    q.instants = {end_of(2024, 3, 31), end_of(2024, 4, 30), end_of(2024, 5, 31),
                  end_of(2024, 6, 30), end_of(2024, 7, 31), end_of(2024, 8, 31)};
    return q;
  }

  TestProject project_;
  std::unique_ptr<app::ProjectShop> shop_;
};

TEST_F(Leak, ASnapshotAttributeIsUnknownBeforeItsDate) {
  write("attributes:\n  status: {type: text, constant: false}\n");
  TrainingQuestion training;
  training.features = question().features;
  training.label = "count(purchase) over next 60 days = 0";
  training.instants = question().instants;
  const auto set = app::training_set(*shop_, training);
  ASSERT_TRUE(set.ok()) << set.error().to_string();
  for (const double value : set->table.features[0].values) EXPECT_TRUE(std::isnan(value));
  const auto fit = app::fit_propensity(*shop_, question());
  ASSERT_TRUE(fit.ok()) << fit.error().to_string();
  EXPECT_TRUE(fit->model.report.leaks.empty());
  for (const models::FeatureUse& use : fit->model.report.features) {
    if (use.name != "status") continue;
    EXPECT_EQ(use.weight, 0);
    EXPECT_EQ(use.known, 0);
  }
}

TEST_F(Leak, AnAttributeDeclaredConstantThatKnowsTheOutcomeIsNamed) {
  write("attributes:\n  status: {type: text, constant: true}\n");
  app::PropensityQuestion q = question();
  q.instants = {end_of(2024, 6, 30), end_of(2024, 7, 31), end_of(2024, 8, 31)};
  const auto fit = app::fit_propensity(*shop_, q);
  ASSERT_TRUE(fit.ok()) << fit.error().to_string();
  ASSERT_FALSE(fit->model.report.leaks.empty());
  EXPECT_EQ(fit->model.report.leaks[0].feature, "status");
  EXPECT_EQ(fit->model.report.leaks[0].kind, models::LeakSign::Kind::kTooGood);
}

TEST_F(Leak, AFeatureThatLooksAheadIsRefused) {
  write("");
  app::PropensityQuestion q = question();
  q.features = {{"soon", "count(purchase) over next 30 days"}};
  const auto fit = app::fit_propensity(*shop_, q);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().code(), ErrorCode::kBadDefinition);
  EXPECT_NE(fit.error().message().find("feature 'soon'"), std::string::npos);
  EXPECT_NE(fit.error().message().find("future"), std::string::npos);
  q = question();
  q.eligible = "count(purchase) over next 30 days = 0";
  EXPECT_FALSE(app::fit_propensity(*shop_, q).ok());
}

TEST_F(Leak, EventsOfTheFutureDoNotChangeWhatWasKnown) {
  write("");
  TrainingQuestion training;
  training.features = app::stock_features(shop_->project().facts);
  training.features.push_back({"class", "life_cycle"});
  training.features.push_back({"place", "percentile(count(purchase))"});
  training.label = "count(purchase) over next 60 days = 0";
  training.instants = {end_of(2024, 5, 31), end_of(2024, 6, 30)};
  const auto all = app::training_set(*shop_, training);
  ASSERT_TRUE(all.ok()) << all.error().to_string();
  // The same shop whose records end in August: the same rows.
  const TestProject shorter;
  shorter.write("regulars.yaml", kSettings);
  std::string orders = "customer_id,date,order,amount\n";
  const History& history = shop_->history();
  const Stream& purchases = *history.stream("purchase");
  int number = 0;
  for (CustomerNumber c = 0; c < history.customers(); ++c) {
    for (uint32_t i = purchases.offset[c]; i < purchases.offset[c + 1]; ++i) {
      const Day day = Zone::utc().day_of(purchases.at[i]);
      if (day > to_day({2024, 8, 31})) continue;
      orders += std::string(history.customer_id(c)) + "," + to_iso(day) + "," +
                std::to_string(++number) + ",10.00\n";
    }
  }
  shorter.write("data/orders.csv", orders);
  shorter.run(noon(2025, 1, 1));
  const auto other = shorter.open("2024-08-31");
  const auto then = app::training_set(*other, training);
  ASSERT_TRUE(then.ok()) << then.error().to_string();
  const auto a = rows_of(*all, *shop_), b = rows_of(*then, *other);
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [key, row] : a) {
    ASSERT_TRUE(b.contains(key));
    for (size_t f = 0; f < training.features.size(); ++f) {
      const auto &x = all->table.features[f], &y = then->table.features[f];
      EXPECT_EQ(x.shown(x.values[row]), y.shown(y.values[b.at(key)])) << x.name;
    }
    EXPECT_EQ(all->table.label[row], then->table.label[b.at(key)]);
  }
}

// ---- faults ----

TEST_F(Training, FaultsNameThePart) {
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  const auto message = [&](TrainingQuestion q) {
    const auto set = app::training_set(*shop, q);
    return set.ok() ? "" : set.error().message();
  };
  TrainingQuestion q = question();
  q.features = {{"orders", "count(purchas)"}};
  EXPECT_EQ(message(q).rfind("feature 'orders': ", 0), 0) << message(q);
  q.features = {{"last", "last(purchase)"}};
  EXPECT_NE(message(q).find("moment in time"), std::string::npos);
  q = question();
  q.label = "count(purchase) over last 60 days = 0";
  EXPECT_EQ(message(q), "label: the label does not look ahead");
  q = question();
  q.eligible = "count(purchase)";
  EXPECT_EQ(message(q).rfind("eligible: ", 0), 0) << message(q);
  q = question();
  q.eligible = "count(purchase) > 100";
  EXPECT_EQ(message(q), "nobody is eligible at any of the instants");
  q = question();
  q.instants = {end_of(2024, 7, 31)};
  EXPECT_NE(message(q).find("at none of the instants is the outcome known yet"), std::string::npos);
  q.instants = {};
  EXPECT_EQ(message(q), "there is no instant to learn at");
}

TEST_F(Training, AShopTooYoungSaysSo) {
  project_.run(noon(2024, 9, 1));
  const auto shop = project_.open();
  app::PropensityQuestion q;
  q.horizon_days = 400;
  const auto fit = app::fit_propensity(*shop, q);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().code(), ErrorCode::kBadData);
  EXPECT_NE(fit.error().message().find("days of data are too few to foresee 400 days"),
            std::string::npos);
}

TEST(MonthEnds, AreOfTheZoneAndNotAfterTheLast) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  const auto day_end = [&](int y, int m, int d) { return berlin.end_of(to_day({y, m, d})); };
  const auto ends = app::month_ends(berlin, day_end(2023, 12, 31), day_end(2024, 3, 31), 24);
  EXPECT_EQ(ends, (std::vector<Instant>{day_end(2024, 1, 31), day_end(2024, 2, 29),
                                        day_end(2024, 3, 31)}));
  EXPECT_EQ(app::month_ends(berlin, day_end(2023, 12, 31), day_end(2024, 3, 30), 24).back(),
            day_end(2024, 2, 29));
  EXPECT_EQ(app::month_ends(berlin, day_end(2013, 12, 31), day_end(2024, 3, 30), 5).size(), 5);
  EXPECT_TRUE(app::month_ends(berlin, day_end(2024, 3, 2), day_end(2024, 3, 30), 5).empty());
}

}  // namespace
}  // namespace regulars::model_tests
