#include "coverage.h"

#include <fmt/format.h>

#include <algorithm>

namespace regulars::rules {

using evaluate::Asked;

Coverage::Coverage(const Corpus& corpus) {
  for (const std::string& row : corpus.rows) rows_[row] = {};
}

void Coverage::count(const RandomScript& made, const Runnable& script) {
  std::map<std::string, std::pair<bool, bool>> seen;  // true, false of somebody
  for (const Asked& asked : script.runs) {
    const auto table = evaluate::by_reference(evaluate::questions_of(*script.script, asked));
    if (!table) return;  // overflows are no answers
    for (const auto& columns : *table) {
      for (size_t i = 0; i < columns.size(); ++i) {
        auto& [held, failed] = seen[asked.definitions[i].name];
        for (const evaluate::Value& value : columns[i]) {
          held = held || (value.known && value.number != 0);
          failed = failed || (value.known && value.number == 0);
        }
      }
    }
  }
  for (size_t i = 0; i < made.used.size(); ++i) {
    const auto [held, failed] = seen[fmt::format("r{}", i)];
    for (const std::string& row : made.used[i]) {
      const auto found = rows_.find(row);
      if (found == rows_.end()) continue;
      ++found->second.rules;
      found->second.held += held ? 1 : 0;
      found->second.failed += failed ? 1 : 0;
    }
  }
}

std::string Coverage::wanting(uint64_t least) const {
  std::string text;
  for (const auto& [row, tried] : rows_) {
    if (tried.held >= least && tried.failed >= least) continue;
    text += fmt::format("\n{}: {} rules, {} true of somebody, {} false of somebody", row,
                        tried.rules, tried.held, tried.failed);
  }
  return text;
}

uint64_t Coverage::fewest() const {
  uint64_t least = UINT64_MAX;
  for (const auto& [row, tried] : rows_) least = std::min({least, tried.held, tried.failed});
  return least;
}

}  // namespace regulars::rules
