#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "batch/child.h"
#include "batch/peer.h"

namespace regulars::bench {
namespace {

using Json = nlohmann::json;

class PolarsPeer : public Peer {
 public:
  explicit PolarsPeer(std::shared_ptr<Child> child) : child_(std::move(child)) {}
  std::string name() const override { return "polars"; }

  std::vector<Contestant> contestants(const Questions& questions, std::span<const Instant> instants,
                                      size_t /*most_features*/) override {
    const std::string sql =
        queries(questions, Dialect::kPolars, "clustered", instants, SIZE_MAX).front().sql;
    return {{name(), "fused", [this, line = Json{{"sql", sql}}.dump()] { return ask(line); }}};
  }

 private:
  Result<Reply> ask(const std::string& line) {
    REGULARS_ASSIGN(const std::string text, child_->ask(line));
    const Json answer = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (answer.is_object() && answer.contains("totals")) {
      return Reply{answer["totals"].get<Totals>(),
                   Cost{answer["wall"].get<double>(), answer["cpu"].get<double>()}};
    }
    return Error(ErrorCode::kInternal, "Polars answers: " + text);
  }

  std::shared_ptr<Child> child_;
};

}  // namespace

Result<std::shared_ptr<Peer>> load_polars(const std::string& parquet) {
  const std::string threads = fmt::format("POLARS_MAX_THREADS={}", kThreads);
  REGULARS_ASSIGN(
      std::shared_ptr<Child> child,
      Child::start({"env", threads, "node", REGULARS_BENCH_POLARS, REGULARS_BENCH_PEERS, parquet}));
  const Result<std::string> ready = child->ask(std::nullopt);
  if (!ready) {
    return Error(ErrorCode::kNotFound, "Polars cannot be loaded",
                 "tools/setup.sh --bench installs it; it runs in node.");
  }
  return std::shared_ptr<Peer>(std::make_shared<PolarsPeer>(std::move(child)));
}

}  // namespace regulars::bench
