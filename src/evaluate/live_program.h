// Private to evaluate: a compiled plan prepared for one customer at a time: which parts are
// answered from her live state, and how; the rest is a plan of its own, run by the block kernels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/compiled.h"
#include "evaluate/live_customer.h"
#include "evaluate/vector.h"

namespace regulars::evaluate {

// A part of a condition or value, asked of each event or item.
struct RowNode {
  enum class Kind : uint8_t {
    // numbers: integer, decimal, instant, day
    kLiteral,
    kColumn,
    kAttribute,
    kAt,
    kDay,
    kNow,
    kToday,
    kArithmetic,  // kAdd, kSubtract, kMultiply, kNegate
    kDaysSince,
    kClockPart,  // month, weekday, hour of the event
    kLinkedSum,
    // truths
    kTruth,           // literal
    kTruthColumn,     // a boolean column
    kTruthAttribute,  // a boolean attribute
    kCompare,         // of numbers
    kTextIs,          // a text column against literals: any of them
    kAttributeIs,     // a text attribute against literals: any of them
    kAnd,
    kOr,
    kNot,
    kIsTrue,
    kKnownNumber,
    kKnownText,
    kKnownTruth,
    kAnyItem,
    kAllItems
  };
  Kind kind = Kind::kLiteral;
  Op op = Op::kLiteral;
  Type type;
  bool of_item = false;             // a column of the items
  uint32_t column = 0;              // of the schema's event type, or attribute
  int64_t number = 0;               // literal; a comparison's, in the column's scale
  bool with_literal = false;        // kCompare: the right side is `number`
  std::vector<uint32_t> arguments;  // nodes
  std::vector<uint32_t> texts;      // LiveProgram::texts
  size_t linked_type = 0;           // kLinkedSum
};

// A text that a column or attribute is compared with.
struct LiveText {
  const Dictionary* dictionary = nullptr;
  std::string text;
};

struct LiveSelection {
  bool covered = false;
  bool all = false;      // every event or item
  bool clocked = false;  // depends on the as-of
  bool linked = false;   // looks at linked events
  uint32_t root = 0;     // RowNode
  uint32_t place = 0;    // among its type's
};

struct LiveSeries {
  enum class Kind : uint8_t { kNone, kColumn, kItemColumn, kAt, kDay, kExpression };
  bool covered = false;
  bool clocked = false;
  bool linked = false;
  Kind kind = Kind::kNone;
  uint32_t column = 0;
  uint32_t root = 0;                                                   // RowNode, kExpression
  bool sums = false, least = false, greatest = false, places = false;  // what its index keeps
  uint32_t place = 0;
};

struct LiveType {
  size_t type = LiveLayout::kNoType;  // of the layout
  std::vector<uint32_t> selections;   // that are covered and not clocked
  std::vector<uint32_t> series;
  bool parents = false, days = false;
};

// How a node is answered.
enum class LiveWay : uint8_t {
  kUnused,
  kConstant,  // a literal, or always unknown
  kSlot,
  kAttribute,
  kNow,
  kToday,
  kCustomerId,
  kCompareWith,  // a number against a known constant in its scale
  kCompare,      // two numbers
  kCompareReals,
  kDivide,
  kLogic,  // and, or
  kNot,
  kKnown,
  kArithmetic,
  kDaysSince,
  kOperation,  // anything else that follows from its arguments, as the reference does it
  kPosition,
  kBlock,  // by the block kernels
};

struct LiveNode {
  LiveWay way = LiveWay::kUnused;
  Form form = Form::kNumbers;
  Op op = Op::kLiteral;
  int64_t number = 0;      // kCompareWith
  uint32_t attribute = 0;  // kAttribute
  uint32_t block = 0;      // kBlock: column of the block plan's answers
};

// A node, as it is run: what is asked for most, close together.
struct LiveStep {
  LiveWay way = LiveWay::kUnused;
  Op op = Op::kLiteral;
  bool outside = false;  // kCompareWith: true where the number lies outside low .. high
  uint32_t node = 0;
  uint32_t a = 0;  // kLogic: LiveProgram::step_arguments a .. b; kSlot: the slot; else a node
  uint32_t b = 0;
  int64_t low = 0;
  int64_t high = 0;
};

// The rows of a selection in a window.
struct LiveSpan {
  uint32_t selection = 0;
  uint32_t window = 0;
};

struct LiveSlot {
  AggregateKind kind = AggregateKind::kCount;
  bool anchored = false;
  bool numbers = false;  // so are the values
  uint32_t series = 0;
  uint32_t span = 0;
  uint32_t event = 0;
  int64_t nothing = kMissing;  // what it is of nothing
  double nothing_real = 0;
};

// What can change by itself, for next_change.
struct LiveWatch {
  struct Edge {  // events that come into a window and leave it
    uint32_t slot = 0;
    bool last_only = false;  // of those that leave, only the latest matters
  };
  struct Threshold {  // a count or a sum over a rolling window against a constant
    uint32_t slot = 0;
    Op op = Op::kLess;
    int64_t number = 0;
  };
  struct Since {        // days_since(x) against a constant: turns so many whole days after x
    uint32_t node = 0;  // of days_since
    std::vector<int64_t> turns;
    bool each_day = false;  // against anything else: with every day
  };
  struct Coming {  // events that are linked to others
    size_t type = 0;
    uint32_t shift = 0;
  };
  // A rule all of whose changes are known in advance: it is evaluated ahead of time, change by
  // change of what it looks at, until it turns.
  struct Ahead {
    uint32_t root = 0;
    std::vector<uint32_t> steps;  // of LiveProgram::steps
    std::vector<Edge> edges;
    std::vector<Threshold> thresholds;
    std::vector<Since> since;
  };
  std::vector<Ahead> ahead;
  std::vector<Edge> edges;
  std::vector<Threshold> thresholds;
  std::vector<Since> since;
  std::vector<Coming> comings;
  std::vector<ExpressionPtr> found;        // parts that the change finder looks after
  std::shared_ptr<const SharedTree> tree;  // of `found`
};

struct LiveProgram {
  LiveProgram(const Schema& schema, std::unique_ptr<const CompiledPlan> compiled)
      : layout(schema), plan(std::move(compiled)) {}

