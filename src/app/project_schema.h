// What the rules of a project may name, and making a history hold what a rule names.
//
// Thread-safety: pure functions, but for the history they change.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "data/declarations.h"
#include "data/history.h"
#include "data/reference_data.h"
#include "evaluate/evaluate.h"
#include "project/model_declaration.h"

namespace regulars::app {

// What the data holds, what reference tables could add to it, and what is declared or known to
// every project although nothing of it has come yet.
evaluate::Schema schema_for_rules(const History& history, const std::vector<ReferenceData>& tables,
                                  const ProjectFacts& facts,
                                  const std::vector<project::ModelDeclaration>& models = {});

// Attributes that sources gave without being declared become declared: those that are dated as
// such, the others as constants.
void declare_found_attributes(const History& history, ProjectFacts& facts);

// Constants that no source has given, as columns of unknowns.
void add_missing_constants(const ProjectFacts& facts, size_t customers,
                           std::vector<Column>& attributes);

// Rows that rules name by their key, store('Leeds'), in small tables (at most kMostNamedRows rows):
// the newest row of each id.
constexpr size_t kMostNamedRows = 10'000;
using NamedRows =
    std::map<std::string, std::map<std::string, std::map<std::string, evaluate::Literal>>>;
NamedRows named_rows(const std::vector<ReferenceData>& tables);

// The event types of the schema without an event.
std::set<std::string> empty_events(const evaluate::Schema& schema, const History& history);

// The fields of tables ("product.eco") among the columns that rules name ("item.product.eco").
std::vector<std::string> fields_of_tables(const std::vector<ReferenceData>& tables,
                                          const std::set<std::string>& columns);

// Columns that rules name ("purchase.coupon_used", "item.discount"), the schema knows and the
// history lacks, as columns of unknowns.
void add_columns_without_data(const evaluate::Schema& schema, const std::set<std::string>& columns,
                              History& history);

}  // namespace regulars::app
