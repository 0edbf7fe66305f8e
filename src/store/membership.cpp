// Memberships of segments: when they hold and when they were believed (store/results.h).
#include <algorithm>
#include <limits>
#include <map>

#include "sql/appender.h"
#include "store/results.h"

namespace regulars::store {
namespace {

constexpr Instant kEndOfTime{std::numeric_limits<int64_t>::max()};

struct Interval {
  Instant from;
  Instant to;  // kEndOfTime: still in
  bool operator==(const Interval&) const = default;
};

struct KnownInterval {
  int64_t row = 0;
  Interval interval;
};

// The intervals with [begin, end) made `in` or not; neighbours that touch become one.
std::vector<Interval> with_span(const std::vector<KnownInterval>& known, Interval span, bool in) {
  std::vector<Interval> parts;
  for (const KnownInterval& one : known) {
    const Interval& old = one.interval;
    if (old.from < span.from) parts.push_back({old.from, std::min(old.to, span.from)});
    if (old.to > span.to) parts.push_back({std::max(old.from, span.to), old.to});
  }
  if (in) parts.push_back(span);
  std::sort(parts.begin(), parts.end(),
            [](const Interval& a, const Interval& b) { return a.from < b.from; });
  std::vector<Interval> joined;
  for (const Interval& part : parts) {
    if (!joined.empty() && joined.back().to >= part.from) {
      joined.back().to = std::max(joined.back().to, part.to);
    } else {
      joined.push_back(part);
    }
  }
  return joined;
}

// True when `known` says the same of the whole span already.
bool agrees(const std::vector<KnownInterval>& known, Interval span, bool in) {
  if (in) {
    return std::any_of(known.begin(), known.end(), [&](const KnownInterval& one) {
      return one.interval.from <= span.from && one.interval.to >= span.to;
    });
  }
  return std::none_of(known.begin(), known.end(), [&](const KnownInterval& one) {
    return one.interval.from < span.to && one.interval.to > span.from;
  });
}

using Known = std::map<uint32_t, std::vector<KnownInterval>>;  // by customer

Result<Known> believed(sql::Connection& connection, const std::string& segment) {
  Known known;
  REGULARS_ASSIGN(sql::QueryResult result,
                  connection.query("SELECT row, customer, valid_from, valid_to FROM membership_row "
                                   "WHERE segment = ? AND recorded_to IS NULL",
                                   segment));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) return known;
    REGULARS_ASSIGN(const auto rows, chunk->column(0).values<int64_t>());
    REGULARS_ASSIGN(const auto customers, chunk->column(1).values<uint32_t>());
    REGULARS_ASSIGN(const auto from, chunk->column(2).values<int64_t>());
    REGULARS_ASSIGN(const auto to, chunk->column(3).values<int64_t>());
    for (size_t i = 0; i < chunk->size(); ++i) {
      const Instant end = chunk->column(3).is_null(i) ? kEndOfTime : Instant{to[i]};
      known[customers[i]].push_back({rows[i], {Instant{from[i]}, end}});
    }
  }
}

// What is to be written: rows whose belief ends, and new ones.
struct Rewriting {
  std::vector<int64_t> ended;
  std::vector<uint32_t> customer;
  std::vector<int64_t> from, to;
  std::vector<uint8_t> has_end;
  std::vector<std::string_view> change;
};

void rewrite(uint32_t customer, const std::vector<KnownInterval>& known, Interval span, bool in,
             std::string_view change, Rewriting& out) {
  const std::vector<Interval> now = with_span(known, span, in);
  for (const KnownInterval& old : known) {
    if (std::find(now.begin(), now.end(), old.interval) == now.end()) out.ended.push_back(old.row);
  }
  for (const Interval& interval : now) {
    const bool same = std::any_of(known.begin(), known.end(), [&](const KnownInterval& old) {
      return old.interval == interval;
    });
    if (same) continue;
    out.customer.push_back(customer);
    out.from.push_back(interval.from.micros);
    out.has_end.push_back(interval.to != kEndOfTime ? 1 : 0);
    out.to.push_back(interval.to != kEndOfTime ? interval.to.micros : 0);
    out.change.push_back(change);
  }
}

Result<void> end_rows(sql::Connection& connection, const std::vector<int64_t>& rows, Instant at) {
  if (rows.empty()) return {};
  REGULARS_TRY(connection.execute("CREATE OR REPLACE TEMP TABLE ended_row (row BIGINT)"));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "ended_row"));
  REGULARS_TRY(appender.append({sql::ColumnData(rows)}));
  REGULARS_TRY(appender.close());
  REGULARS_ASSIGN(const uint64_t ended,
                  connection.execute("UPDATE membership_row SET recorded_to = ? WHERE row IN "
                                     "(SELECT row FROM ended_row)",
                                     at));
  if (ended != rows.size()) {
    return Error(ErrorCode::kInternal, "memberships could not be matched with their old rows");
  }
  return connection.execute("DROP TABLE ended_row");
}

