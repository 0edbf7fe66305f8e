// Facts of lines beyond money and identity: discount, tax, shipping, cost, channel, store, country,
// category, brand, coupon, opt-in; and facts of products taken from the lines that sell them.
#pragma once

#include <cstdint>
#include <vector>

#include "connect/batch_columns.h"
#include "data/order_lines.h"

namespace regulars::connect {

class LineExtras {
 public:
  LineExtras(const BatchColumns& columns, const SourceSpec& spec);

  void push(size_t row);
  // The row sells this product: its category and brand are the product's if none is known yet.
  void note_product(uint32_t product, size_t row);
  // Moves the columns into the lines.
  void finish(OrderLines& lines);

 private:
  struct Extra {
    Role role;
    Column column;
  };
  struct ProductFact {
    Role role;
    std::vector<uint32_t> codes;
  };
  int64_t number_at(const Extra& extra, size_t row) const;
  int64_t flag_at(const Extra& extra, size_t row);
  uint32_t coupon_at(size_t row);

  const BatchColumns& columns_;
  int scale_;
  std::vector<Extra> extras_;
  std::vector<ProductFact> facts_;
  std::vector<uint8_t> no_coupon_;  // by code of the coupon column
  std::vector<int8_t> flags_;       // by code of the opt-in column: 1, 0, -1 unknown
};

}  // namespace regulars::connect
