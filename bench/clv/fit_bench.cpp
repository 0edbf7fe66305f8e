// Fits of value models to simulated shops, beside lifetimes where it is installed and ends within
// about a minute. Both start from customers (we put equal ones together in the time measured), then
// both from different customers with how many each stands for. One thread each.
//
// Equal: we converged, and the log likelihood where the peer ended is ours to 6 digits, not above
// it.
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <functional>

#include "batch/peer.h"
#include "clv/lifetimes_peer.h"
#include "clv/shop.h"
#include "measure.h"
#include "models/clv/count_model.h"

namespace regulars::bench {
namespace {

using models::BuyingCell;
using models::CellTable;
using models::CountModel;

struct Contest {
  std::string model;
  size_t customers = 0;
  int runs = 1;
  bool with_peer = false;
};

// lifetimes fits the Pareto/NBD by Nelder and Mead: 50 s for 100,000 customers.
std::vector<Contest> contests(bool full) {
  if (!full)
    return {{"pareto-nbd", 5'000, 1, true},
            {"pareto-nbd", 100'000, 5, false},
            {"bg-nbd", 100'000, 3, true},
            {"mbg-nbd", 100'000, 3, true}};
  return {{"pareto-nbd", 20'000, 1, true},
          {"pareto-nbd", 1'000'000, 5, false},
          {"bg-nbd", 1'000'000, 1, true},
          {"mbg-nbd", 1'000'000, 1, true}};
}

struct Shop {
  std::vector<BuyingCell> customers;
  CellTable cells;
};

bool agree(const CountModel& model, const Shop& shop, const models::Fitted& ours,
           const PeerFit& peer) {
  const double there =
      model.log_likelihood(peer.parameters, shop.cells, models::Order::kValue).value;
  const double gap = (ours.log_likelihood - there) / std::abs(there);
  const bool same = gap > -1e-10 && gap < 1e-6;
  if (!same)
    fmt::print(stderr, "{}: our log likelihood {:.10g}, where the peer ended {:.10g}\n", ours.model,
               ours.log_likelihood, there);
  return same;
}

// What both are given.
struct Input {
  std::string name;
  const std::vector<BuyingCell>* cells;
  std::vector<uint64_t> counts;
  bool weighted;
  std::function<void()> our_fit;
};

void print(const Contest& contest, const Input& input, const std::string& peer, const Pair& costs,
           bool equal) {
  const std::string way = fmt::format("{} from {}", contest.model, input.name);
  fmt::print("{}\n", to_json({"clv-fit", std::to_string(contest.customers), peer, costs,
                              contest.runs, equal, way}));
  std::fflush(stdout);
}

Result<void> hold(const Contest& contest, const Input& input, const CountModel& model,
                  const Shop& shop, LifetimesPeer* peer) {
  REGULARS_ASSIGN(const models::Fitted fitted, models::fit(model, shop.cells, {}));
  const auto ours = [&] { return cost_of(input.our_fit); };
  if (peer == nullptr || !contest.with_peer) {
    const auto nobody = [] { return Cost{}; };
    print(contest, input, "none", interleaved_costs(contest.runs, ours, nobody), fitted.converged);
    return {};
  }
  const Scratch scratch;
  const std::string file = scratch.path("customers.f64");
  REGULARS_TRY(write_columns(*input.cells, input.counts, file));
  Result<PeerFit> last = PeerFit{};
  const auto by_peer = [&] {
    last = peer->fit(contest.model, file, input.cells->size(), input.weighted);
    return last ? last->cost : Cost{};
  };
  const Pair costs = interleaved_costs(contest.runs, ours, by_peer);
  if (!last) return last.error();
  print(contest, input, "lifetimes", costs, fitted.converged && agree(model, shop, fitted, *last));
  return {};
}

Result<void> hold(const Contest& contest, LifetimesPeer* peer) {
  Shop shop{simulated_shop(contest.customers, 7), {}};
  REGULARS_ASSIGN(shop.cells, CellTable::of(shop.customers));
  REGULARS_ASSIGN(const std::unique_ptr<CountModel> model, models::count_model(contest.model));
  const Input customers{
      "customers", &shop.customers, std::vector<uint64_t>(shop.customers.size(), 1), false,
      [&] { (void)models::fit(*model, CellTable::of(shop.customers).value(), {}); }};
  const Input cells{"cells", &shop.cells.cells(), shop.cells.counts(), true,
                    [&] { (void)models::fit(*model, shop.cells, {}); }};
  REGULARS_TRY(hold(contest, customers, *model, shop, peer));
  return hold(contest, cells, *model, shop, peer);
}

int run(int count, char** arguments) {
  const std::string size = size_argument(count, arguments);
  if (size.empty()) {
    fmt::print(stderr, "clv-fit: --size is small or full\n");
    return 2;
  }
  Result<LifetimesPeer> peer = LifetimesPeer::start();
  if (!peer)
    fmt::print(stderr, "clv-fit: NO FIGURES BESIDE lifetimes: {}. {}\n", peer.error().message(),
               peer.error().hint());
  for (const Contest& contest : contests(size == "full"))
    if (const Result<void> held = hold(contest, peer ? &*peer : nullptr); !held) {
      fmt::print(stderr, "clv-fit: {}: {}\n", contest.model, held.error().message());
      return 3;
    }
  return 0;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) { return regulars::bench::run(count, arguments); }
