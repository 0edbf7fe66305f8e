// Scoring every customer of a simulated shop at CDNOW's BG/NBD: purchases expected in 52 weeks and
// P(alive), beside lifetimes where it is installed. Ours from customers on one thread and on two;
// the peer on one. Equal: every customer's figures to 7 digits.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "batch/peer.h"
#include "clv/lifetimes_peer.h"
#include "clv/shop.h"
#include "measure.h"
#include "models/clv/score.h"

namespace regulars::bench {
namespace {

constexpr std::array kParameters = {0.2426, 4.4136, 0.7929, 2.4259};
constexpr double kHorizon = 52;

double worst(const std::vector<double>& ours, const std::vector<double>& peers) {
  double most = 0;
  for (size_t i = 0; i < ours.size(); ++i)
    most = std::max(most, std::abs(ours[i] - peers[i]) / std::max(1e-12, std::abs(peers[i])));
  return most;
}

Result<void> contest(LifetimesPeer* peer, const Scratch& scratch, size_t customers, int runs) {
  const std::vector<models::BuyingCell> shop = simulated_shop(customers, 7);
  REGULARS_ASSIGN(const auto model, models::count_model("bg-nbd"));
  std::optional<models::CountScores> ours;
  const auto on_threads = [&](size_t threads) {
    return [&, threads] {
      return cost_of(
          [&] { ours = models::score(*model, kParameters, shop, {kHorizon, 0, threads}).value(); });
    };
  };
  std::optional<PeerScores> last;
  if (peer != nullptr) {
    const std::string file = scratch.path("customers.f64");
    REGULARS_TRY(write_columns(shop, std::vector<uint64_t>(shop.size(), 1), file));
    REGULARS_ASSIGN(last, peer->score("bg-nbd", file, shop.size(), kParameters, kHorizon));
  }
  for (const size_t threads : {1, 2}) {
    const auto by_peer = [&] { return last ? last->cost : Cost{}; };
    const Pair costs = interleaved_costs(runs, on_threads(threads), by_peer);
    const bool equal = last && worst(ours->expected, last->expected) < 1e-7 &&
                       worst(ours->p_alive, last->p_alive) < 1e-7;
    fmt::print("{}\n", to_json({"clv-score", std::to_string(customers), last ? "lifetimes" : "none",
                                costs, runs, equal, fmt::format("{} threads", threads)}));
    std::fflush(stdout);
  }
  return {};
}

int run(int count, char** arguments) {
  const std::string size = size_argument(count, arguments);
  if (size.empty()) {
    fmt::print(stderr, "clv-score: --size is small or full\n");
    return 2;
  }
  Result<LifetimesPeer> peer = LifetimesPeer::start();
  if (!peer)
    fmt::print(stderr, "clv-score: NO FIGURES BESIDE lifetimes: {}. {}\n", peer.error().message(),
               peer.error().hint());
  const Scratch scratch;
  const size_t customers = size == "full" ? 10'000'000 : 200'000;
  if (const Result<void> held = contest(peer ? &*peer : nullptr, scratch, customers, 3); !held) {
    fmt::print(stderr, "clv-score: {}\n", held.error().message());
    return 3;
  }
  return 0;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) { return regulars::bench::run(count, arguments); }
