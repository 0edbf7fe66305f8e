#include "app/training_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <unordered_map>

#include "app/known_then.h"
#include "base/random.h"
#include "definitions/label.h"
#include "segments/ask.h"

namespace regulars::app {
namespace {

using evaluate::AnswerColumn;
using models::FeatureColumn;

// Answers held at a time: instants are asked in groups so large.
constexpr size_t kMostAnswers = 40'000'000;
// Texts with more values keep the commonest.
constexpr size_t kMostLevels = 30;

Error about(const std::string& what, const Error& error) {
  return Error(error.code(), what + ": " + error.message(), error.hint(), error.place());
}

struct Rules {
  std::vector<evaluate::Definition> features;
  std::vector<evaluate::Type> types;
  evaluate::ExpressionPtr eligible;  // null: everybody
  evaluate::ExpressionPtr label;     // null: to be scored
};

Result<void> check_type(const TrainingFeature& feature, const evaluate::Type& type) {
  const bool moment = type.value == ValueType::kInstant || type.value == ValueType::kDay;
  if (!moment || type.untyped) return {};
  return Error(ErrorCode::kBadDefinition,
               "feature '" + feature.name + "' is a moment in time, which cannot be learned from",
               "Say how long ago it is: days_since(" +
                   (feature.formula.empty() ? feature.name : feature.formula) + ")");
}

void note(const std::string& what, const language::Compiled& compiled, TrainingSet& set) {
  for (const language::Warning& one : compiled.warnings) set.notes.push_back(what + one.message);
  for (const std::string& one : compiled.without_data) {
    set.notes.push_back(fmt::format("{}no data yet: {}", what, one));
  }
}

Result<Rules> compile(ProjectShop& shop, const TrainingQuestion& question, TrainingSet& set) {
  Rules rules;
  for (const TrainingFeature& feature : question.features) {
    const auto compiled = shop.compile(feature.formula.empty() ? feature.name : feature.formula);
    if (!compiled) return about("feature '" + feature.name + "'", compiled.error());
    REGULARS_TRY(check_type(feature, compiled->type));
    note("feature '" + feature.name + "': ", *compiled, set);
    rules.features.push_back({feature.name, compiled->expression});
    rules.types.push_back(compiled->type);
  }
  if (!question.eligible.empty()) {
    const auto compiled = shop.compile_rule(question.eligible);
    if (!compiled) return about("eligible", compiled.error());
    note("eligible: ", *compiled, set);
    rules.eligible = compiled->expression;
  }
  if (!question.label.empty()) {
    const auto compiled = shop.compile_label(question.label);
    if (!compiled) return about("label", compiled.error());
    note("label: ", *compiled, set);
    rules.label = compiled->expression;
  }
  return rules;
}

// One feature while rows are added: texts by the place they came in.
class FeatureRows {
 public:
  FeatureRows(std::string name, const evaluate::Type& type) {
    column_.name = std::move(name);
    text_ = type.value == ValueType::kText && !type.untyped;
    column_.of_flags = type.value == ValueType::kBoolean && !type.untyped;
  }

  void add(const AnswerColumn& answers, CustomerNumber c) {
    double value = models::kUnknownValue;
    if (answers.known[c] != 0) {
      value = text_                                 ? place_of(answers, c)
              : answers.type == ValueType::kBoolean ? static_cast<double>(answers.flags[c])
                                                    : answers.real_or(c, models::kUnknownValue);
    }
    column_.values.push_back(value);
  }

  // Levels ascending; where there are too many the rarer ones together.
  FeatureColumn done() && {
    if (!text_) return std::move(column_);
    std::vector<size_t> count(texts_.size(), 0);
    for (const double value : column_.values) {
      if (!std::isnan(value)) ++count[static_cast<size_t>(value)];
    }
    std::vector<std::string> kept = texts_;
    if (kept.size() > kMostLevels) {
      std::sort(kept.begin(), kept.end(), [&](const std::string& a, const std::string& b) {
        return std::pair(count[place_.at(b)], a) < std::pair(count[place_.at(a)], b);
      });
      kept.resize(kMostLevels - 1);
      kept.emplace_back(models::kOtherLevel);
    }
    std::sort(kept.begin(), kept.end());
    column_.levels = texts_;
    return models::with_levels(column_, kept);
  }

