// Random histories and random trees: every way of evaluating gives the reference's answers.
// REGULARS_SEED repeats a run; REGULARS_PAIRS sets how many pairs are tried.
#include <gtest/gtest.h>

#include <cstdlib>

#include "evaluate/expression_json.h"
#include "random_case.h"

namespace regulars::evaluate {
namespace {

uint64_t from_environment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

constexpr uint64_t kTreesPerHistory = 8;

Questions with(const Questions& questions, const ExpressionPtr& tree) {
  Questions single = questions;
  single.definitions = {{"tree", tree}};
  return single;
}

// Smaller trees to try in place of one that fails.
std::vector<ExpressionPtr> smaller(const Expression& tree) {
  std::vector<ExpressionPtr> trees = tree.arguments;
  for (size_t i = 0; i < tree.arguments.size(); ++i) {
    for (const ExpressionPtr& less : smaller(*tree.arguments[i])) {
      Expression copy = tree;
      copy.arguments[i] = less;
      trees.push_back(std::make_shared<Expression>(copy));
    }
  }
  if (tree.aggregate && tree.aggregate->where) {
    Expression copy = tree;
    copy.aggregate->where = nullptr;
    trees.push_back(std::make_shared<Expression>(copy));
    for (const ExpressionPtr& less : smaller(*tree.aggregate->where)) {
      copy.aggregate->where = less;
      trees.push_back(std::make_shared<Expression>(copy));
    }
  }
  if (tree.aggregate && tree.aggregate->window.kind != Window::Kind::kLifetime) {
    Expression copy = tree;
    copy.aggregate->window = lifetime();
    trees.push_back(std::make_shared<Expression>(copy));
  }
  return trees;
}

bool compiles(const Questions& questions) {
  return Plan::compile(questions.schema, questions.definitions, *questions.zone).ok();
}

ExpressionPtr shrunk(const Questions& questions, ExpressionPtr tree) {
  for (bool found = true; found;) {
    found = false;
    for (const ExpressionPtr& less : smaller(*tree)) {
      const Questions single = with(questions, less);
      if (!compiles(single) || !disagreement(single)) continue;
      tree = less;
      found = true;
      break;
    }
  }
  return tree;
}

// The failing trees alone, each as small as it gets, as JSON.
std::string report(const Questions& questions, const std::string& failure) {
  std::string text = failure;
  for (const Definition& definition : questions.definitions) {
    if (!disagreement(with(questions, definition.expression))) continue;
    const ExpressionPtr least = shrunk(questions, definition.expression);
    text += "\n  " + to_json(*least) + "\n  " + *disagreement(with(questions, least));
  }
  return text;
}

Questions random_questions(Random& random, const History& history, const Zone& zone,
                           uint64_t& refused) {
  Questions questions;
  questions.history = &history;
  questions.schema = schema_of(history);
  questions.zone = &zone;
  for (int i = 0; i < 3; ++i) questions.as_of.push_back(random_instant(random));
  while (questions.definitions.size() < kTreesPerHistory) {
    const bool again = !questions.definitions.empty() && random.chance(0.3);
    const ExpressionPtr tree =
        again ? altered(random, *questions.definitions.back().expression) : random_tree(random);
    if (compiles(with(questions, tree))) {
      questions.definitions.push_back({"d" + std::to_string(questions.definitions.size()), tree});
    } else {
      ++refused;
    }
  }
  return questions;
}

TEST(EveryWay, AgreesWithTheReferenceOnRandomTrees) {
  const uint64_t seed = from_environment("REGULARS_SEED", 20'240'229);
  const uint64_t pairs = from_environment("REGULARS_PAIRS", 20'000);
  const Zone zone = Zone::find("Europe/Berlin").value();
  uint64_t refused = 0;
  uint64_t overflows = 0;
  for (uint64_t i = 0; i < pairs / kTreesPerHistory; ++i) {
    Random random(seed, i);
    const History history = random_history(random);
    const Questions questions = random_questions(random, history, zone, refused);
    overflows += by_reference(questions).ok() ? 0 : 1;
    const auto failure = disagreement(questions);
    ASSERT_FALSE(failure) << "seed " << seed << ", case " << i << ": "
                          << report(questions, *failure);
  }
  std::cout << "seed " << seed << ": " << pairs << " pairs, " << refused << " ill-typed trees, "
            << overflows << " overflows\n";
  EXPECT_LT(refused, pairs);
  if (pairs >= 20'000) {
    EXPECT_GT(overflows, 0u);
  }
}

}  // namespace
}  // namespace regulars::evaluate
