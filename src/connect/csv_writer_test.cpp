#include "connect/csv_writer.h"

#include <gtest/gtest.h>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

std::string written(std::string_view cell) {
  CsvWriter csv;
  csv.cell(cell).cell("end").end_row();
  return csv.text().substr(0, csv.text().size() - std::string_view(",end\n").size());
}

TEST(CsvWriter, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(written("plain"), "plain");
  EXPECT_EQ(written("Ren\u00e9e O'Neil"), "Ren\u00e9e O'Neil");
  EXPECT_EQ(written("a,b"), "\"a,b\"");
  EXPECT_EQ(written("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(written("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(written(" padded"), "\" padded\"");
  EXPECT_EQ(written(""), "");
}

TEST(CsvWriter, FormulasAreDefused) {
  EXPECT_EQ(written("=1+1"), "'=1+1");
  EXPECT_EQ(written("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(written("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(written("+49 170 1"), "'+49 170 1");
  EXPECT_EQ(written("-cmd|x"), "'-cmd|x");
  EXPECT_EQ(written("-"), "'-");
  EXPECT_EQ(written("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(written("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(written("-1.2.3"), "'-1.2.3");
  EXPECT_EQ(written("-12.50"), "-12.50");
  EXPECT_EQ(written("+3"), "+3");
  EXPECT_EQ(written("a=b"), "a=b");
}

TEST(CsvWriter, NumbersAreExact) {
  CsvWriter csv;
  csv.cell(int64_t{-9223372036854775807LL - 1}).cell(Decimal{-1250, 2}).cell(Decimal{5, 3});
  csv.end_row();
  EXPECT_EQ(csv.text(), "-9223372036854775808,-12.50,0.005\n");
}

TEST(CsvWriter, ARowOfOneEmptyCellIsNoBlankLine) {
  CsvWriter csv;
  csv.row({"a"});
  csv.row({""});
  EXPECT_EQ(csv.text(), "a\n\"\"\n");
}

TEST(CsvWriter, ReadsBackAsWritten) {
  CsvWriter csv;
  csv.row({"id", "text", "amount"});
  const std::vector<std::string> nasty = {"1", "a \"b\",\r\nc\t| ; \u20ac\\", "-2.50"};
  for (int i = 0; i < 3; ++i) csv.row(nasty);
  EXPECT_EQ(read_text(csv.text()).rows,
            (std::vector<std::vector<std::string>>{nasty, nasty, nasty}));
}

}  // namespace
}  // namespace regulars::connect
