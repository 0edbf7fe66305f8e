#include "evaluate/customer_zone.h"

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace regulars::evaluate {
namespace {

bool holds_texts(const Column* attribute) {
  return attribute != nullptr && attribute->type == ValueType::kText && !attribute->is_set;
}

}  // namespace

const Zone* kept_zone(std::string_view name) {
  // Names that are no zones are kept too, so that a wrong one is not looked for again and again;
  // not without end.
  constexpr size_t kMostNames = 10'000;
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const Zone>, std::less<>> zones;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto known = zones.find(name);
  if (known != zones.end()) return known->second.get();
  Result<Zone> found = Zone::find(name);
  if (!found && zones.size() >= kMostNames) return nullptr;
  auto zone = found ? std::make_unique<const Zone>(std::move(found).value()) : nullptr;
  return zones.emplace(std::string(name), std::move(zone)).first->second.get();
}

const Zone& zone_of(const Column* attribute, CustomerNumber customer, const Zone* project) {
  if (!holds_texts(attribute) || !attribute->known(customer)) return *project;
  const Zone* zone = kept_zone(attribute->dictionary->text(attribute->codes[customer]));
  return zone == nullptr ? *project : *zone;
}

std::vector<const Zone*> zones_of(const Column* attribute, size_t first, size_t count,
                                  const Zone& project) {
  std::vector<const Zone*> zones(count, &project);
  if (!holds_texts(attribute)) return zones;
  std::unordered_map<uint32_t, const Zone*> by_code;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t code = attribute->codes[first + i];
    const auto [known, fresh] = by_code.try_emplace(code, &project);
    if (fresh) {
      known->second = &zone_of(attribute, static_cast<CustomerNumber>(first + i), &project);
    }
    zones[i] = known->second;
  }
  return zones;
}

}  // namespace regulars::evaluate
