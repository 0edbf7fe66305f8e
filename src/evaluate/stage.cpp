#include "evaluate/stage.h"

#include <unordered_map>

#include "data/regroup.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

struct Units {
  std::vector<uint32_t> of;  // [customer]
  size_t count = 0;
};

// What two customers of a unit have in common; kMissing where that is not known.
int64_t value_at(const Column& attribute, size_t row) {
  if (!attribute.known(row)) return kMissing;
  return attribute.type == ValueType::kText ? attribute.codes[row] : attribute.numbers[row];
}

Units units_by(const Column& attribute) {
  Units units;
  std::unordered_map<int64_t, uint32_t> unit_of_value;
  for (size_t c = 0; c < attribute.size(); ++c) {
    const int64_t value = value_at(attribute, c);
    auto unit = static_cast<uint32_t>(units.count);
    if (value != kMissing) unit = unit_of_value.emplace(value, unit).first->second;
    units.of.push_back(unit);
    units.count = std::max<size_t>(units.count, unit + size_t{1});
  }
  return units;
}

bool is_known(const History& history, CustomerNumber c, Instant t) {
  const std::vector<Instant>& known_from = history.customer_table().known_from;
  return known_from.empty() || known_from[c] <= t;
}

// Folds the answers of members, row i being who[i]'s of unit unit_of[i].
AnswerColumn folded(UnitFold fold, const AnswerColumn& answers, const History& history, Instant t,
                    std::span<const CustomerNumber> who, const Units& units) {
  AnswerColumn made;
  made.name = answers.name;
  made.known.assign(units.count, 1);
  if (fold == UnitFold::kCount) {
    made.numbers.assign(units.count, 0);
  } else {
    made.type = ValueType::kBoolean;
    made.flags.assign(units.count, fold == UnitFold::kAll ? 1 : 0);
  }
  const uint8_t decides = fold == UnitFold::kAny ? 1 : 0;
  for (size_t i = 0; i < who.size(); ++i) {
    if (!is_known(history, who[i], t)) continue;
    const uint32_t unit = units.of[i];
    const bool known = answers.known[i] != 0;
    if (fold == UnitFold::kCount) {
      made.numbers[unit] += answers.is_true(i) ? 1 : 0;
    } else if (known && answers.flags[i] == decides) {
      made.flags[unit] = decides;
      made.known[unit] = 1;
    } else if (!known && made.flags[unit] != decides) {
      made.known[unit] = 0;
    }
  }
  return made;
}

// A customer's own answers row by row, put together.
Result<std::vector<AnswerColumn>> of_each(const CompiledPlan& plan, const History& history,
                                          std::span<const CustomerNumber> who,
                                          std::span<const Instant> as_of,
                                          const RunOptions& options) {
  std::vector<AnswerColumn> columns(as_of.size());
  for (const CustomerNumber c : who) {
    REGULARS_ASSIGN(const std::vector<Answers> answers,
                    run_plan(plan, history, as_of, options, {c, 1}));
    for (size_t m = 0; m < as_of.size(); ++m) {
      const AnswerColumn& one = answers[m].columns[0];
      columns[m].flags.push_back(one.flags[0]);
      columns[m].known.push_back(one.known[0]);
    }
  }
  return columns;
}

std::vector<AnswerColumn> first_columns(std::vector<Answers> answers) {
  std::vector<AnswerColumn> columns;
  for (Answers& one : answers) columns.push_back(std::move(one.columns[0]));
  return columns;
}

