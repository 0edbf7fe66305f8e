#include "store/model_scores.h"

#include <cmath>
#include <string>
#include <vector>

#include "data/declarations.h"
#include "store/results.h"

namespace regulars::store {
namespace {

struct ScoreRow {
  uint32_t score = 0;  // place among the columns
  uint32_t customer = 0;
  double value = 0;
};

// What every customer's scores are, moved along from one scoring to the next.
class ScoreState {
 public:
  ScoreState(const std::vector<std::string>& scores, size_t customers) {
    batch_.type = kModelScores;
    for (const std::string& name : scores) {
      const FieldDeclaration field = score_field(name);
      Column column = Column::of(name, field.type);
      column.scale = field.scale;
      factor_.push_back(std::pow(10, field.scale));
      batch_.columns.push_back(std::move(column));
      state_.emplace_back(customers, kMissing);
    }
  }

  // All rows of one instant.
  void add(Instant at, const std::vector<ScoreRow>& rows) {
    std::vector<uint8_t> touched(state_.empty() ? 0 : state_.front().size(), 0);
    std::vector<uint8_t> stated(state_.size(), 0);
    for (const ScoreRow& row : rows) stated[row.score] = 1;
    for (size_t s = 0; s < state_.size(); ++s) {
      if (stated[s] != 0) forget(s, touched);
    }
    for (const ScoreRow& row : rows) {
      state_[row.score][row.customer] = std::llround(row.value * factor_[row.score]);
      touched[row.customer] = 1;
    }
    for (uint32_t c = 0; c < touched.size(); ++c) {
      if (touched[c] != 0) emit(at, c);
    }
  }

  EventBatch done() && { return std::move(batch_); }

 private:
  void forget(size_t score, std::vector<uint8_t>& touched) {
    for (size_t c = 0; c < touched.size(); ++c) {
      if (state_[score][c] == kMissing) continue;
      state_[score][c] = kMissing;
      touched[c] = 1;
    }
  }

  void emit(Instant at, uint32_t customer) {
    batch_.customer.push_back(customer);
    batch_.at.push_back(at);
    batch_.id.push_back(batch_.id.size() + 1);
    for (size_t s = 0; s < state_.size(); ++s) {
      batch_.columns[s].numbers.push_back(state_[s][customer]);
    }
  }

  EventBatch batch_;
  std::vector<double> factor_;
  std::vector<std::vector<int64_t>> state_;  // [score][customer]
};

constexpr const char* kVisible =
    "starts_with(version, ?) AND recorded_from <= ? AND (recorded_to IS NULL OR recorded_to > ?)";

Result<std::vector<std::string>> score_names(sql::Connection& connection, Instant known) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT DISTINCT score FROM score_row WHERE " +
                                            std::string(kVisible) + " ORDER BY score",
                                        kModelVersion, known, known));
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row[0].text().value_or(""));
  return names;
}

// Puts rows of one instant together; rows come in order of the instant.
class Reading {
 public:
  Reading(const std::vector<uint32_t>& customers, ScoreState& state)
      : customers_(customers), state_(state) {}

  Result<void> add(const sql::Chunk& chunk) {
    REGULARS_ASSIGN(const auto at, chunk.column(0).values<int64_t>());
    REGULARS_ASSIGN(const auto score, chunk.column(1).values<uint32_t>());
    REGULARS_ASSIGN(const auto customer, chunk.column(2).values<uint32_t>());
    REGULARS_ASSIGN(const auto value, chunk.column(3).values<double>());
    for (size_t row = 0; row < chunk.size(); ++row) {
      if (!rows_.empty() && at[row] != at_.micros) flush();
      at_ = Instant{at[row]};
      const uint32_t c = customer[row] < customers_.size() ? customers_[customer[row]] : kNoCode;
      if (c != kNoCode) rows_.push_back({score[row], c, value[row]});
    }
    return {};
  }

  void flush() {
    if (!rows_.empty()) state_.add(at_, rows_);
    rows_.clear();
  }

 private:
  const std::vector<uint32_t>& customers_;
  ScoreState& state_;
  Instant at_;
  std::vector<ScoreRow> rows_;
};

// The place in the history of each stored number.
Result<std::vector<uint32_t>> places_of(sql::Connection& connection, const History& history) {
  REGULARS_ASSIGN(const std::vector<uint32_t> numbers, stored_numbers(connection, history));
  std::vector<uint32_t> places;
  for (uint32_t c = 0; c < numbers.size(); ++c) {
    if (numbers[c] == kNoCode) continue;
    if (numbers[c] >= places.size()) places.resize(size_t{numbers[c]} + 1, kNoCode);
    places[numbers[c]] = c;
  }
  return places;
}

}  // namespace

Result<std::optional<EventBatch>> read_model_scores(sql::Connection& connection,
                                                    const History& history,
                                                    std::optional<Instant> known_at) {
  constexpr Instant kEndOfTime{253402300799999999};  // of the year 9999
  const Instant known = known_at.value_or(kEndOfTime);
  REGULARS_ASSIGN(const std::vector<std::string> names, score_names(connection, known));
  if (names.empty()) return std::optional<EventBatch>();
  REGULARS_ASSIGN(const std::vector<uint32_t> customers, places_of(connection, history));
  ScoreState state(names, history.customers());
  Reading reading(customers, state);
  REGULARS_ASSIGN(
      sql::QueryResult result,
      connection.query(
          "SELECT as_of, (dense_rank() OVER (ORDER BY score) - 1)::UINTEGER, customer, value FROM "
          "score_row WHERE " +
              std::string(kVisible) + " ORDER BY as_of",
          kModelVersion, known, known));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) break;
    REGULARS_TRY(reading.add(*chunk));
  }
  reading.flush();
  return std::optional<EventBatch>(std::move(state).done());
}

}  // namespace regulars::store
