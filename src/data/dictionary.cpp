#include "data/dictionary.h"

#include <algorithm>

namespace regulars {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 16;

}  // namespace

size_t Dictionary::Hash::operator()(std::string_view text) const noexcept {
  return std::hash<std::string_view>{}(text);
}

std::string_view Dictionary::store(std::string_view text) {
  if (arena_.empty() || arena_.back().capacity() - arena_.back().size() < text.size()) {
    arena_.emplace_back().reserve(std::max(kBlockBytes, text.size()));
  }
  std::string& block = arena_.back();
  const size_t begin = block.size();
  block.append(text);
  return std::string_view(block).substr(begin);
}

uint32_t Dictionary::intern(std::string_view text) {
  const auto found = codes_.find(text);
  if (found != codes_.end()) return found->second;
  const auto code = static_cast<uint32_t>(texts_.size());
  const std::string_view stored = store(text);
  texts_.push_back(stored);
  codes_.emplace(stored, code);
  return code;
}

uint32_t Dictionary::find(std::string_view text) const {
  const auto found = codes_.find(text);
  return found == codes_.end() ? kNoCode : found->second;
}

}  // namespace regulars
