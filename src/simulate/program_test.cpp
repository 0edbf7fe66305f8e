// What stands beside the orders: each file agrees with the orders, with the others and with the
// truth about the customer, as a reader of the files sees it.
#include <set>

#include "simulate/test_shop.h"

namespace regulars::simulate {
namespace {

class Shop : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new MemoryFiles;
    truth_ = new Truth(*write_shop(small_shop("fashion", 4000), *files_, "shop"));
  }
  static void TearDownTestSuite() {
    delete files_;
    delete truth_;
  }

  static std::vector<CsvRecord> read(const std::string& name) {
    return read_csv(*files_, "shop/" + name + ".csv");
  }
  static std::map<std::string, CsvRecord> by_id(const std::string& name) {
    std::map<std::string, CsvRecord> records;
    for (CsvRecord& record : read(name)) {
      const std::string id = record.at("customer_id");
      records.emplace(id, std::move(record));
    }
    return records;
  }

  static MemoryFiles* files_;
  static Truth* truth_;
};
MemoryFiles* Shop::files_ = nullptr;
Truth* Shop::truth_ = nullptr;

TEST_F(Shop, TruthCountsTheRows) {
  const std::pair<const char*, int64_t> counts[] = {{"interests", truth_->interests},
                                                    {"survey_answers", truth_->answer_rows},
                                                    {"message_events", truth_->message_events},
                                                    {"points", truth_->points_rows},
                                                    {"tiers", truth_->tier_changes},
                                                    {"referrals", truth_->referrals},
                                                    {"reviews", truth_->reviews},
                                                    {"service_cases", truth_->service_case_rows}};
  for (const auto& [name, count] : counts) {
    EXPECT_GT(count, 100) << name;
    EXPECT_EQ(std::ssize(read(name)), count) << name;
  }
  int64_t members = 0;
  std::map<std::string, int64_t> kinds;
  for (const CsvRecord& row : read("customers")) {
    members += row.at("member_since").empty() ? 0 : 1;
    ++kinds[row.at("kind")];
  }
  EXPECT_EQ(members, truth_->members);
  EXPECT_EQ(kinds["staff"], truth_->staff);
  EXPECT_EQ(kinds["test"], truth_->test_accounts);
  EXPECT_GT(truth_->staff, 0);
  EXPECT_GT(truth_->test_accounts, 0);
  EXPECT_LE(kinds["trade"], truth_->trade);
  EXPECT_GT(kinds["placeholder"], 0);
}

TEST_F(Shop, StatementsAddUp) {
  std::map<std::string, int64_t> balances;
  std::map<std::string, std::string> expires;
  std::map<std::string, int64_t> kinds;
  for (const CsvRecord& row : read("points")) {
    const std::string& customer = row.at("customer_id");
    int64_t& balance = balances[customer];
    balance += std::stoll(row.at("points"));
    ASSERT_EQ(balance, std::stoll(row.at("balance"))) << customer;
    ASSERT_GE(balance, 0);
    ASSERT_EQ(row.at("expires_at").empty(), balance == 0);
    if (row.at("kind") == "expire") {
      ASSERT_EQ(row.at("occurred_at"), expires.at(customer));
      ASSERT_EQ(balance, 0);
    } else if (!expires[customer].empty()) {
      ASSERT_LT(row.at("occurred_at"), expires.at(customer)) << "points outlived their expiry";
    }
    expires[customer] = row.at("expires_at");
    ++kinds[row.at("kind")];
  }
  for (const char* kind : {"earn", "burn", "clawback", "expire"})
    EXPECT_GT(kinds[kind], 20) << kind;
}

// Tiers follow from the orders alone: the better of this calendar year's and the last one's.
TEST_F(Shop, TiersFollowFromTheOrders) {
  std::map<std::string, std::map<int, int64_t>> years;
  std::set<std::string> seen;
  std::set<std::string> refunded_last_year;
  for (const CsvRecord& row : read("orders")) {
    const std::string& status = row.at("status");
    if (status != "completed" && status != "refunded") continue;
    if (row.at("product_id") == "SHIP") continue;
    std::string all;
    for (const auto& [name, cell] : row) all += cell + "\x1f";
    if (!seen.insert(all).second) continue;
    if (status == "refunded" && row.at("order_time") > "2025") {
      refunded_last_year.insert(row.at("customer_id"));
    }
    years[row.at("customer_id")][std::stoi(row.at("order_time"))] += cents(row.at("amount"));
  }
  const double usual = 3.4 * 8900;
  const auto earned = [&](int64_t sum) {
    return sum >= static_cast<int64_t>(2 * usual) ? 2 : sum >= static_cast<int64_t>(.8 * usual);
  };
  std::map<std::string, std::string> now;
  for (const CsvRecord& row : read("tiers")) now[row.at("customer_id")] = row.at("tier");
  constexpr const char* kNames[] = {"bronze", "silver", "gold"};
  std::map<std::string, int64_t> sizes;
  for (const auto& [customer, tier] : now) {
    // A refund takes no tier away before the year ends.
    const int least = std::max(earned(years[customer][2025]), earned(years[customer][2024]));
    const auto place = std::find(std::begin(kNames), std::end(kNames), tier) - std::begin(kNames);
    ASSERT_GE(place, least) << customer;
    if (!refunded_last_year.contains(customer)) {
      ASSERT_EQ(place, least) << customer;
    }
    ++sizes[tier];
  }
  for (const char* tier : kNames) EXPECT_GT(sizes[tier], 50) << tier;
}

