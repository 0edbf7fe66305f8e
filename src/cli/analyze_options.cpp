#include "cli/analyze_options.h"

#include <map>
#include <optional>

#include "base/decimal.h"

namespace regulars::cli {
namespace {

struct ColumnOption {
  const char* flag;
  std::string ColumnMapping::* column;
  const char* help;
};

constexpr ColumnOption kColumnOptions[] = {
    {"--customer", &ColumnMapping::customer, "column that names the customer"},
    {"--customer-email", &ColumnMapping::customer_email,
     "second identity, where the first is empty"},
    {"--time", &ColumnMapping::time, "when the order was placed"},
    {"--time-of-day", &ColumnMapping::time_of_day,
     "time of day, when it stands in a column of its own"},
    {"--order", &ColumnMapping::order, "order number; rows with the same one are one order"},
    {"--product", &ColumnMapping::product, "product id"},
    {"--product-name", &ColumnMapping::product_name, "product name"},
    {"--category", &ColumnMapping::category, "product category"},
    {"--brand", &ColumnMapping::brand, "product brand"},
    {"--quantity", &ColumnMapping::quantity, "pieces"},
    {"--price", &ColumnMapping::price, "unit price"},
    {"--amount", &ColumnMapping::amount, "money of the row"},
    {"--discount", &ColumnMapping::discount, "money taken off"},
    {"--cost", &ColumnMapping::cost, "what the line cost the shop"},
    {"--tax", &ColumnMapping::tax, "tax"},
    {"--shipping", &ColumnMapping::shipping, "shipping"},
    {"--refund", &ColumnMapping::refund, "money given back, in a column of its own"},
    {"--refund-of", &ColumnMapping::refund_of, "order that a refund row gives back"},
    {"--currency-column", &ColumnMapping::currency, "currency of the row"},
    {"--status", &ColumnMapping::status, "order status"},
    {"--cancelled", &ColumnMapping::cancelled, "when, or that, an order was cancelled"},
    {"--channel", &ColumnMapping::channel, "channel"},
    {"--store", &ColumnMapping::store, "store"},
    {"--country", &ColumnMapping::country, "country or region"},
    {"--opt-in", &ColumnMapping::opt_in, "whether marketing was agreed to"},
    {"--coupon", &ColumnMapping::coupon, "coupon used for the order"},
    {"--event", &ColumnMapping::event, "kind of event, when not all rows are orders"},
};

// "20%", "0.2" -> 0.2.
std::optional<double> share(std::string text) {
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.pop_back();
  while (!text.empty() && text.back() == ' ') text.pop_back();
  const auto value = Decimal::parse(text);
  if (!value) return std::nullopt;
  return value->to_double() / (percent ? 100 : 1);
}

Error usage(const std::string& message, const std::string& hint) {
  return Error(ErrorCode::kUsage, message, hint);
}

Result<void> read_numbers(const AnalyzeArguments& arguments, segments::ActionInputs& inputs) {
  const auto control = share(arguments.control);
  if (!control || *control < 0 || *control > 0.9) {
    return usage("--control: '" + arguments.control + "' is not a share from 0% to 90%",
                 "Give for example --control 20%.");
  }
  inputs.control_share = *control;
  if (!arguments.margin.empty()) {
    const auto margin = share(arguments.margin);
    if (!margin || *margin <= 0 || *margin > 1) {
      return usage("--margin: '" + arguments.margin + "' is not a share above 0% and up to 100%",
                   "Give for example --margin 40%.");
    }
    inputs.margin = margin;
  }
  if (!arguments.offer_cost.empty()) {
    const auto cost = Decimal::parse(arguments.offer_cost);
    if (!cost || cost->units <= 0) {
      return usage("--offer-cost: '" + arguments.offer_cost + "' is not an amount above 0",
                   "Give for example --offer-cost 5.00.");
    }
    inputs.offer_cost = cost->to_double();
  }
  return {};
}

Result<void> read_words(const AnalyzeArguments& arguments, connect::Overrides& overrides) {
  static const std::map<std::string, AmountMeaning> meanings = {
      {"line", AmountMeaning::kLineAmount},
      {"order-repeated", AmountMeaning::kOrderTotalRepeated},
      {"order-first-line", AmountMeaning::kOrderTotalFirstLine}};
  if (!arguments.amounts_are.empty()) {
    overrides.amount_meaning = meanings.at(arguments.amounts_are);
  }
  if (!arguments.header.empty()) overrides.rows.header = arguments.header == "yes" ? 1 : 0;
  if (!arguments.delimiter.empty()) {
    const bool tab = arguments.delimiter == "tab" || arguments.delimiter == "\\t";
    if (!tab && arguments.delimiter.size() != 1) {
      return usage("--delimiter: '" + arguments.delimiter + "' is not one character",
                   "Give the character itself, or tab.");
    }
    overrides.rows.delimiter = tab ? '\t' : arguments.delimiter.front();
  }
  if (arguments.decimals >= 0) overrides.amount_scale = arguments.decimals;
  return {};
}

}  // namespace

void add_reading_options(CLI::App& command, AnalyzeArguments& arguments, const char* files) {
  app::AnalyzeOptions& options = arguments.options;
  connect::Overrides& overrides = options.overrides;
  CLI::Option* orders =
      command.add_option(files, options.order_files, "files of orders or order lines")
          ->type_name("FILE");
  if (files[0] == '-') {
    orders->allow_extra_args(false);  // what follows the file is not another one
  } else {
    orders->required();
  }
  const char* columns = "Columns (names as in the file; 'none': the file has none)";
  for (const ColumnOption& option : kColumnOptions) {
    command.add_option(option.flag, overrides.columns.*option.column, option.help)
        ->type_name("COLUMN")
        ->group(columns);
  }
  const char* reading = "How to read";
  const auto add = [&](const char* flag, std::string& target, const char* help, const char* type) {
    return command.add_option(flag, target, help)->type_name(type)->group(reading);
  };
  add("--time-zone", overrides.time_zone, "zone of times that name none (default UTC)", "ZONE");
  add("--time-format", overrides.time_format, "dmy, mdy, ymd, epoch, excel, hours or days", "WORD");
  add("--currency", overrides.currency, "analyse this currency; or say which it is", "CODE");
  add("--decimal-mark", overrides.decimal_mark, "',' or '.'", "MARK")
      ->check(CLI::IsMember({",", "."}));
  command
      .add_option("--amount-scale", arguments.decimals, "digits that amounts are kept at (0 to 6)")
      ->check(CLI::Range(0, 6))
      ->group(reading);
  add("--amount-is", arguments.amounts_are,
      "'line', 'order-repeated' (total on each line) or 'order-first-line'", "WORD")
      ->check(CLI::IsMember({"line", "order-repeated", "order-first-line"}));
  add("--header", arguments.header, "whether the first line names the columns", "yes|no")
      ->check(CLI::IsMember({"yes", "no"}));
  add("--delimiter", arguments.delimiter, "what stands between cells", "CHAR");
  add("--sheet", overrides.rows.sheet, "sheet of a workbook", "NAME");
  add("--customers", options.customers_file, "file about customers, joined by its key", "FILE");
  add("--products", options.products_file, "file about products, joined by its key", "FILE");
  add("--mapping", options.mapping_file, "answers saved by --save-mapping", "FILE");
  command.add_flag("--each-row-an-order", overrides.each_row_is_an_order, "never group rows")
      ->group(reading);
  command.add_flag("--drop-duplicates", overrides.drop_duplicates, "drop rows that repeat another")
      ->group(reading);
  command.add_option("--exclude", overrides.excluded_customers, "customers to leave out, by comma")
      ->delimiter(',')
      ->type_name("ID,...")
      ->group(reading);
  command.add_option("--not-a-person", overrides.not_persons, "ids that stand for nobody")
      ->delimiter(',')
      ->type_name("ID,...")
      ->group(reading);
  command
      .add_option("--person", overrides.persons, "ids that are persons, whatever they look like")
      ->delimiter(',')
      ->type_name("ID,...")
      ->group(reading);
}

void add_analysis_options(CLI::App& command, AnalyzeArguments& arguments) {
  app::AnalyzeOptions& options = arguments.options;
  const char* group = "What to compute";
  const auto add = [&](const char* flag, std::string& target, const char* help, const char* type) {
    return command.add_option(flag, target, help)->type_name(type)->group(group);
  };
  add("--as-of", options.as_of, "see nothing after this date or instant", "DATE");
  add("--rfm-window", options.rfm_window, "24m, 2y or all (default: all, at most 24m)", "WINDOW");
  add("--rfm", options.rfm_file, "RFM classes and cuts of your own, or frozen ones", "FILE");
  add("--kind", options.kind_of_shop, "general, grocery, coffee, fashion or wholesale", "WORD")
      ->check(CLI::IsMember({"general", "grocery", "coffee", "fashion", "wholesale"}));
  add("--control", arguments.control, "share of each list kept out to measure (20%)", "SHARE");
  add("--margin", arguments.margin, "contribution per unit of revenue, for break-even", "SHARE");
  add("--offer-cost", arguments.offer_cost, "cost of an offer per redeemer", "AMOUNT");
  command.add_option("--salt", options.inputs.salt, "another draw of the control groups")
      ->type_name("N")
      ->group(group);
  add("--database", options.database, "keep the events here and analyse all of them", "FILE");
  command
      .add_flag("--show-contacts", options.show_contacts,
                "show e-mail addresses and names that serve as ids")
      ->group(group);
  command.add_option("--threads", options.threads, "threads to use (default: all)")
      ->check(CLI::Range(1, 1024))
      ->type_name("N")
      ->group(group);
}

Result<app::AnalyzeOptions> finish(const AnalyzeArguments& arguments) {
  app::AnalyzeOptions options = arguments.options;
  REGULARS_TRY(read_numbers(arguments, options.inputs));
  REGULARS_TRY(read_words(arguments, options.overrides));
  options.overrides.rows.threads = options.threads;
  return options;
}

}  // namespace regulars::cli
