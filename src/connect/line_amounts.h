// A line's money: amount, what was given back, quantity; exact before it is rounded once to the
// amount scale, half-even.
#pragma once

#include <cstdint>
#include <string>

#include "base/decimal.h"
#include "connect/batch_columns.h"
#include "connect/row_kind.h"
#include "data/column.h"

namespace regulars::connect {

struct LineAmount {
  int64_t units = kMissing;       // 10^-amount_scale
  Int128 exact = 0;               // before rounding, units of 10^-exact_scale
  bool rounded = false;           // had more digits than the scale keeps
  int64_t returned = 0;           // given back on this row, not negative
  int64_t item = kMissing;        // quantity x price where `units` is an order's total
  int64_t quantity = kMissing;    // 10^-quantity_scale
  Role bad_role = Role::kAmount;  // whose cell is at fault
};

class LineAmounts {
 public:
  LineAmounts(const BatchColumns& columns, const SourceSpec& spec);

  // nullptr, or what is wrong ("empty", "not a number", "too large").
  const char* read(size_t row, const RowKind& kind, LineAmount& out) const;
  // The sentence for a reject.
  std::string reason(const char* problem, const RowBatch& batch, size_t row, Role role) const;

  bool has_returned() const { return has_refund_ || gives_back_; }
  bool has_item_amount() const { return items_; }
  int quantity_scale() const { return quantity_scale_; }
  int exact_scale() const { return exact_scale_; }

 private:
  const char* read_product(size_t row, int64_t& units, LineAmount& out) const;
  const char* read_amount(size_t row, const RowKind& kind, LineAmount& out) const;
  const char* round(Int128 value, int scale, int64_t& units, LineAmount& out) const;
  void read_returned(size_t row, const RowKind& kind, LineAmount& out) const;

  const BatchColumns& columns_;
  AmountMeaning meaning_;
  int scale_;
  int exact_scale_ = 0;
  int quantity_scale_ = 0;
  bool has_refund_ = false;
  bool gives_back_ = false;  // a status says that a sale was wholly given back
  bool items_ = false;
};

}  // namespace regulars::connect
