// Private to connect: what reading a declared source of any kind needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/cell_columns.h"
#include "connect/placeholders.h"
#include "connect/read_source.h"
#include "connect/source_profile.h"

namespace regulars::connect {

class SourceReading {
 public:
  // Profiles the rows. kBadData when there is none; kBadDefinition when the declaration names a
  // column that is not there.
  static Result<SourceReading> begin(RowReader& rows, const SourceDeclaration& declaration,
                                     const ProjectFacts& facts, const ReadSourceOptions& options);

  RowReader& rows() { return *rows_; }
  const SourceDeclaration& declaration() const { return *declaration_; }
  const ProjectFacts& facts() const { return *facts_; }
  const ReadSourceOptions& options() const { return *options_; }
  const SourceProfile& profile() const { return profile_; }
  const Zone& zone() const { return *zone_; }
  const std::vector<std::string>& names() const { return rows_->columns(); }

  // The column that the declaration names for a role or field; -1: it names none.
  int said(const std::string& role) const;
  // Position of a column by its name; -1: there is none.
  int find(const std::string& column) const { return profile_.find(column); }

  // Marks the column as used for the role and notes why.
  void take(size_t column, const std::string& role, const std::string& reason, double confidence);
  const std::vector<bool>& taken() const { return taken_; }

  void reject(const RowBatch& batch, size_t row, size_t column, std::string reason);
  Error missing(const std::string& what, const std::string& hint) const;

  // Calls `work(batch)` for every batch, in order; counts rows and the newest `since`.
  template <class Work>
  Result<void> each_batch(const Work& work) {
    REGULARS_TRY(rows_->rewind());
    RowBatch batch;
    while (true) {
      REGULARS_ASSIGN(const bool more, rows_->next(batch));
      if (!more) break;
      contents.rows.read += static_cast<int64_t>(batch.rows);
      note_newest(batch);
      work(batch);
    }
    return {};
  }
  // The same row by row: `row(batch, i)`.
  template <class Row>
  Result<void> each_row(const Row& row) {
    return each_batch([&](const RowBatch& batch) {
      for (size_t i = 0; i < batch.rows; ++i) row(batch, i);
    });
  }

  // Adds what the reader itself left out, and the names of unused columns.
  SourceContents finish();

  SourceContents contents;

 private:
  SourceReading() = default;
  Result<void> check_said() const;
  void note_newest(const RowBatch& batch);

  RowReader* rows_ = nullptr;
  const SourceDeclaration* declaration_ = nullptr;
  const ProjectFacts* facts_ = nullptr;
  const ReadSourceOptions* options_ = nullptr;
  std::shared_ptr<const Zone> zone_;
  SourceProfile profile_;
  std::vector<bool> taken_;
  int since_ = -1;
};

// Who a row is about: the id, else the e-mail address.
class CustomerCells {
 public:
  // Finds the columns and takes them; kBadDefinition when there is none.
  static Result<CustomerCells> find(SourceReading& reading);

  // kNoCode: nobody, or a stand-in for nobody.
  uint32_t code(const RowBatch& batch, size_t row);
  // The customer has a record at t.
  void see(uint32_t customer, Instant t);
  CustomerTable take();
  size_t size() const { return table_.ids->size(); }

 private:
  uint32_t code_of(std::string_view id);

  CustomerTable table_;
  int id_ = -1;
  int email_ = -1;
  TextCells texts_;
  PlaceholderRule rule_;
  std::string scratch_;
};

// True for columns that tell people apart and are no facts about them: e-mail addresses, names,
// telephone numbers, streets.
bool identifies_people(const ColumnProfile& column);

}  // namespace regulars::connect
