#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "segments/quantile.h"
#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

// The parts of a stream that matching needs.
struct Sales {
  const Stream& stream;
  const Column* product;  // of the items; nullptr: no products

  bool holds(uint32_t row, std::string_view wanted) const {
    for (uint32_t i = stream.item_offset[row]; i < stream.item_offset[row + 1]; ++i) {
      const uint32_t code = product->codes[i];
      if (code != kNoCode && product->dictionary->text(code) == wanted) return true;
    }
    return false;
  }
};

Sales sales_of(const Stream& stream) {
  return {stream,
          stream.item_offset.empty() ? nullptr : find_column(stream.item_columns, "product")};
}

// The instant of the customer's latest purchase of the product, not after `before`.
std::optional<Instant> sold_at(const Sales& purchases, size_t customer, std::string_view product,
                               Instant before) {
  const std::vector<uint32_t>& offset = purchases.stream.offset;
  for (uint32_t row = offset[customer + 1]; row > offset[customer]; --row) {
    const Instant at = purchases.stream.at[row - 1];
    if (at <= before && purchases.holds(row - 1, product)) return at;
  }
  return std::nullopt;
}

// When what each returned item of the refund names was sold, as far as it can be found.
std::vector<Instant> sales_behind(const Sales& purchases, const Sales& refunds, size_t customer,
                                  uint32_t refund) {
  std::vector<Instant> sales;
  if (purchases.product == nullptr || refunds.product == nullptr) return sales;
  const Stream& stream = refunds.stream;
  for (uint32_t i = stream.item_offset[refund]; i < stream.item_offset[refund + 1]; ++i) {
    const uint32_t code = refunds.product->codes[i];
    if (code == kNoCode) continue;
    const std::string_view product = refunds.product->dictionary->text(code);
    const auto at = sold_at(purchases, customer, product, stream.at[refund]);
    if (at) sales.push_back(*at);
  }
  return sales;
}

}  // namespace

RefundDelay refund_delay(const History& history, const Zone& zone) {
  RefundDelay result;
  const Stream* refund_stream = history.stream("refund");
  const Stream* purchase_stream = history.stream("purchase");
  if (refund_stream == nullptr || purchase_stream == nullptr) return result;
  const Sales refunds = sales_of(*refund_stream);
  const Sales purchases = sales_of(*purchase_stream);
  const Column* linked = find_column(refund_stream->columns, "linked");
  const Column* applies_at = find_column(refund_stream->columns, "applies_at");
  std::vector<int64_t> delays;
  for (size_t c = 0; c < history.customers(); ++c) {
    for (uint32_t row = refund_stream->offset[c]; row < refund_stream->offset[c + 1]; ++row) {
      ++result.refunds;
      const bool named = linked != nullptr && linked->numbers[row] == 1;
      const std::vector<Instant> sales = named ? std::vector{Instant{applies_at->numbers[row]}}
                                               : sales_behind(purchases, refunds, c, row);
      result.matched += sales.empty() ? 0 : 1;
      for (const Instant sold : sales) {
        delays.push_back(zone.day_of(refund_stream->at[row]) - zone.day_of(sold));
      }
    }
  }
  if (delays.empty()) return result;
  std::sort(delays.begin(), delays.end());
  const auto days_at = [&](double p) { return std::llround(quantile(delays, p)); };
  result.q50 = days_at(0.5);
  result.q80 = days_at(0.8);
  result.q95 = days_at(0.95);
  return result;
}

}  // namespace regulars::segments