  LiveLayout layout;
  std::shared_ptr<const CompiledPlan> plan;
  std::vector<RowNode> row_nodes;
  std::vector<LiveText> texts;
  std::vector<LiveType> types;            // as plan->events
  std::vector<LiveSelection> selections;  // as plan->selections
  std::vector<LiveSeries> series;         // as plan->series
  std::vector<uint8_t> slot_covered;      // as plan->slots
  std::vector<LiveNode> nodes;            // as plan->nodes
  std::vector<LiveSlot> slots;            // as plan->slots
  std::vector<uint32_t> order;            // nodes to be computed, arguments first
  std::vector<LiveStep> steps;            // the same, but for constants
  std::vector<uint32_t> step_arguments;
  std::vector<LiveSpan> spans;
  std::vector<std::vector<uint32_t>> spans_of;  // by event type; without those of anchored windows
  std::vector<uint32_t> windows;                // that are needed, of plan->windows
  std::vector<std::optional<Duration>> shifted_back;  // by shift: how far, where that is exact
  std::shared_ptr<const CompiledPlan> block;          // null: nothing is left to it
  std::vector<ExpressionPtr> block_roots;
  LiveWatch watch;
  size_t zone_attribute = SIZE_MAX;
  uint32_t indexed_events = 0;
};

// The expression of a plan's node, seen from the as-of itself.
ExpressionPtr unshifted(const CompiledPlan& plan, const Node& node);

Result<LiveProgram> make_live_program(const Schema& schema,
                                      const std::vector<Definition>& definitions, const Zone& zone);
void cover_rows(LiveProgram& program);     // selections and series: live_rows_compile.cpp
void watch_changes(LiveProgram& program);  // live_watch.cpp

}  // namespace regulars::evaluate
