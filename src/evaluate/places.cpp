#include "evaluate/places.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/decimal.h"

namespace regulars::evaluate {
namespace {

constexpr int64_t kDegree = 1'000'000'000;

bool is_place(double latitude, double longitude) {
  return std::fabs(latitude) <= 90 && std::fabs(longitude) <= 180;
}

double squared_half_sine(double angle) {
  const double sine = std::sin(angle / 2);
  return sine * sine;
}

bool between(int64_t value, int64_t a, int64_t b) {
  return std::min(a, b) <= value && value <= std::max(a, b);
}

// Twice the area of the triangle a, b, place: 0 when they lie on a line.
Int128 side(const Place& place, const Place& a, const Place& b) {
  return Int128{b.longitude - a.longitude} * (place.latitude - a.latitude) -
         Int128{place.longitude - a.longitude} * (b.latitude - a.latitude);
}

}  // namespace

std::optional<double> distance_km(double latitude, double longitude, double other_latitude,
                                  double other_longitude) {
  constexpr double kRadius = 6371.0088;
  constexpr double kRadian = std::numbers::pi / 180;
  if (!is_place(latitude, longitude) || !is_place(other_latitude, other_longitude)) return {};
  const double across = std::cos(latitude * kRadian) * std::cos(other_latitude * kRadian);
  const double part = squared_half_sine((other_latitude - latitude) * kRadian) +
                      across * squared_half_sine((other_longitude - longitude) * kRadian);
  return 2 * kRadius * std::asin(std::min(1.0, std::sqrt(part)));
}

std::optional<int64_t> billionths(int64_t units, int scale) {
  const int64_t factor = power_of_ten(9 - scale);
  if (units > 180 * kDegree / factor || units < -180 * kDegree / factor) return {};
  return units * factor;
}

std::optional<int64_t> billionths(double degrees) {
  if (!(std::fabs(degrees) <= 180)) return {};
  return std::llround(degrees * static_cast<double>(kDegree));
}

bool is_place(const Place& place) {
  return between(place.latitude, -90 * kDegree, 90 * kDegree) &&
         between(place.longitude, -180 * kDegree, 180 * kDegree);
}

bool in_polygon(const Place& place, std::span<const Place> corners) {
  bool inside = false;
  for (size_t i = 0; i < corners.size(); ++i) {
    const Place& a = corners[i];
    const Place& b = corners[(i + 1) % corners.size()];
    const Int128 turn = side(place, a, b);
    if (turn == 0 && between(place.latitude, a.latitude, b.latitude) &&
        between(place.longitude, a.longitude, b.longitude)) {
      return true;
    }
    // A ray to the east crosses the edge when that lies on its right hand going up, left going
    // down.
    const bool spans = (a.latitude > place.latitude) != (b.latitude > place.latitude);
    if (spans && (b.latitude > a.latitude) == (turn > 0)) inside = !inside;
  }
  return inside;
}

}  // namespace regulars::evaluate
