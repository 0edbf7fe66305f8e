// Small histories for the unit tests of this folder.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "base/time.h"
#include "data/order_lines.h"
#include "segments/customer_facts.h"

namespace regulars::segments {

struct TestOrder {
  const char* customer;
  int day;         // days since 2020-01-01
  int64_t amount;  // cents; below zero: a refund of its own
};

constexpr int kTestEpoch = 18262;  // 2020-01-01

inline History history_of(const std::vector<TestOrder>& orders) {
  OrderLines lines;
  int number = 0;
  for (const TestOrder& order : orders) {
    lines.customer.push_back(lines.customers->intern(order.customer));
    lines.order.push_back(lines.orders->intern("o" + std::to_string(number++)));
    lines.at.push_back(Zone::utc().at(Day{kTestEpoch + order.day}, hours(12).micros));
    lines.amount.push_back(order.amount);
    lines.kind.push_back(LineKind::kSale);
  }
  Assembled assembled = *assemble_orders(std::move(lines), {}, Zone::utc());
  return *History::build(std::move(assembled.customers), std::move(assembled.events));
}

inline Instant end_of_test_day(int day) { return Zone::utc().end_of(Day{kTestEpoch + day}); }

inline CustomerFacts facts_of(const History& history, int as_of_day, int window_months = 0) {
  const Instant as_of = end_of_test_day(as_of_day);
  const FactsWindow window{window_months};
  return std::move(customer_facts(history, Zone::utc(), std::span(&as_of, 1), window, 1)->front());
}

}  // namespace regulars::segments
