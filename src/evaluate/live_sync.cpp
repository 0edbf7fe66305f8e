// Brings what is kept of a customer up to date.
#include <algorithm>

#include "evaluate/live_evaluator.h"

namespace regulars::evaluate {
namespace {

uint64_t magnitude(int64_t value) {
  return value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}

}  // namespace

TypeIndex& LiveEvaluator::hers(size_t event) {
  LiveCustomer::Extra& extra = customer_->extra();
  if (extra.index == nullptr) extra.index = std::make_unique<LiveIndex>();
  LiveIndex& index = *extra.index;
  if (index.plan != &program_ || index.types.size() != types_.size()) {
    index.plan = &program_;
    index.types.clear();
    index.types.resize(types_.size());
  }
  TypeIndex& own = index.types[event];
  own.rows.resize(program_.types[event].selections.size());
  own.series.resize(program_.types[event].series.size());
  return own;
}

void LiveEvaluator::sync(size_t event) {
  Here& here = types_[event];
  here.kept = std::max(here.count, here.item_count) >= program_.indexed_events;
  here.index = here.kept ? &hers(event) : &own_[event];
  TypeIndex& index = *here.index;
  here_ = &here;
  if (here.kept) {
    TypeRows& rows = *customer_->find(program_.types[event].type);
    const uint32_t same = std::min({index.events, rows.changed, here.count});
    if (same < index.events) {
      truncate(event, index, same, LiveCustomer::items_before(rows, *here.events, same));
    }
    if (index.events < here.count) extend(event, index);
    rows.changed = here.count;
    if (!overflow_) return;
    // What leaves 64 bits only with events to come is no error: this time without an index.
    overflow_ = here.kept = false;
    here.index = &own_[event];
  }
  truncate(event, *here.index, 0, 0);
  list_days_and_parents(event, *here.index);
}

void LiveEvaluator::list_days_and_parents(size_t event, TypeIndex& index) {
  const Here& here = types_[event];
  if (program_.types[event].days) {
    for (auto row = static_cast<uint32_t>(index.days.size()); row < here.count; ++row) {
      index.days.push_back(plan_.zone.day_of(here.at[row]).number);
    }
  }
  if (!program_.types[event].parents) return;
  const auto* ends = LiveCustomer::column<uint32_t>(here.rows->events, here.events->item_end);
  for (uint32_t row = index.events; row < here.count; ++row) {
    index.parents.resize(ends[row], row);
  }
}

void LiveEvaluator::truncate(size_t event, TypeIndex& index, uint32_t events, uint32_t items) {
  const LiveType& type = program_.types[event];
  index.events = events;
  index.items = items;
  index.days.resize(std::min<size_t>(index.days.size(), events));
  index.parents.resize(std::min<size_t>(index.parents.size(), items));
  for (size_t i = 0; i < index.rows.size(); ++i) {
    std::vector<uint32_t>& rows = index.rows[i];
    const uint32_t limit = plan_.selections[type.selections[i]].items ? items : events;
    rows.erase(std::lower_bound(rows.begin(), rows.end(), limit), rows.end());
  }
  for (size_t i = 0; i < index.series.size(); ++i) {
    const uint32_t selection = plan_.series[type.series[i]].selection;
    const bool all = program_.selections[selection].all;
    const uint32_t place = program_.selections[selection].place;
    const uint32_t limit = plan_.selections[selection].items ? items : events;
    const uint32_t count = all ? limit : static_cast<uint32_t>(index.rows[place].size());
    SeriesIndex& made = index.series[i];
    const auto value = [&](uint32_t k) {
      return value_at(type.series[i], all ? k : index.rows[place][k]);
    };
    if (made.sums.size() > count + size_t{1}) made.sums.resize(count + size_t{1});
    made.least.truncate(count, value);
    made.greatest.truncate(count, value);
    if (made.places.size() <= count) continue;
    made.places.clear();
    for (uint32_t k = 0; k < count; ++k) made.places.add(value(k));
  }
}

void LiveEvaluator::list_rows(uint32_t selection, uint32_t first, std::vector<uint32_t>& rows) {
  const bool items = plan_.selections[selection].items;
  const uint32_t count = here_->size(items);
  for (; first < count; first += kChunk) {
    const uint32_t some = std::min(kChunk, count - first);
    uint64_t yes = truths(program_.selections[selection].root, items, first, some).yes;
    for (; yes != 0; yes &= yes - 1) {
      rows.push_back(first + static_cast<uint32_t>(std::countr_zero(yes)));
    }
  }
}

void LiveEvaluator::extend(size_t event, TypeIndex& index) {
  const LiveType& type = program_.types[event];
  const Here& here = types_[event];
  list_days_and_parents(event, index);
  // What is linked counts whenever it happened; asked about before, it is not taken from here.
  constexpr Instant kEndOfTime{253'402'300'799'999'999};  // of the year 9999
  seen_ = {kEndOfTime, {}};
  for (const uint32_t selection : type.selections) {
    const LiveSelection& made = program_.selections[selection];
    const uint32_t first = plan_.selections[selection].items ? index.items : index.events;
    if (!made.all) list_rows(selection, first, index.rows[made.place]);
  }
  for (const uint32_t series : type.series) extend_series(series, index);
  if (overflow_) return truncate(event, index, index.events, index.items);
  index.events = here.count;
  index.items = here.item_count;
}

void LiveEvaluator::extend_series(uint32_t series, TypeIndex& index) {
  const LiveSeries& what = program_.series[series];
  const uint32_t selection = plan_.series[series].selection;
  const LiveSelection& from = program_.selections[selection];
  const auto row = [&](uint32_t i) { return from.all ? i : index.rows[from.place][i]; };
  const auto count = from.all ? here_->size(plan_.selections[selection].items)
                              : static_cast<uint32_t>(index.rows[from.place].size());
  const auto value = [&](uint32_t i) { return value_at(series, row(i)); };
  SeriesIndex& made = index.series[what.place];
  if (what.sums) {
    for (auto i = static_cast<uint32_t>(made.sums.size() - 1); i < count; ++i) {
      const int64_t one = value(i);
      made.sums.push_back(made.sums.back() + static_cast<uint64_t>(one));
      made.largest = std::max(made.largest, magnitude(one));
    }
  }
  if (what.least) made.least.extend(count, value);
  if (what.greatest) made.greatest.extend(count, value);
  if (what.places) {
    for (uint32_t i = made.places.size(); i < count; ++i) made.places.add(value(i));
  }
}

size_t Extremes::bytes() const {
  size_t all = levels_.capacity() * sizeof(std::vector<int64_t>);
  for (const auto& level : levels_) all += level.capacity() * sizeof(int64_t);
  return all;
}

size_t bytes_of(const LiveIndex& index) {
  size_t all = sizeof(index) + index.types.capacity() * sizeof(TypeIndex);
  for (const TypeIndex& type : index.types) {
    all += type.parents.capacity() * sizeof(uint32_t) + type.days.capacity() * sizeof(int64_t);
    all += type.rows.capacity() * sizeof(std::vector<uint32_t>);
    all += type.series.capacity() * sizeof(SeriesIndex);
    for (const auto& rows : type.rows) all += rows.capacity() * sizeof(uint32_t);
    for (const SeriesIndex& series : type.series) {
      all += series.sums.capacity() * sizeof(uint64_t) + series.least.bytes() +
             series.greatest.bytes() + series.places.bytes();
    }
  }
  return all;
}

}  // namespace regulars::evaluate
