// Asking rules of a history: the one way from trees to answers for everything above evaluate.
//
//   Asking asking{.history = &history, .zone = zone, .snapshots = &snapshots};
//   REGULARS_ASSIGN(const evaluate::Answers answers, ask(asking, {{"loyal", tree}}, as_of));
//   for (CustomerNumber c : customers_in(asking, answers.columns[0], as_of)) ...
//
// Trees come with words of the population snapshot not yet put in (definitions/population.h); the
// snapshot that counts at the instant is found, or taken at the instant itself when asked to. Parts
// that look back look at the snapshot of their own time (definitions/snapshot_series.h).
//
// Thread-safety: functions may be called from several threads; they use several inside.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/history.h"
#include "definitions/population.h"
#include "definitions/snapshot_series.h"
#include "evaluate/evaluate.h"
#include "evaluate/reference.h"
#include "segments/words.h"

namespace regulars::segments {

enum class PopulationChoice {
  kNewest,     // the newest snapshot with cut-off at or before t; none: population words unknown
  kRecompute,  // one taken at t, and at the instants that shifts (`at 90 days ago`) lead to: diff,
               // backtest, self-test. What was true over time before looks at stored snapshots
};

struct Asking {
  const History* history = nullptr;
  const Zone* zone = nullptr;
  const std::vector<definitions::PopulationSnapshot>* snapshots = nullptr;  // null: none
  PopulationChoice population = PopulationChoice::kNewest;
  std::optional<Instant> known_at = {};   // of snapshots; the history is already what was known
  WordSettings words = {};                // for snapshots taken here
  std::vector<const Column*> given = {};  // scores
  evaluate::Schema schema = {};  // what the trees were compiled against; empty: the history's own
  size_t threads = 0;
};

// The snapshot that counts at t for these trees, whole: what a stored snapshot lacks (a percentile
// that no definition used when it was taken) is measured now at its cut-off. Null: there is none.
// What the trees look back at is measured with it, so that it is there for the past to be asked of.
Result<std::shared_ptr<const definitions::PopulationSnapshot>> snapshot_for(
    const Asking& asking, const std::vector<evaluate::ExpressionPtr>& trees, Instant t);

// Trees with snapshots put in: where they look back, the snapshot that counted then.
struct BoundTrees {
  std::vector<evaluate::ExpressionPtr> trees;
  std::string snapshot;  // id of the one at `over.upto`; empty: none was needed, or there is none
};
// For being asked as of any instant of `over`.
Result<BoundTrees> bound_over(const Asking& asking,
                              const std::vector<evaluate::ExpressionPtr>& trees,
                              definitions::AskedOver over);

Result<std::vector<evaluate::ExpressionPtr>> bound_at(
    const Asking& asking, const std::vector<evaluate::ExpressionPtr>& trees, Instant t);

struct Asked {
  evaluate::Answers answers;
  std::string snapshot;  // id of the one at t; empty: none was needed, or there is none
};

// Answers for every customer of the history at t; also for those not known then (universe).
Result<Asked> ask(const Asking& asking, const std::vector<evaluate::Definition>& definitions,
                  Instant t);

// At several instants, in their order. Instants with the same snapshot share one pass.
Result<std::vector<Asked>> ask_at(const Asking& asking,
                                  const std::vector<evaluate::Definition>& definitions,
                                  std::span<const Instant> instants);

// Whether a customer was known at t.
bool known_at(const History& history, CustomerNumber customer, Instant t);

// Customers known at t for whom the rule is true, ascending.
std::vector<CustomerNumber> customers_in(const History& history, const evaluate::AnswerColumn& rule,
                                         Instant t);

// How many customers were known at t.
int64_t population_size(const History& history, Instant t);

}  // namespace regulars::segments
