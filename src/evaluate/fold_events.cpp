#include "evaluate/fold_events.h"

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

template <class T, class Get>
std::vector<T> taken(const std::vector<uint32_t>& from, T unknown, Get get) {
  std::vector<T> result(from.size(), unknown);
  for (size_t i = 0; i < from.size(); ++i) {
    if (from[i] != kNoRow) result[i] = get(from[i]);
  }
  return result;
}

bool same_element(const Vector& values, uint32_t a, uint32_t b) {
  switch (values.form()) {
    case Form::kTexts:
      return values.is_coded() ? values.codes()[a] == values.codes()[b]
                               : values.text(a) == values.text(b);
    case Form::kTruths:
      return values.truth(a) == values.truth(b);
    default:
      return values.number(a) == values.number(b);
  }
}

uint32_t nth_row(uint32_t begin, uint32_t end, int64_t n) {
  const auto count = static_cast<int64_t>(end - begin);
  if (n > count || n < -count) return kNoRow;
  return static_cast<uint32_t>(n > 0 ? begin + (n - 1) : end + n);
}

uint32_t first_of_run(const Vector& values, uint32_t begin, uint32_t end) {
  if (begin == end) return kNoRow;
  uint32_t first = end - 1;
  while (first > begin && same_element(values, first - 1, end - 1)) --first;
  return first;
}

}  // namespace

Vector elements(const Vector& values, const std::vector<uint32_t>& from) {
  switch (values.form()) {
    case Form::kReals:
      return Vector::own(taken(from, kUnknownReal, [&](uint32_t i) { return values.real(i); }));
    case Form::kTruths:
      return Vector::own(values.type(),
                         taken(from, kUnknownTruth, [&](uint32_t i) { return values.truth(i); }));
    case Form::kNumbers:
      return Vector::own(values.type(),
                         taken(from, kMissing, [&](uint32_t i) { return values.number(i); }));
    case Form::kTexts:
      break;
  }
  if (!values.is_coded()) {
    return Vector::own(taken(from, std::string_view(), [&](uint32_t i) { return values.text(i); }));
  }
  return Vector::own(values.type(),
                     taken(from, kNoCode, [&](uint32_t i) { return values.codes()[i]; }),
                     values.dictionary());
}

Vector picked_by_order(const EventFold& fold) {
  const Ranges& ranges = fold.ranges;
  const bool nth = fold.slot.kind == AggregateKind::kNth;
  std::vector<uint32_t> rows(ranges.size());
  for (size_t c = 0; c < rows.size(); ++c) {
    const uint32_t begin = ranges.begin[c];
    const uint32_t end = ranges.end[c];
    rows[c] = nth ? nth_row(begin, end, fold.slot.rule.n) : first_of_run(fold.values, begin, end);
  }
  return elements(nth ? fold.values : *fold.second, rows);
}

Result<Vector> folded_events(const EventFold& fold) {
  switch (fold.slot.kind) {
    case AggregateKind::kNth:
    case AggregateKind::kRunStart:
      return picked_by_order(fold);
    case AggregateKind::kMode:
    case AggregateKind::kRankOf:
      return picked_by_weight(fold);
    case AggregateKind::kLongestStreak:
    case AggregateKind::kCurrentStreak:
    case AggregateKind::kDecayed:
      return folded_days(fold);
    default:
      return folded_gaps(fold);
  }
}

}  // namespace regulars::evaluate
