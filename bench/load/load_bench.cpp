// Loading, beside DuckDB on the same events: a CSV file to durable tables (peer: read_csv sorted
// into a table of a database file), and tables to the history that evaluations read (peer: its own
// typed table, clustered already, ordered by customer and time into memory). Counts, sums and the
// order of events are compared before any time is shown.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>

#include "base/files.h"
#include "batch/events.h"
#include "connect/read_source.h"
#include "connect/rows.h"
#include "measure.h"
#include "sql/database.h"
#include "store/store.h"

namespace regulars::bench {
namespace {

constexpr int kThreads = 2;

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(*result);
  std::fprintf(stderr, "load: %s\n", result.error().to_string().c_str());
  std::exit(1);
}

void must(const Result<void>& result) {
  if (result.ok()) return;
  std::fprintf(stderr, "load: %s\n", result.error().to_string().c_str());
  std::exit(1);
}

// What both sides must agree on, per type: events, their amounts, and a sum that mixes who and
// when.
struct Totals {
  int64_t events = 0;
  int64_t amount = 0;
  int64_t mixed = 0;
  bool operator==(const Totals&) const = default;
};
constexpr int64_t kModulus = 1'000'003;

std::string customer_id(uint32_t customer) { return fmt::format("C{:07}", customer); }

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

Events all_events(const std::string& size) {
  EventSource source(usual_shape(size));
  Events all;
  Events some;
  while (source.next(some)) {
    append(all.customer, some.customer);
    append(all.type, some.type);
    append(all.at, some.at);
    append(all.amount, some.amount);
    append(all.category, some.category);
    append(all.store, some.store);
  }
  return all;
}

// In order of arrival, as an export of a shop's events looks.
void write_csv(const Events& events, const std::string& path) {
  std::vector<uint32_t> rows(events.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::sort(rows.begin(), rows.end(),
            [&](uint32_t a, uint32_t b) { return events.at[a] < events.at[b]; });
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) must(Result<void>(Error(ErrorCode::kIo, "cannot write " + path)));
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "customer,time,event,amount,category,store\n");
  for (const uint32_t row : rows) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{}.{:02},c{},s{}\n",
                   customer_id(events.customer[row]), to_iso(Instant{events.at[row]}),
                   kTypeNames[events.type[row]], events.amount[row] / 100, events.amount[row] % 100,
                   events.category[row], events.store[row]);
    if (text.size() < size_t{1} << 20) continue;
    std::fwrite(text.data(), 1, text.size(), file);
    text.clear();
  }
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

SourceDeclaration declaration() {
  SourceDeclaration source;
  source.name = "events";
  source.kind = SourceDeclaration::Kind::kEvents;
  source.type_column = "event";
  for (const char* type : kTypeNames) source.types[type] = type;
  return source;
}

ProjectFacts facts() {
  ProjectFacts facts;
  for (const char* type : kTypeNames) {
    facts.events.push_back({type,
                            {{.name = "amount", .type = ValueType::kDecimal, .scale = 2},
                             {.name = "category", .type = ValueType::kText},
                             {.name = "store", .type = ValueType::kText}},
                            {}});
  }
  return facts;
}

// Read, converted, compared with what is stored, written and committed.
void csv_to_tables(const std::string& csv, const std::string& path) {
  std::filesystem::remove(path);
  const auto rows = must(connect::open_rows(csv, real_files(), {}));
  SourceContents contents =
      must(connect::read_source(*rows, declaration(), facts(), {as_of(), kThreads}));
  sql::DatabaseOptions options;
  options.threads = kThreads;
  store::Store store = must(store::Store::open(path, as_of(), options));
  must(store.ingest(store::delivery_of_source("events", std::move(contents)), as_of()));
}

class Peer {
 public:
  explicit Peer(const std::string& path) : path_(path) {}

  void csv_to_table(const std::string& csv) {
    close();
    std::filesystem::remove(path_);
    open();
    must(connection_->execute(
        "CREATE TABLE events AS SELECT * FROM read_csv('" + csv +
        "', columns = {'customer': 'VARCHAR', 'moment': 'TIMESTAMP', 'event': 'VARCHAR', 'amount': "
        "'DECIMAL(12,2)', 'category': 'VARCHAR', 'store': 'VARCHAR'}, header = true) ORDER BY "
        "customer, moment; "
        "CHECKPOINT"));
  }

