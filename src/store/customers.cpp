#include "store/customers.h"

#include <algorithm>
#include <limits>

#include "sql/appender.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

constexpr Instant kSinceEver{std::numeric_limits<int64_t>::min()};
constexpr Instant kNeverSeen{std::numeric_limits<int64_t>::max()};

// First record of each customer by number; kNeverSeen where there is none.
Result<std::vector<Instant>> first_records(sql::Connection& connection, size_t numbers,
                                           std::optional<Instant> known_at) {
  std::vector<Instant> first(numbers, kNeverSeen);
  REGULARS_ASSIGN(sql::QueryResult result,
                  connection.query("SELECT customer, known_from FROM customer_record WHERE "
                                   "recorded_at <= ?",
                                   known_at.value_or(kNeverSeen)));
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) return first;
    REGULARS_ASSIGN(const auto customers, chunk->column(0).values<uint32_t>());
    REGULARS_ASSIGN(const auto from, chunk->column(1).values<int64_t>());
    for (size_t row = 0; row < chunk->size(); ++row) {
      const Instant seen = chunk->column(1).is_null(row) ? kSinceEver : Instant{from[row]};
      first[customers[row]] = std::min(first[customers[row]], seen);
    }
  }
}

Result<void> append_records(sql::Connection& connection, const std::vector<uint32_t>& customers,
                            const std::vector<Instant>& from, Instant recorded_at, uint32_t run) {
  if (customers.empty()) return {};
  std::vector<int64_t> micros(from.size());
  std::vector<uint8_t> valid(from.size());
  for (size_t i = 0; i < from.size(); ++i) {
    valid[i] = from[i] != kSinceEver;
    micros[i] = valid[i] != 0 ? from[i].micros : 0;
  }
  const std::vector<int64_t> recorded(from.size(), recorded_at.micros);
  const std::vector<uint32_t> runs(from.size(), run);
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "customer_record"));
  REGULARS_TRY(
      appender.append({sql::ColumnData(customers), sql::ColumnData(micros).with_nulls(valid),
                       sql::ColumnData(recorded), sql::ColumnData(runs)}));
  return appender.close();
}

Instant first_seen(const CustomerTable& table, size_t code) {
  return table.known_from.empty() ? kSinceEver : table.known_from[code];
}

}  // namespace

Result<StoredCustomers> store_customers(sql::Connection& connection, const CustomerTable& table,
                                        Instant recorded_at, uint32_t run) {
  StoredCustomers stored;
  if (!table.ids) return stored;
  const size_t count = table.ids->size();
  if (!table.known_from.empty() && table.known_from.size() != count) {
    return Error(ErrorCode::kInternal, "customers and their first records differ in number");
  }
  std::vector<uint8_t> seen(count, 0);
  for (size_t code = 0; code < count; ++code) seen[code] = first_seen(table, code) != kNeverSeen;
  REGULARS_ASSIGN(Interned interned, intern_texts(connection, kIdentityTable, *table.ids, seen));
  stored.next = interned.first_new + static_cast<size_t>(interned.added);
  stored.added = interned.added;
  REGULARS_ASSIGN(const auto known, first_records(connection, stored.next, std::nullopt));
  std::vector<uint32_t> customers;
  std::vector<Instant> from;
  for (size_t code = 0; code < count; ++code) {
    const uint32_t number = interned.codes[code];
    if (number == kNoCode || first_seen(table, code) >= known[number]) continue;
    customers.push_back(number);
    from.push_back(first_seen(table, code));
  }
  REGULARS_TRY(append_records(connection, customers, from, recorded_at, run));
  stored.numbers = std::move(interned.codes);
  return stored;
}

Result<LoadedCustomers> load_customers(sql::Connection& connection,
                                       std::optional<Instant> known_at) {
  REGULARS_ASSIGN(const int64_t next,
                  connection.query_integer("SELECT coalesce(max(customer)::BIGINT + 1, 0) FROM "
                                           "customer_record"));
  REGULARS_ASSIGN(const auto first, first_records(connection, static_cast<size_t>(next), known_at));
  // Numbers are given in the order of recording, so those known by then come first.
  size_t below = first.size();
  while (below > 0 && first[below - 1] == kNeverSeen) --below;
  REGULARS_ASSIGN(StoredTexts texts,
                  load_texts(connection, kIdentityTable, static_cast<uint32_t>(below)));
  LoadedCustomers loaded;
  loaded.numbers.assign(first.size(), kNoCode);
  bool all_since_ever = true;
  for (uint32_t place = 0; place < texts.codes.size(); ++place) {
    const uint32_t number = texts.codes[place];
    loaded.numbers[number] = place;
    loaded.table.known_from.push_back(first[number]);
    all_since_ever = all_since_ever && first[number] == kSinceEver;
  }
  if (all_since_ever) loaded.table.known_from.clear();
  loaded.table.ids = std::move(texts.dictionary);
  return loaded;
}

}  // namespace regulars::store