 private:
  double place_of(const AnswerColumn& answers, CustomerNumber c) {
    std::string text(answers.dictionary->text(answers.codes[c]));
    std::replace(text.begin(), text.end(), evaluate::kSetSeparator, '+');
    const auto [found, is_new] = place_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    return static_cast<double>(found->second);
  }

  FeatureColumn column_;
  bool text_ = false;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, size_t> place_;
};

// Asks features of the customers eligible at the instants and adds their rows.
class Collector {
 public:
  Collector(ProjectShop& shop, const Rules& rules, TrainingSet& set)
      : shop_(shop), rules_(rules), set_(set) {
    for (size_t f = 0; f < rules.features.size(); ++f) {
      features_.emplace_back(rules.features[f].name, rules.types[f]);
    }
    const History& history = shop.history();
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      hash_.push_back(stable_hash(history.customer_id(c)));
    }
  }

  // Customers whose hash lies below are taken.
  void take_share(double share) {
    constexpr double kAll = 18446744073709551616.0;
    limit_ =
        share >= 1 ? std::numeric_limits<uint64_t>::max() : static_cast<uint64_t>(share * kAll);
  }

  Result<size_t> count_eligible(const std::vector<Instant>& instants) {
    size_t rows = 0;
    const segments::Asking asking = asking_then();
    const auto count = [&](Instant t, const std::vector<AnswerColumn>& answers) {
      for (CustomerNumber c = 0; c < hash_.size(); ++c) {
        rows += eligible(*asking.history, answers, c, t) ? 1 : 0;
      }
    };
    REGULARS_TRY(for_answers(asking, instants, {}, count));
    return rows;
  }

  Result<void> collect(const std::vector<KnownThen>& groups) {
    for (const KnownThen& group : groups) {
      const auto ask = [&](const segments::Asking& asking) -> Result<void> {
        const std::vector<CustomerNumber> own = numbers_in_shop(*asking.history);
        const auto add = [&](Instant t, const std::vector<AnswerColumn>& answers) {
          add_rows(*asking.history, own, answers, t);
        };
        return for_answers(asking, group.instants, rules_.features, add);
      };
      REGULARS_TRY(with_history(group, ask));
    }
    for (FeatureRows& one : features_) set_.table.features.push_back(std::move(one).done());
    return {};
  }

 private:
  using Work = std::function<Result<void>(const segments::Asking&)>;

  // Population words as of the instants themselves: no snapshot of a later day is looked at.
  segments::Asking asking_then() const {
    segments::Asking asking = shop_.asking();
    asking.population = segments::PopulationChoice::kRecompute;
    return asking;
  }

  Result<void> with_history(const KnownThen& group, const Work& work) {
    segments::Asking asking = asking_then();
    if (!group.known_at) return work(asking);
    REGULARS_ASSIGN(const History then, shop_.history_known_at(*group.known_at));
    asking.history = &then;
    return work(asking);
  }

  // `eligible` first where there is one.
  template <class Use>
  Result<void> for_answers(const segments::Asking& asking, const std::vector<Instant>& instants,
                           std::vector<evaluate::Definition> definitions, const Use& use) {
    if (rules_.eligible) {
      definitions.insert(definitions.begin(), {"eligible", rules_.eligible});
    }
    const size_t each = std::max<size_t>(1, definitions.size() * asking.history->customers());
    const size_t together = std::max<size_t>(1, kMostAnswers / each);
    for (size_t i = 0; i < instants.size(); i += together) {
      const auto some = std::span(instants).subspan(i, std::min(together, instants.size() - i));
      REGULARS_ASSIGN(const auto asked, segments::ask_at(asking, definitions, some));
      for (size_t k = 0; k < some.size(); ++k) use(some[k], asked[k].answers.columns);
    }
    return {};
  }

  bool eligible(const History& history, const std::vector<AnswerColumn>& answers, CustomerNumber c,
                Instant t) const {
    return segments::known_at(history, c, t) && (!rules_.eligible || answers.front().is_true(c));
  }

  std::vector<CustomerNumber> numbers_in_shop(const History& history) const {
    std::vector<CustomerNumber> own(history.customers());
    for (CustomerNumber c = 0; c < own.size(); ++c) {
      own[c] = &history == &shop_.history()
                   ? c
                   : shop_.history().customer_table().ids->find(history.customer_id(c));
    }
    return own;
  }

