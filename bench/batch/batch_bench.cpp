#include "batch/batch_bench.h"

#include <cstdio>

namespace regulars::bench {
namespace {

Result<bool> measure(const BatchBench& bench, const std::string& size) {
  const Shape shape = usual_shape(size);
  REGULARS_ASSIGN(const History history, make_history(shape));
  REGULARS_ASSIGN(const auto definitions, bench.questions.definitions());
  REGULARS_ASSIGN(const evaluate::Plan plan,
                  evaluate::Plan::compile(evaluate::schema_of(history), definitions, Zone::utc()));
  std::fprintf(stderr, "%s: %zu features, %zu segments; %zu aggregates, %zu selections\n",
               bench.name.c_str(), bench.questions.features().size(),
               bench.questions.segments().size(), plan.distinct_aggregates(),
               plan.distinct_selections());

  const Scratch scratch;
  const auto peers = load_peers(shape, scratch, bench.with_polars);
  std::vector<Contestant> contestants;
  for (const auto& peer : peers) {
    for (Contestant& one : peer->contestants(bench.questions, as_of(), bench.split_features)) {
      contestants.push_back(std::move(one));
    }
  }
  const evaluate::RunOptions options{kThreads, 1024, {}};
  const std::vector<Instant> instants = {as_of()};
  Contest contest{bench.name, size, bench.runs, {}, {}};
  contest.check = [&]() -> Result<Totals> {
    REGULARS_ASSIGN(const auto answers, plan.run(history, instants, options));
    return totals(answers[0], bench.questions);
  };
  contest.ours = [&]() -> Result<void> {
    REGULARS_TRY(plan.run(history, instants, options));
    return {};
  };
  return hold(contest, contestants);
}

}  // namespace

int run_batch_bench(const BatchBench& bench, int count, char** arguments) {
  const std::string size = size_argument(count, arguments);
  if (size.empty()) {
    std::fprintf(stderr, "usage: %s [--size small|full]\n", bench.name.c_str());
    return 2;
  }
  const auto equal = measure(bench, size);
  if (!equal)
    std::fprintf(stderr, "%s: %s\n", bench.name.c_str(), equal.error().to_string().c_str());
  return equal && *equal ? 0 : 1;
}

}  // namespace regulars::bench
