// A live customer and a History: one made of the other, and what is linked.
#include <algorithm>

#include "evaluate/live_customer.h"
#include "evaluate/live_index.h"

namespace regulars::evaluate {
namespace {

Error unfit(const std::string& what) {
  return Error(ErrorCode::kBadData, "the history does not fit the layout: " + what);
}

int64_t number_in(const Column& column, size_t row) {
  if (column.type != ValueType::kText) return column.numbers[row];
  return column.codes[row] == kNoCode ? kMissing : int64_t{column.codes[row]};
}

// The history's columns in the order of the schema's; null where it has none.
Result<std::vector<const Column*>> matched(const std::vector<Column>& heads,
                                           const std::vector<Column>& columns) {
  std::vector<const Column*> found;
  for (const Column& head : heads) {
    const Column* column = find_column(columns, head.name);
    const bool fits = column == nullptr ||
                      (column->type == head.type && column->scale == head.scale &&
                       (column->type != ValueType::kText || column->dictionary == head.dictionary));
    if (!fits) return unfit("column '" + head.name + "' is another");
    found.push_back(column);
  }
  return found;
}

std::vector<Column> empty_columns(const std::vector<Column>& heads) {
  std::vector<Column> columns;
  for (const Column& head : heads) {
    columns.push_back({head.name, head.type, head.scale, {}, {}, head.dictionary, head.is_set});
  }
  return columns;
}

void add(Column& column, int64_t value) {
  if (column.type != ValueType::kText) {
    column.numbers.push_back(value);
  } else {
    column.codes.push_back(value == kMissing ? kNoCode : static_cast<uint32_t>(value));
  }
}

// The links of one customer's rows, counted from her own first ones.
std::vector<EventLinks> own_links(const History& history, const Stream& stream, CustomerNumber c) {
  std::vector<EventLinks> made;
  for (const EventLinks& links : stream.links) {
    const Stream* other = history.stream(links.type);
    if (other == nullptr) continue;
    EventLinks& own = made.emplace_back();
    own.type = links.type;
    for (uint32_t row = stream.offset[c]; row <= stream.offset[c + 1]; ++row) {
      own.offset.push_back(links.offset[row] - links.offset[stream.offset[c]]);
    }
    for (uint32_t i = links.offset[stream.offset[c]]; i < links.offset[stream.offset[c + 1]]; ++i) {
      own.rows.push_back(links.rows[i] - other->offset[c]);
    }
  }
  return made;
}

void shift_offsets(EventLinks& links, uint32_t row, bool inserted) {
  const auto at = links.offset.begin() + row;
  if (inserted) {
    links.offset.insert(at, *at);
    return;
  }
  const uint32_t first = *at;
  const uint32_t count = *(at + 1) - first;
  links.rows.erase(links.rows.begin() + first, links.rows.begin() + first + count);
  links.offset.erase(at);
  for (auto later = links.offset.begin() + row; later != links.offset.end(); ++later) {
    *later -= count;
  }
}

void shift_targets(EventLinks& links, uint32_t row, bool inserted) {
  if (inserted) {
    for (uint32_t& target : links.rows) target += target >= row ? 1 : 0;
    return;
  }
  for (size_t event = 0; event + 1 < links.offset.size(); ++event) {
    const auto begin = links.rows.begin() + links.offset[event];
    const auto end = links.rows.begin() + links.offset[event + 1];
    const auto found = std::find(begin, end, row);
    if (found == end) continue;
    links.rows.erase(found);
    for (size_t later = event + 1; later < links.offset.size(); ++later) --links.offset[later];
  }
  for (uint32_t& target : links.rows) target -= target > row ? 1 : 0;
}

}  // namespace

void LiveCustomer::move_links(const LiveLayout& layout, size_t type, uint32_t row, bool inserted) {
  if (extra_ == nullptr) return;
  for (auto& [from, all] : extra_->links) {
    for (EventLinks& links : all) {
      if (layout.type_of(links.type) == type) {
        shift_targets(links, row, inserted);
        if (!inserted) forget(from);
      }
      if (from == type) shift_offsets(links, row, inserted);
    }
  }
}

// What was computed from the rows of a type is computed anew.
void LiveCustomer::forget(size_t type) {
  if (TypeRows* rows = find(type)) rows->changed = 0;
}

void LiveCustomer::forget_linked_to(const LiveLayout& layout, size_t type) {
  if (extra_ == nullptr) return;
  for (auto& [from, all] : extra_->links) {
    for (const EventLinks& links : all) {
      if (layout.type_of(links.type) == type) forget(from);
    }
  }
}

Result<LiveCustomer> LiveCustomer::of(const LiveLayout& layout, const History& history,
                                      CustomerNumber c, std::span<const Column* const> given) {
  const CustomerTable& table = history.customer_table();
  LiveCustomer made(layout, history.customer_id(c));
  if (!table.known_from.empty()) made.known_from_ = table.known_from[c];
  for (size_t type = 0; type < layout.schema().events.size(); ++type) {
    const Schema::EventType& heads = layout.schema().events[type];
    const Stream* stream = history.stream(heads.name);
    if (stream == nullptr || stream->offset[c] == stream->offset[c + 1]) continue;
    REGULARS_ASSIGN(const auto columns, matched(heads.columns, stream->columns));
    REGULARS_ASSIGN(const auto of_items, matched(heads.item_columns, stream->item_columns));
    std::vector<int64_t> values(columns.size());
    std::vector<int64_t> items;
    const uint32_t first = stream->offset[c];
    const uint32_t count = stream->offset[c + 1] - first;
    TypeRows& rows = made.make(type);
    grow(rows.events, layout.events(type), count);
    for (uint32_t row = first; row < first + count; ++row) {
      const auto value = [](const Column* column, uint32_t i) {
        return column == nullptr ? kMissing : number_in(*column, i);
      };
      for (size_t i = 0; i < columns.size(); ++i) values[i] = value(columns[i], row);
      LiveEvent event{type, stream->at[row], stream->id[row], values, {}, 0};
      items.clear();
      if (!stream->item_offset.empty() && !of_items.empty()) {
        for (uint32_t i = stream->item_offset[row]; i < stream->item_offset[row + 1]; ++i) {
          for (const Column* column : of_items) items.push_back(value(column, i));
          ++event.items;
        }
      }
      event.item_columns = items;
      REGULARS_TRY(made.put(layout, event));
    }
  }
  // Once all rows are in their places.
  for (const Stream& stream : history.streams()) {
    const size_t type = layout.type_of(stream.type);
    if (stream.links.empty() || type == LiveLayout::kNoType) continue;
    made.set_links(type, own_links(history, stream, c));
  }
  for (size_t a = 0; a < layout.schema().attributes.size(); ++a) {
    const Column& head = layout.schema().attributes[a];
    const Column* column = find_column(table.attributes, head.name);
    for (const Column* one : given) {
      if (one->name == head.name) column = one;
    }
    if (column == nullptr) continue;
    const bool fits = column->type == head.type && column->scale == head.scale &&
                      (column->type != ValueType::kText || column->dictionary == head.dictionary);
    if (!fits) return unfit("attribute '" + head.name + "' is another");
    made.attributes_[a] = number_in(*column, c);
  }
  return made;
}

History LiveCustomer::to_history(const LiveLayout& layout) const {
  CustomerTable table{std::make_shared<Dictionary>(), {known_from_}, {}};
  table.ids->intern(id_);
  table.attributes = empty_columns(layout.schema().attributes);
  for (size_t a = 0; a < attributes_.size(); ++a) add(table.attributes[a], attributes_[a]);
  std::vector<Stream> streams;
  for (size_t type = 0; type < layout.schema().events.size(); ++type) {
    const Schema::EventType& heads = layout.schema().events[type];
    const LiveLayout::Rows& of_events = layout.events(type);
    Stream& stream = streams.emplace_back();
    stream.type = heads.name;
    stream.columns = empty_columns(heads.columns);
    stream.item_columns = empty_columns(heads.item_columns);
    const TypeRows* rows = find(type);
    const uint32_t count = rows == nullptr ? 0 : rows->events.rows;
    stream.offset = {0, count};
    if (of_events.has_items) stream.item_offset.push_back(0);
    for (uint32_t row = 0; row < count; ++row) {
      stream.at.push_back(column<Instant>(rows->events, of_events.at)[row]);
      stream.id.push_back(column<uint64_t>(rows->events, of_events.id)[row]);
      for (size_t i = 0; i < heads.columns.size(); ++i) {
        add(stream.columns[i], read(rows->events, of_events, row, i));
      }
      if (of_events.has_items) {
        stream.item_offset.push_back(items_before(*rows, of_events, row + 1));
      }
    }
    for (uint32_t item = 0; rows != nullptr && item < rows->items.rows; ++item) {
      for (size_t i = 0; i < heads.item_columns.size(); ++i) {
        add(stream.item_columns[i], read(rows->items, layout.items(type), item, i));
      }
    }
  }
  if (extra_ != nullptr) {
    for (const auto& [type, links] : extra_->links) streams[type].links = links;
  }
  return History::of_streams(std::move(table), std::move(streams));
}

Instant LiveCustomer::last_at(size_t type) const {
  const TypeRows* rows = find(type);
  // Instants are a type's first column.
  return column<Instant>(rows->events, 0)[rows->events.rows - 1];
}

size_t LiveCustomer::bytes(const LiveLayout& layout) const {
  size_t all = sizeof(*this) + types_.capacity() * sizeof(TypeRows) +
               attributes_.capacity() * sizeof(int64_t);
  for (const TypeRows& rows : types_) {
    all += size_t{rows.events.room} * layout.events(rows.type).width;
    all += size_t{rows.items.room} * layout.items(rows.type).width;
  }
  if (extra_ == nullptr) return all;
  all += sizeof(Extra);
  for (const auto& [type, links] : extra_->links) {
    for (const EventLinks& one : links) {
      all += sizeof(one) + (one.offset.capacity() + one.rows.capacity()) * sizeof(uint32_t);
    }
  }
  return all + (extra_->index == nullptr ? 0 : bytes_of(*extra_->index));
}

}  // namespace regulars::evaluate
