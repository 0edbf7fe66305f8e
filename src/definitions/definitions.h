// Segments, features, lists and parameters as a shop defined them, and the graph they form.
//
//   Catalogue catalogue = ...;                         // from files (project) or by hand (tests)
//   REGULARS_ASSIGN(const Linked linked, link(catalogue, scope_parts));
//   linked.segment("loyal")->expression                // closed: no references left but the
//                                                      // population's
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/declarations.h"
#include "language/compile.h"

namespace regulars::definitions {

// Where the bytes of a rule stand in its file, so that an error inside a rule can point there: from
// each piece's offset on, the text runs along that line of the file. Empty: the text begins at the
// definition's place and goes on from the first column of the lines that follow.
struct TextOrigin {
  struct Piece {
    size_t offset = 0;
    uint64_t line = 0;
    uint32_t column = 0;
  };
  std::vector<Piece> pieces;  // ascending by offset
};

// Place in the file of the byte at `offset` of the text.
Place place_in_file(const Place& start, const TextOrigin& origin, std::string_view text,
                    size_t offset);
// An error of the language (line and column within the text), moved to the file.
Error moved_to_file(Error error, const Place& start, const TextOrigin& origin,
                    std::string_view text);

struct Action {
  std::string text;     // what to do with the people in it
  std::string goal;     // what it should change, as a person would say it
  std::string owner;    // who looks after it
  std::string channel;  // "email"; empty: none named
  std::string purpose = "marketing";
  int control_percent = 20;
  int review_after_days = 90;
};

struct SegmentDefinition {
  std::string name;   // [a-z][a-z0-9_]*
  std::string title;  // for people; empty: the name
  std::string description;
  std::string why;
  std::string rule;  // text of the language
  Action action;
  std::vector<std::string> needs;   // in words, for doctor: "birth dates"
  std::vector<std::string> except;  // segments whose customers are left out: sugar for
                                    // (rule) and not in_segment('...')
  bool exclusion = false;           // a list of people to leave out, not an audience
  Place place;                      // file, line and column of the rule's first character
  TextOrigin origin;                // of the rule
};

struct FeatureDefinition {
  std::string name;
  std::string description;
  std::string formula;
  Place place;  // of the formula's first character
  TextOrigin origin;
};

// Customer ids kept in a file.
struct ListDefinition {
  std::string name;
  std::vector<std::string> customers;
  Place place;
};

struct ParameterDefinition {
  std::string name;
  evaluate::Literal value;
  std::string description;
  Place place;
};

// Everything a project's files define.
struct Catalogue {
  std::vector<SegmentDefinition> segments;
  std::vector<FeatureDefinition> features;
  std::vector<ListDefinition> lists;
  std::vector<ParameterDefinition> parameters;
};

// A definition whose rule has been read, checked and put together with all it refers to.
struct LinkedDefinition {
  std::string name;
  std::string text;        // the whole rule, canonical (language::print), `except` included
  language::NodePtr tree;  // of that text
  // Extents of its warnings are those of the rule as it was defined, without `except`.
  language::Compiled compiled;
  uint64_t version = 0;  // hash of the canonical text and of all it refers to: changes exactly when
                         // the answer may change
  Place place;
};

// One definition that cannot be used, and why; others are not stopped by it unless they refer to
// it, in which case their own error names it. The error's place is in the file.
struct Fault {
  std::string name;
  Error error;
};

class Linked {
 public:
  const LinkedDefinition* segment(const std::string& name) const;
  const LinkedDefinition* feature(const std::string& name) const;
  const std::vector<LinkedDefinition>& segments() const { return segments_; }  // in file order
  const std::vector<LinkedDefinition>& features() const { return features_; }
  const std::vector<Fault>& faults() const { return faults_; }

  // The scope in which a further rule may be compiled (preview, eval, diff): it may refer to
  // everything linked. Valid while this object lives.
  const language::Scope& scope() const { return *scope_; }

 private:
  friend Result<Linked> link(const Catalogue&, language::Scope);
  std::vector<LinkedDefinition> segments_, features_;
  std::vector<Fault> faults_;
  std::shared_ptr<language::Scope> scope_;
};

// Compiles every definition in the order of its references. `base` brings schema, facts and the
// words that are not definitions of the catalogue (segmentations, scores). Cycles are faults that
// name the path ("a -> b -> a"); so are names defined twice (both places; neither is used) and
// features, lists and parameters named like a word of the language or of the data. Segments,
// features, lists and parameters share one name space. What refers to a segment sees only true and
// false: unknown is out. An error only for what makes the whole catalogue meaningless.
Result<Linked> link(const Catalogue& catalogue, language::Scope base);

// The names a rule may refer to directly, without compiling it: segments by their text, every other
// bare name (also those that turn out to be columns). Ascending.
std::vector<std::string> references_of(const language::Node& tree);

}  // namespace regulars::definitions
