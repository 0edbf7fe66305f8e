// A random shop with random rules: a script of tests/scripts that says nothing of what to expect,
// run in every way.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "random_rule.h"
#include "script_language.h"

namespace regulars::rules {

// Of the function table, each with rules that use it: its own examples and, where the random shop
// has what they need, the scripts'.
struct Corpus {
  std::vector<std::string> rows;
  std::vector<std::vector<language::NodePtr>> of_row;
  std::vector<language::NodePtr> conditions;  // true or false
  std::vector<size_t>
      turns;  // rows in the order in which they are asked about, hard ones more often
  RuleMaker maker;
};
// `scripts`: the texts of tests/scripts. kBadDefinition when an example means nothing here.
Result<Corpus> learn(const std::vector<std::string>& scripts);

// The texts of the scripts in a folder.
std::vector<std::string> read_scripts(const std::string& folder);

struct RandomScript {
  std::vector<std::string> lines;           // the rules are r0, r1 ...
  std::vector<std::set<std::string>> used;  // per rule: rows of the function table
  size_t refused = 0;                       // alterations that meant nothing
};

// `count` rules, each a true or false one, about the rows whose turns these are, from `first` on.
Result<RandomScript> random_script(Random& random, const Corpus& corpus, size_t first,
                                   size_t count);

// A script understood, with all it takes to be asked.
struct Runnable {
  std::unique_ptr<evaluate::Script> script;  // the language looks into it
  std::unique_ptr<evaluate::ScriptLanguage> language;
  std::vector<evaluate::Asked> runs;
};
Result<Runnable> runnable(const std::vector<std::string>& lines);

std::string joined(const std::vector<std::string>& lines);

}  // namespace regulars::rules
