#include "connect/source_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/near_names.h"
#include "connect/convert.h"
#include "connect/find_columns.h"
#include "connect/first_rows.h"
#include "connect/rows_of_files.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr Instant kNever{std::numeric_limits<int64_t>::max()};

// Keys of `columns` that are no columns of the source themselves are none of ours to check here.
Error no_such_column(const std::string& column, const std::string& role, const RowReader& rows) {
  const std::vector<std::string> near = near_names(column, rows.columns());
  return Error(ErrorCode::kBadDefinition,
               fmt::format("there is no column '{}' (named for '{}')", column, role),
               near.empty() ? "The columns are " + enumerate(rows.columns()) + "."
                            : "Did you mean " + enumerate(near) + "?")
      .at({rows.info().path, 0, 0, role});
}

std::optional<int64_t> whole(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Numbers by value; dates of one layout and other texts by their letters.
bool is_newer(std::string_view text, std::string_view than) {
  const auto a = whole(text);
  const auto b = whole(than);
  return a && b ? *a > *b : text > than;
}

}  // namespace

Result<SourceReading> SourceReading::begin(RowReader& rows, const SourceDeclaration& declaration,
                                           const ProjectFacts& facts,
                                           const ReadSourceOptions& options) {
  SourceReading reading;
  reading.rows_ = &rows;
  reading.declaration_ = &declaration;
  reading.facts_ = &facts;
  reading.options_ = &options;
  const std::string& zone = declaration.time_zone.empty() ? facts.zone : declaration.time_zone;
  REGULARS_ASSIGN(Zone found, Zone::find(zone));
  reading.zone_ = std::make_shared<const Zone>(std::move(found));
  REGULARS_TRY(reading.check_said());
  REGULARS_ASSIGN(reading.profile_, profile_source(rows, options.threads));
  reading.taken_.assign(rows.columns().size(), false);
  reading.since_ = declaration.since.empty() ? -1 : reading.find(declaration.since);
  return reading;
}

Result<void> SourceReading::check_said() const {
  const std::vector<std::string>& names = rows_->columns();
  const auto check = [&](const std::string& column, const std::string& role) -> Result<void> {
    if (column.empty() || is_none(column)) return {};
    if (std::find(names.begin(), names.end(), column) != names.end()) return {};
    return no_such_column(column, role, *rows_);
  };
  for (const auto& [role, column] : declaration_->columns) REGULARS_TRY(check(column, role));
  REGULARS_TRY(check(declaration_->type_column, "type_column"));
  return check(declaration_->since, "since");
}

int SourceReading::said(const std::string& role) const {
  const auto found = declaration_->columns.find(role);
  if (found == declaration_->columns.end() || is_none(found->second)) return -1;
  return find(found->second);
}

void SourceReading::take(size_t column, const std::string& role, const std::string& reason,
                         double confidence) {
  taken_[column] = true;
  contents.columns.push_back({role, names()[column], reason, "columns", confidence, {}});
}

void SourceReading::reject(const RowBatch& batch, size_t row, size_t column, std::string reason) {
  ++contents.rows.rejected;
  if (contents.rejects.size() >= Converter::kMostRejects) {
    ++contents.rejects_not_listed;
    return;
  }
  constexpr size_t kLongestRaw = 2000;
  contents.rejects.push_back({rows_->info().path, batch.line[row],
                              static_cast<uint32_t>(column + 1), names()[column], std::move(reason),
                              shortened(rows_->raw(row), kLongestRaw)});
}

Error SourceReading::missing(const std::string& what, const std::string& hint) const {
  return Error(ErrorCode::kBadDefinition,
               fmt::format("no column can be {}\n  The columns and the first rows:\n{}", what,
                           first_rows(profile_)),
               hint)
      .at({rows_->info().path, 0, 0, {}});
}

void SourceReading::note_newest(const RowBatch& batch) {
  if (since_ < 0) return;
  for (size_t row = 0; row < batch.rows; ++row) {
    const std::string_view cell = trimmed(batch.cells[static_cast<size_t>(since_)][row]);
    if (!says_nothing(cell) && is_newer(cell, contents.newest)) contents.newest = cell;
  }
}

SourceContents SourceReading::finish() {
  const std::vector<Reject>& torn = rows_->rejects();
  const auto count = static_cast<int64_t>(torn.size());
  contents.rows.read += count;
  contents.rows.rejected += count;
  contents.rejects.insert(contents.rejects.begin(), torn.begin(), torn.end());
  for (size_t c = 0; c < taken_.size(); ++c) {
    if (!taken_[c]) contents.unused_columns.push_back(names()[c]);
  }
  if (const auto* files = dynamic_cast<const RowsOfFiles*>(rows_)) {
    contents.files = files->infos();
  } else {
    contents.files.push_back(rows_->info());
  }
  return std::move(contents);
}

