// Private to evaluate: a plan put onto a history for a list of instants; shared by all blocks.
#pragma once

#include <vector>

#include "evaluate/compiled.h"
#include "evaluate/stage.h"
#include "evaluate/text_store.h"
#include "evaluate/window_ends.h"

namespace regulars::evaluate {

class Binding {
 public:
  // kBadData when the history or the given columns do not fit the schema of the plan.
  static Result<Binding> make(const CompiledPlan& plan, const History& history,
                              std::span<const Instant> as_of, const RunOptions& options,
                              CustomerRange customers);

  const CompiledPlan& plan() const { return *plan_; }
  const Stream* stream(uint32_t event) const { return streams_[event]; }  // null: no such events
  const Column& attribute(const std::string& name) const;
  size_t customers() const { return customers_; }
  // Null: no such events, or no definition looks at them.
  const Stream* stream_of(const std::string& event) const;
  // The attribute that names a customer's zone; null: there is none.
  const Column* zone_attribute() const;
  const Dictionary* customer_ids() const { return customer_ids_; }
  TextStore& texts() const { return *texts_; }

  size_t moments() const { return as_of_.size(); }
  // The as-of of a moment, or what a shift of the plan makes of it.
  const Moment& moment(size_t moment, uint32_t shift = 0) const { return as_of_[moment][shift]; }
  // Of a stage of the plan that asks units.
  const UnitAnswers& units(uint32_t stage) const { return units_[stage]; }
  const History& history() const { return *history_; }
  const RunOptions& options() const { return options_; }
  const WindowEnds& ends() const { return ends_; }

 private:
  Result<void> bind_streams(const History& history);
  Result<void> bind_attributes(const History& history, const RunOptions& options);
  Result<void> ask_units(CustomerRange customers);
  void bind_instants(std::span<const Instant> as_of);

  const CompiledPlan* plan_ = nullptr;
  const History* history_ = nullptr;
  RunOptions options_;
  size_t customers_ = 0;
  const Dictionary* customer_ids_ = nullptr;
  std::unique_ptr<TextStore> texts_ = std::make_unique<TextStore>();
  std::vector<const Stream*> streams_;
  std::vector<const Column*> attributes_;
  std::vector<std::vector<Moment>> as_of_;  // [moment][shift]
  WindowEnds ends_;
  std::vector<UnitAnswers> units_;  // [stage]
};

}  // namespace regulars::evaluate
