#include "random_script.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "base/files.h"
#include "language/functions.h"
#include "language/parse.h"
#include "language/print.h"
#include "random_shop.h"
#include "used_rows.h"

namespace regulars::rules {
namespace {

using evaluate::Script;
using evaluate::Value;
using language::NodePtr;

constexpr uint64_t kTries = 12;  // alterations tried until one means something

struct Understood {
  NodePtr tree;
  std::string text;
  language::Compiled compiled;
};

Result<Understood> understood(const std::string& text, const language::Scope& scope) {
  REGULARS_ASSIGN(NodePtr tree, language::parse(text));
  REGULARS_ASSIGN(language::Compiled compiled, language::compile(*tree, text, scope));
  return Understood{std::move(tree), text, std::move(compiled)};
}

bool is_condition(const language::Compiled& compiled) {
  return !compiled.type.untyped && compiled.type.value == ValueType::kBoolean;
}

std::set<std::string> rows_of(const Understood& rule, const language::Scope& scope) {
  std::set<std::string> used;
  evaluate::note_used_rows(*rule.tree, rule.compiled, scope, used);
  return used;
}

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

// As a literal of the language; empty: there is none for it.
std::string literal_of(const Value& value, const Zone& zone) {
  switch (value.type) {
    case ValueType::kInteger:
    case ValueType::kDecimal:
      return Decimal{value.number, value.scale}.to_string();
    case ValueType::kReal:
      return value.real > -1e9 && value.real < 1e9 ? fmt::format("{:.4f}", value.real) : "";
    case ValueType::kText:
      return value.text.find(evaluate::kSetSeparator) == std::string::npos ? quoted(value.text)
                                                                           : "";
    case ValueType::kInstant:
      return quoted(to_iso(zone.day_of(Instant{value.number})));
    case ValueType::kDay:
      return quoted(to_iso(Day{static_cast<int32_t>(value.number)}));
    default:
      return "";
  }
}

class Maker {
 public:
  Maker(Random& random, const Corpus& corpus) : random_(random), corpus_(corpus) {}

  Result<RandomScript> make(size_t first, size_t count) {
    made_.lines = random_shop(random_);
    REGULARS_ASSIGN(shop_, runnable(made_.lines));
    for (size_t i = 0; i < count; ++i) {
      const size_t row = corpus_.turns[(first + i) % corpus_.turns.size()];
      REGULARS_ASSIGN(const Understood rule, about(corpus_.of_row[row]));
      made_.lines.push_back(fmt::format("rule r{} = {}", i, rule.text));
      made_.used.push_back(rows_of(rule, scope()));
    }
    return std::move(made_);
  }

 private:
  const language::Scope& scope() const { return shop_.language->scope(); }

  Result<Understood> about(const std::vector<NodePtr>& rules) {
    const NodePtr& rule =
        rules[static_cast<size_t>(random_.below(static_cast<int64_t>(rules.size())))];
    for (uint64_t i = 0; i < kTries; ++i) {
      NodePtr tree = corpus_.maker.altered(random_, rule);
      if (random_.chance(0.2)) tree = with_another(tree);
      auto found = condition(language::print(*tree));
      if (found) return found;
      ++made_.refused;
    }
    auto plain = condition(language::print(*rule));
    return plain ? plain : understood(language::print(*rule), scope());
  }

  NodePtr with_another(const NodePtr& tree) {
    const auto& all = corpus_.conditions;
    const NodePtr other = all[static_cast<size_t>(random_.below(static_cast<int64_t>(all.size())))];
    return RuleMaker::combined(random_, {tree, other});
  }

  // The rule, or a comparison of its value with one that somebody has.
  Result<Understood> condition(const std::string& text) {
    REGULARS_ASSIGN(Understood found, understood(text, scope()));
    const bool sound = evaluate::Plan::compile(scope().schema, {{"it", found.compiled.expression}},
                                               shop_.script->zone)
                           .ok();
    if (!sound) return Error(ErrorCode::kBadDefinition, "not for the evaluator");
    if (is_condition(found.compiled)) return found;
    return understood(compared(found), scope());
  }

