#include "connect/json_record.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "connect/utf8_append.h"

namespace regulars::connect {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Position behind the closing quote of the string that begins at text[from].
size_t find_string_end(std::string_view text, size_t from) {
  for (size_t i = from + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\\':
    case '/':
      return c;
    default:
      return '\0';
  }
}

std::optional<char32_t> hex4(std::string_view text) {
  uint16_t unit = 0;
  const std::string_view digits = text.substr(0, 4);
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (digits.size() < 4 || end.ptr != digits.data() + 4) return std::nullopt;
  return unit;
}

}  // namespace

size_t skip_json_space(std::string_view text, size_t from) {
  while (from < text.size() && is_space(text[from])) ++from;
  return from;
}

size_t find_json_end(std::string_view text, size_t from) {
  int64_t depth = 0;
  for (size_t i = from; i < text.size(); ++i) {
    switch (text[i]) {
      case '"': {
        const size_t end = find_string_end(text, i);
        if (end == std::string_view::npos) return end;
        i = end - 1;
        break;
      }
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (--depth <= 0) return i + 1;
        break;
      default:
        break;
    }
  }
  return std::string_view::npos;
}

std::optional<std::string> JsonRecordParser::parse(std::string_view record) {
  record_ = record;
  at_ = 0;
  path_.clear();
  fields_.clear();
  paths_used_ = 0;
  skip_space();
  if (peek() != '{') return "is no JSON object";
  if (!object(0)) return problem_;
  skip_space();
  if (at_ != record_.size()) {
    fail("more after the object's end");
    return problem_;
  }
  return std::nullopt;
}

bool JsonRecordParser::fail(std::string what) {
  problem_ = fmt::format("broken JSON: {} at character {}", what, at_ + 1);
  return false;
}

bool JsonRecordParser::object(int depth) {
  if (depth > kDeepest) return fail("too many objects inside each other");
  ++at_;
  skip_space();
  if (peek() == '}') {
    ++at_;
    return true;
  }
  while (true) {
    if (!member(depth)) return false;
    skip_space();
    if (peek() == '}') {
      ++at_;
      return true;
    }
    if (peek() != ',') return fail("expected ',' or '}'");
    ++at_;
    skip_space();
  }
}

bool JsonRecordParser::member(int depth) {
  if (peek() != '"') return fail("expected a name in quotes");
  std::string_view name;
  if (!string(name)) return false;
  const size_t outer = path_.size();
  if (depth > 0) path_ += '.';
  path_ += name;
  skip_space();
  if (peek() != ':') return fail("expected ':'");
  ++at_;
  skip_space();
  if (!value(depth)) return false;
  path_.resize(outer);
  return true;
}

bool JsonRecordParser::value(int depth) {
  std::string_view text;
  switch (peek()) {
    case '{':
      return object(depth + 1);
    case '[': {
      const size_t end = find_json_end(record_, at_);
      if (end == std::string_view::npos) return fail("an array that does not end");
      text = record_.substr(at_, end - at_);
      at_ = end;
      break;
    }
    case '"':
      if (!string(text)) return false;
      break;
    case 't':
      if (!word("true")) return false;
      text = "true";
      break;
    case 'f':
      if (!word("false")) return false;
      text = "false";
      break;
    case 'n':
      if (!word("null")) return false;
      break;
    case 'N':  // what Python writes for "no number"
      if (!word("NaN")) return false;
      break;
    default:
      if (!number(text)) return false;
  }
  fields_.push_back({keep_path(), text});
  return true;
}

bool JsonRecordParser::word(std::string_view word) {
  if (record_.substr(at_, word.size()) != word) return fail("expected a value");
  at_ += word.size();
  return true;
}

bool JsonRecordParser::number(std::string_view& text) {
  const size_t from = at_;
  const auto digits = [this] {
    const size_t before = at_;
    while (is_digit(peek())) ++at_;
    return at_ > before;
  };
  if (peek() == '-') ++at_;
  if (!digits()) return fail("expected a value");
  if (peek() == '.') {
    ++at_;
    if (!digits()) return fail("expected digits");
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!digits()) return fail("expected digits");
  }
  text = record_.substr(from, at_ - from);
  return true;
}

bool JsonRecordParser::string(std::string_view& text) {
  const size_t end = find_string_end(record_, at_);
  if (end == std::string_view::npos) return fail("a text whose quote is never closed");
  text = record_.substr(at_ + 1, end - at_ - 2);
  if (text.find('\\') != std::string_view::npos) {
    std::string& out = texts_.emplace_back();
    if (!unescape(text, out)) return fail("an unknown escape");
    text = out;
  }
  at_ = end;
  return true;
}

bool JsonRecordParser::unescape(std::string_view content, std::string& out) {
  out.reserve(content.size());
  for (size_t i = 0; i < content.size(); ++i) {
    if (content[i] != '\\') {
      out += content[i];
      continue;
    }
    ++i;
    if (i == content.size()) return false;
    if (content[i] == 'u') {
      if (!unicode_escape(content, i, out)) return false;
      continue;
    }
    const char c = simple_escape(content[i]);
    if (c == '\0') return false;
    out += c;
  }
  return true;
}

// content[at] is the 'u'; leaves `at` on the escape's last character. A lone half of a surrogate
// pair becomes U+FFFD.
bool JsonRecordParser::unicode_escape(std::string_view content, size_t& at, std::string& out) {
  constexpr char32_t kReplacement = 0xFFFD;
  const std::optional<char32_t> first = hex4(content.substr(at + 1));
  if (!first) return false;
  at += 4;
  if (*first < 0xD800 || *first >= 0xE000) {
    append_utf8(out, *first);
    return true;
  }
  const std::string_view rest = content.substr(at + 1);
  const std::optional<char32_t> second =
      rest.starts_with("\\u") ? hex4(rest.substr(2)) : std::nullopt;
  if (*first < 0xDC00 && second && *second >= 0xDC00 && *second < 0xE000) {
    append_utf8(out, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
    at += 6;
  } else {
    append_utf8(out, kReplacement);
  }
  return true;
}

std::string_view JsonRecordParser::keep_path() {
  if (paths_used_ == paths_.size()) paths_.emplace_back();
  std::string& kept = paths_[paths_used_++];
  kept = path_;
  return kept;
}

}  // namespace regulars::connect
