#include "evaluate/binding.h"

#include <algorithm>

#include "evaluate/checker.h"
#include "evaluate/customer_zone.h"
#include "evaluate/shift.h"

namespace regulars::evaluate {
namespace {

Error unfit(const std::string& what) {
  return Error(ErrorCode::kBadData, "the history does not fit the plan: " + what,
               "Compile the plan against this history's schema.");
}

Result<void> check_columns(const std::vector<Column>& expected, const std::vector<Column>& found,
                           const std::string& where) {
  for (const Column& column : expected) {
    const Column* match = find_column(found, column.name);
    if (match == nullptr) return unfit(where + " has no column '" + column.name + "'");
    if (match->type != column.type || match->scale != column.scale) {
      return unfit("column '" + column.name + "' of " + where + " has another type");
    }
  }
  return {};
}

}  // namespace

Result<void> Binding::bind_streams(const History& history) {
  for (const std::string& event : plan_->events) {
    const Schema::EventType* declared = find_event(plan_->schema, event);
    const Stream* stream = history.stream(event);
    if (stream != nullptr && declared == nullptr) return unfit("it has events '" + event + "'");
    if (stream != nullptr) {
      const std::string where = "events '" + event + "'";
      REGULARS_TRY(check_columns(declared->columns, stream->columns, where));
      REGULARS_TRY(check_columns(declared->item_columns, stream->item_columns, where));
    }
    streams_.push_back(stream);
  }
  return {};
}

Result<void> Binding::bind_attributes(const History& history, const RunOptions& options) {
  for (const Column& declared : plan_->schema.attributes) {
    const Column* found = find_column(history.customer_table().attributes, declared.name);
    for (const Column* given : options.given) {
      if (given->name == declared.name) {
        found = given;
        break;
      }
    }
    if (found == nullptr) return unfit("attribute '" + declared.name + "' is not given");
    if (found->type != declared.type || found->scale != declared.scale) {
      return unfit("attribute '" + declared.name + "' has another type");
    }
    if (found->size() != customers_) {
      return unfit("attribute '" + declared.name + "' has " + std::to_string(found->size()) +
                   " rows for " + std::to_string(customers_) + " customers");
    }
    attributes_.push_back(found);
  }
  return {};
}

void Binding::bind_instants(std::span<const Instant> as_of) {
  for (const Instant t : as_of) {
    std::vector<Moment>& seen = as_of_.emplace_back();
    seen.push_back({t, plan_->zone.day_of(t)});
    for (size_t i = 1; i < plan_->shifts.size(); ++i) {
      const PlannedShift& planned = plan_->shifts[i];
      const Instant then = shifted_instant(planned.shift, seen[planned.from].now, plan_->zone);
      seen.push_back({then, plan_->zone.day_of(then)});
    }
  }
  ends_ = WindowEnds(*plan_, as_of_);
}

Result<void> Binding::ask_units(CustomerRange customers) {
  for (const Stage& stage : plan_->stages) {
    UnitAnswers& made = units_.emplace_back();
    if (stage.expression->op != Op::kOfUnit) continue;
    std::vector<Instant> seen;
    for (const std::vector<Moment>& moments : as_of_) seen.push_back(moments[stage.shift].now);
    const Column& by = attribute(stage.expression->name);
    REGULARS_ASSIGN(made, unit_answers(stage, *history_, by, seen, options_, customers));
  }
  return {};
}

Result<Binding> Binding::make(const CompiledPlan& plan, const History& history,
                              std::span<const Instant> as_of, const RunOptions& options,
                              CustomerRange customers) {
  Binding binding;
  binding.history_ = &history;
  binding.options_ = options;
  binding.plan_ = &plan;
  binding.customers_ = history.customers();
  binding.customer_ids_ = history.customer_table().ids.get();
  REGULARS_TRY(binding.bind_streams(history));
  REGULARS_TRY(binding.bind_attributes(history, options));
  binding.bind_instants(as_of);
  REGULARS_TRY(binding.ask_units(customers));
  return binding;
}

const Stream* Binding::stream_of(const std::string& event) const {
  const auto found = std::find(plan_->events.begin(), plan_->events.end(), event);
  return found == plan_->events.end()
             ? nullptr
             : stream(static_cast<uint32_t>(found - plan_->events.begin()));
}

const Column* Binding::zone_attribute() const {
  const std::string name(kZoneAttribute);
  return find_column(plan_->schema.attributes, name) == nullptr ? nullptr : &attribute(name);
}

const Column& Binding::attribute(const std::string& name) const {
  const auto& declared = plan_->schema.attributes;
  const auto index = static_cast<size_t>(find_column(declared, name) - declared.data());
  return *attributes_[index];
}

}  // namespace regulars::evaluate
