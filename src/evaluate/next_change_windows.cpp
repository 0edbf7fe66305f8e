// Events that come into windows and leave them, and what changes with their age.
#include <algorithm>
#include <limits>

#include "evaluate/next_change.h"
#include "evaluate/parts.h"
#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

bool mentions_clock(const Expression& e) {
  if (e.op == Op::kAsOf || e.op == Op::kAsOfDay || e.op == Op::kDaysSince ||
      e.op == Op::kLinkedSum || (e.op >= Op::kElapsed && e.op <= Op::kInWindow)) {
    return true;
  }
  bool found = false;
  for_each_part(e, [&](const Expression& part) { found = found || mentions_clock(part); });
  return found;
}

Instant later(Instant t, Duration d) {
  int64_t sum = 0;
  if (!__builtin_add_overflow(t.micros, d.micros, &sum)) return {sum};
  return {d.micros < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max()};
}

Edge never() {
  return {[](Instant) { return Instant{std::numeric_limits<int64_t>::min()}; }, nullptr, 0};
}

Edge as_of_itself() {
  return {[](Instant x) { return x; }, nullptr, 0};
}

}  // namespace

Result<WindowEdges> ChangeFinder::edges(const Window& window) {
  const Zone* own = &zone(window.own_zone);
  if (window.kind == Window::Kind::kSession) return WindowEdges{never(), as_of_itself()};
  if (window.kind == Window::Kind::kAnchored) {
    const Result<Value> anchor = value_at(*window.anchor, now());
    if (!anchor || !anchor->known) return WindowEdges{never(), never()};
    const Instant begin = anchor->type == ValueType::kDay
                              ? own->start_of(Day{static_cast<int32_t>(anchor->number)})
                              : Instant{anchor->number};
    const Instant after = later(begin, window.from);
    const bool open = window.to.micros == 0;
    const Instant end = later(begin, window.to);
    const auto upto = [=](Instant x) { return open ? x : std::min(x, end); };
    return WindowEdges{{[=](Instant x) { return std::min(after, upto(x)); }, own, 0},
                       {upto, own, 0}};
  }
  const auto bounds = [window, own](Instant x) { return bounds_of(window, x, *own); };
  WindowEdges made{{[bounds](Instant x) { return bounds(x).after; }, own, 0},
                   {[bounds](Instant x) { return bounds(x).upto; }, own, 0}};
  if (window.kind == Window::Kind::kMonths) {
    made.after.months = -window.from_months;
    made.upto.months = -window.to_months;
  }
  if (window.kind == Window::Kind::kAheadMonths) made.upto.months = window.from_months;
  return made;
}

std::span<const Instant> ChangeFinder::times(const Stream& stream) const {
  const uint32_t begin = stream.offset[question_.customer];
  return std::span(stream.at).subspan(begin, stream.offset[question_.customer + 1] - begin);
}

void ChangeFinder::next_event(const std::string& type) {
  const Stream* stream = question_.history->stream(type);
  if (stream == nullptr) return;
  const auto all = times(*stream);
  const auto next = std::upper_bound(all.begin(), all.end(), now());
  if (next != all.end()) add(*next);
}

// The next event the edge reaches, and the last it has reached, which it may fall behind again.
void ChangeFinder::crossings(const Edge& edge, const Stream& stream) {
  const auto all = times(stream);
  const auto next = std::upper_bound(all.begin(), all.end(), edge.at(now()));
  if (next != all.end()) add(next_crossing(edge, now(), limit_, *next));
  if (edge.months != 0 && next != all.begin()) {
    add(next_crossing(edge, now(), limit_, *(next - 1)));
  }
}

Result<void> ChangeFinder::window_changes(const Window& window, const Stream& stream) {
  REGULARS_ASSIGN(const WindowEdges ends, edges(window));
  crossings(ends.upto, stream);
  crossings(ends.after, stream);
  return {};
}

