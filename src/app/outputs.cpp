#include "app/analyze.h"
#include "app/rfm_file.h"
#include "connect/mapping.h"
#include "report/csv_files.h"
#include "report/html.h"
#include "report/summary_json.h"
#include "report/terminal.h"
#include "report/workbook.h"

namespace regulars::app {
namespace {

class Writer {
 public:
  Writer(Analysis& analysis, Files& files) : view_(analysis.view), files_(files) {}

  Result<void> write(const std::string& name, std::string_view bytes) {
    REGULARS_TRY(files_.write(view_.out_directory + "/" + name, bytes));
    view_.written_files.push_back(name);
    return {};
  }

 private:
  report::AnalysisView& view_;
  Files& files_;
};

std::string list_name(const std::string& key) { return "lists/" + key + ".csv"; }

// Lists of an earlier run must not be taken for this one's, nor its summary when this one fails
// half way. Other files in the directory are not ours.
Result<void> remove_old(const std::string& directory, Files& files) {
  std::vector<std::string> names = {"summary.json"};
  for (const std::string& key : segments::action_keys()) names.push_back(list_name(key));
  const std::string prefix = directory + "/";
  for (const std::string& name : names) {
    const std::string path = prefix + name;
    if (files.exists(path)) REGULARS_TRY(files.remove(path));
  }
  return {};
}

}  // namespace

std::string terminal_text(const Analysis& analysis, size_t width, bool colour) {
  return report::terminal_summary(analysis.view, {.width = width, .colour = colour});
}

std::string summary_json(const Analysis& analysis) { return report::summary_json(analysis.view); }

Result<void> write_outputs(Analysis& analysis, const AnalyzeOptions& options, Files& files) {
  report::AnalysisView& view = analysis.view;
  view.written_files.clear();
  REGULARS_TRY(files.make_directories(view.out_directory));
  REGULARS_TRY(remove_old(view.out_directory, files));
  Writer writer(analysis, files);
  REGULARS_TRY(writer.write("customers.csv", report::customers_csv(view)));
  REGULARS_TRY(writer.write("segments.csv", report::segments_csv(view)));
  REGULARS_TRY(writer.write("months.csv", report::months_csv(view)));
  REGULARS_TRY(writer.write("rejects.csv", report::rejects_csv(view)));
  for (const segments::ActionCard& card : view.cards) {
    REGULARS_TRY(writer.write(list_name(card.key), report::list_csv(view, card)));
  }
  REGULARS_TRY(writer.write("rfm-frozen.yaml", frozen_rfm(analysis.rfm, view.rfm.cuts)));
  REGULARS_ASSIGN(const std::string workbook, report::workbook(view));
  REGULARS_TRY(writer.write("regulars.xlsx", workbook));
  REGULARS_TRY(writer.write("report.html", report::html_report(view)));
  // Last, so that a summary never stands beside files of another run.
  REGULARS_TRY(writer.write("summary.json", report::summary_json(view)));
  if (!options.save_mapping.empty()) {
    REGULARS_TRY(files.write(options.save_mapping, connect::mapping_to_json(view.intake.spec)));
  }
  return {};
}

}  // namespace regulars::app
