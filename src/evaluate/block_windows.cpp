// The windows that each customer sees differently: by her own clock, from an instant of her own, or
// from the beginning of her latest session.
#include <algorithm>
#include <unordered_map>

#include "evaluate/block.h"
#include "evaluate/customer_zone.h"
#include "evaluate/fold_events.h"

namespace regulars::evaluate {

const std::vector<const Zone*>& Block::own_zones() {
  if (!own_zones_.empty()) return own_zones_;
  const std::string name(kZoneAttribute);
  const bool declared = find_column(plan_.schema.attributes, name) != nullptr;
  own_zones_ = zones_of(declared ? &binding_.attribute(name) : nullptr, first_customer_, customers_,
                        plan_.zone);
  return own_zones_;
}

std::vector<int64_t> Block::today(bool own_zone, uint32_t shift) {
  if (!own_zone) return {moment(shift).today.number};
  std::vector<int64_t> days;
  for (const Zone* zone : own_zones()) days.push_back(zone->day_of(moment(shift).now).number);
  return days;
}

// The bounds of each customer; unknown where the anchor is.
Block::OwnBounds Block::own_bounds(const PlannedWindow& planned) {
  const Window& window = planned.window;
  const Instant now = moment(planned.shift).now;
  OwnBounds own{std::vector<Bounds>(customers_, Bounds{now, now}), {}};
  if (window.kind == Window::Kind::kAnchored) {
    const Vector& anchor = nodes_[planned.anchor];
    own.unknown.assign(customers_, 1);
    const bool day = anchor.type().value == ValueType::kDay;
    for (size_t c = 0; c < customers_; ++c) {
      if (!anchor.known(c)) continue;
      const Zone& zone = window.own_zone ? *own_zones()[c] : plan_.zone;
      const int64_t number = anchor.number(c);
      const Instant at = day ? beginning_of(number, zone) : Instant{number};
      own.bounds[c] = anchored_bounds(window, at, now);
      own.unknown[c] = 0;
    }
    return own;
  }
  std::unordered_map<const Zone*, Bounds> by_zone;
  for (size_t c = 0; c < customers_; ++c) {
    const Zone* zone = own_zones()[c];
    const auto [found, fresh] = by_zone.try_emplace(zone);
    if (fresh) found->second = bounds_of(window, now, *zone);
    own.bounds[c] = found->second;
  }
  return own;
}

// Rows that a selection takes between the bounds of each customer.
Result<Ranges> Block::own_ranges(uint32_t selection, OwnBounds own) {
  REGULARS_ASSIGN(const Selected* taken, selected(selection));
  const Selection& what = plan_.selections[selection];
  const Rows& rows = rows_[what.event];
  Ranges made;
  made.unknown = std::move(own.unknown);
  const auto before = [&](size_t customer, Instant limit) {
    const uint32_t row = rows.reached(customer, limit);
    return taken->before(what.items ? rows.item_of(row) : row);
  };
  for (size_t c = 0; c < customers_; ++c) {
    made.begin.push_back(before(c, own.bounds[c].after));
    made.end.push_back(before(c, own.bounds[c].upto));
  }
  return made;
}

// From the first event of the latest session of the selection's events.
Result<Ranges> Block::session_ranges(const Slot& slot) {
  const PlannedWindow& planned = plan_.windows[slot.window];
  const Instant now = moment(planned.shift).now;
  REGULARS_ASSIGN(const SeriesValues* series_of_times, series(slot.session));
  const std::span<const int64_t> times = series_of_times->values().numbers();
  const uint32_t own_selection = plan_.series[slot.session].selection;
  const Window all;
  OwnBounds own{std::vector<Bounds>(customers_, bounds_of(all, now, plan_.zone)), {}};
  REGULARS_ASSIGN(const Ranges ever, own_ranges(own_selection, own));
  for (size_t c = 0; c < customers_; ++c) {
    if (ever.begin[c] == ever.end[c]) {
      own.bounds[c] = {now, now};
      continue;
    }
    uint32_t first = ever.end[c] - 1;
    while (first > ever.begin[c] &&
           Int128{times[first]} - times[first - 1] <= planned.window.from.micros) {
      --first;
    }
    own.bounds[c].after = Instant{times[first]} - microseconds(1);
  }
  return own_ranges(plan_.series[slot.series].selection, std::move(own));
}

Vector without(Vector values, const std::vector<uint8_t>& unknown) {
  if (std::find(unknown.begin(), unknown.end(), 1) == unknown.end()) return values;
  std::vector<uint32_t> from(unknown.size());
  for (uint32_t c = 0; c < from.size(); ++c) from[c] = unknown[c] != 0 ? kNoRow : c;
  return elements(values, from);
}

}  // namespace regulars::evaluate
