// Private to store: which events of a batch are stored already.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"
#include "store/event_schema.h"
#include "store/fingerprint.h"
#include "store/runs.h"

namespace regulars::store {

enum class Verdict : uint8_t { kNew, kKnown, kRevised };

struct Comparison {
  std::vector<Verdict> verdicts;   // per row of the batch
  std::vector<int64_t> replaced;   // current versions that revised rows take the place of
  std::vector<int64_t> withdrawn;  // current versions of the earlier runs that no row matches
};

// `customer` is the stored number per row. When the files were read before, content that an event
// had before another file revised it is known: reading an old file again does not bring it back.
Result<Comparison> compare_with_stored(sql::Connection& connection, const StoredType& stored,
                                       const std::vector<uint32_t>& customer,
                                       const Fingerprints& prints, const RunStart& run);

// Ends the given versions at `at`.
Result<void> supersede(sql::Connection& connection, const StoredType& stored,
                       const std::vector<int64_t>& versions, Instant at);

}  // namespace regulars::store
