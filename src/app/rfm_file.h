// RFM definitions as YAML files (`--rfm FILE`): the classes as boxes of scores, and cuts when they
// are fixed or frozen. docs/guides/rfm.md shows one.
//
//   match: first            # or disjoint (default)
//   else: Others
//   cuts: {recency_days: [115, 181, 297.4, 482], orders: [4, 5, 6, 8], net: [255.8, 382, 506.4,
//   666]} classes:
//     - {name: Champions, rules: [{r: 5, f: [4, 5]}, {r: 4, f: 5}]}
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "segments/rfm.h"

namespace regulars::app {

// kBadDefinition with line and column for anything unknown, missing or out of 1..5.
Result<segments::RfmDefinition> parse_rfm(std::string_view yaml, const std::string& file);

// Cuts of an analysis as YAML that parse_rfm reads again: frozen cuts.
std::string frozen_rfm(const segments::RfmDefinition& definition, const segments::RfmCuts& cuts);

}  // namespace regulars::app
