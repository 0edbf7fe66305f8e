// What the batch benchmark asks: 12 windowed features and 20 segments over them, said twice, as
// trees and as SQL.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/evaluate.h"

namespace regulars::bench {

// Features first, then segments.
constexpr size_t kFeatures = 12;
constexpr size_t kSegments = 20;
constexpr int64_t kChecksumModulus = 1'000'003;
Result<std::vector<evaluate::Definition>> definitions();

// One row: the sum of each feature modulo kChecksumModulus (an instant's sum would overflow), then
// members and sum of member numbers of each segment. Over a table (customer, type, occurred,
// amount, category).
std::string fused_query(const std::string& table, Instant as_of);

}  // namespace regulars::bench
