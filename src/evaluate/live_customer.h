// The events of one customer in a form that grows: what a live server holds of everyone it has
// heard of.
//
//   const LiveLayout layout(schema);
//   LiveCustomer anna = LiveCustomer::of(layout, history, c);
//   anna.put(layout, {.type = 2, .at = now, .id = 77, .columns = {1999, shoes}});
//
// Events may come in any order: the answers are those of the sorted history. They are told apart by
// (type, id): put() of an event that is there already, at the same instant, revises it or changes
// nothing. A revision that moves an event in time is remove() and then put(); only whoever keeps an
// index of ids knows where it was.
//
// Memory: 80 bytes for a customer; 40 more for each event type she has events of; 16 bytes for an
// event, 8 more for each of its columns of numbers and 4 for each of its texts, with room for up to
// half as many again; 8 for each attribute. See bytes().
//
// Thread-safety: none; a customer belongs to one thread at a time. A layout is immutable.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "data/history.h"
#include "evaluate/evaluate.h"

namespace regulars::evaluate {

// Where the facts of an event lie. Event types and columns are numbered as the schema has them.
class LiveLayout {
 public:
  explicit LiveLayout(Schema schema);

  const Schema& schema() const { return schema_; }

  // Of the events of a type, or of their items.
  struct Rows {
    struct Place {
      uint16_t before = 0;  // bytes per row of the columns before this one
      bool text = false;
    };
    std::vector<Place> columns;
    uint16_t width = 0;  // bytes per row
    uint16_t at = 0, id = 0, item_end = 0;
    bool has_items = false;
  };
  const Rows& events(size_t type) const { return events_[type]; }
  const Rows& items(size_t type) const { return items_[type]; }
  // kNoType when the schema has no such events.
  static constexpr size_t kNoType = SIZE_MAX;
  size_t type_of(std::string_view event) const;

 private:
  Schema schema_;
  std::vector<Rows> events_;
  std::vector<Rows> items_;
};

// One event as it arrives. Numbers are in units of their columns; texts are codes of their columns'
// dictionaries; unknown is kMissing, of a text too.
struct LiveEvent {
  size_t type = 0;
  Instant at;
  uint64_t id = 0;  // distinct within the type; decides ties in time
  std::span<const int64_t> columns;
  std::span<const int64_t> item_columns;  // item by item
  uint32_t items = 0;
};

struct LiveIndex;  // private to evaluate

class LiveCustomer {
 public:
  // Without events; every attribute is unknown. The id must outlive the customer.
  LiveCustomer(const LiveLayout& layout, std::string_view id);
  // Customer c as the history has her. Columns of the schema that the history lacks are unknown;
  // `given` are columns of the population snapshot. kBadData when the history does not fit.
  static Result<LiveCustomer> of(const LiveLayout& layout, const History& history, CustomerNumber c,
                                 std::span<const Column* const> given = {});
  ~LiveCustomer();
  LiveCustomer(LiveCustomer&&) noexcept;
  LiveCustomer& operator=(LiveCustomer&&) noexcept;

  enum class Put {
    kAppended,   // later than all events of its type
    kLate,       // sorted in before others
    kRevised,    // the event was there with other facts
    kUnchanged,  // it was there as it is: nothing changes, whatever is asked
  };
  // O(log n) for an event that is the latest of its type; a late one moves those after it.
  // kBadData when the event does not fit the layout; kOverflow above 2^32-1 events or items.
  Result<Put> put(const LiveLayout& layout, const LiveEvent& event);
  // False when there is no such event.
  bool remove(const LiveLayout& layout, size_t type, Instant at, uint64_t id);
  // Of schema.attributes, also of the columns of a population snapshot.
  void set_attribute(size_t attribute, int64_t number);
  void set_known_from(Instant t) { known_from_ = t; }
  // Which of her events are linked to which (EventLinks); rows count her own events of a type.
  // Links move along when rows do; a new event has none.
  void set_links(size_t type, std::vector<EventLinks> links);

  std::string_view id() const { return id_; }
  size_t events(size_t type) const;
  size_t events() const;
  Instant last_at(size_t type) const;            // the latest event of a type that has any
  size_t bytes(const LiveLayout& layout) const;  // everything held for her

  // A history of her alone. Dictionaries are shared with the layout's schema.
  History to_history(const LiveLayout& layout) const;

 private:
  friend class LiveEvaluator;
  friend class LivePlan;

  // Rows in one piece of memory, column after column.
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    uint32_t rows = 0;
    uint32_t room = 0;
  };
  struct TypeRows {
    uint32_t type = 0;
    uint32_t changed = 0;  // rows before this one are as the index knows them
    Block events;
    Block items;
  };

  struct Extra {  // what few customers have
    std::unique_ptr<LiveIndex> index;
    std::vector<std::pair<size_t, std::vector<EventLinks>>> links;  // by type
  };

  TypeRows* find(size_t type);
  const TypeRows* find(size_t type) const;
  TypeRows& make(size_t type);
  static void grow(Block& block, const LiveLayout::Rows& layout, uint32_t rows);
  static void open_gap(Block& block, const LiveLayout::Rows& layout, uint32_t at, uint32_t count);
  static void close_gap(Block& block, const LiveLayout::Rows& layout, uint32_t at, uint32_t count);
  template <class T>
  static T* column(const Block& block, uint16_t before) {
    return reinterpret_cast<T*>(block.bytes.get() + size_t{before} * block.room);
  }
  uint32_t place_of(const TypeRows& rows, const LiveLayout::Rows& layout, Instant at,
                    uint64_t id) const;
  Put revise(const LiveLayout& layout, TypeRows& rows, uint32_t row, const LiveEvent& event);
  static bool same(const LiveLayout& layout, const TypeRows& rows, uint32_t row,
                   const LiveEvent& event);
  static void write(Block& block, const LiveLayout::Rows& layout, uint32_t row,
                    std::span<const int64_t> values);
  static int64_t read(const Block& block, const LiveLayout::Rows& layout, uint32_t row, size_t c);
  static uint32_t items_before(const TypeRows& rows, const LiveLayout::Rows& layout, uint32_t row);
  static void set_items(const LiveLayout& layout, TypeRows& rows, uint32_t row,
                        const LiveEvent& event, uint32_t old_items);
  void move_links(const LiveLayout& layout, size_t type, uint32_t row, bool inserted);
  void forget(size_t type);
  void forget_linked_to(const LiveLayout& layout, size_t type);
  Extra& extra();

  std::string_view id_;
  Instant known_from_{kMissing};
  std::vector<TypeRows> types_;
  std::vector<int64_t> attributes_;  // numbers, or codes of texts
  std::unique_ptr<Extra> extra_;
};

}  // namespace regulars::evaluate
