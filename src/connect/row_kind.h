// What each row is: a sale, a refund, no sale, or an event that is no order at all; from its event,
// its status, its cancellation mark and the prefix of its order's number.
#pragma once

#include <cstdint>
#include <vector>

#include "connect/batch_columns.h"
#include "data/order_lines.h"

namespace regulars::connect {

struct RowKind {
  LineKind kind = LineKind::kSale;
  bool given_back = false;   // a sale that was wholly given back
  bool other_event = false;  // no order at all
  bool says_nothing = true;  // neither status nor cancellation is filled in
};

class RowKinds {
 public:
  RowKinds(const BatchColumns& columns, const SourceSpec& spec);

  // Of a row of the batch that the columns hold.
  RowKind of(size_t row);

 private:
  enum class Word : uint8_t { kNone, kNotSale, kRefund, kGivenBack };
  Word word_of(std::string_view text) const;
  Word status_word(uint32_t code);
  bool is_cancelled(uint32_t code);
  bool is_cancellation(uint32_t order);

  const BatchColumns& columns_;
  const SourceSpec& spec_;
  bool by_event_;                        // the file holds more than orders
  std::vector<uint8_t> status_;          // by code of the status column: Word + 1; 0: not yet known
  std::vector<uint8_t> event_is_order_;  // by code of the event column
  std::vector<uint8_t> cancelled_;       // by code of the column that says so
  std::vector<uint8_t> order_cancels_;   // by order code
};

}  // namespace regulars::connect
