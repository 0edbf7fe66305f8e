// Private to store: which events of a batch are stored already.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"
#include "store/event_schema.h"
#include "store/fingerprint.h"

namespace regulars::store {

enum class Verdict : uint8_t { kNew, kKnown, kRevised };

struct Comparison {
  std::vector<Verdict> verdicts;  // per row of the batch
  std::vector<int64_t> replaced;  // current versions that revised rows take the place of
};

// `customer` is the stored number per row. When the files were read before, content that an event
// ever had is known: reading an old file again does not bring old versions back.
Result<Comparison> compare_with_stored(sql::Connection& connection, const StoredType& stored,
                                       const std::vector<uint32_t>& customer,
                                       const Fingerprints& prints, bool files_read_before);

// Ends the given versions at `at`.
Result<void> supersede(sql::Connection& connection, const StoredType& stored,
                       const std::vector<int64_t>& versions, Instant at);

}  // namespace regulars::store
