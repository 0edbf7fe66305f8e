// Simulated shops for the command line: write one, and check an analysis against its truth.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/analyze.h"
#include "base/files.h"
#include "base/result.h"
#include "simulate/simulate.h"

namespace regulars::app {

struct ShopOptions {
  std::string directory;
  std::string preset = "coffee";
  uint64_t seed = 1;
  uint32_t customers = 0;  // 0: the preset's
  std::string from, to;    // dates; empty: the preset's
  bool parquet = false;    // beside the CSV files
  size_t threads = 0;
};

// The preset with the options applied. kUsage for dates that are none, kNotFound for presets.
Result<simulate::ShopSpec> shop_spec(const ShopOptions& options);

// Writes the shop's files; returns what is true of it.
Result<simulate::Truth> make_shop(const ShopOptions& options, Files& files);

// One comparison of an analysis with the truth, as a person would read it.
struct TruthCheck {
  std::string what;
  std::string found;
  std::string truth;
  bool equal = false;
};
std::vector<TruthCheck> compare_with_truth(const report::AnalysisView& view,
                                           const simulate::Truth& truth);

}  // namespace regulars::app
