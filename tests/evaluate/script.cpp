#include "script.h"

#include <algorithm>
#include <map>

#include "data/attach.h"
#include "data/link_history.h"
#include "evaluate/expression_json.h"
#include "script_reader.h"
#include "script_shop.h"

namespace regulars::evaluate {
namespace {

const std::map<std::string, Script::Worded::Kind> kWorded = {
    {"rule", Script::Worded::Kind::kRule},
    {"feature", Script::Worded::Kind::kFeature},
    {"segment", Script::Worded::Kind::kSegment},
    {"parameter", Script::Worded::Kind::kParameter},
    {"segmentation", Script::Worded::Kind::kSegmentation},
    {"word", Script::Worded::Kind::kWord}};

const std::map<std::string, Script::Said::Kind> kSaid = {{"refuse", Script::Said::Kind::kRefuse},
                                                         {"warn", Script::Said::Kind::kWarn},
                                                         {"without", Script::Said::Kind::kWithout},
                                                         {"fault", Script::Said::Kind::kFault}};

// The text of a line after its first words.
std::string after(const Line& line, const std::string& word) {
  const size_t begin = line.text.find_first_not_of(' ', line.text.find(word) + word.size());
  return begin == std::string::npos ? std::string() : line.text.substr(begin);
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
    finish_attributes();
    return std::move(script_);
  }

 private:
  Result<void> outer(const Line& line) {
    REGULARS_TRY(finish_json());
    const std::string& kind = line.words[0];
    if (kind == "events" && line.words.size() >= 2) return begin_events(line, line.words[1], 2);
    if (kind == "changes") return begin_changes(line);
    if (kind == "attributes") return begin_attributes(line);
    if (kind == "define" && line.words.size() >= 3 && line.words[2] == "=") {
      name_ = line.words[1];
      json_ = line.text.substr(line.text.find('=') + 1);
    } else if (kWorded.contains(kind) && line.words.size() >= 4 && line.words[2] == "=") {
      return begin_worded(line);
    } else if (kSaid.contains(kind) && line.words.size() >= 2) {
      return begin_said(line);
    } else if (kind == "as_of") {
      return as_of(line);
    } else if ((kind == "expect" || kind == "next") && !script_.as_of.empty()) {
      return begin_expect(line);
    } else if ((kind != "merges" && kind != "known_from") || line.words.size() != 1) {
      return read_shop_line(script_, line);
    }
    return {};
  }

  Result<void> inner(const Line& line) {
    if (section_.words.empty()) return bad(line, "belongs to nothing");
    const std::string& section = section_.words[0];
    if (section == "events" || section == "changes") return event(line);
    if (section == "attributes") return attributes(line);
    if (section == "merges") return merge(line);
    if (section == "known_from") return known_from(line);
    if (section == "expect" || section == "next") return expectation(line);
    if (section == "table" && !script_.tables.empty()) return read_table_row(script_, line);
    if (kWorded.contains(section)) {
      script_.worded.back().text += "\n" + line.text;
      return {};
    }
    const size_t begin = line.text.find_first_not_of(' ');
    if (section == "refuse" && !json_.empty() && line.words[0] != "{") {
      REGULARS_ASSIGN(ExpressionPtr tree, expression_from_json(json_));
      script_.refused.push_back({std::move(tree), line.text.substr(begin)});
      json_.clear();
      return {};
    }
    if (kSaid.contains(section) && json_.empty()) {
      script_.said.back().words.push_back(line.text.substr(begin));
      return {};
    }
    if (section == "define" || section == "refuse") {
      json_ += line.text;
      return {};
    }
    return bad(line, "not understood");
  }

  Result<void> begin_worded(const Line& line) {
    const Script::Worded::Kind kind = kWorded.at(line.words[0]);
    std::string text = line.text.substr(line.text.find('=') + 2);
    const auto column = static_cast<uint32_t>(line.text.find('=') + 3);
    script_.worded.push_back(
        {kind, line.words[1], std::move(text), {"script", line.number, column, ""}});
    const bool asked = kind == Script::Worded::Kind::kRule ||
                       kind == Script::Worded::Kind::kFeature ||
                       kind == Script::Worded::Kind::kSegment;
    if (asked) script_.definitions.push_back({line.words[1], nullptr});
    return {};
  }

  Result<void> begin_said(const Line& line) {
    const std::string text = after(line, line.words[0]);
    if (line.words[0] == "refuse" && text.starts_with('{')) {
      json_ = text;
    } else {
      script_.said.push_back({kSaid.at(line.words[0]), text, {}, line.number});
    }
    return {};
  }

