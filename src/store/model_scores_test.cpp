#include "store/model_scores.h"

#include "data/declarations.h"
#include "store/results.h"
#include "store/store_fixture.h"

namespace regulars::store {
namespace {

class ModelScores : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ingest(delivery_of(kJanuary, 1), 31);
    history_.emplace(*store_->load());
  }
  void record(const std::string& score, int day, std::vector<uint32_t> customers,
              std::vector<double> values, int recorded = 0) {
    sql::Connection connection = sql();
    ASSERT_TRUE(record_scores(
        connection, {score, "model value 1", on_day(day), std::move(customers), std::move(values)},
        on_day(recorded == 0 ? day : recorded), 1));
  }
  std::optional<EventBatch> read(std::optional<Instant> known_at = {}) {
    sql::Connection connection = sql();
    auto batch = read_model_scores(connection, *history_, known_at);
    EXPECT_TRUE(batch);
    return *batch;
  }
  std::optional<History> history_;
};

TEST_F(ModelScores, NoneIsNothing) {
  sql::Connection connection = sql();
  ASSERT_TRUE(record_scores(connection, {"a_feature", "0123", on_day(1), {0}, {1}}, on_day(1), 1));
  EXPECT_FALSE(read());
}

TEST_F(ModelScores, EachScoringIsAnEventWithAllThatCounts) {
  record("p_alive", 10, {0, 1}, {0.25, 0.5});
  record("clv_12m", 12, {0}, {100.125});
  const auto batch = read();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->type, kModelScores);
  ASSERT_EQ(batch->columns.size(), 2u);
  EXPECT_EQ(batch->columns[0].name, "clv_12m");
  EXPECT_EQ(batch->columns[0].numbers, (std::vector<int64_t>{kMissing, kMissing, 100'125'000}));
  EXPECT_EQ(batch->columns[1].numbers, (std::vector<int64_t>{250'000, 500'000, 250'000}));
  EXPECT_EQ(batch->customer, (std::vector<CustomerNumber>{0, 1, 0}));
  EXPECT_EQ(batch->at[2], on_day(12));
}

TEST_F(ModelScores, WhoIsNotScoredAgainHasNoScoreAnyMore) {
  record("p_alive", 10, {0, 1}, {0.25, 0.5});
  record("p_alive", 20, {1}, {0.75});
  const auto batch = read();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->customer, (std::vector<CustomerNumber>{0, 1, 0, 1}));
  EXPECT_EQ(batch->columns[0].numbers, (std::vector<int64_t>{250'000, 500'000, kMissing, 750'000}));
}

TEST_F(ModelScores, AsWasKnownThen) {
  record("p_alive", 10, {0}, {0.25}, 11);
  record("p_alive", 10, {0}, {0.5}, 13);
  EXPECT_FALSE(read(on_day(10)));
  EXPECT_EQ(read(on_day(12))->columns[0].numbers, (std::vector<int64_t>{250'000}));
  EXPECT_EQ(read()->columns[0].numbers, (std::vector<int64_t>{500'000}));
}

TEST_F(ModelScores, DatesAreDays) {
  record("next_order_date", 10, {1}, {20000});
  const auto batch = read();
  EXPECT_EQ(batch->columns[0].type, ValueType::kDay);
  EXPECT_EQ(batch->columns[0].numbers, (std::vector<int64_t>{20000}));
}

}  // namespace
}  // namespace regulars::store
