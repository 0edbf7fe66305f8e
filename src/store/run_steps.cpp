#include "store/run_steps.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace regulars::store {
namespace {

const char* word_of(RunState state) {
  switch (state) {
    case RunState::kDone:
      return "done";
    case RunState::kFailed:
      return "failed";
    default:
      return "running";
  }
}

RunState state_of(const std::string& word) {
  return word == "done"     ? RunState::kDone
         : word == "failed" ? RunState::kFailed
                            : RunState::kRunning;
}

std::optional<Instant> instant_of(const sql::Cell& cell) {
  const auto micros = cell.integer();
  return micros ? std::optional<Instant>(Instant{*micros}) : std::nullopt;
}

Counts counts_of(const std::string& text) {
  Counts counts;
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return counts;
  for (const auto& [name, value] : json.items()) {
    if (value.is_number_integer()) counts[name] = value.get<int64_t>();
  }
  return counts;
}

Result<std::vector<StepRecord>> steps_of(sql::Connection& connection, uint32_t run) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT name, state, started, finished, counts, message "
                                        "FROM run_step WHERE run = ? ORDER BY rowid",
                                        run));
  std::vector<StepRecord> steps;
  for (const auto& row : rows) {
    steps.push_back({row[0].text().value_or(""), state_of(row[1].text().value_or("")),
                     instant_of(row[2]).value_or(Instant{}), instant_of(row[3]),
                     counts_of(row[4].text().value_or("")), row[5].text().value_or("")});
  }
  return steps;
}

// Whatever was recorded of a step of that name before is replaced.
Result<void> record_step(sql::Connection& connection, uint32_t run, const StepRecord& step) {
  REGULARS_ASSIGN(
      const auto removed,
      connection.execute("DELETE FROM run_step WHERE run = ? AND name = ?", run, step.name));
  static_cast<void>(removed);
  const std::string counts = nlohmann::json(step.counts).dump();
  REGULARS_ASSIGN(
      const auto added,
      connection.execute("INSERT INTO run_step VALUES (?, ?, ?, ?, ?, ?, ?)", run, step.name,
                         word_of(step.state), step.started, step.finished, counts, step.message));
  static_cast<void>(added);
  return {};
}

Result<std::optional<StepRecord>> done_before(sql::Connection& connection, uint32_t run,
                                              const std::string& name) {
  REGULARS_ASSIGN(std::vector<StepRecord> steps, steps_of(connection, run));
  for (StepRecord& step : steps) {
    if (step.name == name && step.state == RunState::kDone) {
      return std::optional<StepRecord>(std::move(step));
    }
  }
  return std::optional<StepRecord>();
}

Result<Counts> in_transaction(sql::Connection& connection, const StepWork& work,
                              const std::function<Result<void>(const Counts&)>& record) {
  REGULARS_ASSIGN(sql::Transaction transaction, sql::Transaction::begin(connection));
  REGULARS_ASSIGN(Counts counts, work(connection));
  REGULARS_TRY(record(counts));
  REGULARS_TRY(transaction.commit());
  return counts;
}

Result<StepRecord> do_step(sql::Connection& connection, uint32_t run, const std::string& name,
                           const Now& now, const StepWork& work, bool together) {
  REGULARS_ASSIGN(auto before, done_before(connection, run, name));
  if (before) return *std::move(before);
  StepRecord step;
  step.name = name;
  step.started = now();
  REGULARS_TRY(record_step(connection, run, step));
  const auto record = [&](const Counts& counts) {
    step.counts = counts;
    step.state = RunState::kDone;
    step.finished = now();
    return record_step(connection, run, step);
  };
  Result<Counts> done = together ? in_transaction(connection, work, record) : work(connection);
  if (done && !together) REGULARS_TRY(record(*done));
  if (done) return step;
  step.state = RunState::kFailed;
  step.finished = now();
  step.counts.clear();
  step.message = done.error().to_string();
  // Should the record fail as well, the work's own error says more.
  if (const Result<void> recorded = record_step(connection, run, step); !recorded) {
    return std::move(done).error();
  }
  return std::move(done).error();
}

RunRecord run_of(const std::vector<sql::Cell>& row) {
  RunRecord record;
  record.run = static_cast<uint32_t>(row[0].integer().value_or(0));
  record.as_of = instant_of(row[1]).value_or(Instant{});
  record.definitions = row[2].text().value_or("");
  record.state = state_of(row[3].text().value_or(""));
  record.started = instant_of(row[4]).value_or(Instant{});
  record.finished = instant_of(row[5]);
  record.message = row[6].text().value_or("");
  return record;
}

}  // namespace

Result<uint32_t> begin_run(sql::Connection& connection, Instant as_of,
                           const std::string& definitions, Instant started) {
  REGULARS_ASSIGN(sql::Transaction transaction, sql::Transaction::begin(connection));
  REGULARS_ASSIGN(const auto ended,
                  connection.execute("UPDATE project_run SET state = 'failed', finished = ?, "
                                     "message = 'broken off' WHERE state = 'running'",
                                     started));
  static_cast<void>(ended);
  REGULARS_ASSIGN(
      const int64_t run,
      connection.query_integer("SELECT coalesce(max(run)::BIGINT + 1, 1) FROM project_run"));
  REGULARS_ASSIGN(
      const auto added,
      connection.execute("INSERT INTO project_run VALUES (?, ?, ?, ?, ?, NULL, '')", run, as_of,
                         definitions, word_of(RunState::kRunning), started));
  static_cast<void>(added);
  REGULARS_TRY(transaction.commit());
  return static_cast<uint32_t>(run);
}

Result<std::vector<RunRecord>> recorded_runs(sql::Connection& connection, size_t most) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT run, as_of, definitions, state, started, finished, "
                                        "message FROM project_run ORDER BY run DESC LIMIT ?",
                                        most));
  std::vector<RunRecord> runs;
  for (const auto& row : rows) {
    runs.push_back(run_of(row));
    REGULARS_ASSIGN(runs.back().steps, steps_of(connection, runs.back().run));
  }
  return runs;
}

Result<std::optional<RunRecord>> unfinished_run(sql::Connection& connection,
                                                const std::string& definitions) {
  REGULARS_ASSIGN(std::vector<RunRecord> runs, recorded_runs(connection, 1));
  if (runs.empty() || runs[0].state == RunState::kDone || runs[0].definitions != definitions) {
    return std::optional<RunRecord>();
  }
  return std::optional<RunRecord>(std::move(runs[0]));
}

Result<StepRecord> run_step(sql::Connection& connection, uint32_t run, const std::string& name,
                            const Now& now, const StepWork& work) {
  return do_step(connection, run, name, now, work, true);
}

Result<StepRecord> run_repeatable_step(sql::Connection& connection, uint32_t run,
                                       const std::string& name, const Now& now,
                                       const StepWork& work) {
  return do_step(connection, run, name, now, work, false);
}

Result<void> finish_run(sql::Connection& connection, uint32_t run, RunState state, Instant at,
                        const std::string& message) {
  REGULARS_ASSIGN(const uint64_t changed,
                  connection.execute("UPDATE project_run SET state = ?, finished = ?, message = ? "
                                     "WHERE run = ?",
                                     word_of(state), at, message, run));
  if (changed == 1) return {};
  return Error(ErrorCode::kInternal, "there is no run " + std::to_string(run));
}

}  // namespace regulars::store
