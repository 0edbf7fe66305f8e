#include "connect/workbook_rows.h"

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <map>

#include "connect/rows_testing.h"
#include "connect/sheet_cells.h"

namespace regulars::connect {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

void put(std::string& out, uint64_t value, int length) {
  for (int i = 0; i < length; ++i, value /= 256) out += static_cast<char>(value % 256);
}

// A zip file whose parts are stored as they are.
std::string stored_zip(const std::map<std::string, std::string>& parts) {
  std::string bytes;
  std::string directory;
  for (const auto& [name, content] : parts) {
    std::string sizes;
    put(sizes, content.size(), 4);
    put(sizes, content.size(), 4);
    put(sizes, name.size(), 2);
    put(sizes, 0, 2);
    directory += std::string("PK\1\2\24\0\24\0\0\0\0\0\0\0\0\0\0\0\0\0", 20) + sizes;
    put(directory, 0, 2 + 2 + 2 + 4);
    put(directory, bytes.size(), 4);
    directory += name;
    bytes += std::string("PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0", 18) + sizes + name + content;
  }
  std::string end = std::string("PK\5\6\0\0\0\0", 8);
  put(end, parts.size(), 2);
  put(end, parts.size(), 2);
  put(end, directory.size(), 4);
  put(end, bytes.size(), 4);
  put(end, 0, 2);
  return bytes + directory + end;
}

// A workbook of one sheet with these rows, as small programs write them.
std::map<std::string, std::string> small_workbook(const std::string& rows) {
  return {{"xl/workbook.xml",
           "<workbook xmlns:r='r'><sheets><sheet name='One' sheetId='1' "
           "r:id='a'/></sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id='a' Target='/xl/worksheets/s.xml'/></Relationships>"},
          {"xl/worksheets/s.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
}

ReadAll read_small(const std::string& rows) { return read_text(stored_zip(small_workbook(rows))); }

void write_orders(const std::string& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  workbook_add_worksheet(book, "Notes");
  lxw_worksheet* sheet = workbook_add_worksheet(book, "Orders");
  lxw_format* moment = workbook_add_format(book);
  format_set_num_format(moment, "dd/mm/yyyy hh:mm");
  lxw_format* money = workbook_add_format(book);
  format_set_num_format(money, "#,##0.00 [$EUR];[Red]-#,##0.00");
  lxw_format* day = workbook_add_format(book);
  format_set_num_format_index(day, 14);
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  worksheet_write_string(sheet, 0, 1, "Orders of the year", nullptr);
  const char* names[] = {"order", "name", "at", "price", "ok", "total", "day"};
  for (lxw_col_t i = 0; i < 7; ++i) worksheet_write_string(sheet, 2, i + 1, names[i], nullptr);
  lxw_datetime at = {2010, 12, 1, 8, 26, 0};
  for (lxw_row_t row = 3; row < 5; ++row) {
    worksheet_write_number(sheet, row, 1, 536365 + row, nullptr);
    worksheet_write_string(sheet, row, 2, "<Ren\u00e9e> & \"co\"", nullptr);
    worksheet_write_datetime(sheet, row, 3, &at, moment);
    worksheet_write_number(sheet, row, 4, 2.55, money);
    worksheet_write_boolean(sheet, row, 5, row == 3 ? 1 : 0, nullptr);
    worksheet_write_formula_num(sheet, row, 6, "=E4*6", nullptr, 15.3);
    worksheet_write_datetime(sheet, row, 7, &at, day);
  }
  std::string first = "rich ";
  std::string second = "text";
  lxw_rich_string_tuple plain = {nullptr, first.data()};
  lxw_rich_string_tuple fat = {bold, second.data()};
  lxw_rich_string_tuple* rich[] = {&plain, &fat, nullptr};
  worksheet_write_rich_string(sheet, 7, 2, rich, nullptr);
  worksheet_write_formula_str(sheet, 7, 4, "=A1", nullptr, "a text");
  workbook_close(book);
}

TEST(Workbook, TypesDatesFormulasAndTheFirstSheetWithRows) {
  const std::string path = testing::TempDir() + "/regulars-orders.xlsx";
  write_orders(path);
  const ReadAll all = read_all(real_files(), path);
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.columns, (Names{"order", "name", "at", "price", "ok", "total", "day"}));
  const std::string name = "<Ren\u00e9e> & \"co\"";
  // A day cell holds the time as well; only its format hides it.
  EXPECT_EQ(
      all.rows,
      (Rows{{"536368", name, "2010-12-01T08:26:00", "2.55", "true", "15.3", "2010-12-01T08:26:00"},
            {"536369", name, "2010-12-01T08:26:00", "2.55", "false", "15.3", "2010-12-01T08:26:00"},
            {kAbsent, "rich text", kAbsent, "a text", kAbsent, kAbsent, kAbsent}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{4, 5, 8}));
  EXPECT_TRUE(all.raws[2].starts_with("{\"order\":null,\"name\":\"rich text\"")) << all.raws[2];
  EXPECT_EQ(all.info.format, "Excel workbook, sheet \"Orders\"");
  RowHints notes;
  notes.sheet = "Nowhere";
  const ReadAll missing = read_all(real_files(), path, notes);
  EXPECT_EQ(missing.code, ErrorCode::kNotFound);
  EXPECT_NE(missing.error.find("\"Notes\" and \"Orders\""), std::string::npos) << missing.error;
}

TEST(Workbook, InlineTextsPrefixesAndCellsWithoutPlace) {
  const ReadAll all = read_small(
      "<x:row xmlns:x='m'><x:c t='inlineStr'><x:is><x:t>id</x:t></x:is></x:c>"
      "<x:c "
      "t='inlineStr'><x:is><x:r><x:t>na</x:t></x:r><x:r><x:t>me</x:t></x:r></x:is></x:c></x:row>"
      "<row><c><v>17850.0</v></c><c t='str'><v>A &amp; B</v></c></row>"
      "<row r='9'><c r='B9' t='str'><v>late</v></c></row>");
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.columns, (Names{"id", "name"}));
  EXPECT_EQ(all.rows, (Rows{{"17850", "A & B"}, {kAbsent, "late"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 9}));
}

TEST(Workbook, NumbersAreAsShortAsTheyWereTyped) {
  const ReadAll all = read_small(
      "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>"
      "<row><c><v>2.5499999999999998</v></c><c><v>1.25E-5</v></c></row>"
      "<row><c><v>123456789012345</v></c><c t='e'><v>#N/A</v></c></row>");
  EXPECT_EQ(all.rows, (Rows{{"2.55", "0.0000125"}, {"123456789012345", "#N/A"}}));
}

TEST(Workbook, DaysSince1904) {
  auto parts = small_workbook(
      "<row><c t='str'><v>id</v></c><c t='str'><v>at</v></c></row>"
      "<row><c><v>1</v></c><c s='1'><v>39051</v></c></row>");
  parts["xl/workbook.xml"].insert(std::string("<workbook xmlns:r='r'>").size(),
                                  "<workbookPr date1904='1'/>");
  parts["xl/styles.xml"] =
      "<styleSheet><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
      "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";
  EXPECT_EQ(read_text(stored_zip(parts)).rows, (Rows{{"1", "2010-12-01"}}));
}

TEST(Workbook, SerialDates) {
  const auto date = [](double days) { return serial_text(days, NumberMeaning::kDate, false); };
  EXPECT_EQ(date(40513), "2010-12-01");
  EXPECT_EQ(date(40513.351388888892), "2010-12-01T08:26:00");
  EXPECT_EQ(date(40513.99999999), "2010-12-01T23:59:59.999");
  EXPECT_EQ(date(40513.9999999999), "2010-12-02");
  EXPECT_EQ(date(1), "1900-01-01");
  EXPECT_EQ(date(61), "1900-03-01");
  EXPECT_EQ(date(2958465), "9999-12-31");
  EXPECT_EQ(date(2958466), "");
  EXPECT_EQ(date(-1), "");
  EXPECT_EQ(serial_text(0.5, NumberMeaning::kTimeOfDay, false), "12:00:00");
}

TEST(Workbook, FormatsThatMeanDates) {
  for (const char* code : {"yyyy-mm-dd", "d.m.yy", "[$-409]mmm d, yyyy", "mmm", "m/d/yy h:mm",
                           "dd\\ mmmm;@", "[Red]yyyy"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kDate) << code;
  }
  for (const char* code : {"h:mm", "hh:mm:ss", "mm:ss.0"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kTimeOfDay) << code;
  }
  for (const char* code : {"General", "0.00", "#,##0 \"days\"", "[Red]0", "[h]:mm", "0_d",
                           "[$\u20ac-2]0", "@", "0;yyyy"}) {
    EXPECT_EQ(meaning_of_format(code), NumberMeaning::kNumber) << code;
  }
}

TEST(Workbook, DamagedWorkbooksAreErrors) {
  const std::string whole =
      stored_zip(small_workbook("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"));
  EXPECT_EQ(read_text(whole).error, "");
  for (size_t length = 40; length < whole.size(); length += 7) {
    EXPECT_NE(read_text(whole.substr(0, length)).error, "") << length;
  }
  EXPECT_EQ(read_small("<row><c>").code, ErrorCode::kBadData);
  EXPECT_EQ(read_small("").code, ErrorCode::kBadData);
  EXPECT_EQ(read_small("<row r='2000000'><c><v>1</v></c></row>").code, ErrorCode::kBadData);
  auto parts = small_workbook("<row><c><v>1</v></c></row>");
  parts["xl/worksheets/s.xml"] = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>";
  EXPECT_EQ(read_text(stored_zip(parts)).code, ErrorCode::kBadData);
}

}  // namespace
}  // namespace regulars::connect
