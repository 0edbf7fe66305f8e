// The one place that knows every count model by name.
#include <string>
#include <vector>

#include "base/near_names.h"
#include "models/clv/bg_bb.h"
#include "models/clv/bg_nbd.h"
#include "models/clv/count_model.h"
#include "models/clv/pareto_nbd.h"

namespace regulars::models {
namespace {

struct Entry {
  std::string_view name;
  std::unique_ptr<CountModel> (*make)();
};

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {"bg-bb", bg_bb},
      {"bg-nbd", [] { return make_bg_cnbd(1); }},
      {"mbg-nbd", [] { return make_mbg_cnbd(1); }},
      {"pareto-nbd", make_pareto_nbd},
      {"mbg-cnbd-3", [] { return make_mbg_cnbd(3); }},
  };
  return all;
}

}  // namespace

Result<std::unique_ptr<CountModel>> count_model(std::string_view name) {
  std::vector<std::string> names;
  for (const Entry& entry : entries()) {
    if (entry.name == name) return entry.make();
    names.emplace_back(entry.name);
  }
  std::string known;
  for (const std::string& near : names) known += (known.empty() ? "" : ", ") + near;
  const std::vector<std::string> near = near_names(name, names, 1);
  return Error(ErrorCode::kNotFound, "there is no model '" + std::string(name) + "'",
               (near.empty() ? "" : "did you mean " + near.front() + "? ") + "models: " + known);
}

std::vector<std::string_view> count_model_names() {
  std::vector<std::string_view> names;
  for (const Entry& entry : entries()) names.push_back(entry.name);
  return names;
}

}  // namespace regulars::models
