// One customer after an event: 100 segments from templates, all of them anew and when to look
// again. Typical customers, and those with some 20,000 events; beside the block plan for one
// customer and DuckDB asked about her alone. Every answer that is compared must be equal.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "batch/duckdb_peer.h"
#include "measure.h"
#include "one_customer/live_shop.h"

namespace regulars::bench {
namespace {

using evaluate::LiveCustomer;
using evaluate::LiveScratch;

double thread_cpu_micros() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

// CPU microseconds of the thread: wall time on a shared machine tells of the others.
class Micros {
 public:
  template <class Work>
  void take(Work work) {
    const double begin = thread_cpu_micros();
    work();
    all_.push_back(thread_cpu_micros() - begin);
  }
  void add(double micros) { all_.push_back(micros); }
  double at(double share) {
    std::sort(all_.begin(), all_.end());
    return all_[static_cast<size_t>(share * static_cast<double>(all_.size() - 1))];
  }
  size_t count() const { return all_.size(); }

 private:
  std::vector<double> all_;
};

struct Told {
  std::string size;
  std::string what;
  std::string peer;
  double peer_p50 = 0;
  bool equal = false;
};

void tell(const Told& told, Micros& micros) {
  const double p50 = micros.at(0.5);
  const std::string ratio = told.peer_p50 > 0 ? fmt::format("{:.1f}", told.peer_p50 / p50) : "null";
  fmt::print(R"({{"bench":"one-customer","size":"{}","what":"{}","peer":"{}","wall_ratio":null,)"
             R"("cpu_ratio":{},"equal":{},"events":{},"cpu_us_p50":{:.2f},"cpu_us_p99":{:.2f},)"
             R"("cpu_us_p999":{:.2f},"peer_cpu_us_p50":{:.1f}}})"
             "\n",
             told.size, told.what, told.peer, ratio, told.equal, micros.count(), p50,
             micros.at(0.99), micros.at(0.999), told.peer_p50);
}

class Bench {
 public:
  Bench(std::string size, const History& history, const LiveShop& shop, const evaluate::Plan& block)
      : size_(std::move(size)),
        history_(history),
        shop_(shop),
        block_(block),
        scratch_(shop.plan) {}

  // The last events of each of these customers, one after another; the others came before.
  Result<void> measure(const std::string& what, const std::vector<CustomerNumber>& customers,
                       size_t last) {
    Micros put_and_ask, next, all;
    std::vector<LiveCustomer> live;
    std::vector<std::vector<Arrival>> to_come;
    size_t events = 0, bytes = 0;
    for (const CustomerNumber c : customers) {
      std::vector<Arrival> own = arrivals(shop_.plan.layout(), history_, c, as_of());
      LiveCustomer& made = live.emplace_back(shop_.plan.layout(), history_.customer_id(c));
      const size_t before = own.size() > last ? own.size() - last : 0;
      for (size_t i = 0; i < before; ++i) {
        REGULARS_TRY(made.put(shop_.plan.layout(), own[i].event()));
      }
      if (before > 0) {
        REGULARS_TRY(shop_.plan.look(made, own[before - 1].at, scratch_));
      }
      to_come.emplace_back(own.begin() + static_cast<std::ptrdiff_t>(before), own.end());
      events += own.size();
    }
    Result<void> outcome;
    for (size_t round = 0; round < last; ++round) {
      for (size_t i = 0; i < live.size(); ++i) {
        if (round >= to_come[i].size()) continue;
        const Arrival& one = to_come[i][round];
        const auto note = [&](const auto& result) {
          if (!result) outcome = result.error();
        };
        if (round % 2 == 0) {
          put_and_ask.take([&] {
            note(live[i].put(shop_.plan.layout(), one.event()));
            note(shop_.plan.answers(live[i], one.at, scratch_));
          });
          next.take([&] { note(shop_.plan.next_change(live[i], one.at, scratch_)); });
        } else {
          all.take([&] {
            note(live[i].put(shop_.plan.layout(), one.event()));
            note(shop_.plan.look(live[i], one.at, scratch_));
          });
        }
      }
    }
    REGULARS_TRY(outcome);
    for (const LiveCustomer& one : live) bytes += one.bytes(shop_.plan.layout());
    REGULARS_ASSIGN(const double block, block_p50(customers));
    REGULARS_ASSIGN(const bool equal, as_block(customers, live));
    equal_ = equal_ && equal;
    tell({size_, what + ", answers", "block plan", block, equal}, put_and_ask);
    tell({size_, what + ", next change", "none", 0, equal}, next);
    tell({size_, what + ", answers and next change", "none", 0, equal}, all);
    std::fprintf(stderr, "%s: %zu customers, %.1f events and %.0f bytes each, %.1f an event\n",
                 what.c_str(), live.size(),
                 static_cast<double>(events) / static_cast<double>(live.size()),
                 static_cast<double>(bytes) / static_cast<double>(live.size()),
                 static_cast<double>(bytes) / static_cast<double>(events));
    live_ = std::move(live);
    return {};
  }

