#include "clv/lifetimes_peer.h"

#include <fstream>
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

Result<PeerFit> LifetimesPeer::ask(const std::string& question) {
  REGULARS_ASSIGN(const std::string text, child_->ask(question));
  const Json answer = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!answer.is_object() || !answer.contains("numbers"))
    return Error(ErrorCode::kInternal, "lifetimes answers: " + text);
  return PeerFit{{answer["wall"].get<double>(), answer["cpu"].get<double>()},
                 answer["numbers"].get<std::vector<double>>()};
}

Result<PeerFit> LifetimesPeer::fit(const std::string& model, const std::string& file, size_t rows,
                                   bool weighted) {
  return ask(Json{
      {"task", "fit"},
      {"model", model},
      {"file", file},
      {"columns", 4},
      {"rows", rows},
      {"weighted",
       weighted}}.dump());
}

Result<PeerScores> LifetimesPeer::score(const std::string& model, const std::string& file,
                                        size_t rows, std::span<const double> parameters,
                                        double horizon) {
  const Json question = {{"task", "score"},
                         {"model", model},
                         {"file", file},
                         {"columns", 4},
                         {"rows", rows},
                         {"parameters", std::vector<double>(parameters.begin(), parameters.end())},
                         {"horizon", horizon}};
  REGULARS_ASSIGN(const PeerFit reply, ask(question.dump()));
  PeerScores scores{reply.cost, std::vector<double>(rows), std::vector<double>(rows)};
  std::ifstream written(file + ".scores", std::ios::binary);
  for (auto* column : {&scores.expected, &scores.p_alive})
    written.read(reinterpret_cast<char*>(column->data()),
                 static_cast<std::streamsize>(rows * sizeof(double)));
  if (!written) return Error(ErrorCode::kInternal, "lifetimes wrote no scores");
  return scores;
}

Result<PeerValue> LifetimesPeer::value(const std::string& file, size_t rows, int until_day,
                                       double horizon) {
  const Json question = {{"task", "value"}, {"file", file},       {"columns", 3},
                         {"rows", rows},    {"until", until_day}, {"horizon", horizon}};
  REGULARS_ASSIGN(const PeerFit reply, ask(question.dump()));
  if (reply.parameters.size() != 5) return Error(ErrorCode::kInternal, "lifetimes answers amiss");
  const std::vector<double>& n = reply.parameters;
  return PeerValue{reply.cost, n[0], n[1], n[2], n[3], n[4]};
}

}  // namespace regulars::bench
