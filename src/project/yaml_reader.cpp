#include "project/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/decimal.h"
#include "base/near_names.h"

namespace regulars::project {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int64_t> whole_number(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (!all_digits(digits) || (digits.size() > 1 && digits[0] == '0')) return {};
  int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return std::string(text);
}

}  // namespace

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string near_hint(const std::string& name, const std::vector<std::string>& names) {
  std::string hint;
  for (const std::string& near : near_names(name, names)) {
    hint += fmt::format("{}'{}'", hint.empty() ? "did you mean " : " or ", near);
  }
  return hint.empty() ? hint : hint + "?";
}

Place Reader::place(const YamlNode& node) const {
  return {.file = file_.name, .line = node.line, .column = node.column, .field = {}};
}

void Reader::fault(const YamlNode& node, std::string message, std::string hint) {
  faults_.push_back(
      Error(ErrorCode::kBadDefinition, std::move(message), std::move(hint)).at(place(node)));
}

void Reader::expected(const YamlNode& node, const std::string& what, const std::string& kind,
                      std::string hint) {
  fault(node, fmt::format("{} takes {}, found {}", what, kind, told(node)), std::move(hint));
}

std::optional<std::string> Reader::text(const YamlNode& node, const std::string& what) {
  if (node.kind == YamlNode::Kind::kScalar) {
    std::string text = trimmed(node.text);
    if (!text.empty()) return text;
  }
  if (node.kind == YamlNode::Kind::kMap && node.entries.size() == 1) {
    expected(node, what, "a text", "put the text into quotes if it holds ': '");
  } else {
    expected(node, what, "a text");
  }
  return {};
}

std::optional<int64_t> Reader::whole(const YamlNode& node, const std::string& what, int64_t least,
                                     int64_t most) {
  const auto value =
      node.kind == YamlNode::Kind::kScalar ? whole_number(node.text) : std::optional<int64_t>();
  if (value && *value >= least && *value <= most) return value;
  expected(node, what, fmt::format("a whole number from {} to {}", least, most));
  return {};
}

std::optional<bool> Reader::truth(const YamlNode& node, const std::string& what) {
  if (node.kind == YamlNode::Kind::kScalar && node.text == "true") return true;
  if (node.kind == YamlNode::Kind::kScalar && node.text == "false") return false;
  std::string folded = node.text;
  for (char& c : folded) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  const bool yes = folded == "yes" || folded == "on" || folded == "true" || folded == "1";
  const bool no = folded == "no" || folded == "off" || folded == "false" || folded == "0";
  expected(node, what, "true or false", yes ? "write true" : no ? "write false" : "");
  return {};
}

std::optional<double> Reader::share(const YamlNode& node, const std::string& what) {
  std::string number = node.kind == YamlNode::Kind::kScalar ? node.text : "";
  const bool percent = number.ends_with('%');
  if (percent) number = trimmed(number.substr(0, number.size() - 1));
  const auto value = Decimal::parse(number);
  if (value && !number.empty()) {
    const double share = value->to_double() / (percent ? 100 : 1);
    if (share >= 0 && share <= 1) return share;
  }
  expected(node, what, "a share from 0 to 1", "write 2 % or 0.02");
  return {};
}

std::optional<int64_t> Reader::amount(const YamlNode& node, const std::string& what,
                                      const std::vector<std::pair<std::string, int>>& units,
                                      const char* example) {
  constexpr int64_t kMost = 100'000;
  const bool scalar = node.kind == YamlNode::Kind::kScalar;
  const std::string_view text = scalar ? std::string_view(node.text) : std::string_view();
  const size_t blank = text.find(' ');
  const auto count = whole_number(text.substr(0, blank));
  if (blank != std::string_view::npos && count && *count >= 0 && *count <= kMost) {
    std::string unit = trimmed(text.substr(blank));
    if (unit.ends_with('s')) unit.pop_back();
    for (const auto& [name, factor] : units) {
      if (unit == name && *count * factor <= kMost) return *count * factor;
    }
  }
  expected(node, what, "a time", fmt::format("write {}", example));
  return {};
}

std::optional<int> Reader::days(const YamlNode& node, const std::string& what) {
  const auto value = amount(node, what, {{"day", 1}, {"week", 7}}, "90 days or 2 weeks");
  return value ? std::optional<int>(static_cast<int>(*value)) : std::optional<int>();
}

