// Population snapshots between the store, which keeps them as text, and those who ask.
//
// Thread-safety: one thread at a time for a store.
#pragma once

#include <vector>

#include "base/result.h"
#include "definitions/population.h"
#include "store/results.h"
#include "store/store.h"

namespace regulars::app {

// Oldest cut-off first. kBadData names the snapshot that cannot be read.
Result<std::vector<definitions::PopulationSnapshot>> load_stored_snapshots(store::Store& store);

// Exact: numbers as numbers, reals to the last bit.
store::SnapshotRow to_row(const definitions::PopulationSnapshot& snapshot);
Result<definitions::PopulationSnapshot> from_row(const store::SnapshotRow& row);

}  // namespace regulars::app
