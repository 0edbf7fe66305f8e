// How well each count model would have foretold what is known by now: at each of several past
// instants every model is fitted to what had happened by then, asked for the time after, and held
// against what came; beside them stand rules that need no model.
//
// Nothing after an origin is looked at when forecasting from it. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "models/clv/purchase_summary.h"
#include "models/clv/value.h"

namespace regulars::models {

struct BacktestOptions {
  SummaryOptions summary;  // its `until` is not looked at
  Instant until;           // end of what is known
  Horizon horizon;
  size_t most_origins = 4;  // a horizon's third apart, the last one a horizon before `until`
  std::vector<std::string> models = {"bg-nbd", "mbg-nbd", "pareto-nbd"};
};

struct FrequencyGroup {
  unsigned repeats = 0;  // at the origin; the last group holds more as well
  uint64_t customers = 0;
  double expected = 0, actual = 0;  // purchases in all
};

// Of one method, all origins together.
struct MethodBacktest {
  // A model; or "as last time": everybody buys as often as in the horizon before; or "hiatus": the
  // same, but who has been silent for more than half a horizon never comes back.
  std::string method;
  bool is_model = false;
  uint64_t forecasts = 0;           // customers times origins
  double expected = 0, actual = 0;  // purchases
  double total_error = 0;           // expected / actual - 1
  double absolute_error = 0;        // mean per forecast
  double squared_error = 0;         // root of the mean
  // Mean logarithm of the probability given to what each customer did (no purchase, or any); of
  // models only. Higher is better.
  double log_score = 0;
  std::vector<FrequencyGroup> groups;
};

// Purchases of everybody in each step after the last origin: what came and what each model said.
struct TrackingPoint {
  Instant upto;
  double actual = 0;             // since the origin
  std::vector<double> expected;  // by model, in the order of Backtest::tracked
};

struct Backtest {
  std::vector<Instant> origins;
  std::vector<MethodBacktest> methods;  // models first, best log score first
  std::vector<std::string> tracked;     // models
  std::vector<TrackingPoint> tracking;  // from the last origin on
  std::string chosen;                   // the model with the best log score
  // Whether the chosen model's squared error is below that of every rule without a model. (By
  // absolute error a rule that says "nothing" of everybody looks best where most never return.)
  bool earns_its_place = false;
  std::string words;
};

// kBadData when not one origin leaves both a horizon after it and half as much history before it,
// saying how long it is; a model that cannot be fitted at an origin is left out, with the reason in
// words.
Result<Backtest> backtest(const Purchases& purchases, const BacktestOptions& options);

}  // namespace regulars::models
