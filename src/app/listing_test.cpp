#include "app/listing.h"

#include <gtest/gtest.h>

#include <limits>

namespace regulars::app {
namespace {

Listing sample() {
  Listing listing;
  listing.facts = {{"as_of", "As of", Cell::of("2025-01-31")}, {"version", "", Cell::of("abc")}};
  listing.rows_key = "segments";
  listing.columns = {{"name", "segment"},
                     {"customers", "customers"},
                     {"share", "share"},
                     {"net", "net"},
                     {"ok", "ok"}};
  listing.rows = {{Cell::of("loyal"), Cell::of(int64_t{12345}), Cell::share(0.1234),
                   Cell::of(Decimal{1234567, 2}), Cell::of(true)},
                  {Cell::of("=1+1"), Cell{}, Cell::share(std::numeric_limits<double>::quiet_NaN()),
                   Cell::of(Decimal{-5, 2}), Cell::of(false)}};
  listing.notes = {"One note."};
  return listing;
}

TEST(ListingText, AlignsNumbersToTheRightAndHidesWhatIsForPrograms) {
  EXPECT_EQ(listing_text(sample(), 100),
            "As of  2025-01-31\n"
            "\n"
            "segment  customers   share        net  ok\n"
            "loyal       12,345  12.3 %  12,345.67  yes\n"
            "=1+1             -       -      -0.05  no\n"
            "\n"
            "One note.\n");
}

TEST(ListingText, LongFactsGoOnUnderTheirBeginning) {
  Listing listing;
  listing.facts = {{"rule", "Rule", Cell::of("count(purchase) over lifetime >= 3 and true")},
                   {"why", "Why", Cell::of("one\ntwo")}};
  EXPECT_EQ(listing_text(listing, 24),
            "Rule  count(purchase)\n"
            "      over lifetime >= 3\n"
            "      and true\n"
            "Why   one\n"
            "      two\n");
}

TEST(ListingText, TheLastColumnGoesOnInFurtherLinesWhenAskedTo) {
  Listing listing;
  listing.columns = {{"about", "about"}, {"text", "finding"}};
  listing.rows = {{Cell::of("visits"), Cell::of("silent for many days")},
                  {Cell::of("orders"), Cell::of("fine")}};
  listing.wrap_last = true;
  EXPECT_EQ(listing_text(listing, 20),
            "about   finding\n"
            "visits  silent for\n"
            "        many days\n"
            "orders  fine\n");
}

TEST(ListingText, GroupsAndColumnsThatAreForProgramsOnly) {
  Listing listing;
  listing.columns = {{"name", "name"}, {"exclusion", ""}};
  listing.rows = {{Cell::of("loyal"), Cell::of(false)}, {Cell::of("staff"), Cell::of(true)}};
  listing.groups = {{1, "Left out:"}};
  EXPECT_EQ(listing_text(listing, 80), "name\nloyal\n\nLeft out:\nstaff\n");
  EXPECT_EQ(listing_csv(listing), "name,exclusion\nloyal,false\nstaff,true\n");
}

TEST(ListingText, MomentsAreInTheZoneForPeopleAndInUtcForPrograms) {
  const auto zone = Zone::find("Europe/Berlin");
  ASSERT_TRUE(zone);
  const Day last{to_day({2025, 6, 30})};
  Listing listing;
  listing.facts = {{"as_of", "As of", Cell::moment(zone->end_of(last), *zone)},
                   {"from", "From", Cell::moment(zone->start_of(last), *zone)}};
  EXPECT_EQ(listing_text(listing, 80),
            "As of  2025-06-30, end of the day, Europe/Berlin\n"
            "From   2025-06-30 00:00:00, Europe/Berlin\n");
  EXPECT_NE(listing_json(listing).find("\"2025-06-30T21:59:59.999999Z\""), std::string::npos);
  EXPECT_NE(listing_json(listing).find("\"2025-06-29T22:00:00Z\""), std::string::npos);
}

TEST(ListingText, CutsTheWidestWordsWhenTheTerminalIsNarrow) {
  Listing listing;
  listing.columns = {{"rule", "rule"}, {"n", "n"}};
  listing.rows = {{Cell::of(std::string(60, 'x')), Cell::of(int64_t{7})}};
  const std::string text = listing_text(listing, 30);
  EXPECT_NE(text.find(std::string(24, 'x') + "...  7\n"), std::string::npos) << text;
}

TEST(ListingText, SaysWhatToSayWhenThereIsNothing) {
  Listing listing;
  listing.columns = {{"a", "a"}};
  listing.if_empty = "Nobody.";
  EXPECT_EQ(listing_text(listing, 80), "Nobody.\n");
}

TEST(ListingCsv, EscapesFormulasAndLeavesTheUnknownEmpty) {
  EXPECT_EQ(listing_csv(sample()),
            "name,customers,share,net,ok\n"
            "loyal,12345,0.1234,12345.67,true\n"
            "'=1+1,,,-0.05,false\n");
}

TEST(ListingJson, KeepsTypesAndDecimalsAsTexts) {
  const std::string json = listing_json(sample());
  EXPECT_NE(json.find("\"customers\": 12345"), std::string::npos) << json;
  EXPECT_NE(json.find("\"share\": 0.1234"), std::string::npos) << json;
  EXPECT_NE(json.find("\"net\": \"12345.67\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"customers\": null"), std::string::npos) << json;
  EXPECT_NE(json.find("\"version\": \"abc\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"segments\": ["), std::string::npos) << json;
}

}  // namespace
}  // namespace regulars::app
