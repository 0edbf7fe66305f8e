#include "connect/json_record.h"

#include <fmt/format.h>

#include <utility>

#include "connect/json_layout.h"

namespace regulars::connect {
namespace {

using simdjson::error_code;
namespace ondemand = simdjson::ondemand;

// simdjson's tokens reach up to the next one.
std::string_view without_space_behind(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\n\r") + 1);
}

// Whether an escape of a UTF-16 unit D800 to DFFF lies there; `kinds` are its second digits.
bool is_half(std::string_view json, size_t at, std::string_view kinds) {
  return at + 6 <= json.size() && json[at] == '\\' && json[at + 1] == 'u' &&
         (json[at + 2] == 'd' || json[at + 2] == 'D') && kinds.find(json[at + 3]) != kinds.npos &&
         json.substr(at, 6).find_first_not_of("0123456789abcdefABCDEF", 4) == json.npos;
}

// What simdjson refuses and programs write nevertheless: half a surrogate pair, from a text cut in
// the middle of an emoji, becomes U+FFFD; a bare tab or line break inside a text becomes a blank.
std::string repair(std::string_view json) {
  std::string out;
  for (size_t at = 0; at < json.size();) {
    const bool high = is_half(json, at, "89abAB");
    const bool pair = high && is_half(json, at + 6, "cdefCDEF");
    const bool lone = !pair && (high || is_half(json, at, "cdefCDEF"));
    const size_t length = pair ? 12 : lone ? 6 : json[at] == '\\' ? 2 : 1;
    const bool control = json[at] >= 0 && json[at] < ' ';
    out += lone ? "\\ufffd" : control ? " " : json.substr(at, length);
    at += length;
  }
  return out;
}

}  // namespace

std::optional<std::string> JsonRecordParser::parse(std::string_view record, size_t readable) {
  error_code error = read(simdjson::padded_string_view(record, readable));
  if (error == simdjson::INSUFFICIENT_PADDING) error = read(keep(std::string(record)));
  if (error == simdjson::STRING_ERROR || error == simdjson::UNESCAPED_CHARS) {
    error = read(keep(repair(record)));
  }
  if (error == simdjson::SUCCESS) return std::nullopt;
  return fmt::format("broken JSON: {}", simdjson::error_message(error));
}

simdjson::padded_string_view JsonRecordParser::keep(std::string record) {
  std::string& kept = texts_.emplace_back(std::move(record));
  kept.reserve(kept.size() + simdjson::SIMDJSON_PADDING);
  return simdjson::padded_string_view(kept);
}

error_code JsonRecordParser::read(simdjson::padded_string_view record) {
  fields_.clear();
  record_ = std::string_view(record.data(), record.size());
  ondemand::document document;
  SIMDJSON_TRY(parser_.iterate(record).get(document));
  ondemand::object object;
  SIMDJSON_TRY(document.get_object().get(object));
  return members(object, {}, 0);
}

error_code JsonRecordParser::members(ondemand::object object, std::string_view prefix, int depth) {
  if (depth > kDeepest) return simdjson::DEPTH_ERROR;
  for (auto member : object) {
    std::string_view name;
    SIMDJSON_TRY(member.unescaped_key().get(name));
    if (depth > 0) name = texts_.emplace_back(std::string(prefix).append(1, '.').append(name));
    SIMDJSON_TRY(value(member.value_unsafe().value(), name, depth));
  }
  return simdjson::SUCCESS;
}

error_code JsonRecordParser::value(ondemand::value& value, std::string_view path, int depth) {
  std::string_view text = without_space_behind(value.raw_json_token());
  if (text.starts_with('{')) {
    ondemand::object object;
    SIMDJSON_TRY(value.get_object().get(object));
    return members(object, path, depth + 1);
  }
  if (text.starts_with('[')) {
    // Not array.raw_json(), which runs on behind the end of "[,]".
    const std::string_view rest = record_.substr(text.data() - record_.data());
    text = rest.substr(0, find_json_end(rest, 0));
  } else if (text.starts_with('"') && text.find('\\') == text.npos) {
    SIMDJSON_TRY(value.get_raw_json_string().error());
    text = text.substr(1, text.size() - 2);
  } else if (text.starts_with('"')) {
    SIMDJSON_TRY(value.get_string().get(text));
    text = texts_.emplace_back(text);
  } else if (text == "null" || text == "NaN") {  // Python writes NaN for "no number"
    text = {};
  } else if (text != "true" && text != "false") {
    const error_code error = value.get_double().error();
    if (error) return error == simdjson::INCORRECT_TYPE ? simdjson::TAPE_ERROR : error;
  }
  fields_.push_back({path, text});
  return simdjson::SUCCESS;
}

}  // namespace regulars::connect
