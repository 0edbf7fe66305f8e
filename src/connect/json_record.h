// One JSON object as named texts: nested objects become names with points ("value.amount"), arrays
// stay JSON, numbers keep their digits. simdjson reads it (docs/decisions/0006-json-simdjson.md).
//
// Thread-safety: one thread at a time.
#pragma once

#include <simdjson.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::connect {

struct JsonField {
  std::string_view path;
  std::string_view text;  // data() is nullptr for null
};

class JsonRecordParser {
 public:
  static constexpr int kDeepest = 64;

  // Fills fields() from an object; what is wrong if it is none. `record` outlives the fields;
  // `readable` bytes can be read from its beginning on, the more behind its end the better.
  std::optional<std::string> parse(std::string_view record, size_t readable);
  // Valid until the next parse; their texts until forget_texts().
  const std::vector<JsonField>& fields() const { return fields_; }
  void forget_texts() { texts_.clear(); }

 private:
  simdjson::error_code read(simdjson::padded_string_view record);
  simdjson::error_code members(simdjson::ondemand::object object, std::string_view prefix,
                               int depth);
  simdjson::error_code value(simdjson::ondemand::value& value, std::string_view path, int depth);
  simdjson::padded_string_view keep(std::string record);

  simdjson::ondemand::parser parser_;
  std::string_view record_;
  std::vector<JsonField> fields_;
  std::deque<std::string> texts_;
};

}  // namespace regulars::connect
