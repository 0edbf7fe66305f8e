// For tests of the store: a small shop whose deliveries are written row by row.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/delivery.h"

namespace regulars::store {

struct TestItem {
  std::string product;
  int64_t amount = 0;  // cents
};

struct TestOrder {
  std::string customer;
  int64_t day = 0;    // since 1970-01-01
  std::string order;  // empty: none
  std::vector<TestItem> items;
  std::string channel;  // empty: unknown
  int64_t undone_day = -1;
};

constexpr Instant on_day(int64_t day) { return Instant{} + days(day); }

// A delivery of purchases with amount, order, channel, undone_at and items.
inline Delivery delivery_of(const std::vector<TestOrder>& orders, uint64_t content_hash) {
  Delivery delivery;
  delivery.source = "web shop";
  delivery.files = {{"orders.csv", "CSV", "UTF-8", 1000, orders.size(), content_hash}};
  delivery.customers.ids = std::make_shared<Dictionary>();
  const auto order_ids = std::make_shared<Dictionary>();
  const auto channels = std::make_shared<Dictionary>();
  const auto products = std::make_shared<Dictionary>();
  EventBatch batch;
  batch.type = "purchase";
  batch.columns = {Column::decimal("amount", 2), Column::text("order", order_ids),
                   Column::text("channel", channels), Column::of("undone_at", ValueType::kInstant)};
  batch.item_columns = {Column::text("product", products), Column::decimal("amount", 2)};
  batch.item_offset = {0};
  for (const TestOrder& order : orders) {
    const uint32_t customer = delivery.customers.ids->intern(order.customer);
    const Instant at = on_day(order.day);
    auto& known_from = delivery.customers.known_from;
    if (customer == known_from.size()) known_from.push_back(at);
    known_from[customer] = std::min(known_from[customer], at);
    int64_t amount = 0;
    for (const TestItem& item : order.items) {
      amount += item.amount;
      batch.item_columns[0].codes.push_back(products->intern(item.product));
      batch.item_columns[1].numbers.push_back(item.amount);
    }
    batch.customer.push_back(customer);
    batch.at.push_back(at);
    batch.id.push_back(batch.id.size());
    batch.columns[0].numbers.push_back(amount);
    batch.columns[1].codes.push_back(order.order.empty() ? kNoCode
                                                         : order_ids->intern(order.order));
    batch.columns[2].codes.push_back(order.channel.empty() ? kNoCode
                                                           : channels->intern(order.channel));
    batch.columns[3].numbers.push_back(order.undone_day < 0 ? kMissing
                                                            : on_day(order.undone_day).micros);
    batch.item_offset.push_back(static_cast<uint32_t>(batch.item_columns[0].size()));
  }
  delivery.rows.read = static_cast<int64_t>(orders.size());
  delivery.rows.used = delivery.rows.read;
  delivery.events.push_back(std::move(batch));
  return delivery;
}

// A history as text, one line per event in its order: comparable whatever the codes and ids.
inline std::string describe(const Column& column, size_t row) {
  if (!column.known(row)) return column.name + "=?";
  const std::string value =
      column.type == ValueType::kText      ? std::string(column.dictionary->text(column.codes[row]))
      : column.type == ValueType::kDecimal ? Decimal{column.numbers[row], column.scale}.to_string()
                                           : std::to_string(column.numbers[row]);
  return column.name + "=" + value;
}

inline std::vector<std::string> describe(const History& history) {
  std::vector<std::string> lines;
  for (uint32_t customer = 0; customer < history.customers(); ++customer) {
    std::string line = "customer " + std::string(history.customer_id(customer));
    const CustomerTable& table = history.customer_table();
    if (!table.known_from.empty()) line += " from " + to_iso(table.known_from[customer]);
    for (const Column& column : table.attributes) line += " " + describe(column, customer);
    lines.push_back(line);
    for (const Stream& stream : history.streams()) {
      for (uint32_t row = stream.offset[customer]; row < stream.offset[customer + 1]; ++row) {
        line = stream.type + " " + to_iso(stream.at[row]);
        for (const Column& column : stream.columns) line += " " + describe(column, row);
        if (!stream.item_offset.empty()) {
          for (uint32_t item = stream.item_offset[row]; item < stream.item_offset[row + 1];
               ++item) {
            line += " |";
            for (const Column& column : stream.item_columns) line += " " + describe(column, item);
          }
        }
        lines.push_back(line);
      }
    }
  }
  return lines;
}

}  // namespace regulars::store
