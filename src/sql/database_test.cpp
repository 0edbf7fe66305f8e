#include "sql/database.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace regulars::sql {
namespace {

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "regulars-sql-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(DatabaseTest, KeepsWhatWasWritten) {
  {
    auto database = Database::open(path("a.db"));
    ASSERT_TRUE(database) << database.error().to_string();
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->execute("CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (1), (2)"));
  }
  auto again = Database::open(path("a.db"), {.threads = 1, .read_only = true});
  ASSERT_TRUE(again) << again.error().to_string();
  auto connection = again->connect();
  ASSERT_TRUE(connection);
  auto sum = connection->query_integer("SELECT sum(n) FROM t");
  ASSERT_TRUE(sum) << sum.error().to_string();
  EXPECT_EQ(*sum, 3);
  EXPECT_FALSE(connection->execute("INSERT INTO t VALUES (3)"));
}

TEST_F(DatabaseTest, AForeignFileIsRefused) {
  std::ofstream(path("foreign.db")) << std::string(20000, 'x');
  auto database = Database::open(path("foreign.db"));
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code(), ErrorCode::kBadData) << database.error().to_string();
  EXPECT_EQ(database.error().place().file, path("foreign.db"));
}

TEST_F(DatabaseTest, AFolderThatIsNotThereIsAnError) {
  auto database = Database::open(path("none/at/all.db"));
  ASSERT_FALSE(database);
  EXPECT_NE(database.error().code(), ErrorCode::kInternal) << database.error().to_string();
  EXPECT_FALSE(Database::open(""));
  EXPECT_FALSE(Database::open(":memory:"));
  EXPECT_FALSE(Database::open_memory({.memory_limit = "many"}));
}

TEST_F(DatabaseTest, ASecondProcessLearnsWhoHoldsTheFile) {
  int ready[2];
  int finish[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(finish), 0);
  const pid_t child = ::fork();
  char byte = 0;
  if (child == 0) {
    ::close(finish[1]);
    auto database = Database::open(path("held.db"));
    byte = database ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) != 1 || ::read(finish[0], &byte, 1) < 0) ::_exit(1);
    ::_exit(0);
  }
  ::close(finish[0]);
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  auto database = Database::open(path("held.db"));
  EXPECT_FALSE(database);
  if (!database) {
    EXPECT_EQ(database.error().code(), ErrorCode::kIo);
    EXPECT_NE(database.error().message().find("process " + std::to_string(child)),
              std::string::npos)
        << database.error().to_string();
  }
  ::close(finish[1]);
  ::waitpid(child, nullptr, 0);
}

TEST_F(DatabaseTest, OneProcessOpensAFileOnce) {
  std::filesystem::create_directory_symlink(folder_, path("link"));
  auto first = Database::open(path("a.db"));
  ASSERT_TRUE(first) << first.error().to_string();
  auto connection = first->connect();
  ASSERT_TRUE(connection);
  for (const std::string& name : {path("a.db"), path("./a.db"), path("link/a.db")}) {
    const auto second = Database::open(name);
    ASSERT_FALSE(second) << name;
    EXPECT_EQ(second.error().code(), ErrorCode::kIo);
    EXPECT_EQ(second.error().message(), "the database is open in this program already");
  }
  first = Database::open_memory();  // the connection keeps the file open
  EXPECT_FALSE(Database::open(path("a.db")));
  connection = first->connect();
  EXPECT_TRUE(Database::open(path("a.db")));
}

TEST_F(DatabaseTest, ResultsOutliveTheirDatabase) {
  std::optional<QueryResult> result;
  {
    auto database = Database::open(path("a.db"));
    ASSERT_TRUE(database);
    auto connection = database->connect();
    ASSERT_TRUE(connection);
    auto streamed = connection->stream("SELECT i::BIGINT FROM range(10000) t(i)");
    ASSERT_TRUE(streamed);
    result = *streamed;
  }
  auto rows = result->rows();
  ASSERT_TRUE(rows) << rows.error().to_string();
  EXPECT_EQ(rows->size(), 10'000u);
}

TEST_F(DatabaseTest, ParquetAndJsonAreBuiltInAndNothingIsFetched) {
  auto database = Database::open_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  auto loaded = connection->query_integer(
      "SELECT count(*) FROM duckdb_extensions() WHERE loaded AND install_mode = "
      "'STATICALLY_LINKED' AND extension_name IN ('parquet', 'json', 'icu')");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded, 3);
  auto allowed = connection->query_integer(
      "SELECT count(*) FROM duckdb_settings() WHERE value = 'true' AND name IN "
      "('autoinstall_known_extensions', 'autoload_known_extensions', "
      "'allow_community_extensions')");
  ASSERT_TRUE(allowed);
  EXPECT_EQ(*allowed, 0);
  const std::string parquet = path("x.parquet");
  const std::string json = path("x.json");
  ASSERT_TRUE(connection->execute("COPY (SELECT 7 AS n) TO '" + parquet + "'"));
  ASSERT_TRUE(connection->execute("COPY (SELECT 8 AS n) TO '" + json + "'"));
  EXPECT_EQ(*connection->query_integer("SELECT n::BIGINT FROM read_parquet(?)", parquet), 7);
  EXPECT_EQ(*connection->query_integer("SELECT n::BIGINT FROM read_json(?)", json), 8);
  auto missing = connection->query("SELECT * FROM read_parquet(?)", path("none.parquet"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), ErrorCode::kNotFound) << missing.error().to_string();
}

TEST_F(DatabaseTest, EachThreadTakesItsOwnConnection) {
  auto database = Database::open_memory();
  ASSERT_TRUE(database);
  int64_t sums[4] = {};
  std::vector<std::thread> threads;
  for (int64_t& sum : sums) {
    threads.emplace_back([&] {
      auto connection = database->connect();
      if (!connection) return;
      auto value = connection->query_integer("SELECT sum(i)::BIGINT FROM range(1000) t(i)");
      if (value) sum = *value;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int64_t sum : sums) EXPECT_EQ(sum, 499'500);
}

TEST_F(DatabaseTest, SessionIsInUtc) {
  auto database = Database::open_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  auto rows = connection->query_rows("SELECT TIMESTAMPTZ '2011-12-09 12:50:00'");
  ASSERT_TRUE(rows) << rows.error().to_string();
  EXPECT_EQ((*rows)[0][0].integer(), 1'323'435'000'000'000);
}

}  // namespace
}  // namespace regulars::sql
