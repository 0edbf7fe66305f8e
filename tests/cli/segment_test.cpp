// `regulars eval` and every `regulars segment` verb on eight orders, few enough to know each answer
// by thinking:
//
//   ann  20.00 on 20 January, 30.00 on 10 February, 50.00 on 5 March
//   bea  10.00 on 10 January, 15.00 on 25 March
//   cem   5.00 on 15 February
//   dan  40.00 on 20 March
//   eve   7.50 on 31 March
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/time.h"
#include "run_program.h"

namespace regulars::cli_tests {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

void write_project(const std::string& shop) {
  write(
      shop + "/regulars.yaml",
      "name: Corner shop\nzone: Europe/Berlin\ncurrency: EUR\nconsent: {default: none}\n"
      "sources:\n"
      "  orders: {kind: orders, files: data/orders.csv}\n"
      "  consents: {kind: events, type: consent, files: data/consents.csv, columns: {time: at}}\n");
  // Not in the order of the ids.
  write(shop + "/data/orders.csv",
        "customer_id,date,order,amount\n"
        "eve,2024-03-31,8,7.50\n"
        "bea,2024-01-10,1,10.00\n"
        "ann,2024-01-20,2,20.00\n"
        "ann,2024-02-10,3,30.00\n"
        "cem,2024-02-15,4,5.00\n"
        "ann,2024-03-05,5,50.00\n"
        "dan,2024-03-20,6,40.00\n"
        "bea,2024-03-25,7,15.00\n");
  write(shop + "/data/consents.csv",
        "customer_id,at,purpose,channel,state\n"
        "ann,2024-01-20,marketing,email,granted\n"
        "cem,2024-02-15,marketing,email,granted\n");
  write(shop + "/segments/ours.yaml",
        "repeat:\n"
        "  title: Came again\n"
        "  why: A second order shows that they liked it.\n"
        "  rule: count(purchase)>=2\n"
        "  action: Say thanks.\n"
        "  owner: Mara\n"
        "  control: 0 %\n"
        "big: {rule: max(purchase.net) >= 40}\n"
        "nobody: {rule: count(purchase) >= 100}\n");
}

void expect_has(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "no \"" << part << "\" in:\n" << text;
}

// The project is made and run once; tests only ask it, those who change something take a copy.
class SmallShop : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    write_project(shop());
    const Ran ran = run({"regulars", "run", shop()});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  static std::string shop() { return *folder_ / "shop"; }
  static std::string copy(const std::string& name) {
    fs::copy(shop(), *folder_ / name, fs::copy_options::recursive);
    return *folder_ / name;
  }
  static std::string file(const std::string& name) { return *folder_ / name; }

  static std::string eval(const std::string& expression,
                          const std::vector<std::string>& more = {}) {
    return answer({"eval", shop(), expression}, more);
  }
  static std::string segment(const std::string& verb, std::vector<std::string> words,
                             const std::vector<std::string>& more = {}) {
    return segment_of(shop(), verb, std::move(words), more);
  }
  static std::string segment_of(const std::string& shop, const std::string& verb,
                                std::vector<std::string> words,
                                const std::vector<std::string>& more = {}) {
    words.insert(words.begin(), {"segment", verb, shop});
    return answer(std::move(words), more);
  }
  static std::string answer(std::vector<std::string> command,
                            const std::vector<std::string>& more) {
    command.insert(command.begin(), "regulars");
    command.insert(command.end(), more.begin(), more.end());
    const Ran ran = run(command);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }
  static Json json(const std::string& verb, const std::vector<std::string>& words,
                   const std::vector<std::string>& more = {}) {
    return Json::parse(segment(verb, words, with_json(more)), nullptr, false);
  }
  // The message of a command that is refused with this exit code and prints no answer.
  static std::string refused(int exit_code, std::vector<std::string> command) {
    command.insert(command.begin(), "regulars");
    const Ran ran = run(command);
    EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
    EXPECT_EQ(ran.out, "");
    return ran.err;
  }
  static std::vector<std::string> with_json(std::vector<std::string> more) {
    more.push_back("--json");
    return more;
  }

 private:
  static TemporaryFolder* folder_;
};
TemporaryFolder* SmallShop::folder_ = nullptr;

