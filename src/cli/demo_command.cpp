#include <fmt/format.h>

#include <memory>

#include "app/analyze.h"
#include "app/make_shop.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"
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

int run(const Arguments& arguments, const std::string& command_line) {
  const std::string& directory = arguments.shop.directory;
  print(fmt::format("Making a {} shop with a known truth in {}/ (seed {})\n", arguments.shop.preset,
                    directory, arguments.shop.seed));
  const auto truth = app::make_shop(arguments.shop, real_files());
  if (!truth) return fail(truth.error());
  app::AnalyzeOptions options;
  options.order_files = {directory + "/orders.csv"};
  options.customers_file = directory + "/customers.csv";
  options.products_file = directory + "/products.csv";
  options.overrides.time_zone = truth->spec.zone;
  options.inputs.margin = 0.4;
  options.inputs.offer_cost = 5;
  options.out_directory = directory + "/report";
  options.command = command_line;
  print(
      fmt::format("{} order lines of {} customers. Now the main job:\n\n"
                  "$ regulars analyze {}/orders.csv --customers {}/customers.csv "
                  "--products {}/products.csv \\\n    --time-zone {} --margin 40% --offer-cost "
                  "5.00 --out {}/report\n\n",
                  with_thousands(truth->order_rows), with_thousands(truth->customers), directory,
                  directory, directory, truth->spec.zone, directory));
  const auto analysis = analyze_with_progress(options);
  if (!analysis) return fail(analysis.error());
  print(app::terminal_text(*analysis, width(), colour_wanted()));
  const int code = show_truth(*analysis, *truth);
  print(
      fmt::format("\nOpen {}/report/report.html in a browser.\n"
                  "Then try your own file: regulars analyze orders.csv\n",
                  directory));
  return code;
}

}  // namespace

void add_demo(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<Arguments>();
  arguments->shop.preset = "fashion";
  CLI::App* command = app.add_subcommand("demo", "make a shop, analyse it, show the result");
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