TEST_F(Shop, MailAgreesWithCampaignsAndConsent) {
  std::map<std::pair<std::string, std::string>, CsvRecord> clicks;
  std::set<std::pair<std::string, std::string>> delivered;
  std::map<std::string, int64_t> steps;
  int64_t machines = 0;
  for (const CsvRecord& row : read("message_events")) {
    const std::pair key{row.at("customer_id"), row.at("campaign_id")};
    const std::string& event = row.at("event");
    ++steps[event];
    machines += row.at("machine") == "true" ? 1 : 0;
    if (event == "message_delivered") delivered.insert(key);
    if (event == "message_opened" || event == "message_clicked") {
      ASSERT_TRUE(delivered.contains(key)) << key.first << key.second;
    }
    if (event == "message_clicked" && row.at("machine") == "false") clicks[key] = row;
  }
  EXPECT_EQ(steps["message_sent"], steps["message_delivered"] + steps["message_bounced"]);
  EXPECT_GT(machines, 1000);
  EXPECT_GT(steps["message_unsubscribed"], 5);
  int64_t found = 0;
  for (const CsvRecord& row : read("messages")) {
    if (row.at("clicked_at").empty() || row.at("clicked_at") > "2025-06-30") continue;
    ASSERT_EQ((clicks[{row.at("customer_id"), row.at("campaign_id")}]["occurred_at"]),
              row.at("clicked_at"));
    ++found;
  }
  EXPECT_GT(found, 100);
  std::map<std::string, std::string> state;
  for (const CsvRecord& row : read("consents")) {
    if (row.at("channel") != "email" || row.at("purpose") != "marketing") continue;
    state[row.at("customer_id")] = row.at("state");
  }
  for (const CsvRecord& row : read("customers")) {
    ASSERT_EQ(row.at("email_consent") == "true", state[row.at("customer_id")] == "granted");
  }
}

TEST_F(Shop, NothingIsBoughtBeforeItsLaunch) {
  std::map<std::string, std::string> launched;
  for (const CsvRecord& row : read("products")) {
    launched[row.at("product_id")] = row.at("launched");
  }
  for (const CsvRecord& row : read("orders")) {
    if (row.at("quantity")[0] == '-') continue;
    ASSERT_GE(row.at("order_time").substr(0, 10), launched.at(row.at("product_id")));
  }
}

// Amounts of lines by a customer's trait: with what it favours, and all.
struct Shares {
  double with[2] = {0, 0};
  double all[2] = {0, 0};
  double of(bool trait) const { return with[trait] / all[trait]; }
};

TEST_F(Shop, TraitsShowInWhatIsBought) {
  const auto truths = by_id("truth/customers_truth");
  std::map<std::string, CsvRecord> products;
  for (CsvRecord& row : read("products")) products[row.at("product_id")] = row;
  Shares eco;
  Shares fresh;
  Shares kids;
  for (const CsvRecord& row : read("orders")) {
    const auto truth = truths.find(row.at("customer_id"));
    if (truth == truths.end() || row.at("quantity")[0] == '-') continue;
    const CsvRecord& product = products.at(row.at("product_id"));
    const auto count = [&](Shares& shares, bool trait, bool favoured) {
      shares.all[trait] += 1;
      shares.with[trait] += favoured ? 1 : 0;
    };
    const auto day = [](const std::string& text) {
      return to_day({std::stoi(text), std::stoi(text.substr(5)), std::stoi(text.substr(8))});
    };
    count(eco, truth->second.at("eco_minded") == "true", product.at("eco") == "true");
    count(fresh, truth->second.at("early_adopter") == "true",
          day(row.at("order_time")) - day(product.at("launched")) <= 30);
    count(kids, truth->second.at("children") != "0",
          product.at("category") == "Kids" || product.at("category") == "Baby");
  }
  EXPECT_GT(eco.of(true), 0.35);
  EXPECT_LT(eco.of(false), 0.15);
  EXPECT_GT(fresh.of(true), 3 * fresh.of(false));
  EXPECT_GT(kids.of(true), 8 * kids.of(false));
}

TEST_F(Shop, PeopleHaveBirthdaysHomesAndHouseholds) {
  int64_t leap = 0;
  int64_t young = 0;
  int64_t elsewhere = 0;
  std::map<std::string, int64_t> households;
  for (const CsvRecord& row : read("customers")) {
    const std::string& birth = row.at("birth_date");
    leap += birth.ends_with("-02-29") ? 1 : 0;
    young += birth > "2007-06-30" ? 1 : 0;
    elsewhere += row.at("zone").empty() ? 0 : 1;
    ASSERT_EQ(row.at("zone").empty(), row.at("country") == "DE");
    ++households[row.at("household")];
    if (row.at("home_latitude").empty()) continue;
    ASSERT_NEAR(std::stod(row.at("home_latitude")), 52.5, 3);
    ASSERT_NEAR(std::stod(row.at("home_longitude")), 13.4, 4);
  }
  EXPECT_GT(leap, 2);
  EXPECT_GT(young, 3);
  EXPECT_GT(elsewhere, 50);
  int64_t pairs = 0;
  for (const auto& [household, size] : households) {
    ASSERT_LE(size, 2);
    pairs += size == 2 ? 1 : 0;
  }
  EXPECT_GT(pairs, 300);
}

TEST_F(Shop, CouponsNameTheirCampaign) {
  std::set<std::string> campaigns = {"", "VOUCHER10"};
  for (const CsvRecord& row : read("campaigns")) campaigns.insert(row.at("campaign_id"));
  std::map<std::string, int64_t> used;
  for (const CsvRecord& row : read("orders")) {
    ASSERT_TRUE(campaigns.contains(row.at("coupon"))) << row.at("coupon");
    ++used[row.at("coupon").substr(0, 1)];
  }
  EXPECT_GT(used["M"], 100);
  EXPECT_GT(used["V"], 100);
  EXPECT_GT(used[""], used["M"] + used["V"]);
}

}  // namespace
}  // namespace regulars::simulate
