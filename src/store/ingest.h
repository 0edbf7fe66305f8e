// Private to store: the work of one ingest. Changes many tables; it is the caller who makes them
// change together (Store::ingest wraps it in a transaction).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"
#include "store/delivery.h"

namespace regulars::store {

Result<IngestReport> apply_delivery(sql::Connection& connection, const Delivery& delivery,
                                    Instant recorded_at, const Progress& progress);

}  // namespace regulars::store
