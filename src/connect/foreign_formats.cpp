#include "connect/foreign_formats.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "connect/encoding.h"

namespace regulars::connect {
namespace {

constexpr const char* kSaveAs = "Open it in a spreadsheet program and save it as .xlsx or CSV.";
constexpr const char* kUnpack = "Unpack it and name the file inside.";
constexpr const char* kExport = "Export the orders as CSV, .xlsx, JSON or Parquet.";

struct Signature {
  std::string_view bytes;
  const char* name;
  const char* advice;
};

constexpr std::array<Signature, 14> kSignatures = {{
    {{"\xD0\xCF\x11\xE0", 4}, "an old Excel workbook (.xls) or one with a password", kSaveAs},
    {"%PDF", "a PDF", kExport},
    {"\x89PNG", "a PNG picture", kExport},
    {"\xFF\xD8\xFF", "a JPEG picture", kExport},
    {"GIF8", "a GIF picture", kExport},
    {"BZh", "packed with bzip2", kUnpack},
    {{"\xFD"
      "7zXZ",
      5},
     "packed with xz",
     kUnpack},
    {{"\x04\x22\x4D\x18", 4}, "packed with lz4", kUnpack},
    {"7z\xBC\xAF", "a 7-Zip archive", kUnpack},
    {"Rar!", "a RAR archive", kUnpack},
    {"SQLite format 3", "an SQLite database", kExport},
    {"ARROW1", "an Arrow file", "Save it as Parquet."},
    {"Obj\x01", "an Avro file", "Save it as Parquet."},
    {"ORC", "an ORC file", "Save it as Parquet."},
}};

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Error unsupported(const std::string& name, const char* advice, const SourceBytes& source) {
  return Error(ErrorCode::kUnsupported, "this is " + name + ", which is not read", advice)
      .at({.file = source.info.path, .field = {}});
}

Error name_zip(const SourceBytes& source) {
  const std::string_view bytes = source.view.bytes;
  if (holds(bytes, "xl/workbook.bin")) {
    return unsupported("a binary Excel workbook (.xlsb)", kSaveAs, source);
  }
  if (holds(source.start, "opendocument.spreadsheet")) {
    return unsupported("an OpenDocument spreadsheet (.ods)", kSaveAs, source);
  }
  return unsupported("a zip archive", kUnpack, source);
}

// Web pages and XML; many shops call an HTML table ".xls".
bool is_markup(std::string_view start) {
  const size_t from = start.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (from == std::string_view::npos || start[from] != '<') return false;
  std::string head(start.substr(from, 1000));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::any_of(head.begin() + 1, head.begin() + 2,
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '?' || c == '!'; }) &&
         holds(head, ">");
}

// Bytes that no text has; UTF-16 is told by its encoding.
bool is_binary(std::string_view start) {
  if (find_encoding(start).encoding != Encoding::kUtf8) return false;
  const auto strange = std::count_if(start.begin(), start.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && std::string_view("\t\r\n\f\v\x1A\x1B").find(c) == std::string_view::npos;
  });
  return static_cast<size_t>(strange) * 100 > start.size();
}

}  // namespace

std::optional<Error> find_foreign_format(const SourceBytes& source) {
  const std::string_view start = source.start;
  for (const Signature& signature : kSignatures) {
    if (start.starts_with(signature.bytes)) {
      // Letters may begin a column's name just as well.
      if (signature.bytes == "ORC" && !is_binary(start)) continue;
      return unsupported(signature.name, signature.advice, source);
    }
  }
  if (start.starts_with("PK\3\4") || start.starts_with("PK\5\6")) return name_zip(source);
  if (is_markup(start)) return unsupported("a web page or XML", kSaveAs, source);
  if (is_binary(start)) {
    return Error(ErrorCode::kUnsupported, "these bytes are no text and no format known here",
                 kExport)
        .at({.file = source.info.path, .field = {}});
  }
  return std::nullopt;
}

}  // namespace regulars::connect
