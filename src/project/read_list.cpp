#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "project/read_parts.h"
#include "project/yaml_faults.h"

namespace regulars::project {
namespace {

// The fields of a line of CSV: quoted ones may hold commas and doubled quotes, no line breaks.
std::vector<std::string> fields_of_line(std::string_view line, char delimiter) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == delimiter && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

std::string trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  return std::string(text);
}

char delimiter_of(std::string_view header) {
  for (const char delimiter : {';', '\t', ','}) {
    if (header.find(delimiter) != std::string_view::npos) return delimiter;
  }
  return ',';
}

// Which column holds the ids: the one named customer_id or customer, else the first.
size_t id_column(const std::vector<std::string>& header) {
  for (const char* name : {"customer_id", "customer"}) {
    const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& field) {
      return trimmed(field) == name;
    });
    if (found != header.end()) return static_cast<size_t>(found - header.begin());
  }
  return 0;
}

}  // namespace

void read_list(const std::string& path, std::string_view bytes, definitions::Catalogue& catalogue,
               Faults& faults) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (auto bad = no_text(bytes, path)) {
    faults.push_back(*std::move(bad));
    return;
  }
  definitions::ListDefinition list;
  list.name = std::filesystem::path(path).stem().string();
  list.place = {.file = path, .line = 1, .column = 1, .field = {}};
  const bool table = path.ends_with(".csv");
  char delimiter = ',';
  size_t column = 0;
  for (size_t begin = 0, line = 1; begin < bytes.size(); ++line) {
    const size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string text = trimmed(bytes.substr(begin, end - begin));
    begin = end + 1;
    if (text.empty()) continue;
    if (!table) {
      // Ids may begin with '#', so only "# " begins a comment.
      if (!text.starts_with("# ") && text != "#") list.customers.push_back(text);
      continue;
    }
    if (line == 1) delimiter = delimiter_of(text);
    const std::vector<std::string> fields = fields_of_line(text, delimiter);
    if (line == 1) {
      column = id_column(fields);
    } else if (column < fields.size() && !trimmed(fields[column]).empty()) {
      list.customers.push_back(trimmed(fields[column]));
    } else {
      faults.push_back(
          Error(ErrorCode::kBadDefinition, "the line holds no customer id",
                fmt::format("ids stand in column {}; the first line is the header", column + 1),
                {.file = path, .line = line, .column = 1, .field = {}}));
    }
  }
  catalogue.lists.push_back(std::move(list));
}

}  // namespace regulars::project
