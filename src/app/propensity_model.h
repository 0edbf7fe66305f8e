// Churn and any other propensity of a project's customers: fitted, judged on a later time,
// calibrated and scored.
//
//   REGULARS_ASSIGN(const auto fitted, fit_propensity(*shop, {.name = "churn"}));
//   REGULARS_ASSIGN(const auto scores, score_propensity(*shop, fitted, {.reasons = 3}));
//
// Thread-safety: one shop at a time; inside it uses several threads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/listing.h"
#include "app/training_set.h"
#include "models/propensity/propensity.h"
#include "project/model_declaration.h"

namespace regulars::app {

// What `models/*.yaml` says (kind: churn or propensity). Empty parts take their defaults, which
// suit a shop: nothing but {} is a churn model over the next 90 days.
struct PropensityQuestion {
  std::string name = "churn";
  int horizon_days = 90;
  // Empty: count(ACTIVITY) over next HORIZON days = 0, ACTIVITY the project's sign of life.
  std::string label;
  // Empty: count(ACTIVITY) over last 365 days >= 1.
  std::string eligible;
  // Names of the project's features or formulas of the language; empty: stock_features.
  std::vector<TrainingFeature> features;
  std::map<std::string, int> monotone;  // by feature: +1 rises, -1 falls
  models::PropensityMethod method = models::PropensityMethod::kAuto;
  std::optional<models::Costs> costs;
  // Empty: the ends of the months, the last 24 whose label is settled by the shop's as-of.
  std::vector<Instant> instants;
  size_t most_instants = 24;
  size_t most_rows = 200'000;
};

// What a file of models declares (kind: churn or propensity), as a question.
Result<PropensityQuestion> propensity_question(const project::ModelDeclaration& model);

// The question with its defaults put in, as it is asked of this project.
PropensityQuestion with_defaults(PropensityQuestion question, const ProjectFacts& facts);

// Recency, frequency, amounts, rhythm and trend of the project's sign of life, with names.
std::vector<TrainingFeature> stock_features(const ProjectFacts& facts);

// A fitted model and everything that is needed to score with it and to know what it rests on.
struct PropensityFit {
  PropensityQuestion question;  // with defaults
  Instant cut_off;              // as-of of the data it was fitted on: nothing later was looked at
  std::string fingerprint;      // of the training rows: changes when any of them does
  models::PropensityModel model;
  std::vector<Instant> too_late;  // instants left out: their label is not settled yet
  size_t histories = 1;           // as in TrainingSet
  std::vector<std::string> notes;
};

// kBadDefinition for a rule or feature at fault, kBadData when nothing can be learned; both say
// what to do.
Result<PropensityFit> fit_propensity(ProjectShop& shop, const PropensityQuestion& question);

struct PropensityScoring {
  size_t reasons = 0;       // per customer
  size_t reasons_most = 0;  // only for this many of the highest scores; 0: for all
};

struct PropensityScores {
  Instant as_of;                                     // the shop's
  std::vector<CustomerNumber> customers;             // those eligible then, ascending
  std::vector<double> probability;                   // calibrated
  std::vector<std::vector<models::Reason>> reasons;  // empty when not asked for
  std::vector<models::Drift> drift;                  // against the training rows
  std::vector<std::string> warnings;                 // drift and old age of the model, in words
};
Result<PropensityScores> score_propensity(ProjectShop& shop, const PropensityFit& fit,
                                          const PropensityScoring& scoring);

// Versioned JSON ("regulars.propensity_fit/1"); reading back gives the same scores to the last bit.
std::string to_json(const PropensityFit& fit);
Result<PropensityFit> propensity_fit_from_json(std::string_view text);

// For people, CSV and JSON. The figures with intervals in plain words, with the reliability curve
// (said against happened) as rows.
Listing propensity_listing(const PropensityFit& fit, const Zone& zone);
Listing lift_listing(const PropensityFit& fit);     // by tenth of the scores
Listing feature_listing(const PropensityFit& fit);  // most used first
// Scores, highest first, at most `most` (0: all), with reasons where they were asked for.
Listing scores_listing(const PropensityScores& scores, const ProjectShop& shop, size_t most);

}  // namespace regulars::app
