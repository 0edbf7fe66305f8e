#include <gtest/gtest.h>

#include <string>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

const Names kThree = {"id", "name", "amount"};

TEST(Delimited, PlainCommaFile) {
  const ReadAll all = read_text("id,name,amount\n1,Ann,2.50\n2,Bob,3\n");
  EXPECT_EQ(all.error, "");
  EXPECT_TRUE(all.has_header);
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2.50"}, {"2", "Bob", "3"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 3}));
  EXPECT_EQ(all.raws, (Names{"1,Ann,2.50", "2,Bob,3"}));
  EXPECT_EQ(all.info.format, "CSV, comma");
  EXPECT_EQ(all.info.encoding, "UTF-8");
  EXPECT_EQ(all.info.rows, 2u);
}

TEST(Delimited, LastLineWithoutLineEnd) {
  EXPECT_EQ(read_text("id,name,amount\n1,Ann,2.50").rows, (Rows{{"1", "Ann", "2.50"}}));
  EXPECT_EQ(read_text("id,name,amount\n1,Ann,\"2.50\"").rows, (Rows{{"1", "Ann", "2.50"}}));
  EXPECT_EQ(read_text("id,name,amount\n1,Ann,").rows, (Rows{{"1", "Ann", ""}}));
}

TEST(Delimited, WindowsLineEnds) {
  const ReadAll all = read_text("id,name,amount\r\n1,\"Ann\",\"2.50\"\r\n\r\n2,Bob,\r\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2.50"}, {"2", "Bob", ""}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 4}));
  EXPECT_EQ(all.raws[0], "1,\"Ann\",\"2.50\"");
}

TEST(Delimited, OldMacintoshLineEnds) {
  const ReadAll all = read_text("id,name,amount\r1,\"Ann\",2.50\r2,Bob,3\r");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2.50"}, {"2", "Bob", "3"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 3}));
}

TEST(Delimited, SemicolonWithDecimalCommas) {
  const ReadAll all = read_text("id;name;amount\n1;Ann;2,50\n2;Bob;3,00\n3;Cy, Dan;4,10\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows[2], (Names{"3", "Cy, Dan", "4,10"}));
  EXPECT_EQ(all.info.format, "CSV, semicolon");
}

TEST(Delimited, TabAndBar) {
  EXPECT_EQ(read_text("id\tname\tamount\n1\tAnn, B\t2.50\n").rows, (Rows{{"1", "Ann, B", "2.50"}}));
  EXPECT_EQ(read_text("id|name|amount\n1|Ann|2.50\n").rows, (Rows{{"1", "Ann", "2.50"}}));
}

TEST(Delimited, DelimiterAndHeaderAsTheUserSays) {
  const ReadAll all = read_text("1:Ann\n2:Bob\n", {.delimiter = ':', .header = 1});
  EXPECT_EQ(all.columns, (Names{"1", "Ann"}));
  EXPECT_EQ(all.rows, (Rows{{"2", "Bob"}}));
  EXPECT_FALSE(read_text("id,name\n1,Ann\n", {.header = 0}).has_header);
}

TEST(Delimited, ExcelsSepLine) {
  const ReadAll all = read_text("sep=|\r\nid|name|amount\r\n1|A,B;C|2.50\r\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "A,B;C", "2.50"}}));
  EXPECT_EQ(all.lines[0], 3u);
}

TEST(Delimited, QuotedDelimitersQuotesAndLineEnds) {
  const ReadAll all = read_text(
      "id,name,amount\n1,\"a,b\",2\n2,\"say "
      "\"\"hi\"\"\",3\n3,\"two\nlines\r\nthree\",4\n4,\"\",5\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "a,b", "2"},
                            {"2", "say \"hi\"", "3"},
                            {"3", "two\nlines\r\nthree", "4"},
                            {"4", "", "5"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 3, 4, 7}));
  EXPECT_EQ(all.raws[2], "3,\"two\nlines\r\nthree\",4");
}

TEST(Delimited, QuoteInsideACellIsText) {
  const ReadAll all = read_text("id,name,amount\n1,5\" pipe,2\n2,\"5\" pipe\",3\n3,x\"\",4\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "5\" pipe", "2"}, {"2", "5\" pipe", "3"}, {"3", "x\"\"", "4"}}));
}

