// Every file of tests/data, read as the program reads it: what is expected of it, and what holds
// for all. A failing case prints each difference on a line.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/clock.h"
#include "data_case.h"

namespace regulars::nasty {
namespace {

std::string data_folder() {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  return std::string(source != nullptr ? source : REGULARS_SOURCE_DIR) + "/tests/data";
}

std::vector<std::string> case_names() {
  const std::string ending = ".expected.json";
  std::vector<std::string> names;
  const auto all = real_files().list(data_folder());
  for (const std::string& name : all ? *all : std::vector<std::string>()) {
    if (name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
  }
  return names;
}

const FixedClock& clock_of_the_tests() {
  static const FixedClock kClock(Zone::utc().at(to_day({2024, 6, 1}), 0));
  return kClock;
}

Result<app::Analysis> analyze(const app::AnalyzeOptions& options) {
  return app::analyze(options, real_files(), clock_of_the_tests(), {});
}

std::string listed(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n  " + line;
  return text;
}

// The figures of a summary, without how they came about.
std::string figures(const app::Analysis& analysis) {
  Json summary = Json::parse(app::summary_json(analysis));
  for (const char* part : {"command", "files", "notices"}) summary.erase(part);
  return summary.dump(2);
}

class NastyFile : public testing::TestWithParam<std::string> {};

TEST_P(NastyFile, GivesWhatACarefulAnalystWouldGet) {
  const auto [made, fault] = load_case(data_folder(), GetParam());
  ASSERT_EQ(fault, "");
  auto analysis = analyze(made.options);
  if (!made.error.is_null()) {
    ASSERT_FALSE(analysis) << "an error was expected; found\n"
                           << app::terminal_text(*analysis, 100, false);
    const auto lines = differences_of_error(made.error, analysis.error());
    EXPECT_TRUE(lines.empty()) << listed(lines);
    return;
  }
  ASSERT_TRUE(analysis) << analysis.error().to_string();
  MemoryFiles files;
  const auto written = app::write_outputs(*analysis, made.options, files);
  ASSERT_TRUE(written) << written.error().to_string();
  const Outcome outcome = outcome_of(*analysis, files);
  const auto lines = differences(made.expect, outcome);
  EXPECT_TRUE(lines.empty()) << listed(lines) << "\n" << outcome.terminal;
  const auto broken = broken_promises(outcome);
  EXPECT_TRUE(broken.empty()) << listed(broken);
}

// The answer is a matter of the file, not of how the work was shared out.
TEST_P(NastyFile, IsTheSameWithAnyNumberOfThreads) {
  auto [made, fault] = load_case(data_folder(), GetParam());
  ASSERT_EQ(fault, "");
  made.options.threads = 1;
  made.options.overrides.rows.threads = 1;
  const auto one = analyze(made.options);
  made.options.threads = 3;
  made.options.overrides.rows.threads = 3;
  const auto three = analyze(made.options);
  ASSERT_EQ(one.ok(), three.ok());
  if (one) {
    EXPECT_EQ(app::summary_json(*one), app::summary_json(*three));
  } else {
    EXPECT_EQ(one.error().to_string(), three.error().to_string());
  }
}

// Nothing is lost or bent on the way through the project database, nor by reading a file twice.
TEST_P(NastyFile, IsTheSameOutOfADatabase) {
  auto [made, fault] = load_case(data_folder(), GetParam());
  ASSERT_EQ(fault, "");
  if (!made.error.is_null()) return;
  const auto plain = analyze(made.options);
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("regulars-nasty-" + GetParam());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  made.options.database = (folder / "shop.db").string();
  const auto first = analyze(made.options);
  const auto second = analyze(made.options);
  ASSERT_TRUE(plain && first && second)
      << (first ? "" : first.error().to_string()) << (second ? "" : second.error().to_string());
  const std::string expected = figures(*plain);
  EXPECT_EQ(expected, figures(*first));
  EXPECT_EQ(expected, figures(*second));
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(, NastyFile, testing::ValuesIn(case_names()),
                         [](const auto& one) { return one.param; });

TEST(NastyFiles, AreThere) { EXPECT_GE(case_names().size(), 100u); }

}  // namespace
}  // namespace regulars::nasty
