// The value model of a project: how many purchases and how much revenue are to come from each
// customer, and how likely she is to be a customer still.
//
// Users see one model. Which method is behind it (BG/NBD, Pareto/NBD ...) was chosen by how well
// each foretold what was already known; ValueFit::counts.model names it, `choice` says why.
//
// Thread-safety: one history at a time; inside it uses several threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "models/fit/fitted.h"
#include "project/model_declaration.h"

namespace regulars::app {

// A fit and everything needed to score with it and to know what it rests on.
struct ValueFit {
  std::string unit = "week";  // of the parameters
  Instant cut_off;            // nothing later was looked at
  std::string fingerprint;    // of the purchases: changes when any does
  models::Fitted counts;
  models::Fitted spend;  // Gamma-Gamma; without parameters where spend could not be learned
  std::string choice;    // what the method was chosen by, in words
  std::vector<std::string> notes;
};

// kBadData when nothing can be learned from the purchases, saying why.
Result<ValueFit> fit_value(const History& history, const Zone& zone, Instant until,
                           const project::ModelDeclaration& asked);

// Columns by the words they give to rules (ModelDeclaration::scores), a row per customer who has
// bought by the as-of.
struct ValueScores {
  struct Column {
    std::string name;
    std::vector<double> values;
  };
  std::vector<CustomerNumber> customers;  // ascending
  std::vector<Column> columns;
};
Result<ValueScores> score_value(const History& history, const Zone& zone, Instant as_of,
                                const project::ModelDeclaration& asked, const ValueFit& fit);

// Versioned JSON ("regulars.value_fit/1"); reading back gives the same scores to the last bit.
std::string to_json(const ValueFit& fit);
Result<ValueFit> value_fit_from_json(std::string_view text);

}  // namespace regulars::app
