#include "store/text_table.h"

#include <gtest/gtest.h>

#include "sql/database.h"

namespace regulars::store {
namespace {

class TextTableTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = sql::Database::open_memory();
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    connection_ = *connection;
    ASSERT_TRUE(sql().execute("CREATE TABLE text_x (code UINTEGER, text VARCHAR)"));
  }
  sql::Connection& sql() { return *connection_; }

  const TextTable table_ = text_table_of("x");
  std::optional<sql::Connection> connection_;
};

TEST_F(TextTableTest, NumbersNewTextsAndFindsOldOnes) {
  Dictionary first;
  for (const char* text : {"a", "unused", "b"}) first.intern(text);
  auto interned = intern_texts(sql(), table_, first, {1, 0, 1});
  ASSERT_TRUE(interned) << interned.error().to_string();
  EXPECT_EQ(interned->codes, (std::vector<uint32_t>{0, kNoCode, 1}));
  EXPECT_EQ(interned->added, 2);

  Dictionary second;
  for (const char* text : {"c", "b", "", "a"}) second.intern(text);
  interned = intern_texts(sql(), table_, second, {1, 1, 1, 1});
  ASSERT_TRUE(interned) << interned.error().to_string();
  EXPECT_EQ(interned->codes, (std::vector<uint32_t>{2, 1, 3, 0}));
  EXPECT_EQ(interned->first_new, 2u);
  EXPECT_EQ(interned->added, 2);

  auto stored = load_texts(sql(), table_);
  ASSERT_TRUE(stored);
  ASSERT_EQ(stored->dictionary->size(), 4u);
  EXPECT_EQ(stored->dictionary->text(2), "c");
  EXPECT_EQ(stored->dictionary->text(3), "");
  EXPECT_EQ(load_texts(sql(), table_, 2)->dictionary->size(), 2u);
}

TEST_F(TextTableTest, KeepsTextsExactly) {
  const std::string texts[] = {"O'Neil",
                               "a\"b; DROP TABLE text_x",
                               std::string("x\0y", 3),
                               "Z\xC3\xBCrich",
                               " trailing ",
                               "A",
                               "a"};
  Dictionary dictionary;
  for (const std::string& text : texts) dictionary.intern(text);
  const std::vector<uint8_t> used(dictionary.size(), 1);
  ASSERT_TRUE(intern_texts(sql(), table_, dictionary, used));
  auto again = intern_texts(sql(), table_, dictionary, used);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->added, 0);
  auto stored = load_texts(sql(), table_);
  ASSERT_TRUE(stored);
  for (uint32_t i = 0; i < std::size(texts); ++i) {
    EXPECT_EQ(stored->dictionary->text(i), texts[i]);
  }
}

TEST_F(TextTableTest, RefusesBytesThatAreNoText) {
  Dictionary dictionary;
  dictionary.intern("\xFF");
  auto interned = intern_texts(sql(), table_, dictionary, {1});
  ASSERT_FALSE(interned);
  EXPECT_EQ(interned.error().code(), ErrorCode::kBadData);
}

TEST_F(TextTableTest, ATableThatSomebodyElseFilledIsAnError) {
  ASSERT_TRUE(sql().execute("INSERT INTO text_x VALUES (0, 'a'), (1, 'a')"));
  auto stored = load_texts(sql(), table_);
  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code(), ErrorCode::kBadData);
}

}  // namespace
}  // namespace regulars::store
