// When the answers change by themselves.
#include <algorithm>

#include "evaluate/compared.h"
#include "evaluate/edges.h"
#include "evaluate/live_evaluator.h"
#include "evaluate/next_change.h"
#include "evaluate/number.h"
#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

// Calendar months clamp by less than this.
constexpr Duration kClamped = days(6);

Instant later(Instant t, Duration wait) {
  int64_t sum = 0;
  return {__builtin_add_overflow(t.micros, wait.micros, &sum) ? INT64_MAX : sum};
}

// By how much a number must fall for a comparison to turn; nothing: however far it falls, it does
// not.
std::optional<int64_t> fall_to_turn(Op op, int64_t value, int64_t number) {
  switch (op) {
    case Op::kLess:
    case Op::kGreaterEqual:
      return value >= number ? std::optional(value - number + 1) : std::nullopt;
    case Op::kLessEqual:
    case Op::kGreater:
      return value > number ? std::optional(value - number) : std::nullopt;
    default:
      if (value < number) return {};
      return value == number ? 1 : value - number;
  }
}

}  // namespace

// At x seen from a shifted as-of.
void LiveEvaluator::wake_at(Instant x, uint32_t shift) {
  const Duration back = *program_.shifted_back[shift];
  int64_t at = 0;
  if (__builtin_add_overflow(x.micros, back.micros, &at)) return;
  if (at <= now_.micros || at > kFarthest.micros) return;
  if (!next_ || at < next_->micros) next_ = Instant{at};
}

void LiveEvaluator::wake_after(Instant at, Duration wait, uint32_t shift) {
  int64_t x = 0;
  if (!__builtin_add_overflow(at.micros, wait.micros, &x)) wake_at({x}, shift);
}

// The rows that a selection takes, by their place among them.
class LiveEvaluator::Times {
 public:
  Times(LiveEvaluator& evaluator, uint32_t selection)
      : picked_(evaluator.picked(selection)),
        here_(evaluator.types_[evaluator.plan_.selections[selection].event]),
        items_(evaluator.plan_.selections[selection].items) {
    count_ = picked_.all     ? here_.size(items_)
             : picked_.small ? before(64)
                             : static_cast<uint32_t>(picked_.rows->size());
  }
  uint32_t count() const { return count_; }
  // A span's in places.
  Span places(Span span) const {
    return picked_.small ? Span{before(span.begin), before(span.end)} : span;
  }
  uint32_t row(uint32_t place) const {
    if (picked_.all) return place;
    if (!picked_.small) return (*picked_.rows)[place];
    uint64_t mask = picked_.mask;
    for (; place > 0; --place) mask &= mask - 1;
    return static_cast<uint32_t>(std::countr_zero(mask));
  }
  Instant operator[](uint32_t place) const {
    return here_.at[items_ ? here_.index->parents[row(place)] : row(place)];
  }

 private:
  uint32_t before(uint32_t row) const {
    return static_cast<uint32_t>(std::popcount(picked_.mask & first_bits(row)));
  }

  const Picked& picked_;
  const Here& here_;
  bool items_;
  uint32_t count_ = 0;
};

void LiveEvaluator::watch_edge(const LiveWatch::Edge& edge) {
  const Slot& slot = plan_.slots[edge.slot];
  const uint32_t selection = plan_.series[slot.series].selection;
  if (types_[plan_.selections[selection].event].count == 0) return;
  if (unknown_window_[slot.window] != 0) return;
  const Times times(*this, selection);
  const PlannedWindow& planned = plan_.windows[slot.window];
  const Window& window = planned.window;
  const uint32_t shift = planned.shift;
  const Moment& moment = moments_[shift];
  const auto [begin, end] = times.places(spans_[program_.slots[edge.slot].span]);
  const Zone& zone = zone_for(window.own_zone);
  if (end < times.count())
    wake_after(times[end], window.kind == Window::Kind::kRolling ? window.to : Duration{}, shift);
  switch (window.kind) {
    case Window::Kind::kRolling: {
      const uint32_t leaving = edge.last_only && begin < end ? end - 1 : begin;
      if (leaving < times.count()) wake_after(times[leaving], window.from, shift);
      return;
    }
    case Window::Kind::kMonths:
      return watch_months(window, shift, times, {begin, end});
    case Window::Kind::kCalendarDays:
      if (begin < end) wake_at(zone.start_of(zone.day_of(times[begin]) + window.count), shift);
      return;
    case Window::Kind::kThisPeriod:
    case Window::Kind::kCalendarPeriods:
    case Window::Kind::kLastPeriod:
    case Window::Kind::kPastPeriods: {
      if (begin == times.count()) return;
      const Day today = zone.day_of(moment.now);
      return wake_at(zone.start_of(next_period(today, window.period, window.retail)), shift);
    }
    default:
      return;
  }
}

