#include "every_way.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "evaluate/evaluate.h"
#include "evaluate/expression_json.h"
#include "evaluate/timeline.h"
#include "live_ways.h"
#include "other_histories.h"

namespace regulars::evaluate {
namespace {

Value value_at(const AnswerColumn& column, size_t customer) {
  Value value{column.type, column.known[customer] != 0, 0, column.scale, 0, {}};
  if (!value.known) return value;
  if (column.type == ValueType::kText) {
    value.text = column.dictionary->text(column.codes[customer]);
  } else if (column.type == ValueType::kReal) {
    value.real = column.reals[customer];
  } else {
    value.number = column.number_or(customer, 0);
  }
  return value;
}

Result<Plan> plan_of(const Questions& q) { return Plan::compile(q.schema, q.definitions, *q.zone); }

Result<Table> in_blocks(const Questions& q, size_t block, size_t threads) {
  REGULARS_ASSIGN(const Plan plan, plan_of(q));
  REGULARS_ASSIGN(const std::vector<Answers> answers,
                  plan.run(*q.history, q.as_of, {threads, block, q.given}));
  Table table;
  for (const Answers& one : answers) table.push_back(columns_of(one));
  return table;
}

Result<Table> instant_by_instant(const Questions& q) {
  Table table;
  for (const Instant t : q.as_of) {
    Questions single = q;
    single.as_of = {t};
    REGULARS_ASSIGN(Table one, in_blocks(single, 1024, 1));
    table.push_back(std::move(one[0]));
  }
  return table;
}

Result<Table> one_by_one(const Questions& q) {
  REGULARS_ASSIGN(const Plan plan, plan_of(q));
  Table table(q.as_of.size(), std::vector<std::vector<Value>>(q.definitions.size()));
  for (size_t i = 0; i < q.as_of.size(); ++i) {
    for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
      REGULARS_ASSIGN(const Answers answers,
                      plan.run_one(*q.history, c, q.as_of[i], {1, 1024, q.given}));
      const auto columns = columns_of(answers);
      for (size_t d = 0; d < columns.size(); ++d) table[i][d].push_back(columns[d][0]);
    }
  }
  return table;
}

Result<Table> printed_and_read(const Questions& q) {
  Questions again = q;
  for (Definition& definition : again.definitions) {
    const std::string json = to_json(*definition.expression);
    REGULARS_ASSIGN(const ExpressionPtr read, expression_from_json(json));
    if (!equal(*read, *definition.expression) || to_json(*read) != json) {
      return Error(ErrorCode::kInternal, "JSON does not read back as the same tree: " + json);
    }
    definition.expression = read;
  }
  return in_blocks(again, 1024, 1);
}

// Each definition in a plan of its own, where nothing is shared.
Result<Table> definition_by_definition(const Questions& q) {
  Table table(q.as_of.size());
  for (const Definition& definition : q.definitions) {
    Questions single = q;
    single.definitions = {definition};
    REGULARS_ASSIGN(Table one, in_blocks(single, 1024, 1));
    for (size_t i = 0; i < table.size(); ++i) table[i].push_back(std::move(one[i][0]));
  }
  return table;
}

std::optional<std::string> difference(const Questions& q, const Result<Table>& expected,
                                      const Result<Table>& found) {
  if (!expected || !found) {
    if (!expected && !found && expected.error().code() == found.error().code()) return {};
    const auto outcome = [](const Result<Table>& r) {
      return r ? std::string("answers") : r.error().message();
    };
    return "expected " + outcome(expected) + ", found " + outcome(found);
  }
  for (size_t i = 0; i < q.as_of.size(); ++i) {
    for (size_t d = 0; d < q.definitions.size(); ++d) {
      for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
        const Value& wanted = (*expected)[i][d][c];
        const Value& got = (*found)[i][d][c];
        if (wanted == got) continue;
        return fmt::format("'{}' of customer {} as of {}: expected {}, found {}",
                           q.definitions[d].name, q.history->customer_id(c), to_iso(q.as_of[i]),
                           to_string(wanted), to_string(got));
      }
    }
  }
  return {};
}

}  // namespace

