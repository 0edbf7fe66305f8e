#include "data_case.h"

#include <set>

namespace regulars::nasty {
namespace {

// Sets one option from the case; false: there is no such option.
bool set_text_option(const std::string& key, const Json& value, app::AnalyzeOptions& options) {
  const std::map<std::string, std::string*> texts = {
      {"time_zone", &options.overrides.time_zone},
      {"time_format", &options.overrides.time_format},
      {"currency", &options.overrides.currency},
      {"decimal_mark", &options.overrides.decimal_mark},
      {"sheet", &options.overrides.rows.sheet},
      {"as_of", &options.as_of},
      {"rfm_window", &options.rfm_window}};
  const auto found = texts.find(key);
  if (found == texts.end() || !value.is_string()) return false;
  *found->second = value.get<std::string>();
  return true;
}

bool set_columns(const Json& columns, ColumnMapping& mapping) {
  const std::map<std::string, std::string*> roles = {
      {"customer", &mapping.customer}, {"time", &mapping.time},       {"order", &mapping.order},
      {"amount", &mapping.amount},     {"product", &mapping.product}, {"status", &mapping.status}};
  for (const auto& [role, column] : columns.items()) {
    if (!roles.contains(role)) return false;
    *roles.at(role) = column.get<std::string>();
  }
  return true;
}

bool set_amount_meaning(const Json& value, connect::Overrides& overrides) {
  const std::map<std::string, AmountMeaning> words = {
      {"line", AmountMeaning::kLineAmount},
      {"order-repeated", AmountMeaning::kOrderTotalRepeated},
      {"order-first-line", AmountMeaning::kOrderTotalFirstLine}};
  const auto found = words.find(value.get<std::string>());
  if (found == words.end()) return false;
  overrides.amount_meaning = found->second;
  return true;
}

bool set_option(const std::string& key, const Json& value, const std::string& directory,
                app::AnalyzeOptions& options) {
  connect::Overrides& overrides = options.overrides;
  if (set_text_option(key, value, options)) return true;
  if (key == "columns") return set_columns(value, overrides.columns);
  if (key == "amount_meaning") return set_amount_meaning(value, overrides);
  if (key == "header") {
    overrides.rows.header = value.get<bool>() ? 1 : 0;
  } else if (key == "drop_duplicates") {
    overrides.drop_duplicates = value.get<bool>();
  } else if (key == "exclude") {
    overrides.excluded_customers = value.get<std::vector<std::string>>();
  } else if (key == "persons") {
    overrides.persons = value.get<std::vector<std::string>>();
  } else if (key == "customers_file") {
    options.customers_file = directory + "/" + value.get<std::string>();
  } else if (key == "more_files") {
    for (const Json& file : value) {
      options.order_files.push_back(directory + "/" + file.get<std::string>());
    }
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::pair<Case, std::string> load_case(const std::string& directory, const std::string& name) {
  Case made;
  made.name = name;
  const auto text = real_files().read(directory + "/" + name + ".expected.json");
  if (!text) return {made, text.error().to_string()};
  const Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return {made, name + ".expected.json is not JSON"};
  for (const auto& [key, value] : json.items()) {
    static const std::set<std::string> kKeys = {"why", "file", "options", "expect", "error"};
    if (!kKeys.contains(key)) return {made, "unknown key '" + key + "'"};
  }
  made.options.order_files = {directory + "/" + json.value("file", "")};
  made.options.out_directory = "out";
  made.options.command = "regulars analyze " + json.value("file", "");
  if (json.contains("options")) {
    for (const auto& [key, value] : json["options"].items()) {
      if (!set_option(key, value, directory, made.options)) {
        return {made, "unknown option '" + key + "'"};
      }
    }
  }
  if (json.contains("expect") == json.contains("error")) {
    return {made, "one of 'expect' and 'error' must be there"};
  }
  if (json.contains("expect")) made.expect = json["expect"];
  if (json.contains("error")) made.error = json["error"];
  return {made, ""};
}

std::vector<CsvRow> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> records(1, std::vector<std::string>(1));
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& cell = records.back().back();
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      records.back().emplace_back();
    } else if (!quoted && c == '\n') {
      records.emplace_back(1);
    } else {
      cell += c;
    }
  }
  records.pop_back();  // what follows the last line end
  std::vector<CsvRow> rows;
  for (size_t r = 1; r < records.size(); ++r) {
    CsvRow row;
    for (size_t c = 0; c < records[r].size(); ++c) {
      row[c < records[0].size() ? records[0][c] : "too many cells"] = records[r][c];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Outcome outcome_of(const app::Analysis& analysis, MemoryFiles& files) {
  const auto read = [&](const std::string& name) {
    auto text = files.read("out/" + name);
    return text ? *text : std::string();
  };
  Outcome outcome;
  outcome.summary = Json::parse(read("summary.json"), nullptr, false);
  outcome.terminal = app::terminal_text(analysis, 100, false);
  outcome.report = read("report.html");
  outcome.customers = parse_csv(read("customers.csv"));
  outcome.rejects = parse_csv(read("rejects.csv"));
  return outcome;
}

}  // namespace regulars::nasty
