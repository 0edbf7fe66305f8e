#include "app/run_steps.h"

namespace regulars::app {

Result<RunSteps> RunSteps::begin(store::Store& store, const std::string& identity,
                                 const Clock& clock) {
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  REGULARS_ASSIGN(const auto open, store::unfinished_run(connection, identity));
  if (open) return RunSteps(open->run, true, clock);
  return begin_anew(store, identity, clock);
}

Result<RunSteps> RunSteps::begin_anew(store::Store& store, const std::string& identity,
                                      const Clock& clock) {
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  REGULARS_ASSIGN(const uint32_t run,
                  store::begin_run(connection, Instant{}, identity, clock.now()));
  return RunSteps(run, false, clock);
}

Result<void> RunSteps::step(store::Store& store, const std::string& name,
                            const store::StepWork& work) {
  current_ = name;
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  REGULARS_TRY(store::run_step(connection, run_, name, [this] { return clock_->now(); }, work));
  return {};
}

Result<void> RunSteps::repeatable(store::Store& store, const std::string& name,
                                  const store::StepWork& work) {
  current_ = name;
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  REGULARS_TRY(
      store::run_repeatable_step(connection, run_, name, [this] { return clock_->now(); }, work));
  return {};
}

Result<void> RunSteps::done(store::Store& store) {
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  return store::finish_run(connection, run_, store::RunState::kDone, clock_->now(), "");
}

Error RunSteps::failed(store::Store& store, const Error& error) {
  auto connection = store.connect();
  if (connection) {
    const auto recorded = store::finish_run(*connection, run_, store::RunState::kFailed,
                                            clock_->now(), error.message());
    if (!recorded) return recorded.error();
  }
  const std::string hint =
      (error.hint().empty() ? "" : error.hint() + "\n  ") + "The run stopped" +
      (current_.empty() ? "" : " at '" + current_ + "'") +
      "; everything is as the last good run left it. `regulars run` goes on from there.";
  return Error(error.code(), error.message(), hint, error.place());
}

}  // namespace regulars::app