// Months reach back by different numbers of days, and now and then fall back by some: near that the
// instant is searched for, else looking again some days before is enough.
void LiveEvaluator::watch_months(const Window& window, uint32_t shift, const Times& times,
                                 Span span) {
  const Zone* zone = &zone_for(window.own_zone);
  const Instant now = moments_[shift].now;
  const auto watch = [&](int months, uint32_t place, auto bound) {
    if (months == 0) return;
    const Edge edge{bound, zone, -months};
    const auto search = [&](Instant at) {
      const auto x = next_crossing(edge, now, kFarthest, at);
      if (x) wake_at(*x, shift);
    };
    if (place < times.count()) {
      const Instant early = zone->add_months(times[place], months) - kClamped;
      if (early > now) {
        wake_at(early, shift);
      } else {
        search(times[place]);
      }
    }
    if (place > 0 && times[place - 1] + kClamped >= edge.at(now)) search(times[place - 1]);
  };
  watch(window.from_months, span.begin,
        [&window, zone](Instant x) { return bounds_of(window, x, *zone).after; });
  watch(window.to_months, span.end,
        [&window, zone](Instant x) { return bounds_of(window, x, *zone).upto; });
}

void LiveEvaluator::watch_threshold(const LiveWatch::Threshold& threshold) {
  constexpr int kMostSteps = 64;
  const Slot& slot = plan_.slots[threshold.slot];
  const uint32_t selection = plan_.series[slot.series].selection;
  if (types_[plan_.selections[selection].event].count == 0) return;
  const Times times(*this, selection);
  const PlannedWindow& planned = plan_.windows[slot.window];
  const Window& window = planned.window;
  const Span span = spans_[program_.slots[threshold.slot].span];
  auto [begin, end] = times.places(span);
  const bool counts = slot.kind == AggregateKind::kCount;
  if (counts && end == times.count()) {
    const int64_t count = end - begin;
    const auto fall = fall_to_turn(threshold.op, count, threshold.number);
    if (!fall || *fall > count) return;
    const auto last = begin + static_cast<uint32_t>(*fall) - 1;
    return wake_after(times[last], window.from, planned.shift);
  }
  here_ = &types_[plan_.selections[selection].event];
  seen_ = moments_[plan_.selections[selection].shift];
  const int64_t* column = counts ? nullptr : number_column(slot.series);
  const auto weight = [&](uint32_t place) {
    if (counts) return int64_t{1};
    const uint32_t row = times.row(place);
    return column != nullptr ? column[row] : value_at(slot.series, row);
  };
  Int128 value = counts ? Int128{end - begin} : sum(slot.series, span);
  const bool now = holds<Int128>(threshold.op, value, threshold.number);
  for (int step = 0; step < kMostSteps; ++step) {
    const bool enters = end < times.count();
    if (!enters && begin >= end) return;
    const Instant in = enters ? later(times[end], window.to) : Instant{INT64_MAX};
    const Instant out = begin < end ? later(times[begin], window.from) : Instant{INT64_MAX};
    const Instant next = std::min(in, out);
    if (next > kFarthest) return;
    while (begin < end && later(times[begin], window.from) <= next) value -= weight(begin++);
    while (end < times.count() && later(times[end], window.to) <= next) value += weight(end++);
    const bool turned = holds<Int128>(threshold.op, value, threshold.number) != now;
    if (turned || !is_storable(value) || step + 1 == kMostSteps) {
      return wake_at(next, planned.shift);
    }
  }
}

void LiveEvaluator::watch_since(const LiveWatch::Since& since) {
  const Node& node = plan_.nodes[since.node];
  const uint32_t argument = node.arguments[0];
  const int64_t x = numbers_[argument];
  if (x == kMissing) return;
  const Moment& moment = moments_[node.shift];
  const bool day = plan_.nodes[argument].type.value == ValueType::kDay;
  const auto turn = [&](Int128 elapsed) {
    if (!day) {
      const Int128 at = elapsed * days(1).micros + x;
      if (is_storable(at)) wake_at({static_cast<int64_t>(at)}, node.shift);
      return;
    }
    const Int128 number = elapsed + x;
    const Day last = plan_.zone.day_of(kFarthest);
    if (number <= moment.today.number || number > last.number) return;
    wake_at(plan_.zone.start_of(Day{static_cast<int32_t>(number)}), node.shift);
  };
  if (!since.each_day) {
    for (const int64_t elapsed : since.turns) turn(elapsed);
  } else if (day) {
    turn(Int128{moment.today.number} - x + 1);
  } else {
    turn(Int128{days_between(x, moment.now.micros)} + 1);
  }
}