// Of a condition or value that is asked of each event there has been.
Result<void> ChangeFinder::row_changes(const ExpressionPtr& tree, const Stream& stream,
                                       bool items) {
  if (tree == nullptr || !mentions_clock(*tree)) return {};
  const uint32_t end = stream.offset[question_.customer + 1];
  for (uint32_t event = stream.offset[question_.customer]; event < end; ++event) {
    if (stream.at[event] > now()) break;
    std::vector<RowPlace> places;
    if (!items) places.push_back({&stream, event, std::nullopt});
    if (items && !stream.item_offset.empty()) {
      for (uint32_t i = stream.item_offset[event]; i < stream.item_offset[event + 1]; ++i) {
        places.push_back({&stream, event, i});
      }
    }
    for (const RowPlace& place : places) {
      ChangeFinder finder = inner(question_, &place);
      REGULARS_TRY(finder.settle(*tree));
      if (finder.found()) add(finder.limit());
    }
  }
  return {};
}

void ChangeFinder::changes_by_age(const Expression& e, const Stream& stream) {
  const Aggregate& a = *e.aggregate;
  const bool streak = a.kind == AggregateKind::kCurrentStreak;
  if (!streak && a.kind != AggregateKind::kDecayed) return;
  const Result<Value> value = value_at(e, now());
  if (!value || (streak && value->number == 0)) return;  // nothing left to end
  const Zone& own = zone(a.own_zone);
  const Day today = own.day_of(now());
  if (streak) return add(own.start_of(next_period(today, a.period, a.retail)));
  const auto all = times(stream);
  if (all.empty() || all.front() > now()) return;
  add(own.start_of(today + 1));
  for (const Instant at : all) {
    if (at > now()) break;
    const int64_t whole = (now() - at).micros / days(1).micros;
    add(at + days(whole + 1));
  }
}

Result<Motion> ChangeFinder::aggregate(const Expression& e) {
  const Aggregate& a = *e.aggregate;
  const Stream* stream = question_.history->stream(a.event);
  if (a.window.anchor != nullptr) REGULARS_TRY(settle(*a.window.anchor));
  if (stream == nullptr) return Motion{};
  REGULARS_TRY(window_changes(a.window, *stream));
  const bool items = a.value.kind == AggregateValue::Kind::kItemColumn ||
                     a.value.kind == AggregateValue::Kind::kItemExpression;
  REGULARS_TRY(row_changes(a.where, *stream, items));
  REGULARS_TRY(row_changes(a.value.expression, *stream, items));
  REGULARS_TRY(row_changes(a.weight.expression, *stream, items));
  changes_by_age(e, *stream);
  return Motion{};
}

Result<Motion> ChangeFinder::in_window(const Expression& e) {
  REGULARS_TRY(settle(*e.arguments[0]));
  if (e.window->anchor != nullptr) REGULARS_TRY(settle(*e.window->anchor));
  const Result<Value> value = value_at(*e.arguments[0], now());
  if (!value || !value->known) return Motion{};
  Instant at{value->number};
  const Zone& own = zone(e.own_zone || e.window->own_zone);
  if (value->type == ValueType::kDay) at = own.start_of(Day{static_cast<int32_t>(value->number)});
  Window window = *e.window;
  window.own_zone = e.own_zone || window.own_zone;
  REGULARS_ASSIGN(const WindowEdges ends, edges(window));
  for (const Edge* edge : {&ends.after, &ends.upto}) {
    add(next_crossing(*edge, now(), limit_, at));
  }
  return Motion{};
}

Result<Motion> ChangeFinder::sequence(const Expression& e) {
  const Sequence& s = *e.sequence;
  if (s.window.anchor != nullptr) REGULARS_TRY(settle(*s.window.anchor));
  for (const Sequence::Step& step : s.steps) {
    const Stream* stream = question_.history->stream(step.event);
    if (stream == nullptr) continue;
    REGULARS_TRY(window_changes(s.window, *stream));
    REGULARS_TRY(row_changes(step.where, *stream, false));
    // The time in which nothing may come is over.
    for (const Sequence::Step& absent : s.steps) {
      if (!absent.absent || absent.within.micros == 0) continue;
      for (const Instant at : times(*stream)) {
        const Instant over = later(at, absent.within);
        if (at <= now()) add(over);
        if (at <= now()) add(later(over, microseconds(1)));
      }
    }
  }
  return Motion{};
}

}  // namespace regulars::evaluate
