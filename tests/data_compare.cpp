// What an outcome must be: the expected part of a case, and what holds for every file.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/decimal.h"
#include "data_case.h"

namespace regulars::nasty {
namespace {

using Lines = std::vector<std::string>;

std::string shown(const Json& value) { return value.dump(); }

void compare(const std::string& what, const Json& expected, const Json& found, Lines& lines) {
  if (expected == found) return;
  lines.push_back(fmt::format("{}: expected {}, found {}", what, shown(expected), shown(found)));
}

void compare_rows(const Json& expected, const Json& found, Lines& lines) {
  const size_t before = lines.size();
  for (const auto& [kind, count] : expected.items()) {
    compare("rows." + kind, count, found.value(kind, Json()), lines);
  }
  if (lines.size() > before) lines.push_back("rows are " + shown(found));
}

void compare_codes(const Json& expected, const Json& notices, bool wanted, Lines& lines) {
  for (const Json& code : expected) {
    const bool there = std::any_of(notices.begin(), notices.end(),
                                   [&](const Json& notice) { return notice["code"] == code; });
    if (there == wanted) continue;
    std::string all;
    for (const Json& notice : notices) all += " " + notice["code"].get<std::string>();
    lines.push_back(fmt::format("notice {} is {}; there are:{}", shown(code),
                                wanted ? "missing" : "there", all));
  }
}

const Json* column_of(const std::string& role, const Json& columns) {
  for (const Json& column : columns) {
    if (column["role"] == role) return &column;
  }
  return nullptr;
}

void compare_columns(const Json& expected, const Json& columns, Lines& lines) {
  for (const auto& [role, name] : expected.items()) {
    const Json* column = column_of(role, columns);
    compare("column of " + role, name, column == nullptr ? Json() : (*column)["column"], lines);
  }
}

void compare_alternatives(const Json& expected, const Json& columns, Lines& lines) {
  for (const auto& [role, names] : expected.items()) {
    const Json* column = column_of(role, columns);
    for (const Json& name : names) {
      const Json others = column == nullptr ? Json::array() : (*column)["alternatives"];
      if (std::find(others.begin(), others.end(), name) != others.end()) continue;
      lines.push_back(
          fmt::format("{} is no alternative for {}: {}", shown(name), role, shown(others)));
    }
  }
}

void compare_people(const Json& expected, const std::vector<CsvRow>& customers, Lines& lines) {
  for (const auto& [id, facts] : expected.items()) {
    const auto found = std::find_if(customers.begin(), customers.end(),
                                    [&](const CsvRow& row) { return row.at("customer_id") == id; });
    if (found == customers.end()) {
      std::string all;
      for (const CsvRow& row : customers) all += " '" + row.at("customer_id") + "'";
      lines.push_back(
          fmt::format("there is no customer '{}'; there are{}", id, all.substr(0, 300)));
      continue;
    }
    for (const auto& [fact, value] : facts.items()) {
      const auto cell = found->find(fact);
      compare(fmt::format("customer '{}', {}", id, fact), value,
              cell == found->end() ? Json() : Json(cell->second), lines);
    }
  }
}

void compare_reject(const Json& expected, const CsvRow& found, Lines& lines) {
  const std::string what = "reject of line '" + found.at("line") + "'";
  for (const auto& [key, value] : expected.items()) {
    const std::string& cell = found.at(key);
    if (value.is_number()) {
      const std::string number = value == 0 ? "" : shown(value);
      if (cell != number)
        lines.push_back(
            fmt::format("{}: {} {} expected, found '{}'", what, key, shown(value), cell));
    } else if (cell.find(value.get<std::string>()) == std::string::npos) {
      lines.push_back(fmt::format("{}: {} has no {}: '{}'", what, key, shown(value), cell));
    }
  }
}

void compare_rejects(const Json& expected, const std::vector<CsvRow>& rejects, Lines& lines) {
  if (expected.size() != rejects.size()) {
    lines.push_back(fmt::format("{} rejects expected, {} found:", expected.size(), rejects.size()));
    for (const CsvRow& row : rejects) {
      lines.push_back(fmt::format("  line {} column {}: {}", row.at("line"), row.at("column"),
                                  row.at("reason")));
    }
    return;
  }
  for (size_t i = 0; i < rejects.size(); ++i) compare_reject(expected[i], rejects[i], lines);
}

void compare_months(const Json& expected, const Json& months, Lines& lines) {
  for (const auto& [name, facts] : expected.items()) {
    for (const Json& month : months) {
      if (month["month"] != name) continue;
      for (const auto& [fact, value] : facts.items()) {
        compare("month " + name + ", " + fact, value, month.value(fact, Json()), lines);
      }
    }
  }
}

void compare_source(const Json& expected, const Json& source, Lines& lines) {
  for (const auto& [key, part] : expected.items()) {
    const std::string found = source[0][key].get<std::string>();
    if (found.find(part.get<std::string>()) == std::string::npos) {
      lines.push_back(fmt::format("source {}: no {} in '{}'", key, shown(part), found));
    }
  }
}

using Compare = std::function<void(const Json&, const Outcome&, Lines&)>;

const std::map<std::string, Compare>& comparisons() {
  static const std::map<std::string, Compare> kAll = {
      {"rows",
       [](const Json& e, const Outcome& o, Lines& l) { compare_rows(e, o.summary["rows"], l); }},
      {"notices", [](const Json& e, const Outcome& o,
                     Lines& l) { compare_codes(e, o.summary["notices"], true, l); }},
      {"no_notices", [](const Json& e, const Outcome& o,
                        Lines& l) { compare_codes(e, o.summary["notices"], false, l); }},
      {"columns", [](const Json& e, const Outcome& o,
                     Lines& l) { compare_columns(e, o.summary["columns"], l); }},
      {"alternatives", [](const Json& e, const Outcome& o,
                          Lines& l) { compare_alternatives(e, o.summary["columns"], l); }},
      {"people",
       [](const Json& e, const Outcome& o, Lines& l) { compare_people(e, o.customers, l); }},
      {"rejects",
       [](const Json& e, const Outcome& o, Lines& l) { compare_rejects(e, o.rejects, l); }},
      {"months", [](const Json& e, const Outcome& o,
                    Lines& l) { compare_months(e, o.summary["months"], l); }},
      {"source", [](const Json& e, const Outcome& o,
                    Lines& l) { compare_source(e, o.summary["source"], l); }},
      {"source_count",
       [](const Json& e, const Outcome& o, Lines& l) {
         compare("number of sources", e, o.summary["source"].size(), l);
       }},
      {"unattributed_totals",
       [](const Json& e, const Outcome& o, Lines& l) {
         for (const auto& [key, value] : e.items()) {
           compare("unattributed " + key, value, o.summary["unattributed"].value(key, Json()), l);
         }
       }},
      {"not_in_report", [](const Json& e, const Outcome& o, Lines& l) {
         for (const Json& part : e) {
           if (o.report.find(part.get<std::string>()) == std::string::npos) continue;
           l.push_back("report.html contains " + shown(part) + " as it stands");
         }
       }}};
  return kAll;
}

// ---- What holds for every file.

int64_t cents(const Json& amount) {
  const auto value = Decimal::parse(amount.get<std::string>());
  return value ? value->units : kMissing;
}

void check_rows(const Json& summary, Lines& lines) {
  const Json& rows = summary["rows"];
  int64_t sum = 0;
  for (const auto& [kind, count] : rows.items()) {
    if (kind == "read" || kind == "ties_out") continue;
    sum += count.get<int64_t>();
    if (count < 0) lines.push_back("rows." + kind + " is below zero");
  }
  if (sum != rows["read"] || rows["ties_out"] != true) {
    lines.push_back("the rows do not tie out: " + shown(rows));
  }
}

void check_rejects(const Outcome& outcome, Lines& lines) {
  const Json& summary = outcome.summary;
  if (summary["rows"]["rejected"] != outcome.rejects.size()) {
    lines.push_back(fmt::format("{} rows rejected, {} listed", shown(summary["rows"]["rejected"]),
                                outcome.rejects.size()));
  }
  const bool has_lines =
      summary["source"][0]["format"].get<std::string>().find("Parquet") == std::string::npos;
  for (const CsvRow& row : outcome.rejects) {
    const bool whole = !row.at("file").empty() && !row.at("reason").empty() &&
                       !row.at("raw").empty() && row.at("line").empty() != has_lines &&
                       row.at("column").empty() == row.at("field").empty();
    if (whole) continue;
    lines.push_back(
        fmt::format("a reject lacks something: file '{}' line '{}' column '{}' field "
                    "'{}' reason '{}' raw '{}'",
                    row.at("file"), row.at("line"), row.at("column"), row.at("field"),
                    row.at("reason"), row.at("raw").substr(0, 80)));
  }
}

void check_totals(const Outcome& outcome, Lines& lines) {
  const Json& summary = outcome.summary;
  int64_t gross = 0;
  int64_t net = 0;
  int64_t orders = 0;
  int64_t buyers = 0;
  for (const CsvRow& row : outcome.customers) {
    gross += cents(row.at("gross_revenue"));
    net += cents(row.at("net_revenue"));
    orders += std::stoll(row.at("orders"));
    buyers += row.at("orders") == "0" ? 0 : 1;
  }
  compare("gross revenue of customers.csv", cents(summary["gross_revenue"]), gross, lines);
  compare("net revenue of customers.csv", cents(summary["net_revenue"]), net, lines);
  compare("orders of customers.csv", summary["orders"], orders, lines);
  compare("buyers of customers.csv", summary["customers"], buyers, lines);
  compare("rows of customers.csv", summary["customers_seen"], outcome.customers.size(), lines);
  compare("gross less refunds", cents(summary["net_revenue"]),
          cents(summary["gross_revenue"]) - cents(summary["refunds"]), lines);
  int64_t months = 0;
  for (const Json& month : summary["months"]) months += cents(month["gross_revenue"]);
  compare("gross revenue of the months", cents(summary["gross_revenue"]), months, lines);
  for (const Json& segmentation : summary["segmentations"]) {
    int64_t members = 0;
    for (const Json& one : segmentation["classes"]) members += one["customers"].get<int64_t>();
    if (members <= summary["customers_seen"].get<int64_t>()) continue;
    lines.push_back("more members than customers in " + shown(segmentation["name"]));
  }
}

bool would_run(const std::string& cell) {
  if (cell.empty() || std::string("=+-@\t\r").find(cell.front()) == std::string::npos) return false;
  return !Decimal::parse(cell).ok();
}

void check_cells(const std::vector<CsvRow>& rows, Lines& lines) {
  for (const CsvRow& row : rows) {
    for (const auto& [name, cell] : row) {
      if (would_run(cell)) lines.push_back("a spreadsheet would run " + name + ": " + cell);
      if (name == "too many cells") lines.push_back("a row has too many cells: " + cell);
    }
  }
}

void check_terminal(const std::string& text, Lines& lines) {
  if (std::count(text.begin(), text.end(), '\n') > 34) lines.push_back("more than 34 lines");
  size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      width = 0;
    } else if ((byte & 0xC0U) != 0x80U && ++width == 101) {
      lines.push_back("a line of the terminal summary is wider than 100 columns:\n" + text);
    }
    if (byte < 0x20 && c != '\n') lines.push_back(fmt::format("byte {} in the terminal", byte));
  }
}

}  // namespace

