#include "evaluate/shared_tree.h"

#include <string_view>

#include "evaluate/parts.h"

namespace regulars::evaluate {
namespace {

void mix(uint64_t& seed, uint64_t value) {
  seed = (seed ^ value) * 0x9e3779b97f4a7c15ULL;
  seed ^= seed >> 32;
}

void mix(uint64_t& seed, const std::string& text) {
  mix(seed, std::hash<std::string_view>{}(text));
}

void mix(uint64_t& seed, const Window& window) {
  mix(seed, static_cast<uint64_t>(window.kind));
  mix(seed, static_cast<uint64_t>(window.from.micros));
  mix(seed,
      static_cast<uint64_t>(window.from_months) * 1'000'000 + static_cast<uint64_t>(window.count));
}

// Of the node alone; equal nodes have equal hashes when their parts have equal numbers.
uint64_t own_hash(const Expression& e) {
  uint64_t seed = static_cast<uint64_t>(e.op);
  mix(seed, e.name);
  mix(seed, static_cast<uint64_t>(e.literal.number));
  mix(seed, e.literal.text);
  if (e.window != nullptr) mix(seed, *e.window);
  if (!e.aggregate) return seed;
  mix(seed, static_cast<uint64_t>(e.aggregate->kind));
  mix(seed, e.aggregate->event);
  mix(seed, e.aggregate->value.column);
  mix(seed, e.aggregate->window);
  return seed;
}

}  // namespace

SharedTree::SharedTree(std::span<const ExpressionPtr> roots) : roots_(roots.begin(), roots.end()) {
  Alike alike;
  for (const ExpressionPtr& root : roots_) add(*root, alike);
}

uint32_t SharedTree::add(const Expression& part, Alike& alike) {
  const auto known = numbers_.find(&part);
  if (known != numbers_.end()) return known->second;
  uint64_t hash = own_hash(part);
  for_each_part(part, [&](const Expression& inner) { mix(hash, add(inner, alike)); });
  const auto [first, last] = alike.equal_range(hash);
  for (auto other = first; other != last; ++other) {
    if (!equal(part, *other->second)) continue;
    return numbers_[&part] = numbers_.at(other->second);
  }
  alike.emplace(hash, &part);
  return numbers_[&part] = size_++;
}

uint32_t SharedTree::number_of(const Expression& part) const {
  const auto found = numbers_.find(&part);
  return found == numbers_.end() ? kForeign : found->second;
}

}  // namespace regulars::evaluate
