// A process killed with SIGKILL in the middle of an ingest leaves the store as it was before, or,
// once the commit is through, as it is after; never anything between. The control, which does the
// same work without the transaction, must fail the same check.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "crash_shop.h"
#include "store/store.h"
#include "store/test_shop.h"

namespace regulars::store {
namespace {

namespace fs = std::filesystem;

enum class State { kBefore, kAfter, kBetween };

// Everything a store holds, comparable: its history now and as known at first, and the number of
// rows of every table.
using Contents = std::vector<std::string>;

Contents contents(Store& store) {
  auto now = store.load();
  auto then = store.load(on_day(kFirstDay));
  if (!now || !then) return {"cannot be loaded"};
  Contents lines = describe(*now);
  for (std::string& line : describe(*then)) lines.push_back("then " + line);
  auto connection = store.connect();
  auto tables = connection->query_rows(
      "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1");
  if (!tables) return {"has no list of tables"};
  for (const auto& row : *tables) {
    const std::string table = row[0].text().value_or("");
    const auto count = connection->query_integer("SELECT count(*) FROM " + table);
    lines.push_back(table + " " + (count ? std::to_string(*count) : count.error().message()));
  }
  return lines;
}

Contents without_runs(Contents lines) {
  std::erase_if(lines, [](const std::string& line) {
    return line.starts_with("run ") || line.starts_with("source_file ");
  });
  return lines;
}

// A child at work, with the signs it gives.
class Child {
 public:
  Child(const std::string& mode, const std::string& path, int step) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      const std::string number = std::to_string(step);
      ::execl(CRASH_CHILD, CRASH_CHILD, mode.c_str(), path.c_str(), number.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    signs_ = ends[0];
  }
  ~Child() { ::close(signs_); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next sign, 0 when there are no more.
  char next_sign() const {
    char sign = 0;
    return ::read(signs_, &sign, 1) == 1 ? sign : '\0';
  }
  void kill() const { ::kill(process_, SIGKILL); }
  int wait() const {
    int status = 0;
    ::waitpid(process_, &status, 0);
    return status;
  }

 private:
  pid_t process_ = -1;
  int signs_ = -1;
};

class CrashTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = ::testing::TempDir() + "regulars-crash-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    {
      auto store = Store::open(file("base.db"), on_day(0));
      ASSERT_TRUE(store) << store.error().to_string();
      ASSERT_TRUE(store->ingest(first_delivery(), on_day(kFirstDay)));
      before_ = contents(*store);
    }
    fs::copy_file(file("base.db"), file("after.db"));
    auto store = Store::open(file("after.db"), on_day(kSecondDay));
    ASSERT_TRUE(store);
    const auto report = store->ingest(second_delivery(), on_day(kSecondDay));
    ASSERT_TRUE(report) << report.error().to_string();
    const TypeReport total = report->total();
    ASSERT_TRUE(total.added > 0 && total.known > 0 && total.revised > 0);
    after_ = contents(*store);
    ASSERT_NE(before_, after_);
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::string file(const std::string& name) { return folder_ + "/" + name; }

  // A fresh copy of the store as it was before.
  static std::string fresh() {
    const std::string path = file("work.db");
    fs::remove(path + ".wal");
    fs::copy_file(file("base.db"), path, fs::copy_options::overwrite_existing);
    return path;
  }

  static State state_of(const std::string& path) {
    auto store = Store::open(path, on_day(kSecondDay));
    if (!store) return State::kBetween;
    const Contents now = contents(*store);
    return now == before_ ? State::kBefore : now == after_ ? State::kAfter : State::kBetween;
  }

  // What a next, undisturbed ingest makes of it.
  static bool can_be_repeated(const std::string& path) {
    auto store = Store::open(path, on_day(kSecondDay));
    if (!store || !store->ingest(second_delivery(), on_day(kSecondDay))) return false;
    // A run that changed nothing is recorded too, and that it read the file again.
    return without_runs(contents(*store)) == without_runs(after_);
  }

  // Steps of an undisturbed ingest.
  static int count_steps(const std::string& mode) {
    const Child child(mode, fresh(), 0);
    int steps = 0;
    while (child.next_sign() != '\0') ++steps;
    EXPECT_EQ(child.wait(), 0);
    return steps;
  }

  // Dies before the given step.
  static State state_after_death_at(const std::string& mode, int step) {
    const std::string path = fresh();
    const Child child(mode, path, step);
    const int status = child.wait();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "step " << step;
    return state_of(path);
  }

