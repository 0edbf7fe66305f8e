#include "evaluate/expression_json.h"

#include <gtest/gtest.h>

namespace regulars::evaluate {
namespace {

// JSON in its written form must come back as it was.
void expect_identity(const std::string& json) {
  const auto tree = expression_from_json(json);
  ASSERT_TRUE(tree) << tree.error().to_string();
  EXPECT_EQ(to_json(**tree), json);
  const auto again = expression_from_json(to_json(**tree));
  EXPECT_TRUE(equal(**tree, **again)) << json;
  EXPECT_EQ(hash_of(**tree), hash_of(**again));
}

std::string failure(const std::string& json) {
  const auto tree = expression_from_json(json);
  return tree ? "read" : tree.error().place().field + " " + tree.error().message();
}

TEST(ExpressionJson, TreeToJsonToTreeIsTheIdentity) {
  for (
      const char* json : {
          "3",
          "-3",
          "true",
          "null",
          R"("a \"text\"")",
          "0.1",
          "1.0",
          R"({"decimal":"12.50"})",
          R"({"decimal":"-0.000001"})",
          R"({"instant":"2024-02-29T23:59:59.999999Z"})",
          R"({"instant":-9000000000000000000})",
          R"({"day":"2024-02-29"})",
          R"({"day":900000000})",
          R"({"leaf":"as_of_day"})",
          R"({"attribute":"country"})",
          R"({"if":[{"known":[{"attribute":"age"}]},1,{"negate":[2]}]})",
          R"({"count":"purchase"})",
          R"({"sum":"purchase","of":{"column":"amount"},"over":{"rolling":"90d","to":"36h"}})",
          R"({"nth_distinct":"purchase","of":"day","n":2,"over":{"months":12,"to":1}})",
          R"({"count":"purchase","where":{"any_item":[{"in":[{"item":"sku"},"a","b"]}]}})",
          R"({"last_return":"purchase","of":"day","twice_shop_gap_days":61,"twice_factor":6,)"
          R"("first_gap_limit_days":90})",
          R"({"avg":"purchase","of":{"item":"price"},"over":{"last":"quarter"}})",
          R"({"last":"purchase","of":"at","over":{"calendar_days":7}})",
          R"({"min":"visit","of":"at","over":{"this":"week"}})",
          R"({"leaf":"hour"})",
          R"({"hour":[],"own_zone":true})",
          R"({"hour":[{"leaf":"as_of"}]})",
          R"({"year":[{"attribute":"born"}],"own_zone":true})",
          R"({"elapsed":[{"leaf":"event_at"}],"over":{"rolling":"1h"}})",
          R"({"in_window":[{"attribute":"due"}],"over":{"ahead":"14d","own_zone":true}})",
          R"({"in_window":[{"attribute":"due"}],"over":{}})",
          R"({"customer_id":[]})",
          R"({"bucket":[10],"name":"spring"})",
          R"({"linked_sum":[],"event":"refund","column":"amount"})",
          R"({"sum":"purchase","of":{"each_item":{"*":[{"item":"price"},2]}}})",
          R"({"count":"visit","over":{"from":"2024-01-01T00:00:00Z","until":"2024-02-01T00:00:00Z"}})",
      }) {
    expect_identity(json);
  }
}

TEST(ExpressionJson, DifferentTreesDiffer) {
  const auto of = [](const char* json) { return *expression_from_json(json); };
  EXPECT_FALSE(equal(*of("1"), *of("1.0")));
  EXPECT_FALSE(equal(*of(R"({"decimal":"1.5"})"), *of(R"({"decimal":"1.50"})")));
  EXPECT_FALSE(equal(*of(R"({"count":"a"})"), *of(R"({"count":"b"})")));
  EXPECT_FALSE(equal(*of(R"({"count":"a"})"), *of(R"({"count":"a","where":true})")));
  EXPECT_FALSE(equal(*of(R"({"and":[true]})"), *of(R"({"and":[true,true]})")));
}

TEST(ExpressionJson, ErrorsPointAtThePlace) {
  EXPECT_EQ(failure(R"({">=":[{"count":"a","ovr":{}},3]})"), "/>=/0/ovr an aggregate has no 'ovr'");
  EXPECT_EQ(failure(R"({"and":[true,{"foo":1}]})"),
            "/and/1/foo 'foo' is no operation, aggregate or leaf");
  EXPECT_EQ(failure(R"({"count":"a","over":{"rolling":"90"}})"),
            "/over/rolling must be a duration such as \"90d\", \"12h\" or \"30min\"");
  EXPECT_EQ(failure(R"({"day":"2023-02-29"})"), "/day must be a day such as \"2024-01-31\"");
  EXPECT_EQ(failure("18446744073709551615"), "/ the integer does not fit into 64 bits");
  EXPECT_EQ(failure("[]"), "/ a list is no expression");
  EXPECT_EQ(failure(R"({"count":"a","over":{"this":"month","to":1}})"), "/over must be one window");
  EXPECT_NE(failure("{").find("not JSON"), std::string::npos);
  std::string deep = "true";
  for (int i = 0; i < 300; ++i) deep = R"({"not":[)" + deep + "]}";
  EXPECT_NE(failure(deep).find("deeper than 200 nodes"), std::string::npos);
}

}  // namespace
}  // namespace regulars::evaluate
