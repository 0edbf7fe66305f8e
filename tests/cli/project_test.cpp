// A project as a user works with it: run, lists for others, questions about its health.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
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

// First cells of a CSV file below its heading.
std::set<std::string> ids_of(const std::string& path) {
  std::set<std::string> ids;
  std::istringstream stream(content(path));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) ids.insert(line.substr(0, line.find(',')));
  return ids;
}

Json json_of(const Ran& ran) {
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return Json::parse(ran.out, nullptr, false);
}

// The starter project on a small simulated shop, run once for all tests.
class Project : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    fs::copy(REGULARS_SOURCE_DIR "/examples/starter", shop(), fs::copy_options::recursive);
    const Ran made = run({"regulars", "simulate", shop() + "/data", "--preset", "fashion",
                          "--customers", "600", "--seed", "11"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const Ran ran = run({"regulars", "run", shop()});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    said_ = ran.out;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  static std::string shop() { return *folder_ / "shop"; }

  static TemporaryFolder* folder_;
  static std::string said_;
};
TemporaryFolder* Project::folder_ = nullptr;
std::string Project::said_;

TEST_F(Project, RunWritesTheDeclaredLists) {
  EXPECT_TRUE(fs::exists(shop() + "/exports/valuable_and_slipping.csv"));
  EXPECT_TRUE(fs::exists(shop() + "/exports/birthday_mail.csv"));
  EXPECT_NE(said_.find("in segment"), std::string::npos) << said_;
}

TEST_F(Project, ExportAddsUpAndKeepsTheControlGroupApart) {
  const std::string file = shop() + "/out/list.csv";
  const Json json = json_of(
      run({"regulars", "export", shop(), "--segment", "one_and_done", "--to", file, "--purpose",
           "marketing", "--channel", "email", "--columns", "net_1y", "days_silent", "--json"}));
  ASSERT_EQ(json["exports"].size(), 1u);
  const Json& row = json["exports"][0];
  const auto reached = ids_of(file);
  const auto control = ids_of(shop() + "/out/list.control.csv");
  EXPECT_EQ(row["written"], reached.size());
  EXPECT_EQ(row["not_control"], reached.size());
  EXPECT_EQ(row["not_on_lists"], reached.size() + control.size());
  EXPECT_LE(row["not_on_lists"], row["consented"]);
  EXPECT_LT(row["consented"], row["in_segment"]);
  EXPECT_GT(control.size(), 0u);
  for (const std::string& id : control) EXPECT_FALSE(reached.contains(id)) << id;
  EXPECT_TRUE(content(file).starts_with("customer_id,net_1y,days_silent\n"));
}

TEST_F(Project, WithoutPurposeEverybodyIsListedWithTheGroup) {
  const std::string file = shop() + "/out/all.csv";
  const Json json = json_of(
      run({"regulars", "export", shop(), "--segment", "one_and_done", "--to", file, "--json"}));
  EXPECT_EQ(json["exports"][0]["written"], json["exports"][0]["in_segment"]);
  EXPECT_TRUE(json["exports"][0]["consented"].is_null());
  EXPECT_TRUE(content(file).starts_with("customer_id,group\n"));
  EXPECT_NE(content(file).find(",control\n"), std::string::npos);
  EXPECT_FALSE(fs::exists(shop() + "/out/all.control.csv"));
}

TEST_F(Project, DeltaTellsWhoCameAndWhoWent) {
  const std::string file = shop() + "/out/delta.csv";
  const auto ask = [&](const std::string& at) {
    return json_of(run({"regulars", "export", shop(), "--segment", "one_and_done", "--to", file,
                        "--delta", "--json", "--as-of", at}))["exports"][0];
  };
  const Json first = ask("2025-03-31");
  const auto before = ids_of(file);
  EXPECT_EQ(first["added"], before.size());
  EXPECT_EQ(first["removed"], 0);
  const Json second = ask("2025-06-30");
  EXPECT_TRUE(content(file).starts_with("customer_id,change,group\n"));
  EXPECT_GT(second["added"], 0);
  EXPECT_GT(second["removed"], 0);
  EXPECT_EQ(second["changed"], 0);
  // What was there, with the changes made, is what is there now.
  std::set<std::string> now = before;
  std::istringstream stream(content(file));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    const std::string id = line.substr(0, line.find(','));
    const bool removed = line.find(",removed,") != std::string::npos;
    EXPECT_TRUE(removed ? now.erase(id) == 1 : now.insert(id).second) << line;
  }
  const Json whole = json_of(run({"regulars", "export", shop(), "--segment", "one_and_done", "--to",
                                  shop() + "/out/whole.csv", "--as-of", "2025-06-30", "--json"}));
  EXPECT_EQ(ids_of(shop() + "/out/whole.csv"), now);
  EXPECT_EQ(whole["exports"][0]["written"], now.size());
  const Json third = ask("2025-06-30");
  EXPECT_EQ(third["written"], 0);
}

