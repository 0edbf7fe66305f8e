#include <fmt/format.h>

#include <memory>

#include "app/analyze.h"
#include "app/demo_project.h"
#include "app/make_shop.h"
#include "app/run_project.h"
#include "app/segment_verbs.h"
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/project_options.h"
#include "cli/show.h"

namespace regulars::cli {
namespace {

struct Arguments {
  app::ShopOptions shop;
};

// The summary is only worth showing when it is true: the shop's books are known to the cent.
int show_truth(const app::Analysis& analysis, const simulate::Truth& truth) {
  bool all_equal = true;
  std::string text = "\nAgainst the simulated shop's own books:\n";
  for (const app::TruthCheck& check : app::compare_with_truth(analysis.view, truth)) {
    all_equal = all_equal && check.equal;
    text += fmt::format("  {:<15} {:>16}  {}\n", check.what, check.found,
                        check.equal ? "equal" : "but the truth is " + check.truth);
  }
  print(text);
  if (all_equal) return kExitDone;
  return fail(Error(ErrorCode::kInternal, "the analysis differs from the shop's known truth",
                    "This is a fault of regulars. Please report it with the seed."));
}

app::AnalyzeOptions analysis_of(const std::string& directory, const simulate::ShopSpec& spec) {
  app::AnalyzeOptions options;
  options.order_files = {directory + "/data/orders.csv"};
  options.customers_file = directory + "/data/customers.csv";
  options.products_file = directory + "/data/products.csv";
  options.overrides.time_zone = spec.zone;
  options.inputs.margin = 0.4;
  options.inputs.offer_cost = 5;
  options.out_directory = directory + "/report";
  return options;
}

// The shop's own words: the project around the same records, run, and what it says.
Result<std::string> show_project(const std::string& directory, const simulate::ShopSpec& spec) {
  REGULARS_TRY(app::write_demo_project(directory, spec, real_files()));
  {
    ProgressLine line;
    REGULARS_ASSIGN(
        const app::RunReport report,
        app::run_project({.directory = directory, .as_of = "", .threads = 0}, real_files(),
                         system_clock(), process_environment(),
                         [&line](const std::string& step, double done) { line.show(step, done); }));
    static_cast<void>(report);
  }
  app::ProjectQuestion question;
  question.directory = directory;
  REGULARS_ASSIGN(const auto shop, app::open_project(question, real_files(), system_clock()));
  REGULARS_ASSIGN(app::Listing list, app::list_segments(*shop));
  list.notes.clear();
  std::string text = "\n$ regulars run " + directory + "\n$ regulars segment list " + directory +
                     "\n\n" + app::show(list, app::Format::kText, width());
  constexpr const char* kSegment = "second_order_due";
  app::CustomersQuestion asked;
  asked.segment = kSegment;
  asked.most = 1;
  REGULARS_ASSIGN(const app::Listing first, app::segment_customers(*shop, asked));
  const std::string customer = first.rows.empty() ? "" : first.rows.front().front().text;
  if (!customer.empty()) {
    REGULARS_ASSIGN(const std::string why,
                    app::explain_segment(*shop, kSegment, customer, app::Format::kText, width()));
    text += fmt::format("\n$ regulars segment explain {} {} {}\n\n{}", directory, kSegment,
                        customer, why);
  }
  return text;
}

int run(const Arguments& arguments, const std::string& command_line) {
  const std::string& directory = arguments.shop.directory;
  const auto free = app::check_demo_folder(directory, real_files());
  if (!free) return fail(free.error());
  print(fmt::format("Making a {} shop with a known truth in {}/data (seed {})\n",
                    arguments.shop.preset, directory, arguments.shop.seed));
  app::ShopOptions shop = arguments.shop;
  shop.directory = directory + "/data";
  const auto truth = app::make_shop(shop, real_files());
  if (!truth) return fail(truth.error());
  app::AnalyzeOptions options = analysis_of(directory, truth->spec);
  options.command = command_line;
  print(
      fmt::format("{} order lines of {} customers. Now the main job:\n\n"
                  "$ cd {}; regulars analyze data/orders.csv --customers data/customers.csv \\\n"
                  "    --products data/products.csv --time-zone {} --margin 40% --offer-cost "
                  "5.00 --out report\n\n",
                  with_thousands(truth->order_rows), with_thousands(truth->customers), directory,
                  truth->spec.zone));
  const auto analysis = analyze_with_progress(options);
  if (!analysis) return fail(analysis.error());
  print(app::terminal_text(*analysis, width(), colour_wanted()));
  const int code = show_truth(*analysis, *truth);
  const auto project = show_project(directory, truth->spec);
  if (!project) return fail(project.error());
  print(*project);
  print(
      fmt::format("\nTry next, on this shop and then on your own (regulars init shop --from "
                  "orders.csv):\n"
                  "  regulars segment customers {0} second_order_due --purpose marketing\n"
                  "  regulars segment history {0} valuable_and_slipping\n"
                  "  regulars eval {0} 'sum(purchase.net) over last 1 year'\n"
                  "\nOpen {0}/report/report.html in a browser.\n",
                  directory));
  return code;
}

}  // namespace

void add_demo(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<Arguments>();
  arguments->shop.preset = "fashion";
  CLI::App* command =
      app.add_subcommand("demo", "make a shop as a project, analyse and run it, show the result");
  command->add_option("directory", arguments->shop.directory, "where the shop goes")
      ->default_val("demo-shop")
      ->type_name("DIR");
  command
      ->add_option("--preset", arguments->shop.preset,
                   "grocery, coffee, fashion, wholesale or subscription")
      ->capture_default_str();
  command->add_option("--seed", arguments->shop.seed, "another shop of the kind")
      ->capture_default_str();
  command->footer("Example:\n  regulars demo my-shop --preset coffee --seed 7");
  command->callback(
      [arguments, &outcome] { outcome.exit_code = run(*arguments, outcome.command_line); });
}

}  // namespace regulars::cli
