// Random rules of the part of the language that has a translation, over random shops.
// REGULARS_SEED repeats a run, REGULARS_PAIRS sets how many pairs are made.
#include <gtest/gtest.h>

#include <cstdlib>

#include "language/parse.h"
#include "random_script.h"
#include "shrink.h"
#include "sql_shop.h"

namespace regulars::third_opinion {
namespace {

using evaluate::Asked;
using evaluate::Value;

constexpr size_t kRules = 15;

uint64_t from_environment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// The rules as they stand in a script, by name.
std::map<std::string, std::string> rules_of(const std::vector<std::string>& lines) {
  std::map<std::string, std::string> rules;
  for (const std::string& line : lines) {
    const size_t equals = line.find(" = ");
    if (line.starts_with("rule ")) rules[line.substr(5, equals - 5)] = line.substr(equals + 3);
  }
  return rules;
}

struct Tally {
  uint64_t asked = 0, translated = 0, held = 0, failed = 0;
};

// Where the translation of a rule gives another answer than the reference; empty: nowhere.
std::string difference_of(const Asked& asked, const Zone& zone,
                          const std::map<std::string, std::string>& rules, Tally& tally) {
  auto shop = SqlShop::make(asked.history);
  if (!shop) return shop.error().to_string();
  const evaluate::Schema schema = evaluate::schema_of(asked.history);
  for (const evaluate::Definition& definition : asked.definitions) {
    const auto rule = rules.find(definition.name);
    if (rule == rules.end()) continue;
    const language::NodePtr tree = language::parse(rule->second).value();
    for (const Instant t : asked.as_of) {
      ++tally.asked;
      const auto query = to_sql(*tree, schema, t);
      if (!query && query.error().code() == ErrorCode::kUnsupported) continue;
      ++tally.translated;
      const auto found = query ? shop->answers(*query) : Result<std::vector<Value>>(query.error());
      if (!found) return rule->second + "\n" + found.error().to_string();
      for (CustomerNumber c = 0; c < asked.history.customers(); ++c) {
        const auto wanted =
            evaluate::evaluate_reference(*definition.expression, {&asked.history, c, t, &zone, {}});
        if (!wanted) break;  // an overflow
        if (evaluate::to_string(*wanted) != evaluate::to_string((*found)[c])) {
          return rule->second + " as of " + to_iso(t) + " is " + evaluate::to_string(*wanted) +
                 ", by SQL " + evaluate::to_string((*found)[c]) + ": " + query->text;
        }
        tally.held += wanted->known && wanted->number != 0 ? 1 : 0;
        tally.failed += wanted->known && wanted->number == 0 ? 1 : 0;
      }
    }
  }
  return {};
}

std::string difference_of(const std::vector<std::string>& lines, Tally& tally) {
  const auto script = rules::runnable(lines);
  if (!script) return script.error().to_string();
  for (const Asked& asked : script->runs) {
    std::string found = difference_of(asked, script->script->zone, rules_of(lines), tally);
    if (!found.empty()) return found;
  }
  return {};
}

// The smallest script that shows a difference.
std::string reported(const std::vector<std::string>& lines) {
  Tally tally;
  const auto shows = [&](const std::vector<std::string>& fewer) {
    return rules::runnable(fewer).ok() && !difference_of(fewer, tally).empty();
  };
  const auto least = rules::shrunk(lines, shows, 1000);
  const auto ready = rules::ready_script(least, difference_of(least, tally));
  return ready ? *ready : rules::joined(least);
}

TEST(ThirdOpinion, AgreesOnRandomRules) {
  const uint64_t seed = from_environment("REGULARS_SEED", 20'250'101);
  const uint64_t pairs = from_environment("REGULARS_PAIRS", 20'000) / 20;
  const auto corpus =
      rules::learn(rules::read_scripts(std::string(REGULARS_SOURCE_DIR) + "/tests/scripts"));
  ASSERT_TRUE(corpus) << corpus.error().to_string();
  Tally tally;
  for (uint64_t i = 0; i < pairs / kRules; ++i) {
    Random random(seed, i);
    auto made = rules::random_script(random, *corpus, i * kRules, kRules);
    ASSERT_TRUE(made) << made.error().to_string();
    for (std::string& line : made->lines) {
      if (line.starts_with("zone ")) line = "zone UTC";
    }
    std::erase_if(made->lines, [](const std::string& line) { return line.starts_with("retail "); });
    const std::string difference = difference_of(made->lines, tally);
    ASSERT_EQ(difference, "") << "seed " << seed << ", case " << i << "\n" << reported(made->lines);
  }
  std::cout << "seed " << seed << ": " << tally.translated << " of " << tally.asked
            << " questions translated, " << tally.held << " answers true, " << tally.failed
            << " false\n";
  EXPECT_GT(tally.translated, pairs / 4);
  EXPECT_GT(tally.held, pairs / 4);
  EXPECT_GT(tally.failed, pairs / 4);
}

}  // namespace
}  // namespace regulars::third_opinion
