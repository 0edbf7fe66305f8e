#include "app/run_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/propensity_model.h"
#include "app/value_model.h"
#include "store/model_scores.h"
#include "store/results.h"

namespace regulars::app {
namespace {

using project::ModelDeclaration;
using Json = nlohmann::ordered_json;

struct KeptFit {
  std::string version;
  std::string json;
};

class ModelFits {
 public:
  ModelFits(const ProjectShop& shop, Files& files)
      : directory_(shop.project().directory + "/models/fits"), files_(files) {}

  Result<std::optional<KeptFit>> newest(const std::string& model) {
    REGULARS_ASSIGN(const std::vector<std::string> versions, versions_of(model));
    if (versions.empty()) return std::optional<KeptFit>();
    REGULARS_ASSIGN(std::string json, read(model, versions.back()));
    return std::optional<KeptFit>({versions.back(), std::move(json)});
  }

  // Beside the fit stands what it was declared as, for is_of.
  Result<std::string> keep(const ModelDeclaration& declared, const std::string& fit) {
    const std::string& model = declared.name;
    Json json = Json::parse(fit);
    json["declared"] = declared.fingerprint();
    REGULARS_ASSIGN(const std::vector<std::string> versions, versions_of(model));
    const int next = versions.empty() ? 1 : std::stoi(versions.back()) + 1;
    const std::string version = fmt::format("{:04d}", next);
    REGULARS_TRY(files_.write(path(model, version), json.dump(2) + "\n"));
    return version;
  }

  static bool is_of(const ModelDeclaration& declared, const std::string& fit) {
    const Json json = Json::parse(fit, nullptr, false);
    return json.is_object() && json.value("declared", "") == declared.fingerprint();
  }

  Result<std::string> read(const std::string& model, const std::string& version) {
    return files_.read(path(model, version));
  }

  Result<std::vector<std::string>> versions_of(const std::string& model) {
    std::vector<std::string> versions;
    if (!files_.is_directory(directory_)) return versions;
    REGULARS_ASSIGN(const std::vector<std::string> names, files_.list(directory_));
    const std::string begin = model + "-";
    for (const std::string& name : names) {
      if (!name.starts_with(begin) || !name.ends_with(".json")) continue;
      const std::string version = name.substr(begin.size(), name.size() - begin.size() - 5);
      const bool digits =
          version.size() == 4 && version.find_first_not_of("0123456789") == std::string::npos;
      if (digits) versions.push_back(version);
    }
    std::ranges::sort(versions);
    return versions;
  }

 private:
  std::string path(const std::string& model, const std::string& version) const {
    return directory_ + "/" + model + "-" + version + ".json";
  }

  std::string directory_;
  Files& files_;
};

class ModelRun {
 public:
  ModelRun(ProjectShop& shop, Files& files, bool refit)
      : shop_(shop), fits_(shop, files), refit_(refit) {}

  // The scores of a model as of the shop's as-of, its fit taken or made.
  Result<std::vector<ModelScore>> run(const ModelDeclaration& model, ModelResult& result) {
    result.model = model.name;
    return model.kind == ModelDeclaration::Kind::kValue ? value(model, result)
                                                        : propensity(model, result);
  }

 private:
  // A fit counts until it is older than the model wants; one of a later time never does.
  bool is_current(const ModelDeclaration& model, Instant cut_off) const {
    return cut_off <= shop_.as_of() && shop_.as_of() - cut_off < days(model.refit_after_days);
  }

  // The kept fit where it is of this declaration, current, and can be read; else a new one, kept.
  template <class Fit, class Read, class Make>
  Result<Fit> current_fit(const ModelDeclaration& model, ModelResult& result, const Read& read,
                          const Make& make) {
    REGULARS_ASSIGN(const std::optional<KeptFit> kept, fits_.newest(model.name));
    if (kept && !refit_ && ModelFits::is_of(model, kept->json)) {
      Result<Fit> fit = read(kept->json);
      if (fit && is_current(model, fit->cut_off)) {
        result.version = kept->version;
        return fit;
      }
    }
    Result<Fit> fit = make();
    if (!fit) return fit;
    REGULARS_ASSIGN(result.version, fits_.keep(model, to_json(*fit)));
    result.fitted = true;
    return fit;
  }

