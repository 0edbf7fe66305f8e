#include "project/yaml_tree.h"

#include <gtest/gtest.h>

namespace regulars::project {
namespace {

struct Parsed {
  YamlPtr root;
  Faults faults;
};

Parsed parse(const std::string& text) {
  Parsed parsed;
  parsed.root = parse_yaml(text, "f.yaml", parsed.faults);
  return parsed;
}

std::string first_fault(const std::string& text) {
  const Parsed parsed = parse(text);
  return parsed.faults.empty() ? "" : parsed.faults.front().to_string();
}

TEST(YamlTree, PartsKnowTheirPlaces) {
  const Parsed parsed = parse("\xEF\xBB\xBF# c\na:\n  - \"x\"\n  - NO\nKäse: ü z\n");
  ASSERT_TRUE(parsed.faults.empty());
  const YamlNode& list = *parsed.root->find("a");
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_FALSE(list.items[0]->plain);
  EXPECT_TRUE(list.items[1]->plain);
  EXPECT_EQ(list.items[1]->line, 4u);
  EXPECT_EQ(list.items[1]->column, 5u);
  EXPECT_EQ(parsed.root->find("Käse")->column, 7u);
  EXPECT_EQ(parsed.root->find("none"), nullptr);
}

TEST(YamlTree, EmptyFilesAreNothing) {
  for (const char* text : {"", "# only a comment\n", "---\n", "~\n"}) {
    const Parsed parsed = parse(text);
    ASSERT_NE(parsed.root, nullptr) << text;
    EXPECT_EQ(parsed.root->kind, YamlNode::Kind::kNull) << text;
    EXPECT_TRUE(parsed.faults.empty()) << text;
  }
}

TEST(YamlTree, WhatYamlLetsPassIsAFault) {
  EXPECT_NE(first_fault("a: 1\nb: 2\na: 3\n")
                .find("f.yaml:3:1: the key 'a' is given twice, also in line 1"),
            std::string::npos);
  EXPECT_NE(first_fault("a: 1\n---\nb: 2\n").find("second document"), std::string::npos);
  EXPECT_NE(first_fault("a: \"x\nb: y\n").find("f.yaml:1:4: a text begins here with \""),
            std::string::npos);
  EXPECT_NE(first_fault("a: !!int 3\n").find("tag"), std::string::npos);
  EXPECT_NE(first_fault("a:\n\tb: 1\n").find("f.yaml:2:"), std::string::npos);
  EXPECT_NE(first_fault("a:\n\tb: 1\n").find("tab"), std::string::npos);
  EXPECT_NE(first_fault("a: \xff\n").find("f.yaml:1:4: the file is not UTF-8"), std::string::npos);
  EXPECT_NE(first_fault(std::string("a: \0b", 5)).find("no text"), std::string::npos);
  EXPECT_NE(first_fault("? [a, b]\n: c\n").find("a key is one word"), std::string::npos);
}

TEST(YamlTree, FinishedQuotesAreNoFault) {
  for (const char* text : {"a: \"x\"", "a: 'it''s'", "a: \"say \\\"x\\\"\" # \"", "a: \"x\\\n  y\"",
                           "a: ''", "a: \"\"", "a: '  '\n", "a: \"\\u00e4x\"\n", "a: 'x\n  y'\n"}) {
    EXPECT_EQ(first_fault(text), "") << text;
  }
  for (const char* text : {"a: \"x", "a: 'it''s", "a: \"say \\\"x\\\"", "a: 'x\n\n"}) {
    EXPECT_NE(first_fault(text).find("never ends"), std::string::npos) << text;
  }
}

TEST(YamlTree, AliasesAreFollowedButNeitherEndlesslyNorWithoutMeasure) {
  const Parsed parsed = parse("a: &x [1, 2]\nb: *x\n");
  ASSERT_TRUE(parsed.faults.empty());
  EXPECT_EQ(parsed.root->find("b")->items.size(), 2u);
  EXPECT_NE(first_fault("a: &x [*x]\n").find("alias"), std::string::npos);
  EXPECT_NE(first_fault("a: *x\n").find("alias"), std::string::npos);
  std::string laughs = "a0: &a0 [l,l,l,l,l,l,l,l,l,l]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) laughs += (k == 0 ? "" : ", ") + before;
    laughs += "]\n";
  }
  EXPECT_NE(first_fault(laughs).find("too large"), std::string::npos);
}

TEST(YamlTree, DepthIsBounded) {
  EXPECT_NE(first_fault(std::string(100'000, '[')), "");
  EXPECT_NE(first_fault("a: " + std::string(100'000, '{')), "");
}

std::string places_of(const std::string& yaml, const std::string& part) {
  const Parsed parsed = parse(yaml);
  const YamlNode& rule = *parsed.root->find("rule");
  const Place place =
      definitions::place_in_file({}, origin_of(rule, yaml), rule.text, rule.text.find(part));
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST(YamlTree, EveryWayToWriteATextLeadsBackToTheFile) {
  EXPECT_EQ(places_of("rule: count(x) > 3\n", "3"), "1:18");
  EXPECT_EQ(places_of("rule: count(x)\n  and y\n", "y"), "2:7");
  EXPECT_EQ(places_of("rule: |\n  count(x)\n    and y\n", "count"), "2:3");
  EXPECT_EQ(places_of("rule: |\n  count(x)\n    and y\n", "y"), "3:9");
  EXPECT_EQ(places_of("rule: |-\n\n  a\n\n  b\n", "b"), "5:3");
  EXPECT_EQ(places_of("rule: >-  # why\n  count(x)\n  and y\n", "y"), "3:7");
  EXPECT_EQ(places_of("rule: 'x = ''web'' and y'\n", "y"), "1:24");
  EXPECT_EQ(places_of("rule: \"x = \\\"w\\\" and y\"\n", "y"), "1:22");
  EXPECT_EQ(places_of("# ä\nrule: ä = 'ö' or y\n", "y"), "2:18");
  EXPECT_EQ(places_of("rule: \"\\u00e4 y\"\n", "y"), "1:15");
  EXPECT_EQ(places_of("rule: |\r\n  a\r\n  b\r\n", "b"), "3:3");
}

}  // namespace
}  // namespace regulars::project
