// Any text at all must be read as a rule or refused with a place inside it. A rule printed and read
// again is the same, as text, over several lines and as JSON. Build and run: fuzz/README.md.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "language/json.h"
#include "language/parse.h"
#include "language/print.h"

namespace {

using regulars::Result;
using namespace regulars::language;  // NOLINT(google-build-using-namespace)

void require(bool holds) {
  if (!holds) std::abort();
}

void require_same(const Node& tree, const Result<NodePtr>& again) {
  require(again.ok() && equal(tree, **again));
}

// A long text with short words, `5 m` say, can print longer than a rule may be.
void require_forms(const Node& tree) {
  const std::string text = print(tree);
  if (text.size() > kLongestText) return;
  require_same(tree, parse(text));
  require(print(**parse(text)) == text);
  const std::string lines = print_lines(tree, 60);
  if (lines.size() <= kLongestText) require_same(tree, parse(lines));
  require_same(tree, from_json(to_json(tree)));
}

void require_place(std::string_view text, const regulars::Error& error) {
  const regulars::Place& place = error.place();
  require(place.line >= 1 && place.column >= 1 && !error.message().empty());
  uint64_t lines = 1;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  require(place.line <= lines && place.column <= text.size() + 1);
}

}  // namespace

// The first byte chooses text or JSON.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool json = data[0] == '{';
  const Result<NodePtr> tree = json ? from_json(text) : parse(text);
  if (tree) {
    require_forms(**tree);
  } else if (!json) {
    require_place(text, tree.error());
  }
  return 0;
}
