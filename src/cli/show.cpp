#include "cli/show.h"

#include "base/clock.h"
#include "base/files.h"
#include "cli/console.h"

namespace regulars::cli {

Result<app::Analysis> analyze_with_progress(const app::AnalyzeOptions& options) {
  ProgressLine line;
  const auto show = [&](const std::string& step, double done) { line.show(step, done); };
  REGULARS_ASSIGN(app::Analysis analysis,
                  app::analyze(options, real_files(), system_clock(), show));
  line.show("writing " + options.out_directory, 0.95);
  REGULARS_TRY(app::write_outputs(analysis, options, real_files()));
  return analysis;
}

}  // namespace regulars::cli
