#include "connect/foreign_formats.h"

#include <gtest/gtest.h>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

void expect_named(const std::string& bytes, const std::string& name, const std::string& advice) {
  const ReadAll all = read_text(bytes);
  EXPECT_EQ(all.code, ErrorCode::kUnsupported) << name;
  EXPECT_NE(all.error.find(name), std::string::npos) << all.error;
  EXPECT_NE(all.error.find(advice), std::string::npos) << all.error;
}

TEST(ForeignFormats, AreNamedWithWhatToDo) {
  expect_named("\xD0\xCF\x11\xE0\xA1\xB1 workbook", "old Excel workbook", "save it as .xlsx");
  expect_named("PK\3\4 orders.csv id,amount", "a zip archive", "Unpack it");
  expect_named("PK\3\4 xl/workbook.bin", ".xlsb", "save it as .xlsx");
  expect_named("PK\3\4 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods", "save it");
  expect_named("%PDF-1.7 and so on", "a PDF", "Export the orders");
  expect_named("\x89PNG\r\n", "a PNG picture", "Export the orders");
  expect_named("\n<html><table><tr><td>1</td></tr></table>", "a web page", "save it as .xlsx");
  expect_named("<?xml version=\"1.0\"?><Workbook/>", "a web page or XML", "save it as .xlsx");
  expect_named("SQLite format 3\0 pages", "an SQLite database", "Export");
  expect_named(std::string("\1\2\3\4\5\6\7\0 random bytes", 22), "are no text", "Export");
}

TEST(ForeignFormats, TextsThatOnlyBeginLikeThem) {
  EXPECT_EQ(read_text("ORCID,name,amount\n1,Ann,2\n").columns[0], "ORCID");
  EXPECT_EQ(read_text("<5,name\n1,Ann\n").error, "");
}

}  // namespace
}  // namespace regulars::connect
