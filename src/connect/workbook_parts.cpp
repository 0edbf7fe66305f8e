#include "connect/workbook_parts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "connect/xml_reader.h"

namespace regulars::connect {
namespace {

constexpr const char* kWorkbook = "xl/workbook.xml";

size_t to_index(std::string_view text) {
  size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

// Reads a part if it is there.
Result<void> read_part(const ZipArchive& archive, const std::string& name, XmlHandler& handler) {
  if (!archive.contains(name)) return {};
  REGULARS_ASSIGN(const std::unique_ptr<ByteStream> bytes, archive.read(name));
  return read_xml(*bytes, handler);
}

class Sheets : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relation;
  };
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "sheet") {
      found.push_back({std::string(attributes.get("name")), std::string(attributes.get("id"))});
    } else if (name == "workbookPr") {
      from_1904 = is_true(attributes.get("date1904"));
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<Sheet> found;
  bool from_1904 = false;
};

class Relations : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view target = attributes.get("Target");
    // Relative to xl/, or from the root.
    targets[std::string(attributes.get("Id"))] =
        target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, std::string> targets;
};

class SharedTexts : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") found.emplace_back();
    if (name == "rPh") phonetic_ = true;
    in_text_ = name == "t" && !phonetic_;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") phonetic_ = false;
  }
  void text(std::string_view piece) override {
    if (in_text_ && !found.empty()) found.back() += piece;
  }

  std::vector<std::string> found;

 private:
  bool in_text_ = false;
  bool phonetic_ = false;  // reading aids of East Asian texts are not the text
};

// ECMA-376-1, 18.8.30: formats that need no code.
NumberMeaning meaning_of_builtin(size_t id) {
  const bool date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                    (id >= 50 && id <= 54) || id == 57 || id == 58;
  const bool time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 ||
                    id == 55 || id == 56;
  if (date) return NumberMeaning::kDate;
  return time ? NumberMeaning::kTimeOfDay : NumberMeaning::kNumber;
}

class Styles : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      own_[to_index(attributes.get("numFmtId"))] = meaning_of_format(attributes.get("formatCode"));
    } else if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "xf" && in_cells_) {
      const size_t id = to_index(attributes.get("numFmtId"));
      const auto own = own_.find(id);
      found.push_back(own == own_.end() ? meaning_of_builtin(id) : own->second);
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  void text(std::string_view) override {}

  std::vector<NumberMeaning> found;

 private:
  std::map<size_t, NumberMeaning> own_;
  bool in_cells_ = false;
};

}  // namespace

NumberMeaning meaning_of_format(std::string_view code) {
  bool day = false;
  bool clock = false;
  bool month_or_minute = false;
  for (size_t i = 0; i < code.size(); ++i) {
    switch (code[i]) {
      case '"':  // a text to be shown
        i = std::min(code.find('"', i + 1), code.size());
        break;
      case '[': {  // a colour, currency or condition; [h] counts hours beyond a day
        const size_t end = std::min(code.find(']', i), code.size());
        const std::string_view inside = code.substr(i + 1, end - i - 1);
        if (inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
          return NumberMeaning::kNumber;
        }
        i = end;
        break;
      }
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case ';':  // the rest is for negative numbers
        i = code.size();
        break;
      case 'G':  // General
        return NumberMeaning::kNumber;
      case 'd':
      case 'D':
      case 'y':
      case 'Y':
        day = true;
        break;
      case 'h':
      case 'H':
      case 's':
      case 'S':
        clock = true;
        break;
      case 'm':
      case 'M':
        month_or_minute = true;
        break;
      default:
        break;
    }
  }
  if (day || (month_or_minute && !clock)) return NumberMeaning::kDate;
  return clock ? NumberMeaning::kTimeOfDay : NumberMeaning::kNumber;
}

Result<WorkbookParts> read_workbook_parts(const ZipArchive& archive) {
  Sheets sheets;
  Relations relations;
  SharedTexts texts;
  Styles styles;
  REGULARS_TRY(read_part(archive, kWorkbook, sheets));
  REGULARS_TRY(read_part(archive, "xl/_rels/workbook.xml.rels", relations));
  REGULARS_TRY(read_part(archive, "xl/sharedStrings.xml", texts));
  REGULARS_TRY(read_part(archive, "xl/styles.xml", styles));
  WorkbookParts parts;
  for (const Sheets::Sheet& sheet : sheets.found) {
    const auto target = relations.targets.find(sheet.relation);
    if (target == relations.targets.end() || !archive.contains(target->second)) continue;
    parts.sheets.push_back({.name = sheet.name, .part = target->second});
  }
  parts.texts = std::move(texts.found);
  parts.styles = std::move(styles.found);
  parts.from_1904 = sheets.from_1904;
  if (parts.sheets.empty()) {
    return Error(ErrorCode::kBadData, "the workbook has no sheet with cells",
                 "Save it again as .xlsx, or as CSV.");
  }
  return parts;
}

}  // namespace regulars::connect
