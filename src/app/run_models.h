// The models of a project: fitted when they have no fit or an old one, kept as files, and asked for
// everybody's scores.
//
// Each fit is a file of its own, models/fits/NAME-0001.json, NAME-0002.json ...: the newest one
// counts, the others are its history.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>
#include <vector>

#include "app/project_shop.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "sql/connection.h"

namespace regulars::app {

struct ModelResult {
  std::string model;
  std::string version;  // "0002"
  bool fitted = false;  // in this run
  int64_t scored = 0;   // customers
  std::string words;    // what is behind it, and what to be careful about
};

// A score of everybody who has one.
struct ModelScore {
  std::string name;  // the word of rules
  std::vector<CustomerNumber> customers;
  std::vector<double> values;
};
struct ScoredModel {
  ModelResult result;
  std::vector<ModelScore> scores;
};
// One model as of the shop's as-of, nothing recorded: by its newest fit, or a new one where that is
// missing, old, of another declaration, or `refit` is asked for. kBadData when nothing can be
// learned.
Result<ScoredModel> run_model(ProjectShop& shop, const project::ModelDeclaration& model,
                              Files& files, bool refit);

// Versions of the fits that are kept, oldest first; empty when there is none.
Result<std::vector<std::string>> fits_of(const ProjectShop& shop, const std::string& model,
                                         Files& files);
// The JSON of one.
Result<std::string> read_fit(const ProjectShop& shop, const std::string& model,
                             const std::string& version, Files& files);

// Fits what must be, scores everybody as of the shop's as-of, and records the scores; the caller
// has begun the transaction, and refreshes the shop's scores afterwards. A model from which nothing
// can be learned is a result without scores that says why: it does not stop the others.
Result<std::vector<ModelResult>> run_models(ProjectShop& shop, sql::Connection& connection,
                                            Files& files, const Clock& clock, uint32_t run);

}  // namespace regulars::app
