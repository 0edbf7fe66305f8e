#include "data/extract.h"

#include <unordered_map>

namespace regulars {
namespace {

Column picked(const Column& column, std::span<const uint32_t> rows) {
  Column result = column;
  result.numbers.clear();
  result.codes.clear();
  for (const uint32_t row : rows) {
    if (column.type == ValueType::kText) {
      result.codes.push_back(column.codes[row]);
    } else {
      result.numbers.push_back(column.numbers[row]);
    }
  }
  return result;
}

// Rows of a stream that stay, customer by customer, and the new number of each one's customer.
struct KeptRows {
  std::vector<uint32_t> rows;
  std::vector<CustomerNumber> customer;
};

KeptRows kept_rows(const Stream& stream, std::span<const CustomerNumber> customers,
                   std::optional<Instant> upto) {
  KeptRows kept;
  for (size_t i = 0; i < customers.size(); ++i) {
    for (uint32_t row = stream.offset[customers[i]]; row < stream.offset[customers[i] + 1]; ++row) {
      if (upto && stream.at[row] > *upto) break;
      kept.rows.push_back(row);
      kept.customer.push_back(static_cast<CustomerNumber>(i));
    }
  }
  return kept;
}

EventBatch batch_of(const Stream& stream, const KeptRows& kept) {
  EventBatch batch;
  batch.type = stream.type;
  batch.customer = kept.customer;
  std::vector<uint32_t> items;
  if (!stream.item_offset.empty()) batch.item_offset.push_back(0);
  for (const uint32_t row : kept.rows) {
    batch.at.push_back(stream.at[row]);
    batch.id.push_back(stream.id[row]);
    if (stream.item_offset.empty()) continue;
    for (uint32_t item = stream.item_offset[row]; item < stream.item_offset[row + 1]; ++item) {
      items.push_back(item);
    }
    batch.item_offset.push_back(static_cast<uint32_t>(items.size()));
  }
  for (const Column& column : stream.columns) batch.columns.push_back(picked(column, kept.rows));
  for (const Column& column : stream.item_columns) {
    batch.item_columns.push_back(picked(column, items));
  }
  return batch;
}

// Rows keep their order, so a stream's new row numbers are places in its kept rows.
using NewRows = std::unordered_map<uint32_t, uint32_t>;

EventLinks links_of(const EventLinks& links, const KeptRows& kept, const NewRows& targets) {
  EventLinks result;
  result.type = links.type;
  result.offset.push_back(0);
  for (const uint32_t row : kept.rows) {
    for (uint32_t i = links.offset[row]; i < links.offset[row + 1]; ++i) {
      const auto target = targets.find(links.rows[i]);
      if (target != targets.end()) result.rows.push_back(target->second);
    }
    result.offset.push_back(static_cast<uint32_t>(result.rows.size()));
  }
  return result;
}

CustomerTable table_of(const CustomerTable& table, std::span<const CustomerNumber> customers) {
  CustomerTable result;
  result.ids = std::make_shared<Dictionary>();
  for (const CustomerNumber c : customers) {
    result.ids->intern(table.ids->text(c));
    if (!table.known_from.empty()) result.known_from.push_back(table.known_from[c]);
  }
  for (const Column& column : table.attributes) {
    result.attributes.push_back(extract(column, customers));
  }
  return result;
}

}  // namespace

Column extract(const Column& column, std::span<const CustomerNumber> customers) {
  return picked(column, customers);
}

Result<History> extract(const History& history, std::span<const CustomerNumber> customers,
                        std::optional<Instant> upto) {
  std::vector<EventBatch> batches;
  std::unordered_map<std::string, KeptRows> kept;
  std::unordered_map<std::string, NewRows> places;
  for (const Stream& stream : history.streams()) {
    KeptRows& rows = kept[stream.type] = kept_rows(stream, customers, upto);
    for (uint32_t i = 0; i < rows.rows.size(); ++i) places[stream.type][rows.rows[i]] = i;
    batches.push_back(batch_of(stream, rows));
  }
  std::vector<std::vector<EventLinks>> links;
  for (const Stream& stream : history.streams()) {
    links.emplace_back();
    for (const EventLinks& one : stream.links) {
      links.back().push_back(links_of(one, kept[stream.type], places[one.type]));
    }
  }
  REGULARS_ASSIGN(History result, History::build(table_of(history.customer_table(), customers),
                                                 std::move(batches)));
  for (size_t i = 0; i < links.size(); ++i) result.edit_streams()[i].links = std::move(links[i]);
  return result;
}

}  // namespace regulars
