// Private to evaluate: one customer's answers at one instant, in memory that is kept from one
// customer to the next.
#pragma once

#include <bit>

#include "evaluate/fold.h"
#include "evaluate/live_index.h"
#include "evaluate/live_plan.h"
#include "evaluate/live_program.h"
#include "evaluate/reference.h"
#include "evaluate/vector_ops.h"
#include "evaluate/window.h"

namespace regulars::evaluate {

// Which of up to 64 rows are certainly so, and which certainly not.
struct RowTruths {
  uint64_t yes = 0;
  uint64_t no = 0;
};

inline uint64_t first_bits(uint32_t count) {
  return count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
}

class LiveEvaluator {
 public:
  explicit LiveEvaluator(const LiveProgram& program);

  // Looks at a customer from an instant; the others are about what was looked at last.
  Result<void> look(LiveCustomer& customer, Instant as_of);
  std::span<const LiveAnswer> answers();
  Result<std::optional<Instant>> next_change();

 private:
  using TypeRows = LiveCustomer::TypeRows;
  static constexpr uint32_t kChunk = 64;

  // What there is of an event type.
  struct Here {
    const TypeRows* rows = nullptr;  // null: nothing
    const LiveLayout::Rows* events = nullptr;
    const LiveLayout::Rows* items = nullptr;
    const Instant* at = nullptr;
    uint32_t count = 0;
    uint32_t item_count = 0;
    TypeIndex* index = nullptr;  // hers, or the scratch's
    bool kept = false;           // hers
    uint32_t reached_now = 0;    // rows at or before the as-of
    uint32_t size(bool of_items) const { return of_items ? item_count : count; }
  };

  // The rows a selection takes.
  struct Picked {
    bool made = false;
    bool all = false;
    bool small = false;  // `mask` says which, and `rows` is null
    uint64_t mask = 0;
    const std::vector<uint32_t>* rows = nullptr;

    // Where a span begins or ends that does with this row.
    uint32_t before(uint32_t row) const {
      if (all || small) return row;
      return static_cast<uint32_t>(std::lower_bound(rows->begin(), rows->end(), row) -
                                   rows->begin());
    }
  };

  // [begin, end) of a selection's rows: of places among them, but of rows of the type where a mask
  // says which they are.
  struct Span {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  // live_evaluator.cpp
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  void begin(LiveCustomer& customer, Instant as_of);
  void see(size_t event);
  void see_shifts();
  const Zone& own_zone();
  const Zone& zone_for(bool own) { return own ? own_zone() : program_.plan->zone; }
  void find_bounds();
  Bounds bounds_of_window(uint32_t window);
  void find_anchored(uint32_t window);
  void set_literal(uint32_t node, const Literal& literal);
  bool is_known(uint32_t node) const;

  // live_nodes.cpp
  void run_step(const LiveStep& step);
  void other_step(const LiveStep& step);
  void operation(uint32_t node);
  void arithmetic(uint32_t node);
  void logic(const LiveStep& step);
  void compare(uint32_t node);
  void divide(uint32_t node);
  double real_of(uint32_t node) const;
  void attribute(uint32_t node);
  void days_since(uint32_t node);
  Value value_of(uint32_t node) const;
  void set(uint32_t node, const Value& value);
  bool block_answers();
  void take_block(uint32_t node);
  const History& history();

  // live_rows.cpp
  void numbers(uint32_t node, bool items, uint32_t first, uint32_t count, int64_t* out);
  RowTruths truths(uint32_t node, bool items, uint32_t first, uint32_t count);
  RowTruths compare_rows(const RowNode& node, bool items, uint32_t first, uint32_t count);
  RowTruths text_is(const RowNode& node, bool items, uint32_t first, uint32_t count);
  RowTruths known_text(const RowNode& node, bool items, uint32_t first, uint32_t count);
  RowTruths of_items(const RowNode& node, uint32_t first, uint32_t count);
  void row_arithmetic(const RowNode& node, bool items, uint32_t first, uint32_t count,
                      int64_t* out);
  void row_column(const RowNode& node, bool items, uint32_t first, uint32_t count, int64_t* out);
  void clock_parts(const RowNode& node, bool items, uint32_t first, uint32_t count, int64_t* out);
  void linked_sums(const RowNode& node, bool items, uint32_t first, uint32_t count, int64_t* out);
  template <class T>
  const T* column_of(bool of_item, uint32_t column) const;
  uint32_t event_of(bool items, uint32_t row) const {
    return items ? here_->index->parents[row] : row;
  }
  uint32_t code_of(uint32_t text);

