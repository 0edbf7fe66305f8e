#include "app/init_project.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/as_of.h"
#include "app/read_shop.h"
#include "base/near_names.h"
#include "connect/read_source.h"
#include "project/project.h"
#include "project/starter.h"

namespace regulars::app {
namespace {

namespace fs = std::filesystem;
using project::GuessedSource;
using Kind = SourceDeclaration::Kind;

constexpr const char* kSettings = "regulars.yaml";

std::string name_for(const InitQuestion& question) {
  if (!question.name.empty()) return question.name;
  const fs::path folder = fs::path(question.directory).lexically_normal();
  const std::string last =
      (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  return last.empty() || last == "." || last == ".." ? "My shop" : last;
}

// Dates of birth and of joining hold at every instant; other attributes from the file's day on.
bool never_changes(const FieldDeclaration& field) {
  if (field.type != ValueType::kDay && field.type != ValueType::kInstant) return false;
  constexpr std::string_view kWords[] = {"birth",  "born",  "geburt",  "join",      "sign_up",
                                         "signup", "since", "created", "registered"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return field.name.find(word) != std::string::npos;
  });
}

// "visits.csv.gz" -> "visits"
std::string stem_of(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name.substr(0, name.find('.'));
}

std::vector<std::string> known_types() {
  std::vector<std::string> names;
  for (const EventTypeDeclaration& type : well_known_events()) names.push_back(type.name);
  return names;
}

// The type and the file of "visit=visits.csv" or "visits.csv".
Result<std::pair<std::string, std::string>> typed_file(const std::string& argument) {
  const std::vector<std::string> known = known_types();
  const size_t equals = argument.find('=');
  const bool said = equals != std::string::npos;
  const std::string file = said ? argument.substr(equals + 1) : argument;
  std::string type = said ? argument.substr(0, equals) : stem_of(argument);
  const auto is_known = [&] { return std::find(known.begin(), known.end(), type) != known.end(); };
  if (!said && !is_known() && type.ends_with('s')) type.pop_back();
  if (is_known()) return std::pair(type, file);
  std::string near;
  for (const std::string& name : near_names(type, known)) near += (near.empty() ? "" : ", ") + name;
  return Error(ErrorCode::kUsage, "there is no event type '" + type + "'",
               (near.empty() ? "Say --events TYPE=FILE, e.g. visit=" + file + "."
                             : "Did you mean " + near + "? Say --events TYPE=FILE.") +
                   " Types of your own are declared in regulars.yaml.");
}

class Init {
 public:
  Init(const InitQuestion& question, Files& files) : question_(question), files_(files) {}

  Result<InitReport> make() {
    REGULARS_TRY(check());
    const std::string zone = question_.time_zone.empty() ? "UTC" : question_.time_zone;
    REGULARS_ASSIGN(zone_, Zone::find(zone));
    facts_.zone = zone;
    std::vector<project::TextFile> texts = project::starter_files(name_for(question_), facts_.zone);
    if (!question_.orders.empty()) {
      // Everything is read before anything is written: a file that cannot be read leaves no half
      // a project.
      REGULARS_TRY(find_out());
      for (project::TextFile& text : texts) {
        if (text.path == kSettings) {
          text.text = project::project_from_guesses(name_for(question_), facts_.zone, sources_);
        }
      }
      for (const auto& [from, to] : copies_) REGULARS_TRY(copy(from, to));
    }
    for (const project::TextFile& text : texts) {
      REGULARS_TRY(files_.write(question_.directory + "/" + text.path, text.text));
      report_.written.push_back(text.path);
    }
    if (question_.time_zone.empty()) {
      report_.notes.emplace_back(
          "Times that name no zone are taken for UTC, and days end at midnight UTC: say "
          "--time-zone "
          "or change zone: in regulars.yaml.");
    }
    return std::move(report_);
  }

 private:
  Result<void> check() {
    if (files_.exists(question_.directory + "/" + kSettings)) {
      return Error(ErrorCode::kUsage, "there is a project in " + question_.directory + " already",
                   "Change its regulars.yaml, or name another folder.");
    }
    const bool more =
        !question_.customers.empty() || !question_.products.empty() || !question_.events.empty();
    if (question_.orders.empty() && more) {
      return Error(ErrorCode::kUsage, "a project is made from orders, and no file of them is named",
                   "Add --from orders.csv.");
    }
    return {};
  }

