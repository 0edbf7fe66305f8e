#include "connect/read_events.h"

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "connect/event_fields.h"
#include "connect/event_shapes.h"
#include "connect/field_names.h"
#include "connect/find_columns.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr size_t kMostTypesLeftAside = 200;

class EventsReader {
 public:
  explicit EventsReader(SourceReading& reading) : reading_(reading) {}

  Result<void> prepare();
  Result<void> read();

 private:
  struct Moment {  // a column with the time of an event
    size_t column;
    TimeReader times;
    EventBuilder* builder;  // null: the row's type says which
  };

  Result<void> find_times();
  Result<TimeFormat> format_of(size_t column) const {
    return time_format_of(reading_.declaration(), reading_.profile(), column);
  }
  void find_id();
  void make_builders();
  EventBuilder* builder_of(const std::string& type);
  EventBuilder* builder_of_row(const RowBatch& batch, size_t row);
  void leave_aside(std::string_view value);

  void look_at_columns(const RowBatch& batch);
  void read_times(const RowBatch& batch);
  void read_row(const RowBatch& batch, size_t row);
  bool read_one(const RowBatch& batch, size_t row, uint32_t customer);
  bool read_happenings(const RowBatch& batch, size_t row, uint32_t customer);
  bool append(EventBuilder& builder, const RowBatch& batch, size_t row, uint32_t customer,
              Instant at);

  SourceReading& reading_;
  std::optional<CustomerCells> customers_;
  EventPlan plan_;
  std::vector<Moment> moments_;
  int clock_ = -1;
  int id_ = -1;
  std::vector<std::unique_ptr<EventBuilder>> builders_;
  std::map<std::string, EventBuilder*, std::less<>> by_word_;  // by the type column's folded word
  Dictionary type_cells_;  // cells of the type column as they stand, of types asked for
  std::vector<EventBuilder*> of_type_cell_;

  // Of the rows of the current batch.
  struct Time {
    Instant at;
    bool good = false;
  };
  std::vector<uint32_t> customer_;
  std::vector<Time> time_;
};

Result<void> EventsReader::prepare() {
  REGULARS_ASSIGN(customers_, CustomerCells::find(reading_));
  REGULARS_ASSIGN(plan_, plan_events(reading_));
  reading_.contents.shape = plan_.shape;
  if (plan_.type_column >= 0) {
    const bool said = !reading_.declaration().type_column.empty();
    reading_.take(static_cast<size_t>(plan_.type_column), "event",
                  said ? "declared" : "its words are names of events", said ? 1 : 0.8);
  }
  REGULARS_TRY(find_times());
  find_id();
  make_builders();
  return {};
}

Result<void> EventsReader::find_times() {
  if (!plan_.happenings.empty()) {
    for (const EventPlan::Happening& happening : plan_.happenings) {
      REGULARS_ASSIGN(const TimeFormat format, format_of(happening.column));
      moments_.push_back({happening.column, TimeReader(format, reading_.zone()), nullptr});
      reading_.take(happening.column, "time", "name says when of " + happening.type, 0.9);
    }
    return {};
  }
  ColumnMapping said;
  const auto& columns = reading_.declaration().columns;
  if (const auto time = columns.find("time"); time != columns.end()) said.time = time->second;
  if (const auto clock = columns.find("time_of_day"); clock != columns.end()) {
    said.time_of_day = clock->second;
  }
  REGULARS_ASSIGN(const ColumnsFound found, find_columns(reading_.profile(), said));
  const int time = reading_.find(found.mapping.time);
  if (time < 0 || reading_.taken()[static_cast<size_t>(time)]) {
    return reading_.missing("the time", "Name it under columns: time: COLUMN.");
  }
  clock_ = reading_.find(found.mapping.time_of_day);
  const auto place = static_cast<size_t>(time);
  REGULARS_ASSIGN(const TimeFormat format, format_of(place));
  moments_.push_back({place, TimeReader(format, reading_.zone()), nullptr});
  for (const FoundColumn& column : found.found) {
    if (column.role != "time" && column.role != "time_of_day") continue;
    reading_.take(static_cast<size_t>(reading_.find(column.column)), column.role, column.reason,
                  column.confidence);
  }
  return {};
}

