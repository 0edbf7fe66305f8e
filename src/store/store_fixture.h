// For tests of the store: a store in memory and two exports of a small shop that overlap.
#pragma once

#include <gtest/gtest.h>

#include "store/store.h"
#include "store/test_shop.h"

namespace regulars::store {

inline const std::vector<TestOrder> kJanuary = {
    {"ann@example.org", 10, "1001", {{"tea", 450}, {"cup", 800}}, "web"},
    {"bob@example.org", 11, "1002", {{"tea", 450}}, ""},
    {"ann@example.org", 20, "1003", {{"pot", 2500}}, "shop"},
};
inline const std::vector<TestOrder> kJanuaryAndFebruary = {
    {"bob@example.org", 11, "1002", {{"tea", 450}}, ""},
    {"ann@example.org", 20, "1003", {{"pot", 2500}}, "shop"},
    {"eve@example.org", 35, "1004", {{"tea", 500}, {"tea", 500}}, "web"},
    {"bob@example.org", 40, "1005", {{"cup", 800}}, "web"},
};

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = Store::open_memory(on_day(0));
    ASSERT_TRUE(store) << store.error().to_string();
    store_ = *std::move(store);
  }
  IngestReport ingest(const Delivery& delivery, int64_t day) {
    auto report = store_->ingest(delivery, on_day(day));
    EXPECT_TRUE(report) << report.error().to_string();
    return report ? *report : IngestReport{};
  }
  std::vector<std::string> load(std::optional<Instant> known_at = {}) {
    auto history = store_->load(known_at);
    EXPECT_TRUE(history) << history.error().to_string();
    return history ? describe(*history) : std::vector<std::string>{"failed"};
  }
  sql::Connection sql() { return *store_->connect(); }

  std::optional<Store> store_;
};

inline std::vector<std::string> described(const Delivery& delivery) {
  auto history = History::build(delivery.customers, delivery.events);
  EXPECT_TRUE(history);
  return describe(*history);
}

}  // namespace regulars::store