  Result<void> find_out() {
    REGULARS_TRY(find_orders());
    if (!question_.customers.empty()) REGULARS_TRY(find_customers());
    if (!question_.products.empty()) REGULARS_TRY(find_products());
    for (const std::string& argument : question_.events) {
      REGULARS_ASSIGN(const auto typed, typed_file(argument));
      REGULARS_TRY(find_events(typed.first, typed.second));
    }
    return {};
  }

  // Where the project will find the file.
  Result<std::string> place_of(const std::string& path) {
    REGULARS_ASSIGN(const std::string real, files_.real_path(path));
    if (files_.is_directory(question_.directory)) {
      REGULARS_ASSIGN(const std::string folder, files_.real_path(question_.directory));
      if (real.starts_with(folder + "/")) return real.substr(folder.size() + 1);
    }
    const std::string name = fs::path(path).filename().string();
    std::string place = "data/" + name;
    const auto taken = [&] {
      return std::any_of(copies_.begin(), copies_.end(),
                         [&](const auto& copy) { return copy.second == place; });
    };
    for (int i = 2; taken(); ++i) place = fmt::format("data/{}-{}", i, name);
    if (files_.exists(question_.directory + "/" + place)) {
      return Error(ErrorCode::kUsage,
                   question_.directory + "/" + place + " is there already and is another file",
                   "Name the file in the project's folder, or move it out of the way.");
    }
    copies_.emplace_back(path, place);
    return place;
  }

  Result<void> copy(const std::string& from, const std::string& to) {
    REGULARS_ASSIGN(const FileView view, files_.map(from));
    REGULARS_TRY(files_.write(question_.directory + "/" + to, view.bytes));
    report_.written.push_back(to);
    report_.notes.push_back(from + " was copied to " + to + ".");
    return {};
  }

  void tell(const std::string& source, const std::vector<FoundColumn>& columns) {
    for (const FoundColumn& one : columns) {
      report_.findings.push_back({source, one.column, one.role, one.reason});
    }
  }

  Result<void> find_orders() {
    AnalyzeOptions options;
    options.order_files = question_.orders;
    options.overrides.time_zone = facts_.zone;
    REGULARS_ASSIGN(ShopRead shop, read_shop(options, files_, {}));
    REGULARS_TRY(check_purchases(shop));
    GuessedSource source;
    source.spec = shop.intake.spec;
    for (const std::string& path : question_.orders) {
      REGULARS_ASSIGN(std::string place, place_of(path));
      source.files.push_back(std::move(place));
    }
    facts_.currency = source.spec.currency;
    facts_.amount_scale = source.spec.amount_scale;
    tell(source.name, shop.intake.columns);
    for (const Notice& notice : shop.intake.notices) report_.notes.push_back(notice.text);
    REGULARS_ASSIGN(const History history, History::build(std::move(shop.assembled.customers),
                                                          std::move(shop.assembled.events)));
    REGULARS_ASSIGN(const DataRange range, data_range(history, zone_, ""));
    last_day_ = range.to;
    sources_.push_back(std::move(source));
    return {};
  }

  Result<SourceContents> read(const std::string& path, const SourceDeclaration& declaration) {
    REGULARS_ASSIGN(const auto rows, connect::open_rows(path, files_, {}));
    REGULARS_ASSIGN(const Instant modified, files_.modified_at(path));
    REGULARS_ASSIGN(SourceContents contents,
                    connect::read_source(*rows, declaration, facts_, {modified, 0}));
    REGULARS_TRY(connect::check_rejects(declaration, contents));
    tell(declaration.name, contents.columns);
    return contents;
  }

