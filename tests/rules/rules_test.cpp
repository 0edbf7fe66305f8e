// Random rules, as wide as the language, over random shops: every way of evaluating gives the
// reference's answers, and every row of the function table is tried, true and false.
// REGULARS_PAIRS sets how many pairs of a history and a rule are tried, REGULARS_SEED which. A
// difference is printed as a script for tests/scripts, as small as it gets.
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "coverage.h"
#include "replay.h"
#include "shrink.h"

namespace regulars::rules {
namespace {

using evaluate::Asked;
using evaluate::Questions;

constexpr size_t kRules = 15;             // of a shop
constexpr uint64_t kManyPairs = 200'000;  // from which on every row is tried a thousand times
constexpr uint64_t kLongWay = 10;         // every so many shops are replayed, too

uint64_t from_environment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

const Corpus& corpus() {
  static const Corpus learnt =
      learn(read_scripts(std::string(REGULARS_SOURCE_DIR) + "/tests/scripts")).value();
  return learnt;
}

// The first difference between two ways, "WAY: what"; empty: none.
std::string difference_of(const Runnable& script, bool long_way) {
  for (const Asked& asked : script.runs) {
    const Questions questions = evaluate::questions_of(*script.script, asked);
    if (const auto found = evaluate::disagreement(questions)) return *found;
    if (!long_way) continue;
    if (const auto found = evaluate::disagreement_by_steps(questions)) return *found;
    if (const auto found = evaluate::disagreement_by_replay(questions)) return *found;
  }
  return {};
}

std::string way_of(const std::string& difference) {
  return difference.substr(0, difference.find(':'));
}

// The smallest script that shows a difference of the same two ways.
std::string reported(const std::vector<std::string>& lines, const std::string& difference,
                     bool long_way) {
  const Shows shows = [&](const std::vector<std::string>& fewer) {
    const auto script = runnable(fewer);
    return script && way_of(difference_of(*script, long_way)) == way_of(difference);
  };
  const std::vector<std::string> least = shrunk(lines, shows);
  const auto ready = ready_script(least, difference_of(runnable(least).value(), long_way));
  return ready ? *ready : joined(least);
}

TEST(RandomRules, EveryWayGivesTheReferencesAnswers) {
  const uint64_t seed = from_environment("REGULARS_SEED", 20'250'630);
  const uint64_t pairs = from_environment("REGULARS_PAIRS", 20'000);
  Coverage coverage(corpus());
  size_t refused = 0;
  const std::clock_t begun = std::clock();
  for (uint64_t i = 0; i < pairs / kRules; ++i) {
    Random random(seed, i);
    const auto made = random_script(random, corpus(), i * kRules, kRules);
    ASSERT_TRUE(made) << "seed " << seed << ", case " << i << ": " << made.error().to_string();
    refused += made->refused;
    const auto script = runnable(made->lines);
    ASSERT_TRUE(script) << "seed " << seed << ", case " << i << ": " << script.error().to_string();
    coverage.count(*made, *script);
    const bool long_way = i % kLongWay == 0;
    const std::string difference = difference_of(*script, long_way);
    ASSERT_EQ(difference, "") << "seed " << seed << ", case " << i << "\n"
                              << reported(made->lines, difference, long_way);
  }
  std::cout << "seed " << seed << ": " << pairs << " pairs, " << refused
            << " alterations that mean nothing, each of " << coverage.rows()
            << " rows true and false at least " << coverage.fewest() << " times, "
            << (std::clock() - begun) / CLOCKS_PER_SEC << " CPU seconds\n";
  if (pairs < 20'000) return;
  EXPECT_EQ(coverage.wanting(pairs >= kManyPairs ? 1'000 : 20), "");
}

// Whether the rule `wrong` is true of somebody at the first instant.
bool holds_of_somebody(const std::vector<std::string>& lines) {
  const auto script = runnable(lines);
  if (!script || script->runs.empty()) return false;
  const Asked& asked = script->runs[0];
  const auto table = evaluate::by_reference(evaluate::questions_of(*script->script, asked));
  for (size_t d = 0; table && d < asked.definitions.size(); ++d) {
    if (asked.definitions[d].name != "wrong") continue;
    for (const evaluate::Value& value : (*table)[0][d]) {
      if (value.known && value.type == ValueType::kBoolean && value.number != 0) return true;
    }
  }
  return false;
}

// In place of a difference, for there should be none: somebody has bought on the web.
TEST(RandomRules, DifferencesShrinkToReadyScripts) {
  std::vector<std::string> lines;
  for (uint64_t i = 0; i < 50 && !holds_of_somebody(lines); ++i) {
    Random random(7, i);
    auto made = random_script(random, corpus(), 0, kRules);
    ASSERT_TRUE(made) << made.error().to_string();
    lines = std::move(made->lines);
    lines.emplace_back(
        "rule wrong = (count(visit) >= 0 or country = 'GB') and count(purchase where channel = "
        "'web') >= 1");
  }
  ASSERT_TRUE(holds_of_somebody(lines));
  const auto least = shrunk(lines, holds_of_somebody);
  EXPECT_LE(least.size(), 4u) << joined(least);  // a purchase, its column, the rule, an as-of
  const auto ready = ready_script(least, "somebody has bought");
  ASSERT_TRUE(ready) << ready.error().to_string();
  const auto read = evaluate::parse_script(*ready);
  ASSERT_TRUE(read) << *ready;
  EXPECT_FALSE(read->expected.empty()) << *ready;
  EXPECT_EQ(read->expected[0].values, std::vector<std::string>{"true"}) << *ready;
}

}  // namespace
}  // namespace regulars::rules
