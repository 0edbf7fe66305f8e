#include "models/propensity/model_json.h"

namespace regulars::models {
namespace {

constexpr const char* kFormat = "regulars.propensity/1";

const char* name_of(DesignColumn::Kind kind) {
  if (kind == DesignColumn::Kind::kLevel) return "level";
  return kind == DesignColumn::Kind::kUnknown ? "unknown" : "number";
}

DesignColumn::Kind kind_of(const std::string& name) {
  if (name == "level") return DesignColumn::Kind::kLevel;
  return name == "unknown" ? DesignColumn::Kind::kUnknown : DesignColumn::Kind::kNumber;
}

Json of(const Logistic& model) {
  Json columns = Json::array();
  for (const DesignColumn& c : model.columns) {
    columns.push_back({{"kind", name_of(c.kind)},
                       {"feature", c.feature},
                       {"level", c.level},
                       {"mean", c.mean},
                       {"deviation", c.deviation},
                       {"coefficient", c.coefficient},
                       {"standard_error", number(c.standard_error)}});
  }
  return {{"intercept", model.intercept},
          {"intercept_error", number(model.intercept_error)},
          {"columns", columns},
          {"dropped", model.dropped},
          {"converged", model.converged},
          {"iterations", model.iterations},
          {"log_likelihood", model.log_likelihood}};
}

Logistic logistic_of(const Json& json) {
  Logistic model;
  model.intercept = json.at("intercept");
  model.intercept_error = number_of(json.at("intercept_error"));
  for (const Json& c : json.at("columns")) {
    model.columns.push_back({kind_of(c.at("kind")), c.at("feature"), c.at("level"), c.at("mean"),
                             c.at("deviation"), c.at("coefficient"),
                             number_of(c.at("standard_error"))});
  }
  model.dropped = json.at("dropped").get<std::vector<std::string>>();
  model.converged = json.at("converged");
  model.iterations = json.at("iterations");
  model.log_likelihood = json.at("log_likelihood");
  return model;
}

Json of(const Trees& model) {
  Json columns = Json::array();
  for (const TreeColumn& c : model.columns) {
    columns.push_back({{"feature", c.feature}, {"level", c.level}});
  }
  return {{"columns", columns},
          {"depth", model.options.depth},
          {"rounds", model.options.rounds},
          {"rate", model.options.rate},
          {"least_child_weight", model.options.least_child_weight},
          {"seed", model.options.seed},
          {"monotone", model.options.monotone},
          {"xgboost", model.json}};
}

Trees trees_of(const Json& json) {
  Trees model;
  for (const Json& c : json.at("columns")) {
    model.columns.push_back({c.at("feature"), c.at("level")});
  }
  model.options.depth = json.at("depth");
  model.options.rounds = json.at("rounds");
  model.options.rate = json.at("rate");
  model.options.least_child_weight = json.at("least_child_weight");
  model.options.seed = json.at("seed");
  model.options.monotone = json.at("monotone").get<std::vector<int>>();
  model.json = json.at("xgboost");
  return model;
}

Json of(const Calibration& c) {
  return {{"kind", name_of(c.kind)},
          {"intercept", c.intercept},
          {"slope", c.slope},
          {"from", c.from},
          {"to", c.to}};
}

Calibration calibration_of(const Json& json) {
  Calibration c;
  for (const Calibration::Kind kind : {Calibration::Kind::kPlatt, Calibration::Kind::kIsotonic}) {
    if (json.at("kind") == name_of(kind)) c.kind = kind;
  }
  c.intercept = json.at("intercept");
  c.slope = json.at("slope");
  c.from = json.at("from").get<std::vector<double>>();
  c.to = json.at("to").get<std::vector<double>>();
  return c;
}

Json features_json(const PropensityModel& model) {
  Json features = Json::array();
  for (size_t f = 0; f < model.features.size(); ++f) {
    features.push_back({{"name", model.features[f]},
                        {"levels", model.levels[f]},
                        {"flags", model.flags[f] != 0},
                        {"typical", number(model.typical[f])},
                        {"cuts", model.spread[f].cuts},
                        {"shares", model.spread[f].shares}});
  }
  return features;
}

PropensityModel model_of(const Json& json) {
  PropensityModel model;
  for (const Json& one : json.at("features")) {
    model.features.push_back(one.at("name"));
    model.levels.push_back(one.at("levels").get<std::vector<std::string>>());
    model.flags.push_back(one.at("flags").get<bool>() ? 1 : 0);
    model.typical.push_back(number_of(one.at("typical")));
    model.spread.push_back({model.features.back(), one.at("cuts").get<std::vector<double>>(),
                            model.levels.back(), one.at("shares").get<std::vector<double>>()});
  }
  if (json.at("method") == name_of(PropensityMethod::kTrees)) {
    model.method = PropensityMethod::kTrees;
    model.trees = trees_of(json.at("trees"));
  } else {
    model.logistic = logistic_of(json.at("logistic"));
  }
  model.calibration = calibration_of(json.at("calibration"));
  model.report = report_of(json.at("report"));
  model.report.calibration.calibration = model.calibration;
  return model;
}

// The model refers to features and levels by place: whoever edits the file must not lead it astray.
bool consistent(const PropensityModel& model) {
  const size_t features = model.features.size();
  const auto within = [&](const auto& column) { return column.feature < features; };
  return std::all_of(model.logistic.columns.begin(), model.logistic.columns.end(), within) &&
         std::all_of(model.trees.columns.begin(), model.trees.columns.end(), within) &&
         model.calibration.from.size() == model.calibration.to.size();
}

}  // namespace

std::string to_json(const PropensityModel& model) {
  Json json = {{"format", kFormat},
               {"method", name_of(model.method)},
               {"features", features_json(model)},
               {"calibration", of(model.calibration)}};
  if (model.method == PropensityMethod::kTrees) {
    json["trees"] = of(model.trees);
  } else {
    json["logistic"] = of(model.logistic);
  }
  json["report"] = report_json(model.report);
  return json.dump(1);
}

Result<PropensityModel> propensity_from_json(std::string_view text) {
  const Error bad(ErrorCode::kBadData,
                  "this is no propensity model of the format " + std::string(kFormat),
                  "Fit the model anew.");
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != kFormat) return bad;
    PropensityModel model = model_of(json);
    if (!consistent(model)) return bad;
    return model;
  } catch (const Json::exception&) {
    return bad;
  }
}

}  // namespace regulars::models