  Result<std::vector<ModelScore>> value(const ModelDeclaration& model, ModelResult& result) {
    REGULARS_ASSIGN(
        const ValueFit fit,
        current_fit<ValueFit>(model, result, value_fit_from_json, [&]() -> Result<ValueFit> {
          return fit_value(shop_.history(), shop_.zone(), shop_.as_of(), model);
        }));
    result.words = fit.choice;
    for (const std::string& note : fit.notes) result.words += "; " + note;
    REGULARS_ASSIGN(ValueScores scores,
                    score_value(shop_.history(), shop_.zone(), shop_.as_of(), model, fit));
    std::vector<ModelScore> scored;
    for (ValueScores::Column& column : scores.columns) {
      scored.push_back({column.name, scores.customers, std::move(column.values)});
    }
    return scored;
  }

  Result<std::vector<ModelScore>> propensity(const ModelDeclaration& model, ModelResult& result) {
    REGULARS_ASSIGN(const PropensityFit fit,
                    current_fit<PropensityFit>(model, result, propensity_fit_from_json,
                                               [&]() -> Result<PropensityFit> {
                                                 REGULARS_ASSIGN(const PropensityQuestion question,
                                                                 propensity_question(model));
                                                 return fit_propensity(shop_, question);
                                               }));
    result.words = std::string(models::name_of(fit.model.method));
    for (const std::string& note : fit.notes) result.words += "; " + note;
    REGULARS_ASSIGN(PropensityScores scores, score_propensity(shop_, fit, {}));
    for (const std::string& warning : scores.warnings) result.words += "; " + warning;
    return std::vector<ModelScore>{
        {model.scores().front(), std::move(scores.customers), std::move(scores.probability)}};
  }

  ProjectShop& shop_;
  ModelFits fits_;
  bool refit_;
};

}  // namespace

Result<ScoredModel> run_model(ProjectShop& shop, const ModelDeclaration& model, Files& files,
                              bool refit) {
  ScoredModel scored;
  REGULARS_ASSIGN(scored.scores, ModelRun(shop, files, refit).run(model, scored.result));
  for (const ModelScore& score : scored.scores) {
    scored.result.scored = static_cast<int64_t>(score.customers.size());
  }
  return scored;
}

Result<std::vector<std::string>> fits_of(const ProjectShop& shop, const std::string& model,
                                         Files& files) {
  return ModelFits(shop, files).versions_of(model);
}

Result<std::string> read_fit(const ProjectShop& shop, const std::string& model,
                             const std::string& version, Files& files) {
  return ModelFits(shop, files).read(model, version);
}

Result<std::vector<ModelResult>> run_models(ProjectShop& shop, sql::Connection& connection,
                                            Files& files, const Clock& clock, uint32_t run) {
  REGULARS_ASSIGN(const std::vector<uint32_t> numbers,
                  store::stored_numbers(connection, shop.history()));
  std::vector<ModelResult> results;
  for (const ModelDeclaration& model : shop.project().models) {
    auto scored = run_model(shop, model, files, false);
    if (!scored) {
      if (scored.error().code() != ErrorCode::kBadData) {
        return Error(scored.error().code(),
                     "model '" + model.name + "': " + scored.error().message(),
                     scored.error().hint(), model.place);
      }
      results.push_back({model.name, "", false, 0, "no scores: " + scored.error().message()});
      continue;
    }
    const ModelResult& result = scored->result;
    for (const ModelScore& score : scored->scores) {
      store::ScoreStatement statement{score.name,
                                      store::kModelVersion + model.name + " " + result.version,
                                      shop.as_of(),
                                      {},
                                      score.values};
      for (const CustomerNumber c : score.customers) statement.customers.push_back(numbers[c]);
      REGULARS_TRY(store::record_scores(connection, statement, clock.now(), run));
    }
    results.push_back(result);
  }
  return results;
}

}  // namespace regulars::app
