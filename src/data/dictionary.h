// Text <-> code. Codes count from 0 in order of first appearance, so they carry no meaning of their
// own: ties are broken by text, never by code.
//
// Thread-safety: concurrent reads are safe; intern needs exclusive access.
#pragma once

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
  // A place in the table of texts by their hash: a free one has no code.
  struct Slot {
    uint32_t hash = 0;
    uint32_t code = kNoCode;
  };
  // The text's slot, or the free one where it would stand; slots_ must not be empty.
  size_t slot_of(uint32_t hash, std::string_view text) const;
  void grow();
  std::string_view store(std::string_view text);

  std::deque<std::string> arena_;  // blocks never move, so views stay good
  std::vector<std::string_view> texts_;
  // Open addressing, linear probing, a power of two, at most half full: eight bytes a slot, so that
  // the texts of a million customers are looked up in a processor's cache.
  std::vector<Slot> slots_;
};

using DictionaryPtr = std::shared_ptr<Dictionary>;

}  // namespace regulars
