#include "connect/read_orders.h"

#include <fmt/format.h>

#include <algorithm>

#include "connect/charges.h"
#include "connect/convert.h"
#include "connect/duplicates.h"
#include "connect/guess.h"
#include "connect/intake_notices.h"
#include "connect/notices.h"
#include "connect/placeholders.h"
#include "connect/reference_files.h"
#include "connect/roles.h"
#include "connect/rows_of_files.h"
#include "connect/source_profile.h"

namespace regulars::connect {
namespace {

Result<std::unique_ptr<RowsOfFiles>> open_all(const std::vector<std::string>& paths, Files& files,
                                              const RowHints& hints) {
  if (paths.empty()) {
    return Error(ErrorCode::kUsage, "no file of orders was given",
                 "Name one: regulars analyze orders.csv");
  }
  std::vector<std::unique_ptr<RowReader>> readers;
  for (const std::string& path : paths) {
    REGULARS_ASSIGN(auto reader, open_rows(path, files, hints));
    readers.push_back(std::move(reader));
  }
  return RowsOfFiles::join(std::move(readers));
}

// Tells products from charges by what both are called; again when names came from another file.
void mark_charges(OrdersRead& orders) {
  OrderLines& lines = orders.lines;
  if (lines.products->size() == 0) return;
  const Column* name = find_column(lines.product_facts, "name");
  size_t few_letters = 0;
  for (uint32_t p = 0; p < lines.products->size(); ++p) {
    few_letters += lines.products->text(p).size() <= 2 ? 1 : 0;
  }
  const bool short_ids = few_letters * 20 > lines.products->size();
  Column charge = Column::of("charge", ValueType::kBoolean);
  std::vector<std::string> charges;
  for (uint32_t p = 0; p < lines.products->size(); ++p) {
    const bool named = name != nullptr && name->codes[p] != kNoCode;
    const std::string_view id = lines.products->text(p);
    const bool is = is_charge(
        id, named ? name->dictionary->text(name->codes[p]) : std::string_view(), short_ids);
    charge.numbers.push_back(is ? 1 : 0);
    if (is) charges.emplace_back(id);
  }
  std::erase_if(lines.product_facts, [](const Column& fact) { return fact.name == "charge"; });
  lines.product_facts.push_back(std::move(charge));
  orders.intake.spec.charges = std::move(charges);
  note_charges(orders.intake);
}

class OrderReading {
 public:
  OrderReading(RowsOfFiles& rows, const Overrides& overrides)
      : rows_(rows), overrides_(overrides) {}

  Result<OrdersRead> run();

 private:
  Result<void> profile();
  Result<void> convert();
  void settle_placeholders();
  void drop_suspects();
  void name_products();
  void list_unused();
  void list_roles();
  OrdersRead collect();

