// From a declared source to events, customers or a reference table: any rows (a file, several
// files read as one, a table of PostgreSQL) under what the project declares about them.
//
// Kind events. Each row is an event of the declared type, or of the type its type column names
// (`types` says which; without it usual words of message logs and the declared types' own names are
// understood, other rows are left aside and counted). Fields come from the columns named in
// `columns`, else from columns of their name or another usual one; what is not declared becomes a
// field of its own name, except columns that identify people. A log with a row per message and
// sent_at, delivered_at, opened_at ... gives an event for each of those times. The states of
// consents are brought to granted, denied, withdrawn, objected.
//
// Kind customers. Constants go into the customers' attributes, all other columns into one event
// attribute_change per row that states something, dated by `date` (a day, or a column), else by the
// modification day of the file. A customer who comes again under the same date: the first row
// counts.
//
// Kind reference. The rows of a table, by its key and the beginning of their validity.
//
// Thread-safety: plain functions; they use threads of their own.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "connect/rows.h"
#include "data/declarations.h"
#include "data/source_contents.h"

namespace regulars::connect {

struct ReadSourceOptions {
  Instant modified_at;  // of the file
  size_t threads = 0;
};

// Every kind but orders (connect/read_orders.h reads those). Rows that cannot be read are rejects,
// not errors. kBadDefinition: a column named that is not there (with near ones), no column for the
// customer, the time, the type or the key; the message shows the columns and the first rows.
Result<SourceContents> read_source(RowReader& rows, const SourceDeclaration& declaration,
                                   const ProjectFacts& facts, const ReadSourceOptions& options);

// kBadData when a larger share of the rows was rejected than the source allows; the message names
// the most frequent reasons.
Result<void> check_rejects(const SourceDeclaration& declaration, const SourceContents& contents);

}  // namespace regulars::connect