std::optional<int> Reader::months(const YamlNode& node, const std::string& what) {
  const auto value = amount(node, what, {{"month", 1}, {"year", 12}}, "18 months or 2 years");
  return value ? std::optional<int>(static_cast<int>(*value)) : std::optional<int>();
}

std::vector<std::string> Reader::texts(const YamlNode& node, const std::string& what) {
  std::vector<std::string> result;
  if (node.kind == YamlNode::Kind::kScalar) {
    if (auto one = text(node, what)) result.push_back(*std::move(one));
    return result;
  }
  if (node.kind != YamlNode::Kind::kList) {
    expected(node, what, "a text or a list of texts");
    return result;
  }
  for (const YamlPtr& item : node.items) {
    if (auto one = text(*item, "each of " + what)) result.push_back(*std::move(one));
  }
  return result;
}

std::optional<size_t> Reader::choice(const YamlNode& node, const std::string& what,
                                     const std::vector<std::string>& words) {
  if (node.kind == YamlNode::Kind::kScalar) {
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (found != words.end()) return static_cast<size_t>(found - words.begin());
  }
  const std::string hint =
      node.kind == YamlNode::Kind::kScalar ? near_hint(node.text, words) : std::string();
  expected(node, what, "one of " + listed(words), hint);
  return {};
}

bool Reader::is_map(const YamlNode& node, const std::string& what) {
  if (node.kind == YamlNode::Kind::kMap) return true;
  expected(node, what, "keys with values (key: value)");
  return false;
}

bool Reader::is_list(const YamlNode& node, const std::string& what) {
  if (node.kind == YamlNode::Kind::kList) return true;
  expected(node, what, "a list", "begin each part with '- '");
  return false;
}

Section::Section(const YamlNode& map, std::string what, Reader& reader)
    : map_(map), what_(std::move(what)), reader_(reader) {}

const YamlNode* Section::value(const std::string& key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  return map_.find(key);
}

const YamlNode* Section::required(const std::string& key, const std::string& hint) {
  const YamlNode* found = value(key);
  if (found == nullptr) {
    reader_.fault(map_, fmt::format("{} needs a key '{}'", what_, key), hint);
  }
  return found;
}

std::string Section::text(const std::string& key, std::string otherwise) {
  const YamlNode* node = value(key);
  if (node == nullptr) return otherwise;
  return reader_.text(*node, "'" + key + "'").value_or(otherwise);
}

int64_t Section::whole(const std::string& key, int64_t least, int64_t most, int64_t otherwise) {
  const YamlNode* node = value(key);
  if (node == nullptr) return otherwise;
  return reader_.whole(*node, "'" + key + "'", least, most).value_or(otherwise);
}

bool Section::truth(const std::string& key, bool otherwise) {
  const YamlNode* node = value(key);
  if (node == nullptr) return otherwise;
  return reader_.truth(*node, "'" + key + "'").value_or(otherwise);
}

double Section::share(const std::string& key, double otherwise) {
  const YamlNode* node = value(key);
  if (node == nullptr) return otherwise;
  return reader_.share(*node, "'" + key + "'").value_or(otherwise);
}

std::vector<std::string> Section::texts(const std::string& key) {
  const YamlNode* node = value(key);
  return node == nullptr ? std::vector<std::string>() : reader_.texts(*node, "'" + key + "'");
}

std::optional<size_t> Section::choice(const std::string& key,
                                      const std::vector<std::string>& words) {
  const YamlNode* node = value(key);
  return node == nullptr ? std::optional<size_t>() : reader_.choice(*node, "'" + key + "'", words);
}

std::optional<int> Section::days(const std::string& key) {
  const YamlNode* node = value(key);
  return node == nullptr ? std::optional<int>() : reader_.days(*node, "'" + key + "'");
}

std::optional<int> Section::months(const std::string& key) {
  const YamlNode* node = value(key);
  return node == nullptr ? std::optional<int>() : reader_.months(*node, "'" + key + "'");
}

void Section::done() {
  for (const auto& [key, ignored] : map_.entries) {
    if (std::find(asked_.begin(), asked_.end(), key->text) != asked_.end()) continue;
    const std::string hint = near_hint(key->text, asked_);
    reader_.fault(*key, fmt::format("{} has no key '{}'", what_, key->text),
                  hint.empty() ? "its keys are " + listed(asked_) : hint);
  }
}

}  // namespace regulars::project
