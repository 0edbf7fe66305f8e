#include "evaluate/places.h"

#include <gtest/gtest.h>

#include <array>

namespace regulars::evaluate {
namespace {

TEST(Places, KnownDistances) {
  EXPECT_NEAR(*distance_km(53.8008, -1.5491, 51.5074, -0.1278), 272.5, 0.5);  // Leeds, London
  EXPECT_NEAR(*distance_km(52.5200, 13.4050, 48.8566, 2.3522), 877.5, 0.5);   // Berlin, Paris
  EXPECT_NEAR(*distance_km(0, 0, 0, 1), 111.195, 0.001);
  EXPECT_NEAR(*distance_km(0, 179.5, 0, -179.5), 111.195, 0.001);  // across the date line
  EXPECT_NEAR(*distance_km(90, 0, -90, 0), 20015.1, 0.1);
  EXPECT_NEAR(*distance_km(0, 0, 0, 180), 20015.1, 0.1);
  EXPECT_EQ(*distance_km(53.8, -1.5, 53.8, -1.5), 0);
}

TEST(Places, NoPlaceHasNoDistance) {
  EXPECT_FALSE(distance_km(90.1, 0, 0, 0));
  EXPECT_FALSE(distance_km(0, 0, 0, -180.1));
}

TEST(Places, BillionthsAreExact) {
  EXPECT_EQ(billionths(int64_t{-1'5491}, 4), -1'549'100'000);
  EXPECT_EQ(billionths(int64_t{180'000000}, 6), 180'000'000'000);
  EXPECT_FALSE(billionths(int64_t{180'000001}, 6));
  EXPECT_FALSE(billionths(INT64_MAX, 0));
  EXPECT_EQ(billionths(0.1), 100'000'000);
  EXPECT_FALSE(billionths(1e300));
}

Place at(double latitude, double longitude) {
  return {*billionths(latitude), *billionths(longitude)};
}

TEST(Places, Polygons) {
  const std::array triangle = {at(0, 0), at(0, 3), at(1, 3)};
  EXPECT_TRUE(in_polygon(at(0.2, 2), triangle));
  EXPECT_FALSE(in_polygon(at(0.8, 1), triangle));
  EXPECT_TRUE(in_polygon(at(0, 0), triangle));    // a corner
  EXPECT_TRUE(in_polygon(at(0, 1.5), triangle));  // an edge
  EXPECT_TRUE(in_polygon(at(0.5, 3), triangle));
  EXPECT_TRUE(in_polygon(at(0.5, 1.5), triangle));  // the slanting edge
  EXPECT_FALSE(in_polygon(at(0.500000001, 1.5), triangle));
  EXPECT_FALSE(in_polygon(at(0, 3.1), triangle));  // on the line of an edge, beyond it
  EXPECT_FALSE(in_polygon(at(1, 2), triangle));    // at the height of a corner
  EXPECT_FALSE(in_polygon(at(1, 4), triangle));
}

TEST(Places, PolygonsWithABay) {
  const std::array bay = {at(0, 0), at(0, 4), at(4, 4), at(1, 2), at(4, 0)};
  EXPECT_TRUE(in_polygon(at(0.5, 2), bay));
  EXPECT_FALSE(in_polygon(at(2, 2), bay));
  EXPECT_TRUE(in_polygon(at(2, 0.5), bay));
  EXPECT_TRUE(in_polygon(at(2, 3.5), bay));
  EXPECT_TRUE(in_polygon(at(1, 2), bay));
}

}  // namespace
}  // namespace regulars::evaluate
