// Aggregates: over the rows that a selection takes between the ends of a window.
#include <algorithm>

#include "evaluate/fold_events.h"
#include "evaluate/live_evaluator.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

uint32_t reached(const Instant* at, uint32_t count, Instant limit) {
  constexpr uint32_t kFew = 24;
  if (count > kFew) return static_cast<uint32_t>(std::upper_bound(at, at + count, limit) - at);
  uint32_t found = 0;
  for (uint32_t i = 0; i < count; ++i) found += at[i] <= limit ? 1 : 0;
  return found;
}

uint64_t bits_between(uint32_t begin, uint32_t end) { return first_bits(end) & ~first_bits(begin); }

}  // namespace

// Whether some linked event comes later than t.
bool LiveEvaluator::linked_to_come(Instant t) const {
  if (customer_->extra_ == nullptr) return false;
  for (const auto& [type, all] : customer_->extra_->links) {
    for (const EventLinks& links : all) {
      const size_t other = program_.layout.type_of(links.type);
      const TypeRows* rows = customer_->find(other);
      if (rows != nullptr && rows->events.rows > 0 && customer_->last_at(other) > t) return true;
    }
  }
  return false;
}

// Whether her index, if there is one, says what a selection takes seen from its as-of.
bool LiveEvaluator::index_holds(bool clocked, bool linked, uint32_t selection) const {
  if (clocked) return false;
  return !linked || !linked_to_come(moments_[plan_.selections[selection].shift].now);
}

const LiveEvaluator::Picked& LiveEvaluator::picked(uint32_t selection) {
  Picked& made = picked_[selection];
  if (made.made) return made;
  const Selection& planned = plan_.selections[selection];
  const LiveSelection& what = program_.selections[selection];
  here_ = &types_[planned.event];
  made = {};
  made.made = true;
  made.all = what.all;
  if (made.all) return made;
  const uint32_t count = here_->size(planned.items);
  seen_ = moments_[planned.shift];
  if (here_->kept && index_holds(what.clocked, what.linked, selection)) {
    made.rows = &here_->index->rows[what.place];
    return made;
  }
  if (count <= kChunk) {
    made.small = true;
    if (count > 0) made.mask = truths(what.root, planned.items, 0, count).yes;
    return made;
  }
  std::vector<uint32_t>& rows = clocked_rows_[selection];
  rows.clear();
  list_rows(selection, 0, rows);
  made.rows = &rows;
  return made;
}

void LiveEvaluator::find_span(uint32_t index) {
  const auto [selection, window] = program_.spans[index];
  const Selection& planned = plan_.selections[selection];
  const Here& here = types_[planned.event];
  if (here.count == 0) return;
  const Picked& rows = picked(selection);
  const Bounds& bounds = bounds_[window];
  const auto place = [&](Instant limit) {
    const uint32_t row = reached(here.at, here.count, limit);
    return rows.before(planned.items ? LiveCustomer::items_before(*here.rows, *here.events, row)
                                     : row);
  };
  const uint32_t end = place(bounds.upto);
  spans_[index] = {bounds.after.micros == INT64_MIN ? 0 : place(bounds.after), end};
}

int64_t LiveEvaluator::value_at(uint32_t series, uint32_t row) {
  const LiveSeries& what = program_.series[series];
  const bool of_item = what.kind == LiveSeries::Kind::kItemColumn;
  const bool items = plan_.selections[plan_.series[series].selection].items;
  const uint32_t event = items ? here_->index->parents[row] : row;
  switch (what.kind) {
    case LiveSeries::Kind::kColumn:
    case LiveSeries::Kind::kItemColumn: {
      const LiveLayout::Rows& layout = of_item ? *here_->items : *here_->events;
      const auto& block = of_item ? here_->rows->items : here_->rows->events;
      const uint32_t at = of_item ? row : event;
      const auto& place = layout.columns[what.column];
      if (place.text) return LiveCustomer::column<uint32_t>(block, place.before)[at];
      return LiveCustomer::column<int64_t>(block, place.before)[at];
    }
    case LiveSeries::Kind::kAt:
      return here_->at[event].micros;
    case LiveSeries::Kind::kDay:
      return here_->index->days[event];
    default: {
      int64_t value = kMissing;
      if (what.kind == LiveSeries::Kind::kExpression) numbers(what.root, items, row, 1, &value);
      return value;
    }
  }
}