TEST_F(SmallShop, EvalPrintsATableInTheOrderOfIds) {
  EXPECT_EQ(eval("count(purchase)"), "customer_id,value\nann,3\nbea,2\ncem,1\ndan,1\neve,1\n");
}

TEST_F(SmallShop, EvalLeavesTheUnknownEmpty) {
  // The last 30 days are those from 2 March on: cem bought nothing.
  EXPECT_EQ(eval("max(purchase.net) over last 30 days"),
            "customer_id,value\nann,50.00\nbea,15.00\ncem,\ndan,40.00\neve,7.50\n");
  const Json json = Json::parse(eval("max(purchase.net) over last 30 days", {"--json"}));
  EXPECT_TRUE(json["values"][2]["value"].is_null());
}

TEST_F(SmallShop, EvalAsJsonSaysWhatWasAsked) {
  const std::string text = eval("count(purchase)>=2", {"--format", "json"});
  const Json json = Json::parse(text, nullptr, false);
  EXPECT_EQ(json["expression"], "count(purchase) >= 2");
  EXPECT_EQ(json["as_of"], "2024-03-31T21:59:59.999999Z");  // summer time began that morning
  ASSERT_EQ(json["values"].size(), 5u);
  EXPECT_EQ(json["values"][1], (Json{{"customer_id", "bea"}, {"value", true}}));
  EXPECT_EQ(json["values"][2], (Json{{"customer_id", "cem"}, {"value", false}}));
  EXPECT_EQ(eval("count(purchase)>=2", {"--json"}), text);
}

TEST_F(SmallShop, EvalOfThePastKnowsOnlyThePast) {
  EXPECT_EQ(eval("count(purchase)", {"--as-of", "2024-02-10"}),
            "customer_id,value\nann,2\nbea,1\n");
  EXPECT_EQ(eval("count(purchase)", {"--as-of", "2024-02-09"}),
            "customer_id,value\nann,1\nbea,1\n");
  EXPECT_EQ(eval("count(purchase)", {"--as-of", "2020-01-01"}), "customer_id,value\n");
}

TEST_F(SmallShop, EvalMeasuresAgainstTheNewestSnapshotOrAnew) {
  const std::string rank = "percentile(sum(purchase.net))";
  // At the end of January ann had 20 and bea 10: 5 is below both, 50 above both, 10 above none.
  EXPECT_EQ(eval(rank, {"--as-of", "2024-02-20"}), "customer_id,value\nann,1\nbea,0\ncem,0\n");
  EXPECT_EQ(eval(rank, {"--as-of", "2024-02-20", "--population", "newest"}),
            eval(rank, {"--as-of", "2024-02-20"}));
  // On the day itself three are measured, cem at the bottom.
  EXPECT_EQ(eval(rank, {"--as-of", "2024-02-20", "--population", "recompute"}),
            "customer_id,value\nann,0.6666666666666666\nbea,0.3333333333333333\ncem,0\n");
}

TEST_F(SmallShop, EvalAsKnownBeforeALateOrderWasRead) {
  const std::string late = copy("late");
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const std::string between = to_iso(Instant{now.count()});
  std::ofstream(late + "/data/orders.csv", std::ios::app) << "cem,2024-03-30,9,12.00\n";
  ASSERT_EQ(run({"regulars", "run", late}).exit_code, 0);
  const auto asked = [&](const std::vector<std::string>& more) {
    return answer({"eval", late, "count(purchase)"}, more);
  };
  EXPECT_EQ(asked({}), "customer_id,value\nann,3\nbea,2\ncem,2\ndan,1\neve,1\n");
  EXPECT_EQ(asked({"--known-at", between}), eval("count(purchase)"));
  const std::string said =
      refused(1, {"eval", late, "count(purchase)", "--known-at", "2024-03-31"});
  expect_has(said, "nothing had been recorded by 2024-03-31");
}

TEST_F(SmallShop, ListHasEverySegmentWithItsSize) {
  const Json found = json("list", {});
  EXPECT_EQ(found["customers_known"], 5);
  ASSERT_EQ(found["segments"].size(), 3u);
  const Json& repeat = found["segments"][0];
  EXPECT_EQ(repeat["segment"], "repeat");
  EXPECT_EQ(repeat["customers"], 2);
  EXPECT_EQ(repeat["share"], 0.4);
  EXPECT_EQ(repeat["title"], "Came again");
  EXPECT_EQ(repeat["owner"], "Mara");
  EXPECT_EQ(found["segments"][2]["customers"], 0);
  expect_has(segment("list", {}), "Came again");
}

