#include "data/history.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "data/row_order.h"

namespace regulars {

const Column* find_column(const std::vector<Column>& columns, const std::string& name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

namespace {

constexpr size_t kWorthThreads = 200'000;  // events; below them a thread costs more than it saves

Result<void> check(const EventBatch& batch, size_t customers) {
  const auto fail = [&](ErrorCode code, const std::string& what) {
    return Error(code, "events of type '" + batch.type + "': " + what);
  };
  if (batch.size() >= UINT32_MAX) return fail(ErrorCode::kOverflow, "too many events");
  const bool even = batch.customer.size() == batch.size() && batch.id.size() == batch.size() &&
                    std::all_of(batch.columns.begin(), batch.columns.end(),
                                [&](const Column& c) { return c.size() == batch.size(); });
  if (!even) return fail(ErrorCode::kBadData, "columns differ in length");
  const bool in_range = std::all_of(batch.customer.begin(), batch.customer.end(),
                                    [&](CustomerNumber c) { return c < customers; });
  if (!in_range) return fail(ErrorCode::kBadData, "a customer number is out of range");
  const size_t items = batch.item_offset.empty() ? 0 : batch.item_offset.back();
  const bool items_even =
      (batch.item_offset.empty() || batch.item_offset.size() == batch.size() + 1) &&
      std::all_of(batch.item_columns.begin(), batch.item_columns.end(),
                  [&](const Column& c) { return c.size() == items; });
  if (!items_even) return fail(ErrorCode::kBadData, "item columns differ in length");
  return {};
}

bool is_clustered(const EventBatch& batch) {
  for (size_t row = 1; row < batch.size(); ++row) {
    const size_t last = row - 1;
    if (batch.customer[last] > batch.customer[row]) return false;
    if (batch.customer[last] < batch.customer[row] || batch.at[last] < batch.at[row]) continue;
    if (batch.at[last] > batch.at[row] || batch.id[last] > batch.id[row]) return false;
  }
  return true;
}

// Rows by customer (counting sort), then by (time, id) within each customer.
RowOrder clustered(const EventBatch& batch, size_t customers, const std::vector<uint32_t>& offset) {
  std::vector<uint32_t> next(offset.begin(), offset.end() - 1);
  RowOrder order(batch.size());
  for (uint32_t row = 0; row < batch.size(); ++row) order[next[batch.customer[row]]++] = row;
  const auto earlier = [&](uint32_t a, uint32_t b) {
    return batch.at[a] != batch.at[b] ? batch.at[a] < batch.at[b] : batch.id[a] < batch.id[b];
  };
  for (size_t c = 0; c < customers; ++c) {
    const auto begin = order.begin() + offset[c];
    const auto end = order.begin() + offset[c + 1];
    if (!std::is_sorted(begin, end, earlier)) std::sort(begin, end, earlier);
  }
  return order;
}

// Of the rows in `order`, and where each row's begin.
void permute_items(std::vector<uint32_t>& offset, std::vector<Column>& columns,
                   const RowOrder& order) {
  if (offset.empty()) return;
  std::vector<uint32_t> begins;
  const RowOrder items = items_of_rows(offset, order, begins);
  for (Column& column : columns) permute(column, items);
  offset = std::move(begins);
}

// Where each customer's rows begin once they are clustered.
std::vector<uint32_t> customer_offsets(const EventBatch& batch, size_t customers) {
  std::vector<uint32_t> offset(customers + 1, 0);
  for (const CustomerNumber c : batch.customer) ++offset[c + 1];
  std::partial_sum(offset.begin(), offset.end(), offset.begin());
  return offset;
}

void pack(Stream& stream) {
  for (std::vector<Column>* columns : {&stream.columns, &stream.item_columns}) {
    for (Column& column : *columns) {
      column.numbers.pack();
      column.codes.pack();
    }
  }
}

Stream to_stream(EventBatch batch, size_t customers) {
  Stream stream;
  stream.type = batch.type;
  stream.offset = customer_offsets(batch, customers);
  if (is_clustered(batch)) {
    stream.at = std::move(batch.at);
    stream.id = std::move(batch.id);
  } else {
    const RowOrder order = clustered(batch, customers, stream.offset);
    stream.at = permuted(batch.at, order);
    stream.id = permuted(batch.id, order);
    for (Column& column : batch.columns) permute(column, order);
    permute_items(batch.item_offset, batch.item_columns, order);
  }
  stream.columns = std::move(batch.columns);
  stream.item_offset = std::move(batch.item_offset);
  stream.item_columns = std::move(batch.item_columns);
  pack(stream);
  return stream;
}

// The rows up to t. nullopt: all of them.
std::optional<RowOrder> rows_up_to(const Stream& stream, Instant t) {
  RowOrder kept;
  for (uint32_t row = 0; row < stream.size(); ++row) {
    if (stream.at[row] <= t) kept.push_back(row);
  }
  if (kept.size() == stream.size()) return std::nullopt;
  return kept;
}

void cut(Stream& stream, const RowOrder& kept) {
  std::vector<uint32_t> offset = {0};
  offset.reserve(stream.offset.size());
  for (size_t c = 1; c < stream.offset.size(); ++c) {
    const auto end = std::lower_bound(kept.begin(), kept.end(), stream.offset[c]);
    offset.push_back(static_cast<uint32_t>(end - kept.begin()));
  }
  stream.offset = std::move(offset);
  stream.at = permuted(stream.at, kept);
  stream.id = permuted(stream.id, kept);
  for (Column& column : stream.columns) permute(column, kept);
  permute_items(stream.item_offset, stream.item_columns, kept);
}

// The links of kept rows to kept rows.
void cut_links(EventLinks& links, const std::optional<RowOrder>& from,
               const std::optional<RowOrder>& to) {
  EventLinks cut{links.type, {0}, {}};
  const size_t rows = from ? from->size() : links.offset.size() - 1;
  for (size_t i = 0; i < rows; ++i) {
    const size_t row = from ? (*from)[i] : i;
    for (uint32_t link = links.offset[row]; link < links.offset[row + 1]; ++link) {
      uint32_t target = links.rows[link];
      if (to) {
        const auto found = std::lower_bound(to->begin(), to->end(), target);
        if (found == to->end() || *found != target) continue;
        target = static_cast<uint32_t>(found - to->begin());
      }
      cut.rows.push_back(target);
    }
    cut.offset.push_back(static_cast<uint32_t>(cut.rows.size()));
  }
  links = std::move(cut);
}

}  // namespace

Result<History> History::build(CustomerTable customers, std::vector<EventBatch> batches) {
  History history;
  const size_t count = customers.ids ? customers.ids->size() : 0;
  for (const EventBatch& batch : batches) REGULARS_TRY(check(batch, count));
  size_t rows = 0;
  for (const EventBatch& batch : batches) rows += batch.size();
  history.streams_.resize(batches.size());
  parallel_for(batches.size(), rows < kWorthThreads ? 1 : 0,
               [&](size_t i) { history.streams_[i] = to_stream(std::move(batches[i]), count); });
  history.customer_table_ = std::move(customers);
  return history;
}

History History::of_streams(CustomerTable customers, std::vector<Stream> streams) {
  History history;
  history.customer_table_ = std::move(customers);
  history.streams_ = std::move(streams);
  for (Stream& stream : history.streams_) pack(stream);
  return history;
}

History History::up_to(Instant t) && {
  std::vector<std::optional<RowOrder>> kept;
  for (const Stream& stream : streams_) kept.push_back(rows_up_to(stream, t));
  const std::optional<RowOrder> all;
  const auto kept_of = [&](const std::string& type) -> const std::optional<RowOrder>& {
    for (size_t i = 0; i < streams_.size(); ++i) {
      if (streams_[i].type == type) return kept[i];
    }
    return all;
  };
  for (size_t i = 0; i < streams_.size(); ++i) {
    for (EventLinks& links : streams_[i].links) {
      const std::optional<RowOrder>& to = kept_of(links.type);
      if (kept[i] || to) cut_links(links, kept[i], to);
    }
  }
  for (size_t i = 0; i < streams_.size(); ++i) {
    if (kept[i]) cut(streams_[i], *kept[i]);
  }
  return std::move(*this);
}

const Stream* History::stream(std::string_view type) const {
  const auto found = std::find_if(streams_.begin(), streams_.end(),
                                  [&](const Stream& stream) { return stream.type == type; });
  return found == streams_.end() ? nullptr : &*found;
}

}  // namespace regulars
