#include "evaluate/expression.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "base/random.h"

namespace regulars::evaluate {
namespace {

bool same(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (a == b) return true;
  return a != nullptr && b != nullptr && equal(*a, *b);
}

uint64_t combine(uint64_t seed, uint64_t value) { return mix(seed * 31 + value); }
uint64_t combine(uint64_t seed, int64_t value) {
  return combine(seed, static_cast<uint64_t>(value));
}
uint64_t combine(uint64_t seed, int value) { return combine(seed, int64_t{value}); }
uint64_t combine(uint64_t seed, const std::string& text) {
  return combine(seed, stable_hash(text));
}

uint64_t combine(uint64_t seed, const ExpressionPtr& e) {
  return e == nullptr ? combine(seed, 0) : combine(seed, regulars::evaluate::hash_of(*e));
}

uint64_t hash_of(const RetailCalendar& r) {
  const uint64_t seed = combine(static_cast<uint64_t>(r.pattern), static_cast<int>(r.year_end));
  return combine(combine(seed, r.year_end_month), r.week_start);
}

uint64_t hash_of(const Literal& literal) {
  uint64_t seed = combine(uint64_t{2}, static_cast<int>(literal.type));
  seed = combine(combine(seed, literal.number), literal.scale);
  return combine(combine(seed, std::bit_cast<int64_t>(literal.real)), literal.text);
}

uint64_t hash_of(const Window& w) {
  uint64_t seed = combine(uint64_t{1}, static_cast<int>(w.kind));
  for (const int64_t part : {w.from.micros, w.to.micros, w.begin.micros, w.end.micros}) {
    seed = combine(seed, part);
  }
  for (const int part : {w.from_months, w.to_months, w.count, static_cast<int>(w.period)}) {
    seed = combine(seed, part);
  }
  seed = combine(combine(seed, w.own_zone ? 1 : 0), w.anchor);
  return combine(seed, hash_of(w.retail));
}

uint64_t hash_of(const Aggregate& a) {
  uint64_t seed = combine(hash_of(a.window), static_cast<int>(a.kind));
  seed = combine(seed, a.event);
  seed = combine(combine(seed, static_cast<int>(a.value.kind)), a.value.column);
  seed = combine(combine(seed, a.where), a.value.expression);
  seed = combine(combine(seed, a.gap.micros), a.half_life_days);
  seed = combine(combine(seed, a.n), a.rhythm.twice_shop_gap_days);
  seed = combine(combine(seed, a.rhythm.twice_factor), a.rhythm.first_gap_limit_days);
  seed = combine(combine(seed, static_cast<int>(a.period)), a.own_zone ? 1 : 0);
  seed = combine(combine(seed, hash_of(a.retail)), hash_of(a.literal));
  seed = combine(combine(seed, static_cast<int>(a.weight.kind)), a.weight.column);
  return combine(seed, a.weight.expression);
}

uint64_t hash_of(const Sequence& s) {
  uint64_t seed = combine(hash_of(s.window), s.strict ? 1 : 0);
  for (const Sequence::Step& step : s.steps) {
    seed = combine(combine(seed, step.event), step.where);
    seed = combine(combine(seed, step.within.micros), step.at_least.micros);
    seed = combine(seed, step.absent ? 1 : 0);
    for (const Sequence::Correlation& equal : step.equal) {
      seed = combine(combine(seed, equal.column), equal.item ? 1 : 0);
      seed = combine(combine(seed, uint64_t{equal.step}), equal.other);
      seed = combine(seed, equal.other_item ? 1 : 0);
    }
  }
  return seed;
}

ExpressionPtr leaf(Op op, std::string name = {}) {
  auto result = std::make_shared<Expression>();
  result->op = op;
  result->name = std::move(name);
  return result;
}

ExpressionPtr literal(ValueType type, int64_t number, int scale = 0) {
  auto result = std::make_shared<Expression>();
  result->literal.type = type;
  result->literal.number = number;
  result->literal.scale = scale;
  return result;
}

}  // namespace

uint64_t hash_of(const Expression& e) {
  uint64_t seed = combine(uint64_t{3}, static_cast<int>(e.op));
  seed = combine(seed, e.name);
  seed = combine(combine(seed, hash_of(e.literal)), e.own_zone ? 1 : 0);
  if (e.aggregate) seed = combine(seed, hash_of(*e.aggregate));
  for (const ExpressionPtr& argument : e.arguments) seed = combine(seed, hash_of(*argument));
  if (e.window) seed = combine(seed, hash_of(*e.window));
  if (e.sequence) seed = combine(seed, hash_of(*e.sequence));
  if (e.population) seed = combine(seed, e.population->key);
  seed = combine(combine(seed, static_cast<int>(e.shift.kind)), e.shift.back.micros);
  seed = combine(combine(seed, e.shift.months), e.shift.instant.micros);
  return combine(combine(seed, static_cast<int>(e.shift.period)), hash_of(e.shift.retail));
}

bool operator==(const Window& a, const Window& b) {
  return a.kind == b.kind && a.from == b.from && a.to == b.to && a.from_months == b.from_months &&
         a.to_months == b.to_months && a.count == b.count && a.period == b.period &&
         a.begin == b.begin && a.end == b.end && a.retail == b.retail && a.own_zone == b.own_zone &&
         same(a.anchor, b.anchor);
}

bool operator==(const AggregateValue& a, const AggregateValue& b) {
  return a.kind == b.kind && a.column == b.column && same(a.expression, b.expression);
}

bool equal(const Sequence& a, const Sequence& b) {
  const auto same_step = [](const Sequence::Step& x, const Sequence::Step& y) {
    return x.event == y.event && same(x.where, y.where) && x.absent == y.absent &&
           x.within == y.within && x.at_least == y.at_least && x.equal == y.equal;
  };
  return a.strict == b.strict && a.window == b.window &&
         std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), same_step);
}

