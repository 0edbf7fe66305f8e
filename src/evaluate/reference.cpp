#include "evaluate/reference.h"

#include <algorithm>

#include "evaluate/beyond.h"
#include "evaluate/checker.h"
#include "evaluate/customer_zone.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/reference_aggregate.h"
#include "evaluate/reference_beyond.h"
#include "evaluate/reference_events.h"
#include "evaluate/reference_operation.h"
#include "evaluate/reference_sequence.h"
#include "evaluate/reference_window.h"
#include "evaluate/type.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

// The event, and perhaps the item of it, that a condition is asked about.
struct Row {
  const Stream* stream = nullptr;
  uint32_t event = 0;
  std::optional<uint32_t> item;
};

class Reference {
 public:
  Reference(const Question& question, Trace* trace) : question_(question), trace_(trace) {}

  Result<Value> value(const Expression& e, const Row* row) const {
    if (looks_beyond(e.op)) return beyond_reference(e, question_, trace_);
    switch (e.op) {
      case Op::kLiteral:
        return literal_value(e.literal);
      case Op::kAggregate:
        return aggregate(e);
      case Op::kSequence:
        return sequence(e);
      case Op::kAttribute:
        return value_in(*find_attribute(e.name), question_.customer);
      case Op::kAsOf:
        return known_number({ValueType::kInstant, 0, false}, question_.as_of.micros);
      case Op::kAsOfDay:
        return known_number({ValueType::kDay, 0, false}, today().number);
      case Op::kColumn:
        return value_in(*find_column(row->stream->columns, e.name), row->event);
      case Op::kItemColumn:
        return value_in(*find_column(row->stream->item_columns, e.name), *row->item);
      case Op::kEventAt:
      case Op::kEventDay:
        return time_leaf(e.op, row->stream->at[row->event]);
      case Op::kCustomerId:
        return customer_id();
      case Op::kLinkedSum:
        return linked_sum(e, *row);
      case Op::kAnyItem:
      case Op::kAllItems:
        return items(e, *row);
      default:
        return operation(e, row);
    }
  }

 private:
  Day today() const { return question_.zone->day_of(question_.as_of); }

  const Column* find_attribute(const std::string& name) const {
    for (const Column* column : question_.given) {
      if (column->name == name) return column;
    }
    return find_column(question_.history->customer_table().attributes, name);
  }

  Value time_leaf(Op op, Instant at) const {
    if (op == Op::kEventAt) return known_number({ValueType::kInstant, 0, false}, at.micros);
    return known_number({ValueType::kDay, 0, false}, question_.zone->day_of(at).number);
  }

  Result<Value> items(const Expression& e, const Row& row) const {
    std::vector<Value> values;
    const auto [begin, end] = items_of(*row.stream, row.event);
    for (uint32_t item = begin; item < end; ++item) {
      const Row inner{row.stream, row.event, item};
      REGULARS_ASSIGN(Value found, value(*e.arguments[0], &inner));
      values.push_back(std::move(found));
    }
    return e.op == Op::kAnyItem ? any_of(values) : all_of(values);
  }

  Standpoint standpoint(const Expression& e) const {
    return {question_.as_of, asks_own_zone(e) ? &own_zone() : question_.zone};
  }

  const Zone& own_zone() const {
    const Column* column = find_attribute(std::string(kZoneAttribute));
    return zone_of(column, question_.customer, question_.zone);
  }

  // Every argument is evaluated, also where its value does not matter: an overflow is an error
  // wherever it happens.
  Result<Value> operation(const Expression& e, const Row* row) const {
    std::vector<Value> values;
    if (e.op == Op::kBucket) values.push_back(customer_id());
    if (row != nullptr && e.arguments.empty()) {  // month, weekday, hour of the event
      values.push_back(time_leaf(Op::kEventAt, row->stream->at[row->event]));
    }
    for (const ExpressionPtr& argument : e.arguments) {
      REGULARS_ASSIGN(Value found, value(*argument, row));
      values.push_back(std::move(found));
    }
    return operate(e, values, standpoint(e));
  }

  Value customer_id() const {
    return text_value(std::string(question_.history->customer_id(question_.customer)));
  }

  // Of the known values of a column over the linked events that have happened.
  Result<Value> linked_sum(const Expression& e, const Row& row) const {
    const Stream* other = question_.history->stream(e.literal.text);
    const Column* column = other == nullptr ? nullptr : find_column(other->columns, e.name);
    REGULARS_ASSIGN(
        const Type type,
        aggregate_type(AggregateKind::kSum,
                       column == nullptr ? untyped() : regulars::evaluate::type_of(*column)));
    Int128 sum = 0;
    for (const EventLinks& links : row.stream->links) {
      if (links.type != e.literal.text || column == nullptr) continue;
      for (uint32_t i = links.offset[row.event]; i < links.offset[row.event + 1]; ++i) {
        const uint32_t linked = links.rows[i];
        if (other->at[linked] <= question_.as_of && column->known(linked)) {
          sum += column->numbers[linked];
        }
      }
    }
    if (!is_storable(sum)) return overflow("a sum");
    return known_number(type, static_cast<int64_t>(sum));
  }

  static std::pair<uint32_t, uint32_t> items_of(const Stream& stream, uint32_t event) {
    if (stream.item_offset.empty()) return {0, 0};
    return {stream.item_offset[event], stream.item_offset[event + 1]};
  }

