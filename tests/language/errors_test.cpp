// What the parser says to wrong rules: errors/NAME.txt holds the rule, a line of three dashes and
// the message a person gets. REGULARS_RENEW=1 writes the messages anew; read the change before
// keeping it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/files.h"
#include "language/parse.h"

namespace regulars::language {
namespace {

constexpr std::string_view kLine = "---\n";

std::filesystem::path folder() {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  return std::filesystem::path(source == nullptr ? REGULARS_SOURCE_DIR : source) /
         "tests/language/errors";
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class SyntaxError : public testing::TestWithParam<std::string> {};

TEST_P(SyntaxError, SaysWhatIsWrong) {
  const std::string path = (folder() / (GetParam() + ".txt")).string();
  Files& files = real_files();
  const Result<std::string> content = files.read(path);
  ASSERT_TRUE(content) << content.error().to_string();
  const size_t line = content->find(kLine);
  ASSERT_NE(line, std::string::npos) << path << " has no line of three dashes";
  std::string rule = content->substr(0, line);
  if (!rule.empty()) rule.pop_back();  // the end of its line

  const Result<NodePtr> tree = parse(rule);
  ASSERT_FALSE(tree) << "the rule is right: " << rule;
  const std::string said = tree.error().to_string() + '\n';
  const std::string expected = content->substr(line + kLine.size());
  if (std::getenv("REGULARS_RENEW") != nullptr) {
    ASSERT_TRUE(files.write(path, content->substr(0, line + kLine.size()) + said));
    return;
  }
  EXPECT_EQ(said, expected) << "rule:\n" << rule << "\nREGULARS_RENEW=1 accepts the new message";
}

INSTANTIATE_TEST_SUITE_P(Rules, SyntaxError, testing::ValuesIn(case_names()),
                         [](const auto& rule) { return rule.param; });

TEST(SyntaxErrors, ThereAreMany) { EXPECT_GE(case_names().size(), 60U); }

}  // namespace
}  // namespace regulars::language
