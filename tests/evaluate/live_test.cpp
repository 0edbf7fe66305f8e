// Live customers over random histories and random trees: whoever goes from one next_change to the
// next and looks only there, has the reference's answers at every instant in between.
// REGULARS_SEED repeats a run; REGULARS_PAIRS sets how many trees are tried.
#include <gtest/gtest.h>

#include <cstdlib>

#include "evaluate/expression_json.h"
#include "evaluate/timeline.h"
#include "live_ways.h"
#include "random_case.h"

namespace regulars::evaluate {
namespace {

uint64_t from_environment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// Instants at which something may change: some distances after events, and a microsecond around.
std::vector<Instant> probes(Random& random, const History& history) {
  std::vector<Instant> found;
  for (const Stream& stream : history.streams()) {
    for (const Instant at : stream.at) {
      for (const int wait : {0, 1, 7, 28, 30, 90}) {
        if (!random.chance(0.1)) continue;
        for (const int64_t around : {-1, 0, 1}) {
          found.push_back(at + days(wait) + microseconds(around));
        }
      }
    }
  }
  for (int i = 0; i < 10; ++i) found.push_back(random_instant(random));
  std::sort(found.begin(), found.end());
  while (found.size() > 40) found.erase(found.begin() + random.below(std::ssize(found)));
  return found;
}

TEST(LiveSteps, FollowTheReferenceOnRandomTrees) {
  const uint64_t seed = from_environment("REGULARS_SEED", 20'261'122);
  const uint64_t pairs = from_environment("REGULARS_PAIRS", 3'000);
  const Zone zone = Zone::find("Europe/Berlin").value();
  for (uint64_t i = 0; i < pairs / 4; ++i) {
    Random random(seed, i);
    const History history = random_history(random);
    size_t events = 0;
    for (const Stream& stream : history.streams()) events += stream.size();
    if (events > 100) continue;  // busy customers take too long here
    Questions questions;
    questions.history = &history;
    questions.schema = schema_of(history);
    questions.zone = &zone;
    questions.as_of = probes(random, history);
    for (int k = 0; k < 4; ++k) {
      const ExpressionPtr tree = random_tree(random);
      if (!Plan::compile(questions.schema, {{"tree", tree}}, zone)) continue;
      questions.definitions = {{"tree", tree}};
      const auto failure = disagreement_by_live_steps(questions);
      ASSERT_FALSE(failure) << "seed " << seed << ", case " << i << ": " << *failure << "\n  "
                            << to_json(*tree);
    }
  }
}

}  // namespace
}  // namespace regulars::evaluate