  // Values of customers are of the day of the last order unless the file is older.
  Result<void> find_customers() {
    SourceDeclaration declaration;
    declaration.name = "customers";
    declaration.kind = Kind::kCustomers;
    REGULARS_ASSIGN(const SourceContents contents, read(question_.customers, declaration));
    GuessedSource source;
    source.name = declaration.name;
    source.kind = declaration.kind;
    REGULARS_ASSIGN(const Instant modified, files_.modified_at(question_.customers));
    if (zone_.day_of(modified) > last_day_) source.date = to_iso(last_day_);
    REGULARS_ASSIGN(std::string place, place_of(question_.customers));
    source.files = {std::move(place)};
    std::map<std::string, const Column*> found;
    for (const EventBatch& batch : contents.events) {
      for (const Column& column : batch.columns) found[column.name] = &column;
    }
    for (const FoundColumn& one : contents.columns) {
      if (one.role == "customer") source.customer_column = one.column;
      const auto column = found.find(one.role);
      if (column == found.end()) continue;
      project::GuessedAttribute attribute;
      attribute.declaration.field = {one.role, column->second->type, column->second->scale,
                                     column->second->is_set};
      attribute.declaration.constant = never_changes(attribute.declaration.field);
      attribute.column = one.column;
      source.attributes.push_back(std::move(attribute));
      facts_.attributes.push_back(source.attributes.back().declaration);
    }
    sources_.push_back(std::move(source));
    return {};
  }

  Result<void> find_products() {
    GuessedSource source;
    source.name = "products";
    source.kind = Kind::kReference;
    source.table = "product";
    REGULARS_ASSIGN(const auto rows, connect::open_rows(question_.products, files_, {}));
    const std::vector<std::string>& columns = rows->columns();
    if (columns.empty()) {
      return Error(ErrorCode::kBadData, question_.products + " has no columns");
    }
    constexpr std::string_view kKeys[] = {"product_id", "productid", "sku",  "stockcode",
                                          "item_id",    "id",        "code", "product"};
    source.key = columns.front();
    const auto wanted = std::find_if(std::begin(kKeys), std::end(kKeys), [&](auto key) {
      return std::find(columns.begin(), columns.end(), key) != columns.end();
    });
    if (wanted != std::end(kKeys)) source.key = std::string(*wanted);
    facts_.tables.push_back({source.table, source.key, {}, ""});
    SourceDeclaration declaration;
    declaration.name = source.name;
    declaration.kind = Kind::kReference;
    declaration.table = source.table;
    REGULARS_ASSIGN(const SourceContents contents, read(question_.products, declaration));
    static_cast<void>(contents);
    REGULARS_ASSIGN(std::string place, place_of(question_.products));
    source.files = {std::move(place)};
    sources_.push_back(std::move(source));
    return {};
  }

  Result<void> find_events(const std::string& type, const std::string& path) {
    GuessedSource source;
    source.name = type + "_events";
    source.kind = Kind::kEvents;
    source.event_type = type;
    for (GuessedSource& other : sources_) {
      if (other.event_type != type) continue;
      return Error(ErrorCode::kUsage, "two files of '" + type + "' are named",
                   "Make the project with one, then add the other to its files: in regulars.yaml.");
    }
    SourceDeclaration declaration;
    declaration.name = source.name;
    declaration.kind = source.kind;
    declaration.event_type = type;
    REGULARS_ASSIGN(const SourceContents contents, read(path, declaration));
    static_cast<void>(contents);
    REGULARS_ASSIGN(std::string place, place_of(path));
    source.files = {std::move(place)};
    sources_.push_back(std::move(source));
    return {};
  }

  const InitQuestion& question_;
  Files& files_;
  Zone zone_ = Zone::utc();
  ProjectFacts facts_;
  Day last_day_;
  std::vector<GuessedSource> sources_;
  std::vector<std::pair<std::string, std::string>> copies_;  // from, to below the project
  InitReport report_;
};

}  // namespace

Result<InitReport> init_project(const InitQuestion& question, Files& files) {
  return Init(question, files).make();
}

Listing init_listing(const InitReport& report, const std::string& directory) {
  Listing listing;
  std::string written;
  for (const std::string& path : report.written) written += (written.empty() ? "" : ", ") + path;
  listing.facts = {{"project", "Project", Cell::of(directory)},
                   {"written", "Written", Cell::of(written)}};
  listing.rows_key = "columns";
  listing.columns = {
      {"source", "source"}, {"column", "column"}, {"taken_for", "is"}, {"reason", "because"}};
  for (const InitReport::Finding& one : report.findings) {
    listing.rows.push_back(
        {Cell::of(one.source), Cell::of(one.column), Cell::of(one.meaning), Cell::of(one.reason)});
  }
  listing.if_empty = "Say in " + directory + "/regulars.yaml where the data is.";
  listing.notes = report.notes;
  listing.notes.push_back("Next: regulars run " + directory);
  return listing;
}

}  // namespace regulars::app
