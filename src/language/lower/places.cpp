// Places: a customer's (attributes NAME_latitude and NAME_longitude, or NAME_lat and NAME_lon), a
// row's of a reference table (store('Leeds'), with its columns latitude and longitude, or lat and
// lon), or point(53.8, -1.5).
#include <array>

#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

struct Point {
  ExpressionPtr latitude, longitude;
};

constexpr std::array<std::pair<const char*, const char*>, 3> kNames = {
    {{"latitude", "longitude"}, {"lat", "lon"}, {"lat", "lng"}}};

std::optional<Point> point_of_customer(Lowering& at, const std::string& place) {
  for (const auto& [latitude, longitude] : kNames) {
    for (const char* joint : {"_", "."}) {
      if (place.empty()) break;
      auto a = attribute_of(at, place + joint + latitude);
      auto b = attribute_of(at, place + joint + longitude);
      if (a && b) return Point{a->expression, b->expression};
    }
  }
  return std::nullopt;
}

ExpressionPtr literal_of(const evaluate::Literal& literal) {
  auto result = std::make_shared<evaluate::Expression>();
  result->literal = literal;
  return result;
}

using Row = std::map<std::string, evaluate::Literal>;

std::optional<Point> point_of_row(const Row& row) {
  for (const auto& [latitude, longitude] : kNames) {
    const auto a = row.find(latitude);
    const auto b = row.find(longitude);
    if (a != row.end() && b != row.end()) {
      return Point{literal_of(a->second), literal_of(b->second)};
    }
  }
  return std::nullopt;
}

Result<Point> point_in_table(const Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const std::string key,
                  node.arguments.size() == 1 && node.arguments[0]->kind == Node::Kind::kText
                      ? Result<std::string>(node.arguments[0]->text)
                      : at.error(node.extent, quoted(node.text) + " takes the key of a row",
                                 "write: " + node.text + "('Leeds')"));
  const auto table = at.scope.table_rows.find(node.text);
  if (table == at.scope.table_rows.end()) {
    return at.error(node.extent, "table " + quoted(node.text) + " has no rows here",
                    "give its file in regulars.yaml, with the columns latitude and longitude");
  }
  const auto row = table->second.find(key);
  if (row == table->second.end()) {
    std::vector<std::string> keys;
    for (const auto& [name, values] : table->second) keys.push_back(name);
    const std::string near = did_you_mean(key, keys);
    return at.error(node.arguments[0]->extent, "there is no " + node.text + " " + quoted(key),
                    near.empty() ? list_of(keys) : near);
  }
  if (const std::optional<Point> point = point_of_row(row->second)) return *point;
  return at.error(node.extent, node.text + " " + quoted(key) + " has no latitude and longitude");
}

Result<ExpressionPtr> degrees(Lowering& at, const Node& node, double most) {
  REGULARS_ASSIGN(const Typed value, at.number(node));
  if (value.is_literal()) {
    const evaluate::Literal& literal = value.expression->literal;
    const double found = literal.type == ValueType::kReal
                             ? literal.real
                             : Decimal{literal.number, literal.scale}.to_double();
    if (found < -most || found > most) {
      return at.error(
          node.extent,
          "degrees lie from -" + std::to_string(int(most)) + " to " + std::to_string(int(most)),
          "the latitude comes first, then the longitude");
    }
  }
  return value.expression;
}

Result<Point> place(Lowering& at, const Node& node) {
  if (node.kind == Node::Kind::kCall && node.text == "point") {
    if (node.arguments.size() != 2) {
      return at.error(node.extent, "a point has a latitude and a longitude",
                      "write: point(53.80, -1.55)");
    }
    Point point;
    REGULARS_ASSIGN(point.latitude, degrees(at, *node.arguments[0], 90));
    REGULARS_ASSIGN(point.longitude, degrees(at, *node.arguments[1], 180));
    return point;
  }
  if (node.kind == Node::Kind::kCall && at.scope.facts.table(node.text) != nullptr) {
    return point_in_table(at, node);
  }
  if (node.kind == Node::Kind::kName) {
    if (const auto point = point_of_customer(at, node.text)) return *point;
    return at.error(node.extent, "customers have no place " + quoted(node.text),
                    "it needs the attributes " + node.text + "_latitude and " + node.text +
                        "_longitude, in degrees");
  }
  return at.error(node.extent, "a place is needed here; " + at.source(node) + " is none",
                  "write: home, store('Leeds'), point(53.80, -1.55)");
}

ExpressionPtr distance(const Point& a, const Point& b) {
  return make(Op::kDistanceKm, {a.latitude, a.longitude, b.latitude, b.longitude});
}

}  // namespace

Result<Typed> lower_distance(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Point a, place(at, *node.arguments[0]));
  REGULARS_ASSIGN(const Point b, place(at, *node.arguments[1]));
  Typed result = real_of(distance(a, b));
  result.measure = Measure::kKm;
  result.least = 0;
  return result;
}

Result<Typed> lower_near(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Point from, place(at, *node.arguments[0]));
  REGULARS_ASSIGN(const std::string table, at.text_argument(*node.arguments[1]));
  if (node.arguments[2]->kind != Node::Kind::kLength) {
    return at.error(node.arguments[2]->extent, "a distance is needed here", "write: 10 km");
  }
  REGULARS_ASSIGN(const Typed radius, at.lower(*node.arguments[2]));
  const auto rows = at.scope.table_rows.find(table);
  std::vector<ExpressionPtr> tests;
  if (rows != at.scope.table_rows.end()) {
    for (const auto& [key, row] : rows->second) {
      const std::optional<Point> point = point_of_row(row);
      if (!point) continue;
      tests.push_back(make(Op::kLessEqual, {distance(from, *point), radius.expression}));
    }
  }
  if (!tests.empty()) return boolean_of(make(Op::kOr, std::move(tests)));
  return at.error(node.arguments[1]->extent,
                  "table " + quoted(table) + " has no rows with a latitude and a longitude",
                  "declare it in regulars.yaml with such columns");
}

Result<Typed> lower_in_area(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Point from, place(at, *node.arguments[0]));
  if (node.arguments.size() < 7 || node.arguments.size() % 2 == 0) {
    return at.error(node.extent,
                    "an area has at least three corners, each a latitude and a longitude",
                    "write: in_area(home, 53.9,-1.7, 53.9,-1.4, 53.7,-1.5)");
  }
  std::vector<ExpressionPtr> arguments{from.latitude, from.longitude};
  for (size_t i = 1; i < node.arguments.size(); ++i) {
    REGULARS_ASSIGN(ExpressionPtr corner, degrees(at, *node.arguments[i], i % 2 == 1 ? 90 : 180));
    if (corner->op != Op::kLiteral) {
      return at.error(node.arguments[i]->extent, "the corners of an area are numbers as written");
    }
    arguments.push_back(std::move(corner));
  }
  return boolean_of(make(Op::kInPolygon, std::move(arguments)));
}

}  // namespace regulars::language
