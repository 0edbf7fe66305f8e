// A project that lives on a PostgreSQL database: sources read from it, lists written to it. The
// server is the test's own; what is in it is asked by psql.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "connect/postgres_testing.h"
#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
using connect::PostgresServer;

constexpr const char* kTables =
    "DROP TABLE IF EXISTS order_lines, visits, crm; "
    "CREATE TABLE order_lines (line_id bigint, order_id text, customer_id text, order_time "
    "timestamptz, product_id text, amount numeric(12,2)); "
    "INSERT INTO order_lines VALUES "
    "(1, 'o1', 'ann', '2024-03-01 10:00+00', 'tea', 10.00), "
    "(2, 'o1', 'ann', '2024-03-01 10:00+00', 'cup', 5.50), "
    "(3, 'o2', 'ann', '2024-03-05 12:00+00', 'tea', 10.25), "
    "(4, 'o3', 'bob', '2024-03-07 09:00+00', 'pot', 30.00), "
    "(5, 'o4', 'bob', '2024-03-09 09:00+00', 'tea', 9.99), "
    "(6, 'o5', 'eve', '2024-03-10 18:00+00', 'cup', 2.75); "
    "CREATE TABLE visits (customer text, seen timestamptz, pages int, bot boolean); "
    "INSERT INTO visits VALUES ('ann', '2024-03-02 10:00:00.25+00', 3, false), "
    "('bob', '2024-03-03 10:00+01', 4, false), ('bob', '2024-03-03 11:00+01', 9, true), "
    "('ann', NULL, 1, true)";

constexpr const char* kProject = R"(name: Database shop
zone: UTC
currency: EUR
sources:
  orders: {kind: orders, postgres: SHOP_DB, query: order_lines, since: line_id}
  visits:
    kind: events
    type: visit
    postgres: SHOP_DB
    query: SELECT customer, seen, pages FROM visits WHERE NOT bot
    since: seen
    columns: {customer: customer, time: seen}
)";

