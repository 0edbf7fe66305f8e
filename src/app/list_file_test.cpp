#include "app/list_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/temporary_file.h"
#include "sql/database.h"

namespace regulars::app {
namespace {

ListTable sample() {
  ListTable table;
  table.name = "save";
  table.columns = {{"customer_id"},
                   {"net", ValueType::kDecimal, 2},
                   {"orders", ValueType::kInteger},
                   {"born", ValueType::kDay},
                   {"joined", ValueType::kInstant},
                   {"member", ValueType::kBoolean},
                   {"share", ValueType::kReal}};
  table.rows = {
      {Cell::of("=cmd()"), Cell::of(Decimal{12345, 2}), Cell::of(int64_t{3}),
       Cell::of("1988-02-29"), Cell::of("2024-03-31T01:30:00Z"), Cell::of(true), Cell::real(0.25)},
      {Cell::of("\"Zoë\", B."), {}, {}, {}, {}, {}, {}}};
  return table;
}

std::string bytes_of(const ListTable& table, ListFormat format) {
  const auto bytes = list_bytes(table, format, Instant{});
  EXPECT_TRUE(bytes) << bytes.error().to_string();
  return bytes ? *bytes : std::string();
}

TEST(ListFile, CsvEscapesFormulasAndLeavesTheUnknownEmpty) {
  EXPECT_EQ(bytes_of(sample(), ListFormat::kCsv),
            "customer_id,net,orders,born,joined,member,share\n"
            "'=cmd(),123.45,3,1988-02-29,2024-03-31T01:30:00Z,true,0.25\n"
            "\"\"\"Zoë\"\", B.\",,,,,,\n");
}

TEST(ListFile, JsonLinesKeepDecimalsAsTextAndTheIdAsItIs) {
  EXPECT_EQ(bytes_of(sample(), ListFormat::kJsonLines),
            "{\"customer_id\":\"=cmd()\",\"net\":\"123.45\",\"orders\":3,\"born\":\"1988-02-29\","
            "\"joined\":\"2024-03-31T01:30:00Z\",\"member\":true,\"share\":0.25}\n"
            "{\"customer_id\":\"\\\"Zoë\\\", B.\",\"net\":null,\"orders\":null,\"born\":null,"
            "\"joined\":null,\"member\":null,\"share\":null}\n");
}

TEST(ListFile, ParquetHasTypesAndComesBackExactly) {
  const TemporaryFile file;
  ASSERT_TRUE(file.made());
  ASSERT_TRUE(real_files().write(file.path(), bytes_of(sample(), ListFormat::kParquet)));
  auto database = sql::Database::open_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  const auto rows = connection->query_rows(
      "SELECT customer_id, CAST(net AS VARCHAR), orders, CAST(born AS VARCHAR), epoch_ms(joined), "
      "member, share, typeof(net), typeof(born) FROM read_parquet(?)",
      file.path());
  ASSERT_TRUE(rows) << rows.error().to_string();
  ASSERT_EQ(rows->size(), 2u);
  const auto& first = rows->front();
  EXPECT_EQ(first[0].text(), "=cmd()");
  EXPECT_EQ(first[1].text(), "123.45");
  EXPECT_EQ(first[2].integer(), 3);
  EXPECT_EQ(first[3].text(), "1988-02-29");
  EXPECT_EQ(first[4].integer(), 1711848600000);
  EXPECT_EQ(first[5].boolean(), true);
  EXPECT_EQ(first[6].real(), 0.25);
  EXPECT_EQ(first[7].text(), "DECIMAL(18,2)");
  EXPECT_EQ(first[8].text(), "DATE");
  for (size_t k = 1; k < 7; ++k) EXPECT_TRUE((*rows)[1][k].is_null()) << k;
}

TEST(ListFile, EmptyListsHaveTheirHeading) {
  ListTable table = sample();
  table.rows.clear();
  EXPECT_EQ(bytes_of(table, ListFormat::kCsv), "customer_id,net,orders,born,joined,member,share\n");
  EXPECT_EQ(bytes_of(table, ListFormat::kJsonLines), "");
  EXPECT_TRUE(bytes_of(table, ListFormat::kParquet).starts_with("PAR1"));
}

TEST(ListFile, WorkbookIsAZipArchiveTheSameEveryTime) {
  const std::string bytes = bytes_of(sample(), ListFormat::kXlsx);
  EXPECT_TRUE(bytes.starts_with("PK"));
  EXPECT_EQ(bytes, bytes_of(sample(), ListFormat::kXlsx));
}

TEST(ListFile, RowsOfPostgresAreTextsOrNull) {
  const auto rows = postgres_rows(sample());
  EXPECT_EQ(rows[0][1], "123.45");
  EXPECT_EQ(rows[1][1], std::nullopt);
  const auto columns = postgres_columns(sample());
  EXPECT_EQ(columns[1].type, "numeric");
  EXPECT_EQ(columns[4].type, "timestamptz");
}

TEST(ListFile, FormatFollowsTheName) {
  EXPECT_EQ(format_of_file("a/b.parquet"), ListFormat::kParquet);
  EXPECT_EQ(format_of_file("b.xlsx"), ListFormat::kXlsx);
  EXPECT_EQ(format_of_file("b.jsonl"), ListFormat::kJsonLines);
  EXPECT_EQ(format_of_file("b.txt"), ListFormat::kCsv);
}

}  // namespace
}  // namespace regulars::app
