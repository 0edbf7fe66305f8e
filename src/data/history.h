// What happened, clustered by customer and ordered in time: the form every evaluation reads.
//
// An EventBatch holds the events of one type in any order. History::build clusters batches: for
// each type one Stream, in which customer c owns rows offset[c] .. offset[c+1], ordered by
// (occurred_at, id). Customers are numbered 0 .. customers()-1; `customer_ids` names them.
//
// Thread-safety: a History is immutable after build and may be shared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/column.h"

namespace regulars {

using CustomerNumber = uint32_t;

// Events of one type, and their items (order lines). Row i's items are item rows
// item_offset[i] .. item_offset[i+1]; item_offset is empty when the type has no items.
struct EventBatch {
  std::string type;
  std::vector<CustomerNumber> customer;
  std::vector<Instant> at;
  std::vector<uint64_t> id;  // distinct within the type; decides ties in time
  std::vector<Column> columns;
  std::vector<uint32_t> item_offset;
  std::vector<Column> item_columns;

  size_t size() const { return at.size(); }
};

// For each event of a stream, the events of another stream that point at it (the refunds of a
// purchase): rows[offset[i]] .. rows[offset[i + 1]], in order of (time, id), of the same customer.
struct EventLinks {
  std::string type;
  std::vector<uint32_t> offset;
  std::vector<uint32_t> rows;
};

// A batch clustered by customer: `customer` is replaced by `offset`.
struct Stream {
  std::string type;
  std::vector<uint32_t> offset;  // customers + 1
  std::vector<Instant> at;
  std::vector<uint64_t> id;
  std::vector<Column> columns;
  std::vector<uint32_t> item_offset;
  std::vector<Column> item_columns;
  std::vector<EventLinks> links;

  size_t size() const { return at.size(); }
};

struct CustomerTable {
  DictionaryPtr ids;  // code = customer number
  // First record of any kind. Empty, or kMissing for one: since her first event or, without
  // events, since ever.
  std::vector<Instant> known_from;
  std::vector<Column> attributes;  // one row per customer
};

class History {
 public:
  // kOverflow above 2^32-1 events or items of one type; kBadData when a customer number is out of
  // range or columns differ in length.
  static Result<History> build(CustomerTable customers, std::vector<EventBatch> batches);

  // Of streams that are clustered already: each by `customers`, in order of (time, id).
  static History of_streams(CustomerTable customers, std::vector<Stream> streams);

  size_t customers() const { return customer_table_.ids ? customer_table_.ids->size() : 0; }
  std::string_view customer_id(CustomerNumber c) const { return customer_table_.ids->text(c); }
  const CustomerTable& customer_table() const { return customer_table_; }

  // The same without the events later than t. All customers stay; whoever asks as of t decides by
  // known_from who was one.
  History up_to(Instant t) &&;

  const std::vector<Stream>& streams() const { return streams_; }
  // For whoever completes a history before it is shared (attach.h, link_history.h): columns and
  // links may be added; rows stay as they are.
  std::vector<Stream>& edit_streams() { return streams_; }
  std::vector<Column>& edit_attributes() { return customer_table_.attributes; }
  const Stream* stream(std::string_view type) const;  // nullptr when no such type

 private:
  CustomerTable customer_table_;
  std::vector<Stream> streams_;
};

}  // namespace regulars
