// The project database: one DuckDB file that holds customers, events and the record of what was
// read. Analysts may query it (views customer, purchase, purchase_item, refund ...; connect()).
//
//   REGULARS_ASSIGN(Store store, Store::open("shop/regulars.db", clock.now()));
//   REGULARS_ASSIGN(IngestReport report, store.ingest(delivery, clock.now()));
//   REGULARS_ASSIGN(History history, store.load());
//
// Promises: an ingest happens as a whole or not at all, also when the process is killed in the
// middle; reading the same file twice, or a later export that overlaps an earlier one, adds no
// event twice; nothing is forgotten: an event that a source gives again with other content becomes
// a revision, with the old version kept, and the past can be asked as it was known. A file that is
// read again in another way (other columns, another time zone) takes the place of its first
// reading. External ids of customers stand in the table identity and nowhere else, except where a
// record that could not be read is kept as it was (reject.raw, for 30 days).
//
// Thread-safety: one thread at a time. One process at a time has the file open; connections from
// connect() may be used beside it in other threads of the same process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "data/intake.h"
#include "data/reference_data.h"
#include "sql/database.h"
#include "store/delivery.h"

namespace regulars::store {

// How long records that could not be read are kept as they were.
constexpr Duration kRawTextKept = days(30);

struct ProjectData {
  History history;
  std::vector<ReferenceData> tables;
};

class Store {
 public:
  // Makes the file when there is none and brings an older format up to date (recorded as done at
  // `now`). kIo when another program holds the file (named) or the disk refuses; kUnsupported when
  // the file is of a newer format; kBadData when it is something else. The file is named in the
  // error's place.
  static Result<Store> open(const std::string& path, Instant now,
                            const sql::DatabaseOptions& options = {});
  static Result<Store> open_memory(Instant now);

  // Stores what is new. `recorded_at` may not lie before an earlier one (kUsage). After an error
  // the store is as before.
  Result<IngestReport> ingest(const Delivery& delivery, Instant recorded_at,
                              const Progress& progress = {});

  // Everything as known at an instant, the newest versions when it is not given: customers by
  // their stored number, events by customer, time and id. Event ids are the store's. Refunds are
  // joined to their purchases, whatever files they came in (data/link_history.h).
  Result<History> load(std::optional<Instant> known_at = {});

  // The history with the reference tables beside it, as known at the same instant. Attributes that
  // change are the stream attribute_change, constants stand in the table of customers; columns of
  // tables come beside events with attach (data/attach.h).
  Result<ProjectData> load_project(std::optional<Instant> known_at = {});

  // Rejects of a run, or of all runs; `raw` is empty once it has expired.
  Result<std::vector<Reject>> rejects(std::optional<uint32_t> run = {});

  // Forgets the raw text of rejects recorded more than kRawTextKept before `now`; how many.
  Result<int64_t> expire_raw_text(Instant now);

  // A connection of its own for SQL over the project.
  Result<sql::Connection> connect() { return database_.connect(); }

  int format() const { return format_; }

 private:
  Store(sql::Database database, sql::Connection connection, int format)
      : database_(std::move(database)), connection_(std::move(connection)), format_(format) {}
  static Result<Store> prepare(sql::Database database, Instant now);

  sql::Database database_;
  sql::Connection connection_;
  int format_;
};

}  // namespace regulars::store