// The column declared as `id`, or one named so whose values are all different.
void EventsReader::find_id() {
  id_ = reading_.said("id");
  std::string reason = "declared";
  for (size_t c = 0; id_ < 0 && c < reading_.names().size(); ++c) {
    const std::string name = field_name_of(reading_.names()[c]);
    const ColumnProfile& column = reading_.profile().columns[c];
    const bool named = name == "id" || name == "event_id" || name == "message_id" ||
                       name == "uuid" || name == "event_uuid" || name == "row_id";
    const bool unique =
        column.empty == 0 && column.rows > 0 && column.distinct == static_cast<double>(column.rows);
    if (!named || !unique || reading_.taken()[c]) continue;
    id_ = static_cast<int>(c);
    reason = "name says id; all values are different";
  }
  if (id_ < 0) return;
  reading_.take(static_cast<size_t>(id_), "id", reason, 0.9);
  reading_.contents.key_column = "id";
}

void EventsReader::make_builders() {
  const ProjectFacts& facts = reading_.facts();
  std::vector<std::vector<FieldPlan>> plans;
  const std::vector<std::string> types = plan_.event_types();
  for (const std::string& type : types) {
    const EventTypeDeclaration* declared = facts.event(type);
    const bool own = std::any_of(facts.events.begin(), facts.events.end(),
                                 [&](const EventTypeDeclaration& e) { return e.name == type; });
    plans.push_back(plan_fields(
        reading_, type, declared == nullptr ? std::vector<FieldDeclaration>{} : declared->fields,
        !own));
    std::optional<TimeFormat> none;
    builders_.push_back(std::make_unique<EventBuilder>(type, plans.back(), id_, reading_, none));
  }
  for (size_t i = 0; i < types.size(); ++i) {
    for (const FieldPlan& plan : plans[i]) {
      for (const size_t column : plan.columns) {
        if (reading_.taken()[column]) continue;
        const bool same_name = reading_.names()[column] == plan.field.name;
        reading_.take(column, plan.field.name,
                      plan.declared ? (same_name ? "its name" : "name or declaration")
                                    : "not declared: a field of its own",
                      plan.declared ? 0.9 : 0.5);
      }
    }
  }
  for (size_t i = 0; i < plan_.happenings.size(); ++i) {
    moments_[i].builder = builder_of(plan_.happenings[i].type);
  }
  for (const auto& [value, type] : plan_.types) {
    by_word_[folded(trimmed(value))] = builder_of(type);
  }
}

EventBuilder* EventsReader::builder_of(const std::string& type) {
  const auto found = std::find_if(builders_.begin(), builders_.end(),
                                  [&](const auto& builder) { return builder->type() == type; });
  return found == builders_.end() ? nullptr : found->get();
}

// Null: no type that was asked for.
EventBuilder* EventsReader::builder_of_row(const RowBatch& batch, size_t row) {
  if (plan_.type_column < 0) return builders_.front().get();
  const std::string_view cell = batch.cells[static_cast<size_t>(plan_.type_column)][row];
  const uint32_t known = type_cells_.find(cell);
  if (known != kNoCode) return of_type_cell_[known];
  const auto found = by_word_.find(folded(trimmed(cell)));
  if (found == by_word_.end()) {
    leave_aside(trimmed(cell));
    return nullptr;
  }
  type_cells_.intern(cell);
  of_type_cell_.push_back(found->second);
  return found->second;
}

void EventsReader::leave_aside(std::string_view value) {
  std::map<std::string, int64_t>& aside = reading_.contents.left_aside;
  const std::string word = shortened(value, 60);
  const bool room = aside.size() < kMostTypesLeftAside || aside.contains(word);
  ++aside[room ? word : "others"];
  ++reading_.contents.rows.other_events;
}

bool EventsReader::append(EventBuilder& builder, const RowBatch& batch, size_t row,
                          uint32_t customer, Instant at) {
  if (const auto problem = builder.read(batch, row)) {
    reading_.reject(batch, row, problem->column, problem->reason);
    return false;
  }
  builder.append(customer, at);
  customers_->see(customer, at);
  return true;
}

