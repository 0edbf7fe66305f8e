#include "definitions/population.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_set>

#include "definitions/snapshot_series.h"
#include "definitions/tree_walk.h"

namespace regulars::definitions {
namespace {

using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;
using evaluate::PopulationPtr;

ExpressionPtr value_of(const Expression& position) { return position.arguments.front(); }
ExpressionPtr group_of(const Expression& position) {
  return position.arguments.size() > 1 ? position.arguments[1] : nullptr;
}

// Children first, so that inner populations come before outer ones; each shared tree once.
class Collector {
 public:
  void add(const ExpressionPtr& tree) {
    if (tree == nullptr || !seen_.insert(tree.get()).second) return;
    for_each_child(*tree, [&](const ExpressionPtr& child) { add(child); });
    if (tree->op == Op::kSnapshotText) words_.insert(tree->name);
    if (tree->op == Op::kPosition && !tree->arguments.empty()) add_position(*tree);
  }

  SnapshotNeeds take() && {
    needs_.words.assign(words_.begin(), words_.end());
    return std::move(needs_);
  }

 private:
  void add_position(const Expression& position) {
    std::string key = population_key(position);
    if (!keys_.insert(key).second) return;
    needs_.populations.push_back({std::move(key), value_of(position), group_of(position)});
  }

  SnapshotNeeds needs_;
  std::set<std::string> words_;
  std::unordered_set<std::string> keys_;
  std::unordered_set<const Expression*> seen_;
};

bool is_measurable(ValueType type) {
  return type == ValueType::kInteger || type == ValueType::kDecimal || type == ValueType::kReal;
}

// Mean and sample standard deviation (0 of a single value), in the unit of the values.
void measure_spread(evaluate::Population::Group& group, int scale) {
  const size_t n = group.numbers.size() + group.reals.size();
  if (n == 0) return;
  const auto units = static_cast<double>(power_of_ten(scale));
  Int128 exact = 0;
  for (const int64_t number : group.numbers) exact += number;
  double sum = static_cast<double>(exact) / units;
  for (const double real : group.reals) sum += real;
  group.mean = sum / static_cast<double>(n);
  double squares = 0;
  const auto add = [&](double value) { squares += (value - group.mean) * (value - group.mean); };
  for (const int64_t number : group.numbers) add(static_cast<double>(number) / units);
  for (const double real : group.reals) add(real);
  if (n > 1) group.deviation = std::sqrt(squares / static_cast<double>(n - 1));
}

// The values of those known at the cut-off, sorted, by group.
PopulationPtr measured(const std::string& key, const evaluate::AnswerColumn& value,
                       const evaluate::AnswerColumn* group, const std::vector<Instant>& known_from,
                       Instant cut_off) {
  std::map<std::string_view, evaluate::Population::Group> groups;
  if (group == nullptr) groups[""];
  for (size_t c = 0; c < value.known.size(); ++c) {
    if (!known_from.empty() && known_from[c] > cut_off) continue;
    if (value.known[c] == 0 || (group != nullptr && group->known[c] == 0)) continue;
    const std::string_view name =
        group == nullptr ? std::string_view() : group->dictionary->text(group->codes[c]);
    evaluate::Population::Group& into = groups[name];
    if (value.type == ValueType::kReal) {
      into.reals.push_back(value.reals[c]);
    } else {
      into.numbers.push_back(value.numbers[c]);
    }
  }
  auto population = std::make_shared<evaluate::Population>();
  population->key = key;
  // What is always unknown has no type of its own.
  population->type = is_measurable(value.type) ? value.type : ValueType::kReal;
  population->scale = value.scale;
  for (auto& [name, values] : groups) {
    values.name = name;
    std::sort(values.numbers.begin(), values.numbers.end());
    std::sort(values.reals.begin(), values.reals.end());
    measure_spread(values, value.scale);
    population->groups.push_back(std::move(values));
  }
  return population;
}

// Measures needs wave by wave: a wave holds those whose inner populations are all there.
class Taker {
 public:
  Taker(const History& history, const Zone& zone, size_t threads,
        const std::vector<const Column*>& given, const SnapshotSeries& series,
        PopulationSnapshot& snapshot)
      : history_(history),
        zone_(zone),
        threads_(threads),
        given_(given),
        series_(series),
        schema_(evaluate::schema_of(history)),
        snapshot_(snapshot) {
    for (const Column* column : given) {
      Column declared = *column;
      declared.numbers.clear();
      declared.codes.clear();
      schema_.attributes.push_back(std::move(declared));
    }
  }

  Result<void> measure_all(const std::vector<PopulationNeed>& needs) {
    std::vector<const PopulationNeed*> waiting;
    for (const PopulationNeed& need : needs) waiting.push_back(&need);
    while (!waiting.empty()) {
      std::vector<const PopulationNeed*> wave, later;
      for (const PopulationNeed* need : waiting) {
        (waits_for_another(*need, waiting) ? later : wave).push_back(need);
      }
      REGULARS_TRY(measure(wave));
      waiting = std::move(later);
    }
    return {};
  }

 private:
  static bool waits_for_another(const PopulationNeed& need,
                                const std::vector<const PopulationNeed*>& waiting) {
    std::vector<ExpressionPtr> trees = {need.value};
    if (need.group != nullptr) trees.push_back(need.group);
    const SnapshotNeeds inner = needs_of(trees);
    return std::any_of(
        inner.populations.begin(), inner.populations.end(), [&](const PopulationNeed& one) {
          return std::any_of(waiting.begin(), waiting.end(),
                             [&](const PopulationNeed* other) { return other->key == one.key; });
        });
  }

