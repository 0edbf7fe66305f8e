#include "language/json.h"

#include <gtest/gtest.h>

#include "language/parse.h"
#include "language/print.h"

namespace regulars::language {
namespace {

std::string json_of(std::string_view text) { return to_json(**parse(text)); }

std::string text_of_json(std::string_view json) {
  const Result<NodePtr> tree = from_json(json);
  return tree ? print(**tree) : tree.error().to_string();
}

TEST(LanguageJson, WritesTheFormsOfTheManual) {
  EXPECT_EQ(json_of("count(purchase) over last 30 days >= 3"),
            R"({"operator":">=","arguments":[{"call":"count","arguments":[{"name":"purchase"}],)"
            R"("over":{"last":{"count":30,"unit":"day"}}},3]})");
  EXPECT_EQ(json_of("12.50"), R"({"decimal":"12.50"})");
  EXPECT_EQ(json_of("unknown"), "null");
  EXPECT_EQ(json_of("tier at start of retail month"),
            R"({"value":{"name":"tier"},"at":{"start_of":"month","retail":true}})");
  EXPECT_EQ(json_of("top 2.5 % by clv within country"),
            R"({"top":"2.5","percent":true,"by":{"name":"clv"},"within":{"name":"country"}})");
}

TEST(LanguageJson, ReadsWhatProgramsWrite) {
  EXPECT_EQ(text_of_json(R"({"value": {"name": "country"}, "in": ["DE", "AT"], "negated": true})"),
            "country not in ('DE', 'AT')");
  EXPECT_EQ(text_of_json(R"({"call": "COUNT", "arguments": [{"name": "purchase"}]})"),
            "count(purchase)");
  EXPECT_EQ(text_of_json(R"({"sequence": [{"event": "cart_add", "as": "a"},
                {"event": "purchase", "not": true, "within": {"count": 2, "unit": "days"}}]})"),
            "sequence(cart_add as a then not purchase within 2 days)");
}

TEST(LanguageJson, ExtentsAreThoseOfTheText) {
  const Result<NodePtr> tree = from_json(R"({"not": {"name": "staff"}})");
  ASSERT_TRUE(tree);
  EXPECT_EQ((*tree)->arguments[0]->extent.begin, 4U);
  EXPECT_EQ((*tree)->arguments[0]->extent.end, 9U);
}

struct Refused {
  const char* json;
  const char* message;
};

TEST(LanguageJson, RefusesWithAPointer) {
  const Refused cases[] = {
      {R"({"and": [true, {"name": "a", "name": "b"}]})", "/and/1/name: the key is given twice"},
      {R"({"cal": "count"})",
       "/: no form of a rule has only the key 'cal'\n  did you mean 'call'?"},
      {R"({"call": "count", "wher": true})",
       "/wher: the key 'wher' does not belong here\n  did you mean 'where'?"},
      {R"({"call": 3})", "/call: must be a text"},
      {R"({"call": "and"})", "/call: 'and' is no name\n  it is a word of the language"},
      {R"({"and": [true]})", "/and: needs at least 2 parts"},
      {R"({"not": 0.5})",
       "/not: a number with a point is not exact in JSON\n  write {\"decimal\": \"0.5\"}"},
      {"18446744073709551615",
       "/: the number is too large\n  whole numbers reach to 9223372036854775807"},
      {R"({"decimal": "5"})",
       "/decimal: has no digits after the point\n  a whole number is written as a JSON number"},
      {R"({"value": 1, "in": [{"call": "f"}]})",
       "/in/0: must be a number, a text or the name of a parameter"},
      {R"({"call": "f", "over": {"last": {"count": 0, "unit": "day"}}})",
       "/over/last/count: must be a whole number of at least 1"},
      {R"({"call": "f", "over": {"last": {"count": 1, "unit": "dys"}}})",
       "/over/last/unit: 'dys' is no unit of time\n  did you mean 'days'?"},
      {R"({"call": "f", "over": {}})", "/over: an empty object is no span"},
      {R"({"operator": "=", "arguments": [1, 2], "negated": true})",
       "/negated: '=' cannot be negated\n  use \"not\""},
      {R"({"sequence": [{"event": "a", "next": true}]})",
       "/sequence/0/next: nothing comes before the first step"},
      {R"(["a"])",
       "/: a list is no part of a rule\n  lists stand in {\"value\": ..., \"in\": [...]}"},
      {R"("a\nb")", "/: the text holds control characters or line ends"},
  };
  for (const Refused& refused : cases) EXPECT_EQ(text_of_json(refused.json), refused.message);
}

TEST(LanguageJson, RefusesWhatIsNoJsonWithItsPlace) {
  const Result<NodePtr> tree = from_json("{\"and\": [true,\n  maybe]}");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().place().line, 2U);
  EXPECT_EQ(tree.error().message().substr(0, 9), "not JSON:");
}

TEST(LanguageJson, RefusesDepth) {
  const auto nested = [](int depth) {
    std::string json;
    for (int i = 1; i < depth; ++i) json += R"({"not":)";
    return json + "true" + std::string(static_cast<size_t>(depth - 1), '}');
  };
  EXPECT_TRUE(from_json(nested(kDeepest)));
  EXPECT_EQ(from_json(nested(kDeepest + 1)).error().message(),
            "more than 100 parts inside one another");
  EXPECT_FALSE(from_json(nested(20'000)));
}

}  // namespace
}  // namespace regulars::language