bool equal(const Aggregate& a, const Aggregate& b) {
  return a.kind == b.kind && a.event == b.event && a.value == b.value && a.window == b.window &&
         a.n == b.n && a.rhythm == b.rhythm && same(a.where, b.where) && a.gap == b.gap &&
         a.period == b.period && a.retail == b.retail && a.own_zone == b.own_zone &&
         a.half_life_days == b.half_life_days && a.literal == b.literal && a.weight == b.weight;
}

namespace {

bool same_group(const Population::Group& a, const Population::Group& b) {
  return a.name == b.name && a.numbers == b.numbers && a.reals == b.reals;
}

// The same measure at two cut-offs is two populations.
bool same_population(const PopulationPtr& a, const PopulationPtr& b) {
  if (a == b) return true;
  return a != nullptr && b != nullptr && a->key == b->key && a->type == b->type &&
         a->scale == b->scale &&
         std::equal(a->groups.begin(), a->groups.end(), b->groups.begin(), b->groups.end(),
                    same_group);
}

}  // namespace

bool equal(const Expression& a, const Expression& b) {
  if (a.op != b.op || a.name != b.name || a.literal != b.literal) return false;
  if (a.aggregate.has_value() != b.aggregate.has_value()) return false;
  if (a.aggregate && !equal(*a.aggregate, *b.aggregate)) return false;
  if ((a.window == nullptr) != (b.window == nullptr)) return false;
  if (a.window && !(*a.window == *b.window)) return false;
  if ((a.sequence == nullptr) != (b.sequence == nullptr)) return false;
  if (a.sequence && !equal(*a.sequence, *b.sequence)) return false;
  if (a.shift != b.shift || a.own_zone != b.own_zone) return false;
  if (!same_population(a.population, b.population)) return false;
  return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                    same);
}

Window lifetime() { return {}; }
Window rolling(Duration length) { return between_ago(length, Duration{}); }

Window between_ago(Duration from, Duration to) {
  Window window;
  window.kind = Window::Kind::kRolling;
  window.from = from;
  window.to = to;
  return window;
}

Window months(int count) {
  Window window;
  window.kind = Window::Kind::kMonths;
  window.from_months = count;
  return window;
}

Window calendar_days(int count) {
  Window window;
  window.kind = Window::Kind::kCalendarDays;
  window.count = count;
  return window;
}

Window this_period(Window::Period period) {
  Window window;
  window.kind = Window::Kind::kThisPeriod;
  window.period = period;
  return window;
}

