#include "store/store.h"

#include <algorithm>

#include "data/link_history.h"
#include "store/customers.h"
#include "store/event_reader.h"
#include "store/event_schema.h"
#include "store/ingest.h"
#include "store/migrations.h"
#include "store/reference_tables.h"

namespace regulars::store {
namespace {

// Later sources overwrite what they know.
void merge_attributes(const EventBatch& rows, CustomerTable& customers) {
  const size_t count = customers.ids->size();
  for (const Column& column : rows.columns) {
    Column merged = Column::of(column.name, column.type);
    merged.scale = column.scale;
    merged.is_set = column.is_set;
    merged.dictionary = column.dictionary;
    const bool text = column.type == ValueType::kText;
    (text ? merged.codes.assign(count, kNoCode) : merged.numbers.assign(count, kMissing));
    for (size_t row = 0; row < rows.size(); ++row) {
      if (!column.known(row)) continue;
      if (text) {
        merged.codes[rows.customer[row]] = column.codes[row];
      } else {
        merged.numbers[rows.customer[row]] = column.numbers[row];
      }
    }
    customers.attributes.push_back(std::move(merged));
  }
}

}  // namespace

Result<Store> Store::prepare(sql::Database database, Instant now) {
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  REGULARS_TRY(migrate(connection, migrations(), now));
  REGULARS_ASSIGN(const int format, stored_format(connection));
  return Store(std::move(database), std::move(connection), format);
}

Result<Store> Store::open(const std::string& path, Instant now,
                          const sql::DatabaseOptions& options) {
  REGULARS_ASSIGN(sql::Database database, sql::Database::open(path, options));
  auto store = prepare(std::move(database), now);
  if (!store) return std::move(store).error().at({.file = path, .field = {}});
  return store;
}

Result<Store> Store::open_memory(Instant now) {
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory());
  return prepare(std::move(database), now);
}

Result<IngestReport> Store::ingest(const Delivery& delivery, Instant recorded_at,
                                   const Progress& progress) {
  REGULARS_ASSIGN(sql::Transaction transaction, sql::Transaction::begin(connection_));
  REGULARS_ASSIGN(IngestReport report,
                  apply_delivery(connection_, delivery, recorded_at, progress));
  if (progress) progress("committing");
  REGULARS_TRY(transaction.commit());
  return report;
}

Result<History> Store::load(std::optional<Instant> known_at) {
  REGULARS_ASSIGN(LoadedCustomers customers, load_customers(connection_, known_at));
  REGULARS_ASSIGN(const std::vector<StoredType> types, read_schema(connection_));
  REGULARS_ASSIGN(std::vector<EventBatch> batches,
                  read_events(database_, types, customers.numbers, known_at, /*threads=*/0));
  std::erase_if(batches, [&](const EventBatch& batch) {
    if (batch.type != kAttributeType) return false;
    merge_attributes(batch, customers.table);
    return true;
  });
  REGULARS_ASSIGN(History history, History::build(std::move(customers.table), std::move(batches)));
  return link_refunds(std::move(history));
}

Result<ProjectData> Store::load_project(std::optional<Instant> known_at) {
  REGULARS_ASSIGN(History history, load(known_at));
  REGULARS_ASSIGN(std::vector<ReferenceData> tables, load_references(connection_, known_at));
  return ProjectData{std::move(history), std::move(tables)};
}

Result<std::vector<Reject>> Store::rejects(std::optional<uint32_t> run) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection_.query_rows("SELECT file, line::BIGINT, column_number, field, reason, "
                                         "coalesce(raw, '') FROM reject "
                                         "WHERE ?::UINTEGER IS NULL OR run = ? ORDER BY rowid",
                                         run, run));
  std::vector<Reject> rejects;
  for (const auto& row : rows) {
    rejects.push_back(
        {row[0].text().value_or(""), static_cast<uint64_t>(row[1].integer().value_or(0)),
         static_cast<uint32_t>(row[2].integer().value_or(0)), row[3].text().value_or(""),
         row[4].text().value_or(""), row[5].text().value_or("")});
  }
  return rejects;
}

Result<int64_t> Store::expire_raw_text(Instant now) {
  REGULARS_ASSIGN(const uint64_t expired,
                  connection_.execute("UPDATE reject SET raw = NULL WHERE raw IS NOT NULL AND "
                                      "recorded_at < ?",
                                      now - kRawTextKept));
  return static_cast<int64_t>(expired);
}

}  // namespace regulars::store
