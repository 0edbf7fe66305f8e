// The questions as SQL, in the dialects of DuckDB, ClickHouse and Polars, over a table
// (customer, type, occurred, amount, category, store).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "batch/questions.h"

namespace regulars::bench {

enum class Dialect { kDuckDb, kClickHouse, kPolars };

// What is compared: of each feature that is an answer the sum of its values modulo
// kChecksumModulus (a sum of instants would overflow), of each segment its members and the sum of
// their numbers.
constexpr int64_t kChecksumModulus = 1'000'003;

// A query whose only row holds the numbers above, of the features (if they are answers) and of the
// segments first_segment .. first_segment + segments.
struct Query {
  std::string sql;
  size_t segments = 0;
};

// For each instant one query for all, or as many as it takes when none may have more than
// `most_features` features.
std::vector<Query> queries(const Questions& questions, Dialect dialect, const std::string& table,
                           std::span<const Instant> instants, size_t most_features);

}  // namespace regulars::bench
