#include "connect/field_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/decimal.h"
#include "connect/guess.h"
#include "connect/status_words.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr char kSetSeparator = '\x1F';

bool all_flags(const ColumnProfile& column) {
  const bool few = !column.values.empty() && column.values.size() <= 4;
  // 0 and 1 alone may be counts.
  const bool words = std::any_of(
      column.values.begin(), column.values.end(),
      [](const ValueCount& v) { return v.value.find_first_of("01") == std::string::npos; });
  return few && words &&
         std::all_of(column.values.begin(), column.values.end(), [](const ValueCount& value) {
           return means_yes(value.value) || means_no(value.value) || says_nothing(value.value);
         });
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    std::string_view part = trimmed(text.substr(0, end));
    if (part.size() >= 2 && part.front() == '"' && part.back() == '"') {
      part = part.substr(1, part.size() - 2);
    }
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// Elements of a JSON array; nothing where the text is none.
std::optional<std::vector<std::string>> json_elements(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_array()) return std::nullopt;
  std::vector<std::string> elements;
  for (const auto& element : json) {
    if (element.is_null()) continue;
    elements.push_back(element.is_string() ? element.get<std::string>() : element.dump());
  }
  return elements;
}

}  // namespace

FieldDeclaration guess_field(const ColumnProfile& column, std::string name) {
  FieldDeclaration field{.name = std::move(name), .type = ValueType::kText};
  const int64_t filled = column.filled();
  if (filled == 0) return field;
  if (column.time.civil == filled && column.time.compact == 0) {
    field.type = column.time.with_time > 0 ? ValueType::kInstant : ValueType::kDay;
  } else if (all_flags(column)) {
    field.type = ValueType::kBoolean;
  } else if (column.numbers == filled && column.leading_zeros == 0 && column.whole_digits <= 15 &&
             column.with_currency == 0 && column.exponents == 0) {
    field.type = column.fractions > 0 ? ValueType::kDecimal : ValueType::kInteger;
    if (column.fractions > 0) field.scale = std::min(column.decimals, kMaxScale);
  }
  return field;
}

FieldDeclaration widened(FieldDeclaration field, const ColumnProfile& column) {
  const bool number = field.type == ValueType::kInteger || field.type == ValueType::kDecimal;
  if (!number || column.fractions == 0) return field;
  field.type = ValueType::kDecimal;
  field.scale = std::max(field.scale, std::min(column.decimals, kMaxScale));
  return field;
}

Result<TimeFormat> time_format_of(const SourceDeclaration& declaration, const SourceProfile& source,
                                  size_t column) {
  if (!declaration.time_format.empty()) return time_format_from(declaration.time_format);
  return decide_time_format(source, column, false).format;
}

std::string set_of(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  std::vector<std::string> elements;
  const auto json = text.starts_with('[') ? json_elements(text) : std::nullopt;
  if (json) {
    elements = *json;
  } else if (text.starts_with('{') && text.ends_with('}')) {
    elements = split(text.substr(1, text.size() - 2), ',');
  } else {
    elements = split(text, ';');
  }
  std::sort(elements.begin(), elements.end());
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  std::string set;
  for (std::string& element : elements) {
    std::replace(element.begin(), element.end(), kSetSeparator, ' ');
    set += (set.empty() ? "" : std::string(1, kSetSeparator)) + element;
  }
  return set;
}

std::string_view consent_state_of(std::string_view cell) {
  constexpr std::pair<std::string_view, std::string_view> kStates[] = {
      {"granted",
       ",granted,grant,given,yes,true,1,opt in,opted in,optin,subscribed,subscribe,confirmed,"
       "accepted,allowed,active,consented,y,t,ja,oui,si,double opt in,erteilt,"},
      {"denied", ",denied,deny,no,false,0,refused,rejected,declined,not granted,n,f,nein,non,"},
      {"withdrawn",
       ",withdrawn,withdraw,revoked,revoke,opt out,opted out,optout,unsubscribed,unsubscribe,"
       "cancelled,canceled,removed,widerrufen,"},
      {"objected", ",objected,object,objection,do not contact,blocked,widersprochen,"}};
  std::string key;
  for (const std::string& word : words_of(cell)) key += (key.empty() ? "" : " ") + word;
  for (const auto& [state, words] : kStates) {
    if (!key.empty() && words.find("," + key + ",") != std::string_view::npos) return state;
  }
  return {};
}

