#include "connect/parquet_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "connect/cell_text.h"
#include "connect/table_head.h"
#include "sql/connection.h"
#include "sql/database.h"
#include "sql/quote.h"

namespace regulars::connect {
namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr int kDeepest = 32;

struct Selected {
  std::string name;
  std::string expression;  // gives text, DOUBLE or FLOAT
};

bool is_list(std::string_view type) {
  return type.ends_with("]") || type.starts_with("MAP(") || type.starts_with("UNION(");
}

std::string text_expression(const std::string& column, std::string_view type) {
  if (type == "DOUBLE" || type == "FLOAT" || type == "VARCHAR") return column;
  if (type == "TIMESTAMP WITH TIME ZONE") {
    return fmt::format("replace(CAST({} AT TIME ZONE 'UTC' AS VARCHAR), ' ', 'T') || 'Z'", column);
  }
  if (type.starts_with("TIMESTAMP")) {
    return fmt::format("replace(CAST({} AS VARCHAR), ' ', 'T')", column);
  }
  if (is_list(type)) return fmt::format("CAST(to_json({}) AS VARCHAR)", column);
  return fmt::format("CAST({} AS VARCHAR)", column);
}

class ParquetRows : public RowReader {
 public:
  ParquetRows(SourceBytes source, sql::Connection connection)
      : source_(std::move(source)), connection_(std::move(connection)) {
    // Parts of old files that hold text do not say so.
    table_ = fmt::format("read_parquet({}, binary_as_string = true)",
                         sql::quote_literal(source_.info.path));
    source_.info.format = "Parquet";
    source_.info.encoding = "UTF-8";
  }

  Result<void> open() {
    REGULARS_TRY(in_file(select_columns("SELECT * FROM " + table_, {}, 0)));
    std::vector<std::string> names;
    std::string list;
    for (const Selected& column : selected_) {
      names.push_back(column.name);
      list += (list.empty() ? "" : ", ") + column.expression;
    }
    names_ = unique_names(names);
    query_ = fmt::format("SELECT {} FROM {}", list, table_);
    return rewind();
  }

  const std::vector<std::string>& columns() const override { return names_; }
  bool has_header() const override { return true; }

  Result<bool> next(RowBatch& batch) override {
    Result<std::optional<sql::Chunk>> chunk = result_->next();
    if (!chunk) return in_file(std::move(chunk).error());
    chunk_ = std::move(*chunk);
    batch.rows = chunk_ ? chunk_->size() : 0;
    batch.line.assign(batch.rows, 0);
    batch.cells.resize(names_.size());
    for (std::vector<std::string_view>& cells : batch.cells) cells.resize(batch.rows);
    cells_ = &batch.cells;
    if (!chunk_) return false;
    numbers_.clear();
    numbers_.reserve(batch.rows * names_.size() * sizeof(NumberBuffer));
    for (size_t i = 0; i < names_.size(); ++i) {
      REGULARS_TRY(put(chunk_->column(i), batch.cells[i]));
    }
    source_.info.rows += batch.rows;
    return true;
  }

  Result<void> rewind() override {
    source_.info.rows = 0;
    chunk_.reset();
    result_.reset();
    Result<sql::QueryResult> result = connection_.stream(query_);
    if (!result) return in_file(std::move(result).error());
    result_ = std::move(*result);
    return {};
  }

  std::string raw(size_t row) const override {
    std::vector<std::string_view> cells;
    for (const std::vector<std::string_view>& column : *cells_) cells.push_back(column[row]);
    return cut_raw(cells_as_json(names_, cells));
  }
  const std::vector<Reject>& rejects() const override { return rejects_; }
  const SourceInfo& info() const override { return source_.info; }

 private:
  // The engine's own words for a damaged file speak of the engine.
  Error in_file(const Error& error) const {
    const ErrorCode code =
        error.code() == ErrorCode::kInternal ? ErrorCode::kBadData : error.code();
    return Error(code, "the Parquet file cannot be read: " + error.message(),
                 "Was it transferred whole?", {.file = source_.info.path, .field = {}});
  }
  Result<void> in_file(Result<void> result) const {
    if (result) return result;
    return in_file(std::move(result).error());
  }