std::string no_time(std::string_view cell) {
  return says_nothing(cell) ? "there is no time"
                            : "'" + shortened(trimmed(cell), 40) + "' is not a time";
}

// False: the row was left aside or rejected.
bool EventsReader::read_one(const RowBatch& batch, size_t row, uint32_t customer) {
  EventBuilder* builder = builder_of_row(batch, row);
  if (builder == nullptr) return false;
  if (customer == kNoCode) {
    ++reading_.contents.rows.unattributed;
    return false;
  }
  if (!time_[row].good) {
    const size_t column = moments_.front().column;
    reading_.reject(batch, row, column, no_time(batch.cells[column][row]));
    return false;
  }
  return append(*builder, batch, row, customer, time_[row].at);
}

bool EventsReader::read_happenings(const RowBatch& batch, size_t row, uint32_t customer) {
  if (customer == kNoCode) {
    ++reading_.contents.rows.unattributed;
    return false;
  }
  std::vector<std::pair<EventBuilder*, Instant>> events;
  for (Moment& moment : moments_) {
    const std::string_view cell = batch.cells[moment.column][row];
    if (says_nothing(cell)) continue;
    Instant at;
    if (!moment.times.read(trimmed(cell), {}, at)) {
      reading_.reject(batch, row, moment.column, no_time(cell));
      return false;
    }
    events.emplace_back(moment.builder, at);
  }
  if (events.empty()) {
    reading_.reject(batch, row, moments_.front().column, "there is no time");
    return false;
  }
  // All or none: the fields are the same for each of the row's events.
  for (const auto& [builder, at] : events) {
    if (const auto problem = builder->read(batch, row)) {
      reading_.reject(batch, row, problem->column, problem->reason);
      return false;
    }
  }
  for (const auto& [builder, at] : events) {
    builder->append(customer, at);
    customers_->see(customer, at);
  }
  return true;
}

// The times of rows that give one each.
void EventsReader::read_times(const RowBatch& batch) {
  if (!plan_.happenings.empty()) return;
  Moment& moment = moments_.front();
  time_.resize(batch.rows);
  for (size_t row = 0; row < batch.rows; ++row) {
    const std::string_view cell = batch.cells[moment.column][row];
    std::string_view clock;
    if (clock_ >= 0) clock = batch.cells[static_cast<size_t>(clock_)][row];
    Time& time = time_[row];
    time.good = !says_nothing(cell) && moment.times.read(trimmed(cell), trimmed(clock), time.at);
  }
}

// Customers and times take most of the work: each of them on a thread of its own.
void EventsReader::look_at_columns(const RowBatch& batch) {
  parallel_for(2, reading_.options().threads, [&](size_t column) {
    if (column == 1) return read_times(batch);
    customer_.resize(batch.rows);
    for (size_t row = 0; row < batch.rows; ++row) customer_[row] = customers_->code(batch, row);
  });
}

void EventsReader::read_row(const RowBatch& batch, size_t row) {
  const uint32_t customer = customer_[row];
  const bool used = plan_.happenings.empty() ? read_one(batch, row, customer)
                                             : read_happenings(batch, row, customer);
  if (used) ++reading_.contents.rows.used;
}

Result<void> EventsReader::read() {
  REGULARS_TRY(reading_.each_batch([&](const RowBatch& batch) {
    look_at_columns(batch);
    for (size_t row = 0; row < batch.rows; ++row) read_row(batch, row);
  }));
  for (const auto& builder : builders_) {
    EventBatch batch = builder->take();
    if (batch.size() > 0) reading_.contents.events.push_back(std::move(batch));
  }
  reading_.contents.customers = customers_->take();
  return {};
}

}  // namespace

Result<SourceContents> read_events(SourceReading reading) {
  EventsReader reader(reading);
  REGULARS_TRY(reader.prepare());
  REGULARS_TRY(reader.read());
  return reading.finish();
}

}  // namespace regulars::connect
