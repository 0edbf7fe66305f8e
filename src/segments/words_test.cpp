#include "segments/words.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "evaluate/evaluate.h"
#include "segments/testing.h"
#include "segments/value.h"

namespace regulars::segments {
namespace {

// 400 customers with rhythms of their own, some of whom stop, with returns among the orders.
History random_shop(uint64_t seed) {
  Random random(seed);
  static std::vector<std::string> names;
  if (names.empty()) {
    for (int c = 0; c < 400; ++c) names.push_back("c" + std::to_string(c));
  }
  std::vector<TestOrder> orders;
  for (int c = 0; c < 400; ++c) {
    const auto gap = static_cast<int>(5 + random.below(60));
    const auto stop = static_cast<int>(100 + random.below(900));
    for (auto day = static_cast<int>(random.below(500)); day < stop;
         day += static_cast<int>(1 + random.below(2 * gap))) {
      const auto cents = static_cast<int64_t>(500 + random.below(20'000));
      orders.push_back(
          {names[static_cast<size_t>(c)].c_str(), day, random.below(12) == 0 ? -cents / 4 : cents});
    }
  }
  return history_of(orders);
}

std::vector<std::string> answers(const History& history, const evaluate::ExpressionPtr& tree,
                                 Instant t) {
  const auto plan =
      evaluate::Plan::compile(evaluate::schema_of(history), {{"word", tree}}, Zone::utc());
  EXPECT_TRUE(plan) << plan.error().to_string();
  const auto run = plan->run(history, std::span(&t, 1), {.threads = 1, .given = {}});
  EXPECT_TRUE(run) << run.error().to_string();
  const evaluate::AnswerColumn& column = run->front().columns.front();
  std::vector<std::string> texts;
  for (size_t c = 0; c < history.customers(); ++c) {
    texts.push_back(column.known[c] == 0 ? "?"
                                         : std::string(column.dictionary->text(column.codes[c])));
  }
  return texts;
}

std::vector<std::string> classes_of(const Segmentation& segmentation) {
  std::vector<std::string> texts;
  for (const int16_t k : segmentation.class_of) {
    texts.push_back(k == kNoClass ? "?" : segmentation.classes[static_cast<size_t>(k)]);
  }
  return texts;
}

class Words : public testing::TestWithParam<int> {};

TEST_P(Words, GiveAtTheCutOffWhatTheSegmentationsGive) {
  const History history = random_shop(static_cast<uint64_t>(GetParam()));
  const Instant cut_off = end_of_test_day(700);
  const WordSettings settings{.rfm_window_months = GetParam() % 2 == 0 ? 0 : 12};
  const auto words = segmentation_words(history, Zone::utc(), cut_off, settings, 1);
  ASSERT_TRUE(words) << words.error().to_string();
  const CustomerFacts facts = facts_of(history, 700, settings.rfm_window_months);
  const auto cycle = life_cycle(history, Zone::utc(), facts, words->rhythm, 1);
  const auto rfm = score_rfm(facts, default_rfm(), false);

  std::vector<std::string> expected = classes_of(cycle->segmentation);
  std::vector<std::string> found = answers(history, words->trees.at("life_cycle"), cut_off);
  for (size_t c = 0; c < found.size(); ++c) {
    if (expected[c] == "?") expected[c] = found[c];  // not known yet: outside the universe
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(answers(history, words->trees.at("rfm_class"), cut_off), classes_of(rfm->segmentation));
  EXPECT_EQ(answers(history, words->trees.at("value_tier"), cut_off),
            classes_of(value_tiers(facts)));
}

INSTANTIATE_TEST_SUITE_P(Shops, Words, testing::Range(1, 9));

TEST(WordsOfASnapshot, KeepTheirCutsWhileCustomersMove) {
  const History history = random_shop(3);
  const auto words =
      segmentation_words(history, Zone::utc(), end_of_test_day(700), WordSettings{}, 1);
  ASSERT_TRUE(words);
  const auto then = answers(history, words->trees.at("life_cycle"), end_of_test_day(700));
  const auto later = answers(history, words->trees.at("life_cycle"), end_of_test_day(790));
  EXPECT_NE(then, later);
  EXPECT_EQ(std::count(later.begin(), later.end(), "new"), 0) << "nobody began after day 500";
}

TEST(WordsOfASnapshot, FollowAnotherActivity) {
  const History history = random_shop(4);
  const auto words = segmentation_words(history, Zone::utc(), end_of_test_day(700),
                                        WordSettings{.activity = "visit"}, 1);
  ASSERT_TRUE(words) << words.error().to_string();
  const auto classes = answers(history, words->trees.at("life_cycle"), end_of_test_day(700));
  EXPECT_EQ(std::count(classes.begin(), classes.end(), "prospect"),
            static_cast<std::ptrdiff_t>(classes.size()))
      << "there are no visits";
}

}  // namespace
}  // namespace regulars::segments