  // Adds the columns of `query`, structures as columns of their own.
  Result<void> select_columns(const std::string& query, const std::string& outer, int depth) {
    REGULARS_ASSIGN(const sql::Rows described, connection_.query_rows("DESCRIBE " + query));
    for (const std::vector<sql::Cell>& row : described) {
      const std::string name = row[0].text().value_or("");
      const std::string type = row[1].text().value_or("");
      const std::string identifier = sql::quote_identifier(name);
      const std::string expression =
          outer.empty() ? identifier
                        : fmt::format("struct_extract({}, {})", outer, sql::quote_literal(name));
      const size_t from = selected_.size();
      if (type.starts_with("STRUCT(") && !is_list(type) && depth < kDeepest) {
        REGULARS_TRY(select_columns(fmt::format("SELECT unnest({}) FROM {}", expression, table_),
                                    expression, depth + 1));
      } else {
        selected_.push_back({.name = "", .expression = text_expression(expression, type)});
      }
      for (size_t i = from; i < selected_.size(); ++i) {
        selected_[i].name = selected_[i].name.empty() ? name : name + "." + selected_[i].name;
      }
    }
    return {};
  }

  Result<void> put(const sql::Column& column, std::vector<std::string_view>& cells) {
    switch (column.info().storage) {
      case sql::Storage::kDouble:
        return put_numbers<double>(column, cells);
      case sql::Storage::kFloat:
        return put_numbers<float>(column, cells);
      default:
        break;
    }
    REGULARS_ASSIGN(const std::span<const sql::TextCell> texts, column.values<sql::TextCell>());
    for (size_t row = 0; row < cells.size(); ++row) {
      cells[row] = column.is_null(row) ? std::string_view() : texts[row].view();
    }
    return {};
  }

  template <class T>
  Result<void> put_numbers(const sql::Column& column, std::vector<std::string_view>& cells) {
    REGULARS_ASSIGN(const std::span<const T> values, column.values<T>());
    NumberBuffer buffer;
    for (size_t row = 0; row < cells.size(); ++row) {
      cells[row] = {};
      if (column.is_null(row)) continue;
      const std::string_view text = number_text(values[row], buffer);
      if (text.empty()) continue;
      // Within what next() reserved, so that earlier views stay valid.
      const size_t from = numbers_.size();
      numbers_ += text;
      cells[row] = std::string_view(numbers_).substr(from);
    }
    return {};
  }

  SourceBytes source_;
  sql::Connection connection_;
  std::string table_;
  std::vector<Selected> selected_;
  std::vector<std::string> names_;
  std::string query_;
  std::optional<sql::QueryResult> result_;
  std::optional<sql::Chunk> chunk_;
  std::string numbers_;
  const std::vector<std::vector<std::string_view>>* cells_ = nullptr;
  std::vector<Reject> rejects_;
};

}  // namespace

bool looks_like_parquet(const SourceBytes& source) {
  return source.compression == Compression::kNone && source.start.starts_with(kMagic);
}

Result<std::unique_ptr<RowReader>> open_parquet(SourceBytes source, Files& files,
                                                const RowHints& hints) {
  const Place place{.file = source.info.path, .field = {}};
  if (!files.on_disk()) {
    return Error(ErrorCode::kUnsupported, "Parquet files are read from disk only").at(place);
  }
  if (!source.view.bytes.ends_with(kMagic)) {
    return Error(ErrorCode::kBadData, "the Parquet file is cut short: its end is missing",
                 "Export or transfer it again.")
        .at(place);
  }
  sql::DatabaseOptions options;
  options.threads = static_cast<int>(std::min<size_t>(hints.threads, 256));
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory(options));
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  auto rows = std::make_unique<ParquetRows>(std::move(source), std::move(connection));
  REGULARS_TRY(rows->open());
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace regulars::connect
