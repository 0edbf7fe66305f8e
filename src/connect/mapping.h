// A saved mapping: the answers of one run as JSON, reused for later files of the same shape.
//
//   {"regulars_mapping": 1, "columns": {"customer": "CustomerID", ...}, "amount":
//   "quantity_x_price",
//    "decimal_mark": ".", "time_format": "dmy", "time_zone": "UTC", ...}
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/source_spec.h"

namespace regulars::connect {

// Everything in a spec but `excluded` and `drop_duplicates`, which belong to a run.
std::string mapping_to_json(const SourceSpec& spec);

// kBadDefinition: not JSON, not a mapping, of a later version, or a value that is not known; the
// message names the key.
Result<SourceSpec> mapping_from_json(std::string_view json);

// kBadDefinition when the file lacks columns that the mapping uses: names them and near ones.
Result<void> check_mapping_fits(const SourceSpec& spec, const std::vector<std::string>& columns,
                                const std::string& file);

}  // namespace regulars::connect
