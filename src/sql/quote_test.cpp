#include "sql/quote.h"

#include <gtest/gtest.h>

#include "sql/database.h"

namespace regulars::sql {
namespace {

TEST(Quote, DoublesTheMark) {
  EXPECT_EQ(quote_identifier("order id"), "\"order id\"");
  EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(quote_literal("O'Neil"), "'O''Neil'");
  EXPECT_EQ(quote_literal(""), "''");
}

TEST(Quote, LiteralsComeBackAsTheyWere) {
  auto database = Database::open_memory();
  ASSERT_TRUE(database) << database.error().to_string();
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  const std::string nasty[] = {"'; DROP TABLE x; --", "''",        "a\\'b", std::string("x\0y", 3),
                               "\xC3\xA4\n\t\"",      "$1 ? :name"};
  for (const std::string& text : nasty) {
    auto rows = connection->query_rows("SELECT " + quote_literal(text));
    ASSERT_TRUE(rows) << text << ": " << rows.error().to_string();
    EXPECT_EQ((*rows)[0][0].text(), text);
  }
}

TEST(Quote, IdentifiersNameAnyColumn) {
  auto database = Database::open_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  for (const std::string name : {"a b", "select", "x\"y", "1st", "\xC3\xBC"}) {
    auto result = connection->query("SELECT 1 AS " + quote_identifier(name));
    ASSERT_TRUE(result) << result.error().to_string();
    EXPECT_EQ(result->columns()[0].name, name);
  }
}

}  // namespace
}  // namespace regulars::sql