TEST_F(SmallShop, ShowHasRuleReasonActionAndPlace) {
  const Json found = json("show", {"repeat"});
  EXPECT_EQ(found["rule"], "count(purchase) >= 2");
  EXPECT_EQ(found["why"], "A second order shows that they liked it.");
  EXPECT_EQ(found["action"], "Say thanks.");
  EXPECT_EQ(found["customers"], 2);
  EXPECT_EQ(found["control_percent"], 0);
  EXPECT_EQ(found["place"], "segments/ours.yaml:4");
  expect_has(segment("show", {"repeat"}), "A second order shows that they liked it.");
}

TEST_F(SmallShop, CustomersAreListedWithWhatIsAskedOfThem) {
  EXPECT_EQ(segment("customers", {"repeat"}, {"--format", "csv"}), "customer_id\nann\nbea\n");
  EXPECT_EQ(segment("customers", {"repeat"},
                    {"--format", "csv", "--columns", "sum(purchase.net)", "count(purchase)"}),
            "customer_id,sum(purchase.net),count(purchase)\nann,100.00,3\nbea,25.00,2\n");
  EXPECT_EQ(segment("customers", {"nobody"}, {"--format", "csv"}), "customer_id\n");
  EXPECT_EQ(segment("customers", {"count(purchase) = 1"}, {"--format", "csv"}),
            "customer_id\ncem\ndan\neve\n");
}

TEST_F(SmallShop, CustomersForAPurposeAreThoseWhoConsented) {
  const Json found = json("customers", {"count(purchase) >= 1"}, {"--purpose", "marketing"});
  EXPECT_EQ(found["in_segment"], 5);
  EXPECT_EQ(found["listed"], 2);
  EXPECT_EQ(found["customers"], (Json{{{"customer_id", "ann"}}, {{"customer_id", "cem"}}}));
  expect_has(found["notes"][0], "3 of 5 left out for want of consent to marketing by email");
  EXPECT_EQ(segment("customers", {"count(purchase) >= 1"},
                    {"--purpose", "marketing", "--channel", "sms", "--format", "csv"}),
            "customer_id\n");
}

TEST_F(SmallShop, CustomersAtMostSoManySaysHowManyThereAre) {
  const Json found = json("customers", {"count(purchase) >= 1"}, {"--most", "2"});
  EXPECT_EQ(found["customers"], (Json{{{"customer_id", "ann"}}, {{"customer_id", "bea"}}}));
  EXPECT_EQ(found["listed"], 5);
  EXPECT_EQ(found["notes"][0], "The first 2 of 5 are shown.");
}

TEST_F(SmallShop, SizeOfSomeOrOfAll) {
  EXPECT_EQ(segment("size", {"big"}, {"--format", "csv"}), "segment,customers,share\nbig,2,0.4\n");
  EXPECT_EQ(segment("size", {}, {"--format", "csv"}),
            "segment,customers,share\nrepeat,2,0.4\nbig,2,0.4\nnobody,0,0\n");
  // In the middle of February ann came again, and cem is known too.
  EXPECT_EQ(segment("size", {"repeat"}, {"--format", "csv", "--as-of", "2024-02-15"}),
            "segment,customers,share\nrepeat,1,0.3333\n");
}

TEST_F(SmallShop, OverlapOfTwoSegmentsIsAnnAlone) {
  const Json found = json("overlap", {"repeat", "big"});
  EXPECT_EQ(found["in_any"], 3);  // ann, bea and dan
  EXPECT_EQ(found["pairs"], (Json{{{"a", "repeat"},
                                   {"b", "big"},
                                   {"both", 1},
                                   {"share_of_a", 0.5},
                                   {"share_of_b", 0.5},
                                   {"jaccard", 0.3333}}}));
  expect_has(segment("overlap", {"repeat", "nobody"}), "No two of these segments share a customer");
}