  void add_rows(const History& history, const std::vector<CustomerNumber>& own,
                const std::vector<AnswerColumn>& answers, Instant t) {
    const size_t first = rules_.eligible ? 1 : 0;
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      if (own[c] == kNoCode || mix(hash_[own[c]]) > limit_) continue;
      if (!eligible(history, answers, c, t)) continue;
      for (size_t f = 0; f < features_.size(); ++f) features_[f].add(answers[first + f], c);
      set_.customer.push_back(own[c]);
      set_.table.group.push_back(hash_[own[c]]);
      set_.table.at.push_back(t);
    }
  }

  ProjectShop& shop_;
  const Rules& rules_;
  TrainingSet& set_;
  std::vector<FeatureRows> features_;
  std::vector<uint64_t> hash_;
  uint64_t limit_ = std::numeric_limits<uint64_t>::max();
};

// What came of each row, with all that is known today.
Result<void> add_labels(ProjectShop& shop, const Rules& rules, TrainingSet& set) {
  std::vector<evaluate::Definition> labels;
  std::map<Instant, size_t> place;
  for (const Instant t : set.instants) {
    place[t] = labels.size();
    labels.push_back({"label", definitions::label_at(rules.label, t, shop.zone())});
  }
  segments::Asking asking = shop.asking();
  asking.population = segments::PopulationChoice::kRecompute;
  REGULARS_ASSIGN(const segments::Asked asked, segments::ask(asking, labels, shop.as_of()));
  for (size_t row = 0; row < set.customer.size(); ++row) {
    const Instant t = set.table.at[row];
    const AnswerColumn& answers = asked.answers.columns[place[t]];
    set.table.label.push_back(answers.is_true(set.customer[row]) ? 1 : 0);
    set.table.label_end.push_back(definitions::label_end(rules.label, t, shop.zone()));
  }
  return {};
}

void choose_instants(const ProjectShop& shop, const Rules& rules, const TrainingQuestion& question,
                     TrainingSet& set) {
  for (const Instant t : question.instants) {
    const bool settled =
        !rules.label || definitions::label_end(rules.label, t, shop.zone()) <= shop.as_of();
    (settled ? set.instants : set.too_late).push_back(t);
  }
}

Error no_instants(const ProjectShop& shop, const TrainingSet& set) {
  return Error(ErrorCode::kBadData,
               set.too_late.empty()
                   ? "there is no instant to learn at"
                   : "at none of the instants is the outcome known yet: the data end on " +
                         to_iso(shop.zone().day_of(shop.as_of())),
               "More history or a shorter horizon gives instants to learn from.");
}

}  // namespace

Result<TrainingSet> training_set(ProjectShop& shop, const TrainingQuestion& question) {
  TrainingSet set;
  REGULARS_ASSIGN(const Rules rules, compile(shop, question, set));
  choose_instants(shop, rules, question, set);
  if (set.instants.empty()) return no_instants(shop, set);
  std::vector<KnownThen> groups = {{set.instants, {}}};
  Collector collector(shop, rules, set);
  if (rules.label) {
    // How many there will be is measured on what is known today; who is taken, by her hash.
    REGULARS_ASSIGN(const size_t rows, collector.count_eligible(set.instants));
    set.share_of_customers = std::min(1.0, static_cast<double>(question.most_rows) /
                                               static_cast<double>(std::max<size_t>(1, rows)));
    collector.take_share(set.share_of_customers);
    REGULARS_ASSIGN(groups, known_then(shop, set.instants));
    set.histories = groups.size();
  }
  REGULARS_TRY(collector.collect(groups));
  if (rules.label) REGULARS_TRY(add_labels(shop, rules, set));
  if (set.customer.empty()) {
    return Error(ErrorCode::kBadData, "nobody is eligible at any of the instants",
                 question.eligible.empty() ? "Nobody was known then."
                                           : "Look at the rule: " + question.eligible);
  }
  return set;
}

std::vector<Instant> month_ends(const Zone& zone, Instant first, Instant last, size_t most) {
  std::vector<Instant> ends;
  Day month = start_of_month(zone.day_of(last + microseconds(1)));
  while (ends.size() < most) {
    const Instant end = zone.start_of(month) - microseconds(1);
    if (end <= first) break;
    ends.push_back(end);
    month = add_months(month, -1);
  }
  std::reverse(ends.begin(), ends.end());
  return ends;
}

}  // namespace regulars::app