// The values of a series of numbers, where they lie side by side; null: elsewhere.
const int64_t* LiveEvaluator::number_column(uint32_t series) const {
  const LiveSeries& what = program_.series[series];
  const bool items = plan_.selections[plan_.series[series].selection].items;
  if (what.kind == LiveSeries::Kind::kColumn && !items) {
    const auto& place = here_->events->columns[what.column];
    if (place.text) return nullptr;
    return LiveCustomer::column<int64_t>(here_->rows->events, place.before);
  }
  if (what.kind != LiveSeries::Kind::kItemColumn) return nullptr;
  const auto& place = here_->items->columns[what.column];
  return place.text ? nullptr : LiveCustomer::column<int64_t>(here_->rows->items, place.before);
}

// Calls each(row) for the rows at places [begin, end) of a selection.
template <class Each>
void LiveEvaluator::for_each_row(uint32_t selection, Span span, Each each) {
  const Picked& rows = picked_[selection];
  if (rows.small) {
    for (uint64_t mask = rows.mask & bits_between(span.begin, span.end); mask != 0;
         mask &= mask - 1) {
      each(static_cast<uint32_t>(std::countr_zero(mask)));
    }
    return;
  }
  for (uint32_t i = span.begin; i < span.end; ++i) each(rows.all ? i : (*rows.rows)[i]);
}

uint32_t LiveEvaluator::count_in(uint32_t selection, Span span) const {
  const Picked& rows = picked_[selection];
  if (!rows.small) return span.end - span.begin;
  return static_cast<uint32_t>(std::popcount(rows.mask & bits_between(span.begin, span.end)));
}

// What her index holds of a series of the type that is looked at; null: nothing that can be used.
const SeriesIndex* LiveEvaluator::kept(uint32_t series) {
  if (!here_->kept) return nullptr;
  const LiveSeries& what = program_.series[series];
  const uint32_t selection = plan_.series[series].selection;
  if (!index_holds(what.clocked, what.linked, selection)) return nullptr;
  return &here_->index->series[what.place];
}

Int128 LiveEvaluator::sum(uint32_t series, Span span) {
  const SeriesIndex* index = kept(series);
  if (index != nullptr && program_.series[series].sums) {
    const uint32_t count = std::max(span.end - span.begin, 1U);
    if (index->largest <= static_cast<uint64_t>(INT64_MAX) / count) {
      return static_cast<int64_t>(index->sums[span.end] - index->sums[span.begin]);
    }
  }
  Int128 all = 0;
  const uint32_t selection = plan_.series[series].selection;
  if (const int64_t* values = number_column(series)) {
    for_each_row(selection, span, [&](uint32_t row) { all += values[row]; });
  } else {
    for_each_row(selection, span, [&](uint32_t row) { all += value_at(series, row); });
  }
  return all;
}

int64_t LiveEvaluator::extreme(const Slot& slot, Span span) {
  const bool least = slot.kind == AggregateKind::kMin;
  const uint32_t selection = plan_.series[slot.series].selection;
  const SeriesIndex* index = kept(slot.series);
  if (index != nullptr && span.begin < span.end) {
    const Picked& rows = picked_[selection];
    const auto value = [&](uint32_t i) {
      return value_at(slot.series, rows.all ? i : (*rows.rows)[i]);
    };
    return (least ? index->least : index->greatest).of(span.begin, span.end, value);
  }
  int64_t found = kMissing;
  for_each_row(selection, span, [&](uint32_t row) {
    const int64_t value = value_at(slot.series, row);
    if (found == kMissing || (value < found) == least) found = value;
  });
  return found;
}

