// From purchases in memory to every customer's value over 52 weeks: summary and audit, BG/NBD,
// Gamma-Gamma, predictions; beside lifetimes (summary by pandas) where it is installed, for fewer
// customers. Ours on one thread but for the predictions, which take two. Steps are printed one by
// one to standard error.
//
// Equal: customers and the sums of x, t_x and T are the peer's, and the value in total is to 4
// digits (the peer's searches end earlier).
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <optional>

#include "batch/peer.h"
#include "clv/lifetimes_peer.h"
#include "clv/shop.h"
#include "measure.h"
#include "models/clv/score.h"
#include "models/clv/spend_model.h"
#include "models/clv/value.h"

namespace regulars::bench {
namespace {

constexpr unsigned kWeeks = 52;

struct Outcome {
  models::SummaryResult summary;
  double value = 0;
};

template <class Work>
auto step(const char* name, const Work& work) {
  std::optional<decltype(work())> result;
  const Cost cost = cost_of([&] { result.emplace(work()); });
  fmt::print(stderr, "  {:<28} {:.3f} s wall, {:.3f} s CPU\n", name, cost.wall, cost.cpu);
  return std::move(*result);
}

Result<Outcome> end_to_end(const PurchaseLog& log) {
  models::SummaryOptions options;
  options.until = Instant{0} + regulars::days(log.until_day) + hours(23);
  Outcome outcome;
  REGULARS_ASSIGN(outcome.summary,
                  step("summary and audit", [&] { return summarise(log.purchases, options); }));
  const models::PurchaseSummary& s = outcome.summary.summary;
  REGULARS_ASSIGN(const models::CellTable table,
                  step("table of cells", [&] { return models::CellTable::of(s.cell); }));
  REGULARS_ASSIGN(const auto model, models::count_model("bg-nbd"));
  REGULARS_ASSIGN(const models::Fitted counts,
                  step("BG/NBD", [&] { return models::fit(*model, table, {}); }));
  std::vector<models::SpendCell> spend(s.size());
  std::vector<models::SpendCell> known;
  for (size_t i = 0; i < s.size(); ++i) {
    spend[i] = {static_cast<double>(s.spend_count[i]), s.mean_spend[i]};
    if (s.spend_count[i] > 0) known.push_back(spend[i]);
  }
  REGULARS_ASSIGN(const models::Fitted spending,
                  step("Gamma-Gamma", [&] { return models::fit_spend(known, {}); }));
  models::ValueOptions value;
  value.horizon = {kWeeks, models::TimeUnit::kWeek};
  value.annual_rate = 0;
  value.threads = 2;
  const auto predict = [&]() -> Result<models::CustomerValues> {
    const models::CellIndex index = models::index_cells(s.cell);
    return models::customer_values(*model, counts.values(), models::spend_parameters(spending),
                                   {index, spend}, value);
  };
  REGULARS_ASSIGN(const models::CustomerValues values, step("value of each customer", predict));
  for (const double one : values.value) outcome.value += one;
  return outcome;
}

bool agree(const Outcome& ours, const PeerValue& peer) {
  double x = 0;
  double t_x = 0;
  double watched = 0;
  for (const models::BuyingCell& cell : ours.summary.summary.cell) {
    x += cell.x;
    t_x += cell.t_x;
    watched += cell.T;
  }
  const auto near = [](double a, double b, double digits) {
    return std::abs(a - b) <= digits * std::abs(b);
  };
  fmt::print(stderr, "value in total: ours {:.6g}, the peer's {:.6g}\n", ours.value, peer.value);
  return static_cast<double>(ours.summary.summary.size()) == peer.customers && x == peer.x &&
         near(t_x, peer.t_x, 1e-10) && near(watched, peer.T, 1e-10) &&
         near(ours.value, peer.value, 1e-4);
}

Result<void> contest(LifetimesPeer* peer, const Scratch& scratch, size_t customers) {
  const PurchaseLog log = simulated_purchases(customers, 7);
  fmt::print(stderr, "{} customers, {} purchases\n", customers, log.purchases.at.size());
  std::optional<PeerValue> theirs;
  if (peer != nullptr) {
    const std::string file = scratch.path("purchases.f64");
    REGULARS_TRY(write_purchases(log.purchases, file));
    REGULARS_ASSIGN(theirs, peer->value(file, log.purchases.at.size(), log.until_day, kWeeks));
  }
  std::optional<Result<Outcome>> ours;
  const Pair costs = interleaved_costs(
      1, [&] { return cost_of([&] { ours.emplace(end_to_end(log)); }); },
      [&] { return theirs ? theirs->cost : Cost{}; });
  if (!*ours) return ours->error();
  fmt::print("{}\n",
             to_json({"clv-end-to-end", std::to_string(customers), theirs ? "lifetimes" : "none",
                      costs, 1, !theirs || agree(**ours, *theirs), "purchases in memory"}));
  std::fflush(stdout);
  return {};
}

int run(int count, char** arguments) {
  const std::string size = size_argument(count, arguments);
  if (size.empty()) {
    fmt::print(stderr, "clv-end-to-end: --size is small or full\n");
    return 2;
  }
  Result<LifetimesPeer> peer = LifetimesPeer::start();
  if (!peer)
    fmt::print(stderr, "clv-end-to-end: NO FIGURES BESIDE lifetimes: {}. {}\n",
               peer.error().message(), peer.error().hint());
  const Scratch scratch;
  Result<void> held = contest(peer ? &*peer : nullptr, scratch, size == "full" ? 200'000 : 20'000);
  if (held && size == "full") held = contest(nullptr, scratch, 10'000'000);
  if (held) return 0;
  fmt::print(stderr, "clv-end-to-end: {}\n", held.error().message());
  return 3;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) { return regulars::bench::run(count, arguments); }
