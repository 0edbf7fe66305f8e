// What several verbs show alike.
#pragma once

#include "app/analyze.h"
#include "base/result.h"

namespace regulars::cli {

// Analyses and writes the outputs, with a progress line on standard error.
Result<app::Analysis> analyze_with_progress(const app::AnalyzeOptions& options);

}  // namespace regulars::cli