int64_t LiveEvaluator::distinct(uint32_t series, Span span) {
  const uint32_t selection = plan_.series[series].selection;
  const SeriesIndex* index = kept(series);
  if (index != nullptr && program_.series[series].places && span.end == index->places.size()) {
    return index->places.different_from(span.begin);
  }
  room_.clear();
  for_each_row(selection, span, [&](uint32_t row) { room_.push_back(value_at(series, row)); });
  std::sort(room_.begin(), room_.end());
  return std::unique(room_.begin(), room_.end()) - room_.begin();
}

// First, last and nth: a row, or kMissing.
int64_t LiveEvaluator::nth(const Slot& slot, Span span) {
  const uint32_t selection = plan_.series[slot.series].selection;
  const Picked& rows = picked_[selection];
  int64_t n = slot.kind == AggregateKind::kFirst ? 1 : -1;
  if (slot.kind == AggregateKind::kNth) n = slot.rule.n;
  if (rows.small) {
    uint64_t mask = rows.mask & bits_between(span.begin, span.end);
    for (; n > 1 && mask != 0; --n) mask &= mask - 1;
    for (; n < -1 && mask != 0; ++n) mask &= ~(uint64_t{1} << (63 - std::countl_zero(mask)));
    if (mask == 0) return kMissing;
    return n > 0 ? std::countr_zero(mask) : 63 - std::countl_zero(mask);
  }
  const auto count = static_cast<int64_t>(span.end - span.begin);
  if (n > count || n < -count) return kMissing;
  const auto place = static_cast<uint32_t>(n > 0 ? span.begin + n - 1 : span.end + n);
  return rows.all ? place : (*rows.rows)[place];
}

void LiveEvaluator::set_row(uint32_t node, uint32_t series, int64_t row) {
  const Type& type = plan_.series[series].type;
  const int64_t value = row == kMissing ? kMissing : value_at(series, static_cast<uint32_t>(row));
  switch (program_.nodes[node].form) {
    case Form::kTexts: {
      const bool known = row != kMissing && value != kNoCode;
      texts_[node] =
          known ? dictionary_of(series)->text(static_cast<uint32_t>(value)) : std::string_view();
      return;
    }
    case Form::kTruths:
      numbers_[node] = value == kMissing || type.untyped ? kUnknownTruth
                       : value != 0                      ? kTrue
                                                         : kFalse;
      return;
    case Form::kReals:
      reals_[node] = kUnknownReal;
      return;
    default:
      numbers_[node] = value;
  }
}

const Dictionary* LiveEvaluator::dictionary_of(uint32_t series) const {
  const LiveSeries& what = program_.series[series];
  const uint32_t event = plan_.selections[plan_.series[series].selection].event;
  const Schema::EventType& heads = program_.layout.schema().events[program_.types[event].type];
  const bool of_item = what.kind == LiveSeries::Kind::kItemColumn;
  return (of_item ? heads.item_columns : heads.columns)[what.column].dictionary.get();
}

void LiveEvaluator::slot(uint32_t node, uint32_t index) {
  const LiveSlot& made = program_.slots[index];
  if (made.anchored) {
    const uint32_t window = plan_.slots[index].window;
    find_anchored(window);
    if (unknown_window_[window] != 0) return set_unknown(node);
    find_span(made.span);
  }
  here_ = &types_[made.event];
  if (here_->count == 0) {
    numbers_[node] = made.nothing;
    reals_[node] = made.nothing_real;
    texts_[node] = {};
    return;
  }
  fold(node, index, spans_[made.span]);
}

