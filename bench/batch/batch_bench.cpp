#include "batch/batch_bench.h"

#include <cstdio>

namespace regulars::bench {
namespace {

using Definitions = std::vector<evaluate::Definition>;

Result<std::vector<evaluate::Answers>> answers_of(const Definitions& definitions,
                                                  const History& history,
                                                  std::span<const Instant> instants) {
  REGULARS_ASSIGN(const evaluate::Plan plan,
                  evaluate::Plan::compile(evaluate::schema_of(history), definitions, Zone::utc()));
  return plan.run(history, instants, evaluate::RunOptions{kThreads, 1024, {}});
}

Result<void> run_once(const Definitions& definitions, const History& history,
                      std::span<const Instant> instants) {
  REGULARS_TRY(answers_of(definitions, history, instants));
  return {};
}

template <class T>
size_t bytes(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

// What the events take in memory, room that is not used included; ids apart.
void print_memory(const BatchBench& bench, const std::string& size, const History& history) {
  size_t events = 0;
  size_t all = 0;
  size_t ids = 0;
  for (const Stream& stream : history.streams()) {
    events += stream.size();
    all += bytes(stream.offset) + bytes(stream.at);
    for (const Column& column : stream.columns)
      all += column.numbers.bytes() + column.codes.bytes();
    ids += bytes(stream.id);
  }
  const auto of_each = [&](size_t sum) {
    return static_cast<double>(sum) / static_cast<double>(events);
  };
  std::printf(R"({"bench":"%s","size":"%s","figure":"memory","events":%zu,"customers":%zu,)"
              R"("bytes_per_event":%.2f,"id_bytes_per_event":%.2f})"
              "\n",
              bench.name.c_str(), size.c_str(), events, history.customers(), of_each(all),
              of_each(ids));
}

Result<bool> measure(const BatchBench& bench, const std::string& size) {
  const Shape shape = bench.shape(size);
  REGULARS_ASSIGN(const History history, make_history(shape));
  print_memory(bench, size, history);
  std::fprintf(stderr, "%s: %zu features, %zu segments\n", bench.name.c_str(),
               bench.questions.features().size(), bench.questions.segments().size());

  const Scratch scratch;
  const auto peers = load_peers(shape, scratch, bench.with_polars);
  std::vector<Contestant> contestants;
  if (bench.more_contestants) contestants = bench.more_contestants(history);
  for (const auto& peer : peers) {
    for (Contestant& one :
         peer->contestants(bench.questions, bench.instants, bench.split_features)) {
      contestants.push_back(std::move(one));
    }
  }
  Contest contest{bench.name, size, bench.runs, {}, {}};
  contest.check = [&]() -> Result<Totals> {
    REGULARS_ASSIGN(const auto answers, evaluate_all(bench.questions, history, bench.instants));
    return totals(answers, bench.questions);
  };
  REGULARS_ASSIGN(const auto definitions, bench.questions.definitions());
  contest.ours = [&] { return run_once(definitions, history, bench.instants); };
  return hold(contest, contestants);
}

}  // namespace

Result<std::vector<evaluate::Answers>> evaluate_all(const Questions& questions,
                                                    const History& history,
                                                    std::span<const Instant> instants) {
  REGULARS_ASSIGN(const Definitions definitions, questions.definitions());
  return answers_of(definitions, history, instants);
}

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
