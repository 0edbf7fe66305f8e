// Rules that are wrong or doubtful, each in a file of tests/language/wrong_rules: the rule, a line
// of three dashes, and what a person is told. With REGULARS_RENEW=1 the second part is written
// anew, to be read before it is kept.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "example_shop.h"
#include "language/compile.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

constexpr std::string_view kLine = "\n---\n";

std::string told(const std::string& rule) {
  const Result<NodePtr> tree = parse(rule);
  if (!tree) return tree.error().to_string() + "\n";
  const Result<Compiled> compiled = compile_rule(**tree, rule, example_shop().scope);
  if (!compiled) return compiled.error().to_string() + "\n";
  std::string all;
  for (const Warning& warning : compiled->warnings) {
    all += "warning, characters " + std::to_string(warning.extent.begin + 1) + " to " +
           std::to_string(warning.extent.end) + ": " + warning.message + "\n";
  }
  return all.empty() ? "nothing\n" : all;
}

TEST(WrongRules, AreToldWell) {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  ASSERT_NE(source, nullptr);
  const std::string folder = std::string(source) + "/tests/language/wrong_rules";
  const std::vector<std::string> names = real_files().list(folder).value();
  size_t rules = 0;
  for (const std::string& name : names) {
    const std::string path = folder + "/" + name;
    const std::string text = real_files().read(path).value();
    const std::string rule = text.substr(0, text.find(kLine));
    const std::string found = told(rule);
    EXPECT_NE(found, "nothing\n") << name;
    if (std::getenv("REGULARS_RENEW") != nullptr) {
      ASSERT_TRUE(real_files().write(path, rule + std::string(kLine) + found).ok());
    } else {
      EXPECT_EQ(rule + std::string(kLine) + found, text) << name;
    }
    ++rules;
  }
  EXPECT_GE(rules, 60u);
}

}  // namespace
}  // namespace regulars::language
