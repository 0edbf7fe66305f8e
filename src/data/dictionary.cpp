#include "data/dictionary.h"

#include <algorithm>

namespace regulars {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 16;

constexpr size_t kFewestSlots = 16;

uint32_t hash_of(std::string_view text) {
  const size_t hash = std::hash<std::string_view>{}(text);
  return static_cast<uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

std::string_view Dictionary::store(std::string_view text) {
  if (arena_.empty() || arena_.back().capacity() - arena_.back().size() < text.size()) {
    arena_.emplace_back().reserve(std::max(kBlockBytes, text.size()));
  }
  std::string& block = arena_.back();
  const size_t begin = block.size();
  block.append(text);
  return std::string_view(block).substr(begin);
}

size_t Dictionary::slot_of(uint32_t hash, std::string_view text) const {
  const size_t mask = slots_.size() - 1;
  size_t place = hash & mask;
  while (slots_[place].code != kNoCode &&
         (slots_[place].hash != hash || texts_[slots_[place].code] != text)) {
    place = (place + 1) & mask;
  }
  return place;
}

void Dictionary::grow() {
  std::vector<Slot> slots(std::max(kFewestSlots, 2 * slots_.size()));
  const size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.code == kNoCode) continue;
    size_t place = slot.hash & mask;
    while (slots[place].code != kNoCode) place = (place + 1) & mask;
    slots[place] = slot;
  }
  slots_ = std::move(slots);
}

uint32_t Dictionary::intern(std::string_view text) {
  if (2 * texts_.size() >= slots_.size()) grow();
  const uint32_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(hash, text)];
  if (slot.code != kNoCode) return slot.code;
  slot = {hash, static_cast<uint32_t>(texts_.size())};
  texts_.push_back(store(text));
  return slot.code;
}

uint32_t Dictionary::find(std::string_view text) const {
  return slots_.empty() ? kNoCode : slots_[slot_of(hash_of(text), text)].code;
}

}  // namespace regulars
