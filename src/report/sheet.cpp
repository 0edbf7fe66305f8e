#include "report/sheet.h"

#include <cmath>

#include "base/decimal.h"
#include "report/words.h"

namespace regulars::report {
namespace {

constexpr size_t kLongestText = 32767;  // characters a cell holds

lxw_format* format(lxw_workbook* book, const char* number_format) {
  lxw_format* made = workbook_add_format(book);
  format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
  if (number_format != nullptr) format_set_num_format(made, number_format);
  return made;
}

}  // namespace

Formats make_formats(lxw_workbook* book, int money_scale) {
  Formats formats;
  formats.heading = format(book, nullptr);
  format_set_bold(formats.heading);
  format_set_bottom(formats.heading, LXW_BORDER_THIN);
  format_set_text_wrap(formats.heading);
  formats.title = format(book, nullptr);
  format_set_bold(formats.title);
  formats.text = format(book, nullptr);
  format_set_text_wrap(formats.text);
  formats.count = format(book, "#,##0");
  const std::string digits(static_cast<size_t>(money_scale), '0');
  formats.money = format(book, ("#,##0" + (digits.empty() ? "" : "." + digits)).c_str());
  formats.share = format(book, "0.0%");
  formats.number = format(book, "#,##0.0");
  formats.date = format(book, "yyyy-mm-dd");
  return formats;
}

Sheet::Sheet(lxw_workbook* book, const Formats& formats, const std::string& name)
    : formats_(formats), sheet_(workbook_add_worksheet(book, name.c_str())) {}

void Sheet::columns(const std::vector<SheetColumn>& columns) {
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet_, at, at, columns[i].width, nullptr);
    worksheet_write_string(sheet_, row_, at, columns[i].title.c_str(), formats_.heading);
  }
  worksheet_freeze_panes(sheet_, row_ + 1, 1);
  end_row();
}

Sheet& Sheet::text(std::string_view value) {
  const std::string kept(shortened(value, kLongestText));
  worksheet_write_string(sheet_, row_, column_++, kept.c_str(), formats_.text);
  return *this;
}

Sheet& Sheet::count(int64_t value) {
  if (value == segments::kUnknown) return blank();
  worksheet_write_number(sheet_, row_, column_++, static_cast<double>(value), formats_.count);
  return *this;
}

Sheet& Sheet::money(int64_t units, int scale) {
  worksheet_write_number(sheet_, row_, column_++, Decimal{units, scale}.to_double(),
                         formats_.money);
  return *this;
}

Sheet& Sheet::share(double value) {
  if (!std::isfinite(value)) return blank();
  worksheet_write_number(sheet_, row_, column_++, value, formats_.share);
  return *this;
}

Sheet& Sheet::number(double value) {
  if (!std::isfinite(value)) return blank();
  worksheet_write_number(sheet_, row_, column_++, value, formats_.number);
  return *this;
}

Sheet& Sheet::date(int64_t day_number) {
  if (day_number == segments::kUnknown) return blank();
  const CivilDate date = to_civil(Day{static_cast<int32_t>(day_number)});
  // Spreadsheets know no date before 1900.
  if (date.year < 1900 || date.year > 9999) return text(plain_day(day_number));
  lxw_datetime value = {date.year, date.month, date.day, 0, 0, 0};
  worksheet_write_datetime(sheet_, row_, column_++, &value, formats_.date);
  return *this;
}

Sheet& Sheet::blank() {
  ++column_;
  return *this;
}

void Sheet::end_row() {
  ++row_;
  column_ = 0;
}

void Sheet::title(std::string_view value) {
  worksheet_write_string(sheet_, row_, 0, std::string(value).c_str(), formats_.title);
  end_row();
}

std::string sheet_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '-';
  }
  return shortened(out, 31);
}

}  // namespace regulars::report
