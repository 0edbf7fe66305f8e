// Readable tests: events, definitions, an as-of and what is expected of each customer.
// tests/scripts/README.md describes the format. What is written in the language is only read here
// as text; script_language.h makes definitions of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/declarations.h"
#include "data/identity.h"
#include "data/reference_data.h"
#include "every_way.h"

namespace regulars::evaluate {

struct Script {
  struct Expected {
    std::string line;  // "12: anna 3 ?", for messages
    size_t as_of = 0;  // index
    std::string customer;
    std::vector<size_t> definitions;  // indices
    std::vector<std::string> values;  // empty: she is not in the universe
    bool next = false;                // the values are when the answers change next
  };
  struct Refused {
    ExpressionPtr expression;
    std::string message;
  };

  // In the language.
  struct Worded {
    enum class Kind { kRule, kFeature, kSegment, kParameter, kSegmentation, kWord };
    Kind kind = Kind::kRule;
    std::string name;
    std::string text;
    Place place;
  };
  struct Said {
    enum class Kind { kRefuse, kWarn, kWithout, kFault };
    Kind kind = Kind::kRefuse;
    std::string text;  // a rule; kFault: the name of a definition
    std::vector<std::string> words;
    size_t line = 0;
  };
  struct List {
    std::string name;
    std::vector<std::string> customers;
  };
  struct AsOf {
    Instant at;
    std::optional<Instant> known_at;
  };

  std::string description;
  Zone zone = Zone::utc();
  ProjectFacts facts;
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  std::vector<EventBatch> events;
  std::vector<std::vector<Instant>> recorded;  // per batch and event
  std::vector<ReferenceData> tables;
  std::vector<IdentityChange> merges;   // the history is merged as of each instant
  bool refunds_linked = false;          // as a project's are
  std::vector<Definition> definitions;  // with a null expression: of the worded one of that name
  std::vector<Worded> worded;
  std::vector<List> lists;
  bool recompute = false;          // a population snapshot at each instant
  std::vector<Instant> snapshots;  // or at these
  std::vector<AsOf> as_of;
  std::vector<Expected> expected;
  std::vector<Refused> refused;
  std::vector<Said> said;
};

// kBadData with the line where the text is no script.
Result<Script> parse_script(std::string_view text);

// What the script's as-of of that index sees: recorded by then, merged, refunds and tables joined.
Result<History> history_of(const Script& script, const Script::AsOf& as_of);

}  // namespace regulars::evaluate
