// Runs tests/scripts/*.test: the reference must give what the script expects, and every other way
// what the reference gives.
#include "script.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/files.h"

namespace regulars::evaluate {
namespace {

std::string scripts_folder() {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  return std::string(source != nullptr ? source : REGULARS_SOURCE_DIR) + "/tests/scripts";
}

std::vector<std::string> script_names() {
  std::vector<std::string> names;
  const auto all = real_files().list(scripts_folder());
  for (const std::string& name : all ? *all : std::vector<std::string>()) {
    if (name.ends_with(".test")) names.push_back(name.substr(0, name.size() - 5));
  }
  return names;
}

Questions questions_of(const Script& script, const History& history, std::vector<Instant> as_of) {
  Questions questions;
  questions.history = &history;
  questions.schema = schema_of(history);
  questions.definitions = script.definitions;
  questions.as_of = std::move(as_of);
  questions.zone = &script.zone;
  return questions;
}

bool in_universe(const History& history, CustomerNumber c, Instant t) {
  const std::vector<Instant>& known_from = history.customer_table().known_from;
  return known_from.empty() || known_from[c] <= t;
}

// The answers of every way at every instant; where customers were merged, over the history as it
// is then.
void expect_agreement(const Script& script, Table& table, std::vector<History>& histories) {
  if (script.merges.empty()) {
    histories.assign(script.as_of.size(), script.history);
    const Questions questions = questions_of(script, script.history, script.as_of);
    auto found = by_reference(questions);
    ASSERT_TRUE(found) << found.error().to_string();
    table = std::move(*found);
    const auto difference = disagreement(questions);
    EXPECT_FALSE(difference) << *difference;
    const auto by_steps = disagreement_by_steps(questions);
    EXPECT_FALSE(by_steps) << *by_steps;
    return;
  }
  for (const Instant t : script.as_of) {
    auto then = merged(script.history, script.merges, t);
    ASSERT_TRUE(then) << then.error().to_string();
    histories.push_back(std::move(*then));
    const Questions questions = questions_of(script, histories.back(), {t});
    auto found = by_reference(questions);
    ASSERT_TRUE(found) << found.error().to_string();
    table.push_back(std::move((*found)[0]));
    const auto difference = disagreement(questions);
    EXPECT_FALSE(difference) << *difference;
    const auto by_steps = disagreement_by_steps(questions);
    EXPECT_FALSE(by_steps) << *by_steps;
  }
}

void expect_answers(const Script& script, const Table& table,
                    const std::vector<History>& histories) {
  std::set<std::pair<size_t, std::string>> told;  // every customer is told of at every instant
  for (const Script::Expected& row : script.expected) {
    const uint32_t customer = script.history.customer_table().ids->find(row.customer);
    ASSERT_NE(customer, kNoCode) << row.line;
    told.emplace(row.as_of, row.customer);
    EXPECT_EQ(!row.definitions.empty(),
              in_universe(histories[row.as_of], customer, script.as_of[row.as_of]))
        << row.line;
    for (size_t i = 0; i < row.definitions.size(); ++i) {
      const size_t d = row.definitions[i];
      EXPECT_EQ(to_string(table[row.as_of][d][customer]), row.values[i])
          << "line " << row.line << " (" << script.definitions[d].name << ")";
    }
  }
  EXPECT_EQ(told.size(), script.as_of.size() * script.history.customers())
      << "the script does not say what it expects of every customer";
}

void expect_refusals(const Script& script) {
  for (const Script::Refused& refused : script.refused) {
    const auto plan =
        Plan::compile(schema_of(script.history), {{"it", refused.expression}}, script.zone);
    ASSERT_FALSE(plan) << "not refused: " << refused.message;
    EXPECT_EQ(plan.error().code(), ErrorCode::kBadDefinition);
    EXPECT_NE(plan.error().message().find(refused.message), std::string::npos)
        << "'" << plan.error().message() << "' does not say '" << refused.message << "'";
  }
}

class Scripts : public ::testing::TestWithParam<std::string> {};

TEST_P(Scripts, EveryWayGivesTheExpectedAnswers) {
  const auto text = real_files().read(scripts_folder() + "/" + GetParam() + ".test");
  ASSERT_TRUE(text) << text.error().to_string();
  const auto script = parse_script(*text);
  ASSERT_TRUE(script) << script.error().to_string();
  ASSERT_FALSE(script->description.empty());
  ASSERT_TRUE(!script->expected.empty() || !script->refused.empty());
  expect_refusals(*script);
  if (script->expected.empty()) return;
  Table table;
  std::vector<History> histories;
  ASSERT_NO_FATAL_FAILURE(expect_agreement(*script, table, histories));
  expect_answers(*script, table, histories);
}

INSTANTIATE_TEST_SUITE_P(All, Scripts, ::testing::ValuesIn(script_names()),
                         [](const auto& test) { return test.param; });

TEST(ScriptFolder, HoldsTheScripts) { EXPECT_GE(script_names().size(), 30u); }

}  // namespace
}  // namespace regulars::evaluate
