#include "batch/contest.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <map>

namespace regulars::bench {
namespace {

struct Trial {
  const Contestant* contestant = nullptr;
  double wall = std::numeric_limits<double>::max();
};

Cost ask(const Contestant& contestant, Result<Reply>& reply) {
  const Cost cost = cost_of([&] { reply = contestant.ask(); });
  return reply && reply->cost ? *reply->cost : cost;
}

// Also warms up: the second of two trials counts where they are short.
Result<double> try_out(const Contestant& contestant, const Totals& expected, bool& equal) {
  constexpr double kShort = 5;  // seconds
  Result<Reply> reply = Reply();
  Cost cost = ask(contestant, reply);
  REGULARS_TRY(reply);
  if (reply->totals != expected) {
    const auto [theirs, ours] =
        std::mismatch(reply->totals.begin(), reply->totals.end(), expected.begin(), expected.end());
    std::fprintf(stderr, "%s, %s: the answers differ, first in number %td of %zu\n",
                 contestant.peer.c_str(), contestant.way.c_str(), ours - expected.begin(),
                 expected.size());
    equal = false;
  }
  if (cost.wall < kShort) cost = ask(contestant, reply);
  return cost.wall;
}

void add_totals(const evaluate::Answers& answers, const Questions& questions, Totals& result) {
  const size_t features = questions.features_are_answers() ? questions.features().size() : 0;
  for (size_t i = 0; i < answers.columns.size(); ++i) {
    const evaluate::AnswerColumn& column = answers.columns[i];
    int64_t members = 0;
    int64_t sum = 0;
    for (size_t c = 0; c < column.known.size(); ++c) {
      if (i < features) {
        sum += column.number_or(c, 0) % kChecksumModulus;
      } else if (column.is_true(c)) {
        ++members;
        sum += static_cast<int64_t>(c);
      }
    }
    if (i >= features) result.push_back(members);
    result.push_back(sum);
  }
}

}  // namespace

Result<bool> hold(const Contest& contest, const std::vector<Contestant>& contestants) {
  REGULARS_ASSIGN(const Totals expected, contest.check());
  std::map<std::string, Trial> best;  // by peer
  std::map<std::string, bool> equal;
  for (const Contestant& contestant : contestants) {
    bool& all_equal = equal.try_emplace(contestant.peer, true).first->second;
    REGULARS_ASSIGN(const double wall, try_out(contestant, expected, all_equal));
    std::fprintf(stderr, "%s: %s, %s: %.3f s\n", contest.bench.c_str(), contestant.peer.c_str(),
                 contestant.way.c_str(), wall);
    Trial& trial = best[contestant.peer];
    if (wall < trial.wall) trial = {&contestant, wall};
  }
  bool all = true;
  for (const auto& [peer, trial] : best) {
    Figure figure{contest.bench, contest.size,         peer, {}, contest.runs,
                  equal[peer],   trial.contestant->way};
    Result<Reply> reply = Reply();
    figure.costs = interleaved_costs(
        contest.runs, [&] { return cost_of([&] { (void)contest.ours(); }); },
        [&] { return ask(*trial.contestant, reply); });
    std::puts(to_json(figure).c_str());
    all = all && figure.equal;
  }
  return all;
}

Totals totals(std::span<const evaluate::Answers> answers, const Questions& questions) {
  Totals result;
  for (const evaluate::Answers& one : answers) add_totals(one, questions, result);
  return result;
}

std::vector<std::shared_ptr<Peer>> load_peers(const Shape& shape, const Scratch& scratch,
                                              bool with_polars) {
  std::vector<std::shared_ptr<Peer>> peers;
  const auto missing = [](const char* peer, const Error& error) {
    std::fprintf(stderr, "NOT MEASURED: %s: %s\n", peer, error.to_string().c_str());
  };
  const auto duckdb = load_duckdb(shape);
  if (!duckdb) {
    missing("duckdb", duckdb.error());
    return peers;
  }
  peers.push_back(as_peer(*duckdb));
  const std::string parquet = scratch.path("events.parquet");
  if (const auto written = write_parquet(**duckdb, parquet); !written) {
    missing("clickhouse, polars", written.error());
    return peers;
  }
  const auto add = [&](const char* peer, const Result<std::shared_ptr<Peer>>& loaded) {
    loaded ? peers.push_back(*loaded) : missing(peer, loaded.error());
  };
  add("clickhouse", load_clickhouse(parquet, scratch));
  if (with_polars) add("polars", load_polars(parquet));
  return peers;
}

}  // namespace regulars::bench
