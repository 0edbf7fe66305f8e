// The translation's answers for whole shops: a real one's records (skipped without REGULARS_DATA)
// and a simulated one as a project keeps it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "app/analyze.h"
#include "app/demo_project.h"
#include "app/make_shop.h"
#include "app/project_shop.h"
#include "app/run_project.h"
#include "base/clock.h"
#include "every_way.h"
#include "language/compile.h"
#include "language/parse.h"
#include "sql_shop.h"

namespace regulars::third_opinion {
namespace {

namespace fs = std::filesystem;
using evaluate::Value;

// Of orders alone.
const std::vector<std::string>& order_rules() {
  static const std::vector<std::string> rules = {
      "count(purchase)",
      "count(purchase) over last 90 days >= 3",
      "count(purchase) over last 1 year",
      "count(purchase) over last 3 months",
      "count(purchase) over last 7 calendar days",
      "count(purchase) over this month",
      "count(purchase) over last month",
      "count(purchase) over last quarter",
      "count(purchase) over past 3 months",
      "count(purchase) over last 4 calendar weeks",
      "count(purchase) over 180 to 90 days ago",
      "count(purchase) over 12 to 6 months ago",
      "count(purchase) over from '2011-03-01' to '2011-05-31'",
      "count(purchase where amount >= 100) over last 6 months",
      "count(purchase where not (amount > 20.5)) = 0",
      "count(purchase where any item (quantity >= 24))",
      "count(purchase where all items (quantity >= 2)) over last 1 year",
      "count(purchase where any item (item.amount > 50 and quantity < 3) or amount between 10 and "
      "20)",
      "count(purchase where hour(at) < 12)",
      "count(purchase where weekday(at) in (6, 7)) over last 2 years",
      "count(purchase where month(at) = 12 and day_of_month(at) <= 24)",
      "count(item where quantity >= 10) over last 1 year",
      "count(distinct item.product) over last 1 year",
      "count(distinct purchase.amount)",
      "sum(purchase.amount)",
      "sum(purchase.amount) over last 1 year > 1000",
      "sum(item.amount where quantity between 1 and 5)",
      "sum(item.quantity) over last 2 quarters",
      "avg(purchase.amount)",
      "avg(purchase.amount) over last 1 year >= 300.25",
      "avg(item.amount where quantity > 1) over past 2 quarters",
      "min(purchase.amount) over last 1 year",
      "max(item.amount)",
      "median(purchase.amount)",
      "median(item.quantity) over last 200 days",
      "first(purchase)",
      "last(purchase)",
      "last(purchase) within last 60 days",
      "first(purchase.amount)",
      "last(purchase.amount) > first(purchase.amount)",
      "days_since(last(purchase))",
      "days_since(last(purchase)) > 45 and count(purchase) >= 2",
      "weeks_since(first(purchase)) between 10 and 30",
      "year(first(purchase)) = 2010",
      "week(last(purchase))",
      "hour(last(purchase)) + minute(last(purchase)) / 60",
      "sum(purchase.amount) over last 180 days < 0.5 * sum(purchase.amount) over 360 to 180 days "
      "ago",
      "sum(purchase.amount) / count(purchase)",
      "sum(purchase.amount) / count(purchase) over last 30 days",
      "(max(purchase.amount) - min(purchase.amount)) * 2",
      "coalesce(avg(purchase.amount) over last 30 days, 0) > 100",
      "if count(purchase) over last 1 year >= 4 then 'often' else 'seldom'",
      "if days_since(last(purchase)) > 90 then max(purchase.amount) else min(purchase.amount)",
      "not (avg(purchase.amount) over last 30 days > 100)",
      "avg(purchase.amount) over last 30 days is missing",
      "at least 2 of (count(purchase) >= 5, max(purchase.amount) > 500, avg(purchase.amount) over "
      "last 60 days > 50)",
      "least(count(purchase), 3) + greatest(count(purchase) over last 1 year, 2)",
      "round(avg(purchase.amount)) = 0 or floor(sum(purchase.amount) / 1) > 1000",
      "round(sum(purchase.amount))",
      "floor(max(item.amount) * 3)"};
  return rules;
}

// Of what a simulated shop knows besides.
const std::vector<std::string>& other_rules() {
  static const std::vector<std::string> rules = {
      "count(visit) over last 30 days",
      "count(purchase where channel = 'web') over last 1 year >= 2",
      "count(purchase where channel in ('web', 'app') and not (amount < 20))",
      "count(purchase where any item (product contains '1'))",
      "count(purchase where any item (product ends with '2' and quantity >= 2)) >= 1",
      "count(distinct item.product) over last 1 year",
      "count(message_sent) over last 90 days",
      "count(message_opened where machine is not true) over last 180 days",
      "count(message_clicked) / count(message_sent) > 0.1",
      "first(purchase.channel) = last(purchase.channel)",
      "avg(survey.score)",
      "last(survey.score) <= 6",
      "sum(refund.amount) over last 1 year > 0.2 * sum(purchase.amount) over last 1 year"};
  return rules;
}

struct Tally {
  size_t translated = 0;
  size_t varied = 0;  // with different answers
};

// Every rule there is a translation for, as of each instant.
void expect_equal(const History& history, const std::vector<std::string>& rules,
                  const std::vector<Instant>& as_of, Tally& tally) {
  auto shop = SqlShop::make(history);
  ASSERT_TRUE(shop) << shop.error().to_string();
  language::Scope scope;
  scope.schema = evaluate::schema_of(history);
  for (const std::string& rule : rules) {
    const auto tree = language::parse(rule);
    ASSERT_TRUE(tree) << rule;
    const auto compiled = language::compile(**tree, rule, scope);
    ASSERT_TRUE(compiled) << compiled.error().to_string();
    const auto plan =
        evaluate::Plan::compile(scope.schema, {{"rule", compiled->expression}}, Zone::utc());
    ASSERT_TRUE(plan) << plan.error().to_string();
    const auto answers = plan->run(history, as_of, {});
    ASSERT_TRUE(answers) << rule << ": " << answers.error().to_string();
    for (size_t i = 0; i < as_of.size(); ++i) {
      const auto query = to_sql(**tree, scope.schema, as_of[i]);
      ASSERT_TRUE(query) << rule << ": " << query.error().to_string();
      const auto found = shop->answers(*query);
      ASSERT_TRUE(found) << query->text << "\n" << found.error().to_string();
      const std::vector<Value> wanted = evaluate::columns_of((*answers)[i])[0];
      ASSERT_EQ(found->size(), wanted.size());
      std::set<std::string> different;
      for (size_t c = 0; c < wanted.size(); ++c) {
        const std::string value = evaluate::to_string(wanted[c]);
        different.insert(value);
        ASSERT_EQ(value, evaluate::to_string((*found)[c]))
            << rule << "\n  of " << history.customer_id(static_cast<CustomerNumber>(c)) << " as of "
            << to_iso(as_of[i]) << "\n  " << query->text;
      }
      ++tally.translated;
      tally.varied += different.size() > 1 ? 1 : 0;
    }
  }
}

TEST(ThirdOpinion, AgreesOnOnlineRetail) {
  const char* folder = std::getenv("REGULARS_DATA");
  const std::string file =
      std::string(folder ? folder : "") + "/online_retail/online_retail.csv.gz";
  if (folder == nullptr || !fs::exists(file)) {
    GTEST_SKIP() << "REGULARS_DATA names no folder with online_retail: NOT TESTED";
  }
  app::AnalyzeOptions options;
  options.order_files = {file};
  const auto analysis = app::analyze(options, real_files(), system_clock(), {});
  ASSERT_TRUE(analysis) << analysis.error().to_string();
  const std::vector<Instant> as_of = {Zone::utc().end_of(to_day({2011, 12, 9})),
                                      Zone::utc().at(to_day({2011, 3, 31}), hours(10).micros)};
  Tally tally;
  expect_equal(*analysis->history, order_rules(), as_of, tally);
  EXPECT_EQ(tally.translated, 2 * order_rules().size());
  EXPECT_GT(tally.varied, tally.translated * 8 / 10);
}

class SimulatedShop : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("regulars_third_opinion_" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(SimulatedShop, HasTheSameAnswersBySql) {
  app::ShopOptions options;
  options.directory = (folder_ / "data").string();
  options.customers = 400;
  options.seed = 11;
  const auto truth = app::make_shop(options, real_files());
  ASSERT_TRUE(truth) << truth.error().to_string();
  ASSERT_TRUE(app::write_demo_project(folder_.string(), truth->spec, real_files()).ok());
  const auto ran = app::run_project({.directory = folder_.string(), .as_of = "", .threads = 1},
                                    real_files(), system_clock(), {}, {});
  ASSERT_TRUE(ran) << ran.error().to_string();
  app::ProjectQuestion question;
  question.directory = folder_.string();
  const auto shop = app::open_project(question, real_files(), system_clock());
  ASSERT_TRUE(shop) << shop.error().to_string();
  const std::vector<Instant> as_of = {(*shop)->as_of(), (*shop)->as_of() - days(200)};
  Tally tally;
  std::vector<std::string> rules = order_rules();
  rules.insert(rules.end(), other_rules().begin(), other_rules().end());
  expect_equal((*shop)->history(), rules, as_of, tally);
  EXPECT_EQ(tally.translated, 2 * rules.size());
  EXPECT_GT(tally.varied, tally.translated / 2);
}

}  // namespace
}  // namespace regulars::third_opinion
