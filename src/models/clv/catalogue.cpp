// The one place that knows every count model by name.
#include <functional>
#include <string>
#include <vector>

#include "base/near_names.h"
#include "models/clv/bg_bb.h"
#include "models/clv/bg_nbd.h"
#include "models/clv/count_model.h"
#include "models/clv/pareto_nbd.h"
#include "models/clv/silence.h"

namespace regulars::models {
namespace {

struct Entry {
  std::string name;
  std::function<std::unique_ptr<CountModel>()> make;
};

std::vector<Entry> make_entries() {
  std::vector<Entry> all = {
      {"bg-nbd", [] { return make_bg_cnbd(1); }},
      {"mbg-nbd", [] { return make_mbg_cnbd(1); }},
      {"pareto-nbd", make_pareto_nbd},
      {"bg-bb", bg_bb},
  };
  for (unsigned k = 2; k <= kMostErlang; ++k) {
    all.push_back({"bg-cnbd-" + std::to_string(k), [k] { return make_bg_cnbd(k); }});
    all.push_back({"mbg-cnbd-" + std::to_string(k), [k] { return make_mbg_cnbd(k); }});
  }
  return all;
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = make_entries();
  return all;
}

}  // namespace

Result<std::unique_ptr<CountModel>> count_model(std::string_view name) {
  std::vector<std::string> names;
  for (const Entry& entry : entries()) {
    if (entry.name == name) return entry.make();
    names.emplace_back(entry.name);
  }
  const std::string known =
      "bg-nbd, mbg-nbd, pareto-nbd, bg-bb, and with regular gaps of shape k = 2 to 12 bg-cnbd-<k>, "
      "mbg-cnbd-<k>";
  const std::vector<std::string> near = near_names(name, names, 1);
  return Error(ErrorCode::kNotFound, "there is no model '" + std::string(name) + "'",
               (near.empty() ? "" : "did you mean " + near.front() + "? ") + "models: " + known);
}

std::vector<std::string_view> count_model_names() {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries()) names.emplace_back(entry.name);
  return names;
}

}  // namespace regulars::models
