#include "data/regroup.h"

#include <algorithm>
#include <unordered_map>

#include "data/row_order.h"

namespace regulars {
namespace {

using Groups = std::span<const std::vector<CustomerNumber>>;

// Rows of the old stream in the new order, and where each group's begin.
RowOrder rows_of(const Stream& stream, Groups groups, std::vector<uint32_t>& offset) {
  const auto earlier = [&](uint32_t a, uint32_t b) {
    return stream.at[a] != stream.at[b] ? stream.at[a] < stream.at[b] : stream.id[a] < stream.id[b];
  };
  RowOrder order;
  offset = {0};
  for (const std::vector<CustomerNumber>& members : groups) {
    const size_t begin = order.size();
    for (const CustomerNumber c : members) {
      for (uint32_t row = stream.offset[c]; row < stream.offset[c + 1]; ++row) order.push_back(row);
    }
    const auto from = order.begin() + static_cast<std::ptrdiff_t>(begin);
    if (members.size() > 1) std::sort(from, order.end(), earlier);
    offset.push_back(static_cast<uint32_t>(order.size()));
  }
  return order;
}

Stream reordered(const Stream& stream, const RowOrder& order, std::vector<uint32_t> offset) {
  Stream made;
  made.type = stream.type;
  made.offset = std::move(offset);
  made.at = permuted(stream.at, order);
  made.id = permuted(stream.id, order);
  for (const Column& column : stream.columns) made.columns.push_back(permuted(column, order));
  RowOrder items;
  if (!stream.item_offset.empty()) {
    items = items_of_rows(stream.item_offset, order, made.item_offset);
  }
  for (const Column& column : stream.item_columns) {
    made.item_columns.push_back(permuted(column, items));
  }
  return made;
}

// Links of one stream, with the rows they lead to where those are now.
EventLinks relinked(const EventLinks& links, const RowOrder& order, const RowOrder& target_order) {
  std::unordered_map<uint32_t, uint32_t> now;
  for (uint32_t i = 0; i < target_order.size(); ++i) now.emplace(target_order[i], i);
  EventLinks made;
  made.type = links.type;
  made.offset = {0};
  for (const uint32_t row : order) {
    for (uint32_t i = links.offset[row]; i < links.offset[row + 1]; ++i) {
      const auto found = now.find(links.rows[i]);
      if (found != now.end()) made.rows.push_back(found->second);
    }
    made.offset.push_back(static_cast<uint32_t>(made.rows.size()));
  }
  return made;
}

Instant known_from(const CustomerTable& table, const std::vector<CustomerNumber>& members) {
  Instant earliest = table.known_from[members.front()];
  for (const CustomerNumber c : members) earliest = std::min(earliest, table.known_from[c]);
  return earliest;
}

}  // namespace

History gathered(const History& history, Groups groups, CustomerTable customers) {
  const std::vector<Stream>& old = history.streams();
  std::vector<Stream> streams;
  std::vector<RowOrder> orders;
  for (const Stream& stream : old) {
    std::vector<uint32_t> offset;
    orders.push_back(rows_of(stream, groups, offset));
    streams.push_back(reordered(stream, orders.back(), std::move(offset)));
  }
  for (size_t s = 0; s < old.size(); ++s) {
    for (const EventLinks& links : old[s].links) {
      const auto target = std::find_if(
          old.begin(), old.end(), [&](const Stream& stream) { return stream.type == links.type; });
      if (target == old.end()) continue;
      const RowOrder& target_order = orders[static_cast<size_t>(target - old.begin())];
      streams[s].links.push_back(relinked(links, orders[s], target_order));
    }
  }
  return History::of_streams(std::move(customers), std::move(streams));
}

History regroup(const History& history, std::span<const uint32_t> group_of, size_t groups) {
  std::vector<std::vector<CustomerNumber>> members(groups);
  for (CustomerNumber c = 0; c < group_of.size(); ++c) {
    if (group_of[c] != kNoGroup) members[group_of[c]].push_back(c);
  }
  const CustomerTable& old = history.customer_table();
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  for (const std::vector<CustomerNumber>& group : members) {
    customers.ids->intern(history.customer_id(group.front()));
    if (!old.known_from.empty()) customers.known_from.push_back(known_from(old, group));
  }
  return gathered(history, members, std::move(customers));
}

History regroup(const History& history, const std::vector<CustomerNumber>& members) {
  const CustomerTable& old = history.customer_table();
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern(history.customer_id(members.front()));
  if (!old.known_from.empty()) customers.known_from = {known_from(old, members)};
  return gathered(history, {&members, 1}, std::move(customers));
}

}  // namespace regulars
