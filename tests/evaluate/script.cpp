#include "script.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "evaluate/expression_json.h"

namespace regulars::evaluate {
namespace {

struct Line {
  size_t number = 0;
  bool indented = false;
  std::string text;
  std::vector<std::string> words;
};

Error bad(const Line& line, const std::string& what) {
  return Error(ErrorCode::kBadData, what + ": " + line.text).at({"", line.number, 0, ""});
}

// Words are separated by blanks; "two words" is one.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == ' ') {
      ++i;
    } else if (text[i] == '"') {
      const size_t end = std::min(text.find('"', i + 1), text.size());
      words.emplace_back(text.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const size_t end = std::min(text.find(' ', i), text.size());
      words.emplace_back(text.substr(i, end - i));
      i = end;
    }
  }
  return words;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    Line line{number, text.starts_with(' '), std::string(text.substr(0, end)), {}};
    text.remove_prefix(std::min(end + 1, text.size()));
    line.words = words_of(line.text);
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

bool read_number(std::string_view text, int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Day> read_day(std::string_view text) {
  int64_t year = 0;
  int64_t month = 0;
  int64_t date = 0;
  if (text.size() != 10 || !read_number(text.substr(0, 4), year) ||
      !read_number(text.substr(5, 2), month) || !read_number(text.substr(8, 2), date)) {
    return {};
  }
  return to_day({static_cast<int>(year), static_cast<int>(month), static_cast<int>(date)});
}

// 2024-01-31, T10:20, :30 and .000001 may be added; by the zone's clock, or UTC with a final Z.
std::optional<Instant> read_instant(std::string_view text, const Zone& zone) {
  const bool utc = text.ends_with('Z');
  if (utc) text.remove_suffix(1);
  const auto day = read_day(text.substr(0, 10));
  if (!day) return {};
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  int64_t micros = 0;
  const bool good =
      (text.size() <= 10 ||
       (read_number(text.substr(11, 2), hour) && read_number(text.substr(14, 2), minute))) &&
      (text.size() <= 16 || read_number(text.substr(17, 2), second)) &&
      (text.size() <= 19 || (text.size() == 26 && read_number(text.substr(20), micros)));
  if (!good) return {};
  const int64_t clock = ((hour * 60 + minute) * 60 + second) * 1'000'000 + micros;
  return (utc ? Zone::utc() : zone).at(*day, clock);
}

std::optional<Column> read_column(const std::string& word) {
  const size_t colon = word.find(':');
  if (colon == std::string::npos) return {};
  const std::string name = word.substr(0, colon);
  const std::string type = word.substr(colon + 1);
  if (type.starts_with("decimal") && type.size() == 8) return Column::decimal(name, type[7] - '0');
  if (type == "text") return Column::text(name, std::make_shared<Dictionary>());
  if (type == "set") {
    Column column = Column::text(name, std::make_shared<Dictionary>());
    column.is_set = true;
    return column;
  }
  if (type == "integer") return Column::of(name, ValueType::kInteger);
  if (type == "instant") return Column::of(name, ValueType::kInstant);
  if (type == "day") return Column::of(name, ValueType::kDay);
  if (type == "boolean") return Column::of(name, ValueType::kBoolean);
  return {};
}

// Appends the value a word stands for; "?" is unknown.
bool append(Column& column, const std::string& word, const Zone& zone) {
  if (column.type == ValueType::kText) {
    std::string value = word;
    if (column.is_set) std::replace(value.begin(), value.end(), ';', kSetSeparator);
    column.codes.push_back(word == "?" ? kNoCode : column.dictionary->intern(value));
    return true;
  }
  int64_t number = kMissing;
  bool good = true;
  if (word == "?") {
  } else if (column.type == ValueType::kDecimal) {
    const Result<Decimal> parsed = Decimal::parse(word);
    good = parsed.ok() && parsed->scale <= column.scale;
    if (good) number = parsed->units * power_of_ten(column.scale - parsed->scale);
  } else if (column.type == ValueType::kInstant) {
    const auto found = read_instant(word, zone);
    good = found.has_value();
    if (good) number = found->micros;
  } else if (column.type == ValueType::kDay) {
    const auto found = read_day(word);
    good = found.has_value();
    if (good) number = found->number;
  } else if (column.type == ValueType::kBoolean) {
    good = word == "true" || word == "false";
    number = word == "true" ? 1 : 0;
  } else {
    good = read_number(word, number);
  }
  column.numbers.push_back(number);
  return good;
}

class Parser {
 public:
  Result<Script> parse(std::string_view text) {
    for (const Line& line : lines_of(text)) {
      if (line.words[0] == "#") {
        if (line.text.starts_with("# description: ")) script_.description = line.text.substr(15);
        continue;
      }
      if (line.indented) {
        REGULARS_TRY(inner(line));
      } else {
        section_ = line;
        REGULARS_TRY(outer(line));
      }
    }
    REGULARS_TRY(finish_json());
    REGULARS_TRY(finish_attributes());
    REGULARS_ASSIGN(script_.history, History::build(std::move(customers_), std::move(events_)));
    return std::move(script_);
  }

 private:
  Result<void> outer(const Line& line) {
    REGULARS_TRY(finish_json());
    const std::string& kind = line.words[0];
    if (kind == "zone" && line.words.size() == 2) {
      REGULARS_ASSIGN(script_.zone, Zone::find(line.words[1]));
    } else if (kind == "customers") {
      for (size_t i = 1; i < line.words.size(); ++i) customers_.ids->intern(line.words[i]);
    } else if (kind == "events" && line.words.size() >= 2) {
      return begin_events(line);
    } else if ((kind == "merges" || kind == "known_from") && line.words.size() == 1) {
      return {};
    } else if (kind == "attributes") {
      return begin_columns(line, 1, customers_.attributes, nullptr);
    } else if (kind == "define" && line.words.size() >= 3 && line.words[2] == "=") {
      name_ = line.words[1];
      json_ = line.text.substr(line.text.find('=') + 1);
    } else if (kind == "refuse") {
      json_ = line.text.substr(6);
    } else if (kind == "as_of" && line.words.size() == 2) {
      const auto t = read_instant(line.words[1], script_.zone);
      if (!t) return bad(line, "no instant");
      script_.as_of.push_back(*t);
    } else if (kind == "expect" && !script_.as_of.empty()) {
      return begin_expect(line);
    } else {
      return bad(line, "not understood");
    }
    return {};
  }

  Result<void> inner(const Line& line) {
    const std::string& section = section_.words[0];
    if (section == "events") return event(line);
    if (section == "attributes") return attributes(line);
    if (section == "merges") return merge(line);
    if (section == "known_from") return known_from(line);
    if (section == "expect") return expectation(line);
    if (section == "refuse" && line.words[0] != "{") {
      const size_t begin = line.text.find_first_not_of(' ');
      REGULARS_ASSIGN(ExpressionPtr tree, expression_from_json(json_));
      script_.refused.push_back({std::move(tree), line.text.substr(begin)});
      json_.clear();
      return {};
    }
    if (section == "define") {
      json_ += line.text;
      return {};
    }
    return bad(line, "not understood");
  }

  Result<void> finish_json() {
    if (json_.empty()) return {};
    Result<ExpressionPtr> tree = expression_from_json(json_);
    if (!tree) return bad(section_, tree.error().to_string());
    script_.definitions.push_back({name_, std::move(tree).value()});
    json_.clear();
    return {};
  }

  // Columns from a word on; those after "/" are the items'.
  static Result<void> begin_columns(const Line& line, size_t from, std::vector<Column>& columns,
                                    EventBatch* batch) {
    std::vector<Column>* into = &columns;
    for (size_t i = from; i < line.words.size(); ++i) {
      if (line.words[i] == "/" && batch != nullptr) {
        into = &batch->item_columns;
        batch->item_offset = {0};
        continue;
      }
      auto column = read_column(line.words[i]);
      if (!column) return bad(line, "no column '" + line.words[i] + "'");
      into->push_back(std::move(*column));
    }
    return {};
  }

  Result<void> begin_events(const Line& line) {
    EventBatch& batch = events_.emplace_back();
    batch.type = line.words[1];
    return begin_columns(line, 2, batch.columns, &batch);
  }

  Result<void> event(const Line& line) {
    EventBatch& batch = events_.back();
    size_t next = 2;
    const auto at =
        line.words.size() < 2 ? std::nullopt : read_instant(line.words[1], script_.zone);
    if (!at) return bad(line, "no time");
    int64_t id = static_cast<int64_t>(batch.size()) + 1;
    if (next < line.words.size() && line.words[next].starts_with("#")) {
      if (!read_number(std::string_view(line.words[next++]).substr(1), id))
        return bad(line, "no id");
    }
    batch.customer.push_back(customers_.ids->intern(line.words[0]));
    batch.at.push_back(*at);
    batch.id.push_back(static_cast<uint64_t>(id));
    REGULARS_TRY(values(line, next, batch.columns));
    while (next < line.words.size() && line.words[next] == "/") {
      ++next;
      REGULARS_TRY(values(line, next, batch.item_columns));
    }
    if (next != line.words.size()) return bad(line, "more values than columns");
    if (!batch.item_offset.empty()) {
      batch.item_offset.push_back(static_cast<uint32_t>(batch.item_columns[0].size()));
    }
    return {};
  }

  Result<void> values(const Line& line, size_t& next, std::vector<Column>& columns) {
    for (Column& column : columns) {
      if (next >= line.words.size() || !append(column, line.words[next++], script_.zone)) {
        return bad(line, "no value of column '" + column.name + "'");
      }
    }
    return {};
  }

  Result<void> attributes(const Line& line) {
    const uint32_t customer = customers_.ids->intern(line.words[0]);
    if (customer != customers_.attributes[0].size()) {
      return bad(line, "attributes must come first and in the order of the customers");
    }
    size_t next = 1;
    return values(line, next, customers_.attributes);
  }

  // 2024-02-01 anna into bert; 2024-03-01 anna from bert
  Result<void> merge(const Line& line) {
    const auto at = read_instant(line.words[0], script_.zone);
    if (!at || line.words.size() != 4) return bad(line, "no merge");
    const bool into = line.words[2] == "into";
    if (!into && line.words[2] != "from") return bad(line, "neither into nor from");
    script_.merges.push_back(
        {customers_.ids->intern(line.words[1]), customers_.ids->intern(line.words[3]), *at, into});
    return {};
  }

  Result<void> known_from(const Line& line) {
    const auto at =
        line.words.size() == 2 ? read_instant(line.words[1], script_.zone) : std::nullopt;
    if (!at) return bad(line, "no instant");
    const uint32_t customer = customers_.ids->intern(line.words[0]);
    if (customers_.known_from.size() <= customer) {
      customers_.known_from.resize(customer + 1, Instant{kMissing});
    }
    customers_.known_from[customer] = *at;
    return {};
  }

  // Customers without a row have no attributes.
  Result<void> finish_attributes() {
    if (!customers_.known_from.empty()) {
      customers_.known_from.resize(customers_.ids->size(), Instant{kMissing});
    }
    for (Column& column : customers_.attributes) {
      while (column.size() < customers_.ids->size()) append(column, "?", script_.zone);
    }
    return {};
  }

  Result<void> begin_expect(const Line& line) {
    expected_.clear();
    for (size_t i = 1; i < line.words.size(); ++i) {
      const auto found = std::find_if(script_.definitions.begin(), script_.definitions.end(),
                                      [&](const Definition& d) { return d.name == line.words[i]; });
      if (found == script_.definitions.end()) return bad(line, "no definition " + line.words[i]);
      expected_.push_back(static_cast<size_t>(found - script_.definitions.begin()));
    }
    return {};
  }

  Result<void> expectation(const Line& line) {
    const bool absent = line.words.size() == 2 && line.words[1] == "-";
    if (!absent && line.words.size() != expected_.size() + 1)
      return bad(line, "not a value per definition");
    script_.expected.push_back({std::to_string(line.number) + ":" + line.text,
                                script_.as_of.size() - 1,
                                line.words[0],
                                absent ? std::vector<size_t>() : expected_,
                                {line.words.begin() + 1, line.words.end()}});
    return {};
  }

  Script script_;
  CustomerTable customers_{std::make_shared<Dictionary>(), {}, {}};
  std::vector<EventBatch> events_;
  Line section_;
  std::string name_;
  std::string json_;
  std::vector<size_t> expected_;
};

}  // namespace

Result<Script> parse_script(std::string_view text) { return Parser().parse(text); }

}  // namespace regulars::evaluate
