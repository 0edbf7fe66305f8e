#include "app/rfm_file.h"

#include <gtest/gtest.h>

namespace regulars::app {
namespace {

TEST(RfmFile, ReadsClassesCutsAndMatch) {
  const auto definition = parse_rfm(
      "match: first\nelse: The rest\nmonetary: average\n"
      "cuts: {recency_days: [1, 2, 3, 4], orders: [2, 3, 4, 5], net: [10, 20.5, 30, 40]}\n"
      "classes:\n  - {name: Best, rules: [{r: 5, f: [4, 5]}, {m: 5}]}\n",
      "rfm.yaml");
  ASSERT_TRUE(definition.ok()) << definition.error().to_string();
  EXPECT_EQ(definition->match, segments::MatchMode::kFirst);
  EXPECT_EQ(definition->else_class, "The rest");
  EXPECT_TRUE(definition->monetary_average);
  EXPECT_EQ(definition->cuts.kind, segments::CutKind::kFixed);
  EXPECT_EQ(definition->cuts.net[1], 20.5);
  ASSERT_EQ(definition->classes.size(), 1u);
  EXPECT_EQ(definition->classes[0].rules[0].f, (std::array<int, 2>{4, 5}));
  EXPECT_EQ(definition->classes[0].rules[1].r, (std::array<int, 2>{1, 5}));
}

TEST(RfmFile, FaultsNameLineAndColumn) {
  const auto message = [](const char* yaml) {
    const auto definition = parse_rfm(yaml, "rfm.yaml");
    return definition.ok() ? std::string("accepted") : definition.error().to_string();
  };
  EXPECT_EQ(message("match: first\nclases: []\n"),
            "rfm.yaml:2:1: unknown key 'clases'; here go: match, else, one_is_once, monetary, "
            "cuts, classes");
  EXPECT_NE(message("classes:\n  - {name: A, rules: [{r: 6}]}").find("rfm.yaml:2:27"),
            std::string::npos);
  EXPECT_NE(message("classes:\n  - {rules: []}").find("needs a name"), std::string::npos);
  EXPECT_NE(message("cuts: {orders: [1, 2, 3, 4]}").find("recency_days"), std::string::npos);
  EXPECT_NE(message("a: [1, 2").find("rfm.yaml:"), std::string::npos);
}

TEST(RfmFile, FrozenCutsReadBackTheSame) {
  segments::RfmDefinition definition = segments::default_rfm();
  definition.cuts = {segments::CutKind::kFixed,
                     {12, 32, 71, 179},
                     {2, 3, 5, 7},
                     {250.17, 490.52, 942.275, 2056.09}};
  const auto again = parse_rfm(frozen_rfm(definition, definition.cuts), "frozen.yaml");
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(again->cuts.recency_days, definition.cuts.recency_days);
  EXPECT_EQ(again->cuts.orders, definition.cuts.orders);
  EXPECT_EQ(again->cuts.net, definition.cuts.net);
  EXPECT_EQ(again->classes.size(), 10u);
  EXPECT_TRUE(segments::check_map(*again).doubled.empty());
}

TEST(RfmFile, FrozenDefinitionKeepsWhatItWasMadeWith) {
  segments::RfmDefinition definition = segments::default_rfm();
  definition.match = segments::MatchMode::kFirst;
  definition.else_class = "Rest: \"all\" #others";
  definition.monetary_average = true;
  definition.classes.resize(1);
  definition.classes[0].name = "- {best}: 100 %\n";
  const auto again = parse_rfm(frozen_rfm(definition, definition.cuts), "frozen.yaml");
  ASSERT_TRUE(again.ok()) << again.error().to_string();
  EXPECT_EQ(again->else_class, definition.else_class);
  EXPECT_TRUE(again->monetary_average);
  EXPECT_EQ(again->classes[0].name, definition.classes[0].name);
}

TEST(RfmFile, OddFilesAreFaults) {
  const auto refused = [](const std::string& yaml) {
    const auto definition = parse_rfm(yaml, "rfm.yaml");
    return !definition.ok() && definition.error().code() == ErrorCode::kBadDefinition;
  };
  std::string many = "match: first\nclasses:\n";
  for (int i = 0; i < 40'000; ++i) many += "  - {name: c" + std::to_string(i) + ", rules: []}\n";
  EXPECT_TRUE(refused(many));
  EXPECT_TRUE(refused("classes: [{name: A, rules: []}, {name: A, rules: []}]"));
  EXPECT_TRUE(refused("classes: [{name: '', rules: []}]"));
  EXPECT_TRUE(refused("classes: [{name: {a: b}, rules: []}]"));
  EXPECT_TRUE(refused("match: [first]"));
  EXPECT_TRUE(refused("match: {first: yes}"));
  EXPECT_TRUE(refused("{a: b}: c"));
  EXPECT_TRUE(refused("one_is_once: perhaps"));
  EXPECT_TRUE(
      refused("cuts: {recency_days: [.nan, 1, 2, 3], orders: [1, 2, 3, 4], "
              "net: [1, 2, 3, .inf]}"));
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("&a [*a]"));
  EXPECT_TRUE(refused(std::string(100'000, '[')));
}

}  // namespace
}  // namespace regulars::app
