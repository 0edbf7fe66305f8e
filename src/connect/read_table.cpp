#include "connect/read_table.h"

#include <algorithm>
#include <set>

#include "connect/event_fields.h"
#include "connect/field_names.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

class TableReader {
 public:
  explicit TableReader(SourceReading& reading) : reading_(reading) {}

  Result<void> prepare();
  Result<void> read();

 private:
  Result<size_t> find_key(const ReferenceTable& declared) const;
  Result<void> find_validity(const ReferenceTable& declared);
  void read_row(const RowBatch& batch, size_t row);

  SourceReading& reading_;
  size_t key_ = 0;
  TextCells keys_;
  int valid_from_ = -1;
  std::optional<TimeReader> times_;
  std::optional<EventBuilder> rows_;  // a row is read as an event of nobody
  ReferenceData table_;
  std::set<std::pair<uint32_t, int64_t>> seen_;
  std::string scratch_;
};

Result<size_t> TableReader::find_key(const ReferenceTable& declared) const {
  int place = reading_.said("key");
  if (place < 0 && !declared.key.empty()) {
    place = reading_.said(declared.key);
    if (place < 0) place = reading_.find(declared.key);
  }
  for (size_t c = 0; place < 0 && declared.key.empty() && c < reading_.names().size(); ++c) {
    const std::string name = field_name_of(reading_.names()[c]);
    const bool own = name == "id" || name == declared.name || name == declared.name + "_id";
    if (own) place = static_cast<int>(c);
  }
  if (place >= 0) return static_cast<size_t>(place);
  return reading_.missing("the key of table '" + declared.name + "'",
                          "Name it: key: COLUMN, in the declaration of the table.");
}

Result<void> TableReader::find_validity(const ReferenceTable& declared) {
  if (declared.valid_from.empty()) return {};
  valid_from_ = reading_.said("valid_from");
  if (valid_from_ < 0) valid_from_ = reading_.find(declared.valid_from);
  if (valid_from_ < 0) {
    return reading_.missing("valid_from '" + declared.valid_from + "'",
                            "Correct valid_from in the declaration of the table, or leave it out.");
  }
  const auto place = static_cast<size_t>(valid_from_);
  REGULARS_ASSIGN(const TimeFormat format,
                  time_format_of(reading_.declaration(), reading_.profile(), place));
  times_.emplace(format, reading_.zone());
  reading_.take(place, "valid_from", "declared", 1);
  return {};
}

Result<void> TableReader::prepare() {
  const std::string& name = reading_.declaration().table;
  const ReferenceTable* known = reading_.facts().table(name);
  ReferenceTable declared = known == nullptr ? ReferenceTable{} : *known;
  declared.name = name;
  table_.name = name;
  table_.keys = std::make_shared<Dictionary>();
  REGULARS_ASSIGN(key_, find_key(declared));
  reading_.take(key_, "key", "the table's key", 1);
  keys_ = TextCells(tidying_of(reading_.profile().columns[key_]));
  REGULARS_TRY(find_validity(declared));
  const std::vector<FieldPlan> plans = plan_fields(reading_, name, declared.fields, false);
  for (const FieldPlan& plan : plans) {
    for (const size_t column : plan.columns) {
      reading_.take(column, plan.field.name, plan.declared ? "declared" : "not declared",
                    plan.declared ? 0.9 : 0.5);
    }
  }
  rows_.emplace(name, plans, -1, reading_, std::nullopt);
  return {};
}

void TableReader::read_row(const RowBatch& batch, size_t row) {
  const std::string_view cell = batch.cells[key_][row];
  if (says_nothing(cell)) return reading_.reject(batch, row, key_, "there is no key");
  Instant from{};
  if (valid_from_ >= 0) {
    const auto place = static_cast<size_t>(valid_from_);
    const std::string_view since = trimmed(batch.cells[place][row]);
    // Without a beginning a row holds since ever.
    if (says_nothing(since)) {
      from = Instant{std::numeric_limits<int64_t>::min()};
    } else if (!times_->read(since, {}, from)) {
      return reading_.reject(batch, row, place, "'" + shortened(since, 40) + "' is not a date");
    }
  }
  if (const auto problem = rows_->read(batch, row)) {
    return reading_.reject(batch, row, problem->column, problem->reason);
  }
  const uint32_t key = table_.keys->intern(keys_.tidy(cell, scratch_));
  if (!seen_.emplace(key, from.micros).second) {
    ++reading_.contents.repeated_rows;
    ++reading_.contents.rows.duplicates;
    return;
  }
  table_.key.push_back(key);
  if (valid_from_ >= 0) table_.valid_from.push_back(from);
  rows_->append(0, from);
  ++reading_.contents.rows.used;
}

Result<void> TableReader::read() {
  REGULARS_TRY(reading_.each_row([&](const RowBatch& batch, size_t row) { read_row(batch, row); }));
  table_.columns = rows_->take().columns;
  reading_.contents.table = std::move(table_);
  return {};
}

}  // namespace

Result<SourceContents> read_table(SourceReading reading) {
  TableReader reader(reading);
  REGULARS_TRY(reader.prepare());
  REGULARS_TRY(reader.read());
  return reading.finish();
}

}  // namespace regulars::connect
