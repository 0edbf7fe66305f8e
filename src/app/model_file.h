// A value model fitted to files of orders, without a project: the parameters, how sure they are,
// and what they say of each customer.
//
// Thread-safety: one fit at a time.
#pragma once

#include <string>
#include <vector>

#include "app/analyze.h"
#include "app/listing.h"
#include "base/files.h"
#include "base/result.h"
#include "models/clv/purchase_summary.h"
#include "models/fit/fitted.h"

namespace regulars::app {

struct ModelFileQuestion {
  AnalyzeOptions reading;       // which files, and what their columns mean
  std::string model;            // one of model_file_names()
  std::string calibration_end;  // a date or an instant: nothing later is looked at; empty: all
  std::string unit = "week";
  // How far ahead to predict: "52" (units), "12 months", "90 days"; empty: no predictions.
  std::string horizon;
  bool zero_amounts_count = true;
  double level = 0.8;  // of the intervals of predictions
};

// bg-nbd, mbg-nbd, pareto-nbd, bg-bb, mbg-cnbd-k, gamma-gamma, sbg, bdw.
std::vector<std::string> model_file_names();

struct ModelFileFit {
  models::Fitted fitted;
  models::TimeUnit unit = models::TimeUnit::kWeek;
  std::string calibration_end;  // the last day looked at
  std::string predicts;         // "52 weeks"; empty: nothing
  Listing predictions;          // a row per customer
  std::vector<std::string> notes;
};

// kUsage for a model, unit or horizon that there is not; kBadData when the orders give nothing to
// learn from.
Result<ModelFileFit> fit_model_file(const ModelFileQuestion& question, Files& files,
                                    const Progress& progress);

// {"model", "unit", "customers", "parameters": {..}, "standard_errors": {..}, "log_likelihood",
// "converged", "iterations", ...}; with predictions, "predictions": [..].
std::string model_file_json(const ModelFileFit& fit);
Listing model_file_listing(const ModelFileFit& fit);

}  // namespace regulars::app