  // Numbers and codes in place of texts: what is quickest to order.
  void make_typed() {
    must(connection_->execute(
        "CREATE TABLE typed AS SELECT substr(customer, 2)::UINTEGER AS customer, moment, "
        "list_position(['visit', 'click', 'purchase', 'open', 'review', 'refund'], "
        "event)::UTINYINT AS event, (amount * 100)::BIGINT AS amount, "
        "substr(category, 2)::UTINYINT AS category, substr(store, 2)::USMALLINT AS store FROM "
        "events ORDER BY customer, moment; "
        "CHECKPOINT"));
  }

  void order_typed() {
    must(
        connection_->query("SELECT customer, moment, event, amount, category, store FROM typed "
                           "ORDER BY customer, moment"));
  }

  std::vector<Totals> totals() {
    const sql::Rows rows = must(connection_->query_rows(
        fmt::format("SELECT event, count(*), sum(amount)::BIGINT, sum((epoch_us(moment) % {0}) * "
                    "(customer % 97 + 1))::BIGINT FROM typed GROUP BY event ORDER BY event",
                    kModulus)));
    std::vector<Totals> result;
    for (const auto& row : rows) {
      result.push_back({row[1].integer().value_or(-1), row[2].integer().value_or(-1),
                        row[3].integer().value_or(-1)});
    }
    return result;
  }

  void close() {
    connection_.reset();
    database_.reset();
  }
  void open() {
    sql::DatabaseOptions options;
    options.threads = kThreads;
    database_ = must(sql::Database::open(path_, options));
    connection_ = must(database_->connect());
  }

 private:
  std::string path_;
  std::optional<sql::Database> database_;
  std::optional<sql::Connection> connection_;
};

// Empty when a customer's events are not in order of time.
std::vector<Totals> totals(const History& history) {
  std::vector<int64_t> factor;
  for (CustomerNumber c = 0; c < history.customers(); ++c) {
    factor.push_back(std::stoll(std::string(history.customer_id(c).substr(1))) % 97 + 1);
  }
  std::vector<Totals> result;
  for (const char* type : kTypeNames) {
    const Stream& stream = *history.stream(type);
    const Column& amount = *find_column(stream.columns, "amount");
    Totals sum;
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      for (uint32_t row = stream.offset[c]; row < stream.offset[c + 1]; ++row) {
        if (row > stream.offset[c] && stream.at[row] < stream.at[row - 1]) return {};
        ++sum.events;
        sum.amount += amount.numbers[row];
        sum.mixed += stream.at[row].micros % kModulus * factor[c];
      }
    }
    result.push_back(sum);
  }
  return result;
}

bool measure(const std::string& size, const std::string& folder) {
  const bool full = size == "full";
  const std::string csv = folder + "/events.csv";
  const std::string tables = folder + "/regulars.db";
  write_csv(all_events(size), csv);

  Figure read{"load", size, "duckdb csv to clustered table", {}, 1, false};
  read.costs.contention = contention_now();
  read.costs.ours = cost_of([&] { csv_to_tables(csv, tables); });
  Peer peer(folder + "/peer.db");
  read.costs.peer = cost_of([&] { peer.csv_to_table(csv); });
  peer.make_typed();
  store::Store store = must(store::Store::open(tables, as_of(), {.threads = kThreads}));
  read.equal = totals(must(store.load())) == peer.totals();
  std::puts(to_json(read).c_str());

  Figure load{"load", size, "duckdb typed table in order", {}, full ? 3 : 5, read.equal};
  load.costs = interleaved(load.runs, [&] { must(store.load()); }, [&] { peer.order_typed(); });
  std::puts(to_json(load).c_str());
  return read.equal;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  const std::string size = regulars::bench::size_argument(count, arguments);
  if (size.empty()) {
    std::fputs("usage: load [--size small|full]\n", stderr);
    return 2;
  }
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("regulars-bench-load-{}", getpid());
  fs::create_directories(folder);
  const bool equal = regulars::bench::measure(size, folder.string());
  if (!equal) std::fputs("load: the answers differ\n", stderr);
  fs::remove_all(folder);
  return equal ? 0 : 1;
}
