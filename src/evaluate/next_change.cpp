#include "evaluate/next_change.h"

#include "evaluate/checker.h"
#include "evaluate/over_time.h"

namespace regulars::evaluate {
namespace {

// An error is an answer of its own.
bool same(const Result<Value>& a, const Result<Value>& b) {
  if (a.ok() != b.ok()) return false;
  if (!a.ok()) return a.error().code() == b.error().code();
  if (!a->known || !b->known) return a->known == b->known;
  return *a == *b;
}

}  // namespace

void ChangeFinder::add(std::optional<Instant> x) {
  if (!x || *x <= now() || *x > limit_ || (found_ && *x == limit_)) return;
  limit_ = *x;
  found_ = true;
}

const Zone& ChangeFinder::zone(bool own) const { return zone_of(question_, own); }

Result<Value> ChangeFinder::value_at(const Expression& e, Instant t) const {
  Question then = question_;
  then.as_of = t;
  if (row_ == nullptr) return evaluate_reference(e, then);
  return evaluate_row(e, then, *row_->stream, row_->event, row_->item);
}

void ChangeFinder::search(const Expression& e) {
  const Result<Value> value = value_at(e, now());
  // At the limit something else may change as well; before it nothing does.
  const Instant last = found_ ? limit_ - microseconds(1) : limit_;
  add(first_holding(now(), last, [&](Instant x) { return !same(value_at(e, x), value); }));
}

Result<void> ChangeFinder::stop_motion(const Expression& e, const Motion& motion) {
  if (motion.still()) return {};
  if (!motion.steps) {
    return Error(ErrorCode::kUnsupported,
                 in_words(e) + " changes with every microsecond: when it does cannot be told",
                 "Compare it with something, or count whole days.");
  }
  search(e);
  return {};
}

Result<void> ChangeFinder::settle(const Expression& e) {
  REGULARS_ASSIGN(const Motion motion, walk(e));
  return stop_motion(e, motion);
}

Result<void> ChangeFinder::settle_arguments(const Expression& e) {
  for (const ExpressionPtr& argument : e.arguments) REGULARS_TRY(settle(*argument));
  return {};
}

Result<Motion> ChangeFinder::walk(const Expression& e) {
  switch (e.op) {
    case Op::kAsOf:
      return Motion{Motion::Kind::kUp, false};
    case Op::kAsOfDay:
      return Motion{Motion::Kind::kUp, true};
    case Op::kAggregate:
      return aggregate(e);
    case Op::kInWindow:
      return in_window(e);
    case Op::kSequence:
      return sequence(e);
    case Op::kLinkedSum:
      next_event(e.literal.text);
      return Motion{};
    case Op::kAnyItem:
    case Op::kAllItems: {
      const Stream& stream = *row_->stream;
      if (stream.item_offset.empty()) return Motion{};
      for (uint32_t item = stream.item_offset[row_->event];
           item < stream.item_offset[row_->event + 1]; ++item) {
        const RowPlace inner{&stream, row_->event, item};
        ChangeFinder finder(question_, &inner, limit_);
        REGULARS_TRY(finder.settle(*e.arguments[0]));
        if (finder.found()) add(finder.limit());
      }
      return Motion{};
    }
    case Op::kShifted:
      return shifted(e);
    case Op::kOfUnit:
      return of_unit(e);
    case Op::kEver:
    case Op::kEntered:
    case Op::kSince:
      return over_time(e);
    default:
      return operation(e);
  }
}

Result<std::optional<Instant>> next_change(std::span<const ExpressionPtr> trees,
                                           const Question& question) {
  if (question.as_of >= kFarthest) return std::optional<Instant>();
  ChangeFinder finder(question, nullptr, kFarthest);
  for (const ExpressionPtr& tree : trees) REGULARS_TRY(finder.settle(*tree));
  return finder.found() ? std::optional<Instant>(finder.limit()) : std::nullopt;
}

}  // namespace regulars::evaluate
