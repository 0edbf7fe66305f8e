#include "store/ingest.h"

#include <algorithm>
#include <set>

#include "store/customers.h"
#include "store/event_schema.h"
#include "store/event_writer.h"
#include "store/fingerprint.h"
#include "store/known_events.h"
#include "store/row_order.h"
#include "store/runs.h"

namespace regulars::store {
namespace {

// What the steps of one ingest share.
struct Ingest {
  sql::Connection& connection;
  const Delivery& delivery;
  Instant recorded_at;
  const Progress& progress;
  RunStart run;
  std::vector<uint32_t> customers;  // stored number per code of the delivery; kNoCode: not kept
  size_t customer_numbers = 0;      // stored numbers are below this

  void step(const std::string& words) const {
    if (progress) progress(words);
  }
};

// Each type once: occurrences are counted within a batch.
Result<void> check_types(const Delivery& delivery) {
  std::set<std::string> types{kAttributeType};
  for (const EventBatch& batch : delivery.events) {
    if (types.insert(batch.type).second) continue;
    return Error(ErrorCode::kBadDefinition,
                 "event type '" + batch.type + "' is given twice, or the store needs its name");
  }
  return {};
}

Result<void> check_batch(const Delivery& delivery, const EventBatch& batch) {
  const size_t items = batch.item_offset.empty() ? 0 : batch.item_offset.back();
  const auto has = [](size_t size) {
    return [size](const Column& column) { return column.size() == size; };
  };
  const size_t customers = delivery.customers.ids ? delivery.customers.ids->size() : 0;
  const bool sound =
      batch.size() < UINT32_MAX && batch.customer.size() == batch.size() &&
      (batch.item_offset.empty() || batch.item_offset.size() == batch.size() + 1) &&
      std::all_of(batch.columns.begin(), batch.columns.end(), has(batch.size())) &&
      std::all_of(batch.item_columns.begin(), batch.item_columns.end(), has(items)) &&
      std::all_of(
          batch.customer.begin(), batch.customer.end(),
          [&](CustomerNumber c) { return c < customers; });
  if (sound) return {};
  return Error(ErrorCode::kInternal, "events of type '" + batch.type +
                                         "' have columns of different length, or a customer that "
                                         "is not in the table of customers");
}

Result<std::vector<uint32_t>> stored_customers(const Ingest& ingest, const EventBatch& batch) {
  std::vector<uint32_t> stored(batch.size());
  for (size_t row = 0; row < stored.size(); ++row) {
    stored[row] = ingest.customers[batch.customer[row]];
    if (stored[row] == kNoCode) {
      return Error(ErrorCode::kInternal,
                   "an event of type '" + batch.type + "' belongs to a customer not seen");
    }
  }
  return stored;
}

Result<int64_t> next_version(sql::Connection& connection, const StoredType& stored) {
  return connection.query_integer("SELECT coalesce(max(version) + 1, 0) FROM " +
                                  stored.event_table());
}

Result<TypeReport> ingest_batch(const Ingest& ingest, const EventBatch& batch) {
  REGULARS_TRY(check_batch(ingest.delivery, batch));
  REGULARS_ASSIGN(const StoredType stored, fit_schema(ingest.connection, batch));
  REGULARS_ASSIGN(const std::vector<uint32_t> customers, stored_customers(ingest, batch));
  std::vector<uint32_t> rows = rows_by_number(customers, ingest.customer_numbers);
  const Fingerprints prints = fingerprint(ingest.delivery, batch, rows);

  ingest.step("comparing events of type " + batch.type);
  REGULARS_ASSIGN(const Comparison comparison,
                  compare_with_stored(ingest.connection, stored, customers, prints, ingest.run));
  ingest.step("replacing revised events of type " + batch.type);
  REGULARS_TRY(supersede(ingest.connection, stored, comparison.replaced, ingest.recorded_at));
  REGULARS_TRY(supersede(ingest.connection, stored, comparison.withdrawn, ingest.recorded_at));

  TypeReport report{.type = batch.type,
                    .withdrawn = static_cast<int64_t>(comparison.withdrawn.size())};
  for (const Verdict verdict : comparison.verdicts) {
    ++(verdict == Verdict::kNew     ? report.added
       : verdict == Verdict::kKnown ? report.known
                                    : report.revised);
  }
  std::erase_if(rows, [&](uint32_t row) { return comparison.verdicts[row] == Verdict::kKnown; });
  if (rows.empty()) return report;
  ingest.step("writing events of type " + batch.type);
  REGULARS_ASSIGN(const CodeMaps event_codes, intern_columns(ingest.connection, batch.columns));
  REGULARS_ASSIGN(const CodeMaps item_codes, intern_columns(ingest.connection, batch.item_columns));
  REGULARS_ASSIGN(const int64_t version, next_version(ingest.connection, stored));
  const VersionBatch versions{batch, stored,  customers,          prints,
                              rows,  version, ingest.recorded_at, ingest.run.run};
  REGULARS_TRY(write_versions(ingest.connection, versions, event_codes, item_codes));
  return report;
}

Column picked(const Column& column, const std::vector<uint32_t>& rows) {
  Column result = column;
  result.numbers.clear();
  result.codes.clear();
  for (const uint32_t row : rows) {
    if (column.type == ValueType::kText) {
      result.codes.push_back(column.codes[row]);
    } else {
      result.numbers.push_back(column.numbers[row]);
    }
  }
  return result;
}

// Attributes as events without a time of their own: other values are a revision.
Result<void> ingest_attributes(const Ingest& ingest) {
  const CustomerTable& table = ingest.delivery.customers;
  if (table.attributes.empty()) return {};
  std::vector<uint32_t> seen;
  for (uint32_t code = 0; code < ingest.customers.size(); ++code) {
    if (ingest.customers[code] != kNoCode) seen.push_back(code);
  }
  EventBatch batch;
  batch.type = kAttributeType;
  batch.customer = seen;
  batch.at.assign(seen.size(), Instant{});
  for (const Column& column : table.attributes) {
    if (column.size() != ingest.customers.size()) {
      return Error(ErrorCode::kInternal,
                   "attribute '" + column.name + "' has not one value per customer");
    }
    batch.columns.push_back(picked(column, seen));
  }
  REGULARS_ASSIGN(const TypeReport report, ingest_batch(ingest, batch));
  static_cast<void>(report);
  return {};
}

}  // namespace

Result<IngestReport> apply_delivery(sql::Connection& connection, const Delivery& delivery,
                                    Instant recorded_at, const Progress& progress) {
  REGULARS_TRY(check_types(delivery));
  IngestReport report;
  Ingest ingest{connection, delivery, recorded_at, progress, {}, {}, 0};
  ingest.step("starting");
  REGULARS_ASSIGN(ingest.run, start_run(connection, delivery, recorded_at));
  ingest.step("customers");
  REGULARS_ASSIGN(StoredCustomers customers,
                  store_customers(connection, delivery.customers, recorded_at, ingest.run.run));
  ingest.customers = std::move(customers.numbers);
  ingest.customer_numbers = customers.next;
  REGULARS_TRY(ingest_attributes(ingest));
  for (const EventBatch& batch : delivery.events) {
    REGULARS_ASSIGN(TypeReport type, ingest_batch(ingest, batch));
    report.types.push_back(std::move(type));
  }
  report.run = ingest.run.run;
  report.customers_added = customers.added;
  report.files_read_before = ingest.run.files_read_before;
  ingest.step("recording the run");
  REGULARS_TRY(finish_run(connection, delivery, ingest.run, report, recorded_at));
  return report;
}

}  // namespace regulars::store