class PostgresProject : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = new PostgresServer; }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override {
    if (!server_->installed()) GTEST_SKIP() << PostgresServer::kNotInstalled;
    ASSERT_TRUE(server_->running());
    sql(kTables);
    std::filesystem::create_directories(shop() + "/segments");
    write("regulars.yaml", kProject);
    write("segments/all.yaml",
          "buyers:\n  rule: count(purchase) >= 1\n"
          "one_order:\n  rule: count(purchase) = 1\n");
  }

  std::string shop() const { return folder_ / "shop"; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(shop() + "/" + name, std::ios::binary) << text;
  }

  static std::string sql(const std::string& statements) {
    const Ran ran =
        run({server_->programs() + "/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h",
             server_->folder(), "-U", "owner", "-d", "postgres", "-c", statements});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  static Ran regulars(std::vector<std::string> words, const std::string& connection) {
    words.insert(words.begin(), "regulars");
    return run(words, {.environment = {{"SHOP_DB", connection}}});
  }
  Json json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const Ran ran = regulars(words, server_->where());
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  static Json source(const Json& report, const std::string& name) {
    for (const Json& one : report["sources"]) {
      if (one["source"] == name) return one;
    }
    return {};
  }
  std::string eval(const std::string& expression) const {
    const Ran ran = regulars({"eval", shop(), expression, "--format", "csv"}, server_->where());
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  // A run that fails, says `what` and keeps the connection to itself.
  void refused(const std::string& connection, const std::string& what) const {
    const Ran ran = regulars({"run", shop()}, connection);
    EXPECT_NE(ran.exit_code, 0) << ran.out;
    EXPECT_NE(ran.err.find(what), std::string::npos) << ran.err;
    for (const std::string& secret : {server_->folder(), std::string("geheim"), connection}) {
      if (secret.empty()) continue;
      EXPECT_EQ((ran.out + ran.err).find(secret), std::string::npos) << ran.out << ran.err;
    }
  }

  TemporaryFolder folder_;
  static PostgresServer* server_;
};
PostgresServer* PostgresProject::server_ = nullptr;

TEST_F(PostgresProject, OnlyNewRowsAreReadAndTheTotalsAreRight) {
  const Json first = json({"run", shop()});
  EXPECT_EQ(first["customers"], 3);
  EXPECT_EQ(first["source_orders"], "6 rows, 5 new events, 0 rejected");
  EXPECT_EQ(first["source_visits"], "2 rows, 2 new events, 0 rejected");
  EXPECT_EQ(eval("sum(purchase.net)"), "customer_id,value\nann,25.75\nbob,39.99\neve,2.75\n");
  EXPECT_EQ(eval("count(purchase)"), "customer_id,value\nann,2\nbob,2\neve,1\n");
  EXPECT_EQ(eval("count(visit)"), "customer_id,value\nann,1\nbob,1\neve,0\n");

  // Of the visits only the new one is asked for: an old row that is other now stays unseen.
  sql("INSERT INTO order_lines VALUES (7, 'o6', 'eve', '2024-03-12 10:00+00', 'tea', 30.00), "
      "(8, 'o7', 'zoe', '2024-03-13 10:00+00', 'cup', 2.75), "
      "(9, 'o5', 'eve', '2024-03-10 18:00+00', 'tea', 1.25); "
      "UPDATE visits SET pages = 99 WHERE customer = 'ann'; "
      "INSERT INTO visits VALUES ('eve', '2024-03-04 10:00+00', 2, false), "
      "('eve', '2024-03-05 10:00+00', 2, true)");
  const Json second = json({"run", shop()});
  EXPECT_EQ(second["customers"], 4);
  EXPECT_EQ(second["source_orders"], "9 rows, 2 new events, 0 rejected");
  EXPECT_EQ(second["source_visits"], "1 rows, 1 new events, 0 rejected");
  EXPECT_EQ(eval("sum(purchase.net)"),
            "customer_id,value\nann,25.75\nbob,39.99\neve,34.00\nzoe,2.75\n");
  EXPECT_EQ(eval("count(purchase)"), "customer_id,value\nann,2\nbob,2\neve,2\nzoe,1\n");
  EXPECT_EQ(eval("count(visit)"), "customer_id,value\nann,1\nbob,1\neve,1\nzoe,0\n");

  const Json third = json({"run", shop()});
  EXPECT_EQ(third["source_orders"], "9 rows, 0 new events, 0 rejected");
  EXPECT_EQ(third["source_visits"], "nothing new");
  EXPECT_EQ(eval("count(visit)"), "customer_id,value\nann,1\nbob,1\neve,1\nzoe,0\n");
}

TEST_F(PostgresProject, ErrorsAreClearAndKeepTheConnectionSecret) {
  const Ran unset = run({"regulars", "run", shop()});
  EXPECT_EQ(unset.exit_code, 2) << unset.err;
  EXPECT_NE(unset.err.find("source 'orders', PostgreSQL of $SHOP_DB: the environment variable is "
                           "not set"),
            std::string::npos)
      << unset.err;
  refused("geheim geheim",
          "source 'orders', PostgreSQL of $SHOP_DB: the environment variable holds "
          "no connection string");
  refused("host=/nowhere/at/all password=geheim", "no PostgreSQL server answers");
  sql("DROP ROLE IF EXISTS locked; CREATE ROLE locked LOGIN PASSWORD 'right'");
  refused(server_->where("user=locked password=geheim"), "does not accept the user's password");
  sql("DROP TABLE order_lines");
  refused(server_->where("user=owner password=geheim"), "\"order_lines\" does not exist");
  // With the fault gone the run goes on.
  sql(kTables);
  EXPECT_EQ(json({"run", shop()})["customers"], 3);
}

TEST_F(PostgresProject, AListAsATableWholeThenWhatChanged) {
  sql("INSERT INTO order_lines VALUES (7, 'o6', 'liz', '2024-03-04 10:00+00', 'tea', 7.00), "
      "(8, 'o7', 'max', '2024-03-04 11:00+00', 'tea', 8.00)");
  json({"run", shop()});
  const auto exported = [&](bool delta) {
    std::vector<std::string> words = {"export",    shop(),
                                      "--segment", "one_order",
                                      "--to",      "postgres:SHOP_DB/crm",
                                      "--columns", "sum(purchase.net)"};
    if (delta) words.emplace_back("--delta");
    return json(words)["exports"][0];
  };
  const std::string rows = "SELECT customer_id, \"sum(purchase.net)\" FROM crm ORDER BY 1";
  EXPECT_EQ(exported(false)["written"], 3);
  EXPECT_EQ(sql(rows), "eve|2.75\nliz|7.00\nmax|8.00\n");

  // Eve buys again and is no longer in it, zoe is, max got a further line. Liz is as before, so
  // what somebody wrote into her row stays.
  sql("INSERT INTO order_lines VALUES (9, 'o8', 'eve', '2024-03-12 10:00+00', 'tea', 30.00), "
      "(10, 'o9', 'zoe', '2024-03-13 10:00+00', 'cup', 2.75), "
      "(11, 'o7', 'max', '2024-03-04 11:00+00', 'cup', 0.50); "
      "UPDATE crm SET \"sum(purchase.net)\" = 1 WHERE customer_id = 'liz'");
  json({"run", shop()});
  const Json delta = exported(true);
  EXPECT_EQ(delta["added"], 1);
  EXPECT_EQ(delta["changed"], 1);
  EXPECT_EQ(delta["removed"], 1);
  EXPECT_EQ(sql(rows), "liz|1\nmax|8.50\nzoe|2.75\n");
  EXPECT_EQ(exported(false)["written"], 3);
  EXPECT_EQ(sql(rows), "liz|7.00\nmax|8.50\nzoe|2.75\n");

  sql("DROP ROLE IF EXISTS locked; CREATE ROLE locked LOGIN PASSWORD 'right'");
  const Ran wrong =
      regulars({"export", shop(), "--segment", "one_order", "--to", "postgres:SHOP_DB/crm"},
               server_->where("user=locked password=geheim"));
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_NE(wrong.err.find("does not accept the user's password"), std::string::npos) << wrong.err;
  EXPECT_EQ((wrong.out + wrong.err).find("geheim"), std::string::npos) << wrong.err;
  EXPECT_EQ(sql(rows), "liz|7.00\nmax|8.50\nzoe|2.75\n");
}

TEST_F(PostgresProject, ABrokenOffRunDoesNotGoOnWithOldRows) {
  write("regulars.yaml", std::string(kProject) +
                             "exports:\n  - {name: crm, segments: [buyers], format: postgres, "
                             "postgres: SHOP_DB, table: crm}\n");
  json({"run", shop()});
  // The list's table is locked, so the run is killed when all its segments are written.
  std::thread lock([] { sql("BEGIN; LOCK TABLE crm; SELECT pg_sleep(4); COMMIT"); });
  sql("SELECT pg_sleep(0.5)");
  const Ran killed = run({"timeout", "-s", "KILL", "2", REGULARS_PROGRAM, "run", shop()},
                         {.environment = {{"SHOP_DB", server_->where()}}});
  EXPECT_NE(killed.exit_code, 0);
  lock.join();
  sql("INSERT INTO order_lines VALUES (7, 'o6', 'zoe', '2024-03-10 19:00+00', 'cup', 2.75)");
  const Json after = json({"run", shop()});
  EXPECT_EQ(after["segments"][0]["segment"], "buyers");
  EXPECT_EQ(after["segments"][0]["customers"], 4) << after.dump();
  EXPECT_EQ(sql("SELECT count(*) FROM crm"), "4\n");
}

}  // namespace
}  // namespace regulars::cli_tests
