// Every row of the function table says what is so: its examples compile and run on the example
// shop, and the reference page is that of the table.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/files.h"
#include "example_shop.h"
#include "language/compile.h"
#include "language/functions.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

// Sequences compile before the plan runs them.
bool waits_for_the_plan(const Error& error) {
  return error.message().find("'sequence': has no arguments") != std::string::npos;
}

// "fine", or what is wrong with the rule.
std::string outcome(std::string_view rule) {
  const ExampleShop& shop = example_shop();
  const Result<NodePtr> tree = parse(rule);
  if (!tree) return tree.error().to_string();
  const Result<Compiled> compiled = compile(**tree, rule, shop.scope);
  if (!compiled) return compiled.error().to_string();
  for (const Warning& warning : compiled->warnings) return "warning: " + warning.message;
  const auto plan =
      evaluate::Plan::compile(shop.scope.schema, {{"x", compiled->expression}}, Zone::utc());
  if (!plan) return waits_for_the_plan(plan.error()) ? "fine" : plan.error().to_string();
  const auto answers = plan->run(shop.history, std::vector<Instant>{shop.as_of}, {});
  if (!answers) return answers.error().to_string();
  const evaluate::AnswerColumn& column = answers->front().columns[0];
  const bool some = std::count(column.known.begin(), column.known.end(), 1) > 0;
  if (some && column.type != compiled->type.value) return "the type is not the plan's";
  return "fine";
}

TEST(FunctionTable, EveryExampleRuns) {
  for (const FunctionRow& row : function_table()) {
    EXPECT_FALSE(row.examples.empty()) << row.name;
    for (const Example& example : row.examples) {
      EXPECT_EQ(outcome(example.rule), "fine") << row.name << ": " << example.rule;
      EXPECT_FALSE(example.meaning.empty()) << example.rule;
    }
  }
}

TEST(FunctionTable, RowsAreWhole) {
  std::set<std::string_view> names;
  for (const FunctionRow& row : function_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
    EXPECT_FALSE(row.signature.empty()) << row.name;
    EXPECT_FALSE(row.result.empty()) << row.name;
    EXPECT_FALSE(row.meaning.empty()) << row.name;
    EXPECT_FALSE(row.unknowns.empty()) << row.name;
    EXPECT_LE(row.least, row.most) << row.name;
    EXPECT_EQ(find_function(row.name), &row);
  }
  EXPECT_EQ(find_function("no such function"), nullptr);
  EXPECT_EQ(completions().size(), function_table().size());
}

// A call or a word that has a lowering function appears in one of its own examples.
TEST(FunctionTable, ExamplesUseTheirRow) {
  for (const FunctionRow& row : function_table()) {
    if (row.lower == nullptr) continue;
    bool used = false;
    for (const Example& example : row.examples) {
      used = used || example.rule.find(row.name) != std::string_view::npos;
    }
    EXPECT_TRUE(used) << row.name;
  }
}

TEST(ReferencePage, IsThatOfTheTable) {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  ASSERT_NE(source, nullptr);
  const std::string path = std::string(source) + "/docs/reference/language.md";
  if (std::getenv("REGULARS_RENEW") != nullptr) {
    ASSERT_TRUE(real_files().write(path, reference_page()).ok());
  }
  const Result<std::string> page = real_files().read(path);
  ASSERT_TRUE(page.ok()) << page.error().to_string();
  EXPECT_TRUE(*page == reference_page())
      << "docs/reference/language.md is stale: run this test with REGULARS_RENEW=1";
}

}  // namespace
}  // namespace regulars::language