TEST(Delimited, BlanksAroundQuotes) {
  const ReadAll all = read_text("id, \"name\" ,amount\n1, \"a, b\" ,2\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "a, b", "2"}}));
}

TEST(Delimited, BackslashEscapedQuotes) {
  const ReadAll all =
      read_text("id,name,amount\n1,\"say \\\"hi\\\", Ann\",2\n2,\"back\\\\\",3\n3,plain\\n,4\n");
  EXPECT_EQ(all.rows,
            (Rows{{"1", "say \"hi\", Ann", "2"}, {"2", "back\\", "3"}, {"3", "plain\\n", "4"}}));
}

TEST(Delimited, BackslashIsOrdinaryWhereItEscapesNothing) {
  EXPECT_EQ(read_text("id,path\n1,\"C:\\\"\n2,\"D:\\\"\n").rows,
            (Rows{{"1", "C:\\"}, {"2", "D:\\"}}));
}

TEST(Delimited, UnclosedQuoteDoesNotSwallowTheFile) {
  const ReadAll all = read_text("id,name,amount\n1,\"Ann,2\n2,\"Bob\",3\n3,Cy,4\n");
  EXPECT_EQ(all.rows, (Rows{{"2", "Bob", "3"}, {"3", "Cy", "4"}}));
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_EQ(all.rejects[0].line, 2u);
  EXPECT_EQ(all.rejects[0].raw, "1,\"Ann,2");
  EXPECT_EQ(all.rejects[0].reason, "a quote that opens here is never closed");
}

TEST(Delimited, UnclosedQuoteWithNoOtherQuoteInTheFile) {
  std::string text = "id,name,amount\n1,\"Ann,2\n";
  for (int i = 2; i < 5000; ++i) text += std::to_string(i) + ",Bob,3\n";
  const ReadAll all = read_text(text);
  EXPECT_EQ(all.rows.size(), 4998u);
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_EQ(all.rejects[0].line, 2u);
}

TEST(Delimited, UnclosedQuoteInTheLastLine) {
  const ReadAll all = read_text("id,name,amount\n1,Ann,2\n2,\"Bob,3\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2"}}));
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_EQ(all.rejects[0].line, 3u);
}

TEST(Delimited, BlankLinesAreSkippedAndCounted) {
  const ReadAll all = read_text("\n\nid,name,amount\n\n1,Ann,2\n   \n,,\n2,Bob,3\n\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2"}, {"2", "Bob", "3"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{5, 8}));
  EXPECT_TRUE(all.rejects.empty());
}

TEST(Delimited, RaggedRowsAreRejectedWithWhatTheyHave) {
  const ReadAll all = read_text("id,name,amount\n1,Ann,2\n2,Bob\n3,Cy,4,5\n4,Dan,5\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2"}, {"4", "Dan", "5"}}));
  ASSERT_EQ(all.rejects.size(), 2u);
  EXPECT_EQ(all.rejects[0].reason, "has 2 cells, the header has 3");
  EXPECT_EQ(all.rejects[0].line, 3u);
  EXPECT_EQ(all.rejects[0].raw, "2,Bob");
  EXPECT_EQ(all.rejects[1].reason, "has 4 cells, the header has 3");
}

TEST(Delimited, UnquotedDecimalCommasAreNotTakenForColumns) {
  const ReadAll all = read_text("id,amount\n1,12,50\n2,13,00\n3,9,99\n");
  EXPECT_TRUE(all.rows.empty());
  EXPECT_EQ(all.rejects.size(), 3u);
}