Value plain(Value value) {
  if (!value.known) return {value.type, false, 0, value.scale, 0, {}};
  if (value.type == ValueType::kReal) value.number = 0;
  if (value.type != ValueType::kReal) value.real = 0;
  if (value.type == ValueType::kText) value.number = 0;
  return value;
}

std::vector<std::vector<Value>> columns_of(const Answers& answers) {
  std::vector<std::vector<Value>> result;
  for (const AnswerColumn& column : answers.columns) {
    std::vector<Value>& values = result.emplace_back();
    for (size_t c = 0; c < column.known.size(); ++c) values.push_back(value_at(column, c));
  }
  return result;
}

Result<Table> by_reference(const Questions& q) {
  Table table;
  for (const Instant t : q.as_of) {
    auto& columns = table.emplace_back();
    for (const Definition& definition : q.definitions) {
      auto& values = columns.emplace_back();
      for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
        const Question question{q.history, c, t, q.zone, q.given};
        REGULARS_ASSIGN(Value value, evaluate_reference(*definition.expression, question));
        values.push_back(plain(std::move(value)));
      }
    }
  }
  return table;
}

std::optional<std::string> disagreement(const Questions& q) {
  struct Way {
    const char* name;
    std::function<Result<Table>()> run;
  };
  const std::vector<Way> ways = {
      {"all customers in one block", [&] { return in_blocks(q, 1024, 1); }},
      {"blocks of 1 on two threads", [&] { return in_blocks(q, 1, 2); }},
      {"blocks of 3", [&] { return in_blocks(q, 3, 1); }},
      {"one instant after another", [&] { return instant_by_instant(q); }},
      {"one customer at a time", [&] { return one_by_one(q); }},
      {"one definition at a time", [&] { return definition_by_definition(q); }},
      {"printed and read again", [&] { return printed_and_read(q); }},
      {"blocks of customers that know nothing of each other", [&] { return by_blocks(q, 3); }},
      {"delivered in another order", [&] { return redelivered(q); }},
      {"one event at a time", [&] { return by_live_customers(q, Arrival::kInOrder, 128); }},
      {"events in any order", [&] { return by_live_customers(q, Arrival::kAnyOrder, 2); }},
  };
  const Result<Table> expected = by_reference(q);
  for (const Way& way : ways) {
    if (const auto found = difference(q, expected, way.run())) {
      return std::string(way.name) + ": " + *found;
    }
  }
  return {};
}

std::optional<std::string> disagreement_by_steps(const Questions& q) {
  if (q.as_of.empty()) return {};
  const auto [first, last] = std::minmax_element(q.as_of.begin(), q.as_of.end());
  for (const Definition& definition : q.definitions) {
    for (CustomerNumber c = 0; c < q.history->customers(); ++c) {
      Question question{q.history, c, *first, q.zone, q.given};
      const auto line = timeline(definition.expression, question, *first - weeks(6), *last);
      if (!line && line.error().code() == ErrorCode::kUnsupported) continue;
      if (!line) return line.error().to_string();
      for (const Instant t : q.as_of) {
        const auto after =
            std::upper_bound(line->begin(), line->end(), t,
                             [](Instant at, const ValueFrom& value) { return at < value.at; });
        question.as_of = t;
        const auto wanted = evaluate_reference(*definition.expression, question);
        if (wanted && plain(*wanted) == plain((after - 1)->value)) continue;
        return fmt::format("by steps: '{}' of customer {} as of {}: found {}", definition.name,
                           q.history->customer_id(c), to_iso(t), to_string((after - 1)->value));
      }
    }
  }
  return disagreement_by_live_steps(q);
}

std::string to_string(const Value& value) {
  if (!value.known) return "?";
  switch (value.type) {
    case ValueType::kInteger:
      return std::to_string(value.number);
    case ValueType::kDecimal:
      return Decimal{value.number, value.scale}.to_string();
    case ValueType::kReal:
      return fmt::format("{}", value.real);
    case ValueType::kText:
      return value.text;
    case ValueType::kInstant:
      return to_iso(Instant{value.number});
    case ValueType::kDay:
      return to_iso(Day{static_cast<int32_t>(value.number)});
    case ValueType::kBoolean:
      return value.number != 0 ? "true" : "false";
  }
  return "";
}

}  // namespace regulars::evaluate
