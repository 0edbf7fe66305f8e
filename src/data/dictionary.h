// Text <-> code. Codes count from 0 in order of first appearance, so they carry no meaning of their
// own: ties are broken by text, never by code.
//
// Thread-safety: concurrent reads are safe; intern needs exclusive access.
#pragma once

#include <tsl/robin_map.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace regulars {

constexpr uint32_t kNoCode = UINT32_MAX;  // an unknown text

class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(Dictionary&&) = default;
  Dictionary& operator=(Dictionary&&) = default;
  Dictionary(const Dictionary&) = delete;  // views into the arena would dangle
  Dictionary& operator=(const Dictionary&) = delete;

  uint32_t intern(std::string_view text);
  uint32_t find(std::string_view text) const;  // kNoCode when absent
  std::string_view text(uint32_t code) const { return texts_[code]; }
  size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    size_t operator()(std::string_view text) const noexcept;
  };
  std::string_view store(std::string_view text);

  std::deque<std::string> arena_;  // blocks never move, so views stay good
  std::vector<std::string_view> texts_;
  tsl::robin_map<std::string_view, uint32_t, Hash, std::equal_to<>,
                 std::allocator<std::pair<std::string_view, uint32_t>>, true>
      codes_;
};

using DictionaryPtr = std::shared_ptr<Dictionary>;

}  // namespace regulars
