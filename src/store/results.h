// What runs find out, kept with when it held and when it was believed: population snapshots,
// versions of segments, memberships, scores, and what was last exported.
//
// None of these functions begins a transaction: they belong into a step (store/run_steps.h) or into
// a transaction of the caller. Customers are meant by their stored numbers (stored_numbers).
// Analysts query the views membership (who is in now), membership_history and score.
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/connection.h"

namespace regulars::store {

// The stored number of each customer of a history that Store::load gave; kNoCode: not stored.
Result<std::vector<uint32_t>> stored_numbers(sql::Connection& connection, const History& history);

struct SnapshotRow {
  std::string id;
  Instant cut_off;
  Instant recorded_at;
  std::string populations;  // JSON
  std::string words;        // JSON
};
// Beside those of the same id that were recorded before: what was asked as known then still finds
// them. One that says the same as the newest of its id changes nothing.
Result<void> store_snapshot(sql::Connection& connection, const SnapshotRow& snapshot);
// In the order of cut-off, then of recording.
Result<std::vector<SnapshotRow>> load_snapshots(sql::Connection& connection);

struct SegmentVersion {
  std::string segment;
  std::string version;  // hash of what it means
  std::string text;     // the definition as written
  Instant recorded_at;
};
// Recorded once, when it is another version than the newest of the segment; whether it was.
Result<bool> store_segment_version(sql::Connection& connection, const SegmentVersion& version);
// Oldest first.
Result<std::vector<SegmentVersion>> segment_versions(sql::Connection& connection,
                                                     const std::string& segment);

// Who is in a segment as of an instant. It holds until the next instant for which there is a
// statement. The first statement and those later than all others make customers enter and leave at
// their instant; a statement for an instant before the newest, or a second one for it, corrects
// what was believed: the old rows are kept with the end of their belief.
struct MembershipStatement {
  std::string segment;
  std::string version;
  Instant as_of;
  std::vector<uint32_t> members;  // each once, in any order
  // Why anything differs, in words: "late data". Empty: another version of the segment than in its
  // last statement is "definition", anything else "events".
  std::string cause;
};
struct MembershipChanges {
  int64_t members = 0;
  int64_t entered = 0;
  int64_t left = 0;
  int64_t corrected = 0;  // customers of whom something else is believed now
  bool operator==(const MembershipChanges&) const = default;
};
// kUsage when `recorded_at` lies before an earlier statement's.
Result<MembershipChanges> record_membership(sql::Connection& connection,
                                            const MembershipStatement& statement,
                                            Instant recorded_at, uint32_t run);

// Who was in at `t`, ascending; as believed at `known_at` (now when not given).
Result<std::vector<uint32_t>> members_at(sql::Connection& connection, const std::string& segment,
                                         Instant t, std::optional<Instant> known_at = {});

struct MembershipRow {
  uint32_t customer = 0;
  Instant valid_from;
  std::optional<Instant> valid_to;
  Instant recorded_from;
  std::optional<Instant> recorded_to;
  std::string change;  // entered, left, corrected
  std::string cause;
  uint32_t run = 0;
};
// All rows of a segment, of one customer when given, in the order they were recorded.
Result<std::vector<MembershipRow>> membership_rows(sql::Connection& connection,
                                                   const std::string& segment,
                                                   std::optional<uint32_t> customer = {});

// Values of a score as of an instant; they replace those recorded for the same instant before,
// which are kept as what was believed. NaN is left out.
struct ScoreStatement {
  std::string score;
  std::string version;
  Instant as_of;
  std::vector<uint32_t> customers;
  std::vector<double> values;
};
Result<void> record_scores(sql::Connection& connection, const ScoreStatement& statement,
                           Instant recorded_at, uint32_t run);

// The rows an export last held: customers, and a hash of what was said of each.
struct ExportedRow {
  uint32_t customer = 0;
  uint64_t content_hash = 0;
  auto operator<=>(const ExportedRow&) const = default;
};
// By customer.
Result<std::vector<ExportedRow>> last_exported(sql::Connection& connection,
                                               const std::string& name);
// Replaces what was recorded for the export.
Result<void> record_exported(sql::Connection& connection, const std::string& name,
                             const std::vector<ExportedRow>& rows, Instant exported_at,
                             uint32_t run);

}  // namespace regulars::store
