// `regulars run` under bad luck and wrong rules: what the last good run left is never lost.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class Run : public testing::Test {
 protected:
  Run() {
    fs::copy(REGULARS_SOURCE_DIR "/examples/starter", shop(), fs::copy_options::recursive);
    const Ran made = run({"regulars", "simulate", shop() + "/data", "--preset", "fashion",
                          "--customers", "300", "--seed", "5"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  std::string shop() const { return folder_ / "shop"; }
  std::string copy(const std::string& name) const {
    fs::copy(shop(), folder_ / name, fs::copy_options::recursive);
    return folder_ / name;
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  static Json done(const std::string& shop) {
    const Ran ran = run({"regulars", "run", shop, "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  // Asked anew of the data, not read from what the run wrote.
  static Json asked(const std::string& shop) {
    const Ran ran = run({"regulars", "segment", "size", shop, "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  static int64_t customers(const Json& report, const std::string& segment) {
    for (const Json& one : report["segments"]) {
      if (one["segment"] == segment) return one["customers"];
    }
    return -1;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(Run, ASecondRunWithNothingNewChangesNothing) {
  const Json first = done(shop());
  const Json second = done(shop());
  ASSERT_FALSE(second["segments"].empty());
  for (size_t i = 0; i < second["segments"].size(); ++i) {
    const Json& one = second["segments"][i];
    EXPECT_EQ(one["customers"], first["segments"][i]["customers"]);
    EXPECT_EQ(one["entered"], 0) << one.dump();
    EXPECT_EQ(one["left"], 0) << one.dump();
    EXPECT_EQ(one["corrected"], 0) << one.dump();
  }
}

TEST_F(Run, KilledAtAnyMomentItGoesOnToTheSameEnd) {
  const std::string calm = copy("calm");
  const Json expected = done(calm);
  for (const char* seconds :
       {"0.02", "0.05", "0.08", "0.12", "0.16", "0.2", "0.25", "0.3", "0.4", "0.5"}) {
    (void)run({"timeout", "-s", "KILL", seconds, REGULARS_PROGRAM, "run", shop()});
  }
  const Json after = done(shop());
  ASSERT_EQ(after["segments"].size(), expected["segments"].size());
  for (const Json& one : expected["segments"]) {
    EXPECT_EQ(customers(after, one["segment"]), one["customers"]) << one.dump();
  }
  EXPECT_EQ(asked(shop())["segments"], asked(calm)["segments"]);
}

TEST_F(Run, AWrongRuleFailsTheRunAndLeavesWhatWasThere) {
  write(shop() + "/segments/mine.yaml", "mine:\n  rule: count(purchase) >= 2\n");
  const Json first = done(shop());
  ASSERT_GE(customers(first, "mine"), 0) << first.dump();
  write(shop() + "/segments/wrong.yaml", "wrong:\n  rule: count(purchse) >= 2\n");
  const Ran refused = run({"regulars", "run", shop()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("wrong.yaml:2"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("purchase"), std::string::npos) << refused.err;
  fs::remove(shop() + "/segments/wrong.yaml");
  const Json again = done(shop());
  EXPECT_EQ(customers(again, "mine"), customers(first, "mine"));
}

TEST_F(Run, AnEditedRuleHoldsExactlyThoseOfTheNewRule) {
  const std::string file = shop() + "/segments/mine.yaml";
  write(file, "mine:\n  rule: count(purchase) >= 1\n");
  const int64_t before = customers(done(shop()), "mine");
  write(file, "mine:\n  rule: count(purchase) >= 4\n");
  const int64_t after = customers(done(shop()), "mine");
  EXPECT_LT(after, before);
  EXPECT_EQ(after, customers(asked(shop()), "mine"));
}

}  // namespace
}  // namespace regulars::cli_tests
