// Sums that reports leave below (or among) their data.
#pragma once

#include <cstddef>

#include "connect/batch_columns.h"
#include "connect/rows.h"

namespace regulars::connect {

// A row without customer and order that is labelled "Total", or that holds nothing but numbers.
// Only rows without a customer need to be asked about.
bool is_total_row(const RowBatch& batch, size_t row, const BatchColumns& columns);

}  // namespace regulars::connect