// The one column whose name says more clearly than any other's that it is the customer. Beside
// orders nothing else tells: in a table of customers every id stands once, those of their
// households do not.
std::string plainly_named_customer(const std::vector<std::string>& names) {
  constexpr double kPlain = 0.8;
  double best = kPlain;
  std::vector<std::string> found;
  for (const std::string& name : names) {
    const double score = name_score(Role::kCustomer, words_of(name));
    if (score < best) continue;
    if (score > best) found.clear();
    best = score;
    found.push_back(name);
  }
  return found.size() == 1 ? found.front() : "";
}

Result<CustomerCells> CustomerCells::find(SourceReading& reading) {
  CustomerCells cells;
  cells.table_.ids = std::make_shared<Dictionary>();
  ColumnMapping said;
  const auto& columns = reading.declaration().columns;
  if (const auto id = columns.find("customer"); id != columns.end()) said.customer = id->second;
  if (said.customer.empty()) said.customer = plainly_named_customer(reading.names());
  if (const auto mail = columns.find("customer_email"); mail != columns.end()) {
    said.customer_email = mail->second;
  }
  REGULARS_ASSIGN(const ColumnsFound found, find_columns(reading.profile(), said));
  cells.id_ = reading.find(found.mapping.customer);
  cells.email_ = reading.find(found.mapping.customer_email);
  if (cells.id_ < 0 && cells.email_ < 0) {
    return reading.missing("the customer", "Name it under columns: customer: COLUMN.");
  }
  for (const FoundColumn& column : found.found) {
    if (column.role != "customer" && column.role != "customer_email") continue;
    reading.take(static_cast<size_t>(reading.find(column.column)), column.role, column.reason,
                 column.confidence);
  }
  const int key = cells.id_ >= 0 ? cells.id_ : cells.email_;
  const ColumnProfile& profile = reading.profile().columns[static_cast<size_t>(key)];
  cells.texts_ = TextCells(tidying_of(profile));
  cells.rule_ = placeholder_rule(profile);
  return cells;
}

// Whoever is in the table has been found to be a person.
uint32_t CustomerCells::code_of(std::string_view id) {
  const uint32_t known = table_.ids->find(id);
  if (known != kNoCode || is_placeholder(id, rule_)) return known;
  return table_.ids->intern(id);
}

uint32_t CustomerCells::code(const RowBatch& batch, size_t row) {
  if (id_ >= 0) {
    const std::string_view cell = batch.cells[static_cast<size_t>(id_)][row];
    if (!says_nothing(cell)) {
      return code_of(texts_.tidy(cell, scratch_));
    }
  }
  if (email_ < 0) return kNoCode;
  const std::string_view mail = trimmed(batch.cells[static_cast<size_t>(email_)][row]);
  if (says_nothing(mail)) return kNoCode;
  lower_ascii(mail, scratch_);
  return code_of(scratch_);
}

void CustomerCells::see(uint32_t customer, Instant t) {
  if (customer >= table_.known_from.size()) table_.known_from.resize(customer + 1, kNever);
  table_.known_from[customer] = std::min(table_.known_from[customer], t);
}

CustomerTable CustomerCells::take() {
  table_.known_from.resize(table_.ids->size(), kNever);
  return std::move(table_);
}

bool identifies_people(const ColumnProfile& column) {
  if (column.share(column.emails) >= 0.2) return true;
  constexpr std::string_view kWords =
      " firstname lastname surname forename phone telephone mobile fax street vorname nachname "
      "strasse telefon prenom nombre apellido direccion telefono cognome indirizzo voornaam "
      "achternaam adres iban ssn ";
  constexpr std::string_view kWhole =
      ",name,first name,last name,full name,customer name,client name,member name,contact name,"
      "address,address line,address 1,address 2,ip,ip address,e mail,email,mail,";
  std::string whole_name;
  for (const std::string& word : words_of(column.name)) {
    if (kWords.find(" " + word + " ") != std::string_view::npos) return true;
    whole_name += (whole_name.empty() ? "" : " ") + word;
  }
  return kWhole.find("," + whole_name + ",") != std::string_view::npos;
}

Result<void> check_rejects(const SourceDeclaration& declaration, const SourceContents& contents) {
  const auto read = static_cast<double>(contents.rows.read);
  const auto rejected = static_cast<double>(contents.rows.rejected);
  if (rejected <= read * declaration.most_rejects) return {};
  std::map<std::string, int64_t> by_field;
  for (const Reject& reject : contents.rejects) ++by_field[reject.field];
  std::string fields;
  for (const auto& [field, count] : by_field) {
    fields +=
        fmt::format("{}{}: {}", fields.empty() ? "" : ", ", field.empty() ? "row" : field, count);
  }
  const std::string first =
      contents.rejects.empty() ? "" : "; the first: " + contents.rejects[0].reason;
  return Error(ErrorCode::kBadData,
               fmt::format("{} of {} rows of source '{}' cannot be read ({}){}",
                           contents.rows.rejected, contents.rows.read, declaration.name, fields,
                           first),
               "Correct the file or the declaration; most_rejects allows more.")
      .at({contents.files.empty() ? "" : contents.files[0].path,
           contents.rejects.empty() ? 0 : contents.rejects[0].line,
           0,
           {}});
}

}  // namespace regulars::connect