  // DuckDB asked about some of the customers measured last, in the better of two forms.
  Result<void> beside_duckdb(const std::string& what, const Shape& shape,
                             const std::vector<CustomerNumber>& customers) {
    REGULARS_ASSIGN(const auto duckdb, load_duckdb(shape));
    double best = 0;
    bool equal = true;
    Micros ours;
    for (const size_t most : {size_t{12}, SIZE_MAX}) {
      Micros theirs;
      for (size_t i = 0; i < customers.size(); ++i) {
        const std::string table =
            fmt::format("(SELECT * FROM clustered WHERE customer = {})", customers[i]);
        const std::vector<Instant> instants = {as_of()};
        const auto asked = queries(shop_.questions, Dialect::kDuckDb, table, instants, most);
        Totals totals;
        Result<void> outcome;
        theirs.add(1e6 * cost_of([&] {
                           for (const Query& query : asked) {
                             const auto rows = duckdb->connection().query_rows(query.sql);
                             if (!rows) outcome = rows.error();
                             if (!rows) return;
                             for (const sql::Cell& cell : rows->at(0))
                               totals.push_back(cell.integer().value_or(-1));
                           }
                         }).cpu);
        REGULARS_TRY(outcome);
        Totals own;
        ours.take([&] {
          const auto answers = shop_.plan.answers(live_[i], as_of(), scratch_);
          if (!answers) outcome = answers.error();
          if (!answers) return;
          for (const auto& answer : *answers) {
            own.push_back(answer.is_true() ? 1 : 0);
            own.push_back(answer.is_true() ? int64_t{customers[i]} : 0);
          }
        });
        REGULARS_TRY(outcome);
        equal = equal && own == totals;
      }
      std::fprintf(stderr, "one-customer: duckdb, at most %zd features a query: %.0f us\n",
                   static_cast<ssize_t>(most), theirs.at(0.5));
      if (best == 0 || theirs.at(0.5) < best) best = theirs.at(0.5);
    }
    equal_ = equal_ && equal;
    tell({size_, what + ", answers", "duckdb", best, equal}, ours);
    return {};
  }

  bool equal() const { return equal_; }

 private:
  Result<double> block_p50(const std::vector<CustomerNumber>& customers) {
    Micros micros;
    Result<void> outcome;
    for (size_t i = 0; i < std::min<size_t>(customers.size(), 300); ++i) {
      micros.take([&] {
        const auto answers = block_.run_one(history_, customers[i], as_of(), {1, 1, {}});
        if (!answers) outcome = answers.error();
      });
    }
    REGULARS_TRY(outcome);
    return micros.at(0.5);
  }

  // Whether the live customers answer as all customers of the history do in one pass.
  Result<bool> as_block(const std::vector<CustomerNumber>& customers,
                        std::vector<LiveCustomer>& live) {
    const std::vector<Instant> instants = {as_of()};
    REGULARS_ASSIGN(const auto answers, block_.run(history_, instants, {2, 1024, {}}));
    bool equal = true;
    for (size_t i = 0; i < customers.size(); ++i) {
      REGULARS_ASSIGN(const auto own, shop_.plan.answers(live[i], as_of(), scratch_));
      for (size_t d = 0; d < own.size(); ++d) {
        equal = equal && own[d].is_true() == answers[0].columns[d].is_true(customers[i]);
      }
    }
    return equal;
  }

  std::string size_;
  const History& history_;
  const LiveShop& shop_;
  const evaluate::Plan& block_;
  LiveScratch scratch_;
  std::vector<LiveCustomer> live_;
  bool equal_ = true;
};

Result<bool> run(const std::string& size) {
  const Shape shape = usual_shape(size);
  REGULARS_ASSIGN(const History history, make_history(shape));
  REGULARS_ASSIGN(const LiveShop shop, live_shop(history));
  REGULARS_ASSIGN(
      const evaluate::Plan block,
      evaluate::Plan::compile(evaluate::schema_of(history), shop.definitions, Zone::utc()));
  const auto coverage = shop.plan.coverage();
  std::fprintf(stderr, "one-customer: %zu of %zu aggregates and %zu of %zu other nodes are fast\n",
               coverage.fast_slots, coverage.slots, coverage.fast_nodes, coverage.nodes);
  // Spread over all, and those with so many events of the shape.
  std::vector<CustomerNumber> typical, heavy;
  const auto customers = static_cast<CustomerNumber>(history.customers());
  for (CustomerNumber i = 0; i < std::min(customers, 40'000U); ++i) {
    const auto c = static_cast<CustomerNumber>(uint64_t{i} * 7'919 % customers);
    if (c % 20'000 != 7) typical.push_back(c);
  }
  for (CustomerNumber c = 7; c < customers; c += 20'000) heavy.push_back(c);
  Bench bench(size, history, shop, block);
  REGULARS_TRY(bench.measure("20,000 events", heavy, 400));
  REGULARS_TRY(bench.measure("typical", typical, 4));
  typical.resize(20);
  REGULARS_TRY(bench.beside_duckdb("typical", shape, typical));
  return bench.equal();
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) {
  const std::string size = regulars::bench::size_argument(count, arguments);
  if (size.empty()) {
    std::fputs("usage: one-customer [--size small|full]\n", stderr);
    return 2;
  }
  const auto equal = regulars::bench::run(size);
  if (!equal) std::fprintf(stderr, "one-customer: %s\n", equal.error().to_string().c_str());
  if (equal && !*equal) std::fputs("one-customer: the answers differ\n", stderr);
  return equal && *equal ? 0 : 1;
}