std::vector<std::string> differences(const Json& expect, const Outcome& outcome) {
  Lines lines;
  for (const auto& [key, value] : expect.items()) {
    const auto special = comparisons().find(key);
    if (special != comparisons().end()) {
      special->second(value, outcome, lines);
    } else {
      compare(key, value, outcome.summary.value(key, Json("no such part of the summary")), lines);
    }
  }
  return lines;
}

std::vector<std::string> differences_of_error(const Json& expected, const Error& error) {
  static const std::map<std::string, ErrorCode> kCodes = {
      {"kBadData", ErrorCode::kBadData},
      {"kBadDefinition", ErrorCode::kBadDefinition},
      {"kNotFound", ErrorCode::kNotFound},
      {"kUnsupported", ErrorCode::kUnsupported},
      {"kOverflow", ErrorCode::kOverflow}};
  Lines lines;
  const std::string text = error.to_string();
  const auto code = kCodes.find(expected.value("code", ""));
  if (code == kCodes.end() || code->second != error.code()) {
    lines.push_back("expected " + expected.value("code", "") + ", found another kind of error");
  }
  for (const Json& part : expected.value("message", Json::array())) {
    if (text.find(part.get<std::string>()) == std::string::npos) {
      lines.push_back("the message does not say " + shown(part));
    }
  }
  if (!lines.empty()) lines.push_back("the error is: " + text);
  return lines;
}

std::vector<std::string> broken_promises(const Outcome& outcome) {
  Lines lines;
  if (outcome.summary.is_discarded()) return {"summary.json is not JSON"};
  check_rows(outcome.summary, lines);
  check_rejects(outcome, lines);
  check_totals(outcome, lines);
  check_cells(outcome.customers, lines);
  check_cells(outcome.rejects, lines);
  check_terminal(outcome.terminal, lines);
  if (outcome.report.find("</html>") == std::string::npos)
    lines.push_back("report.html has no end");
  return lines;
}

}  // namespace regulars::nasty