Result<void> add_rows(sql::Connection& connection, const MembershipStatement& statement,
                      const Rewriting& rows, const std::string& cause, Instant recorded_at,
                      uint32_t run) {
  if (rows.customer.empty()) return {};
  REGULARS_ASSIGN(int64_t next,
                  connection.query_integer("SELECT coalesce(max(row) + 1, 0) FROM membership_row"));
  const size_t count = rows.customer.size();
  std::vector<int64_t> number(count);
  for (int64_t& one : number) one = next++;
  const std::vector<std::string_view> segment(count, statement.segment);
  const std::vector<int64_t> recorded(count, recorded_at.micros);
  const std::vector<int64_t> none(count, 0);
  const std::vector<uint8_t> unknown(count, 0);
  const std::vector<std::string_view> causes(count, cause);
  const std::vector<uint32_t> runs(count, run);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "membership_row"));
  REGULARS_TRY(appender.append(
      {sql::ColumnData(number), sql::ColumnData(segment), sql::ColumnData(rows.customer),
       sql::ColumnData(rows.from), sql::ColumnData(rows.to).with_nulls(rows.has_end),
       sql::ColumnData(recorded), sql::ColumnData(none).with_nulls(unknown),
       sql::ColumnData(rows.change), sql::ColumnData(causes), sql::ColumnData(runs)}));
  return appender.close();
}

// What the statements so far say about the place of a new one.
struct Place {
  Instant until = kEndOfTime;  // the next statement's instant
  bool correction = false;     // there is one at this instant or later
  std::string last_version;    // of the newest; empty: none
};

Result<Place> place_of(sql::Connection& connection, const MembershipStatement& statement,
                       Instant recorded_at) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT as_of, version, recorded_at FROM "
                                        "membership_statement WHERE segment = ? ORDER BY rowid",
                                        statement.segment));
  Place place;
  for (const auto& row : rows) {
    const Instant as_of{row[0].integer().value_or(0)};
    if (row[2].integer().value_or(0) > recorded_at.micros) {
      return Error(ErrorCode::kUsage,
                   "members of '" + statement.segment + "' were recorded later than " +
                       to_iso(recorded_at) + " already",
                   "Check the machine's clock.");
    }
    if (as_of > statement.as_of) place.until = std::min(place.until, as_of);
    if (as_of >= statement.as_of) place.correction = true;
    place.last_version = row[1].text().value_or("");
  }
  return place;
}

}  // namespace

Result<MembershipChanges> record_membership(sql::Connection& connection,
                                            const MembershipStatement& statement,
                                            Instant recorded_at, uint32_t run) {
  REGULARS_ASSIGN(const Place place, place_of(connection, statement, recorded_at));
  REGULARS_ASSIGN(Known known, believed(connection, statement.segment));
  for (const uint32_t member : statement.members) known[member];
  std::vector<uint32_t> members = statement.members;
  std::sort(members.begin(), members.end());

  MembershipChanges changes;
  changes.members = static_cast<int64_t>(members.size());
  const Interval span{statement.as_of, place.until};
  Rewriting rewriting;
  for (const auto& [customer, intervals] : known) {
    const bool in = std::binary_search(members.begin(), members.end(), customer);
    if (agrees(intervals, span, in)) continue;
    const char* change = place.correction ? "corrected" : in ? "entered" : "left";
    ++(place.correction ? changes.corrected : in ? changes.entered : changes.left);
    rewrite(customer, intervals, span, in, change, rewriting);
  }
  const bool other_version = !place.last_version.empty() && place.last_version != statement.version;
  const std::string cause = !statement.cause.empty() ? statement.cause
                            : other_version          ? "definition"
                                                     : "events";
  REGULARS_TRY(end_rows(connection, rewriting.ended, recorded_at));
  REGULARS_TRY(add_rows(connection, statement, rewriting, cause, recorded_at, run));
  REGULARS_ASSIGN(
      const auto added,
      connection.execute("INSERT INTO membership_statement VALUES (?, ?, ?, ?, ?)",
                         statement.segment, statement.version, statement.as_of, recorded_at, run));
  static_cast<void>(added);
  return changes;
}

Result<std::vector<uint32_t>> members_at(sql::Connection& connection, const std::string& segment,
                                         Instant t, std::optional<Instant> known_at) {
  std::vector<uint32_t> members;
  const Instant known = known_at.value_or(kEndOfTime);
  const std::string now = known_at ? "recorded_to > ?" : "recorded_to = ?";
  REGULARS_ASSIGN(sql::QueryResult result,
                  connection.query("SELECT customer FROM membership_row WHERE segment = ? AND "
                                   "valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) AND "
                                   "recorded_from <= ? AND (recorded_to IS NULL OR " +
                                       now + ") ORDER BY customer",
                                   segment, t, t, known, known));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) return members;
    REGULARS_ASSIGN(const auto customers, chunk->column(0).values<uint32_t>());
    members.insert(members.end(), customers.begin(), customers.end());
  }
}

Result<std::vector<MembershipRow>> membership_rows(sql::Connection& connection,
                                                   const std::string& segment,
                                                   std::optional<uint32_t> customer) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT customer, valid_from, valid_to, recorded_from, "
                                        "recorded_to, change, cause, run FROM membership_row WHERE "
                                        "segment = ? AND (?::UINTEGER IS NULL OR customer = ?) "
                                        "ORDER BY row",
                                        segment, customer, customer));
  const auto optional_instant = [](const sql::Cell& cell) {
    const auto micros = cell.integer();
    return micros ? std::optional<Instant>(Instant{*micros}) : std::nullopt;
  };
  std::vector<MembershipRow> result;
  for (const auto& row : rows) {
    result.push_back({static_cast<uint32_t>(row[0].integer().value_or(0)),
                      Instant{row[1].integer().value_or(0)}, optional_instant(row[2]),
                      Instant{row[3].integer().value_or(0)}, optional_instant(row[4]),
                      row[5].text().value_or(""), row[6].text().value_or(""),
                      static_cast<uint32_t>(row[7].integer().value_or(0))});
  }
  return result;
}

}  // namespace regulars::store
