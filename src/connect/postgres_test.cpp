// PostgreSQL as a source and as a target, against a real server of the test's own.
#include <gmock/gmock.h>

#include "connect/postgres_connection.h"
#include "connect/postgres_testing.h"
#include "connect/read_postgres.h"
#include "connect/rows_testing.h"
#include "connect/source_testing.h"
#include "connect/write_postgres.h"

namespace regulars::connect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PostgresTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = new PostgresServer; }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override {
    if (!server_->installed()) GTEST_SKIP() << PostgresServer::kNotInstalled;
    ASSERT_TRUE(server_->running());
    run("DROP SCHEMA IF EXISTS shop CASCADE; CREATE SCHEMA shop; DROP TABLE IF EXISTS visits, out");
  }

  static std::string where(const std::string& more = "user=owner") { return server_->where(more); }
  static void run(const std::string& statements) {
    auto connection = PostgresConnection::open(where());
    ASSERT_TRUE(connection) << connection.error().to_string();
    const auto result = connection->run(statements);
    ASSERT_TRUE(result) << result.error().to_string();
  }
  static ReadAll all(const PostgresSource& source) {
    ReadAll all;
    auto rows = open_postgres(source);
    if (!rows) {
      all.error = rows.error().to_string();
      all.code = rows.error().code();
      return all;
    }
    all.columns = (*rows)->columns();
    read_batches(**rows, all);
    ReadAll again;
    EXPECT_TRUE((*rows)->rewind());
    read_batches(**rows, again);
    EXPECT_EQ(again.rows, all.rows);
    return all;
  }

  static PostgresServer* server_;
};

PostgresServer* PostgresTest::server_ = nullptr;

TEST_F(PostgresTest, ATableAsRows) {
  run("CREATE TABLE shop.\"My visits\" (customer text, at timestamptz, pages int, ok boolean);"
      "INSERT INTO shop.\"My visits\" VALUES ('ann', '2024-03-01 10:00+01', 3, true), "
      "('', NULL, NULL, false)");
  const ReadAll rows = all({where(), "shop.My visits", "", {}});
  EXPECT_EQ(rows.error, "");
  EXPECT_THAT(rows.columns, ElementsAre("customer", "at", "pages", "ok"));
  EXPECT_THAT(rows.rows, ElementsAre(ElementsAre("ann", "2024-03-01 09:00:00+00", "3", "t"),
                                     ElementsAre("", kAbsent, kAbsent, "f")));
  EXPECT_EQ(rows.raws.at(1), R"({"customer":"","at":null,"pages":null,"ok":"f"})");
  EXPECT_EQ(rows.info.format, "PostgreSQL");
}

