// Private to project: YAML as a tree in which every part knows its place. Stricter than YAML where
// its freedoms hide mistakes: a key given twice, a second document, a quote that never ends and
// tags are faults. Anchors are followed.
//
// Thread-safety: trees are immutable.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "definitions/definitions.h"

namespace regulars::project {

using Faults = std::vector<Error>;

struct YamlNode;
using YamlPtr = std::shared_ptr<const YamlNode>;

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text;    // kScalar
  bool plain = false;  // kScalar: neither quoted nor a block
  size_t offset = 0;   // of its first byte in the file's text
  uint64_t line = 1;
  uint32_t column = 1;  // in characters
  std::vector<YamlPtr> items;
  std::vector<std::pair<YamlPtr, YamlPtr>> entries;  // keys are scalars

  const YamlNode* find(std::string_view key) const;  // of a map; nullptr: no such key
};

// Null when the text is no YAML at all; further faults leave a tree. `file` is named in places.
YamlPtr parse_yaml(std::string_view text, const std::string& file, Faults& faults);

// Where the bytes of a scalar stand in the file.
definitions::TextOrigin origin_of(const YamlNode& scalar, std::string_view file_text);

// "a text", "a list", "nothing": for messages.
std::string told(const YamlNode& node);

}  // namespace regulars::project
