#include "connect/json_rows.h"

#include <gtest/gtest.h>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

TEST(Json, ArrayOfObjects) {
  const ReadAll all = read_text("[\n {\"id\": 1, \"ok\": true},\n {\"id\": 2, \"ok\": false}\n]\n");
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.columns, (Names{"id", "ok"}));
  EXPECT_EQ(all.rows, (Rows{{"1", "true"}, {"2", "false"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{2, 3}));
  EXPECT_EQ(all.raws[1], "{\"id\": 2, \"ok\": false}");
  EXPECT_EQ(all.info.format, "JSON");
}

TEST(Json, LinesWithBlankLinesBetween) {
  const ReadAll all = read_text("{\"id\":1}\n\n\r\n{\"id\":2}\n");
  EXPECT_EQ(all.rows, (Rows{{"1"}, {"2"}}));
  EXPECT_EQ(all.lines, (std::vector<uint64_t>{1, 4}));
  EXPECT_EQ(all.info.format, "JSON lines");
}

TEST(Json, NestedObjectsBecomeNamesWithPoints) {
  const ReadAll all = read_text(
      "{\"who\":\"a\",\"value\":{\"offer id\":\"x\"}}\n"
      "{\"who\":\"b\",\"value\":{\"amount\":0.10,\"deep\":{\"er\":null}}}\n"
      "{\"value\":{},\"who\":\"c\",\"value\":3}\n");
  EXPECT_EQ(all.columns,
            (Names{"who", "value.offer id", "value.amount", "value.deep.er", "value"}));
  EXPECT_EQ(all.rows, (Rows{{"a", "x", kAbsent, kAbsent, kAbsent},
                            {"b", kAbsent, "0.10", kAbsent, kAbsent},
                            {"c", kAbsent, kAbsent, kAbsent, "3"}}));
}

TEST(Json, NumbersKeepTheirDigits) {
  const ReadAll all = read_text("[{\"a\":12.10,\"b\":123456789012345678901234567890,\"c\":-1e3}]");
  EXPECT_EQ(all.rows, (Rows{{"12.10", "123456789012345678901234567890", "-1e3"}}));
}

TEST(Json, NullAndMissingAreAbsentButEmptyTextIsNot) {
  const ReadAll all = read_text("[{\"a\":null,\"b\":\"\"},{\"b\":\"x\"},{\"a\":NaN,\"b\":\"\"}]");
  EXPECT_EQ(all.rows, (Rows{{kAbsent, ""}, {kAbsent, "x"}, {kAbsent, ""}}));
}

TEST(Json, Escapes) {
  const ReadAll all =
      read_text(R"([{"a":"q\" s\\ n\n u\u00e9 \uD83D\uDE00 \ud83d! \/","k\u00e9y":"1"}])");
  EXPECT_EQ(all.columns, (Names{"a", "k\u00e9y"}));
  EXPECT_EQ(all.rows, (Rows{{"q\" s\\ n\n u\u00e9 \U0001F600 \uFFFD! /", "1"}}));
}

TEST(Json, BareControlCharactersInTextsBecomeBlanks) {
  const ReadAll all = read_text("[{\"a\":\"x\ty\",\t\"b\":\"\\t\nz\"},{\"a\":\"\\q\"}]");
  EXPECT_NE(all.error.find("parsing a string"), std::string::npos);
  EXPECT_EQ(read_text("{\"a\":\"x\ty\",\t\"b\":\"\\t\nz\"}\n{\"a\":\"\\q\"}\n").rows,
            (Rows{{"x y", "\t z"}}));
}

TEST(Json, ValuesThatAreNoneAreRejected) {
  for (const char* value : {"01", "1.", "1e", ".5", "-", "+1", "0x1", "1-2", "nul", "tru e", "NaNa",
                            "\"b\":2", "\"\\ud83\""}) {
    const ReadAll all = read_text(std::string("{\"a\":1}\n{\"a\":") + value + "}\n");
    EXPECT_EQ(all.rows.size(), 1u) << value;
    EXPECT_EQ(all.rejects.size(), 1u) << value;
  }
}

