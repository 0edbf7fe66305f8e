// Private to store: new versions of events into their tables, block by block.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/connection.h"
#include "store/event_schema.h"
#include "store/fingerprint.h"

namespace regulars::store {

// Per text column name, the stored code of each code of the batch's dictionary.
using CodeMaps = std::map<std::string, std::vector<uint32_t>>;

// Everything about the versions that one ingest writes for one batch.
struct VersionBatch {
  const EventBatch& events;
  const StoredType& stored;
  const std::vector<uint32_t>& customer;  // per row of the batch: stored number
  const Fingerprints& prints;
  std::span<const uint32_t> rows;  // rows of the batch to write, in this order
  int64_t first_version = 0;
  Instant recorded_at;
  uint32_t run = 0;
};

// Numbers the texts that the batch uses; the maps serve write_versions.
Result<CodeMaps> intern_columns(sql::Connection& connection, const std::vector<Column>& columns);

Result<void> write_versions(sql::Connection& connection, const VersionBatch& versions,
                            const CodeMaps& event_codes, const CodeMaps& item_codes);

}  // namespace regulars::store