void LiveEvaluator::fold(uint32_t node, uint32_t index, Span span) {
  const LiveSlot& made = program_.slots[index];
  const Slot& slot = plan_.slots[index];
  const uint32_t selection = program_.spans[made.span].selection;
  if (made.kind == AggregateKind::kCount) {
    numbers_[node] = count_in(selection, span);
    return;
  }
  seen_ = moments_[plan_.selections[selection].shift];
  switch (made.kind) {
    case AggregateKind::kSum: {
      const Int128 all = sum(made.series, span);
      if (!is_storable(all)) return fail(overflow("a sum"));
      numbers_[node] = static_cast<int64_t>(all);
      return;
    }
    case AggregateKind::kAvg: {
      const uint32_t count = count_in(selection, span);
      reals_[node] = kUnknownReal;
      if (count == 0) return;
      reals_[node] = quotient(sum(made.series, span), count, plan_.series[made.series].type.scale);
      return;
    }
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      if (!made.numbers) return general(node, slot, span);
      numbers_[node] = extreme(slot, span);
      return;
    case AggregateKind::kFirst:
    case AggregateKind::kLast:
    case AggregateKind::kNth:
      return set_row(node, made.series, nth(slot, span));
    case AggregateKind::kDistinct:
      numbers_[node] = distinct(made.series, span);
      return;
    default:
      return general(node, slot, span);
  }
}

// A vector of the values in the span, as the block kernels have them.
Vector LiveEvaluator::gathered_values(uint32_t series, Span span) {
  const Type& type = plan_.series[series].type;
  const uint32_t selection = plan_.series[series].selection;
  if (form_of(type) == Form::kTexts) {
    std::vector<uint32_t> codes;
    for_each_row(selection, span, [&](uint32_t row) {
      codes.push_back(static_cast<uint32_t>(value_at(series, row)));
    });
    return Vector::own(type, std::move(codes), dictionary_of(series));
  }
  std::vector<int64_t> values;
  if (program_.series[series].kind != LiveSeries::Kind::kNone) {
    for_each_row(selection, span, [&](uint32_t row) { values.push_back(value_at(series, row)); });
  }
  return Vector::own(type, std::move(values));
}

// By the folds of the block kernels.
void LiveEvaluator::general(uint32_t node, const Slot& slot, Span span) {
  const uint32_t first = 0;
  const uint32_t count = count_in(plan_.series[slot.series].selection, span);
  const Ranges ranges{std::span(&first, 1), std::span(&count, 1), {}};
  Result<Vector> result = Vector();
  if (!folds_events(slot.kind)) {
    const SeriesValues values(gathered_values(slot.series, span));
    result = folded(slot, values, ranges);
  } else {
    const Vector values = gathered_values(slot.series, span);
    Vector second;
    if (slot.second != kNoSeries) second = gathered_values(slot.second, span);
    const Moment& moment = moments_[plan_.windows[slot.window].shift];
    const int64_t today = zone_for(slot.rule.own_zone).day_of(moment.now).number;
    const bool two = slot.second != kNoSeries;
    result = folded_events({slot, values, two ? &second : nullptr, ranges, std::span(&today, 1)});
  }
  if (!result) return fail(result.error());
  switch (result->form()) {
    case Form::kNumbers:
      numbers_[node] = result->number(0);
      break;
    case Form::kReals:
      reals_[node] = result->real(0);
      break;
    case Form::kTruths:
      numbers_[node] = result->truth(0);
      break;
    case Form::kTexts:
      kept_texts_[node] = result->known(0) ? std::string(result->text(0)) : std::string();
      texts_[node] = result->known(0) ? std::string_view(kept_texts_[node]) : std::string_view();
      break;
  }
}

void LiveEvaluator::set_unknown(uint32_t node) {
  numbers_[node] = program_.nodes[node].form == Form::kTruths ? kUnknownTruth : kMissing;
  reals_[node] = kUnknownReal;
  texts_[node] = {};
}

}  // namespace regulars::evaluate