  // Whether the row counts; asked of every row the customer has, inside the window or not.
  Result<bool> selected(const Aggregate& a, const Row& row) const {
    if (a.where == nullptr) return true;
    REGULARS_ASSIGN(const Value where, value(*a.where, &row));
    return is_true(where);
  }

  Result<Value> read(const AggregateValue& what, const Row& row) const {
    if (what.expression != nullptr) return value(*what.expression, &row);
    switch (what.kind) {
      case AggregateValue::Kind::kNone:
        return unknown_of(untyped());
      case AggregateValue::Kind::kColumn:
        return value_in(*find_column(row.stream->columns, what.column), row.event);
      case AggregateValue::Kind::kItemColumn:
        return value_in(*find_column(row.stream->item_columns, what.column), *row.item);
      case AggregateValue::Kind::kDay:
        return time_leaf(Op::kEventDay, row.stream->at[row.event]);
      default:
        return time_leaf(Op::kEventAt, row.stream->at[row.event]);
    }
  }

  std::vector<Row> rows_of(const Stream& stream, bool items) const {
    std::vector<Row> rows;
    const uint32_t end = stream.offset[question_.customer + 1];
    for (uint32_t event = stream.offset[question_.customer]; event < end; ++event) {
      if (!items) rows.push_back({&stream, event, std::nullopt});
      const auto [first, last] = items_of(stream, event);
      for (uint32_t item = first; items && item < last; ++item) {
        rows.push_back({&stream, event, item});
      }
    }
    return rows;
  }

  // The plan asks the same of the schema it was compiled against.
  Type computed_type(const Aggregate& a) const {
    Schema schema = schema_of(*question_.history);
    for (const Column* given : question_.given) {
      schema.attributes.insert(
          schema.attributes.begin(),
          Column{given->name, given->type, given->scale, {}, {}, nullptr, given->is_set});
    }
    return value_type(schema, a);
  }

  Type read_type(const Aggregate& a, const Stream* stream) const {
    const AggregateValue& what = a.value;
    if (what.expression != nullptr) return computed_type(a);
    if (what.kind == AggregateValue::Kind::kAt) return {ValueType::kInstant, 0, false};
    if (what.kind == AggregateValue::Kind::kDay) return {ValueType::kDay, 0, false};
    if (stream == nullptr || what.kind == AggregateValue::Kind::kNone) return untyped();
    const bool item = what.kind == AggregateValue::Kind::kItemColumn;
    const auto& columns = item ? stream->item_columns : stream->columns;
    return regulars::evaluate::type_of(*find_column(columns, what.column));
  }

  Result<Value> fold(const Aggregate& a, const Type& type,
                     const std::vector<CountedRow>& rows) const {
    if (a.kind >= AggregateKind::kNth) {
      return aggregate_events(a, type, rows,
                              {question_.as_of, &zone_reference(question_, a.own_zone)});
    }
    std::vector<Value> values;
    for (const CountedRow& row : rows) values.push_back(row.value);
    return aggregate_values(a, type, values);
  }

  Result<Value> sequence(const Expression& e) const {
    const auto meets = [&](const ExpressionPtr& where, const Stream& stream,
                           uint32_t event) -> Result<bool> {
      if (where == nullptr) return true;
      const Row row{&stream, event, std::nullopt};
      REGULARS_ASSIGN(const Value found, value(*where, &row));
      return is_true(found);
    };
    return sequence_reference(*e.sequence, question_, meets, trace_);
  }

  Result<Value> aggregate(const Expression& e) const {
    const Aggregate& a = *e.aggregate;
    const Stream* stream = question_.history->stream(a.event);
    std::vector<std::pair<uint32_t, CountedRow>> own;  // with their events
    std::vector<Instant> times;
    for (const Row& row :
         stream == nullptr ? std::vector<Row>() : rows_of(*stream, reads_items(a.value))) {
      REGULARS_ASSIGN(const bool counts, selected(a, row));
      REGULARS_ASSIGN(Value found, read(a.value, row));
      REGULARS_ASSIGN(Value weight, read(a.weight, row));
      const Instant at = stream->at[row.event];
      if (!counts || at > question_.as_of) continue;
      own.push_back({row.event, {at, std::move(found), std::move(weight)}});
      times.push_back(at);
    }
    REGULARS_ASSIGN(const SeenWindow window, window_reference(a.window, question_, times, trace_));
    std::vector<CountedRow> rows;
    std::vector<uint32_t> counted;
    for (const auto& [event, row] : own) {
      if (!window.known || !window.bounds.contains(row.at)) continue;
      rows.push_back(row);
      if (counted.empty() || counted.back() != event) counted.push_back(event);
    }
    const Type value_type = read_type(a, stream);
    REGULARS_ASSIGN(Value result, fold(a, value_type, rows));
    if (!window.known) result = unknown_of(aggregate_type(a.kind, value_type).value());
    if (trace_ != nullptr) trace_->leaves.push_back({&e, result, std::move(counted)});
    return result;
  }

  const Question& question_;
  Trace* trace_;
};

}  // namespace

Result<Value> evaluate_reference(const Expression& expression, const Question& question,
                                 Trace* trace) {
  return Reference(question, trace).value(expression, nullptr);
}

Result<Value> evaluate_row(const Expression& expression, const Question& question,
                           const Stream& stream, uint32_t event, std::optional<uint32_t> item) {
  const Row row{&stream, event, item};
  return Reference(question, nullptr).value(expression, &row);
}

}  // namespace regulars::evaluate
