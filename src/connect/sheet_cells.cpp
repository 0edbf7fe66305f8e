#include "connect/sheet_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/time.h"
#include "connect/cell_text.h"
#include "connect/xml_reader.h"

namespace regulars::connect {
namespace {

constexpr uint32_t kMostRows = 1048576;
constexpr uint32_t kMostColumns = 16384;
constexpr size_t kBlock = 1 << 20;

// "BC12": 0-based column and 1-based row; zeros where it says nothing.
struct Reference {
  uint32_t column = 0;
  uint32_t row = 0;
};

Reference parse_reference(std::string_view text) {
  Reference reference;
  size_t i = 0;
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 4; ++i) {
    reference.column = reference.column * 26 + static_cast<uint32_t>(text[i] - 'A') + 1;
  }
  std::from_chars(text.data() + i, text.data() + text.size(), reference.row);
  return reference;
}

bool parse_double(std::string_view text, double& value) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() && !text.empty();
}

class SheetReader : public XmlHandler {
 public:
  explicit SheetReader(const WorkbookParts& parts) : parts_(parts) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "c") {
      start_cell(attributes);
    } else if (name == "row") {
      start_row(attributes.get("r"));
    } else if (name == "rPh") {
      phonetic_ = true;
    }
    in_value_ = in_cell_ && !phonetic_ && (name == "v" || name == "t");
  }

  void end(std::string_view name) override {
    in_value_ = false;
    if (name == "c") end_cell();
    if (name == "rPh") phonetic_ = false;
  }

  void text(std::string_view piece) override {
    if (in_value_) value_ += piece;
  }

  SheetCells take() { return std::move(found_); }
  bool too_large() const { return too_large_; }

 private:
  void start_row(std::string_view number) {
    uint32_t given = 0;
    std::from_chars(number.data(), number.data() + number.size(), given);
    row_ = given > row_ ? given : row_ + 1;
    column_ = 0;
    row_is_new_ = true;
    too_large_ = too_large_ || row_ > kMostRows;
  }

  void start_cell(const XmlAttributes& attributes) {
    const Reference reference = parse_reference(attributes.get("r"));
    if (reference.column > 0) column_ = reference.column - 1;
    type_ = attributes.get("t");
    const std::string_view style = attributes.get("s");
    style_ = 0;
    std::from_chars(style.data(), style.data() + style.size(), style_);
    value_.clear();
    in_cell_ = true;
    too_large_ = too_large_ || column_ >= kMostColumns;
  }

  void end_cell() {
    in_cell_ = false;
    const std::string_view text = too_large_ ? std::string_view() : cell_text();
    if (!text.empty()) {
      if (row_is_new_) found_.rows.push_back({.number = row_, .first = found_.cells.size()});
      row_is_new_ = false;
      found_.cells.push_back({.column = column_, .text = text});
    }
    ++column_;
  }

  std::string_view cell_text() {
    if (value_.empty()) return {};
    if (type_ == "s") {
      size_t index = parts_.texts.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      return index < parts_.texts.size() ? std::string_view(parts_.texts[index])
                                         : std::string_view();
    }
    if (type_ == "b") return value_ == "1" ? "true" : "false";
    if (type_.empty() || type_ == "n") return keep(number());
    return keep(value_);  // str, inlineStr, d (ISO 8601 already), e (#N/A)
  }

  std::string_view number() {
    double value = 0;
    if (!parse_double(value_, value)) return value_;
    const NumberMeaning meaning =
        style_ < parts_.styles.size() ? parts_.styles[style_] : NumberMeaning::kNumber;
    if (meaning != NumberMeaning::kNumber) {
      date_ = serial_text(value, meaning, parts_.from_1904);
      if (!date_.empty()) return date_;
    }
    return number_text(value, buffer_);
  }

  std::string_view keep(std::string_view text) {
    if (found_.blocks.empty() ||
        found_.blocks.back().capacity() - found_.blocks.back().size() < text.size()) {
      found_.blocks.emplace_back().reserve(std::max(kBlock, text.size()));
    }
    std::string& block = found_.blocks.back();
    const size_t from = block.size();
    block += text;
    return std::string_view(block).substr(from);
  }

  const WorkbookParts& parts_;
  SheetCells found_;
  uint32_t row_ = 0;
  uint32_t column_ = 0;
  size_t style_ = 0;
  std::string type_;
  std::string value_;
  std::string date_;
  NumberBuffer buffer_;
  bool row_is_new_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool phonetic_ = false;
  bool too_large_ = false;
};

}  // namespace

Result<SheetCells> read_sheet(ByteStream& xml, const WorkbookParts& parts) {
  SheetReader reader(parts);
  REGULARS_TRY(read_xml(xml, reader));
  if (reader.too_large()) {
    return Error(ErrorCode::kBadData,
                 "the sheet has more rows or columns than a workbook can hold");
  }
  return reader.take();
}

std::string serial_text(double days, NumberMeaning meaning, bool from_1904) {
  constexpr double kLastSerial = 2958466;  // 10000-01-01
  constexpr int64_t kMillisPerDay = 86'400'000;
  constexpr double kFalseLeapDay = 60;  // 1900-02-29, which never was
  if (!(days >= 0) || days >= kLastSerial) return {};
  const int64_t millis = std::llround(days * static_cast<double>(kMillisPerDay));
  const int64_t clock = millis % kMillisPerDay;
  const int64_t second = clock / 1000;
  std::string time = fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
  if (clock % 1000 != 0) time += fmt::format(".{:03}", clock % 1000);
  if (millis < kMillisPerDay && (meaning == NumberMeaning::kTimeOfDay || !from_1904)) return time;
  CivilDate start{1899, 12, 30};
  if (from_1904) {
    start = {1904, 1, 1};
  } else if (days < kFalseLeapDay) {
    start = {1899, 12, 31};
  }
  const std::string day = to_iso(to_day(start) + static_cast<int>(millis / kMillisPerDay));
  return clock == 0 ? day : day + "T" + time;
}

}  // namespace regulars::connect