void LiveEvaluator::watch_coming(const LiveWatch::Coming& coming) {
  const TypeRows* rows = customer_->find(coming.type);
  if (rows == nullptr) return;
  const auto* at =
      LiveCustomer::column<Instant>(rows->events, program_.layout.events(coming.type).at);
  const auto* end = at + rows->events.rows;
  const auto* next = std::upper_bound(at, end, moments_[coming.shift].now);
  if (next != end) wake_at(*next, coming.shift);
}

Result<void> LiveEvaluator::watch_found() {
  if (program_.watch.found.empty()) return {};
  const Question question{&history(), 0, now_, &plan_.zone, {}};
  ChangeFinder finder(*program_.watch.tree, question, nullptr, ChangeFinder::Search::kNext);
  finder.look(now_, next_.value_or(kFarthest));
  for (const ExpressionPtr& part : program_.watch.found) REGULARS_TRY(finder.settle(*part));
  if (finder.found()) wake_at(finder.limit(), 0);
  return {};
}

// When something that the rule looks at changes, seen from now_.
std::optional<Instant> LiveEvaluator::next_of(const LiveWatch::Ahead& rule) {
  next_.reset();
  for (const auto& edge : rule.edges) watch_edge(edge);
  for (const auto& threshold : rule.thresholds) watch_threshold(threshold);
  for (const auto& since : rule.since) watch_since(since);
  return next_;
}

void LiveEvaluator::run_ahead(const LiveWatch::Ahead& rule, Instant t) {
  now_ = t;
  moments_[0] = {t, plan_.zone.day_of(t)};
  see_shifts();
  for (const uint32_t index : rule.steps) {
    const LiveStep& step = program_.steps[index];
    if (step.way == LiveWay::kSlot) {
      const PlannedWindow& planned = plan_.windows[plan_.slots[step.a].window];
      bounds_[plan_.slots[step.a].window] =
          bounds_of(planned.window, moments_[planned.shift].now, zone_for(planned.window.own_zone));
      find_span(program_.slots[step.a].span);
    }
    run_step(step);
  }
}

// Rules are evaluated at what comes next for any of them, until one turns. Nothing of what was seen
// from the as-of is left then.
void LiveEvaluator::watch_ahead() {
  constexpr int kMostSteps = 64;
  const auto& rules = program_.watch.ahead;
  if (rules.empty()) return;
  const Instant now = now_;
  std::optional<Instant> best = next_;
  for (size_t i = 0; i < rules.size(); ++i) {
    ahead_[i] = {next_of(rules[i]).value_or(Instant{INT64_MAX}), numbers_[rules[i].root]};
  }
  const auto earlier = [](const Turn& a, const Turn& b) { return a.next < b.next; };
  for (int step = 0;; ++step) {
    Turn& first = *std::min_element(ahead_.begin(), ahead_.end(), earlier);
    const Instant t = first.next;
    if (t.micros == INT64_MAX || (best && t >= *best)) break;
    const LiveWatch::Ahead& rule = rules[static_cast<size_t>(&first - ahead_.data())];
    if (step < kMostSteps) run_ahead(rule, t);
    if (step == kMostSteps || numbers_[rule.root] != first.truth || overflow_ || error_) {
      best = t;
      break;
    }
    first.next = next_of(rule).value_or(Instant{INT64_MAX});
  }
  now_ = now;
  next_ = best;
  overflow_ = false;
  error_.reset();
}

Result<std::optional<Instant>> LiveEvaluator::next_change() {
  next_.reset();
  if (now_ >= kFarthest) return next_;
  const LiveWatch& watch = program_.watch;
  for (const auto& one : watch.edges) watch_edge(one);
  for (const auto& one : watch.thresholds) watch_threshold(one);
  for (const auto& one : watch.since) watch_since(one);
  for (const auto& one : watch.comings) watch_coming(one);
  REGULARS_TRY(watch_found());
  watch_ahead();
  return next_;
}

}  // namespace regulars::evaluate
