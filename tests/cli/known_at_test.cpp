// Two time axes: what had happened by the as-of, and what had been read by the known-at. A shop is
// run twice; between the runs a late order comes, an order is corrected, attributes and a table are
// stated anew, visits come late.
//
//   before   ann 20.00 on 10 January and 30.00 on 5 March, bea 10.00 on 20 February
//   after    bea 25.00 on 1 March came late, ann's second order was 90.00, cem bought on 2 March
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/time.h"
#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string now() {
  const auto passed = std::chrono::system_clock::now().time_since_epoch();
  return to_iso(Instant{std::chrono::duration_cast<std::chrono::microseconds>(passed).count()});
}

constexpr const char* kOrders = "customer_id,date,order,product,amount\n";

class TwoTimeAxes : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    write(shop() + "/regulars.yaml",
          "name: Late shop\nzone: UTC\ncurrency: EUR\nconsent: {default: none}\n"
          "attributes: {city: text}\n"
          "tables: {product: {key: product, fields: {eco: boolean}}}\n"
          "sources:\n"
          "  orders: {kind: orders, files: data/orders*.csv}\n"
          "  customers: {kind: customers, files: data/customers.csv, date: day}\n"
          "  visits: {kind: events, type: visit, files: data/visits.csv, columns: {time: at}}\n"
          "  products: {kind: table, table: product, files: data/products.csv}\n");
    write(shop() + "/segments/ours.yaml",
          "repeat: {rule: count(purchase) >= 2}\n"
          "big: {rule: sum(purchase.amount) >= 100}\n");
    write(shop() + "/data/orders.csv", std::string(kOrders) +
                                           "ann,2024-01-10,1,tea,20.00\n"
                                           "bea,2024-02-20,2,tea,10.00\n"
                                           "ann,2024-03-05,3,cup,30.00\n");
    write(shop() + "/data/customers.csv",
          "customer_id,day,city\nann,2024-01-01,Leeds\nbea,2024-01-01,York\n");
    write(shop() + "/data/visits.csv", "customer_id,at\nann,2024-03-01\n");
    write(shop() + "/data/products.csv", "product,eco\ntea,false\ncup,false\n");
    run_it();
    between_ = new std::string(now());
    write(shop() + "/data/orders2.csv", std::string(kOrders) +
                                            "bea,2024-03-01,4,tea,25.00\n"
                                            "ann,2024-03-05,3,cup,90.00\n"
                                            "cem,2024-03-02,5,cup,7.00\n");
    write(shop() + "/data/customers.csv",
          "customer_id,day,city\nann,2024-01-01,Leeds\nbea,2024-01-01,York\n"
          "ann,2024-02-01,Bath\ncem,2024-03-02,Hull\n");
    write(shop() + "/data/visits.csv", "customer_id,at\nann,2024-03-01\nann,2024-02-01\n");
    write(shop() + "/data/products.csv", "product,eco\ntea,true\ncup,false\n");
    run_it();
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete between_;
  }

  static void run_it() {
    const Ran ran = run({"regulars", "run", shop()});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  static std::string shop() { return *folder_ / "shop"; }
  static std::string asked(Words words, const Words& more) {
    words.insert(words.begin(), "regulars");
    words.insert(words.end(), {"--as-of", "2024-03-31"});
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  // Known today, and known between the runs.
  static std::string today(const Words& words, const Words& more = {}) {
    return asked(words, more);
  }
  static std::string then(const Words& words, Words more = {}) {
    more.insert(more.end(), {"--known-at", *between_});
    return asked(words, more);
  }
  static Words eval(const std::string& expression) { return {"eval", shop(), expression}; }

 private:
  static TemporaryFolder* folder_;
  static std::string* between_;
};

TemporaryFolder* TwoTimeAxes::folder_ = nullptr;
std::string* TwoTimeAxes::between_ = nullptr;

TEST_F(TwoTimeAxes, LateAndCorrectedOrders) {
  EXPECT_EQ(today(eval("count(purchase)")), "customer_id,value\nann,2\nbea,2\ncem,1\n");
  EXPECT_EQ(then(eval("count(purchase)")), "customer_id,value\nann,2\nbea,1\n");
  EXPECT_EQ(today(eval("sum(purchase.amount)")),
            "customer_id,value\nann,110.00\nbea,35.00\ncem,7.00\n");
  EXPECT_EQ(then(eval("sum(purchase.amount)")), "customer_id,value\nann,50.00\nbea,10.00\n");
}

TEST_F(TwoTimeAxes, EventsAttributesAndTables) {
  EXPECT_EQ(today(eval("count(visit)")), "customer_id,value\nann,2\nbea,0\ncem,0\n");
  EXPECT_EQ(then(eval("count(visit)")), "customer_id,value\nann,1\nbea,0\n");
  EXPECT_EQ(today(eval("city")), "customer_id,value\nann,Bath\nbea,York\ncem,Hull\n");
  EXPECT_EQ(then(eval("city")), "customer_id,value\nann,Leeds\nbea,York\n");
  const std::string eco = "count(item where product.eco is true)";
  EXPECT_EQ(today(eval(eco)), "customer_id,value\nann,1\nbea,2\ncem,0\n");
  EXPECT_EQ(then(eval(eco)), "customer_id,value\nann,0\nbea,0\n");
}

// Both axes at once: by the middle of February, as known between the runs.
TEST_F(TwoTimeAxes, TheAsOfIsAnAxisOfItsOwn) {
  const auto at = [](const Words& more) {
    Words words = {"regulars", "eval", shop(), "count(purchase)"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words).out;
  };
  EXPECT_EQ(at({"--as-of", "2024-02-15"}), "customer_id,value\nann,1\nbea,0\n");
  const std::string known = now();
  EXPECT_EQ(at({"--as-of", "2024-03-04", "--known-at", known}),
            "customer_id,value\nann,1\nbea,2\ncem,1\n");
  EXPECT_EQ(at({"--known-at", known}), at({}));
}

TEST_F(TwoTimeAxes, SegmentsTheirSizesAndCustomers) {
  const Words repeat = {"segment", "customers", shop(), "repeat", "--format", "csv"};
  EXPECT_EQ(today(repeat), "customer_id\nann\nbea\n");
  EXPECT_EQ(then(repeat), "customer_id\nann\n");
  const Words sizes = {"segment", "size", shop(), "--format", "csv"};
  EXPECT_EQ(today(sizes), "segment,customers,share\nrepeat,2,0.6667\nbig,1,0.3333\n");
  EXPECT_EQ(then(sizes), "segment,customers,share\nrepeat,1,0.5\nbig,0,0\n");
  const Json list = Json::parse(then({"segment", "list", shop(), "--json"}));
  EXPECT_EQ(list["customers_known"], 2);
  EXPECT_EQ(list["segments"][0]["customers"], 1);
}

// The second run measured the same day anew; what the first had measured is still there.
TEST_F(TwoTimeAxes, PopulationWordsSeeTheSnapshotsOfThen) {
  const Words rank = eval("percentile(sum(purchase.amount))");
  EXPECT_EQ(then(rank), "customer_id,value\nann,0.5\nbea,0\n");
  EXPECT_EQ(then(rank), then(rank, {"--population", "recompute"}));
  EXPECT_EQ(today(rank),
            "customer_id,value\nann,0.6666666666666666\nbea,0.3333333333333333\ncem,0\n");
}

TEST_F(TwoTimeAxes, Explanations) {
  const Words why = {"segment", "explain", shop(), "repeat", "bea", "--json"};
  EXPECT_EQ(Json::parse(today(why))["in"], true);
  EXPECT_EQ(Json::parse(then(why))["in"], false);
  const Ran unknown = run({"regulars", "segment", "explain", shop(), "repeat", "cem", "--as-of",
                           "2024-03-31", "--known-at", "2024-04-01"});
  EXPECT_EQ(unknown.exit_code, 1);
}

TEST_F(TwoTimeAxes, HistoriesAndDifferences) {
  const Words months = {"segment", "history", shop(), "repeat", "--json"};
  EXPECT_EQ(Json::parse(today(months))["points"].back()["customers"], 2);
  EXPECT_EQ(Json::parse(then(months))["points"].back()["customers"], 1);
  EXPECT_EQ(Json::parse(then(months))["points"].back()["customers_known"], 2);
  const Words rather = {"segment", "diff", shop(), "repeat", "count(purchase) >= 1", "--json"};
  EXPECT_NE(today(rather), then(rather));
}

}  // namespace
}  // namespace regulars::cli_tests
