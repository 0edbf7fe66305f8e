// Why a customer is in a segment or is not: the rule as a tree, every part with its answer, the
// events behind it, since when and until when, and what alone would change the whole.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "definitions/definitions.h"
#include "segments/ask.h"

namespace regulars::segments {

enum class Verdict { kNo, kOpen, kYes };  // open: unknown

// An event that a part of the rule counted.
struct EventBehind {
  std::string type;
  Instant at;
  uint64_t id = 0;
  std::string facts;  // "amount 12.50, channel web": the columns the rule looks at, and the amount
};

// What would have to change in one leaf, and nothing else, for the whole rule to turn.
struct SingleChange {
  std::string leaf;    // text of the leaf
  std::string change;  // "count(purchase) over last 90 days is 2; at least 3 is needed (1 more)"
};

struct ExplainedPart {
  std::string text;   // of this part of the rule
  std::string joint;  // "and", "or", "not", "at least 2 of"; empty: a leaf
  Verdict verdict = Verdict::kOpen;
  // Leaves: the value compared ("2"), and what it is compared with (">= 3"); the value alone where
  // the leaf is no comparison.
  std::string value;
  std::string compared_with;
  std::vector<EventBehind> events;  // newest first, at most kMostEvents
  int64_t events_in_all = 0;
  // Since when this answer has held without interruption, and the instant at which it changes if
  // nothing happens: nullopt where it never does within kLongestLook.
  std::optional<Instant> since;
  std::optional<Instant> until;
  std::vector<ExplainedPart> parts;  // of a joint; of in_segment: the other segment's rule
};

constexpr size_t kMostEvents = 20;
constexpr Duration kLongestLook = days(10 * 366);

struct Explanation {
  std::string segment;
  std::string customer;
  Instant as_of;
  std::string snapshot;
  bool known = true;  // false: there was no such customer at that instant, and the rest is empty
  ExplainedPart rule;
  std::vector<SingleChange> changes;
};

struct ExplainQuestion {
  const definitions::Linked* linked = nullptr;
  std::string segment;  // name; for messages also of rules that are no segment yet
  std::string text;     // canonical text of the rule, and its tree
  language::NodePtr tree;
  CustomerNumber customer = 0;
  Instant as_of;
};

Result<Explanation> explain(const Asking& asking, const ExplainQuestion& question);

// "2025-01-31 14:05" on the zone's clock, with seconds and fractions only where there are any.
std::string local_words(Instant t, const Zone& zone);

// A value as people read it: 12.50, 3, 2025-01-31, 'web', yes, unknown.
std::string in_words(const evaluate::Value& value, const Zone& zone);

}  // namespace regulars::segments
