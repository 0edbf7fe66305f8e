// Runs of a project, step by step, so that a run that was broken off goes on where it stopped and a
// step that failed leaves the last good state.
//
//   REGULARS_ASSIGN(auto open, unfinished_run(connection, definitions));
//   ... else begin_run(connection, as_of, definitions, now());
//   REGULARS_ASSIGN(StepRecord step, run_step(connection, run, "memberships", now, [&](auto& sql) {
//     return ...counts...; }));
//   REGULARS_TRY(finish_run(connection, run, RunState::kDone, now(), ""));
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"

namespace regulars::store {

enum class RunState { kRunning, kDone, kFailed };

using Counts = std::map<std::string, int64_t>;  // {"customers": 120, "entered": 7}
using Now = std::function<Instant()>;

struct StepRecord {
  std::string name;
  RunState state = RunState::kRunning;
  Instant started;
  std::optional<Instant> finished;
  Counts counts;
  std::string message;  // of a failure
};

struct RunRecord {
  uint32_t run = 0;
  Instant as_of;
  std::string definitions;  // what the run was of: a hash of its definitions and sources
  RunState state = RunState::kRunning;
  Instant started;
  std::optional<Instant> finished;
  std::string message;
  std::vector<StepRecord> steps;  // in the order they began
};

// Numbers a run. One that is still running is recorded as failed: only one runs at a time.
Result<uint32_t> begin_run(sql::Connection& connection, Instant as_of,
                           const std::string& definitions, Instant started);

// The newest run if it was broken off or failed and was of the same definitions.
Result<std::optional<RunRecord>> unfinished_run(sql::Connection& connection,
                                                const std::string& definitions);

// Does the work in one transaction together with the record that it is done. A step of that name
// that this run has done already is not done again: its record is returned. After an error nothing
// of the work has happened and the step is recorded as failed. The work must not begin or end
// transactions itself.
using StepWork = std::function<Result<Counts>(sql::Connection&)>;
Result<StepRecord> run_step(sql::Connection& connection, uint32_t run, const std::string& name,
                            const Now& now, const StepWork& work);

// For work that makes its own transactions (Store::ingest) or none (writing files): the record
// follows the work, so a death between them repeats it. It must bear that.
Result<StepRecord> run_repeatable_step(sql::Connection& connection, uint32_t run,
                                       const std::string& name, const Now& now,
                                       const StepWork& work);

Result<void> finish_run(sql::Connection& connection, uint32_t run, RunState state, Instant at,
                        const std::string& message);

// The newest runs first.
Result<std::vector<RunRecord>> recorded_runs(sql::Connection& connection, size_t most);

}  // namespace regulars::store