TEST(Delimited, TrailingDelimitersAreNoColumn) {
  EXPECT_EQ(read_text("id,name,amount,\n1,Ann,2,\n2,Bob,3,\n").columns, kThree);
  const ReadAll all = read_text("id,name,amount\n1,Ann,2,\n2,Bob,3,,\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows, (Rows{{"1", "Ann", "2"}, {"2", "Bob", "3"}}));
}

TEST(Delimited, ColumnsThatTheExporterAlwaysLeavesOutAtTheEndAreAbsent) {
  const ReadAll all =
      read_text("id,name,amount,note\n1,Ann,2\n2,Bob,3,late\n3,Cy,4\n4,Dan,5\n5,Eve,6,gift\n");
  EXPECT_TRUE(all.rejects.empty());
  ASSERT_EQ(all.rows.size(), 5u);
  EXPECT_EQ(all.rows[0], (Names{"1", "Ann", "2", kAbsent}));
  EXPECT_EQ(all.rows[1], (Names{"2", "Bob", "3", "late"}));
}

TEST(Delimited, LinesAboveTheHeader) {
  const ReadAll all = read_text(
      "Report generated 2024-05-01\nShop: Corner, all stores\n\n# by order\n"
      "id,name,amount\n1,Ann,2\n2,Bob,3\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.lines[0], 6u);
  EXPECT_EQ(all.info.format, "CSV, comma, 3 lines above the header");
}

TEST(Delimited, LinesAboveTheHeaderPaddedWithDelimiters) {
  const ReadAll all =
      read_text("Sales report,,,\n,,,\nid,name,amount,store\n1,Ann,2,x\n2,Bob,3,y\n");
  EXPECT_EQ(all.columns, (Names{"id", "name", "amount", "store"}));
  EXPECT_EQ(all.rows.size(), 2u);
}

TEST(Delimited, NoHeader) {
  const ReadAll all = read_text("1,Ann,2024-01-01,2.50\n2,Bob,2024-01-02,3.00\n");
  EXPECT_FALSE(all.has_header);
  EXPECT_EQ(all.columns, (Names{"column1", "column2", "column3", "column4"}));
  EXPECT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.info.format, "CSV, comma, no header");
}

TEST(Delimited, HeaderOfATableWithoutNumbers) {
  EXPECT_EQ(read_text("customer,country\nAnn,France\nBob,Spain\n").columns,
            (Names{"customer", "country"}));
}

TEST(Delimited, HeaderWithADigitOrAnEmptyName) {
  EXPECT_EQ(read_text(",address2,amount\n0,Flat 1,2.5\n1,Flat 7,3.5\n").columns,
            (Names{"column1", "address2", "amount"}));
}

TEST(Delimited, HeaderOnly) {
  const ReadAll all = read_text("id,name,amount\n");
  EXPECT_EQ(all.columns, kThree);
  EXPECT_TRUE(all.rows.empty());
}

TEST(Delimited, NamesAreTrimmedAndUnique) {
  EXPECT_EQ(read_text(" id ,amount,amount,\"amount \",\n1,2,3,4,5\n").columns,
            (Names{"id", "amount", "amount_2", "amount_3", "column5"}));
}

TEST(Delimited, HeaderRepeatedInTheMiddle) {
  const ReadAll all = read_text("id,name,amount\n1,Ann,2\nid,name,amount\n2,Bob,3\n");
  EXPECT_EQ(all.rows.size(), 2u);
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_EQ(all.rejects[0].reason, "repeats the header line");
  EXPECT_EQ(all.rejects[0].line, 3u);
}

TEST(Delimited, RowNamesThatRLeavesUnnamed) {
  const ReadAll all = read_text("\"name\",\"amount\"\n\"1\",\"Ann\",2\n\"2\",\"Bob\",3\n");
  EXPECT_EQ(all.columns, (Names{"column1", "name", "amount"}));
  EXPECT_EQ(all.rows[0], (Names{"1", "Ann", "2"}));
}

TEST(Delimited, AlignedColumnsWithHeader) {
  const ReadAll all = read_text(
      " customer_id  date number_of_cds  dollar_value\r\n"
      " 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n");
  EXPECT_EQ(all.columns, (Names{"customer_id", "date", "number_of_cds", "dollar_value"}));
  EXPECT_EQ(all.rows[1], (Names{"00002", "19970112", "1", "12.00"}));
  EXPECT_EQ(all.raws[1], " 00002 19970112  1   12.00");
  EXPECT_EQ(all.info.format, "text, columns set apart by blanks");
}

TEST(Delimited, AlignedColumnsWithBlanksInsideCells) {
  const ReadAll all = read_text(
      "id  city           amount\n1   New York City  10.50\n2   Rome           3.00\n"
      "3   Los Angeles    4.00\n");
  EXPECT_EQ(all.columns, (Names{"id", "city", "amount"}));
  EXPECT_EQ(all.rows[0], (Names{"1", "New York City", "10.50"}));
}

TEST(Delimited, AlignedColumnsWithQuotes) {
  EXPECT_EQ(read_text("id name amount\n1 \"Ann Lee\" 2\n2 \"Bob\" 3\n").rows,
            (Rows{{"1", "Ann Lee", "2"}, {"2", "Bob", "3"}}));
}

TEST(Delimited, SingleColumn) {
  const ReadAll all = read_text("customer\nC1\nC2\n\nC3\n");
  EXPECT_EQ(all.columns, Names{"customer"});
  EXPECT_EQ(all.rows, (Rows{{"C1"}, {"C2"}, {"C3"}}));
}

TEST(Delimited, ListsOfAnyLength) {
  const ReadAll all =
      read_text("milk,bread\nmilk\nrice,eggs,tea,salt\nsalt,tea,milk\nrice\noil,x\na,b,c,d,e\n");
  EXPECT_FALSE(all.has_header);
  EXPECT_EQ(all.columns.size(), 5u);
  EXPECT_EQ(all.rows.size(), 7u);
  EXPECT_EQ(all.rows[1], (Names{"milk", kAbsent, kAbsent, kAbsent, kAbsent}));
  EXPECT_TRUE(all.rejects.empty());
}

TEST(Delimited, EmptyAndBlankFilesAreErrors) {
  EXPECT_EQ(read_text("").code, ErrorCode::kBadData);
  EXPECT_NE(read_text("").error.find("the file is empty"), std::string::npos);
  EXPECT_NE(read_text("\n\n").error.find("holds no rows"), std::string::npos);
  MemoryFiles files;
  EXPECT_EQ(read_all(files, "nowhere.csv").code, ErrorCode::kNotFound);
}

TEST(Delimited, ManyBatchesKeepTheirLines) {
  std::string text = "id,name\n";
  for (int i = 0; i < 20000; ++i) {
    text += std::to_string(i) + ",\"name \"\"" + std::to_string(i) + "\"\"\"\n";
  }
  const ReadAll all = read_text(text);
  ASSERT_EQ(all.rows.size(), 20000u);
  for (size_t i = 0; i < all.rows.size(); ++i) {
    ASSERT_EQ(all.lines[i], i + 2);
    ASSERT_EQ(all.rows[i][1], "name \"" + std::to_string(i) + "\"");
  }
}

TEST(Delimited, RawTextOfRejectsIsCutBetweenCharacters) {
  std::string row = "1,";
  for (int i = 0; i < 1500; ++i) row += "\u00e9";
  const ReadAll all = read_text("id,name,amount\n" + row + "\n2,Bob,3\n");
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_EQ(all.rejects[0].raw.size(), 2000u);
}

TEST(Delimited, NotATable) {
  const ReadAll all = read_text("a,b\n1,2\n" + std::string(20000, ',') + "\n");
  EXPECT_EQ(all.code, ErrorCode::kBadData);
  EXPECT_NE(all.error.find("more than 16,384 cells"), std::string::npos) << all.error;
}

}  // namespace
}  // namespace regulars::connect