FieldReader::FieldReader(FieldDeclaration field, const std::vector<size_t>& columns,
                         const SourceProfile& source, const Zone& zone,
                         std::optional<TimeFormat> format)
    : field_(std::move(field)), zone_(zone), dictionary_(std::make_shared<Dictionary>()) {
  for (const size_t column : columns) {
    const ColumnProfile& profile = source.columns[column];
    const TimeFormat times = format ? *format : decide_time_format(source, column, false).format;
    Tidying tidying = tidying_of(profile);
    tidying.lower_case = false;
    sources_.push_back({column, decide_number_format(profile.number_marks).format,
                        TimeReader(times, zone_), TextCells(tidying)});
  }
}

Column FieldReader::empty_column() {
  Column column = Column::of(field_.name, field_.type);
  column.scale = field_.type == ValueType::kDecimal ? field_.scale : 0;
  column.is_set = field_.is_set;
  if (field_.type == ValueType::kText) column.dictionary = dictionary_;
  return column;
}

void FieldReader::append(Column& to) const {
  if (field_.type == ValueType::kText) {
    to.codes.push_back(known_ ? code_ : kNoCode);
  } else {
    to.numbers.push_back(known_ ? number_ : kMissing);
  }
}

void FieldReader::append_unknown(Column& to) const {
  if (field_.type == ValueType::kText) {
    to.codes.push_back(kNoCode);
  } else {
    to.numbers.push_back(kMissing);
  }
}

bool FieldReader::read_text(const Source& source, std::string_view cell) {
  std::string_view text = source.texts.tidy(cell, scratch_);
  std::string set;
  if (field_.is_set) {
    set = set_of(cell);
    text = set;
    if (text.empty()) return true;  // a set of nothing: not stated
  }
  if (consent_states_) {
    text = consent_state_of(cell);
    if (text.empty()) return false;
  }
  code_ = dictionary_->intern(text);
  known_ = true;
  return true;
}

bool FieldReader::read_number_cell(const Source& source, std::string_view cell) {
  Number number;
  if (!read_number(cell, source.numbers, number)) return false;
  if (!to_scale(number, field_.scale, number_)) return false;
  if (field_.type == ValueType::kDecimal) return true;
  // 12.0 is an integer, 12.5 is none.
  int64_t exact = 0;
  return to_scale(number, kMaxScale, exact) && exact % power_of_ten(kMaxScale) == 0;
}

std::string FieldReader::complaint(std::string_view cell) const {
  const std::string shown = "'" + shortened(trimmed(cell), 40) + "' is ";
  if (consent_states_) return shown + "no state of consent (granted, denied, withdrawn, objected)";
  switch (field_.type) {
    case ValueType::kInteger:
      return shown + "not a whole number";
    case ValueType::kDecimal:
      return shown + "not a number";
    case ValueType::kBoolean:
      return shown + "neither yes nor no";
    case ValueType::kDay:
      return shown + "not a date";
    case ValueType::kInstant:
      return shown + "not a time";
    default:
      return shown + "not a text";
  }
}

std::optional<std::string> FieldReader::read(const RowBatch& batch, size_t row) {
  known_ = false;
  for (Source& source : sources_) {
    const std::string_view cell = batch.cells[source.column][row];
    if (says_nothing(cell)) continue;
    last_column_ = source.column;
    if (field_.type == ValueType::kText) {
      if (!read_text(source, cell)) return complaint(cell);
      return std::nullopt;
    }
    bool good = false;
    if (field_.type == ValueType::kBoolean) {
      number_ = means_yes(cell) ? 1 : 0;
      good = means_yes(cell) || means_no(cell);
    } else if (field_.type == ValueType::kDay || field_.type == ValueType::kInstant) {
      Instant at;
      good = source.times.read(trimmed(cell), {}, at);
      number_ = field_.type == ValueType::kDay ? zone_.day_of(at).number : at.micros;
    } else {
      good = read_number_cell(source, trimmed(cell));
    }
    if (!good) return complaint(cell);
    known_ = true;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace regulars::connect
