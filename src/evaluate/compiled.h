// Private to evaluate: what Plan::compile makes of definitions. Equal parts are there once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evaluate/evaluate.h"
#include "evaluate/shared_tree.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// Events (or items) of one type for which `where` is true.
struct Selection {
  uint32_t event = 0;  // index into CompiledPlan::events
  bool items = false;
  ExpressionPtr where;            // null: all
  bool depends_on_as_of = false;  // must be made anew for each instant
  uint32_t shift = 0;             // index into CompiledPlan::shifts; 0 where it does not depend
};

// One value of each selected event or item.
struct Series {
  uint32_t selection = 0;
  AggregateValue value;
  Type type;
  bool own_zone = false;  // of days: the customer's own
};

constexpr uint32_t kNoSeries = UINT32_MAX;

struct Slot {
  AggregateKind kind = AggregateKind::kCount;
  uint32_t series = 0;
  uint32_t window = 0;
  int64_t n = 0;
  RhythmRule rhythm;
  uint32_t second = kNoSeries;   // from kNth on: instants, days or weights of the same events
  uint32_t session = kNoSeries;  // of a session window: the instants of the aggregate's own events
  Aggregate rule;                // from kNth on: without event, value, condition and window
  Type type;
};

// A node outside any `where`: an aggregate's slot, another leaf, or an operation on earlier nodes.
struct Node {
  ExpressionPtr expression;
  Type type;
  std::vector<uint32_t> arguments;
  uint32_t slot = 0;   // of an aggregate; of a sequence its place among them
  uint32_t shift = 0;  // index into CompiledPlan::shifts
};

// An as-of instant seen from another one; 0 is the as-of itself.
struct PlannedShift {
  uint32_t from = 0;  // an earlier index
  Shift shift;
};

// A window seen from a shifted as-of.
struct PlannedWindow {
  Window window;
  uint32_t shift = 0;
  bool own = false;     // each customer sees it differently
  uint32_t anchor = 0;  // node of its anchor
};

struct CompiledPlan;

// A node that is answered by a plan of its own argument.
struct Stage {
  ExpressionPtr expression;
  uint32_t shift = 0;
  std::shared_ptr<const CompiledPlan> plan;    // of the argument alone
  std::shared_ptr<const SharedTree> followed;  // the argument, where it is followed over time
};

struct PlannedSequence {
  std::shared_ptr<const Sequence> sequence;
  std::vector<uint32_t> selections;  // of each step
  std::vector<uint32_t> events;      // the types its steps name, each once
  uint32_t window = 0;
  uint32_t ever = 0;  // the window of all events up to the same as-of
};

struct CompiledPlan {
  Schema schema;
  Zone zone = Zone::utc();
  std::vector<std::string> names;  // of the definitions
  std::vector<uint32_t> roots;     // their nodes

  std::vector<std::string> events;
  std::vector<PlannedShift> shifts = {PlannedShift{}};
  std::vector<PlannedWindow> windows;
  std::vector<Selection> selections;
  std::vector<Series> series;
  std::vector<Slot> slots;
  std::vector<PlannedSequence> sequences;
  std::vector<Stage> stages;
  std::vector<Node> nodes;  // arguments before their operation
};

// As Plan::compile.
Result<std::unique_ptr<CompiledPlan>> compile_plan(const Schema& schema,
                                                   const std::vector<Definition>& definitions,
                                                   const Zone& zone);

}  // namespace regulars::evaluate
