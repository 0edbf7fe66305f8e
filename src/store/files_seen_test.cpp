#include "store/files_seen.h"

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

TEST_F(StoreTest, OnlyWhatIsNewOrChangedIsReadAgain) {
  sql::Connection connection = sql();
  const FileStamp a{"a.csv", 100, on_day(1), 0xFFFFFFFFFFFFFFF1ULL};
  const FileStamp b{"b.csv", 100, on_day(1), 0};
  ASSERT_TRUE(record_files(connection, "orders", {a, b}, on_day(2)));
  FileStamp grown = a, touched = a, rewritten = a, unclear = b;
  grown.bytes = 101;
  touched.modified_at = on_day(3);
  rewritten.content_hash = 7;
  unclear.modified_at = on_day(3);
  const auto verdicts = compare_files(
      connection, "orders", {a, b, {"c.csv", 1, on_day(1), 1}, grown, touched, rewritten, unclear});
  ASSERT_TRUE(verdicts);
  using enum FileVerdict;
  EXPECT_EQ(*verdicts,
            (std::vector<FileVerdict>{kSame, kSame, kNew, kChanged, kSame, kChanged, kLookAgain}));
  // Of another source nothing is known; a later record takes the place of the earlier one.
  EXPECT_EQ(compare_files(connection, "visits", {a})->at(0), kNew);
  ASSERT_TRUE(record_files(connection, "orders", {grown}, on_day(4)));
  EXPECT_EQ(compare_files(connection, "orders", {grown})->at(0), kSame);
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM file_seen"), 2);
}

TEST_F(StoreTest, HowFarASourceWasRead) {
  sql::Connection connection = sql();
  EXPECT_FALSE(read_up_to(connection, "orders")->has_value());
  ASSERT_TRUE(record_read_up_to(connection, "orders", "17", on_day(1)));
  ASSERT_TRUE(record_read_up_to(connection, "orders", "2024-01-01", on_day(2)));
  EXPECT_EQ(**read_up_to(connection, "orders"), "2024-01-01");
}

}  // namespace
}  // namespace regulars::store