TEST_F(SmallShop, ExplainTellsInWordsWhatDecides) {
  const std::string text = segment("explain", {"repeat", "bea"});
  expect_has(text, "Customer bea is in 'repeat'");
  expect_has(text, "count(purchase) >= 2");
  expect_has(text, "is 2");
  expect_has(text, "2024-03-25");
  expect_has(segment("explain", {"repeat", "dan"}), "Customer dan is not in 'repeat'");
}

TEST_F(SmallShop, ExplainAsJsonNamesSegmentValueAndEvents) {
  const Json found = json("explain", {"big", "bea"});
  EXPECT_EQ(found["segment"], "big");
  EXPECT_EQ(found["customer"], "bea");
  EXPECT_EQ(found["in"], false);
  EXPECT_EQ(found["rule"]["text"], "max(purchase.net) >= 40");
  EXPECT_EQ(found["rule"]["value"], "15.00");
  EXPECT_EQ(found["rule"]["events_in_all"], 2);
  EXPECT_EQ(found["rule"]["events"][0]["at"], "2024-03-24T23:00:00Z");
  EXPECT_EQ(json("explain", {"count(purchase) = 1", "dan"})["in"], true);
}

TEST_F(SmallShop, DiffOfARuleOrAFileSaysWhoEntersAndLeaves) {
  const Json found = json("diff", {"repeat", "count(purchase)>=3"});
  EXPECT_EQ(found["rule_before"], "count(purchase) >= 2");
  EXPECT_EQ(found["rule_after"], "count(purchase) >= 3");
  EXPECT_EQ(found["before"], 2);
  EXPECT_EQ(found["after"], 1);
  EXPECT_EQ(found["customers"], (Json{{{"customer_id", "bea"}, {"change", "leaves"}}}));
  write(file("rules/new.txt"), "max(purchase.net) >= 30\n");
  EXPECT_EQ(segment("diff", {"repeat", "@" + file("rules/new.txt")}, {"--format", "csv"}),
            "customer_id,change\ndan,enters\nbea,leaves\n");
  expect_has(segment("diff", {"repeat", "count(purchase) > 1"}), "nobody enters, nobody leaves");
  expect_has(refused(1, {"segment", "diff", shop(), "repeat", "@" + file("none.txt")}),
             "none.txt: there is no such file");
}

TEST_F(SmallShop, HistoryCountsWhoCameAndWentAtEveryStep) {
  EXPECT_EQ(
      segment("history", {"repeat"},
              {"--from", "2024-01-01", "--to", "2024-03-31", "--step", "month", "--format", "csv"}),
      "as_of,customers,entered,left,customers_known,share\n"
      "2024-01-31,0,0,0,2,0\n"
      "2024-02-29,1,1,0,3,0.3333\n"
      "2024-03-31,2,1,0,5,0.4\n");
  EXPECT_EQ(
      segment("history", {"count(purchase) = 1"},
              {"--from", "2024-03-24", "--to", "2024-03-26", "--step", "day", "--format", "csv"}),
      "as_of,customers,entered,left,customers_known,share\n"
      "2024-03-24,3,0,0,4,0.75\n"
      "2024-03-25,2,0,1,4,0.5\n"
      "2024-03-26,2,0,0,4,0.5\n");
}

TEST_F(SmallShop, PreviewSaysWhomAnActionWouldReach) {
  EXPECT_EQ(segment("preview", {"repeat"}, {"--format", "csv"}),
            "channel,in_segment,consented,on_lists,control,reached\nemail,2,1,0,0,1\n");
  const Json sms = json("preview", {"repeat"}, {"--channel", "sms"});
  EXPECT_EQ(sms["channels"][0]["channel"], "sms");
  EXPECT_EQ(sms["channels"][0]["reached"], 0);
}

