#include "clv/lifetimes_peer.h"

#include <nlohmann/json.hpp>

namespace regulars::bench {

using Json = nlohmann::json;

Result<LifetimesPeer> LifetimesPeer::start() {
  const Error absent(ErrorCode::kNotFound, "lifetimes is not installed",
                     "tools/setup.sh --bench installs it from PyPI where that can be reached.");
  REGULARS_ASSIGN(std::shared_ptr<Child> child,
                  Child::start({"env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1",
                                REGULARS_BENCH_PYTHON, REGULARS_BENCH_LIFETIMES}));
  if (!child->ask(std::nullopt)) return absent;
  return LifetimesPeer(std::move(child));
}

Result<PeerFit> LifetimesPeer::fit(const std::string& model, const std::string& file, size_t rows,
                                   bool weighted) {
  const Json question = {{"model", model}, {"file", file}, {"rows", rows}, {"weighted", weighted}};
  REGULARS_ASSIGN(const std::string text, child_->ask(question.dump()));
  const Json answer = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!answer.is_object() || !answer.contains("parameters"))
    return Error(ErrorCode::kInternal, "lifetimes answers: " + text);
  return PeerFit{{answer["wall"].get<double>(), answer["cpu"].get<double>()},
                 answer["parameters"].get<std::vector<double>>()};
}

}  // namespace regulars::bench