Window last_period(Window::Period period) {
  Window window;
  window.kind = Window::Kind::kLastPeriod;
  window.period = period;
  return window;
}

Window absolute(Instant begin, Instant end) {
  Window window;
  window.kind = Window::Kind::kBetween;
  window.begin = begin;
  window.end = end;
  return window;
}

AggregateValue column_value(std::string name) {
  return {AggregateValue::Kind::kColumn, std::move(name), nullptr};
}
AggregateValue item_value(std::string name) {
  return {AggregateValue::Kind::kItemColumn, std::move(name), nullptr};
}
AggregateValue at_value() { return {AggregateValue::Kind::kAt, {}, nullptr}; }
AggregateValue day_value() { return {AggregateValue::Kind::kDay, {}, nullptr}; }
AggregateValue expression_value(ExpressionPtr expression, bool of_items) {
  const auto kind =
      of_items ? AggregateValue::Kind::kItemExpression : AggregateValue::Kind::kExpression;
  return {kind, {}, std::move(expression)};
}

bool reads_items(const AggregateValue& value) {
  return value.kind == AggregateValue::Kind::kItemColumn ||
         value.kind == AggregateValue::Kind::kItemExpression;
}

ExpressionPtr make(Op op, std::vector<ExpressionPtr> arguments) {
  auto result = std::make_shared<Expression>();
  result->op = op;
  result->arguments = std::move(arguments);
  return result;
}

ExpressionPtr integer(int64_t value) { return literal(ValueType::kInteger, value); }
ExpressionPtr decimal(Decimal value) {
  return literal(ValueType::kDecimal, value.units, value.scale);
}
ExpressionPtr instant(Instant value) { return literal(ValueType::kInstant, value.micros); }
ExpressionPtr day(Day value) { return literal(ValueType::kDay, value.number); }
ExpressionPtr boolean(bool value) { return literal(ValueType::kBoolean, value ? 1 : 0); }
ExpressionPtr unknown() { return literal(ValueType::kBoolean, kMissing); }

ExpressionPtr real(double value) {
  auto result = std::make_shared<Expression>();
  result->literal.type = ValueType::kReal;
  result->literal.real = value;
  return result;
}

ExpressionPtr text(std::string value) {
  auto result = std::make_shared<Expression>();
  result->literal.type = ValueType::kText;
  result->literal.text = std::move(value);
  return result;
}

ExpressionPtr column(std::string name) { return leaf(Op::kColumn, std::move(name)); }
ExpressionPtr item_column(std::string name) { return leaf(Op::kItemColumn, std::move(name)); }
ExpressionPtr attribute(std::string name) { return leaf(Op::kAttribute, std::move(name)); }
ExpressionPtr as_of() { return leaf(Op::kAsOf); }
ExpressionPtr as_of_day() { return leaf(Op::kAsOfDay); }

ExpressionPtr aggregate(Aggregate aggregate) {
  auto result = std::make_shared<Expression>();
  result->op = Op::kAggregate;
  result->aggregate = std::move(aggregate);
  return result;
}

ExpressionPtr in_window(ExpressionPtr value, Window window) {
  return over_time(Op::kInWindow, std::move(value), std::move(window));
}

ExpressionPtr elapsed(ExpressionPtr since, Duration unit) {
  return over_time(Op::kElapsed, std::move(since), rolling(unit));
}

ExpressionPtr shifted(ExpressionPtr value, Shift shift) {
  auto result = std::make_shared<Expression>();
  result->op = Op::kShifted;
  result->arguments = {std::move(value)};
  result->shift = shift;
  return result;
}

ExpressionPtr sequence(Sequence sequence) {
  auto result = std::make_shared<Expression>();
  result->op = Op::kSequence;
  result->sequence = std::make_shared<const Sequence>(std::move(sequence));
  return result;
}

ExpressionPtr over_time(Op op, ExpressionPtr rule, Window window) {
  auto result = std::make_shared<Expression>();
  result->op = op;
  result->arguments = {std::move(rule)};
  result->window = std::make_shared<const Window>(std::move(window));
  return result;
}

}  // namespace regulars::evaluate
