// Where windows begin and end among the selected events of each customer. Most windows look the
// same to everyone; some each customer sees differently: by her own clock, from an instant of her
// own, or from the beginning of her latest session.
#include <algorithm>
#include <unordered_map>

#include "evaluate/block.h"
#include "evaluate/customer_zone.h"
#include "evaluate/fold_events.h"
#include "evaluate/kernels.h"

namespace regulars::evaluate {

// How many ends that its type is asked about lie before each event.
std::span<const uint32_t> Block::among_ends(uint32_t event) {
  std::vector<uint32_t>& made = among_ends_[event];
  const std::span<const Instant> at = rows_[event].at();
  if (made.size() != at.size()) made = binding_.ends().of_event(event).before(at);
  return made;
}

// [end * customers + customer]: how many of the selected, those of customers before included, come
// up to the customer's last one between the end before and this end; 0 where there is none. The
// last row: after all ends. Stores only, one for each of the selected, in their order.
std::vector<uint32_t> Block::last_between_ends(uint32_t selection, const Selected& taken) {
  const Selection& what = plan_.selections[selection];
  const WindowEnds::OfSelection& ends = binding_.ends().of(moment_, selection);
  Rows& rows = rows_[what.event];
  const std::span<const uint32_t> among = among_ends(what.event);
  std::vector<uint32_t> last((ends.ends.size() + 1) * customers_);
  const auto set = [&](uint32_t event, size_t customer, uint32_t i) {
    last[ends.place[among[event]] * customers_ + customer] = i + 1;
  };
  const std::span<const uint32_t> owners = rows.owners();
  if (!what.items && taken.all) {
    for (uint32_t event = 0; event < rows.events(); ++event) set(event, owners[event], event);
    return last;
  }
  if (!what.items) {
    for (uint32_t i = 0; i < taken.rows.size(); ++i) set(taken.rows[i], owners[taken.rows[i]], i);
    return last;
  }
  const std::span<const uint32_t> parents = rows.parents();
  const size_t count = taken.all ? rows.items() : taken.rows.size();
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t event = parents[taken.row(i)];
    set(event, owners[event], i);
  }
  return last;
}

// From end to end and from customer to customer what was counted stays counted: all customers side
// by side, and without a branch.
Result<std::vector<uint32_t>> Block::count_before_ends(uint32_t selection) {
  REGULARS_ASSIGN(const Selected* taken, selected(selection));
  std::vector<uint32_t> table = last_between_ends(selection, *taken);
  std::vector<uint32_t> most(customers_);
  kernels::largest_of_columns(table, most);
  std::vector<uint32_t> first(customers_);  // of the selected, the first of each customer
  for (size_t c = 1; c < customers_; ++c) first[c] = std::max(first[c - 1], most[c - 1]);
  kernels::raise_rows(table, first);
  return table;
}

Result<Ranges> Block::ranges(uint32_t selection, uint32_t window) {
  if (plan_.windows[window].own) return own_ranges(selection, own_bounds(plan_.windows[window]));
  std::vector<uint32_t>& before = before_ends_[selection];
  if (before.empty()) {
    REGULARS_ASSIGN(before, count_before_ends(selection));
  }
  const WindowEnds::Pair ends = binding_.ends().pair(moment_, selection, window);
  const std::span<const uint32_t> all = before;
  return Ranges{all.subspan(ends.after * customers_, customers_),
                all.subspan(ends.upto * customers_, customers_),
                {}};
}

std::span<const uint32_t> Block::keep(std::vector<uint32_t> positions) {
  return kept_.emplace_back(std::move(positions));
}

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
  std::vector<uint32_t> begin;
  std::vector<uint32_t> end;
  const auto before = [&](size_t customer, Instant limit) {
    const uint32_t row = rows.reached(customer, limit);
    return taken->before(what.items ? rows.item_of(row) : row);
  };
  for (size_t c = 0; c < customers_; ++c) {
    begin.push_back(before(c, own.bounds[c].after));
    end.push_back(before(c, own.bounds[c].upto));
  }
  return Ranges{keep(std::move(begin)), keep(std::move(end)), std::move(own.unknown)};
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
