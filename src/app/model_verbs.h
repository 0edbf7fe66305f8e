// What `regulars model ...` answers about the models of a project and about backtests of files,
// each as a Listing.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>

#include "app/listing.h"
#include "app/model_file.h"
#include "app/project_shop.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

// Every model: what it predicts, its words, its newest fit, how many fits are kept.
Result<Listing> list_models(ProjectShop& shop, Files& files);
// The newest fit of one: parameters and what the method was chosen by, or the figures of a
// propensity with its reliability.
Result<Listing> show_model(ProjectShop& shop, const std::string& name, Files& files);
// Fits one anew, or all (an empty name), whatever their age; scores are recorded by `run`.
Result<Listing> fit_models(ProjectShop& shop, const std::string& name, Files& files);
// A row per customer with the model's scores as of the shop's as-of.
Result<Listing> score_model(ProjectShop& shop, const std::string& name, Files& files);

struct BacktestQuestion {
  std::string model;  // of a file: empty for all; of a project: which one
  std::string horizon = "6 months";
  bool compare = false;  // the methods side by side; else one by frequency of purchase
};
// Value models tested on what is known: of a project (its horizon), or of files of orders.
Result<Listing> backtest_model(ProjectShop& shop, const BacktestQuestion& question, Files& files);
Result<Listing> backtest_file(const ModelFileQuestion& orders, const BacktestQuestion& question,
                              Files& files, const Progress& progress);

}  // namespace regulars::app
