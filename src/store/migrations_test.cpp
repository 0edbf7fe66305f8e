#include "store/migrations.h"

#include <gtest/gtest.h>

#include "sql/database.h"

namespace regulars::store {
namespace {

constexpr Migration kSteps[] = {{1, "first", "CREATE TABLE a (n BIGINT)"},
                                {2, "second", "INSERT INTO a VALUES (7); CREATE TABLE b (n INT)"},
                                {3, "third", "ALTER TABLE b ADD COLUMN m INT"}};

class MigrationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = sql::Database::open_memory();
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    connection_ = *connection;
  }
  sql::Connection& sql() { return *connection_; }
  Result<void> run(size_t steps) {
    return migrate(sql(), std::span(kSteps).first(steps), Instant{1'000'000});
  }

  std::optional<sql::Connection> connection_;
};

TEST_F(MigrationsTest, AppliesEachStepOnceAndInOrder) {
  EXPECT_EQ(*stored_format(sql()), 0);
  ASSERT_TRUE(run(1));
  EXPECT_EQ(*stored_format(sql()), 1);
  ASSERT_TRUE(run(3));
  ASSERT_TRUE(run(3));
  EXPECT_EQ(*stored_format(sql()), 3);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM a"), 1);
  const auto rows =
      sql().query_rows("SELECT format, name, applied_at FROM store_info ORDER BY rowid");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[1][0].integer(), 2);
  EXPECT_EQ((*rows)[1][1].text(), "second");
  EXPECT_EQ((*rows)[1][2].integer(), 1'000'000);
}

TEST_F(MigrationsTest, ANewerFormatIsRefusedAndLeftAlone) {
  ASSERT_TRUE(run(3));
  const auto refused = run(2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kUnsupported);
  EXPECT_EQ(refused.error().message(), "has format 3, but this program knows formats up to 2");
  EXPECT_NE(refused.error().hint().find("newer"), std::string::npos);
  EXPECT_EQ(*stored_format(sql()), 3);
}

TEST_F(MigrationsTest, AForeignDatabaseIsRefusedAndLeftAlone) {
  ASSERT_TRUE(sql().execute("CREATE TABLE theirs (n INT)"));
  const auto refused = run(3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::kBadData);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM duckdb_tables()"), 1);
}

TEST_F(MigrationsTest, AStepThatFailsLeavesTheFormatBefore) {
  constexpr Migration kBroken[] = {{1, "first", "CREATE TABLE a (n BIGINT)"},
                                   {2, "broken", "INSERT INTO a VALUES (1); SELECT nonsense"}};
  EXPECT_FALSE(migrate(sql(), kBroken, Instant{}));
  EXPECT_EQ(*stored_format(sql()), 1);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM a"), 0);
}

TEST_F(MigrationsTest, TheRealStepsCountUpAndApply) {
  int expected = 0;
  for (const Migration& step : migrations()) EXPECT_EQ(step.format, ++expected);
  const auto migrated = migrate(sql(), migrations(), Instant{});
  ASSERT_TRUE(migrated) << migrated.error().to_string();
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM customer"), 0);
}

}  // namespace
}  // namespace regulars::store
