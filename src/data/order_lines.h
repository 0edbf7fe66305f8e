// Order lines as read from a source, typed but not yet grouped into orders, and the grouping
// itself. `connect` (or a simulation, or a test) fills OrderLines; assemble_orders turns them into
// events and counts every row exactly once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/column.h"
#include "data/history.h"
#include "data/source_spec.h"

namespace regulars {

enum class LineKind : uint8_t {
  kSale,     // sign of the amount decides: positive sold, negative given back, zero free
  kRefund,   // gives money back whatever the sign (a cancellation row, a refund status)
  kNotSale,  // cancelled, failed, pending, draft or test: counted, then left out
};

// One element per line in each vector, or none at all where the file has no such column.
struct OrderLines {
  DictionaryPtr customers = std::make_shared<Dictionary>();
  DictionaryPtr orders = std::make_shared<Dictionary>();
  DictionaryPtr products = std::make_shared<Dictionary>();

  std::vector<uint32_t> customer;   // kNoCode: carries no customer
  std::vector<uint32_t> order;      // kNoCode: no order number on this row; empty: no such column
  std::vector<uint32_t> refund_of;  // order that a refund names; kNoCode: none; empty: no column
  std::vector<Instant> at;
  std::vector<int64_t> amount;    // units of 10^-amount_scale, signed as in the file
  std::vector<int64_t> returned;  // money given back on an order's row (Shopify); empty: none
  std::vector<LineKind> kind;
  std::vector<uint8_t> excluded;  // 1: the customer was left out on request; empty: none
  std::vector<uint32_t> product;  // empty: no such column
  std::vector<int64_t> quantity;  // units of 10^-quantity_scale; empty: no such column
  int amount_scale = 2;
  int quantity_scale = 0;

  // quantity x price of the line where `amount` is the order's total; kMissing: unknown; empty: no
  // such columns, or `amount` is the line's own.
  std::vector<int64_t> item_amount;

  // 1: the amount is not nothing but rounds to it, so the line is sold, not free; empty: none is.
  std::vector<uint8_t> rounded_to_zero;

  // Earliest record of each customer in the file, rows that are no orders included; empty: taken
  // from the lines. Customers whose rows are no orders at all have a code but no line.
  std::vector<Instant> seen_from;

  // Further facts of a line or its order, found under the roles of ColumnMapping: "discount"
  // (decimal), "coupon" (text: what was used for it; orders then also get "coupon_used"),
  // "channel", "store", "country", "category" (text) ... Kept on items; the value on an order's
  // first line is also the order's.
  std::vector<Column> extra;

  // Facts about products, one row per product code: "name", "category", "brand" (text) and
  // "charge" (boolean: postage, fees, tips; in revenue, out of product tables).
  std::vector<Column> product_facts;

  size_t size() const { return at.size(); }
};

// Rows read = the sum of all others. Every row is in exactly one.
struct RowCounts {
  int64_t read = 0;
  int64_t used = 0;          // lines of purchases with a customer
  int64_t refunds = 0;       // lines of cancellations and refunds with a customer
  int64_t zero = 0;          // free lines with a customer
  int64_t unattributed = 0;  // no customer, or a placeholder that stands for nobody
  int64_t rejected = 0;      // could not be read; each is listed
  int64_t duplicates = 0;    // exact duplicates dropped on request
  int64_t not_sales = 0;     // cancelled, failed, test ... by status
  int64_t excluded = 0;      // customers left out on request
  int64_t other_events = 0;  // rows that are no orders (offers, views)

  bool ties_out() const {
    return read == used + refunds + zero + unattributed + rejected + duplicates + not_sales +
                       excluded + other_events;
  }
};

// Money outside the history: sales that carry no customer. Same scale as the lines.
struct Unattributed {
  int64_t orders = 0;  // distinct order numbers, or rows without one
  int64_t gross = 0;
  int64_t refunds = 0;
  double share_of_sales = 0;  // gross / gross of all sales in the lines; 0 when there are none
};

struct Assembled {
  // "purchase": columns amount (decimal, gross), lines (integer), undone_at (instant; when linked
  //   refunds have given all of it back, else unknown), and the order-level extras; items with
  //   product, quantity, amount and the line extras. Events keep the order's earliest time.
  // "refund": columns amount (decimal, positive), applies_at (instant: the purchase's time when
  //   linked, else its own), linked (boolean), refund_of (text: the order it names or stands under,
  //   by which link_history.h finds a purchase of another file); items with product and amount.
  // "free_order": an order with total zero; no columns.
  std::vector<EventBatch> events;
  CustomerTable customers;  // everyone with any record, numbered as OrderLines::customers
  RowCounts rows;           // used, refunds, zero, unattributed, not_sales, excluded are filled in
  Unattributed unattributed;
  int64_t orders_by_same_instant = 0;          // orders made from rows without an order number
  int64_t orders_with_two_customers = 0;       // order numbers that several customers share
  int64_t orders_far_apart = 0;                // purchases whose lines lie more than 7 days apart
  int64_t orders_with_conflicting_totals = 0;  // "repeated" order totals that differ
};

// Groups lines into orders. Lines with the same order number and customer are one order; rows of
// one customer at the same instant are one order when there is no number. Within an order, lines
// below zero on a later local day are a linked refund; the others belong to the order. An order
// whose total is above zero is a purchase, below zero an unlinked refund unless it names the order
// it gives back. kOverflow when a sum leaves 64 bits.
Result<Assembled> assemble_orders(OrderLines lines, const SourceSpec& spec, const Zone& zone);

}  // namespace regulars
