// Private to evaluate: distances and areas on the globe. A place is a latitude of -90..90 and a
// longitude of -180..180 degrees. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace regulars::evaluate {

// Along the great circle of a sphere with the mean radius of the earth, 6371.0088 km (haversine);
// unknown when one of the two is no place.
std::optional<double> distance_km(double latitude, double longitude, double other_latitude,
                                  double other_longitude);

// In billionths of a degree, exact for decimals of up to 9 digits: so whether a place lies on an
// edge is decided without rounding.
struct Place {
  int64_t latitude = 0;
  int64_t longitude = 0;
  bool operator==(const Place&) const = default;
};
// Of a latitude or a longitude; nullopt when it is beyond 180 degrees.
std::optional<int64_t> billionths(int64_t units, int scale);
std::optional<int64_t> billionths(double degrees);
bool is_place(const Place& place);

// By latitude and longitude as plane coordinates, even-odd; a corner or an edge is inside. The last
// corner is joined to the first.
bool in_polygon(const Place& place, std::span<const Place> corners);

}  // namespace regulars::evaluate
