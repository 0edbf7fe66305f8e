// Definitions prepared for one customer at a time: what a live server asks after each event.
//
//   const auto plan = LivePlan::make(schema, definitions, zone);
//   LiveScratch scratch(*plan);                           // one per thread, kept
//   anna.put(plan->layout(), event);
//   auto answers = plan->answers(anna, now, scratch);     // in the order of the definitions
//   auto next = plan->next_change(anna, now, scratch);    // when to look again without an event
//
// The answers are those of Plan over the sorted history. What is on the fast path, that is answered
// from the customer's live state without touching the heap:
//
//   aggregates   every kind but over a session's window, where the condition and the value are:
//     windows      all but kSession
//     values       columns of events and items, instant, day (not by the customer's own clock),
//                  and numbers computed as conditions compute them
//     conditions   comparisons of numbers, instants and days; a text column or attribute = , != or
//                  in known texts; boolean columns and attributes; and, or, not, is true, known;
//                  any and all items; + - *, linked sums, days_since; month, weekday and hour of
//                  the event
//   nodes        literals, attributes, as-of and its day, arithmetic, comparison, in, logic,
//   choice,
//                position in a population, and every operation of evaluate/scalar.h, also seen from
//                a shifted as-of. (Texts, reals, divisions and the rarer operations may use the
//                heap.)
//
// The rest, sequences, kEver, kEntered, kSince and aggregates over other conditions, is answered by
// the block kernels over a history of the customer alone: as right, but slower by 50 microseconds
// and more. coverage() counts both. Definitions with kOfUnit look at other customers and are
// refused.
//
// What an answer costs: with few events, a pass over them for each condition. From kIndexedEvents
// events of a type on, what the conditions select is kept with the customer in an index, brought up
// to date by the events that came since the last question: count, sum, avg, min, max, first, last,
// nth over any window are then binary searches and distinct a pass over the values there are. Other
// kinds, conditions that depend on the as-of instant, and linked sums while a linked event lies in
// the future, still cost a pass over the events of their type.
//
// The next change is found by evaluating rules ahead of time, at each instant at which an event
// enters or leaves what they look at, until one turns; after 64 such instants it names the last of
// them. What else may change (features, rules with parts off the fast path) counts as changed
// whenever something it looks at is; clocks it does not know are left to the general change finder.
//
// Thread-safety: a LivePlan is immutable; a scratch belongs to one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "evaluate/live_customer.h"

namespace regulars::evaluate {

// known == false: unknown, and the rest is unspecified. `number` holds integers, decimals, instants
// and days as AnswerColumn does, and 0 or 1 of booleans.
struct LiveAnswer {
  ValueType type = ValueType::kInteger;
  bool known = false;
  int scale = 0;
  int64_t number = 0;
  double real = 0;
  std::string_view text;  // for as long as the answers

  bool is_true() const { return known && number != 0; }
};

struct LiveProgram;   // private to evaluate
class LiveEvaluator;  // private to evaluate
class LivePlan;

class LiveScratch {
 public:
  // The plan must outlive the scratch.
  explicit LiveScratch(const LivePlan& plan);
  ~LiveScratch();
  LiveScratch(LiveScratch&&) noexcept;
  LiveScratch& operator=(LiveScratch&&) noexcept;

 private:
  friend class LivePlan;
  std::unique_ptr<LiveEvaluator> evaluator_;
};

class LivePlan {
 public:
  static constexpr uint32_t kIndexedEvents = 128;

  // As Plan::compile; kUnsupported for definitions that look at other customers. From
  // `indexed_events` events (or items) of a type on, a customer has an index of that type.
  static Result<LivePlan> make(const Schema& schema, const std::vector<Definition>& definitions,
                               const Zone& zone, uint32_t indexed_events = kIndexedEvents);
  ~LivePlan();
  LivePlan(LivePlan&&) noexcept;
  LivePlan& operator=(LivePlan&&) noexcept;

  const LiveLayout& layout() const;
  size_t definitions() const;

  // Valid until the scratch is used again. The customer's index is brought up to date. kOverflow as
  // Plan::run.
  Result<std::span<const LiveAnswer>> answers(LiveCustomer& customer, Instant as_of,
                                              LiveScratch& scratch) const;

  // As next_change (evaluate/timeline.h) of all definitions: no answer changes between t and the
  // instant given, unless an event comes; nothing: never again. It may be an instant at which
  // nothing changes after all. kUnsupported for a definition whose changes cannot be told.
  Result<std::optional<Instant>> next_change(LiveCustomer& customer, Instant t,
                                             LiveScratch& scratch) const;

  // Both at once, for the price of little more than one.
  struct Look {
    std::span<const LiveAnswer> answers;
    std::optional<Instant> next_change;
  };
  Result<Look> look(LiveCustomer& customer, Instant as_of, LiveScratch& scratch) const;

  struct Coverage {
    size_t slots = 0, fast_slots = 0;  // aggregates
    size_t nodes = 0, fast_nodes = 0;  // other nodes
    size_t watched = 0;                // what next_change looks after by itself
    size_t found = 0;                  // parts left to the general change finder
  };
  Coverage coverage() const;

 private:
  friend class LiveScratch;
  explicit LivePlan(std::unique_ptr<const LiveProgram> program);
  std::unique_ptr<const LiveProgram> program_;
};

}  // namespace regulars::evaluate