  std::string compared(const Understood& value) {
    static constexpr std::array kOperators = {"=", ">=", "<=", ">", "<", "!="};
    const std::string literal = somebodys(*value.compiled.expression);
    const auto op = static_cast<size_t>(random_.below(static_cast<int64_t>(kOperators.size())));
    const bool ordered = value.compiled.type.value != ValueType::kText;
    return fmt::format("({}) {} {}", value.text,
                       ordered  ? kOperators[op]
                       : op < 3 ? "="
                                : "!=",
                       literal.empty() ? "0.5" : literal);
  }

  std::string somebodys(const evaluate::Expression& tree) {
    for (const evaluate::Asked& asked : shop_.runs) {
      const auto count = static_cast<int64_t>(asked.history.customers());
      const int64_t first = random_.below(count);
      for (int64_t i = 0; i < count; ++i) {
        const auto customer = static_cast<CustomerNumber>((first + i) % count);
        const auto value = evaluate::evaluate_reference(
            tree, {&asked.history, customer, asked.as_of[0], &shop_.script->zone, {}});
        if (value && value->known) return literal_of(*value, shop_.script->zone);
      }
    }
    return "";
  }

  Random& random_;
  const Corpus& corpus_;
  Runnable shop_;
  RandomScript made_;
};

void learn_rule(const std::string& text, const language::Scope& scope,
                std::map<std::string, size_t, std::less<>>& places, Corpus& corpus) {
  const auto rule = understood(text, scope);
  if (!rule) return;
  corpus.maker.learn(rule->tree);
  if (is_condition(rule->compiled)) corpus.conditions.push_back(rule->tree);
  for (const std::string& row : rows_of(*rule, scope)) {
    const auto place = places.find(row);
    if (place != places.end()) corpus.of_row[place->second].push_back(rule->tree);
  }
}

}  // namespace

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> read_scripts(const std::string& folder) {
  std::vector<std::string> texts;
  const auto names = real_files().list(folder);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    if (name.ends_with(".test")) texts.push_back(real_files().read(folder + "/" + name).value());
  }
  return texts;
}

Result<Runnable> runnable(const std::vector<std::string>& lines) {
  Runnable result;
  REGULARS_ASSIGN(Script script, evaluate::parse_script(joined(lines)));
  result.script = std::make_unique<Script>(std::move(script));
  REGULARS_ASSIGN(evaluate::ScriptLanguage language,
                  evaluate::ScriptLanguage::make(*result.script));
  result.language = std::make_unique<evaluate::ScriptLanguage>(std::move(language));
  REGULARS_ASSIGN(result.runs, result.language->asked());
  return result;
}

Result<Corpus> learn(const std::vector<std::string>& scripts) {
  Random random(1);
  REGULARS_ASSIGN(const Runnable shop, runnable(random_shop(random)));
  const language::Scope& scope = shop.language->scope();
  Corpus corpus;
  std::map<std::string, size_t, std::less<>> places;
  for (const language::FunctionRow& row : language::function_table()) {
    places.emplace(row.name, corpus.rows.size());
    corpus.rows.emplace_back(row.name);
  }
  corpus.of_row.resize(corpus.rows.size());
  for (const language::FunctionRow& row : language::function_table()) {
    for (const language::Example& example : row.examples) {
      const auto rule = understood(std::string(example.rule), scope);
      if (!rule) return rule.error();
      learn_rule(std::string(example.rule), scope, places, corpus);
    }
  }
  for (const std::string& text : scripts) {
    const auto script = evaluate::parse_script(text);
    if (!script) return script.error();
    for (const Script::Worded& worded : script->worded) {
      learn_rule(worded.text, scope, places, corpus);
    }
  }
  // Seldom both true and false.
  const std::set<std::string> hard = {"floor", "rank_of", "rfm_class", "tier_progress", "z_score"};
  for (size_t row = 0; row < corpus.rows.size(); ++row) {
    corpus.turns.push_back(row);
    if (hard.contains(corpus.rows[row])) corpus.turns.insert(corpus.turns.end(), 2, row);
    if (corpus.of_row[row].empty()) {
      return Error(ErrorCode::kBadDefinition, "no rule uses '" + corpus.rows[row] + "'");
    }
  }
  return corpus;
}

Result<RandomScript> random_script(Random& random, const Corpus& corpus, size_t first,
                                   size_t count) {
  return Maker(random, corpus).make(first, count);
}

}  // namespace regulars::rules
