// Random histories and random trees, probed densely: between an instant and what next_change names
// for it no answer differs. REGULARS_SEED repeats a run; REGULARS_PAIRS sets how many are tried.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "evaluate/expression_json.h"
#include "evaluate/parts.h"
#include "evaluate/timeline.h"
#include "random_case.h"

namespace regulars::evaluate {
namespace {

uint64_t from_environment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// What is added to instants by the windows, shifts and literals of a tree.
struct Distances {
  std::vector<Duration> exact = {Duration{}, days(1), days(2)};
  std::vector<int> months = {1};
};

void collect(const Window& window, Distances& distances) {
  for (const Duration one : {window.from, window.to}) distances.exact.push_back(one);
  for (const int one : {window.from_months, window.to_months}) distances.months.push_back(one);
}

void collect(const Expression& e, Distances& distances) {
  if (e.window != nullptr) collect(*e.window, distances);
  if (e.aggregate) collect(e.aggregate->window, distances);
  if (e.sequence != nullptr) {
    collect(e.sequence->window, distances);
    for (const Sequence::Step& step : e.sequence->steps) distances.exact.push_back(step.within);
  }
  distances.exact.push_back(e.shift.back);
  distances.months.push_back(e.shift.months);
  for_each_part(e, [&](const Expression& part) { collect(part, distances); });
}

std::vector<Instant> instants_of(const History& history) {
  std::vector<Instant> all = history.customer_table().known_from;
  for (const Stream& stream : history.streams()) {
    all.insert(all.end(), stream.at.begin(), stream.at.end());
  }
  for (const Column& column : history.customer_table().attributes) {
    if (column.type != ValueType::kInstant) continue;
    for (const int64_t micros : column.numbers) all.push_back({micros});
  }
  std::erase_if(all, [](Instant t) { return t.micros == kMissing; });
  return all;
}

// Everything at which something might happen in (t, end), a microsecond around it, and some more.
std::vector<Instant> probes(Random& random, const Question& q, const ExpressionPtr& tree,
                            Instant end) {
  Distances distances;
  collect(*tree, distances);
  std::vector<Instant> edges;
  for (const Instant at : instants_of(*q.history)) {
    for (const Duration d : distances.exact) edges.push_back(at + d);
    for (const int m : distances.months) edges.push_back(q.zone->add_months(at, m));
  }
  const Day today = q.zone->day_of(q.as_of);
  for (int d = 1; d < 200; ++d) edges.push_back(q.zone->start_of(today + d));
  std::vector<Instant> found;
  const auto keep = [&](Instant x) {
    if (x > q.as_of && x < end) found.push_back(x);
  };
  for (const Instant edge : edges) {
    for (const int64_t around : {-1, 0, 1}) keep(edge + microseconds(around));
  }
  const int64_t span = std::min(end.micros - q.as_of.micros, days(400).micros);
  for (int i = 0; i < 10; ++i) keep(q.as_of + microseconds(random.below(span)));
  keep(end - microseconds(1));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  while (found.size() > 150) found.erase(found.begin() + random.below(found.size()));
  return found;
}

bool same(const Result<Value>& a, const Result<Value>& b) {
  if (!a || !b) return !a && !b && a.error().code() == b.error().code();
  return a->known == b->known && (!a->known || *a == *b);
}

struct Tally {
  uint64_t named = 0, real = 0, unsupported = 0, probed = 0;
};

void probe(Random& random, Question q, const ExpressionPtr& tree, Tally& tally) {
  for (int step = 0; step < 3; ++step) {
    const auto next = next_change({&tree, 1}, q);
    if (!next) {
      ASSERT_EQ(next.error().code(), ErrorCode::kUnsupported) << next.error().to_string();
      ++tally.unsupported;
      return;
    }
    const Result<Value> now = evaluate_reference(*tree, q);
    if (!now) return;  // overflows are no answers that change
    const Instant end = *next ? **next : q.as_of + days(800);
    ASSERT_GT(end, q.as_of);
    Question then = q;
    for (const Instant x : probes(random, q, tree, end)) {
      then.as_of = x;
      const Result<Value> found = evaluate_reference(*tree, then);
      ++tally.probed;
      ASSERT_TRUE(same(now, found))
          << to_json(*tree) << "\n  customer " << q.customer << " as of " << to_iso(q.as_of)
          << (now ? " is " + to_string(*now) : " fails") << ", already at " << to_iso(x)
          << (found ? " is " + to_string(*found) : " fails") << ", next change said "
          << to_iso(end);
    }
    if (!*next) return;
    ++tally.named;
    then.as_of = end;
    tally.real += same(now, evaluate_reference(*tree, then)) ? 0 : 1;
    q.as_of = end;
  }
}

TEST(NextChange, NoAnswerDiffersBeforeIt) {
  const uint64_t seed = from_environment("REGULARS_SEED", 20'240'331);
  const uint64_t pairs = from_environment("REGULARS_PAIRS", 4'000);
  const Zone zone = Zone::find("Europe/Berlin").value();
  Tally tally;
  for (uint64_t i = 0; i < pairs / 8; ++i) {
    Random random(seed, i);
    const History history = random_history(random);
    // Busy customers take too long here.
    size_t events = 0;
    for (const Stream& stream : history.streams()) events += stream.size();
    if (events > 100) continue;
    const Schema schema = schema_of(history);
    for (int k = 0; k < 8; ++k) {
      const ExpressionPtr tree = random_tree(random);
      const Instant t = random_instant(random);
      const auto customer =
          static_cast<CustomerNumber>(random.below(static_cast<int64_t>(history.customers())));
      if (!Plan::compile(schema, {{"tree", tree}}, zone)) continue;
      ASSERT_NO_FATAL_FAILURE(probe(random, {&history, customer, t, &zone, {}}, tree, tally))
          << "seed " << seed << ", case " << i;
    }
  }
  std::cout << "seed " << seed << ": " << tally.named << " changes named, " << tally.real
            << " of them real, " << tally.unsupported << " trees that cannot be told, "
            << tally.probed << " probes\n";
  EXPECT_GT(tally.real, pairs / 10);
}

}  // namespace
}  // namespace regulars::evaluate
