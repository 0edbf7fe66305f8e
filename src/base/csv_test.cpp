#include "base/csv.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

std::string field(std::string_view text) {
  std::string out;
  append_csv_field(out, text);
  return out;
}

TEST(Csv, PlainTextStaysAsItIs) {
  EXPECT_EQ(field("17850"), "17850");
  EXPECT_EQ(field(""), "");
  EXPECT_EQ(field("caf\xc3\xa9"), "caf\xc3\xa9");
}

TEST(Csv, QuotesWhatWouldBreakTheRow) {
  EXPECT_EQ(field("a,b"), "\"a,b\"");
  EXPECT_EQ(field("6\" nail"), "\"6\"\" nail\"");
  EXPECT_EQ(field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(field(" blank "), "\" blank \"");
}

TEST(Csv, GuardsFormulas) {
  EXPECT_EQ(field("=1+1"), "'=1+1");
  EXPECT_EQ(field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(field("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(field("-2+3"), "'-2+3");
  EXPECT_EQ(field("\tx"), "'\tx");
  EXPECT_EQ(field("+49 170 1"), "'+49 170 1");
  EXPECT_EQ(field("-cmd|x"), "'-cmd|x");
  EXPECT_EQ(field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(field("a=b"), "a=b");
  EXPECT_EQ(field("=HYPERLINK(\"a\",\"b\")"), "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
}

TEST(Csv, LeavesNumbersWithASignAlone) {
  EXPECT_EQ(field("-12.50"), "-12.50");
  EXPECT_EQ(field("+4930123456"), "+4930123456");
  EXPECT_EQ(field("-"), "'-");
  EXPECT_EQ(field("-1.2.3"), "'-1.2.3");
}

}  // namespace
}  // namespace regulars