  // live_sync.cpp: what is kept of a type's rows
  void sync(size_t event);
  TypeIndex& hers(size_t event);
  void truncate(size_t event, TypeIndex& index, uint32_t events, uint32_t items);
  void extend(size_t event, TypeIndex& index);
  void extend_series(uint32_t series, TypeIndex& index);
  void list_rows(uint32_t selection, uint32_t first, std::vector<uint32_t>& rows);
  void list_days_and_parents(size_t event, TypeIndex& index);

  // live_slots.cpp
  const Picked& picked(uint32_t selection);
  void find_span(uint32_t span);
  int64_t value_at(uint32_t series, uint32_t row);  // numbers and codes; kMissing, kNoCode
  void slot(uint32_t node, uint32_t index);
  void fold(uint32_t node, uint32_t index, Span span);
  void set_unknown(uint32_t node);
  void set_row(uint32_t node, uint32_t series, int64_t row);
  const Dictionary* dictionary_of(uint32_t series) const;
  Int128 sum(uint32_t series, Span span);
  int64_t extreme(const Slot& slot, Span span);
  int64_t distinct(uint32_t series, Span span);
  int64_t nth(const Slot& slot, Span span);
  uint32_t count_in(uint32_t selection, Span span) const;
  void general(uint32_t node, const Slot& slot, Span span);
  Vector gathered_values(uint32_t series, Span span);
  template <class Each>
  void for_each_row(uint32_t selection, Span span, Each each);
  const SeriesIndex* kept(uint32_t series);
  const int64_t* number_column(uint32_t series) const;
  bool index_holds(bool clocked, bool linked, uint32_t selection) const;
  bool linked_to_come(Instant t) const;

  // live_next.cpp
  void wake_at(Instant x, uint32_t shift);
  void wake_after(Instant at, Duration wait, uint32_t shift);
  class Times;
  void watch_edge(const LiveWatch::Edge& edge);
  void watch_months(const Window& window, uint32_t shift, const Times& times, Span span);
  void watch_threshold(const LiveWatch::Threshold& threshold);
  void watch_since(const LiveWatch::Since& since);
  void watch_coming(const LiveWatch::Coming& coming);
  Result<void> watch_found();
  std::optional<Instant> next_of(const LiveWatch::Ahead& rule);
  void run_ahead(const LiveWatch::Ahead& rule, Instant t);
  void watch_ahead();

  const LiveProgram& program_;
  const CompiledPlan& plan_;

  LiveCustomer* customer_ = nullptr;
  Instant now_;
  const Here* here_ = nullptr;  // whose rows are looked at
  Moment seen_;                 // from where
  bool overflow_ = false;       // a number of a row left 64 bits
  std::optional<Error> error_;  // the first
  std::vector<Here> types_;
  std::vector<TypeIndex> own_;  // of customers without an index
  std::vector<Moment> moments_;
  std::vector<Bounds> bounds_;
  std::vector<uint8_t> unknown_window_;
  std::vector<Picked> picked_;
  std::vector<Span> spans_;                          // per slot
  std::vector<std::vector<uint32_t>> clocked_rows_;  // per selection
  std::vector<uint32_t> codes_;                      // of the program's texts
  std::vector<size_t> code_sizes_;                   // of their dictionaries when looked up
  const Zone* own_zone_ = nullptr;
  Instant day_begin_{1}, day_end_{0};  // of the local day that was seen last
  Day day_;
  std::vector<std::optional<Bounds>> day_bounds_;  // of windows, from its last instant
  std::vector<int64_t> numbers_;                   // per node; of truths 0, 1 and 2
  std::vector<double> reals_;
  std::vector<std::string_view> texts_;
  std::vector<std::string> kept_texts_;  // per node, of those that are computed
  std::vector<LiveAnswer> answers_;
  struct Turn {
    Instant next;  // when the rule may turn
    int64_t truth = 0;
  };
  std::vector<Turn> ahead_;    // per rule that is evaluated ahead of time
  std::vector<Value> values_;  // arguments
  std::vector<int64_t> room_;

  std::optional<History> history_;  // of the customer alone, once asked for
  std::vector<AnswerColumn> block_;
  bool block_made_ = false;
  std::optional<Instant> next_;
};

}  // namespace regulars::evaluate
