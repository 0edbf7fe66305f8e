// The main job as a user sees it, on a simulated shop and on small files: what is printed, what is
// written, and that the same question gives the same answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string first_line(const std::string& path) {
  const auto lines = lines_of(content(path));
  return lines.empty() ? std::string() : lines.front();
}

// One shop for all tests, made by the program itself.
class Shop : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const Ran made =
        run({"regulars", "simulate", orders_folder(), "--preset", "coffee", "--customers", "600",
             "--from", "2023-01-01", "--to", "2023-12-31", "--seed", "11"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const Ran ran = analyze({"--out", out()});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    summary_ = ran.out;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  static std::string orders_folder() { return *folder_ / "shop"; }
  static std::string orders() { return orders_folder() + "/orders.csv"; }
  static std::string out() { return *folder_ / "report"; }

  static Ran analyze(std::vector<std::string> more, const HowToRun& how = {}) {
    std::vector<std::string> command = {"regulars", "analyze", orders()};
    command.insert(command.end(), more.begin(), more.end());
    return run(command, how);
  }

  // customer id -> group, of every list of a report.
  static std::map<std::string, std::map<std::string, std::string>> groups(
      const std::string& report) {
    std::map<std::string, std::map<std::string, std::string>> all;
    for (const auto& entry : fs::directory_iterator(report + "/lists")) {
      const auto lines = lines_of(content(entry.path().string()));
      auto& list = all[entry.path().filename().string()];
      for (size_t i = 1; i < lines.size(); ++i) {
        list[lines[i].substr(0, lines[i].find(','))] = lines[i].substr(lines[i].rfind(',') + 1);
      }
    }
    return all;
  }

  static TemporaryFolder* folder_;
  static std::string summary_;
};

TemporaryFolder* Shop::folder_ = nullptr;
std::string Shop::summary_;

TEST_F(Shop, SummaryFitsAScreen) {
  const auto lines = lines_of(summary_);
  EXPECT_LE(lines.size(), 34u) << summary_;
  EXPECT_GE(lines.size(), 15u) << summary_;
  for (const std::string& line : lines) {
    const auto width = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    EXPECT_LE(width, 100) << line;
  }
  for (const char* part : {"Read as", "Ties out", "Who pays", "Life cycle", "RFM", "Wrote"}) {
    EXPECT_NE(summary_.find(part), std::string::npos) << part << " is not in:\n" << summary_;
  }
}

TEST_F(Shop, EveryFileIsThere) {
  for (const char* name : {"summary.json", "customers.csv", "segments.csv", "rejects.csv",
                           "regulars.xlsx", "report.html", "lists"}) {
    EXPECT_TRUE(fs::exists(out() + "/" + name)) << name;
  }
  EXPECT_EQ(content(out() + "/regulars.xlsx").substr(0, 2), "PK");
  EXPECT_NE(content(out() + "/report.html").find("</html>"), std::string::npos);
  EXPECT_FALSE(fs::is_empty(out() + "/lists"));
}

TEST_F(Shop, HeadersAreAsPromised) {
  EXPECT_EQ(first_line(out() + "/customers.csv"),
            "customer_id,first_purchase,last_purchase,orders,gross_revenue,net_revenue,"
            "average_order,recency_days,usual_gap_days,r,f,m,rfm_class,life_cycle,value_tier");
  EXPECT_EQ(first_line(out() + "/rejects.csv"), "file,line,column,field,reason,raw");
  for (const auto& entry : fs::directory_iterator(out() + "/lists")) {
    EXPECT_EQ(first_line(entry.path().string()),
              "customer_id,why,last_order,usual_gap_days,value,group");
  }
}

TEST_F(Shop, SummaryJsonHasThePromisedParts) {
  const Json summary = Json::parse(content(out() + "/summary.json"), nullptr, false);
  ASSERT_TRUE(summary.is_object());
  for (const char* part : {"version", "source", "as_of", "from", "to", "customers_seen",
                           "customers", "customers_without_purchase", "orders", "gross_revenue",
                           "refunds", "net_revenue", "rows", "columns", "cuts", "segmentations"}) {
    EXPECT_TRUE(summary.contains(part)) << part;
  }
  for (const char* part :
       {"read", "used", "refunds", "zero", "unattributed", "rejected", "duplicates"}) {
    EXPECT_TRUE(summary["rows"][part].is_number_integer()) << part;
  }
  for (const char* amount : {"gross_revenue", "refunds", "net_revenue"}) {
    EXPECT_TRUE(summary[amount].is_string()) << amount;
  }
  for (const Json& segmentation : summary["segmentations"]) {
    for (const Json& one : segmentation["classes"]) {
      for (const char* part : {"name", "customers", "orders", "net_revenue", "self_test"}) {
        EXPECT_TRUE(one.contains(part)) << part;
      }
    }
  }
}

Json without_files(Json summary) {
  for (const char* part : {"files", "generated_at", "command", "notices"}) summary.erase(part);
  return summary;
}

TEST_F(Shop, JsonIsPrintedInsteadOfTheSummary) {
  const Ran ran = analyze({"--json", "--out", *folder_ / "json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Json printed = Json::parse(ran.out, nullptr, false);
  const Json written = Json::parse(content(*folder_ / "json/summary.json"), nullptr, false);
  ASSERT_TRUE(printed.is_object()) << ran.out.substr(0, 200);
  EXPECT_EQ(without_files(printed), without_files(written));
}

TEST_F(Shop, TheSameAgainInAnotherFolder) {
  const Ran ran = analyze({"--out", *folder_ / "again"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  for (const char* name : {"customers.csv", "segments.csv", "months.csv", "rejects.csv"}) {
    EXPECT_EQ(content(out() + "/" + name), content(*folder_ / "again/" + name)) << name;
  }
  EXPECT_EQ(groups(out()), groups(*folder_ / "again"));
}

TEST_F(Shop, DefaultFolderIsMadeWhereTheUserIs) {
  const TemporaryFolder here;
  const Ran ran = analyze({}, {.folder = here.path()});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(fs::exists(here / "regulars-report/report.html"));
}

TEST_F(Shop, ControlGroupIsAFifthAndStable) {
  size_t controls = 0;
  size_t members = 0;
  for (const auto& [list, people] : groups(out())) {
    for (const auto& [id, group] : people) {
      EXPECT_TRUE(group == "control" || group == "contact") << list << ": " << group;
      controls += group == "control" ? 1 : 0;
      ++members;
    }
  }
  ASSERT_GT(members, 200u);
  const double share = static_cast<double>(controls) / static_cast<double>(members);
  EXPECT_NEAR(share, 0.2, 0.06);
}

// A customer's group in a list is hers: another as-of, with other members, does not draw it anew.
TEST_F(Shop, ControlGroupStaysWhenTheListChanges) {
  const Ran ran = analyze({"--as-of", "2023-11-15", "--out", *folder_ / "earlier"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto now = groups(out());
  size_t compared = 0;
  for (const auto& [list, people] : groups(*folder_ / "earlier")) {
    if (!now.contains(list)) continue;
    for (const auto& [id, group] : people) {
      const auto same = now.at(list).find(id);
      if (same == now.at(list).end()) continue;
      EXPECT_EQ(same->second, group) << list << ", " << id;
      ++compared;
    }
  }
  EXPECT_GT(compared, 50u);
}

TEST_F(Shop, AnotherSaltDrawsOtherControls) {
  const Ran ran = analyze({"--salt", "7", "--control", "50%", "--out", *folder_ / "salted"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(groups(out()), groups(*folder_ / "salted"));
}

TEST_F(Shop, ColourOnlyOnATerminalAndNeverWithNoColor) {
  const std::string escape = "\x1b[1;";
  if (!terminals_available()) GTEST_SKIP() << "no pseudo terminals here: colour NOT TESTED";
  const HowToRun terminal = {.folder = folder_->path(), .environment = {}, .on_terminal = true};
  HowToRun plain = terminal;
  plain.environment = {{"NO_COLOR", "1"}};
  EXPECT_NE(analyze({"--out", *folder_ / "t"}, terminal).out.find(escape), std::string::npos);
  EXPECT_EQ(analyze({"--out", *folder_ / "t"}, plain).out.find("\x1b[1"), std::string::npos);
  EXPECT_EQ(summary_.find('\x1b'), std::string::npos);
}

TEST_F(Shop, DatabaseTwiceGivesTheSameAnswer) {
  const std::string database = *folder_ / "shop.db";
  const Ran first = analyze({"--json", "--database", database, "--out", *folder_ / "d1"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const Ran second = analyze({"--json", "--database", database, "--out", *folder_ / "d2"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  const Json one = Json::parse(first.out, nullptr, false);
  const Json two = Json::parse(second.out, nullptr, false);
  const Json plain = Json::parse(content(out() + "/summary.json"), nullptr, false);
  ASSERT_TRUE(one.is_object() && two.is_object());
  EXPECT_EQ(without_files(one), without_files(two));
  for (const char* part : {"customers", "orders", "gross_revenue", "refunds", "net_revenue",
                           "as_of", "segmentations"}) {
    EXPECT_EQ(one[part], plain[part]) << part;
  }
  EXPECT_EQ(content(*folder_ / "d1/customers.csv"), content(*folder_ / "d2/customers.csv"));
}

TEST_F(Shop, UnwritableOutIsAnErrorThatNamesThePath) {
  const Ran ran = analyze({"--out", orders() + "/report"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("orders.csv/report"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.out, "");
}

TEST(Mapping, SavedAnswersReadTheNextFile) {
  const TemporaryFolder folder;
  const std::string mapping = folder / "shop.json";
  const Ran first = run({"regulars", "analyze", test_data("ambiguous_dates.csv"), "--time-format",
                         "mdy", "--json", "--save-mapping", mapping, "--out", folder / "a"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const Ran second = run({"regulars", "analyze", test_data("ambiguous_dates.csv"), "--json",
                          "--mapping", mapping, "--out", folder / "b"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  const Json one = Json::parse(first.out, nullptr, false);
  const Json two = Json::parse(second.out, nullptr, false);
  ASSERT_TRUE(one.is_object() && two.is_object());
  EXPECT_EQ(two["from"], "2024-05-01");  // 05/01/2024 is 1 May, as was said once
  for (const char* part : {"rows", "customers", "orders", "net_revenue", "from", "to", "as_of"}) {
    EXPECT_EQ(one[part], two[part]) << part;
  }
}

TEST(Mapping, OfAnotherShapeIsRefused) {
  const TemporaryFolder folder;
  const std::string mapping = folder / "shop.json";
  ASSERT_EQ(run({"regulars", "analyze", test_data("decimal_comma.csv"), "--save-mapping", mapping,
                 "--out", folder / "a"})
                .exit_code,
            0);
  const Ran ran = run({"regulars", "analyze", test_data("semicolons.csv"), "--mapping", mapping,
                       "--out", folder / "b"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("Kunde"), std::string::npos) << ran.err;
  EXPECT_FALSE(fs::exists(folder / "b"));
}

TEST(Demo, MakesAShopAndFindsItsTruth) {
  const TemporaryFolder folder;
  const Ran ran = run({"regulars", "demo", "shop", "--preset", "coffee", "--seed", "3"},
                      {.folder = folder.path()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out.find("but the truth is"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("equal"), std::string::npos) << ran.out;
  EXPECT_TRUE(fs::exists(folder / "shop/report/report.html"));
}

TEST(Completion, ScriptsAreValidAndComplete) {
  const TemporaryFolder folder;
  const Ran bash = run({"regulars", "completion", "bash"});
  ASSERT_EQ(bash.exit_code, 0);
  std::ofstream(folder / "completion.bash") << bash.out;
  EXPECT_EQ(run({"bash", "-n", folder / "completion.bash"}).exit_code, 0);
  const std::string complete =
      "source '" + folder / "completion.bash" +
      "'; COMP_WORDS=(regulars an); COMP_CWORD=1; _regulars; echo \"${COMPREPLY[@]}\"; "
      "COMP_WORDS=(regulars analyze --save); COMP_CWORD=2; _regulars; echo \"${COMPREPLY[@]}\"";
  EXPECT_EQ(run({"bash", "-c", complete}).out, "analyze\n--save-mapping\n");
  for (const char* shell : {"zsh", "fish"}) {
    const Ran ran = run({"regulars", "completion", shell});
    EXPECT_EQ(ran.exit_code, 0) << shell;
    EXPECT_NE(ran.out.find("save-mapping"), std::string::npos) << shell;
  }
}

}  // namespace
}  // namespace regulars::cli_tests