  // as_of 2024-02-01 [known_at 2024-01-15]
  Result<void> as_of(const Line& line) {
    const auto t = line.words.size() < 2 ? std::nullopt : read_instant(line.words[1], script_.zone);
    if (!t) return bad(line, "no instant");
    script_.as_of.push_back({*t, {}});
    if (line.words.size() == 2) return {};
    const bool known = line.words.size() == 4 && line.words[2] == "known_at";
    if (known) script_.as_of.back().known_at = read_instant(line.words[3], script_.zone);
    if (!script_.as_of.back().known_at) return bad(line, "no known_at");
    return {};
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

  Result<void> begin_events(const Line& line, const std::string& type, size_t from) {
    EventBatch& batch = script_.events.emplace_back();
    script_.recorded.emplace_back();
    batch.type = type;
    return begin_columns(line, from, batch.columns, &batch);
  }

  // Attributes that hold from the day on at which a source stated them.
  Result<void> begin_changes(const Line& line) {
    REGULARS_TRY(begin_events(line, kAttributeChanges, 1));
    for (const Column& column : script_.events.back().columns) declare(column, false);
    return {};
  }

  Result<void> begin_attributes(const Line& line) {
    REGULARS_TRY(begin_columns(line, 1, script_.customers.attributes, nullptr));
    for (const Column& column : script_.customers.attributes) declare(column, true);
    return {};
  }

  void declare(const Column& column, bool constant) {
    AttributeDeclaration declared;
    declared.field = {column.name, column.type, column.scale, column.is_set};
    declared.constant = constant;
    script_.facts.attributes.push_back(std::move(declared));
  }

  // customer time [#id] [@recorded] values
  Result<void> event(const Line& line) {
    EventBatch& batch = script_.events.back();
    size_t next = 2;
    const auto at =
        line.words.size() < 2 ? std::nullopt : read_instant(line.words[1], script_.zone);
    if (!at) return bad(line, "no time");
    int64_t id = static_cast<int64_t>(batch.size()) + 1;
    if (next < line.words.size() && line.words[next].starts_with("#")) {
      if (!read_number(std::string_view(line.words[next++]).substr(1), id))
        return bad(line, "no id");
    }
    std::optional<Instant> recorded = at;
    if (next < line.words.size() && line.words[next].starts_with("@")) {
      recorded = read_instant(std::string_view(line.words[next++]).substr(1), script_.zone);
      if (!recorded) return bad(line, "no instant after @");
    }
    script_.recorded.back().push_back(*recorded);
    batch.customer.push_back(script_.customers.ids->intern(line.words[0]));
    batch.at.push_back(*at);
    batch.id.push_back(static_cast<uint64_t>(id));
    return event_values(line, next, batch);
  }

  Result<void> event_values(const Line& line, size_t next, EventBatch& batch) {
    REGULARS_TRY(append_values(line, next, batch.columns, script_.zone));
    while (next < line.words.size() && line.words[next] == "/" && !batch.item_columns.empty()) {
      ++next;
      REGULARS_TRY(append_values(line, next, batch.item_columns, script_.zone));
    }
    if (next != line.words.size()) return bad(line, "more values than columns");
    if (!batch.item_offset.empty()) {
      if (batch.item_columns.empty()) return bad(line, "items without columns");
      batch.item_offset.push_back(static_cast<uint32_t>(batch.item_columns[0].size()));
    }
    return {};
  }

  Result<void> attributes(const Line& line) {
    if (script_.customers.attributes.empty()) return bad(line, "no attributes");
    const uint32_t customer = script_.customers.ids->intern(line.words[0]);
    if (customer != script_.customers.attributes[0].size()) {
      return bad(line, "attributes must come first and in the order of the customers");
    }
    size_t next = 1;
    return append_values(line, next, script_.customers.attributes, script_.zone);
  }

  // 2024-02-01 anna into bert; 2024-03-01 @2024-04-01 anna from bert
  Result<void> merge(const Line& line) {
    const auto at = read_instant(line.words[0], script_.zone);
    auto recorded = at;
    size_t next = 1;
    if (line.words.size() > next && line.words[next].starts_with("@")) {
      recorded = read_instant(std::string_view(line.words[next++]).substr(1), script_.zone);
    }
    if (!at || !recorded || line.words.size() != next + 3) return bad(line, "no merge");
    const bool into = line.words[next + 1] == "into";
    if (!into && line.words[next + 1] != "from") return bad(line, "neither into nor from");
    script_.merges.push_back({script_.customers.ids->intern(line.words[next]),
                              script_.customers.ids->intern(line.words[next + 2]), *at, into,
                              *recorded});
    return {};
  }

  Result<void> known_from(const Line& line) {
    const auto at =
        line.words.size() == 2 ? read_instant(line.words[1], script_.zone) : std::nullopt;
    if (!at) return bad(line, "no instant");
    const uint32_t customer = script_.customers.ids->intern(line.words[0]);
    if (script_.customers.known_from.size() <= customer) {
      script_.customers.known_from.resize(customer + 1, Instant{kMissing});
    }
    script_.customers.known_from[customer] = *at;
    return {};
  }

  // Customers without a row have no attributes.
  void finish_attributes() {
    if (!script_.customers.known_from.empty()) {
      script_.customers.known_from.resize(script_.customers.ids->size(), Instant{kMissing});
    }
    for (Column& column : script_.customers.attributes) {
      while (column.size() < script_.customers.ids->size()) append(column, "?", script_.zone);
    }
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
    const bool absent =
        section_.words[0] == "expect" && line.words.size() == 2 && line.words[1] == "-";
    if (!absent && line.words.size() != expected_.size() + 1)
      return bad(line, "not a value per definition");
    script_.expected.push_back({std::to_string(line.number) + ":" + line.text,
                                script_.as_of.size() - 1,
                                line.words[0],
                                absent ? std::vector<size_t>() : expected_,
                                {line.words.begin() + 1, line.words.end()},
                                section_.words[0] == "next"});
    return {};
  }

  Script script_;
  Line section_;
  std::string name_;
  std::string json_;
  std::vector<size_t> expected_;
};

void clear(Column& column) {
  column.numbers.clear();
  column.codes.clear();
}

void copy_value(const Column& from, size_t row, Column& to) {
  if (from.type == ValueType::kText) {
    to.codes.push_back(from.codes[row]);
  } else {
    to.numbers.push_back(from.numbers[row]);
  }
}

// The events recorded by then.
EventBatch recorded_by(const EventBatch& batch, const std::vector<Instant>& recorded, Instant k) {
  EventBatch result = batch;
  for (Column& column : result.columns) clear(column);
  for (Column& column : result.item_columns) clear(column);
  result.customer.clear();
  result.at.clear();
  result.id.clear();
  if (!batch.item_offset.empty()) result.item_offset = {0};
  for (size_t row = 0; row < batch.size(); ++row) {
    if (recorded[row] > k) continue;
    result.customer.push_back(batch.customer[row]);
    result.at.push_back(batch.at[row]);
    result.id.push_back(batch.id[row]);
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      copy_value(batch.columns[i], row, result.columns[i]);
    }
    if (batch.item_offset.empty()) continue;
    for (size_t item = batch.item_offset[row]; item < batch.item_offset[row + 1]; ++item) {
      for (size_t i = 0; i < batch.item_columns.size(); ++i) {
        copy_value(batch.item_columns[i], item, result.item_columns[i]);
      }
    }
    result.item_offset.push_back(static_cast<uint32_t>(result.item_columns[0].size()));
  }
  return result;
}

}  // namespace

Result<Script> parse_script(std::string_view text) { return Parser().parse(text); }

Result<History> history_of(const Script& script, const Script::AsOf& as_of) {
  std::vector<EventBatch> events = script.events;
  for (size_t i = 0; i < events.size() && as_of.known_at; ++i) {
    events[i] = recorded_by(script.events[i], script.recorded[i], *as_of.known_at);
  }
  REGULARS_ASSIGN(History history, History::build(script.customers, std::move(events)));
  if (!script.merges.empty()) {
    const auto known = as_of.known_at ? known_by(script.merges, *as_of.known_at) : script.merges;
    REGULARS_ASSIGN(history, merged(history, known, as_of.at));
  }
  if (script.refunds_linked) history = link_refunds(std::move(history));
  std::vector<std::string> asked;
  for (const ReferenceData& table : script.tables) {
    for (const Column& column : table.columns) asked.push_back(table.name + "." + column.name);
  }
  return asked.empty() ? Result<History>(std::move(history))
                       : attach(std::move(history), script.tables, asked);
}

}  // namespace regulars::evaluate
