#include "sql/connection.h"

#include <gtest/gtest.h>

#include "sql/database.h"

namespace regulars::sql {
namespace {

class ConnectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = Database::open_memory({.threads = 2});
    ASSERT_TRUE(database) << database.error().to_string();
    database_ = *database;
    auto connection = database_->connect();
    ASSERT_TRUE(connection) << connection.error().to_string();
    connection_ = *connection;
  }
  Connection& sql() { return *connection_; }

  std::optional<Database> database_;
  std::optional<Connection> connection_;
};

TEST_F(ConnectionTest, BindsEveryKindOfParameter) {
  auto rows = sql().query_rows("SELECT ?, ?, ?, ?, ?, ?, ?, ?", true, -5, uint64_t{1} << 63, 0.5,
                               "it's; DROP TABLE x", Instant{1'000'000}, Day{15'317}, nullptr);
  ASSERT_FALSE(rows);  // 2^63 does not fit a Cell
  EXPECT_EQ(rows.error().code(), ErrorCode::kOverflow);
  rows = sql().query_rows("SELECT ?, ?, ?, ?, ?, ?, ?, ?", true, -5, uint32_t{7}, 0.5,
                          "it's; DROP TABLE x", Instant{1'000'000}, Day{15'317}, nullptr);
  ASSERT_TRUE(rows) << rows.error().to_string();
  const std::vector<Cell>& row = (*rows)[0];
  EXPECT_EQ(row[0].boolean(), true);
  EXPECT_EQ(row[1].integer(), -5);
  EXPECT_EQ(row[2].integer(), 7);
  EXPECT_EQ(row[3].real(), 0.5);
  EXPECT_EQ(row[4].text(), "it's; DROP TABLE x");
  EXPECT_EQ(row[5].integer(), 1'000'000);
  EXPECT_EQ(row[6].integer(), 15'317);
  EXPECT_TRUE(row[7].is_null());
  EXPECT_EQ(row[7].integer(), std::nullopt);
}

TEST_F(ConnectionTest, OptionalParametersAreNullWhenEmpty) {
  EXPECT_EQ(*sql().query_integer("SELECT coalesce(?, 9)", std::optional<int64_t>()), 9);
  EXPECT_EQ(*sql().query_integer("SELECT coalesce(?, 9)", std::optional<int64_t>(4)), 4);
}

TEST_F(ConnectionTest, WrongNumberOfParametersIsAnError) {
  EXPECT_FALSE(sql().query("SELECT ?"));
  EXPECT_FALSE(sql().query("SELECT 1", 5));
}

TEST_F(ConnectionTest, TextsThatAreNotUtf8AreRefused) {
  auto rows = sql().query_rows("SELECT ?", std::string_view("\xFF\xFE"));
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code(), ErrorCode::kBadData) << rows.error().to_string();
}

TEST_F(ConnectionTest, ReadsVectorsWithoutCopies) {
  auto result = sql().query(
      "SELECT i::BIGINT AS n, i / 2.0 AS half, CASE WHEN i % 3 = 0 THEN NULL ELSE 'value number ' "
      "|| i END AS t, TIMESTAMP '1970-01-01' + INTERVAL 1 SECOND * i AS at, i % 2 = 0 AS even "
      "FROM range(5000) r(i) ORDER BY i");
  ASSERT_TRUE(result) << result.error().to_string();
  EXPECT_EQ(result->find_column("at"), 3u);
  EXPECT_EQ(result->find_column("nope"), std::nullopt);
  int64_t row_number = 0;
  while (true) {
    auto chunk = result->next();
    ASSERT_TRUE(chunk);
    if (!*chunk) break;
    const auto numbers = (*chunk)->column(0).values<int64_t>();
    const auto halves = (*chunk)->column(1).values<double>();
    const auto texts = (*chunk)->column(2).values<TextCell>();
    const auto times = (*chunk)->column(3).values<int64_t>();
    const auto evens = (*chunk)->column(4).values<bool>();
    ASSERT_TRUE(numbers && halves && texts && times && evens);
    EXPECT_EQ((*chunk)->column(0).validity(), nullptr);
    for (size_t row = 0; row < (*chunk)->size(); ++row, ++row_number) {
      ASSERT_EQ((*numbers)[row], row_number);
      ASSERT_EQ((*halves)[row], static_cast<double>(row_number) / 2);
      ASSERT_EQ((*times)[row], row_number * 1'000'000);
      ASSERT_EQ((*evens)[row], row_number % 2 == 0);
      ASSERT_EQ((*chunk)->column(2).is_null(row), row_number % 3 == 0);
      if (row_number % 3 != 0) {
        ASSERT_EQ((*texts)[row].view(), "value number " + std::to_string(row_number));
      }
    }
  }
  EXPECT_EQ(row_number, 5000);
}

TEST_F(ConnectionTest, ReadingAsAnotherTypeIsAnError) {
  auto result = sql().query("SELECT 1::INTEGER AS small");
  ASSERT_TRUE(result);
  auto chunk = result->next();
  ASSERT_TRUE(chunk && *chunk);
  EXPECT_TRUE((*chunk)->column(0).values<int32_t>());
  const auto wrong = (*chunk)->column(0).values<int64_t>();
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message(), "column 'small' is stored as int32, not as int64");
}

TEST_F(ConnectionTest, SmallResultsKeepDecimalsExact) {
  auto rows = sql().query_rows(
      "SELECT 0.05::DECIMAL(4,2), -12.5::DECIMAL(18,3), 99999999999999999999.99::DECIMAL(38,2), "
      "sum(i) FROM range(4) r(i)");
  ASSERT_TRUE(rows) << rows.error().to_string();
  EXPECT_EQ((*rows)[0][0].text(), "0.05");
  EXPECT_EQ((*rows)[0][1].text(), "-12.500");
  EXPECT_EQ((*rows)[0][2].text(), "99999999999999999999.99");
  EXPECT_EQ((*rows)[0][3].integer(), 6);  // HUGEINT
  auto list = sql().query_rows("SELECT [1, 2]");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code(), ErrorCode::kUnsupported);
}

TEST_F(ConnectionTest, StreamsAndReportsErrorsWhileReading) {
  auto result = sql().stream("SELECT i::VARCHAR FROM range(100000) r(i)");
  ASSERT_TRUE(result) << result.error().to_string();
  size_t rows = 0;
  for (;;) {
    auto chunk = result->next();
    ASSERT_TRUE(chunk);
    if (!*chunk) break;
    rows += (*chunk)->size();
  }
  EXPECT_EQ(rows, 100'000u);

  auto failing = sql().stream(
      "SELECT CASE WHEN i = 99999 THEN 'x' ELSE '1' END::INTEGER FROM range(100000) r(i)");
  while (failing) {
    auto chunk = failing->next();
    if (!chunk) {
      EXPECT_EQ(chunk.error().code(), ErrorCode::kBadData);
      return;
    }
    ASSERT_TRUE(*chunk) << "the result ended without the error";
  }
  EXPECT_EQ(failing.error().code(), ErrorCode::kBadData);
}

TEST_F(ConnectionTest, PreparedStatementsRunManyTimes) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (n BIGINT)"));
  auto insert = sql().prepare("INSERT INTO t VALUES (?)");
  ASSERT_TRUE(insert);
  for (int i = 0; i < 10; ++i) {
    const auto changed = insert->execute(i);
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed, 1u);
  }
  EXPECT_EQ(*sql().execute("DELETE FROM t WHERE n < ?", 4), 4u);
  EXPECT_EQ(*sql().query_integer("SELECT sum(n)::BIGINT FROM t"), 39);
}

TEST_F(ConnectionTest, TransactionsAreWholeOrNothing) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (n BIGINT)"));
  {
    auto transaction = Transaction::begin(sql());
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(sql().execute("INSERT INTO t VALUES (1)"));
    EXPECT_FALSE(Transaction::begin(sql())) << "one transaction at a time";
  }
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM t"), 0);
  {
    auto transaction = Transaction::begin(sql());
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(sql().execute("INSERT INTO t VALUES (1)"));
    Transaction moved = *std::move(transaction);
    ASSERT_TRUE(moved.commit());
    EXPECT_FALSE(moved.commit());
  }
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM t"), 1);
}

TEST_F(ConnectionTest, OtherConnectionsSeeCommittedDataOnly) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (n BIGINT)"));
  auto other = database_->connect();
  ASSERT_TRUE(other);
  auto transaction = Transaction::begin(sql());
  ASSERT_TRUE(transaction);
  ASSERT_TRUE(sql().execute("INSERT INTO t VALUES (1)"));
  EXPECT_EQ(*other->query_integer("SELECT count(*) FROM t"), 0);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(*other->query_integer("SELECT count(*) FROM t"), 1);
}

TEST_F(ConnectionTest, NumbersOnlyFromOneRowOfOneColumn) {
  EXPECT_FALSE(sql().query_integer("SELECT 1, 2"));
  EXPECT_FALSE(sql().query_integer("SELECT 1 WHERE false"));
  EXPECT_FALSE(sql().query_integer("SELECT NULL::BIGINT"));
  EXPECT_FALSE(sql().query_integer("SELECT 'x'"));
}

}  // namespace
}  // namespace regulars::sql
