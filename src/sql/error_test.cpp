#include "sql/error.h"

#include <gtest/gtest.h>

namespace regulars::sql {
namespace {

TEST(SqlError, ClassBecomesCodeAndLeavesTheText) {
  const Error conversion =
      to_error("Conversion Error: Could not convert string 'abc' to INT32\n\nLINE 1: SELECT\n  ^");
  EXPECT_EQ(conversion.code(), ErrorCode::kBadData);
  EXPECT_EQ(conversion.message(), "Could not convert string 'abc' to INT32");
  EXPECT_EQ(to_error("Out of Range Error: Overflow in addition of INT64 (1 + 2)!").code(),
            ErrorCode::kOverflow);
  EXPECT_EQ(to_error("Parser Error: syntax error").code(), ErrorCode::kInternal);
  const Error twice = to_error("Failed to append: PRIMARY KEY constraint violation: key \"1\"");
  EXPECT_EQ(twice.code(), ErrorCode::kBadData);
  EXPECT_EQ(twice.message(), "PRIMARY KEY constraint violation: key \"1\"");
  EXPECT_EQ(to_error("no class at all").message(), "no class at all");
  EXPECT_EQ(to_error("").message(), "the database gave no reason");
}

TEST(SqlError, SuggestionsBecomeHintsAndAddressesGo) {
  const Error missing = to_error(
      "Catalog Error: Table with name nope does not exist!\nDid you mean \"node\"?\n\n"
      "For more, see https://example.org\nLINE 1: select");
  EXPECT_EQ(missing.message(), "Table with name nope does not exist!");
  EXPECT_EQ(missing.hint(), "Did you mean \"node\"?");
}

TEST(SqlError, LockNamesTheHolder) {
  const Error lock = to_error(
      "IO Error: Could not set lock on file \"/x/y.db\": Conflicting lock is held in "
      "/usr/bin/regulars (PID 4711). See also https://duckdb.org/docs/connect/concurrency");
  EXPECT_EQ(lock.code(), ErrorCode::kIo);
  EXPECT_EQ(lock.message(), "the database is open in /usr/bin/regulars (process 4711)");
  EXPECT_FALSE(lock.hint().empty());
  EXPECT_EQ(to_error("IO Error: Could not set lock on file \"x\"").message(),
            "the database is open in another program");
}

TEST(SqlError, OutsideWorldIsIo) {
  const Error full = to_error("IO Error: Could not write file \"x\": No space left on device");
  EXPECT_EQ(full.code(), ErrorCode::kIo);
  EXPECT_NE(full.hint().find("disk space"), std::string::npos);
  const Error commit = to_error(
      "TransactionContext Error: Failed to commit: Could not write file \"x.wal\": No space left "
      "on device");
  EXPECT_EQ(commit.code(), ErrorCode::kIo);
  EXPECT_EQ(commit.message(), "Could not write file \"x.wal\": No space left on device");
  const Error version = to_error(
      "IO Error: Trying to read a database file with version number 99, but we can only read "
      "versions between 64 and 67.");
  EXPECT_EQ(version.code(), ErrorCode::kUnsupported);
  EXPECT_FALSE(version.hint().empty());
  EXPECT_EQ(to_error("IO Error: No files found that match the pattern \"x.parquet\"").code(),
            ErrorCode::kNotFound);
}

}  // namespace
}  // namespace regulars::sql
