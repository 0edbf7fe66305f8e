#include "report/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "report/test_view.h"
#include "report/words.h"

namespace regulars::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void expect_fits(const std::string& text, size_t width, size_t max_lines) {
  const std::vector<std::string> lines = lines_of(text);
  EXPECT_LE(lines.size(), max_lines) << text;
  for (const std::string& line : lines) {
    EXPECT_LE(display_width(line), width) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(Terminal, FitsThePage) {
  const auto shop = make_test_shop();
  expect_fits(terminal_summary(shop->view), 100, 34);
  expect_fits(terminal_summary(shop->view, {.width = 80}), 80, 34);
}

TEST(Terminal, SaysWhatTheAnalystCameFor) {
  const auto shop = make_test_shop();
  const std::string text = terminal_summary(shop->view);
  for (const char* part : {
           "regulars analyze online_retail.csv.gz",
           "1 Dec 2010 - 9 Dec 2011",
           "Read as   customer CustomerID | order InvoiceNo | time InvoiceDate",
           "amount Quantity x UnitPrice",
           "cancellations InvoiceNo C...",
           "UTC, currency not given",
           "Ties out  541,909 rows = 397,884 sales + 8,905 cancelled + 40 free",
           "8,911,407.90 - 611,342.09 cancelled = 8,300,065.81 net; 4,338 customers, 18,532 orders",
           "Watch     16.5 % of sales carry no customer",
           "more in the report",
           "43 customers (1 %) bring 30 % of net revenue, 242 bring half, 1,178 bring 80 %",
           "after the 1st 46 %, 2nd 64 %, 3rd 73 %, 5th 90 %",
           "half of second orders come within 68 days, 80 % within 154",
           "so called on 10 Sep, bought in the 90 days after",
           "79 % +-4",
           "<- 308 repeat buyers, 394,752",
           "Champions 690 (60 % of net) | Cannot lose 47 (174,665) | At risk 362 (427,600) | 7 "
           "more",
           "124 of those 409 are inside their own rhythm; 18 Champions and Loyals",
           "Late by their own clock, most valuable first (3 of 8)",
           "of those so listed on 10 Sep 59 % came back by themselves (those in rhythm: 79 %)",
           "-> lists/second-order.csv",
           "Wrote     regulars-report/: report.html, regulars.xlsx",
       }) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("prospect")));
}

TEST(Terminal, WatchShowsTheWorstAndCountsTheRest) {
  const auto shop = make_test_shop();
  std::string text = terminal_summary(shop->view, {.max_lines = 60});
  EXPECT_THAT(text,
              HasSubstr("5,268 rows are exact duplicates: kept (--drop-duplicates) (2 more in"));
  shop->view.notices.resize(5);
  text = terminal_summary(shop->view, {.max_lines = 60});
  EXPECT_THAT(text, Not(HasSubstr("more in the report")));
  shop->view.notices.clear();
  text = terminal_summary(shop->view);
  EXPECT_THAT(text, HasSubstr("Watch     nothing out of the ordinary found"));
}

TEST(Terminal, ColoursOnlyNames) {
  const auto shop = make_test_shop();
  const std::string plain = terminal_summary(shop->view);
  std::string coloured = terminal_summary(shop->view, {.colour = true});
  EXPECT_THAT(coloured, HasSubstr("\x1b[1;36mWatch\x1b[0m     16.5 %"));
  for (const std::string code : {"\x1b[1;36m", "\x1b[0m"}) {
    for (size_t at = coloured.find(code); at != std::string::npos; at = coloured.find(code)) {
      coloured.erase(at, code.size());
    }
  }
  EXPECT_EQ(coloured, plain);
}

TEST(Terminal, YoungShopSaysWhatIsMissing) {
  const auto shop = make_young_shop();
  const std::string text = terminal_summary(shop->view);
  expect_fits(text, 100, 34);
  for (const char* part : {
           "UTC, EUR",
           "8,911,407.90 net revenue, no refunds found",
           "too short to test: nobody was watched for 90 days after an order",
           "12 repeat buyers, fewer than 200: the rhythm of a fashion shop is assumed (52 days",
           "too short to test: only 14 days of data",
           "Late by their own clock  nobody: no repeat buyer is silent for longer than usual",
           "Next      no list is worth an action yet",
       }) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Terminal, SingleCustomerAndNoCustomer) {
  const auto shop = make_young_shop();
  shop->view.concentration.customers = 1;
  EXPECT_THAT(terminal_summary(shop->view), HasSubstr("Who pays  one customer brings all of it"));
  shop->view.concentration.customers = 0;
  EXPECT_THAT(terminal_summary(shop->view), HasSubstr("nobody: no purchase carries a customer"));
}

TEST(Terminal, SaysWhenSilencePredictsNothing) {
  const auto shop = make_test_shop();
  shop->view.life_cycle_test.separates = false;
  shop->view.life_cycle_test.sentence = "silence does not predict return in this shop";
  EXPECT_THAT(terminal_summary(shop->view),
              HasSubstr("\n  silence does not predict return in this shop\n"));
}

TEST(Terminal, LongNamesAreCut) {
  const auto shop = make_test_shop();
  shop->view.command = "regulars analyze /a/" + std::string(200, 'x') + ".csv";
  shop->view.intake.columns[0].column = std::string(150, 'c');
  shop->view.notices[0].text = std::string(150, 'n');
  shop->view.cards[0].title = std::string(120, 't');
  shop->view.out_directory = std::string(120, 'o');
  expect_fits(terminal_summary(shop->view), 100, 34);
}

TEST(Terminal, RowsThatDoNotTieOutAreSaidToBeSo) {
  const auto shop = make_test_shop();
  shop->view.intake.rows.read += 1;
  EXPECT_THAT(terminal_summary(shop->view),
              HasSubstr("541,910 rows read, but the parts do not add up: 397,884 sales"));
}

}  // namespace
}  // namespace regulars::report
