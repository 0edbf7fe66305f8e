// What the store is given to keep, and what it says it did with it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "data/history.h"
#include "data/intake.h"
#include "data/order_lines.h"
#include "data/source_contents.h"

namespace regulars::store {

// The contents of one or several files of one source, read and assembled.
//
// Which event is which: an event whose `key_column` is known is identified by (source, type, key,
// customer, occurrence number); any other by (source, type, content, occurrence number). Content is
// the customer's external id, the time, all columns and all items; the order of items and columns,
// codes of texts, trailing zeros of decimals and columns without a value make no difference. The
// batch's own `id` is not looked at.
struct Delivery {
  std::string source;              // "web shop": files of one source may overlap
  std::vector<SourceInfo> files;   // content_hash tells re-readings; 0: not known
  CustomerTable customers;         // known_from of the largest Instant: not seen, not kept
  std::vector<EventBatch> events;  // types and columns have names like purchase, unit_cost2
  std::vector<Reject> rejects;
  RowCounts rows;

  // Text column of events that holds the source's own id, where a batch has it.
  std::string key_column = "order";
  // Columns concluded from other events of the same files. They are no part of an event's identity,
  // and where one says nothing (unknown, false, or the event's own time) it changes nothing that is
  // stored: a later file may hold a refund without its purchase. Derived texts never change what is
  // stored.
  std::vector<std::string> derived_columns = {"undone_at", "applies_at", "linked", "refund_of"};
};

struct TypeReport {
  std::string type;
  int64_t added = 0;    // not seen before
  int64_t known = 0;    // stored already, the same
  int64_t revised = 0;  // stored already with other content: the old version is kept beside
  // Stored from these very files before, but no longer in them as they are read now (other columns,
  // another time zone): they no longer count, and are kept as what was known.
  int64_t withdrawn = 0;
  bool operator==(const TypeReport&) const = default;
};

struct IngestReport {
  uint32_t run = 0;               // number of the run row that records this
  std::vector<TypeReport> types;  // as in Delivery::events
  int64_t customers_added = 0;
  bool files_read_before = false;  // every file's content had been read from this source before

  TypeReport total() const;  // over all types; `type` is empty
};

// The orders of a source as read (Intake) and assembled.
Delivery delivery_of_orders(std::string source, Assembled orders, const Intake& intake);

// The events and customers of a declared source as read (data/source_contents.h); its reference
// table goes to store_reference.
Delivery delivery_of_source(std::string source, SourceContents contents);

// Called before each step of an ingest with words for a person ("events of type purchase").
using Progress = std::function<void(std::string_view step)>;

}  // namespace regulars::store
