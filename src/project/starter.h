// The files that a new project begins with.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "data/declarations.h"

namespace regulars::project {

struct TextFile {
  std::string path;  // relative to the project
  std::string text;
};

// The commented starter: regulars.yaml, two segments, an exclusion, features, parameters, a list.
std::vector<TextFile> starter_files(const std::string& name, const std::string& zone);

// An attribute found in a file of customers.
struct GuessedAttribute {
  AttributeDeclaration declaration;
  std::string column;
};

// A source whose reading was found out (`connect`), or said by whoever makes the project.
struct GuessedSource {
  std::string name = "orders";
  SourceDeclaration::Kind kind = SourceDeclaration::Kind::kOrders;
  std::vector<std::string> files;  // relative to the project
  SourceSpec spec;                 // kOrders: as found out
  std::string customer_column;     // kCustomers
  std::vector<GuessedAttribute> attributes;
  std::string date;        // kCustomers: the day the values are of; empty: the file's own
  std::string event_type;  // kEvents
  std::string table, key;  // kReference: the table's name and the column of its id
};

// regulars.yaml that says what was found out, with comments; reading it gives it all back.
std::string project_from_guesses(const std::string& name, const std::string& zone,
                                 const std::vector<GuessedSource>& sources);

// A text as YAML reads it back, in quotes where it needs them.
std::string yaml_text(const std::string& text);

}  // namespace regulars::project
