#include "app/read_sources.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/read_shop.h"
#include "base/random.h"
#include "connect/read_postgres.h"
#include "connect/read_source.h"
#include "connect/roles.h"
#include "connect/rows_of_files.h"
#include "store/files_seen.h"
#include "store/reference_tables.h"

namespace regulars::app {
namespace {

using Kind = SourceDeclaration::Kind;

std::vector<store::FileStamp> in_project(const SourceReader& reader,
                                         std::vector<store::FileStamp> stamps) {
  for (store::FileStamp& stamp : stamps) {
    stamp.path = path_in_project(reader.project.directory, stamp.path);
  }
  return stamps;
}

// The rows of a source that is read now: files that are new or changed, or a database.
struct Reading {
  std::vector<store::FileStamp> read;
  size_t as_before = 0;
};

Result<Reading> files_to_read(const SourceReader& reader, const SourceDeclaration& source) {
  REGULARS_ASSIGN(const std::vector<std::string> paths,
                  project::files_of(source, reader.project.directory, reader.files));
  std::vector<store::FileStamp> stamps;
  for (const std::string& path : paths) {
    REGULARS_ASSIGN(const uint64_t bytes, reader.files.size(path));
    REGULARS_ASSIGN(const Instant modified, reader.files.modified_at(path));
    stamps.push_back({path, bytes, modified, 0});
  }
  REGULARS_ASSIGN(sql::Connection connection, reader.store.connect());
  REGULARS_ASSIGN(std::vector<store::FileVerdict> verdicts,
                  store::compare_files(connection, source.name, in_project(reader, stamps)));
  for (size_t i = 0; i < stamps.size(); ++i) {
    if (verdicts[i] == store::FileVerdict::kSame) continue;
    REGULARS_ASSIGN(const FileView view, reader.files.map(stamps[i].path));
    stamps[i].content_hash = stable_hash(view.bytes);
  }
  REGULARS_ASSIGN(verdicts,
                  store::compare_files(connection, source.name, in_project(reader, stamps)));
  Reading reading;
  for (size_t i = 0; i < stamps.size(); ++i) {
    if (verdicts[i] == store::FileVerdict::kSame) {
      ++reading.as_before;
    } else {
      reading.read.push_back(stamps[i]);
    }
  }
  return reading;
}

Result<void> check_share(const SourceDeclaration& source, const RowCounts& rows,
                         const std::vector<Reject>& rejects) {
  if (rows.rejected == 0) return {};
  const double share = static_cast<double>(rows.rejected) / static_cast<double>(rows.read);
  if (share <= source.most_rejects) return {};
  const Reject& first = rejects.front();
  return Error(ErrorCode::kBadData,
               fmt::format("source '{}': {} of {} rows could not be read ({:.1f} %, allowed {:.1f} "
                           "%); nothing of it was stored. The first: {}: {}",
                           source.name, rows.rejected, rows.read, 100 * share,
                           100 * source.most_rejects, first.field, first.reason),
               "Put the file right, say how its columns are to be read, or allow more with "
               "most_rejects.")
      .at({first.file, first.line, 0, first.field});
}

Result<SourceReport> store_orders(const SourceReader& reader, const SourceDeclaration& source,
                                  ShopRead shop) {
  REGULARS_TRY(check_share(source, shop.intake.rows, shop.intake.rejects));
  SourceReport report;
  report.rows = shop.intake.rows;
  for (const Notice& notice : shop.intake.notices) report.notices.push_back(notice.text);
  REGULARS_ASSIGN(report.stored,
                  reader.store.ingest(store::delivery_of_orders(
                                          source.name, std::move(shop.assembled), shop.intake),
                                      reader.clock.now()));
  return report;
}

Result<SourceReport> read_orders_of(const SourceReader& reader, const SourceDeclaration& source,
                                    std::vector<std::string> paths) {
  REGULARS_ASSIGN(const AnalyzeOptions options,
                  reading_options(source, reader.project.facts, std::move(paths)));
  REGULARS_ASSIGN(ShopRead shop, read_shop(options, reader.files, {}));
  return store_orders(reader, source, std::move(shop));
}

Result<void> store_contents(const SourceReader& reader, const SourceDeclaration& source,
                            SourceContents contents, SourceReport& report) {
  REGULARS_TRY(connect::check_rejects(source, contents));
  report.rows.read += contents.rows.read;
  report.rows.used += contents.rows.used;
  report.rows.unattributed += contents.rows.unattributed;
  report.rows.rejected += contents.rows.rejected;
  report.rows.other_events += contents.rows.other_events;
  if (!contents.shape.empty()) report.notices.push_back("read as " + contents.shape);
  for (const auto& [type, count] : contents.left_aside) {
    report.notices.push_back(
        fmt::format("{} rows of type '{}' left aside", with_thousands(count), type));
  }
  if (contents.table) {
    REGULARS_ASSIGN(sql::Connection connection, reader.store.connect());
    // Columns are added and recorded, rows replaced: all or nothing.
    REGULARS_ASSIGN(sql::Transaction transaction, sql::Transaction::begin(connection));
    REGULARS_ASSIGN(const store::TableReport stored,
                    store::store_reference(connection, *contents.table, reader.clock.now()));
    REGULARS_TRY(transaction.commit());
    report.notices.push_back(fmt::format("{} new, {} changed, {} as before", stored.added,
                                         stored.revised, stored.known));
    return {};
  }
  REGULARS_ASSIGN(const store::IngestReport stored,
                  reader.store.ingest(store::delivery_of_source(source.name, std::move(contents)),
                                      reader.clock.now()));
  report.stored.customers_added += stored.customers_added;
  report.stored.types.insert(report.stored.types.end(), stored.types.begin(), stored.types.end());
  return {};
}

Result<SourceReport> read_rows_of(const SourceReader& reader, const SourceDeclaration& source,
                                  const std::vector<store::FileStamp>& stamps) {
  SourceReport report;
  for (const store::FileStamp& stamp : stamps) {
    REGULARS_ASSIGN(const auto rows, connect::open_rows(stamp.path, reader.files, {}));
    REGULARS_ASSIGN(SourceContents contents,
                    connect::read_source(*rows, source, reader.project.facts,
                                         {stamp.modified_at, reader.threads}));
    REGULARS_TRY(store_contents(reader, source, std::move(contents), report));
  }
  return report;
}

Result<std::unique_ptr<connect::RowsOfFiles>> one_reader(std::unique_ptr<connect::RowReader> rows) {
  std::vector<std::unique_ptr<connect::RowReader>> readers;
  readers.push_back(std::move(rows));
  return connect::RowsOfFiles::join(std::move(readers));
}

// A project may have several databases: which one is at fault is told by the variable's name.
Error of_source(const SourceDeclaration& source, const Error& error) {
  return {
      error.code(),
      "source '" + source.name + "', PostgreSQL of $" + source.postgres + ": " + error.message(),
      error.hint(), error.place()};
}

// A database is asked on every run, from where it was read up to when it has a `since` column.
// Orders are read whole all the same: one may have got a further line.
Result<SourceReport> read_postgres_source(const SourceReader& reader,
                                          const SourceDeclaration& source) {
  const auto secret = reader.environment(source.postgres);
  if (!secret) {
    return Error(ErrorCode::kUsage, "the environment variable is not set",
                 "Set it to the connection string, e.g. host=... dbname=... user=...");
  }
  REGULARS_ASSIGN(sql::Connection connection, reader.store.connect());
  REGULARS_ASSIGN(const auto newest, store::read_up_to(connection, source.name));
  REGULARS_ASSIGN(auto rows, connect::open_postgres({*secret, source.query, source.since, newest}));
  SourceReport report;
  report.source = source.name;
  if (source.kind == Kind::kOrders) {
    REGULARS_ASSIGN(const AnalyzeOptions options,
                    reading_options(source, reader.project.facts, {}));
    REGULARS_ASSIGN(auto joined, one_reader(std::move(rows)));
    REGULARS_ASSIGN(connect::OrdersRead orders,
                    connect::read_order_rows(*joined, options.overrides));
    REGULARS_ASSIGN(ShopRead shop, assemble_shop(std::move(orders), source.name));
    REGULARS_ASSIGN(report, store_orders(reader, source, std::move(shop)));
    report.source = source.name;
    return report;
  }
  REGULARS_ASSIGN(SourceContents contents,
                  connect::read_source(*rows, source, reader.project.facts,
                                       {reader.clock.now(), reader.threads}));
  const std::string read_to = contents.newest;
  REGULARS_TRY(store_contents(reader, source, std::move(contents), report));
  if (!read_to.empty()) {
    REGULARS_TRY(store::record_read_up_to(connection, source.name, read_to, reader.clock.now()));
  }
  return report;
}

}  // namespace

std::string path_in_project(const std::string& directory, const std::string& path) {
  return path.starts_with(directory + "/") ? path.substr(directory.size() + 1) : path;
}

Result<AnalyzeOptions> reading_options(const SourceDeclaration& source, const ProjectFacts& facts,
                                       std::vector<std::string> paths) {
  AnalyzeOptions options;
  options.order_files = std::move(paths);
  connect::Overrides& overrides = options.overrides;
  for (const auto& [role, column] : source.columns) {
    const auto roles = connect::all_roles();
    const auto found =
        std::find_if(roles.begin(), roles.end(), [&](const auto& one) { return one.name == role; });
    if (found == roles.end()) {
      return Error(ErrorCode::kBadDefinition,
                   "source '" + source.name + "': orders have no column for '" + role + "'");
    }
    overrides.columns.*(found->column) = column;
  }
  overrides.time_zone = source.time_zone.empty() ? facts.zone : source.time_zone;
  overrides.time_format = source.time_format;
  overrides.currency = source.orders.currency;
  overrides.decimal_mark = source.orders.decimal_mark;
  overrides.amount_meaning = source.orders.amount_meaning;
  overrides.amount_scale = source.orders.amount_scale;
  overrides.each_row_is_an_order = source.orders.each_row_is_an_order;
  overrides.drop_duplicates = source.orders.drop_duplicates;
  overrides.excluded_customers = source.orders.excluded;
  overrides.not_persons = source.orders.not_persons;
  overrides.persons = source.orders.persons;
  return options;
}

Result<SourceReport> read_declared_source(const SourceReader& reader,
                                          const SourceDeclaration& source) {
  if (!source.postgres.empty()) {
    auto report = read_postgres_source(reader, source);
    if (!report) return of_source(source, report.error());
    return report;
  }
  REGULARS_ASSIGN(const Reading reading, files_to_read(reader, source));
  SourceReport report;
  if (!reading.read.empty() && source.kind == Kind::kOrders) {
    std::vector<std::string> paths;
    for (const store::FileStamp& stamp : reading.read) paths.push_back(stamp.path);
    REGULARS_ASSIGN(report, read_orders_of(reader, source, std::move(paths)));
  } else if (!reading.read.empty()) {
    REGULARS_ASSIGN(report, read_rows_of(reader, source, reading.read));
  }
  REGULARS_ASSIGN(sql::Connection connection, reader.store.connect());
  REGULARS_TRY(store::record_files(connection, source.name, in_project(reader, reading.read),
                                   reader.clock.now()));
  report.source = source.name;
  report.files_read = reading.read.size();
  report.files_as_before = reading.as_before;
  return report;
}

}  // namespace regulars::app
