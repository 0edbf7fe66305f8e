// Evaluation of expressions over a History: one definition, one answer, whichever way it runs.
//
//   Result<Plan> plan = Plan::compile(history_schema(history), {{"orders_90d", tree}, ...}, zone);
//   Result<std::vector<Answers>> answers = plan->run(history, {as_of}, {});
//   answers->front().columns[0].integers[customer]
//
// A Plan shares equal selections and aggregates among its definitions and runs them over blocks of
// customers on several threads, for many instants in one pass. The reference evaluator
// (evaluate/reference.h) gives the same answers one customer and one row at a time.
//
// Thread-safety: a Plan is immutable after compile; run may be called from several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

struct Definition {
  std::string name;
  ExpressionPtr expression;
};

// The answers of one definition for every customer at one instant. `numbers` holds integers,
// decimals (units of `scale`), instants and days; `flags` booleans (0 or 1); `reals` reals; `codes`
// texts. known[c] == 0: unknown, and the value is then unspecified.
struct AnswerColumn {
  std::string name;
  ValueType type = ValueType::kInteger;
  int scale = 0;
  std::vector<int64_t> numbers;
  std::vector<uint8_t> flags;
  std::vector<double> reals;
  std::vector<uint32_t> codes;
  DictionaryPtr dictionary;
  std::vector<uint8_t> known;

  bool is_true(size_t customer) const { return known[customer] != 0 && flags[customer] != 0; }
  // Of numbers, and of booleans as 0 or 1.
  int64_t number_or(size_t customer, int64_t fallback) const {
    if (known[customer] == 0) return fallback;
    return type == ValueType::kBoolean ? flags[customer] : numbers[customer];
  }
  // Of any kind of number, as a double.
  double real_or(size_t customer, double fallback) const;
};

struct Answers {
  Instant as_of;
  std::vector<AnswerColumn> columns;  // in the order of the definitions
  const AnswerColumn* find(const std::string& name) const;
};

// Types and names that definitions may refer to. Taken from a History, or declared.
struct Schema {
  struct EventType {
    std::string name;
    std::vector<Column> columns;  // no rows: name, type, scale, dictionary
    std::vector<Column> item_columns;
  };
  std::vector<EventType> events;
  std::vector<Column> attributes;
};
Schema schema_of(const History& history);

struct RunOptions {
  size_t threads = 0;             // 0: the machine's
  size_t block_customers = 1024;  // customers evaluated together
  // Columns of the population snapshot (scores, cut points' results) that kAttribute may name
  // beside the customer's own attributes; one row per customer.
  std::vector<const Column*> given;
};

struct CompiledPlan;  // private to evaluate

class Plan {
 public:
  // Type errors, unknown names and impossible combinations are kBadDefinition naming the
  // definition and the node. An event type that the schema lacks is an empty stream, not an
  // error: a shop without refunds has none. `given` columns must be declared in schema.attributes.
  static Result<Plan> compile(const Schema& schema, const std::vector<Definition>& definitions,
                              const Zone& zone);
  ~Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;

  // Answers for every customer at each instant, in the order given. Customers whose known_from is
  // later than an instant are in the answers too (counts 0): callers decide on the universe.
  Result<std::vector<Answers>> run(const History& history, std::span<const Instant> as_of,
                                   const RunOptions& options) const;

  // Answers of one customer at one instant, by the same kernels.
  Result<Answers> run_one(const History& history, CustomerNumber customer, Instant as_of,
                          const RunOptions& options) const;

  size_t distinct_aggregates() const;  // after sharing
  size_t distinct_selections() const;

 private:
  explicit Plan(std::unique_ptr<CompiledPlan> compiled);
  std::unique_ptr<CompiledPlan> compiled_;
};

}  // namespace regulars::evaluate