  Result<void> measure(const std::vector<const PopulationNeed*>& wave) {
    const auto bind_inner = [&](const ExpressionPtr& tree) {
      return bind_over(tree, {snapshot_.cut_off, snapshot_.cut_off}, zone_, series_);
    };
    std::vector<evaluate::Definition> definitions;
    for (const PopulationNeed* need : wave) {
      definitions.push_back({need->key, bind_inner(need->value)});
      if (need->group != nullptr) {
        definitions.push_back({need->key + " by", bind_inner(need->group)});
      }
    }
    REGULARS_ASSIGN(const evaluate::Plan plan,
                    evaluate::Plan::compile(schema_, definitions, zone_));
    evaluate::RunOptions options;
    options.threads = threads_;
    options.given = given_;
    const Instant cut_off = snapshot_.cut_off;
    REGULARS_ASSIGN(const std::vector<evaluate::Answers> answers,
                    plan.run(history_, std::span(&cut_off, 1), options));
    size_t column = 0;
    for (const PopulationNeed* need : wave) {
      const evaluate::AnswerColumn& value = answers.front().columns[column++];
      const evaluate::AnswerColumn* group =
          need->group == nullptr ? nullptr : &answers.front().columns[column++];
      REGULARS_TRY(check(value, group));
      snapshot_.populations.push_back(
          measured(need->key, value, group, history_.customer_table().known_from, cut_off));
    }
    return {};
  }

  static Result<void> check(const evaluate::AnswerColumn& value,
                            const evaluate::AnswerColumn* group) {
    // What is always unknown has the type of a boolean; nobody has a value then.
    const auto nobody = [](const evaluate::AnswerColumn& column) {
      return std::all_of(column.known.begin(), column.known.end(),
                         [](uint8_t known) { return known == 0; });
    };
    if (!is_measurable(value.type) && !nobody(value)) {
      return Error(ErrorCode::kBadDefinition, "only numbers have a place in the population");
    }
    if (group != nullptr && group->type != ValueType::kText && !nobody(*group)) {
      return Error(ErrorCode::kBadDefinition, "a population is grouped by a text");
    }
    return {};
  }

  const History& history_;
  const Zone& zone_;
  size_t threads_;
  const std::vector<const Column*>& given_;
  const SnapshotSeries& series_;  // with the snapshot itself at its cut-off
  evaluate::Schema schema_;
  PopulationSnapshot& snapshot_;
};

}  // namespace

std::string population_key(const Expression& position) {
  const ExpressionPtr group = group_of(position);
  return fmt::format("{:016x}{:016x}", evaluate::hash_of(*value_of(position)),
                     group == nullptr ? uint64_t{0} : evaluate::hash_of(*group));
}

SnapshotNeeds needs_of(const std::vector<ExpressionPtr>& trees) {
  Collector collector;
  for (const ExpressionPtr& tree : trees) collector.add(tree);
  return std::move(collector).take();
}

ExpressionPtr bind(const ExpressionPtr& tree, const PopulationSnapshot* snapshot) {
  if (snapshot == nullptr || tree == nullptr) return tree;
  const Instant any{};
  return bind_over(tree, {any, any}, Zone::utc(), SnapshotSeries::always(*snapshot));
}

const PopulationSnapshot* snapshot_at(const std::vector<PopulationSnapshot>& snapshots, Instant t,
                                      std::optional<Instant> known_at) {
  const PopulationSnapshot* newest = nullptr;
  const auto rank = [](const PopulationSnapshot& s) { return std::pair(s.cut_off, s.recorded_at); };
  for (const PopulationSnapshot& snapshot : snapshots) {
    if (snapshot.cut_off > t || snapshot.recorded_at > known_at.value_or(t)) continue;
    if (newest == nullptr || rank(*newest) <= rank(snapshot)) newest = &snapshot;
  }
  return newest;
}

Result<PopulationSnapshot> take_snapshot(const SnapshotNeeds& needs, const History& history,
                                         const Zone& zone, Instant cut_off, Instant recorded_at,
                                         std::map<std::string, ExpressionPtr> words, size_t threads,
                                         const std::vector<const Column*>& given) {
  PopulationSnapshot snapshot{.id = to_iso(cut_off),
                              .cut_off = cut_off,
                              .recorded_at = recorded_at,
                              .populations = {},
                              .words = std::move(words)};
  return complete_snapshot(std::move(snapshot), needs, history, zone, threads, given, nullptr);
}

Result<PopulationSnapshot> complete_snapshot(PopulationSnapshot snapshot,
                                             const SnapshotNeeds& needs, const History& history,
                                             const Zone& zone, size_t threads,
                                             const std::vector<const Column*>& given,
                                             const SnapshotSeries* earlier) {
  SnapshotSeries series =
      earlier == nullptr ? SnapshotSeries::always(snapshot) : SnapshotSeries(*earlier);
  if (earlier != nullptr) series.add(snapshot);
  Taker taker(history, zone, threads, given, series, snapshot);
  REGULARS_TRY(taker.measure_all(needs.populations));
  const auto by_key = [](const PopulationPtr& a, const PopulationPtr& b) {
    return a->key < b->key;
  };
  std::sort(snapshot.populations.begin(), snapshot.populations.end(), by_key);
  return snapshot;
}

}  // namespace regulars::definitions
