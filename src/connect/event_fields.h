// Private to connect: which columns of a source become which fields of an event type, and the
// events themselves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/field_reader.h"
#include "connect/source_reading.h"
#include "data/history.h"

namespace regulars::connect {

// A field and the columns it comes from; the first that says something counts.
struct FieldPlan {
  FieldDeclaration field;
  std::vector<size_t> columns;
  bool declared = false;  // a cell that is no such value is an error; otherwise it is unknown
};

// The fields of a type (empty: attributes of customers have none declared here): `declared` ones
// first, by the columns that the declaration names, else by names; then the columns left over.
// `is_custom`: the types are those every project has and may be wider here.
std::vector<FieldPlan> plan_fields(const SourceReading& reading, const std::string& type,
                                   const std::vector<FieldDeclaration>& declared, bool is_custom);

// Events of one type as they come, row by row.
class EventBuilder {
 public:
  // `id`: the column with the source's own id, or -1.
  EventBuilder(const std::string& type, const std::vector<FieldPlan>& plans, int id,
               const SourceReading& reading, std::optional<TimeFormat> format);

  struct Problem {
    size_t column;
    std::string reason;
  };
  // Reads the row's fields; append() then makes it an event.
  std::optional<Problem> read(const RowBatch& batch, size_t row);
  bool says_something() const;
  void append(uint32_t customer, Instant at);

  const std::string& type() const { return batch_.type; }
  // Without the columns left over that hold nothing.
  EventBatch take();

 private:
  struct Slot {
    FieldReader reader;
    bool declared;
    bool any = false;
  };
  EventBatch batch_;
  std::vector<Slot> slots_;
};

}  // namespace regulars::connect