// All customers of the range are of the one unit that `who` are the members of, or each is of the
// unit that `units` says.
Result<std::vector<AnswerColumn>> of_units(const Stage& stage, const History& history,
                                           std::span<const CustomerNumber> who, const Units& units,
                                           std::span<const Instant> as_of,
                                           const RunOptions& options) {
  const UnitFold fold = *unit_fold(stage.expression->literal.text);
  const bool all = who.size() == history.customers();
  if (fold == UnitFold::kTogether) {
    RunOptions plain = options;
    plain.given.clear();
    const History together =
        all ? regroup(history, units.of, units.count)
            : regroup(history, std::vector<CustomerNumber>(who.begin(), who.end()));
    REGULARS_ASSIGN(std::vector<Answers> answers,
                    run_plan(*stage.plan, together, as_of, plain, {0, units.count}));
    return first_columns(std::move(answers));
  }
  std::vector<AnswerColumn> columns;
  if (all) {
    REGULARS_ASSIGN(std::vector<Answers> answers,
                    run_plan(*stage.plan, history, as_of, options, {0, who.size()}));
    columns = first_columns(std::move(answers));
  } else {
    REGULARS_ASSIGN(columns, of_each(*stage.plan, history, who, as_of, options));
  }
  for (size_t m = 0; m < as_of.size(); ++m) {
    columns[m] = folded(fold, columns[m], history, as_of[m], who, units);
  }
  return columns;
}

}  // namespace

std::vector<CustomerNumber> unit_members(const Column& attribute, CustomerNumber customer) {
  const int64_t wanted = value_at(attribute, customer);
  if (wanted == kMissing) return {customer};
  std::vector<CustomerNumber> members;
  for (CustomerNumber c = 0; c < attribute.size(); ++c) {
    if (value_at(attribute, c) == wanted) members.push_back(c);
  }
  return members;
}

Result<UnitAnswers> unit_answers(const Stage& stage, const History& history,
                                 const Column& attribute, std::span<const Instant> as_of,
                                 const RunOptions& options, CustomerRange customers) {
  UnitAnswers made;
  made.first = customers.first;
  if (customers.count == 1) {
    const std::vector<CustomerNumber> who = unit_members(attribute, customers.first);
    made.unit_of = {0};
    const Units units{std::vector<uint32_t>(who.size(), 0), 1};
    REGULARS_ASSIGN(made.columns, of_units(stage, history, who, units, as_of, options));
    return made;
  }
  const Units units = units_by(attribute);
  std::vector<CustomerNumber> who(history.customers());
  for (CustomerNumber c = 0; c < who.size(); ++c) who[c] = c;
  REGULARS_ASSIGN(made.columns, of_units(stage, history, who, units, as_of, options));
  const auto begin = units.of.begin() + static_cast<std::ptrdiff_t>(customers.first);
  made.unit_of.assign(begin, begin + static_cast<std::ptrdiff_t>(customers.count));
  return made;
}

Vector UnitAnswers::vector(const Type& type, size_t moment, size_t first_customer,
                           size_t count) const {
  const AnswerColumn& column = columns[moment];
  const auto unit = [&](size_t i) { return unit_of[first_customer - first + i]; };
  const auto known = [&](size_t i) { return column.known[unit(i)] != 0; };
  switch (form_of(type)) {
    case Form::kNumbers: {
      std::vector<int64_t> out(count, kMissing);
      for (size_t i = 0; i < count; ++i) {
        if (known(i)) out[i] = column.numbers[unit(i)];
      }
      return Vector::own(type, std::move(out));
    }
    case Form::kReals: {
      std::vector<double> out(count, kUnknownReal);
      for (size_t i = 0; i < count; ++i) {
        if (known(i)) out[i] = column.reals[unit(i)];
      }
      return Vector::own(std::move(out));
    }
    case Form::kTruths: {
      std::vector<Truth> out(count, kUnknownTruth);
      for (size_t i = 0; i < count; ++i) {
        if (known(i)) out[i] = column.flags[unit(i)] != 0 ? kTrue : kFalse;
      }
      return Vector::own(type, std::move(out));
    }
    case Form::kTexts:
      break;
  }
  std::vector<std::string_view> out(count);
  for (size_t i = 0; i < count; ++i) {
    if (known(i)) out[i] = column.dictionary->text(column.codes[unit(i)]);
  }
  return Vector::own(std::move(out));
}

}  // namespace regulars::evaluate