TEST_F(PostgresTest, AQueryOfManyBatches) {
  const ReadAll rows =
      all({where(), "SELECT n, n AS n, 'x' AS \"N\" FROM generate_series(1, 10000) n;", "", {}});
  EXPECT_EQ(rows.error, "");
  EXPECT_THAT(rows.columns, ElementsAre("n", "n_2", "N"));
  ASSERT_EQ(rows.rows.size(), 10'000u);
  EXPECT_EQ(rows.rows.back().at(0), "10000");
}

TEST_F(PostgresTest, EventsFromATableAndOnlyWhatIsNew) {
  run("CREATE TABLE visits (customer_id text, at timestamptz, tags text[]);"
      "INSERT INTO visits VALUES ('ann', '2024-03-01 10:00+00', '{red,blue}'), "
      "('bob', '2024-03-02 10:00+00', '{}')");
  SourceDeclaration declaration = events_source("visit");
  declaration.since = "at";
  ProjectFacts facts;
  facts.events = {{.name = "visit",
                   .fields = {{.name = "tags", .type = ValueType::kText, .is_set = true}},
                   .item_fields = {}}};
  PostgresSource source{where(), "visits", "at", {}};
  auto rows = open_postgres(source);
  ASSERT_TRUE(rows) << rows.error().to_string();
  const auto first = read_source(**rows, declaration, facts, {});
  ASSERT_TRUE(first) << first.error().to_string();
  EXPECT_THAT(show(*first, "visit"),
              ElementsAre("ann 2024-03-01T10:00:00Z tags=blue|red", "bob 2024-03-02T10:00:00Z"));
  run("INSERT INTO visits VALUES ('eve', '2024-03-03 10:00+00', NULL)");
  source.newest = first->newest;
  const ReadAll later = all(source);
  ASSERT_EQ(later.rows.size(), 1u);
  EXPECT_EQ(later.rows[0][0], "eve");
}

TEST_F(PostgresTest, ErrorsAreClearAndKeepSecrets) {
  const ReadAll table = all({where(), "no_such_table", "", {}});
  EXPECT_EQ(table.code, ErrorCode::kNotFound);
  EXPECT_THAT(table.error, HasSubstr("no_such_table"));
  EXPECT_EQ(all({where(), "SELECT FROM WHERE", "", {}}).code, ErrorCode::kBadDefinition);
  EXPECT_EQ(all({where(), "SELECT 1 AS a", "b", {}}).code, ErrorCode::kNotFound);
  // Nothing is written, whatever the query says.
  run("CREATE TABLE out (n int)");
  EXPECT_NE(all({where(), "WITH x AS (DELETE FROM out RETURNING n) SELECT * FROM x", "", {}}).error,
            "");
  const ReadAll nobody = all({"host=/nowhere/at/all user=owner password=geheim", "t", "", {}});
  EXPECT_EQ(nobody.code, ErrorCode::kIo);
  EXPECT_THAT(nobody.error, HasSubstr("no PostgreSQL server answers"));
  EXPECT_THAT(nobody.error, Not(HasSubstr("geheim")));
  run("DROP ROLE IF EXISTS locked; CREATE ROLE locked LOGIN PASSWORD 'right'");
  const ReadAll wrong = all({where("user=locked password=geheim"), "t", "", {}});
  EXPECT_EQ(wrong.code, ErrorCode::kIo);
  EXPECT_THAT(wrong.error, HasSubstr("password"));
  EXPECT_THAT(wrong.error, Not(HasSubstr("geheim")));
  const ReadAll bad = all({"geheim geheim", "t", "", {}});
  EXPECT_EQ(bad.code, ErrorCode::kBadDefinition);
  EXPECT_THAT(bad.error, Not(HasSubstr("geheim")));
  EXPECT_EQ(all({"", "t", "", {}}).code, ErrorCode::kBadDefinition);
}

TEST_F(PostgresTest, WritingAsAWholeAndWhatChanged) {
  PostgresTable table{where(), "shop.out", {{"id", "text"}, {"tier", "text"}, {"n", "integer"}}, 1};
  const auto first = write_postgres(
      table, {{"ann", "gold\tand\\more\n", "1"}, {"bob", std::nullopt, "2"}, {"eve", "x", "3"}});
  ASSERT_TRUE(first) << first.error().to_string();
  EXPECT_EQ(first->written, 3);
  const auto changes =
      write_postgres_changes(table, {{"bob", "silver", "7"}, {"zoe", "new", "9"}}, {{"eve"}});
  ASSERT_TRUE(changes) << changes.error().to_string();
  EXPECT_EQ(changes->written, 2);
  EXPECT_EQ(changes->removed, 2);
  const PostgresSource source{where(), "SELECT * FROM shop.out ORDER BY id", "", {}};
  const auto now = ElementsAre(ElementsAre("ann", "gold\tand\\more\n", "1"),
                               ElementsAre("bob", "silver", "7"), ElementsAre("zoe", "new", "9"));
  EXPECT_THAT(all(source).rows, now);
  // A row that does not fit, or comes twice, leaves everything as it was.
  const auto bad = write_postgres(table, {{"ann", "gold", "1"}, {"bob", "x", "many"}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code(), ErrorCode::kBadData);
  EXPECT_FALSE(write_postgres_changes(table, {{"a", "x", "1"}, {"a", "y", "2"}}, {}));
  EXPECT_THAT(all(source).rows, now);
  EXPECT_TRUE(write_postgres(table, {}));
  EXPECT_TRUE(all(source).rows.empty());
  table.columns[2].name = "other";
  EXPECT_EQ(write_postgres(table, {{"a", "b", "1"}}).error().code(), ErrorCode::kNotFound);
}

}  // namespace
}  // namespace regulars::connect
