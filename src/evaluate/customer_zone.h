// Private to evaluate: the zone a customer lives in, named by her attribute "zone".
#pragma once

#include <string_view>

#include "base/time.h"
#include "data/history.h"

namespace regulars::evaluate {

constexpr std::string_view kZoneAttribute = "zone";

// By IANA name, kept for as long as the process lives; nullptr when there is none of that name.
// Thread-safe.
const Zone* kept_zone(std::string_view name);

// Of an attribute's column and a customer; the project's zone when the column is null or holds no
// texts, and when the value is unknown or no zone.
const Zone& zone_of(const Column* attribute, CustomerNumber customer, const Zone* project);

// The same for customers first .. first + count; each name is looked up once.
std::vector<const Zone*> zones_of(const Column* attribute, size_t first, size_t count,
                                  const Zone& project);

}  // namespace regulars::evaluate