  static std::string folder_;
  static Contents before_;
  static Contents after_;
};

std::string CrashTest::folder_;
Contents CrashTest::before_;
Contents CrashTest::after_;

TEST_F(CrashTest, DeathBeforeAnyStepLeavesTheOldState) {
  const int steps = count_steps("whole");
  EXPECT_EQ(state_of(file("work.db")), State::kAfter);
  ASSERT_GE(steps, 10);
  for (int step = 1; step <= steps; ++step) {
    EXPECT_EQ(state_after_death_at("whole", step), State::kBefore) << "step " << step;
    EXPECT_TRUE(can_be_repeated(file("work.db"))) << "step " << step;
  }
}

TEST_F(CrashTest, DeathAtAnyMomentLeavesTheOldOrTheNewState) {
  int killed_in_the_middle = 0;
  for (int round = 0; round < 20; ++round) {
    const std::string path = fresh();
    const Child child("whole", path, 0);
    for (int sign = 0; sign <= round % 10; ++sign) child.next_sign();
    ::usleep(static_cast<useconds_t>(700 * round));
    child.kill();
    if (WIFSIGNALED(child.wait())) ++killed_in_the_middle;
    EXPECT_NE(state_of(path), State::kBetween) << "round " << round;
  }
  EXPECT_GE(killed_in_the_middle, 10);
}

TEST_F(CrashTest, DeathDuringTheCommitLeavesTheOldOrTheNewState) {
  for (int round = 0; round < 20; ++round) {
    const std::string path = fresh();
    const Child child("whole", path, 0);
    for (char sign = child.next_sign(); sign != 'c' && sign != '\0';) sign = child.next_sign();
    ::usleep(static_cast<useconds_t>(1000 * round));
    child.kill();
    child.wait();
    EXPECT_NE(state_of(path), State::kBetween) << "round " << round;
    EXPECT_TRUE(round % 5 != 0 || can_be_repeated(path)) << "round " << round;
  }
}

TEST_F(CrashTest, WithoutTheTransactionTheSameCheckFails) {
  const int steps = count_steps("parts");
  EXPECT_EQ(state_of(file("work.db")), State::kAfter) << "undisturbed, the control does the same";
  int between = 0;
  for (int step = 1; step <= steps; ++step) {
    if (state_after_death_at("parts", step) == State::kBetween) ++between;
  }
  EXPECT_GE(between, steps / 2) << "the check does not notice a half-done ingest";
}

TEST_F(CrashTest, AFullDiskIsAnErrorAndLeavesTheOldState) {
  const std::string path = fresh();
  const Child child("full", path, 0);
  const int status = child.wait();
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 2);
  EXPECT_EQ(state_of(path), State::kBefore);
  EXPECT_TRUE(can_be_repeated(path));
}

// Rows of the tables that the step "results" writes; -1 where there is no such table.
std::vector<int64_t> result_rows(const std::string& path) {
  auto store = Store::open(path, on_day(kSecondDay));
  if (!store) return {};
  auto connection = store->connect();
  std::vector<int64_t> rows;
  for (const char* table : {"reference_row_product", "membership_row", "score_row"}) {
    const auto count = connection->query_integer(std::string("SELECT count(*) FROM ") + table);
    rows.push_back(count ? *count : -1);
  }
  return rows;
}

TEST_F(CrashTest, AStepOfARunIsDoneAsAWholeAndGoesOnAfterADeath) {
  for (int step = 1; step <= 4; ++step) {
    const std::string path = fresh();
    const int status = Child("results", path, step).wait();
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "step " << step;
    EXPECT_EQ(result_rows(path), (std::vector<int64_t>{-1, 0, 0})) << "step " << step;
    {
      auto store = Store::open(path, on_day(kSecondDay));
      ASSERT_TRUE(store);
      auto connection = store->connect();
      const auto open = unfinished_run(*connection, "definitions");
      ASSERT_TRUE(open && *open) << "step " << step;
      EXPECT_EQ((*open)->steps.at(0).state, RunState::kRunning);
      const auto resumed = record_results(*connection, (*open)->run, [] {});
      ASSERT_TRUE(resumed) << resumed.error().to_string();
      EXPECT_EQ(resumed->counts.at("entered"), 5'000);
    }
    EXPECT_EQ(result_rows(path), (std::vector<int64_t>{5'000, 5'000, 5'000}));
  }
  const std::string path = fresh();
  EXPECT_EQ(Child("results", path, 0).wait(), 0);
  EXPECT_EQ(result_rows(path), (std::vector<int64_t>{5'000, 5'000, 5'000}));
}

}  // namespace
}  // namespace regulars::store
