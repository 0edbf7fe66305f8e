#include "store/run_steps.h"

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

class RunStepsTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    connection_ = sql();
    ASSERT_TRUE(connection_->execute("CREATE TABLE work (n BIGINT)"));
  }
  Now now() {
    return [this] { return on_day(clock_++); };
  }
  static Result<Counts> write_one(sql::Connection& connection) {
    REGULARS_TRY(connection.execute("INSERT INTO work VALUES (1)"));
    return Counts{{"rows", 1}};
  }
  static Result<Counts> write_and_fail(sql::Connection& connection) {
    REGULARS_TRY(connection.execute("INSERT INTO work VALUES (2)"));
    return Error(ErrorCode::kBadData, "no good");
  }
  int64_t written() { return *connection_->query_integer("SELECT count(*) FROM work"); }

  std::optional<sql::Connection> connection_;
  int64_t clock_ = 1;
};

TEST_F(RunStepsTest, AStepThatFailsLeavesTheLastGoodState) {
  const uint32_t run = *begin_run(*connection_, on_day(0), "d1", on_day(0));
  ASSERT_TRUE(run_step(*connection_, run, "first", now(), write_one));
  const auto failed = run_step(*connection_, run, "second", now(), write_and_fail);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message(), "no good");
  EXPECT_EQ(written(), 1);
  ASSERT_TRUE(finish_run(*connection_, run, RunState::kFailed, on_day(9), "no good"));

  const auto open = unfinished_run(*connection_, "d1");
  ASSERT_TRUE(open && *open);
  const RunRecord& record = **open;
  EXPECT_EQ(record.run, run);
  ASSERT_EQ(record.steps.size(), 2u);
  EXPECT_EQ(record.steps[0].state, RunState::kDone);
  EXPECT_EQ(record.steps[0].counts, (Counts{{"rows", 1}}));
  EXPECT_EQ(record.steps[1].state, RunState::kFailed);
  EXPECT_EQ(record.steps[1].message, "no good");

  // Resumed: what is done is not done again.
  const auto again = run_step(*connection_, run, "first", now(), write_and_fail);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->counts.at("rows"), 1);
  ASSERT_TRUE(run_step(*connection_, run, "second", now(), write_one));
  EXPECT_EQ(written(), 2);
  ASSERT_TRUE(finish_run(*connection_, run, RunState::kDone, on_day(10), ""));
  EXPECT_FALSE(unfinished_run(*connection_, "d1")->has_value());
}

TEST_F(RunStepsTest, OtherDefinitionsAreAnotherRun) {
  const uint32_t run = *begin_run(*connection_, on_day(0), "d1", on_day(0));
  EXPECT_FALSE(unfinished_run(*connection_, "d2")->has_value());
  const uint32_t next = *begin_run(*connection_, on_day(0), "d2", on_day(1));
  EXPECT_EQ(next, run + 1);
  const auto runs = recorded_runs(*connection_, 10);
  ASSERT_TRUE(runs);
  EXPECT_EQ(runs->at(0).state, RunState::kRunning);
  EXPECT_EQ(runs->at(1).state, RunState::kFailed);
  EXPECT_EQ(runs->at(1).message, "broken off");
  EXPECT_FALSE(finish_run(*connection_, 99, RunState::kDone, on_day(2), ""));
}

TEST_F(RunStepsTest, RepeatableWorkKeepsWhatItDid) {
  const uint32_t run = *begin_run(*connection_, on_day(0), "d1", on_day(0));
  EXPECT_FALSE(run_repeatable_step(*connection_, run, "ingest", now(), write_and_fail));
  EXPECT_EQ(written(), 1);
  ASSERT_TRUE(run_repeatable_step(*connection_, run, "ingest", now(), write_one));
  EXPECT_EQ(written(), 2);
  EXPECT_EQ(recorded_runs(*connection_, 1)->at(0).steps.size(), 1u);
}

}  // namespace
}  // namespace regulars::store
