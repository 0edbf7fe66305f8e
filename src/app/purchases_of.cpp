#include "app/purchases_of.h"

#include <algorithm>
#include <cmath>

namespace regulars::app {
namespace {

// Refunded up to `until`, by row of the purchases.
std::vector<int64_t> refunded(const History& history, const Stream& purchases, Instant until) {
  std::vector<int64_t> given_back(purchases.size(), 0);
  const Stream* refunds = history.stream("refund");
  const auto links = std::ranges::find(purchases.links, "refund", &EventLinks::type);
  if (refunds == nullptr || links == purchases.links.end()) return given_back;
  const Column* amount = find_column(refunds->columns, "amount");
  for (size_t row = 0; row < purchases.size(); ++row) {
    for (uint32_t i = links->offset[row]; i < links->offset[row + 1]; ++i) {
      const uint32_t refund = links->rows[i];
      if (refunds->at[refund] <= until && amount->known(refund)) {
        given_back[row] += amount->numbers[refund];
      }
    }
  }
  return given_back;
}

uint64_t unlinked(const History& history, Instant until) {
  const Stream* refunds = history.stream("refund");
  const Column* linked = refunds ? find_column(refunds->columns, "linked") : nullptr;
  if (linked == nullptr) return 0;
  uint64_t count = 0;
  for (size_t row = 0; row < refunds->size(); ++row) {
    count += refunds->at[row] <= until && linked->numbers[row] != 1 ? 1 : 0;
  }
  return count;
}

void add_purchases(const History& history, Instant until, ModelPurchases& result) {
  const Stream* stream = history.stream("purchase");
  const Column* amount = stream ? find_column(stream->columns, "amount") : nullptr;
  if (amount == nullptr) return;
  const std::vector<int64_t> given_back = refunded(history, *stream, until);
  const double unit = std::pow(10, -amount->scale);
  for (CustomerNumber c = 0; c < history.customers(); ++c) {
    for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
      if (stream->at[row] > until) break;
      const int64_t left = amount->numbers[row] - given_back[row];
      if (left <= 0 && given_back[row] > 0) {
        ++result.undone;
        continue;
      }
      result.purchases.customer.push_back(c);
      result.purchases.at.push_back(stream->at[row]);
      result.purchases.amount.push_back(static_cast<double>(left) * unit);
    }
  }
}

void add_free_orders(const History& history, Instant until, ModelPurchases& result) {
  const Stream* stream = history.stream("free_order");
  if (stream == nullptr) return;
  for (CustomerNumber c = 0; c < history.customers(); ++c) {
    for (uint32_t row = stream->offset[c]; row < stream->offset[c + 1]; ++row) {
      if (stream->at[row] > until) break;
      result.purchases.customer.push_back(c);
      result.purchases.at.push_back(stream->at[row]);
      result.purchases.amount.push_back(0);
    }
  }
}

}  // namespace

ModelPurchases purchases_of(const History& history, Instant until) {
  ModelPurchases result;
  add_purchases(history, until, result);
  add_free_orders(history, until, result);
  result.unlinked_refunds = unlinked(history, until);
  return result;
}

}  // namespace regulars::app