TEST_F(Project, EveryFormatIsWritten) {
  for (const char* name : {"l.parquet", "l.xlsx", "l.jsonl"}) {
    const std::string file = shop() + "/out/" + name;
    const Ran ran = run({"regulars", "export", shop(), "--segment", "one_and_done", "--to", file});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_GT(fs::file_size(file), 100u) << name;
  }
}

TEST_F(Project, ExportRefusesWhatMakesNoSense) {
  EXPECT_EQ(run({"regulars", "export", shop(), "birthday_mial"}).exit_code, 1);
  EXPECT_NE(run({"regulars", "export", shop(), "birthday_mial"}).err.find("birthday_mail"),
            std::string::npos);
  EXPECT_EQ(run({"regulars", "export", shop(), "--to", "x.csv"}).exit_code, 2);
  EXPECT_EQ(run({"regulars", "export", shop(), "--segment", "one_and_done"}).exit_code, 2);
  const Ran unset = run({"regulars", "export", shop(), "--segment", "one_and_done", "--to",
                         "postgres:NOT_SET_ANYWHERE/t"});
  EXPECT_EQ(unset.exit_code, 2);
  EXPECT_NE(unset.err.find("NOT_SET_ANYWHERE"), std::string::npos) << unset.err;
}

TEST_F(Project, InitMakesAProjectOfFilesThatRunsAtOnce) {
  const TemporaryFolder folder;
  const std::string data = shop() + "/data/";
  const Ran made = run(
      {"regulars", "init", "mine", "--from", data + "orders.csv", "--customers",
       data + "customers.csv", "--products", data + "products.csv", "--events",
       "visit=" + data + "visits.csv", data + "message_events.csv", "--time-zone", "Europe/Berlin"},
      {.folder = folder.path()});
  EXPECT_EQ(made.exit_code, 2);  // no event type is called so
  EXPECT_NE(made.err.find("TYPE=FILE"), std::string::npos) << made.err;
  EXPECT_FALSE(fs::exists(folder / "mine"));
  const Json json =
      json_of(run({"regulars", "init", "mine", "--from", data + "orders.csv", "--customers",
                   data + "customers.csv", "--products", data + "products.csv", "--events",
                   data + "visits.csv", "--time-zone", "Europe/Berlin", "--json"},
                  {.folder = folder.path()}));
  EXPECT_FALSE(json["columns"].empty());
  EXPECT_TRUE(fs::exists(folder / "mine/data/orders.csv"));
  const Ran ran = run({"regulars", "run", folder / "mine"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  // The same customers in the same segments as the project written by hand has.
  const Json ours = json_of(
      run({"regulars", "eval", folder / "mine", "--json", "sum(purchase.net) over last 1 year"}));
  const Json theirs =
      json_of(run({"regulars", "eval", shop(), "--json", "sum(purchase.net) over last 1 year"}));
  EXPECT_EQ(ours["as_of"], theirs["as_of"]);
  EXPECT_EQ(ours["values"], theirs["values"]);
  const Json ages = json_of(run({"regulars", "eval", folder / "mine", "--json", "age"}))["values"];
  EXPECT_TRUE(std::any_of(ages.begin(), ages.end(),
                          [](const Json& row) { return row["value"].is_number(); }));
}

TEST_F(Project, DoctorTellsWhatIsWrongByItsExitCode) {
  const Json well = json_of(run({"regulars", "doctor", shop(), "--json"}));
  EXPECT_EQ(well["at_fault"], false);
  for (const Json& one : well["findings"]) EXPECT_NE(one["code"], "not_read") << one;
  const std::string bad = shop() + "/segments/bad.yaml";
  std::ofstream(bad) << "bad: {rule: count(nothing_of_the_kind) > 1}\n";
  const Ran ran = run({"regulars", "doctor", shop(), "--json"});
  fs::remove(bad);
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  const Json sick = Json::parse(ran.out, nullptr, false);
  EXPECT_EQ(sick["at_fault"], true);
  EXPECT_EQ(sick["findings"][0]["code"], "definition");
  EXPECT_EQ(sick["findings"][0]["about"], "bad");
}

TEST(Init, WritesACommentedStartAndRefusesAFolderWithAProject) {
  const TemporaryFolder folder;
  const Ran made = run({"regulars", "init", "shop"}, {.folder = folder.path()});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  const std::string text = content(folder / "shop/regulars.yaml");
  EXPECT_NE(text.find("# "), std::string::npos);
  const Ran again = run({"regulars", "init", "shop"}, {.folder = folder.path()});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_EQ(content(folder / "shop/regulars.yaml"), text);
  // With a file of orders where the start says, it runs.
  fs::create_directories(folder / "shop/data");
  std::ofstream(folder / "shop/data/orders.csv") << "customer_id,date,order,amount\n"
                                                    "a,2024-01-05,1,10.00\n"
                                                    "b,2024-02-05,2,20.00\n";
  const Ran ran = run({"regulars", "run", "shop"}, {.folder = folder.path()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
}

TEST(Init, FilesBelowTheFolderStayWhereTheyAre) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "shop/mine");
  std::ofstream(folder / "shop/mine/o.csv") << "customer_id,date,order,amount\n"
                                               "a,2024-01-05,1,10.00\nb,2024-02-05,2,20.00\n";
  const Ran made =
      run({"regulars", "init", "shop", "--from", "shop/mine/o.csv"}, {.folder = folder.path()});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_FALSE(fs::exists(folder / "shop/data"));
  EXPECT_NE(content(folder / "shop/regulars.yaml").find("mine/o.csv"), std::string::npos);
  EXPECT_EQ(run({"regulars", "run", folder / "shop"}).exit_code, 0);
}

TEST(Init, MakesAProjectOfTheOnlineRetailExport) {
  const char* data = std::getenv("REGULARS_DATA");
  const std::string file =
      data == nullptr ? "" : std::string(data) + "/online_retail/online_retail.csv.gz";
  if (!fs::exists(file)) GTEST_SKIP() << "REGULARS_DATA names no folder with online_retail";
  const TemporaryFolder folder;
  ASSERT_EQ(run({"regulars", "init", folder / "shop", "--from", file}).exit_code, 0);
  const Ran ran = run({"regulars", "run", folder / "shop", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Json json = Json::parse(ran.out, nullptr, false);
  EXPECT_EQ(json["customers"], 4372);
  EXPECT_EQ(json["as_of"], "2011-12-09T23:59:59.999999Z");
}

TEST(RunOfAProject, AFailingExportIsNamedAndTheOthersAreWritten) {
  const TemporaryFolder folder;
  const std::string shop = folder / "shop";
  fs::create_directories(shop);
  std::ofstream(shop + "/orders.csv") << "customer,date,order,amount\n"
                                         "a,2024-01-05,1,10.00\nb,2024-02-05,2,20.00\n";
  std::ofstream(shop + "/regulars.yaml")
      << "name: Small\nsources:\n  orders: {kind: orders, files: orders.csv}\n"
         "exports:\n"
         "  - {name: db, segments: [all_of_them], format: postgres, postgres: NOT_SET, table: t}\n"
         "  - {name: file, segments: [all_of_them], file: out/file.csv}\n";
  fs::create_directories(shop + "/segments");
  std::ofstream(shop + "/segments/all.yaml") << "all_of_them: {rule: count(purchase) >= 1}\n";
  const Ran ran = run({"regulars", "run", shop});
  EXPECT_EQ(ran.exit_code, 1) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("export 'db' was not written"), std::string::npos) << ran.out << ran.err;
  EXPECT_EQ(ids_of(shop + "/out/file.csv"), (std::set<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace regulars::cli_tests
