// What the program says and how it ends, command by command: the cases are a table.
#include <gtest/gtest.h>

#include "run_program.h"

namespace regulars::cli_tests {
namespace {

struct Spoken {
  const char* name;
  std::vector<std::string> arguments;
  int exit_code;
  std::vector<std::string> out;  // parts of standard output; none: it must be empty
  std::vector<std::string> err;  // ... of standard error
};

void PrintTo(const Spoken& spoken, std::ostream* stream) { *stream << spoken.name; }

const std::string kOrders = "@semicolons.csv";  // "@": a file of tests/data

std::vector<Spoken> done() {
  return {
      {"no_arguments", {}, 0, {"regulars analyze orders.csv", "regulars demo", "--help"}, {}},
      {"help", {"--help"}, 0, {"analyze", "demo", "simulate", "doctor", "version"}, {}},
      {"help_of_analyze",
       {"analyze", "--help"},
       0,
       {"--customer", "--time",      "--amount",   "--order",   "--product",    "--quantity",
        "--price",    "--discount",  "--status",   "--channel", "--store",      "--time-zone",
        "--currency", "--as-of",     "--margin",   "--control", "--rfm-window", "--drop-duplicates",
        "--exclude",  "--customers", "--products", "--out",     "--json",       "--save-mapping",
        "--mapping",  "Example"},
       {}},
      {"help_of_demo", {"demo", "--help"}, 0, {"--preset", "--seed", "Example"}, {}},
      {"help_of_simulate", {"simulate", "--help"}, 0, {"--customers", "--parquet", "Example"}, {}},
      {"help_of_doctor", {"doctor", "--help"}, 0, {"Example"}, {}},
      {"help_of_version", {"version", "--help"}, 0, {"version"}, {}},
      {"version", {"version"}, 0, {"regulars " REGULARS_VERSION}, {}},
      {"version_option", {"--version"}, 0, {"regulars " REGULARS_VERSION}, {}},
      {"doctor", {"doctor"}, 0, {"DuckDB", "time zones"}, {}},
      {"doctor_of_a_file", {"doctor", kOrders}, 0, {"customer", "date", "amount"}, {}},
  };
}

std::vector<Spoken> refused() {
  return {
      {"unknown_verb", {"analyse", kOrders}, 2, {}, {"analyse", "analyze"}},
      {"unknown_option",
       {"analyze", kOrders, "--custmer", "x"},
       2,
       {},
       {"--custmer", "--customer"}},
      {"option_without_value", {"analyze", kOrders, "--as-of"}, 2, {}, {"--as-of"}},
      {"no_file_named", {"analyze"}, 2, {}, {"files"}},
      {"missing_file", {"analyze", "nowhere.csv"}, 1, {}, {"nowhere.csv"}},
      {"folder_instead_of_file", {"analyze", "/"}, 1, {}, {"/"}},
      {"missing_mapping", {"analyze", kOrders, "--mapping", "no.json"}, 1, {}, {"no.json"}},
      {"missing_customers", {"analyze", kOrders, "--customers", "no.csv"}, 1, {}, {"no.csv"}},
      {"empty_file", {"analyze", "@empty.csv"}, 1, {}, {"empty.csv", "empty"}},
      {"unknown_column",
       {"analyze", kOrders, "--customer", "custmer"},
       1,
       {},
       {"--customer", "custmer", "customer"}},
      {"as_of_no_date",
       {"analyze", kOrders, "--as-of", "yesterday"},
       2,
       {},
       {"--as-of", "yesterday"}},
      {"as_of_31_june", {"analyze", kOrders, "--as-of", "2024-06-31"}, 2, {}, {"2024-06-31"}},
      {"as_of_garbage_in_time",
       {"analyze", kOrders, "--as-of", "2024-02-01T99:00"},
       2,
       {},
       {"2024-02-01T99:00"}},
      {"as_of_other_separator",
       {"analyze", kOrders, "--as-of", "2024-02-01X10:00"},
       2,
       {},
       {"--as-of"}},
      {"as_of_before_the_data",
       {"analyze", kOrders, "--as-of", "2020-01-01"},
       2,
       {},
       {"2020-01-01"}},
      {"control_above_all",
       {"analyze", kOrders, "--control", "120%"},
       2,
       {},
       {"--control", "120%"}},
      {"control_no_number", {"analyze", kOrders, "--control", "some"}, 2, {}, {"--control"}},
      {"margin_of_nothing", {"analyze", kOrders, "--margin", "0"}, 2, {}, {"--margin"}},
      {"offer_cost_below_zero",
       {"analyze", kOrders, "--offer-cost", "-5"},
       2,
       {},
       {"--offer-cost"}},
      {"decimals_too_many", {"analyze", kOrders, "--amount-scale", "9"}, 2, {}, {"--amount-scale"}},
      {"threads_below_zero", {"analyze", kOrders, "--threads", "-1"}, 2, {}, {"--threads"}},
      {"window_in_days",
       {"analyze", kOrders, "--rfm-window", "365d"},
       2,
       {},
       {"--rfm-window", "365d"}},
      {"window_of_nothing", {"analyze", kOrders, "--rfm-window", "0m"}, 2, {}, {"--rfm-window"}},
      {"window_too_large",
       {"analyze", kOrders, "--rfm-window", "999999999y"},
       2,
       {},
       {"--rfm-window"}},
      {"unknown_zone",
       {"analyze", kOrders, "--time-zone", "Europe/Berln"},
       1,
       {},
       {"Europe/Berln"}},
      {"unknown_time_format", {"analyze", kOrders, "--time-format", "yyy"}, 2, {}, {"yyy"}},
      {"unknown_kind", {"analyze", kOrders, "--kind", "casino"}, 2, {}, {"--kind"}},
      {"completion_of_nothing", {"completion"}, 2, {}, {"shell"}},
      {"completion_of_tcsh", {"completion", "tcsh"}, 2, {}, {"tcsh"}},
      {"simulate_unknown_preset",
       {"simulate", "shop", "--preset", "casino"},
       2,
       {},
       {"casino", "grocery"}},
      {"simulate_bad_date", {"simulate", "shop", "--from", "soon"}, 2, {}, {"soon"}},
      {"simulate_backwards",
       {"simulate", "shop", "--from", "2024-02-01", "--to", "2023-02-01"},
       2,
       {},
       {"2024-02-01"}},
      {"doctor_of_no_file", {"doctor", "nowhere.csv"}, 1, {}, {"nowhere.csv"}},
  };
}

class Program : public testing::TestWithParam<Spoken> {};

TEST_P(Program, SaysAndEnds) {
  const Spoken& spoken = GetParam();
  const TemporaryFolder folder;
  std::vector<std::string> command = {"regulars"};
  for (const std::string& word : spoken.arguments) {
    command.push_back(word.starts_with("@") ? test_data(word.substr(1)) : word);
  }
  const Ran ran = run(command, {.folder = folder.path()});
  EXPECT_EQ(ran.exit_code, spoken.exit_code) << ran.out << ran.err;
  for (const std::string& part : spoken.out) {
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << " is not in:\n" << ran.out;
  }
  for (const std::string& part : spoken.err) {
    EXPECT_NE(ran.err.find(part), std::string::npos) << part << " is not in:\n" << ran.err;
  }
  if (spoken.out.empty()) {
    EXPECT_EQ(ran.out, "");
  }
  if (spoken.err.empty()) {
    EXPECT_EQ(ran.err, "");
  }
}

INSTANTIATE_TEST_SUITE_P(Done, Program, testing::ValuesIn(done()),
                         [](const auto& one) { return std::string(one.param.name); });
INSTANTIATE_TEST_SUITE_P(Refused, Program, testing::ValuesIn(refused()),
                         [](const auto& one) { return std::string(one.param.name); });

size_t widest_line(const std::string& text) {
  size_t widest = 0;
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    widest = std::max(widest, end - begin);
    begin = end + 1;
  }
  return widest;
}

TEST(Help, KeepsToAHundredColumns) {
  for (const char* verb : {"analyze", "demo", "simulate", "doctor", "version", "completion"}) {
    EXPECT_LE(widest_line(run({"regulars", verb, "--help"}).out), 100u) << verb;
  }
}

}  // namespace
}  // namespace regulars::cli_tests
