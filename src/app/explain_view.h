// An explanation as text for people and as JSON for programs.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "base/time.h"
#include "segments/explain.h"

namespace regulars::app {

std::string explanation_text(const segments::Explanation& explanation, const Zone& zone,
                             size_t width);

// {"customer", "segment", "as_of", "snapshot", "in", "rule": {"text", "answer", "value",
// "compared_with", "since", "until", "events": [...], "events_in_all", "parts": [...]},
// "single_changes": [{"leaf", "change"}]}
std::string explanation_json(const segments::Explanation& explanation);

}  // namespace regulars::app
