#include <nlohmann/json.hpp>

#include "app/propensity_model.h"

namespace regulars::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "regulars.propensity_fit/1";

Json of(const std::vector<Instant>& instants) {
  Json list = Json::array();
  for (const Instant t : instants) list.push_back(t.micros);
  return list;
}

std::vector<Instant> instants_of(const Json& json) {
  std::vector<Instant> instants;
  for (const Json& one : json) instants.push_back({one.get<int64_t>()});
  return instants;
}

Json of(const PropensityQuestion& q) {
  Json features = Json::array();
  for (const TrainingFeature& one : q.features) {
    features.push_back({{"name", one.name}, {"formula", one.formula}});
  }
  Json json = {{"name", q.name},
               {"horizon_days", q.horizon_days},
               {"label", q.label},
               {"eligible", q.eligible},
               {"features", features},
               {"monotone", q.monotone},
               {"method", models::name_of(q.method)},
               {"instants", of(q.instants)},
               {"most_instants", q.most_instants},
               {"most_rows", q.most_rows},
               {"costs", nullptr}};
  if (q.costs) {
    json["costs"] = {{"value_saved", q.costs->value_saved},
                     {"contact", q.costs->contact},
                     {"success_rate", q.costs->success_rate}};
  }
  return json;
}

Result<PropensityQuestion> question_of(const Json& json) {
  PropensityQuestion q;
  q.name = json.at("name");
  q.horizon_days = json.at("horizon_days");
  q.label = json.at("label");
  q.eligible = json.at("eligible");
  for (const Json& one : json.at("features")) {
    q.features.push_back({one.at("name"), one.at("formula")});
  }
  q.monotone = json.at("monotone").get<std::map<std::string, int>>();
  REGULARS_ASSIGN(q.method, models::parse_propensity_method(json.at("method").get<std::string>()));
  q.instants = instants_of(json.at("instants"));
  q.most_instants = json.at("most_instants");
  q.most_rows = json.at("most_rows");
  const Json& costs = json.at("costs");
  if (!costs.is_null()) {
    q.costs = models::Costs{costs.at("value_saved"), costs.at("contact"), costs.at("success_rate")};
  }
  return q;
}

Result<PropensityFit> fit_of(const Json& json) {
  PropensityFit fit;
  REGULARS_ASSIGN(fit.question, question_of(json.at("question")));
  fit.cut_off = {json.at("cut_off").get<int64_t>()};
  fit.fingerprint = json.at("fingerprint");
  REGULARS_ASSIGN(fit.model, models::propensity_from_json(json.at("model").dump()));
  fit.too_late = instants_of(json.at("too_late"));
  fit.histories = json.at("histories");
  fit.notes = json.at("notes").get<std::vector<std::string>>();
  return fit;
}

}  // namespace

std::string to_json(const PropensityFit& fit) {
  const Json json = {{"format", kFormat},
                     {"question", of(fit.question)},
                     {"cut_off", fit.cut_off.micros},
                     {"cut_off_iso", to_iso(fit.cut_off)},
                     {"fingerprint", fit.fingerprint},
                     {"too_late", of(fit.too_late)},
                     {"histories", fit.histories},
                     {"notes", fit.notes},
                     {"model", Json::parse(models::to_json(fit.model))}};
  return json.dump(1) + "\n";
}

Result<PropensityFit> propensity_fit_from_json(std::string_view text) {
  const Error bad(ErrorCode::kBadData,
                  std::string("this is no fitted propensity model of the format ") + kFormat,
                  "Fit the model anew.");
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != kFormat) return bad;
    return fit_of(json);
  } catch (const Json::exception&) {
    return bad;
  }
}

}  // namespace regulars::app
