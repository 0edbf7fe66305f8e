#include "language/table/table.h"

namespace regulars::language {

Rows place_rows() {
  return {
      {"distance",
       Chapter::kPlaces,
       "distance(PLACE, PLACE)",
       "a distance, compared in m, km or miles",
       "Along the great circle. A place is an attribute pair (home: home_latitude and "
       "home_longitude), a row of a table with such columns (store('Leeds')), or point(LATITUDE, "
       "LONGITUDE), in degrees.",
       "Unknown when a coordinate is.",
       {{"distance(home, store('Leeds')) <= 10 km", "lives near that store"},
        {"distance(home, point(53.80, -1.55)) < 5 miles", "near that place"}},
       lower_distance,
       2,
       2,
       kNoClause},
      {"near",
       Chapter::kPlaces,
       "near(PLACE, TABLE, DISTANCE)",
       "true or false",
       "Whether any row of a table lies within the distance.",
       "Unknown when a coordinate is.",
       {{"near(home, store, 10 km)", "lives near some store"}},
       lower_near,
       3,
       3,
       kNoClause},
      {"in_area",
       Chapter::kPlaces,
       "in_area(PLACE, LATITUDE, LONGITUDE, ...)",
       "true or false",
       "Inside a polygon of three or more corners; corners and edges are inside.",
       "Unknown when a coordinate is.",
       {{"in_area(home, 54.0, -1.8, 54.0, -1.3, 53.6, -1.5)", "lives in that triangle"}},
       lower_in_area,
       2,
       201,
       kNoClause},
  };
}

}  // namespace regulars::language
