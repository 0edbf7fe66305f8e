// The questions of b2 at 36 month-ends in one pass, beside one run for each of them.
#include "batch/batch_bench.h"

namespace {

using namespace regulars;
using namespace regulars::bench;

std::vector<Instant> month_ends() {
  std::vector<Instant> ends;
  for (int month = 1; month <= 36; ++month) {
    ends.push_back(Zone::utc().add_months(begin(), month) - microseconds(1));
  }
  return ends;
}

Shape three_years(const std::string& size) {
  if (size == "full") return {5'000'000, 200'000, 1'096};
  return {500'000, 20'000, 1'096};
}

Result<Reply> one_by_one(const Questions& questions, const History& history) {
  Reply reply;
  reply.cost = Cost();
  for (const Instant& as_of : month_ends()) {
    Result<std::vector<evaluate::Answers>> answers = std::vector<evaluate::Answers>();
    const Cost cost = cost_of([&] { answers = evaluate_all(questions, history, {&as_of, 1}); });
    REGULARS_TRY(answers);
    const Totals part = totals(*answers, questions);
    reply.totals.insert(reply.totals.end(), part.begin(), part.end());
    reply.cost->wall += cost.wall;
    reply.cost->cpu += cost.cpu;
  }
  return reply;
}

}  // namespace

int main(int count, char** arguments) {
  BatchBench bench{"month-ends", twelve_features()};
  bench.shape = three_years;
  bench.instants = month_ends();
  bench.more_contestants = [&](const History& history) {
    return std::vector<Contestant>{
        {"ourselves", "36 runs",
         [&history, questions = bench.questions] { return one_by_one(questions, history); }}};
  };
  bench.runs = 3;
  return run_batch_bench(bench, count, arguments);
}
