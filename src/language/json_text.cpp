#include "language/json_text.h"

#include <set>
#include <vector>

#include "language/parse.h"

namespace regulars::language {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr size_t kLongestJson = 64 * kLongestText;

// Follows the parser through objects and lists and remembers the first key given twice.
class DuplicateKeys {
 public:
  bool see(Json::parse_event_t event, const Json& parsed) {
    switch (event) {
      case Json::parse_event_t::object_start:
      case Json::parse_event_t::array_start:
        count_item();
        open_.push_back({event == Json::parse_event_t::array_start, 0, {}, {}});
        break;
      case Json::parse_event_t::key:
        key(parsed.get_ref<const std::string&>());
        break;
      case Json::parse_event_t::object_end:
      case Json::parse_event_t::array_end:
        open_.pop_back();
        break;
      case Json::parse_event_t::value:
        count_item();
        break;
    }
    return true;
  }

  bool found() const { return found_; }
  const Pointer& pointer() const { return pointer_; }

 private:
  struct Open {
    bool list = false;
    size_t items = 0;
    std::string key;
    std::set<std::string> keys;
  };

  void count_item() {
    if (!open_.empty() && open_.back().list) ++open_.back().items;
  }

  void key(const std::string& name) {
    open_.back().key = name;
    if (open_.back().keys.insert(name).second || found_) return;
    found_ = true;
    for (const Open& open : open_) {
      if (open.list) {
        pointer_ /= open.items - 1;
      } else {
        pointer_ /= open.key;
      }
    }
  }

  std::vector<Open> open_;
  bool found_ = false;
  Pointer pointer_;
};

// Without the library's own number of the error.
std::string plain(const std::string& what) {
  const size_t end = what.find("] ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

}  // namespace

Error json_error(const Pointer& at, std::string message, std::string hint) {
  const std::string pointer = at.to_string();
  return Error(ErrorCode::kBadDefinition, std::move(message), std::move(hint))
      .at({"", 0, 0, pointer.empty() ? "/" : pointer});
}

Result<Json> read_json(std::string_view text) {
  if (text.size() > kLongestJson) {
    return json_error(Pointer(),
                      "the JSON is longer than " + std::to_string(kLongestJson) + " bytes");
  }
  DuplicateKeys keys;
  try {
    Json json = Json::parse(text, [&keys](int, Json::parse_event_t event, Json& parsed) {
      return keys.see(event, parsed);
    });
    if (!keys.found()) return json;
  } catch (const Json::parse_error& error) {
    const size_t byte = error.byte > 0 ? error.byte - 1 : 0;
    const auto begin = static_cast<uint32_t>(std::min(byte, text.size()));
    return error_at(text, {begin, begin + 1}, "not JSON: " + plain(error.what()));
  } catch (const Json::exception& error) {
    return json_error(Pointer(), "not JSON: " + plain(error.what()));
  }
  return json_error(keys.pointer(), "the key is given twice");
}

}  // namespace regulars::language
