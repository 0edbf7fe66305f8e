#include "segments/ask.h"

#include "segments/snapshots.h"

namespace regulars::segments {
namespace {

using definitions::AskedOver;
using evaluate::ExpressionPtr;

std::vector<ExpressionPtr> trees_of(const std::vector<evaluate::Definition>& definitions) {
  std::vector<ExpressionPtr> trees;
  for (const evaluate::Definition& one : definitions) trees.push_back(one.expression);
  return trees;
}

}  // namespace

Result<SnapshotPtr> snapshot_for(const Asking& asking, const std::vector<ExpressionPtr>& trees,
                                 Instant t) {
  return Snapshots(asking).whole(definitions::needs_of(trees), t);
}

Result<BoundTrees> bound_over(const Asking& asking, const std::vector<ExpressionPtr>& trees,
                              AskedOver over) {
  return Snapshots(asking).bind(trees, over);
}

Result<std::vector<ExpressionPtr>> bound_at(const Asking& asking,
                                            const std::vector<ExpressionPtr>& trees, Instant t) {
  REGULARS_ASSIGN(BoundTrees bound, bound_over(asking, trees, {t, t}));
  return std::move(bound.trees);
}

Result<Asked> ask(const Asking& asking, const std::vector<evaluate::Definition>& definitions,
                  Instant t) {
  REGULARS_ASSIGN(std::vector<Asked> asked, ask_at(asking, definitions, std::span(&t, 1)));
  return std::move(asked.front());
}

Result<std::vector<Asked>> ask_at(const Asking& asking,
                                  const std::vector<evaluate::Definition>& definitions,
                                  std::span<const Instant> instants) {
  const std::vector<ExpressionPtr> trees = trees_of(definitions);
  const evaluate::Schema schema =
      asking.schema.events.empty() ? evaluate::schema_of(*asking.history) : asking.schema;
  const evaluate::RunOptions options{.threads = asking.threads, .given = asking.given};
  Snapshots snapshots(asking);
  std::vector<Asked> result;
  for (size_t i = 0; i < instants.size();) {
    const Instant t = instants[i];
    REGULARS_ASSIGN(BoundTrees bound, snapshots.bind(trees, {t, t}));
    size_t end = i + 1;
    while (end < instants.size() && snapshots.same(trees, t, instants[end])) ++end;
    std::vector<evaluate::Definition> asked = definitions;
    for (size_t d = 0; d < asked.size(); ++d) asked[d].expression = std::move(bound.trees[d]);
    REGULARS_ASSIGN(const evaluate::Plan plan,
                    evaluate::Plan::compile(schema, asked, *asking.zone));
    REGULARS_ASSIGN(std::vector<evaluate::Answers> answers,
                    plan.run(*asking.history, instants.subspan(i, end - i), options));
    for (evaluate::Answers& one : answers) result.push_back({std::move(one), bound.snapshot});
    i = end;
  }
  return result;
}

bool known_at(const History& history, CustomerNumber customer, Instant t) {
  const std::vector<Instant>& from = history.customer_table().known_from;
  return from.empty() || from[customer] <= t;
}

std::vector<CustomerNumber> customers_in(const History& history, const evaluate::AnswerColumn& rule,
                                         Instant t) {
  std::vector<CustomerNumber> customers;
  for (CustomerNumber c = 0; c < rule.known.size(); ++c) {
    if (rule.is_true(c) && known_at(history, c, t)) customers.push_back(c);
  }
  return customers;
}

int64_t population_size(const History& history, Instant t) {
  int64_t count = 0;
  for (CustomerNumber c = 0; c < history.customers(); ++c) count += known_at(history, c, t) ? 1 : 0;
  return count;
}

}  // namespace regulars::segments
