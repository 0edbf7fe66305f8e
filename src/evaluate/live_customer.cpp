#include "evaluate/live_customer.h"

#include <algorithm>
#include <cstring>

#include "evaluate/live_index.h"

namespace regulars::evaluate {
namespace {

constexpr uint32_t kMostRows = UINT32_MAX - 1;

// Columns of eight bytes come first, so that all are aligned.
LiveLayout::Rows layout_of(const std::vector<Column>& columns, bool of_events, bool has_items) {
  LiveLayout::Rows made;
  made.columns.resize(columns.size());
  made.has_items = has_items;
  const auto take = [&](uint16_t bytes) {
    const uint16_t before = made.width;
    made.width = static_cast<uint16_t>(made.width + bytes);
    return before;
  };
  if (of_events) {
    made.at = take(8);
    made.id = take(8);
  }
  for (const bool text : {false, true}) {
    for (size_t c = 0; c < columns.size(); ++c) {
      if ((columns[c].type == ValueType::kText) != text) continue;
      made.columns[c] = {take(text ? 4 : 8), text};
    }
  }
  if (has_items) made.item_end = take(4);
  return made;
}

Error misfit(const std::string& what) {
  return Error(ErrorCode::kBadData, "the event does not fit its type: " + what);
}

// Calls each(bytes of a value, bytes per row before it) for every column of the rows.
template <class Each>
void for_each_column(const LiveLayout::Rows& layout, bool of_events, Each each) {
  if (of_events) {
    each(size_t{8}, layout.at);
    each(size_t{8}, layout.id);
  }
  for (const auto& place : layout.columns) each(size_t{place.text ? 4U : 8U}, place.before);
  if (layout.has_items) each(size_t{4}, layout.item_end);
}

bool is_of_events(const LiveLayout::Rows& layout) { return layout.id != layout.at; }

}  // namespace

LiveLayout::LiveLayout(Schema schema) : schema_(std::move(schema)) {
  for (const Schema::EventType& type : schema_.events) {
    const bool items = !type.item_columns.empty();
    events_.push_back(layout_of(type.columns, true, items));
    items_.push_back(layout_of(type.item_columns, false, false));
  }
}

size_t LiveLayout::type_of(std::string_view event) const {
  for (size_t i = 0; i < schema_.events.size(); ++i) {
    if (schema_.events[i].name == event) return i;
  }
  return kNoType;
}

LiveCustomer::LiveCustomer(const LiveLayout& layout, std::string_view id)
    : id_(id), attributes_(layout.schema().attributes.size(), kMissing) {}
LiveCustomer::~LiveCustomer() = default;
LiveCustomer::LiveCustomer(LiveCustomer&&) noexcept = default;
LiveCustomer& LiveCustomer::operator=(LiveCustomer&&) noexcept = default;

const LiveCustomer::TypeRows* LiveCustomer::find(size_t type) const {
  for (const TypeRows& rows : types_) {
    if (rows.type == type) return &rows;
  }
  return nullptr;
}

LiveCustomer::TypeRows* LiveCustomer::find(size_t type) {
  return const_cast<TypeRows*>(std::as_const(*this).find(type));
}

LiveCustomer::TypeRows& LiveCustomer::make(size_t type) {
  if (TypeRows* known = find(type)) return *known;
  TypeRows made;
  made.type = static_cast<uint32_t>(type);
  types_.reserve(types_.size() + 1);
  types_.push_back(std::move(made));
  return types_.back();
}

LiveCustomer::Extra& LiveCustomer::extra() {
  if (extra_ == nullptr) extra_ = std::make_unique<Extra>();
  return *extra_;
}

// Makes room for so many rows; those there are stay.
void LiveCustomer::grow(Block& block, const LiveLayout::Rows& layout, uint32_t rows) {
  if (rows <= block.room) return;
  Block larger;
  larger.rows = block.rows;
  const uint64_t wanted = std::max<uint64_t>(rows, block.room + uint64_t{block.room} / 2);
  // An even number of rows: columns of eight bytes after a column of four stay aligned.
  larger.room = static_cast<uint32_t>(std::min<uint64_t>((wanted + 1) & ~uint64_t{1}, kMostRows));
  larger.bytes = std::make_unique_for_overwrite<std::byte[]>(size_t{layout.width} * larger.room);
  if (block.rows > 0) {
    for_each_column(layout, is_of_events(layout), [&](size_t bytes, uint16_t before) {
      std::memcpy(larger.bytes.get() + size_t{before} * larger.room,
                  block.bytes.get() + size_t{before} * block.room, bytes * block.rows);
    });
  }
  block = std::move(larger);
}

void LiveCustomer::open_gap(Block& block, const LiveLayout::Rows& layout, uint32_t at,
                            uint32_t count) {
  grow(block, layout, block.rows + count);
  const size_t after = block.rows - at;
  if (after > 0) {
    for_each_column(layout, is_of_events(layout), [&](size_t bytes, uint16_t before) {
      std::byte* from = block.bytes.get() + size_t{before} * block.room + bytes * at;
      std::memmove(from + bytes * count, from, bytes * after);
    });
  }
  block.rows += count;
}

void LiveCustomer::close_gap(Block& block, const LiveLayout::Rows& layout, uint32_t at,
                             uint32_t count) {
  const size_t after = block.rows - at - count;
  if (after > 0) {
    for_each_column(layout, is_of_events(layout), [&](size_t bytes, uint16_t before) {
      std::byte* to = block.bytes.get() + size_t{before} * block.room + bytes * at;
      std::memmove(to, to + bytes * count, bytes * after);
    });
  }
  block.rows -= count;
}

// The first row not before (at, id).
uint32_t LiveCustomer::place_of(const TypeRows& rows, const LiveLayout::Rows& layout, Instant at,
                                uint64_t id) const {
  const uint32_t count = rows.events.rows;
  if (count == 0) return 0;
  const auto* times = column<Instant>(rows.events, layout.at);
  const auto* ids = column<uint64_t>(rows.events, layout.id);
  if (times[count - 1] < at) return count;
  auto row = static_cast<uint32_t>(std::lower_bound(times, times + count, at) - times);
  while (row < count && times[row] == at && ids[row] < id) ++row;
  return row;
}

void LiveCustomer::write(Block& block, const LiveLayout::Rows& layout, uint32_t row,
                         std::span<const int64_t> values) {
  for (size_t c = 0; c < values.size(); ++c) {
    const auto& place = layout.columns[c];
    if (place.text) {
      const bool known = values[c] != kMissing;
      column<uint32_t>(block, place.before)[row] =
          known ? static_cast<uint32_t>(values[c]) : kNoCode;
    } else {
      column<int64_t>(block, place.before)[row] = values[c];
    }
  }
}

int64_t LiveCustomer::read(const Block& block, const LiveLayout::Rows& layout, uint32_t row,
                           size_t c) {
  const auto& place = layout.columns[c];
  if (!place.text) return column<int64_t>(block, place.before)[row];
  const uint32_t code = column<uint32_t>(block, place.before)[row];
  return code == kNoCode ? kMissing : int64_t{code};
}

uint32_t LiveCustomer::items_before(const TypeRows& rows, const LiveLayout::Rows& layout,
                                    uint32_t row) {
  return row == 0 ? 0 : column<uint32_t>(rows.events, layout.item_end)[row - 1];
}

// Gives an event its items in place of those it had.
void LiveCustomer::set_items(const LiveLayout& layout, TypeRows& rows, uint32_t row,
                             const LiveEvent& event, uint32_t old_items) {
  const LiveLayout::Rows& of_events = layout.events(event.type);
  if (!of_events.has_items) return;
  const LiveLayout::Rows& of_items = layout.items(event.type);
  const uint32_t first = items_before(rows, of_events, row);
  close_gap(rows.items, of_items, first, old_items);
  open_gap(rows.items, of_items, first, event.items);
  const size_t width = of_items.columns.size();
  for (uint32_t i = 0; i < event.items; ++i) {
    write(rows.items, of_items, first + i, event.item_columns.subspan(i * width, width));
  }
  auto* ends = column<uint32_t>(rows.events, of_events.item_end);
  ends[row] = first + event.items;
  for (uint32_t later = row + 1; later < rows.events.rows; ++later) {
    ends[later] = ends[later] - old_items + event.items;
  }
}

bool LiveCustomer::same(const LiveLayout& layout, const TypeRows& rows, uint32_t row,
                        const LiveEvent& event) {
  const LiveLayout::Rows& of_events = layout.events(event.type);
  for (size_t c = 0; c < event.columns.size(); ++c) {
    if (read(rows.events, of_events, row, c) != event.columns[c]) return false;
  }
  if (!of_events.has_items) return true;
  const uint32_t first = items_before(rows, of_events, row);
  if (items_before(rows, of_events, row + 1) - first != event.items) return false;
  const LiveLayout::Rows& of_items = layout.items(event.type);
  const size_t width = of_items.columns.size();
  for (size_t i = 0; i < event.item_columns.size(); ++i) {
    const auto item = first + static_cast<uint32_t>(i / width);
    if (read(rows.items, of_items, item, i % width) != event.item_columns[i]) return false;
  }
  return true;
}

LiveCustomer::Put LiveCustomer::revise(const LiveLayout& layout, TypeRows& rows, uint32_t row,
                                       const LiveEvent& event) {
  if (same(layout, rows, row, event)) return Put::kUnchanged;
  const LiveLayout::Rows& of_events = layout.events(event.type);
  write(rows.events, of_events, row, event.columns);
  const uint32_t items = of_events.has_items ? items_before(rows, of_events, row + 1) -
                                                   items_before(rows, of_events, row)
                                             : 0;
  set_items(layout, rows, row, event, items);
  rows.changed = std::min(rows.changed, row);
  forget_linked_to(layout, event.type);
  return Put::kRevised;
}

Result<LiveCustomer::Put> LiveCustomer::put(const LiveLayout& layout, const LiveEvent& event) {
  if (event.type >= layout.schema().events.size()) return misfit("there is no such type");
  const LiveLayout::Rows& of_events = layout.events(event.type);
  const size_t width = layout.items(event.type).columns.size();
  if (event.at.micros == kMissing) return misfit("it has no instant");
  if (event.columns.size() != of_events.columns.size()) return misfit("columns");
  if (event.item_columns.size() != event.items * width) return misfit("columns of items");
  TypeRows& rows = make(event.type);
  if (rows.events.rows >= kMostRows || event.items > kMostRows - rows.items.rows) {
    return Error(ErrorCode::kOverflow, "too many events of one customer");
  }
  const uint32_t row = place_of(rows, of_events, event.at, event.id);
  const uint32_t count = rows.events.rows;
  if (row < count && column<Instant>(rows.events, of_events.at)[row] == event.at &&
      column<uint64_t>(rows.events, of_events.id)[row] == event.id) {
    return revise(layout, rows, row, event);
  }
  open_gap(rows.events, of_events, row, 1);
  column<Instant>(rows.events, of_events.at)[row] = event.at;
  column<uint64_t>(rows.events, of_events.id)[row] = event.id;
  write(rows.events, of_events, row, event.columns);
  if (of_events.has_items) {
    column<uint32_t>(rows.events, of_events.item_end)[row] = items_before(rows, of_events, row);
  }
  set_items(layout, rows, row, event, 0);
  move_links(layout, event.type, row, true);
  rows.changed = std::min(rows.changed, row);
  return row == count ? Put::kAppended : Put::kLate;
}

bool LiveCustomer::remove(const LiveLayout& layout, size_t type, Instant at, uint64_t id) {
  TypeRows* rows = find(type);
  if (rows == nullptr) return false;
  const LiveLayout::Rows& of_events = layout.events(type);
  const uint32_t row = place_of(*rows, of_events, at, id);
  if (row >= rows->events.rows || column<Instant>(rows->events, of_events.at)[row] != at ||
      column<uint64_t>(rows->events, of_events.id)[row] != id) {
    return false;
  }
  if (of_events.has_items) {
    const uint32_t items =
        items_before(*rows, of_events, row + 1) - items_before(*rows, of_events, row);
    set_items(layout, *rows, row, {type, at, id, {}, {}, 0}, items);
  }
  close_gap(rows->events, of_events, row, 1);
  move_links(layout, type, row, false);
  rows->changed = std::min(rows->changed, row);
  return true;
}

void LiveCustomer::set_attribute(size_t attribute, int64_t number) {
  if (attributes_[attribute] == number) return;
  attributes_[attribute] = number;
  for (TypeRows& rows : types_) rows.changed = 0;  // conditions may look at it
}

void LiveCustomer::set_links(size_t type, std::vector<EventLinks> links) {
  auto& all = extra().links;
  std::erase_if(all, [&](const auto& one) { return one.first == type; });
  all.emplace_back(type, std::move(links));
  forget(type);
}

size_t LiveCustomer::events(size_t type) const {
  const TypeRows* rows = find(type);
  return rows == nullptr ? 0 : rows->events.rows;
}

size_t LiveCustomer::events() const {
  size_t count = 0;
  for (const TypeRows& rows : types_) count += rows.events.rows;
  return count;
}

}  // namespace regulars::evaluate
