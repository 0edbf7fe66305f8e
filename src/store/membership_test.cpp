#include <map>
#include <set>

#include "base/random.h"
#include "store/results.h"
#include "store/store_fixture.h"

namespace regulars::store {
namespace {

using Members = std::vector<uint32_t>;

class MembershipTest : public StoreTest {
 protected:
  MembershipChanges state(int64_t as_of, const Members& members, int64_t recorded,
                          const std::string& version = "v1", const std::string& cause = "") {
    sql::Connection connection = sql();
    auto transaction = sql::Transaction::begin(connection);
    EXPECT_TRUE(transaction);
    const auto changes =
        record_membership(connection, {"vip", version, on_day(as_of), members, cause},
                          on_day(recorded), static_cast<uint32_t>(recorded));
    EXPECT_TRUE(changes) << changes.error().to_string();
    EXPECT_TRUE(transaction->commit());
    return changes ? *changes : MembershipChanges{};
  }
  Members at(int64_t day, std::optional<int64_t> known = {}) {
    sql::Connection connection = sql();
    const auto members = members_at(connection, "vip", on_day(day),
                                    known ? std::optional<Instant>(on_day(*known)) : std::nullopt);
    EXPECT_TRUE(members) << members.error().to_string();
    return members ? *members : Members{};
  }
};

TEST_F(MembershipTest, EnteredAndLeft) {
  EXPECT_EQ(state(10, {3, 1}, 11), (MembershipChanges{2, 2, 0, 0}));
  EXPECT_EQ(state(20, {1, 2}, 21), (MembershipChanges{2, 1, 1, 0}));
  EXPECT_EQ(at(9), Members());
  EXPECT_EQ(at(10), (Members{1, 3}));
  EXPECT_EQ(at(19), (Members{1, 3}));
  EXPECT_EQ(at(20), (Members{1, 2}));
  // As was believed before the second statement, three stays.
  EXPECT_EQ(at(20, 15), (Members{1, 3}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM membership"), 2);
  sql::Connection connection = sql();
  const auto rows = membership_rows(connection, "vip", 3);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->at(0).change, "entered");
  EXPECT_EQ(rows->at(0).recorded_to, on_day(21));
  EXPECT_EQ(rows->at(1).change, "left");
  EXPECT_EQ(rows->at(1).valid_to, on_day(20));
  EXPECT_EQ(rows->at(1).run, 21u);
}

TEST_F(MembershipTest, TheSameAgainChangesNothing) {
  state(10, {1, 2}, 11);
  EXPECT_EQ(state(20, {1, 2}, 21), (MembershipChanges{2, 0, 0, 0}));
  EXPECT_EQ(state(20, {2, 1}, 22), (MembershipChanges{2, 0, 0, 0}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM membership_history"), 2);
}

TEST_F(MembershipTest, LateDataCorrectsThePastOnly) {
  state(10, {1}, 11);
  state(20, {1}, 21);
  state(30, {1}, 31);
  // It turns out that two was in from 20 to 30, and one was not.
  EXPECT_EQ(state(20, {2}, 40, "v1", "late data"), (MembershipChanges{1, 0, 0, 2}));
  EXPECT_EQ(at(15), (Members{1}));
  EXPECT_EQ(at(25), (Members{2}));
  EXPECT_EQ(at(30), (Members{1}));
  EXPECT_EQ(at(25, 39), (Members{1}));
  sql::Connection connection = sql();
  const auto rows = membership_rows(connection, "vip", 2);
  EXPECT_EQ(rows->at(0).change, "corrected");
  EXPECT_EQ(rows->at(0).cause, "late data");
  // Taken back again: her two spells become one, as it was believed at first.
  state(20, {1}, 50);
  EXPECT_EQ(at(25), (Members{1}));
  EXPECT_EQ(*sql().query_integer("SELECT count(*) FROM membership"), 1);
  EXPECT_EQ(at(25, 45), (Members{2}));
}

TEST_F(MembershipTest, AStatementBeforeAllOthers) {
  state(20, {1}, 21);
  EXPECT_EQ(state(10, {2}, 30), (MembershipChanges{1, 0, 0, 1}));
  EXPECT_EQ(at(12), (Members{2}));
  EXPECT_EQ(at(20), (Members{1}));
}

TEST_F(MembershipTest, CausesAndClocks) {
  state(10, {1}, 11);
  state(20, {2}, 21, "v2");
  sql::Connection connection = sql();
  const auto rows = membership_rows(connection, "vip");
  EXPECT_EQ(rows->front().cause, "events");
  EXPECT_EQ(rows->back().cause, "definition");
  const auto early =
      record_membership(connection, {"vip", "v2", on_day(30), {}, ""}, on_day(20), 1);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code(), ErrorCode::kUsage);
  EXPECT_EQ(state(40, {}, 41), (MembershipChanges{0, 0, 1, 0}));
  EXPECT_EQ(at(40), Members());
}

// Against the plainest way to keep the same: for each instant stated, the last word on it.
TEST_F(MembershipTest, AnyOrderOfStatementsIsTheirLastWords) {
  Random random(11, 3);
  std::map<int64_t, Members> last_word;
  std::vector<std::map<int64_t, Members>> beliefs;
  for (int64_t recorded = 100; recorded < 160; ++recorded) {
    const auto as_of = static_cast<int64_t>(random.below(8)) * 10;
    Members members;
    for (uint32_t c = 0; c < 6; ++c) {
      if (random.chance(0.5)) members.push_back(c);
    }
    state(as_of, members, recorded);
    last_word[as_of] = members;
    beliefs.push_back(last_word);
  }
  const auto expected = [](const std::map<int64_t, Members>& words, int64_t day) {
    const auto after = words.upper_bound(day);
    return after == words.begin() ? Members() : std::prev(after)->second;
  };
  for (int64_t day = 0; day < 90; day += 5) {
    EXPECT_EQ(at(day), expected(last_word, day)) << day;
    EXPECT_EQ(at(day, 120), expected(beliefs[20], day)) << day;
  }
}

}  // namespace
}  // namespace regulars::store
