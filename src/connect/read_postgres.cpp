#include "connect/read_postgres.h"

#include <algorithm>

#include "connect/cell_text.h"
#include "connect/postgres_connection.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr const char* kFetch = "FETCH FORWARD 4096 FROM regulars_rows";
static_assert(RowReader::kBatchRows == 4096);

bool is_query(const std::string& text) {
  const std::string start = folded(trimmed(text).substr(0, 7));
  return start.starts_with("select ") || start.starts_with("select\n") ||
         start.starts_with("with ") || start.starts_with("with\n") ||
         start.starts_with("values ") || start.starts_with("table ");
}

std::string select_of(PostgresConnection& connection, const PostgresSource& source) {
  std::string_view text = trimmed(source.query);
  while (text.ends_with(';')) text = trimmed(text.substr(0, text.size() - 1));
  std::string select = is_query(source.query)
                           ? std::string(text)
                           : "SELECT * FROM " + connection.quoted_table(std::string(text));
  if (source.since.empty()) return select;
  const std::string column = "s." + connection.quoted_name(source.since);
  select = "SELECT * FROM (" + select + "\n) s";
  // A literal takes the column's own type, so times compare as times.
  if (source.newest) select += " WHERE " + column + " > " + connection.quoted_text(*source.newest);
  return select + " ORDER BY " + column;
}

class PostgresRows : public RowReader {
 public:
  PostgresRows(PostgresConnection connection, std::string select)
      : connection_(std::move(connection)), select_(std::move(select)) {
    info_.format = "PostgreSQL";
    info_.encoding = "UTF-8";
  }

  // One snapshot for all that is read.
  Result<void> begin(const std::string& shown) {
    info_.path = shown;
    REGULARS_TRY(connection_.run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
    REGULARS_TRY(declare());
    // The columns are known without a row.
    REGULARS_ASSIGN(rows_, connection_.run("FETCH FORWARD 0 FROM regulars_rows"));
    for (int c = 0; c < PQnfields(rows_.get()); ++c) names_.emplace_back(PQfname(rows_.get(), c));
    make_unique();
    return {};
  }

  const std::vector<std::string>& columns() const override { return names_; }
  bool has_header() const override { return true; }

  Result<bool> next(RowBatch& batch) override {
    REGULARS_ASSIGN(rows_, connection_.run(kFetch));
    const int count = PQntuples(rows_.get());
    batch.rows = static_cast<size_t>(count);
    batch.line.assign(batch.rows, 0);
    batch.cells.resize(names_.size());
    for (size_t c = 0; c < names_.size(); ++c) {
      batch.cells[c].resize(batch.rows);
      for (int row = 0; row < count; ++row) {
        batch.cells[c][static_cast<size_t>(row)] = cell(row, static_cast<int>(c));
      }
    }
    info_.rows += batch.rows;
    return count > 0;
  }

  Result<void> rewind() override {
    REGULARS_TRY(connection_.run("CLOSE regulars_rows"));
    info_.rows = 0;
    return declare();
  }

  std::string raw(size_t row) const override {
    std::vector<std::string_view> cells;
    for (size_t c = 0; c < names_.size(); ++c) {
      cells.push_back(cell(static_cast<int>(row), static_cast<int>(c)));
    }
    return cells_as_json(names_, cells);
  }
  const std::vector<Reject>& rejects() const override { return rejects_; }
  const SourceInfo& info() const override { return info_; }

 private:
  Result<void> declare() {
    REGULARS_TRY(connection_.run("DECLARE regulars_rows NO SCROLL CURSOR FOR " + select_));
    return {};
  }

  std::string_view cell(int row, int column) const {
    if (PQgetisnull(rows_.get(), row, column) != 0) return {};
    return {PQgetvalue(rows_.get(), row, column),
            static_cast<size_t>(PQgetlength(rows_.get(), row, column))};
  }

  // A query may name two columns alike.
  void make_unique() {
    for (size_t c = 1; c < names_.size(); ++c) {
      const std::string name = names_[c];
      const auto end = names_.begin() + static_cast<ptrdiff_t>(c);
      for (int n = 2; std::find(names_.begin(), end, names_[c]) != end; ++n) {
        names_[c] = name + "_" + std::to_string(n);
      }
    }
  }

  PostgresConnection connection_;
  std::string select_;
  PostgresResult rows_;
  std::vector<std::string> names_;
  std::vector<Reject> rejects_;
  SourceInfo info_;
};

}  // namespace

Result<std::unique_ptr<RowReader>> open_postgres(const PostgresSource& source) {
  REGULARS_ASSIGN(PostgresConnection connection, PostgresConnection::open(source.connection));
  std::string select = select_of(connection, source);
  auto rows = std::make_unique<PostgresRows>(std::move(connection), std::move(select));
  const std::string shown = is_query(source.query) ? "a query of PostgreSQL" : source.query;
  if (auto begun = rows->begin(shown); !begun) {
    return std::move(begun).error().at({shown, 0, 0, {}});
  }
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace regulars::connect
