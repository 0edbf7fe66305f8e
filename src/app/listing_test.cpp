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
