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

// Lists of an earlier run must not be taken for this one's.
Result<void> remove_old_lists(const std::string& directory, Files& files) {
  const std::string lists = directory + "/lists";
  if (!files.exists(lists)) return {};
  REGULARS_ASSIGN(const std::vector<std::string> names, files.list(lists));
  for (const std::string& name : names) {
    if (name.ends_with(".csv")) REGULARS_TRY(files.remove(lists + "/" + name));
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
  REGULARS_TRY(remove_old_lists(view.out_directory, files));
  Writer writer(analysis, files);
  REGULARS_TRY(writer.write("customers.csv", report::customers_csv(view)));
  REGULARS_TRY(writer.write("segments.csv", report::segments_csv(view)));
  REGULARS_TRY(writer.write("months.csv", report::months_csv(view)));
  REGULARS_TRY(writer.write("rejects.csv", report::rejects_csv(view)));
  for (const segments::ActionCard& card : view.cards) {
    REGULARS_TRY(writer.write("lists/" + card.key + ".csv", report::list_csv(view, card)));
  }
  segments::RfmDefinition rfm = segments::default_rfm();
  if (!options.rfm_file.empty()) {
    REGULARS_ASSIGN(const std::string yaml, files.read(options.rfm_file));
    REGULARS_ASSIGN(rfm, parse_rfm(yaml, options.rfm_file));
  }
  REGULARS_TRY(writer.write("rfm-frozen.yaml", frozen_rfm(rfm, view.rfm.cuts)));
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
