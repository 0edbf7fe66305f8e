#include <fmt/format.h>

#include <memory>

#include "app/make_shop.h"
#include "base/decimal.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {
namespace {

int run(const app::ShopOptions& options) {
  const auto truth = app::make_shop(options, real_files());
  if (!truth) return fail(truth.error());
  print(fmt::format(
      "{}/: {} customers, {} order lines, {} orders, {} {} net\n"
      "orders{} customers products stores visits surveys campaigns messages consents; "
      "what is true: truth/\n",
      options.directory, with_thousands(truth->customers), with_thousands(truth->order_rows),
      with_thousands(truth->orders), with_thousands(Decimal{truth->net_cents(), 2}),
      truth->spec.currency, options.parquet ? " (.csv and .parquet)" : ".csv"));
  return kExitDone;
}

}  // namespace

void add_simulate(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<app::ShopOptions>();
  CLI::App* command = app.add_subcommand("simulate", "write a shop's records with a known truth");
  command->add_option("directory", options->directory, "where the files go")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--preset", options->preset,
                   "grocery, coffee, fashion, wholesale or subscription")
      ->capture_default_str();
  command->add_option("--customers", options->customers, "how many (default: the preset's)")
      ->type_name("N");
  command->add_option("--seed", options->seed, "same seed, same shop")->capture_default_str();
  command->add_option("--from", options->from, "first day of the records")->type_name("DATE");
  command->add_option("--to", options->to, "last day of the records")->type_name("DATE");
  command->add_option("--threads", options->threads, "threads; never changes the result");
  command->add_flag("--parquet", options->parquet, "write Parquet files beside the CSV files");
  command->footer(
      "Examples:\n"
      "  regulars simulate shop --preset grocery --customers 20000 --seed 3\n"
      "  regulars simulate big --preset fashion --customers 1000000 --parquet");
  command->callback([options, &outcome] { outcome.exit_code = run(*options); });
}

}  // namespace regulars::cli
