#include "connect/parquet_rows.h"

#include <gtest/gtest.h>

#include "connect/rows_testing.h"
#include "sql/database.h"
#include "sql/quote.h"

namespace regulars::connect {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

// Writes what `query` gives as a Parquet file.
std::string write_parquet(const std::string& name, const std::string& query) {
  const std::string path = testing::TempDir() + "/regulars-" + name + ".parquet";
  auto database = sql::Database::open_memory();
  EXPECT_TRUE(database.ok());
  auto connection = database->connect();
  EXPECT_TRUE(connection.ok());
  const Result<void> done = connection->execute("COPY (" + query + ") TO " +
                                                sql::quote_literal(path) + " (FORMAT parquet)");
  EXPECT_TRUE(done.ok()) << done.error().to_string();
  return path;
}

ReadAll read_parquet(const std::string& name, const std::string& query) {
  return read_all(real_files(), write_parquet(name, query));
}

TEST(Parquet, TypesAsText) {
  const ReadAll all = read_parquet(
      "types",
      "SELECT 1::BIGINT AS id, 12.10::DECIMAL(9,2) AS price, 17850.0::DOUBLE AS customer, "
      "0.1::FLOAT AS rate, true AS ok, DATE '2011-12-09' AS day, "
      "TIMESTAMP '2011-12-09 08:26:01.5' AS t, TIMESTAMPTZ '2011-12-09 08:26:00+02' AS tz, "
      "'a\"b' AS name, NULL::VARCHAR AS none, 'NaN'::DOUBLE AS nan");
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.columns, (Names{"id", "price", "customer", "rate", "ok", "day", "t", "tz", "name",
                                "none", "nan"}));
  EXPECT_EQ(all.rows,
            (Rows{{"1", "12.10", "17850", "0.1", "true", "2011-12-09", "2011-12-09T08:26:01.5",
                   "2011-12-09T06:26:00Z", "a\"b", kAbsent, kAbsent}}));
  EXPECT_EQ(all.lines[0], 0u);
  EXPECT_TRUE(all.raws[0].starts_with("{\"id\":\"1\",\"price\":\"12.10\"")) << all.raws[0];
  EXPECT_NE(all.raws[0].find("\"name\":\"a\\\"b\",\"none\":null"), std::string::npos);
  EXPECT_EQ(all.info.format, "Parquet");
}

TEST(Parquet, StructuresAndLists) {
  const ReadAll all =
      read_parquet("nested",
                   "SELECT {'amount': 1.5::DOUBLE, 'o''r': {'id': 7}} AS value, [1, 2] AS tags, "
                   "[{'a': 1}] AS items UNION ALL SELECT NULL, NULL, NULL");
  EXPECT_EQ(all.columns, (Names{"value.amount", "value.o'r.id", "tags", "items"}));
  EXPECT_EQ(all.rows,
            (Rows{{"1.5", "7", "[1,2]", "[{\"a\":1}]"}, {kAbsent, kAbsent, kAbsent, kAbsent}}));
}

TEST(Parquet, ManyBatches) {
  const ReadAll all =
      read_parquet("many",
                   "SELECT i AS id, i / 4 AS x, 'a text of more than twelve bytes ' || i AS t "
                   "FROM range(10000) r(i)");
  ASSERT_EQ(all.rows.size(), 10000u);
  EXPECT_EQ(all.rows[9999], (Names{"9999", "2499.75", "a text of more than twelve bytes 9999"}));
  EXPECT_EQ(all.info.rows, 10000u);
}

TEST(Parquet, CutAndDamagedFilesAreErrors) {
  const std::string path = write_parquet("cut", "SELECT i AS id FROM range(100) r(i)");
  const std::string bytes = *real_files().read(path);
  ASSERT_TRUE(real_files().write(path, bytes.substr(0, bytes.size() / 2)).ok());
  EXPECT_NE(read_all(real_files(), path).error.find("cut short"), std::string::npos);
  ASSERT_TRUE(real_files().write(path, bytes.substr(0, 20) + bytes.substr(bytes.size() - 8)).ok());
  EXPECT_EQ(read_all(real_files(), path).code, ErrorCode::kBadData);
}

TEST(Parquet, InMemoryIsNotSupported) {
  EXPECT_EQ(read_text("PAR1xxxxPAR1").code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace regulars::connect
