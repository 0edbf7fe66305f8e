#include "sql/appender.h"

#include <gtest/gtest.h>

#include "sql/database.h"

namespace regulars::sql {
namespace {

class AppenderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = Database::open_memory();
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    connection_ = *connection;
  }
  Connection& sql() { return *connection_; }
  std::optional<Connection> connection_;
};

TEST_F(AppenderTest, AppendsColumnsOfEveryKindInOrder) {
  ASSERT_TRUE(sql().execute(
      "CREATE TABLE t (a BIGINT, b TIMESTAMP, c UINTEGER, d DOUBLE, e VARCHAR, f BOOLEAN, "
      "g DATE, h UBIGINT)"));
  constexpr size_t kRows = 5001;  // more than two blocks
  std::vector<int64_t> a(kRows);
  std::vector<int64_t> b(kRows);
  std::vector<uint32_t> c(kRows);
  std::vector<double> d(kRows);
  std::vector<std::string> e(kRows);
  std::vector<uint8_t> f(kRows);
  std::vector<int32_t> g(kRows);
  std::vector<uint64_t> h(kRows);
  std::vector<uint8_t> valid(kRows);
  for (size_t i = 0; i < kRows; ++i) {
    a[i] = static_cast<int64_t>(i);
    b[i] = a[i] * 1'000'000;
    c[i] = static_cast<uint32_t>(i * 2);
    d[i] = static_cast<double>(i) / 4;
    e[i] = i % 2 == 0 ? "short" : "a text of more than twelve bytes " + std::to_string(i);
    f[i] = i % 5 == 0;
    g[i] = static_cast<int32_t>(i);
    h[i] = ~uint64_t{0} - i;
    valid[i] = i % 7 != 0;
  }
  auto appender = Appender::create(sql(), "t");
  ASSERT_TRUE(appender) << appender.error().to_string();
  const auto appended = appender->append({ColumnData(a), ColumnData(b), ColumnData(c),
                                          ColumnData(d), ColumnData(e).with_nulls(valid),
                                          ColumnData(f), ColumnData(g), ColumnData(h)});
  ASSERT_TRUE(appended) << appended.error().to_string();
  ASSERT_TRUE(appender->close());
  const auto wrong = sql().query_integer(
      "SELECT count(*) FROM (SELECT *, rowid AS i FROM t) WHERE a <> i OR epoch_us(b) <> i * "
      "1000000 OR c <> i * 2 OR d <> i / 4 OR f <> (i % 5 = 0) OR g <> DATE '1970-01-01' + "
      "i::INTEGER OR h <> 18446744073709551615 - i OR (e IS NULL) <> (i % 7 = 0) OR e <> CASE "
      "WHEN i % 2 = 0 THEN 'short' ELSE 'a text of more than twelve bytes ' || i END");
  ASSERT_TRUE(wrong) << wrong.error().to_string();
  EXPECT_EQ(*wrong, 0);
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM t"), static_cast<int64_t>(kRows));
}

TEST_F(AppenderTest, RefusesWhatDoesNotFit) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (a BIGINT, b VARCHAR)"));
  auto appender = Appender::create(sql(), "t");
  ASSERT_TRUE(appender);
  const std::vector<int64_t> numbers{1, 2};
  const std::vector<int32_t> small{1, 2};
  const std::vector<std::string> texts{"x", "y"};
  const std::vector<std::string> one_text{"x"};
  EXPECT_FALSE(appender->append({ColumnData(numbers)}));
  EXPECT_FALSE(appender->append({ColumnData(small), ColumnData(texts)}));
  EXPECT_FALSE(appender->append({ColumnData(numbers), ColumnData(one_text)}));
  EXPECT_TRUE(appender->append({ColumnData(numbers), ColumnData(texts)}));
  EXPECT_TRUE(appender->close());
  EXPECT_FALSE(Appender::create(sql(), "nope"));
}

TEST_F(AppenderTest, RefusesTextsThatAreNotUtf8) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (b VARCHAR)"));
  auto appender = Appender::create(sql(), "t");
  ASSERT_TRUE(appender);
  const std::vector<std::string> texts{"fine", "\xFF\xFE broken"};
  const auto appended = appender->append({ColumnData(texts)});
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().code(), ErrorCode::kBadData);
}

TEST_F(AppenderTest, ConstraintsShowAtCloseAtTheLatest) {
  ASSERT_TRUE(sql().execute("CREATE TABLE t (a BIGINT PRIMARY KEY)"));
  auto transaction = Transaction::begin(sql());
  ASSERT_TRUE(transaction);
  auto appender = Appender::create(sql(), "t");
  ASSERT_TRUE(appender);
  const std::vector<int64_t> twice{1, 1};
  auto outcome = appender->append({ColumnData(twice)});
  if (outcome) outcome = appender->close();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code(), ErrorCode::kBadData) << outcome.error().to_string();
}

}  // namespace
}  // namespace regulars::sql