TEST_F(SmallShop, FrozenCutsStayUntilMeasuredAnewOrReleased) {
  const std::string own = copy("frozen");
  const std::string cuts = own + "/frozen.json";
  const auto freeze = [&](const std::vector<std::string>& more) {
    return segment_of(own, "freeze", {"value_tier"}, more);
  };
  expect_has(freeze({"--dry-run"}), "Nothing was changed");
  EXPECT_FALSE(fs::exists(cuts));
  const Json frozen = Json::parse(freeze({"--json"}), nullptr, false);
  EXPECT_EQ(frozen["moving"], 0);
  EXPECT_EQ(frozen["staying"], 5);
  EXPECT_TRUE(fs::exists(cuts));
  expect_has(refused(2, {"segment", "freeze", own, "value_tier"}), "frozen already");
  expect_has(freeze({"--refresh"}), "are frozen");
  expect_has(freeze({"--release", "--dry-run"}), "Nothing was changed");
  expect_has(refused(2, {"segment", "freeze", own, "value_tier"}), "frozen already");
  expect_has(freeze({"--release"}), "move again");
  expect_has(refused(2, {"segment", "freeze", own, "value_tier", "--release"}), "is not frozen");
  refused(2, {"segment", "freeze", own, "value_tier", "--release", "--refresh"});
  expect_has(refused(1, {"segment", "freeze", own, "value_teir"}), "Did you mean value_tier?");
}

TEST_F(SmallShop, AWrongNameIsAnsweredWithTheNearOne) {
  const std::vector<std::vector<std::string>> commands = {
      {"show", shop(), "repaet"},           {"customers", shop(), "repaet"},
      {"size", shop(), "repaet"},           {"overlap", shop(), "big", "repaet"},
      {"explain", shop(), "repaet", "ann"}, {"diff", shop(), "repaet", "count(purchase) > 1"},
      {"history", shop(), "repaet"},        {"preview", shop(), "repaet"}};
  for (std::vector<std::string> command : commands) {
    SCOPED_TRACE(command.front());
    command.insert(command.begin(), "segment");
    const std::string said = refused(1, command);
    expect_has(said, "there is no segment 'repaet'");
    expect_has(said, "Did you mean repeat?");
  }
}

TEST_F(SmallShop, AWrongRuleIsShownWithACaret) {
  const std::string shown = "  count(purchse) >= 2\n        ^^^^^^^  did you mean 'purchase'?\n";
  expect_has(refused(1, {"eval", shop(), "count(purchse) >= 2"}), shown);
  expect_has(refused(1, {"segment", "customers", shop(), "count(purchse) >= 2"}), shown);
  expect_has(refused(1, {"segment", "diff", shop(), "repeat", "count(purchse) >= 2"}), shown);
  expect_has(refused(1, {"eval", shop(), "count(purchase) >="}),
             "  count(purchase) >=\n                    ^\n");
}

TEST_F(SmallShop, AnUnknownCustomerIsAFaultOfTheQuestion) {
  expect_has(refused(1, {"segment", "explain", shop(), "repeat", "zed"}),
             "there is no customer 'zed' in the data");
}

TEST_F(SmallShop, AWrongCommandLineEndsWithTwo) {
  expect_has(refused(2, {"segment", "history", shop(), "repeat", "--step", "fortnight"}),
             "day, week, month, quarter or year");
  refused(2, {"segment", "history", shop(), "repeat", "--from", "yesterday"});
  refused(2,
          {"segment", "history", shop(), "repeat", "--from", "2024-03-01", "--to", "2024-02-01"});
  refused(2, {"eval", shop(), "1", "--as-of", "tomorrow"});
  refused(2, {"eval", shop(), "1", "--format", "xml"});
  refused(2, {"eval", shop(), "1", "--population", "oldest"});
  refused(2, {"eval", shop()});
  refused(2, {"segment"});
  refused(2, {"segment", "show", shop()});
}

TEST_F(SmallShop, NoProjectAndNoDataAreSaidApart) {
  fs::create_directories(file("empty"));
  for (const char* name : {"empty", "nowhere"}) {
    expect_has(refused(1, {"segment", "list", file(name)}), "it holds no regulars.yaml");
  }
  const std::string fresh = file("fresh");
  write_project(fresh);
  for (const char* again : {"once", "twice"}) {  // asking leaves nothing behind
    SCOPED_TRACE(again);
    const std::string said = refused(1, {"eval", fresh, "count(purchase)"});
    expect_has(said, "'Corner shop' has no data yet");
    expect_has(said, "regulars run " + fresh + "` first");
    EXPECT_FALSE(fs::exists(fresh + "/regulars.db"));
  }
  expect_has(refused(1, {"segment", "list", fresh}), "has no data yet");
}

}  // namespace
}  // namespace regulars::cli_tests