  RowsOfFiles& rows_;
  const Overrides& overrides_;
  SourceProfile source_;
  Guess guess_;
  Repeats repeats_;
  Converted converted_;
  Intake intake_;
};

Result<OrdersRead> OrderReading::run() {
  REGULARS_TRY(profile());
  REGULARS_TRY(convert());
  drop_suspects();
  name_products();
  list_unused();
  list_roles();
  return collect();
}

Result<void> OrderReading::profile() {
  REGULARS_ASSIGN(source_, profile_source(rows_, overrides_.rows.threads));
  if (source_.rows == 0) {
    const std::vector<Reject>& rejects = rows_.rejects();
    if (rejects.empty()) {
      return Error(ErrorCode::kBadData, "the file has no rows", "Is it the right file?")
          .at({rows_.info().path, 0, 0, {}});
    }
    return Error(ErrorCode::kBadData,
                 fmt::format("no row could be read; the first: {}", rejects[0].reason),
                 "Is it the right file? Cells with the delimiter in them, such as decimal commas, "
                 "must stand in quotes.")
        .at({rows_.info().path, rejects[0].line, 0, {}});
  }
  REGULARS_ASSIGN(guess_, guess_source(source_, overrides_, rows_.info().path));
  repeats_ = find_repeats(source_.row_hashes, guess_.spec.drop_duplicates);
  source_.row_hashes = {};
  return {};
}

// Ids that the user or a saved mapping says stand for nobody.
void OrderReading::settle_placeholders() {
  SourceSpec& spec = guess_.spec;
  spec.not_persons.insert(spec.not_persons.end(), overrides_.not_persons.begin(),
                          overrides_.not_persons.end());
  const auto is_person = [&](const std::string& id) {
    return std::find(overrides_.persons.begin(), overrides_.persons.end(), id) !=
           overrides_.persons.end();
  };
  std::erase_if(spec.not_persons, is_person);
}

Result<void> OrderReading::convert() {
  settle_placeholders();
  REGULARS_ASSIGN(const Zone zone, Zone::find(guess_.spec.time_zone));
  Converter converter(source_, guess_.spec, overrides_.persons, zone, repeats_.is_repeat,
                      overrides_.rows.threads);
  REGULARS_TRY(rows_.rewind());
  RowBatch batch;
  while (true) {
    REGULARS_ASSIGN(const bool more, rows_.next(batch));
    if (!more) break;
    converter.add(batch, rows_);
  }
  REGULARS_ASSIGN(converted_, converter.finish());
  for (const ValueCount& value : converted_.placeholders) {
    std::vector<std::string>& known = guess_.spec.not_persons;
    if (std::find(known.begin(), known.end(), value.value) == known.end()) {
      known.push_back(value.value);
    }
  }
  return {};
}

// Ids that behave like nobody: proposed, said, and left out of the people unless named as one.
void OrderReading::drop_suspects() {
  std::vector<uint32_t> dropped;
  for (const Suspect& suspect : find_suspects(converted_.lines, converted_.store)) {
    const std::string id(converted_.lines.customers->text(suspect.customer));
    const auto& persons = overrides_.persons;
    if (std::find(persons.begin(), persons.end(), id) != persons.end()) continue;
    dropped.push_back(suspect.customer);
    guess_.spec.not_persons.push_back(id);
    guess_.notices.push_back(suspect_notice(id, suspect.reason));
  }
  drop_customers(converted_.lines, dropped);
}

void OrderReading::name_products() {
  if (!converted_.product_names) return;
  Column name = Column::text("name", converted_.product_names);
  name.codes = std::move(converted_.product_name);
  std::vector<Column>& facts = converted_.lines.product_facts;
  facts.insert(facts.begin(), std::move(name));
}

void OrderReading::list_unused() {
  for (const ColumnProfile& column : source_.columns) {
    const bool used = std::any_of(
        all_roles().begin(), all_roles().end(),
        [&](const RoleInfo& info) { return guess_.spec.columns.*info.column == column.name; });
    if (!used) intake_.unused_columns.push_back(column.name);
  }
}

void OrderReading::list_roles() {
  for (const RoleInfo& info : all_roles()) {
    if (!(guess_.spec.columns.*info.column).empty()) intake_.roles.emplace_back(info.name);
  }
}

OrdersRead OrderReading::collect() {
  intake_.sources = rows_.infos();
  intake_.rows = converted_.rows;
  intake_.rejects = rows_.rejects();
  const auto torn = static_cast<int64_t>(intake_.rejects.size());
  intake_.rows.read += torn;
  intake_.rows.rejected += torn;
  intake_.rejects.insert(intake_.rejects.end(), converted_.rejects.begin(),
                         converted_.rejects.end());
  intake_.rejects_not_listed = converted_.rejects_not_listed;
  intake_.exact_duplicates = repeats_.count;
  intake_.rounding = converted_.rounding;
  intake_.columns = std::move(guess_.columns);
  intake_.notices = std::move(guess_.notices);
  intake_.spec = std::move(guess_.spec);
  add_intake_notices(source_, converted_, intake_);
  OrdersRead orders{std::move(converted_.lines), std::move(intake_), {}};
  mark_charges(orders);
  sort_notices(orders.intake.notices);
  return orders;
}

}  // namespace

Result<OrdersRead> read_orders(const std::vector<std::string>& order_files,
                               const std::string& customers_file, const std::string& products_file,
                               const Overrides& overrides, Files& files) {
  REGULARS_ASSIGN(const auto rows, open_all(order_files, files, overrides.rows));
  REGULARS_ASSIGN(OrdersRead orders, read_order_rows(*rows, overrides));
  if (!products_file.empty()) {
    REGULARS_TRY(join_products(products_file, overrides, files, orders));
    mark_charges(orders);
  }
  if (!customers_file.empty()) {
    REGULARS_TRY(join_customers(customers_file, overrides, files, orders));
  }
  sort_notices(orders.intake.notices);
  return orders;
}

Result<OrdersRead> read_order_rows(RowsOfFiles& rows, const Overrides& overrides) {
  return OrderReading(rows, overrides).run();
}

}  // namespace regulars::connect
