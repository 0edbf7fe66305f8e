#include <algorithm>

#include "evaluate/fold_events.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

// One of a customer's different values.
struct Entry {
  uint32_t row;  // one that has it
  Int128 weight;
};

bool smaller(const Vector& values, uint32_t a, uint32_t b) {
  switch (values.form()) {
    case Form::kTexts:
      return values.text(a) < values.text(b);
    case Form::kTruths:
      return values.truth(a) < values.truth(b);
    default:
      return values.number(a) < values.number(b);
  }
}

bool is_literal(const Vector& values, uint32_t row, const Literal& literal) {
  switch (values.form()) {
    case Form::kTexts:
      return values.text(row) == literal.text;
    case Form::kTruths:
      return values.truth(row) == (literal.number != 0 ? kTrue : kFalse);
    default:
      return compare_units(values.number(row), values.type().scale, literal.number,
                           literal.scale) == 0;
  }
}

class Weights {
 public:
  explicit Weights(const EventFold& fold) : values_(fold.values), weights_(fold.second) {}

  // The different values of a range; `key` tells them apart.
  template <class Key>
  const std::vector<Entry>& different(uint32_t begin, uint32_t end, Key key) {
    rows_.clear();
    for (uint32_t row = begin; row < end; ++row) rows_.push_back(row);
    std::sort(rows_.begin(), rows_.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
    entries_.clear();
    for (const uint32_t row : rows_) {
      if (entries_.empty() || key(entries_.back().row) != key(row)) entries_.push_back({row, 0});
      entries_.back().weight += weight(row);
    }
    return entries_;
  }

  const std::vector<Entry>& different(uint32_t begin, uint32_t end) {
    switch (values_.form()) {
      case Form::kTruths:
        return different(begin, end, [&](uint32_t row) { return values_.truth(row); });
      case Form::kTexts:
        if (values_.is_coded()) {
          return different(begin, end, [&](uint32_t row) { return values_.codes()[row]; });
        }
        return different(begin, end, [&](uint32_t row) { return values_.text(row); });
      default:
        return different(begin, end, [&](uint32_t row) { return values_.number(row); });
    }
  }

  bool before(const Entry& a, const Entry& b) const {
    return a.weight != b.weight ? a.weight > b.weight : smaller(values_, a.row, b.row);
  }

 private:
  Int128 weight(uint32_t row) const {
    if (weights_ == nullptr) return 1;
    const int64_t number = weights_->form() == Form::kNumbers ? weights_->number(row) : kMissing;
    return number == kMissing ? 0 : number;
  }

  const Vector& values_;
  const Vector* weights_;
  std::vector<uint32_t> rows_;
  std::vector<Entry> entries_;
};

}  // namespace

Vector picked_by_weight(const EventFold& fold) {
  const Ranges& ranges = fold.ranges;
  const bool mode = fold.slot.kind == AggregateKind::kMode;
  Weights weights(fold);
  const auto before = [&](const Entry& a, const Entry& b) { return weights.before(a, b); };
  std::vector<uint32_t> rows(ranges.size(), kNoRow);
  std::vector<int64_t> ranks(ranges.size(), kMissing);
  for (size_t c = 0; c < ranges.size(); ++c) {
    const std::vector<Entry>& entries = weights.different(ranges.begin[c], ranges.end[c]);
    if (entries.empty()) continue;
    if (mode) {
      rows[c] = std::min_element(entries.begin(), entries.end(), before)->row;
      continue;
    }
    const auto wanted = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return is_literal(fold.values, entry.row, fold.slot.rule.literal);
    });
    if (wanted == entries.end()) continue;
    ranks[c] = 1 + std::count_if(entries.begin(), entries.end(),
                                 [&](const Entry& entry) { return before(entry, *wanted); });
  }
  return mode ? elements(fold.values, rows) : Vector::own(fold.slot.type, std::move(ranks));
}

}  // namespace regulars::evaluate