TEST(Json, ArraysStayJson) {
  EXPECT_EQ(read_text("[{\"id\":1,\"tags\":[\"a\", {\"b\":[2]}],\"none\":[]}]").rows,
            (Rows{{"1", "[\"a\", {\"b\":[2]}]", "[]"}}));
  EXPECT_EQ(read_text("[{\"a\":[,] ,\"b\":{\"c\":[]}}]").rows, (Rows{{"[,]", "[]"}}));
}

TEST(Json, ObjectThatHoldsTheOrders) {
  const ReadAll all = read_text(
      "{\"count\": 2, \"shops\": [{\"name\": \"x\"}],\n"
      " \"orders\": [{\"id\": 1, \"lines\": [{\"n\": 1}]}, {\"id\": 2}], \"next\": null}");
  EXPECT_EQ(all.columns, (Names{"id", "lines"}));
  EXPECT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.info.format, "JSON, array \"orders\"");
}

TEST(Json, LinesWhoseOrdersHaveItems) {
  EXPECT_EQ(read_text("{\"id\":1,\"items\":[{\"n\":1}]}\n{\"id\":2,\"items\":[]}\n").rows.size(),
            2u);
}

TEST(Json, BrokenLinesAreRejectedOneByOne) {
  const ReadAll all =
      read_text("{\"id\":1}\n{\"id\":\n{\"id\":3}\nnot json\n{\"id\" 5}\n{\"id\":6}\n{\"id\":7");
  EXPECT_EQ(all.rows, (Rows{{"1"}, {"3"}, {"6"}}));
  ASSERT_EQ(all.rejects.size(), 4u);
  EXPECT_EQ(all.rejects[0].line, 2u);
  EXPECT_EQ(all.rejects[0].raw, "{\"id\":");
  EXPECT_EQ(all.rejects[1].reason, "is no JSON object");
  EXPECT_EQ(all.rejects[2].reason.find("broken JSON: The JSON document has an improper structure"),
            0u);
  EXPECT_EQ(all.rejects[3].reason, "broken JSON: the object does not end");
  EXPECT_EQ(all.rejects[3].line, 7u);
}

TEST(Json, BrokenArraysAreErrors) {
  for (const char* text : {"[{\"id\":1},{\"id\":2}", "[{\"id\":1},{\"id\":", "[{\"id\":1},7]",
                           "[{\"id\":1},{\"id\":tru}]", "[]", "[{\"id\":01x}]"}) {
    const ReadAll all = read_text(text);
    EXPECT_EQ(all.code, ErrorCode::kBadData) << text;
  }
  EXPECT_NE(read_text("[{\"id\":1}").error.find("cut short"), std::string::npos);
}

TEST(Json, TooDeepIsRejected) {
  std::string deep = "{\"a\":1}\n";
  for (int i = 0; i < 200; ++i) deep += "{\"a\":";
  deep += "1";
  for (int i = 0; i < 200; ++i) deep += "}";
  const ReadAll all = read_text(deep + "\n");
  EXPECT_EQ(all.rows.size(), 1u);
  EXPECT_EQ(all.rejects.size(), 1u);
}

TEST(Json, LateColumnsAndManyBatches) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "{\"id\":" + std::to_string(i) + "}\n";
  text += "{\"id\":20000,\"late\":\"x\\ty\"}\n";
  const ReadAll all = read_text(text);
  EXPECT_EQ(all.columns, (Names{"id", "late"}));
  ASSERT_EQ(all.rows.size(), 20001u);
  EXPECT_EQ(all.rows[12345][0], "12345");
  EXPECT_EQ(all.rows[20000][1], "x\ty");
  EXPECT_EQ(all.lines[20000], 20001u);
}

TEST(Json, ByteOrderMarkAndBracesThatAreCsv) {
  EXPECT_EQ(read_text("\xEF\xBB\xBF[{\"id\":1}]").rows.size(), 1u);
  EXPECT_EQ(read_text("{id},name\n1,Ann\n2,Bob\n").columns, (Names{"{id}", "name"}));
}

}  // namespace
}  // namespace regulars::connect
