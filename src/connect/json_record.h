// One JSON object as named texts: nested objects become names with points ("value.amount"), arrays
// stay JSON, numbers keep their digits. A parser of our own, because exact digits, line numbers and
// one reject per broken record are needed (docs/decisions/0006-own-json-reader.md).
//
// Thread-safety: one thread at a time.
#pragma once

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

// Position behind the object or array that begins at text[from]; npos when the text ends before.
// Only brackets and strings are looked at.
size_t find_json_end(std::string_view text, size_t from);

// Position of the first byte that is not white space, or the text's size.
size_t skip_json_space(std::string_view text, size_t from);

class JsonRecordParser {
 public:
  static constexpr int kDeepest = 64;

  // Fills fields() from an object; what is wrong if it is none ("expected ':' at character 12").
  // `record` outlives the fields.
  std::optional<std::string> parse(std::string_view record);
  // Valid until the next parse; their texts until forget_texts().
  const std::vector<JsonField>& fields() const { return fields_; }
  void forget_texts() { texts_.clear(); }

 private:
  bool object(int depth);
  bool member(int depth);
  bool value(int depth);
  bool string(std::string_view& text);
  bool unescape(std::string_view content, std::string& out);
  bool unicode_escape(std::string_view content, size_t& at, std::string& out);
  bool number(std::string_view& text);
  bool word(std::string_view word);
  bool fail(std::string what);
  void skip_space() { at_ = skip_json_space(record_, at_); }
  char peek() const { return at_ < record_.size() ? record_[at_] : '\0'; }
  std::string_view keep_path();

  std::string_view record_;
  size_t at_ = 0;
  std::string path_;
  std::string problem_;
  std::vector<JsonField> fields_;
  std::deque<std::string> paths_;
  size_t paths_used_ = 0;
  std::deque<std::string> texts_;
};

}  // namespace regulars::connect
