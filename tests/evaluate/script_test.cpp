// Runs tests/scripts/*.test: the reference must give what the script expects, and every other way
// what the reference gives.
#include "script.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/files.h"
#include "evaluate/timeline.h"
#include "language/functions.h"
#include "replay.h"
#include "script_language.h"

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

bool in_universe(const History& history, CustomerNumber c, Instant t) {
  const std::vector<Instant>& known_from = history.customer_table().known_from;
  return known_from.empty() || known_from[c] <= t;
}

// The script's instants, and some before each of which it says nothing.
Questions with_more_instants(Questions questions) {
  const std::vector<Instant> told = questions.as_of;
  for (const Instant t : told) {
    for (const Duration before : {Duration{1}, hours(1), days(1), days(7), days(30)}) {
      questions.as_of.push_back(t - before);
    }
  }
  return questions;
}

// The answers of every way at every instant, and the history of each instant.
void expect_agreement(const Script& script, const std::vector<Asked>& runs, Table& table,
                      std::vector<const History*>& histories) {
  for (const Asked& asked : runs) {
    const Questions questions = questions_of(script, asked);
    auto found = by_reference(questions);
    ASSERT_TRUE(found) << found.error().to_string();
    for (auto& answers : *found) {
      table.push_back(std::move(answers));
      histories.push_back(&asked.history);
    }
    const Questions more = with_more_instants(questions);
    const auto difference = disagreement(more);
    EXPECT_FALSE(difference) << *difference;
    const auto by_steps = disagreement_by_steps(more);
    EXPECT_FALSE(by_steps) << *by_steps;
    const auto by_replay = disagreement_by_replay(more);
    EXPECT_FALSE(by_replay) << *by_replay;
  }
}

// When the answer changes next, within two years: "-" when it does not.
std::string next_of(const Definition& definition, const Question& question) {
  const auto line =
      timeline(definition.expression, question, question.as_of, question.as_of + days(731));
  if (!line) return line.error().to_string();
  return line->size() < 2 ? "-" : to_iso((*line)[1].at);
}

void expect_next(const Script& script, const std::vector<Asked>& runs) {
  for (const Script::Expected& row : script.expected) {
    if (!row.next) continue;
    size_t run = 0;  // of that instant: all are in the first, or each is on its own
    if (runs.size() > 1) run = row.as_of;
    const uint32_t customer = script.customers.ids->find(row.customer);
    ASSERT_NE(customer, kNoCode) << row.line;
    const Question question{
        &runs[run].history, customer, script.as_of[row.as_of].at, &script.zone, {}};
    for (size_t i = 0; i < row.definitions.size(); ++i) {
      const Definition& definition = runs[run].definitions[row.definitions[i]];
      EXPECT_EQ(next_of(definition, question), row.values[i])
          << "line " << row.line << " (" << definition.name << ")";
    }
  }
}

void expect_answers(const Script& script, const Table& table,
                    const std::vector<const History*>& histories) {
  std::set<std::pair<size_t, std::string>> told;  // every customer is told of at every instant
  for (const Script::Expected& row : script.expected) {
    if (row.next) continue;
    const uint32_t customer = script.customers.ids->find(row.customer);
    ASSERT_NE(customer, kNoCode) << row.line;
    told.emplace(row.as_of, row.customer);
    EXPECT_EQ(!row.definitions.empty(),
              in_universe(*histories[row.as_of], customer, script.as_of[row.as_of].at))
        << row.line;
    for (size_t i = 0; i < row.definitions.size(); ++i) {
      const size_t d = row.definitions[i];
      EXPECT_EQ(to_string(table[row.as_of][d][customer]), row.values[i])
          << "line " << row.line << " (" << script.definitions[d].name << ")";
    }
  }
  EXPECT_EQ(told.size(), script.as_of.size() * script.customers.ids->size())
      << "the script does not say what it expects of every customer";
}

void expect_refusals(const Script& script) {
  if (script.refused.empty()) return;
  const auto history = history_of(script, {});
  ASSERT_TRUE(history) << history.error().to_string();
  for (const Script::Refused& refused : script.refused) {
    const auto plan = Plan::compile(schema_of(*history), {{"it", refused.expression}}, script.zone);
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
  ASSERT_TRUE(!script->expected.empty() || !script->refused.empty() || !script->said.empty());
  expect_refusals(*script);
  const auto language = ScriptLanguage::make(*script);
  ASSERT_TRUE(language) << language.error().to_string();
  for (const std::string& difference : language->differences()) ADD_FAILURE() << difference;
  const auto runs = language->asked();
  ASSERT_TRUE(runs) << runs.error().to_string();
  Table table;
  std::vector<const History*> histories;
  ASSERT_NO_FATAL_FAILURE(expect_agreement(*script, *runs, table, histories));
  expect_answers(*script, table, histories);
  expect_next(*script, *runs);
}

INSTANTIATE_TEST_SUITE_P(All, Scripts, ::testing::ValuesIn(script_names()),
                         [](const auto& test) { return test.param; });

TEST(ScriptFolder, HoldsTheScripts) { EXPECT_GE(script_names().size(), 200u); }

// Nothing is in the language that no script shows.
TEST(ScriptFolder, UsesEveryRowOfTheFunctionTable) {
  std::set<std::string> used;
  for (const std::string& name : script_names()) {
    const auto text = real_files().read(scripts_folder() + "/" + name + ".test");
    ASSERT_TRUE(text) << text.error().to_string();
    const auto script = parse_script(*text);
    ASSERT_TRUE(script) << name << ": " << script.error().to_string();
    const auto language = ScriptLanguage::make(*script);
    ASSERT_TRUE(language) << name << ": " << language.error().to_string();
    used.insert(language->used().begin(), language->used().end());
  }
  std::string unused;
  for (const language::FunctionRow& row : language::function_table()) {
    if (!used.contains(std::string(row.name))) unused += "\n" + std::string(row.name);
  }
  EXPECT_EQ(unused, "");
}

}  // namespace
}  // namespace regulars::evaluate
