#include "evaluate/checker.h"

namespace regulars::evaluate {
namespace {

// The type of a step's column; untyped when there are no events of its type.
Result<Type> column_type(const Schema& schema, const Sequence::Step& step, const std::string& name,
                         bool item) {
  const Schema::EventType* event = find_event(schema, step.event);
  if (event == nullptr) return untyped();
  const Column* column = find_column(item ? event->item_columns : event->columns, name);
  if (column != nullptr) return type_of(*column);
  return Error(ErrorCode::kBadDefinition, "events '" + step.event + "' have no " +
                                              (item ? "item column" : "column") + " '" + name +
                                              "'");
}

}  // namespace

Result<void> check_correlations(const Sequence& sequence, const Schema& schema) {
  for (const Sequence::Step& step : sequence.steps) {
    for (const Sequence::Correlation& one : step.equal) {
      if (one.step >= sequence.steps.size()) continue;  // check_sequence says so
      REGULARS_ASSIGN(const Type mine, column_type(schema, step, one.column, one.item));
      REGULARS_ASSIGN(const Type theirs,
                      column_type(schema, sequence.steps[one.step], one.other, one.other_item));
      const bool fit = mine.untyped || theirs.untyped || mine.value == theirs.value ||
                       (is_exact(mine) && is_exact(theirs));
      if (fit) continue;
      return Error(ErrorCode::kBadDefinition, "'" + one.column + "' is " + to_string(mine) +
                                                  " and '" + one.other + "' " + to_string(theirs) +
                                                  ": they are never equal");
    }
  }
  return {};
}

}  // namespace regulars::evaluate
