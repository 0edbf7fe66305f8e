// Trees, texts and JSON say the same: for random trees of the whole grammar, and for texts that are
// not of it.
//
// REGULARS_LANGUAGE_CASES and REGULARS_LANGUAGE_SEED ask for more or other cases.
#include <gtest/gtest.h>

#include <cstdlib>

#include "language/json.h"
#include "language/parse.h"
#include "language/print.h"
#include "random_tree.h"

namespace regulars::language {
namespace {

uint64_t number_from(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string same_as(const Node& tree, const Result<NodePtr>& again, const std::string& form) {
  if (!again) return form + "\nis refused: " + again.error().to_string();
  if (!equal(tree, **again)) return form + "\nis another tree, printed as\n" + print(**again);
  return {};
}

// What is wrong with the forms of a tree; empty when nothing is.
std::string problem_of(const Node& tree) {
  const std::string text = print(tree);
  const Result<NodePtr> parsed = parse(text);
  std::string problem = same_as(tree, parsed, text);
  if (!problem.empty()) return problem;
  if (print(**parsed) != text) return text + "\nis printed again as\n" + print(**parsed);
  const std::string lines = print_lines(tree, 40);
  problem = same_as(tree, parse(lines), lines);
  if (!problem.empty()) return problem;
  const std::string json = to_json(tree);
  return same_as(tree, from_json(json), json);
}

// The smallest part with a problem of its own.
std::string smallest_problem(const NodePtr& tree) {
  for (const NodePtr& part : trees_of(tree)) {
    std::string problem = problem_of(*part);
    if (!problem.empty()) return problem;
  }
  return {};
}

TEST(LanguageProperty, TextAndJsonGiveTheTreeBack) {
  const uint64_t seed = number_from("REGULARS_LANGUAGE_SEED", 1);
  const uint64_t cases = number_from("REGULARS_LANGUAGE_CASES", 20'000);
  for (uint64_t i = 0; i < cases; ++i) {
    Random random(seed, i);
    const NodePtr tree = random_tree(random, 1 + static_cast<int>(random.below(25)));
    if (problem_of(*tree).empty()) continue;
    FAIL() << "REGULARS_LANGUAGE_SEED=" << seed << ", case " << i << ":\n"
           << smallest_problem(tree);
  }
}

// Brackets of a printed tree are all needed: without any pair the text is no rule or another one.
// Some always have them although they need not everywhere: an if that is a part of something, a top
// without a group before another group, a group that reads like a span, an anchor with a span.
TEST(LanguageProperty, NoBracketsToSpare) {
  int pairs = 0;
  for (uint64_t i = 0; i < 2'000; ++i) {
    Random random(2, i);
    const NodePtr tree = random_tree(random, 8);
    const std::string text = print(*tree);
    std::vector<size_t> open;
    bool quoted = false;
    for (size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\'') quoted = !quoted;
      if (quoted) continue;
      if (text[at] == '(') open.push_back(at);
      if (text[at] != ')') continue;
      std::string without = text;
      without.erase(at, 1);
      const size_t last_open = open.back();
      without.erase(last_open, 1);
      open.pop_back();
      const Result<NodePtr> other = parse(without);
      ++pairs;
      if (!other || !equal(*tree, **other)) continue;
      const std::string_view from = std::string_view(text).substr(last_open + 1);
      const std::string_view to = std::string_view(text).substr(0, last_open);
      if (from.starts_with("if ") || from.starts_with("top ") || to.ends_with("within ") ||
          to.ends_with("since ") || to.ends_with("after ")) {
        continue;
      }
      ADD_FAILURE() << text << "\nsays the same as\n" << without;
      return;
    }
  }
  EXPECT_GT(pairs, 2'000);
}

void expect_tree_or_place(const std::string& text) {
  const Result<NodePtr> tree = parse(text);
  if (tree) {
    EXPECT_EQ(problem_of(**tree), "") << text;
    return;
  }
  const Place& place = tree.error().place();
  uint64_t lines = 1;
  size_t begin = 0;
  for (size_t i = 0; i < text.size() && lines < place.line; ++i) {
    if (text[i] == '\n') ++lines, begin = i + 1;
  }
  EXPECT_EQ(lines, place.line) << text;
  const size_t length = std::min(text.find('\n', begin), text.size()) - begin;
  EXPECT_GE(place.column, 1U) << text;
  EXPECT_LE(place.column, length + 1) << text;
  EXPECT_FALSE(tree.error().message().empty());
  EXPECT_NE(tree.error().hint().find('^'), std::string::npos) << text;
}

TEST(LanguageProperty, MutatedRulesAreReadOrRefusedWithAPlace) {
  const std::string signs = "()',.-+*/=<>%!\"\n\t 0123 9aet\xC3\xA9\xF0\x9F\x00";
  for (uint64_t i = 0; i < 20'000; ++i) {
    Random random(3, i);
    const NodePtr tree = random_tree(random, 1 + static_cast<int>(random.below(12)));
    std::string text = print(*tree);
    const NodePtr other_tree = random_tree(random, 5);
    const std::string other = print(*other_tree);
    for (int64_t change = random.below(4); change >= 0; --change) {
      const auto at = static_cast<size_t>(random.below(static_cast<int64_t>(text.size()) + 1));
      const auto length = static_cast<size_t>(random.below(6));
      const auto from = static_cast<size_t>(random.below(static_cast<int64_t>(other.size())));
      switch (random.below(4)) {
        case 0:
          text.erase(at, length);
          break;
        case 1:
          text.insert(at, 1, signs[static_cast<size_t>(random.below(32)) % signs.size()]);
          break;
        case 2:
          text.insert(at, other, from, length * 3);
          break;
        default:
          text.resize(at);
      }
    }
    expect_tree_or_place(text);
    if (HasFailure()) {
      ADD_FAILURE() << "case " << i;
      return;
    }
  }
}

TEST(LanguageProperty, RandomBytesAreRefusedWithAPlace) {
  for (uint64_t i = 0; i < 20'000; ++i) {
    Random random(4, i);
    std::string text;
    for (int64_t left = random.below(40); left > 0; --left) {
      text += static_cast<char>(random.below(random.chance(0.8) ? 128 : 256));
    }
    expect_tree_or_place(text);
    if (HasFailure()) {
      ADD_FAILURE() << "case " << i;
      return;
    }
  }
}

}  // namespace
}  // namespace regulars::language
