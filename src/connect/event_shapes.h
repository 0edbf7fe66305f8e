// Recognising what kind of events a source holds, by its columns and the words in them.
//
// Thread-safety: plain functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connect/source_reading.h"

namespace regulars::connect {

// The event type of a word such as "open", "Email Clicked", "hard_bounce", "page view"; else a
// declared type of that name; empty: none.
std::string event_type_of(std::string_view word, const ProjectFacts& facts);

// How a row becomes events.
struct EventPlan {
  std::string shape;                                      // in words; empty: as declared
  std::string fixed;                                      // the type of every row
  int type_column = -1;                                   // or the column that names it
  std::map<std::string, std::string, std::less<>> types;  // its values; others are left aside
  struct Happening {  // or an event for each time that a row gives
    size_t column;
    std::string type;
  };
  std::vector<Happening> happenings;

  std::vector<std::string> event_types() const;  // each once
};

// kBadDefinition when neither the declaration nor the columns say what the events are.
Result<EventPlan> plan_events(const SourceReading& reading);

}  // namespace regulars::connect
