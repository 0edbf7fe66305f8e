// The steps of one run as the store records them.
//
// Thread-safety: one thread at a time.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "store/run_steps.h"
#include "store/store.h"

namespace regulars::app {

class RunSteps {
 public:
  // Goes on with a run of the same identity that was broken off or failed, else begins one.
  static Result<RunSteps> begin(store::Store& store, const std::string& identity,
                                const Clock& clock);
  // Begins one whatever there is.
  static Result<RunSteps> begin_anew(store::Store& store, const std::string& identity,
                                     const Clock& clock);

  uint32_t number() const { return run_; }
  bool resumed() const { return resumed_; }

  // In one transaction with the record that it is done; done before in this run: not again.
  Result<void> step(store::Store& store, const std::string& name, const store::StepWork& work);
  // For work with transactions of its own, or none.
  Result<void> repeatable(store::Store& store, const std::string& name,
                          const store::StepWork& work);

  // Names what is being done between steps, for the message when it fails.
  void at(const std::string& what) { current_ = what; }

  // Records the end. `failed` gives the error back, with the step that it stopped at.
  Result<void> done(store::Store& store);
  Error failed(store::Store& store, const Error& error);

 private:
  RunSteps(uint32_t run, bool resumed, const Clock& clock)
      : run_(run), resumed_(resumed), clock_(&clock) {}

  uint32_t run_;
  bool resumed_;
  const Clock* clock_;
  std::string current_;
};

}  // namespace regulars::app
