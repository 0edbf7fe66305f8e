#include "measure.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>

namespace regulars::bench {
namespace {

double wall_seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Cost median(std::vector<Cost> costs) {
  const auto middle = [&](double Cost::* part) {
    std::sort(costs.begin(), costs.end(),
              [&](const Cost& a, const Cost& b) { return a.*part < b.*part; });
    return costs[costs.size() / 2].*part;
  };
  return {middle(&Cost::wall), middle(&Cost::cpu)};
}

}  // namespace

Cost cost_of(const std::function<void()>& work) {
  const double wall = wall_seconds();
  const double cpu = cpu_seconds();
  work();
  return {wall_seconds() - wall, cpu_seconds() - cpu};
}

double contention_now() {
  volatile unsigned spun = 0;
  const Cost cost = cost_of([&] {
    for (unsigned i = 0; i < 50'000'000; ++i) spun = spun + i;
  });
  return cost.wall / std::max(cost.cpu, 1e-9);
}

Pair interleaved_costs(int runs, const std::function<Cost()>& ours,
                       const std::function<Cost()>& peer) {
  std::vector<Cost> our_costs;
  std::vector<Cost> peer_costs;
  double contention = 0;
  for (int run = 0; run < runs; ++run) {
    contention = std::max(contention, contention_now());
    our_costs.push_back(ours());
    peer_costs.push_back(peer());
  }
  return {median(our_costs), median(peer_costs), contention};
}

Pair interleaved(int runs, const std::function<void()>& ours, const std::function<void()>& peer) {
  ours();
  peer();
  return interleaved_costs(runs, [&] { return cost_of(ours); }, [&] { return cost_of(peer); });
}

std::string to_json(const Figure& f) {
  return fmt::format(
      R"({{"bench":"{}","size":"{}","peer":"{}","way":"{}","wall_ratio":{:.2f},"cpu_ratio":{:.2f},"equal":{},)"
      R"("wall_s":{:.4f},"cpu_s":{:.4f},"peer_wall_s":{:.4f},"peer_cpu_s":{:.4f},"runs":{},)"
      R"("contention":{:.2f}}})",
      f.bench, f.size, f.peer, f.way, f.costs.peer.wall / f.costs.ours.wall,
      f.costs.peer.cpu / f.costs.ours.cpu, f.equal, f.costs.ours.wall, f.costs.ours.cpu,
      f.costs.peer.wall, f.costs.peer.cpu, f.runs, f.costs.contention);
}

std::string size_argument(int count, char** arguments) {
  std::string size = "small";
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--size" && i + 1 < count) size = arguments[++i];
    if (argument.starts_with("--size=")) size = argument.substr(7);
  }
  return size == "small" || size == "full" ? size : std::string();
}

}  // namespace regulars::bench
