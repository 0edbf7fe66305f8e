#include <gtest/gtest.h>

#include "definitions/definitions.h"

namespace regulars::definitions {
namespace {

const Place kStart{.file = "segments/a.yaml", .line = 10, .column = 9, .field = {}};

TEST(Origin, WithoutPiecesTheTextRunsOnFromItsPlace) {
  const std::string text = "count(x)\nand more";
  EXPECT_EQ(place_in_file(kStart, {}, text, 0), kStart);
  EXPECT_EQ(place_in_file(kStart, {}, text, 6).column, 15u);
  const Place second = place_in_file(kStart, {}, text, 13);
  EXPECT_EQ(second.line, 11u);
  EXPECT_EQ(second.column, 5u);
  EXPECT_EQ(second.file, "segments/a.yaml");
}

TEST(Origin, PiecesSayWhereEachPartStands) {
  const std::string text = "count(x)\nand more";
  const TextOrigin origin{
      {{.offset = 0, .line = 12, .column = 7}, {.offset = 9, .line = 13, .column = 7}}};
  EXPECT_EQ(place_in_file(kStart, origin, text, 6).column, 13u);
  EXPECT_EQ(place_in_file(kStart, origin, text, 6).line, 12u);
  EXPECT_EQ(place_in_file(kStart, origin, text, 13).line, 13u);
  EXPECT_EQ(place_in_file(kStart, origin, text, 13).column, 11u);
  EXPECT_EQ(place_in_file(kStart, origin, text, 1000).line, 13u);
}

TEST(Origin, ColumnsAreCharacters) {
  const std::string text = "name = 'Käse' andd";
  const TextOrigin origin{{{.offset = 0, .line = 3, .column = 5}}};
  EXPECT_EQ(place_in_file(kStart, origin, text, text.find("andd")).column, 19u);
  const Error inside(ErrorCode::kBadDefinition, "no", "hint",
                     {.file = "rule", .line = 1, .column = 15, .field = {}});
  const Error moved = moved_to_file(inside, kStart, origin, text);
  EXPECT_EQ(moved.place(),
            (Place{.file = "segments/a.yaml", .line = 3, .column = 19, .field = {}}));
  EXPECT_EQ(moved.message(), "no");
  EXPECT_EQ(moved.hint(), "hint");
}

TEST(Origin, AnErrorWithoutAPlaceGetsThatOfTheDefinition) {
  const Error error(ErrorCode::kBadDefinition, "no");
  EXPECT_EQ(moved_to_file(error, kStart, {}, "text").place(), kStart);
}

TEST(Origin, EmptyTextHasAPlace) {
  EXPECT_EQ(place_in_file(kStart, {}, "", 0), kStart);
  EXPECT_EQ(place_in_file(kStart, {}, "", 5), kStart);
}

}  // namespace
}  // namespace regulars::definitions
