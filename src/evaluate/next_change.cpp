#include "evaluate/next_change.h"

#include <algorithm>

#include "evaluate/checker.h"
#include "evaluate/over_time.h"
#include "evaluate/timeline.h"

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

ChangeFinder::ChangeFinder(const SharedTree& tree, const Question& question, const RowPlace* row,
                           Search search)
    : tree_(tree),
      question_(question),
      asked_(question),
      row_(row),
      search_(search),
      horizon_(question.as_of),
      limit_(question.as_of),
      places_(tree.size()) {}

void ChangeFinder::look(Instant from, Instant limit) {
  question_.as_of = from;
  horizon_ = limit_ = limit;
  found_ = false;
}

ChangeFinder ChangeFinder::inner(const Question& question, const RowPlace* row) const {
  ChangeFinder finder(tree_, question, row, Search::kNext);
  finder.look(question.as_of, limit_);
  return finder;
}

void ChangeFinder::add(std::optional<Instant> x) {
  if (!x || *x <= now() || *x > limit_ || (found_ && *x == limit_)) return;
  limit_ = *x;
  found_ = true;
}

const Zone& ChangeFinder::zone(bool own) const { return zone_of(question_, own); }

ChangeFinder::Kept* ChangeFinder::kept_of(const Expression& e) {
  const uint32_t part = tree_.number_of(e);
  if (part == SharedTree::kForeign) return nullptr;
  if (places_[part] == 0) {
    kept_.emplace_back();
    places_[part] = static_cast<uint32_t>(kept_.size());
  }
  return &kept_[places_[part] - 1];
}

// Whether what was found earlier answers for now; if so its end counts as found.
bool ChangeFinder::still_holds(const Standstill& known) {
  if (!known.covers(now())) return false;
  if (!known.until_found) return known.until > limit_;
  add(known.until);
  return true;
}

ChangeFinder::Scope ChangeFinder::open() {
  const Scope outer{limit_, found_};
  if (search_ == Search::kFollow) {
    limit_ = horizon_;
    found_ = false;
  }
  return outer;
}

Standstill ChangeFinder::close(const Scope& outer) {
  const Standstill made{now(), found_ ? limit_ : limit_ + microseconds(1), found_};
  if (search_ == Search::kFollow) {
    limit_ = outer.limit;
    found_ = outer.found;
    if (made.until_found) add(made.until);
  }
  return made;
}

void ChangeFinder::search(const Expression& e) {
  const Result<Value> value = value_at(e, now());
  // At the limit something else may change as well; before it nothing does.
  const Instant last = found_ ? limit_ - microseconds(1) : limit_;
  add(first_holding(now(), last, [&](Instant x) { return !same(value_at(e, x), value); }));
}

// Whether a value that moves in steps does so several times within kShortestStep, while nothing
// else happens: floor(1000 * seconds).
bool ChangeFinder::hurries(const Expression& e) {
  const Instant end = std::min(now() + kShortestStep, limit_ - microseconds(1));
  const Duration third{(end - now()).micros / 3};
  if (third.micros < 1) return false;
  Result<Value> last = value_at(e, now());
  for (int64_t i = 1; i <= 3; ++i) {
    Result<Value> next = value_at(e, now() + microseconds(i * third.micros));
    if (same(last, next)) return false;
    last = std::move(next);
  }
  return true;
}

Result<void> ChangeFinder::stop_motion(const Expression& e, const Motion& motion) {
  if (motion.still()) return {};
  if (!motion.steps || hurries(e)) {
    return Error(ErrorCode::kUnsupported,
                 in_words(e) + " changes many times a second: when it does cannot be told",
                 "Compare it with something, or count whole days.");
  }
  search(e);
  return {};
}

Result<void> ChangeFinder::settle(const Expression& e) {
  Kept* kept = kept_of(e);
  if (kept != nullptr && still_holds(kept->settled)) return {};
  const Scope outer = open();
  const Result<Motion> motion = walk(e);
  const Result<void> stopped = motion ? stop_motion(e, *motion) : motion.error();
  const Standstill made = close(outer);
  if (stopped && kept != nullptr) kept->settled = made;
  return stopped;
}

Result<void> ChangeFinder::settle_arguments(const Expression& e) {
  for (const ExpressionPtr& argument : e.arguments) REGULARS_TRY(settle(*argument));
  return {};
}

Result<Motion> ChangeFinder::walk(const Expression& e) {
  Kept* kept = kept_of(e);
  if (kept != nullptr && still_holds(kept->walked)) return kept->motion;
  const Scope outer = open();
  Result<Motion> motion = walk_anew(e);
  const Standstill made = close(outer);
  if (motion && kept != nullptr) {
    kept->walked = made;
    kept->motion = *motion;
  }
  return motion;
}

Result<Motion> ChangeFinder::walk_anew(const Expression& e) {
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
        const RowPlace place{&stream, row_->event, item};
        ChangeFinder finder = inner(question_, &place);
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
  const SharedTree tree(trees);
  ChangeFinder finder(tree, question, nullptr, ChangeFinder::Search::kNext);
  finder.look(question.as_of, kFarthest);
  for (const ExpressionPtr& root : trees) REGULARS_TRY(finder.settle(*root));
  return finder.found() ? std::optional<Instant>(finder.limit()) : std::nullopt;
}

}  // namespace regulars::evaluate
