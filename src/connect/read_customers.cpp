#include "connect/read_customers.h"

#include <algorithm>
#include <set>

#include "connect/event_fields.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

// "2025-06-30" and nothing else.
std::optional<Day> iso_day(std::string_view text) {
  CivilParts parts;
  Day day;
  if (!split_civil(text, parts) || parts.layout != DateLayout::kYearFirst || parts.has_time ||
      !resolve_date(parts, DateOrder::kYearMonthDay, day)) {
    return std::nullopt;
  }
  return day;
}

class CustomersReader {
 public:
  explicit CustomersReader(SourceReading& reading) : reading_(reading) {}

  Result<void> prepare();
  Result<void> read();

 private:
  Result<void> find_date();
  void plan_attributes();
  void read_row(const RowBatch& batch, size_t row);
  std::optional<Instant> stated_at(const RowBatch& batch, size_t row);
  void keep_constants(uint32_t customer);

  struct Constant {
    FieldReader reader;
    Column values;
    bool joining;  // says when somebody became a customer
  };

  SourceReading& reading_;
  std::optional<CustomerCells> customers_;
  int date_column_ = -1;
  std::optional<TimeReader> dates_;
  Instant stated_;
  std::vector<Constant> constants_;
  std::optional<EventBuilder> changes_;
  std::set<std::pair<uint32_t, int64_t>> seen_;  // customers by date, where there are several
};

Result<void> CustomersReader::prepare() {
  REGULARS_ASSIGN(customers_, CustomerCells::find(reading_));
  REGULARS_TRY(find_date());
  plan_attributes();
  return {};
}

Result<void> CustomersReader::find_date() {
  const std::string& date = reading_.declaration().date;
  const Zone& zone = reading_.zone();
  if (date.empty()) {
    stated_ = zone.start_of(zone.day_of(reading_.options().modified_at));
    return {};
  }
  if (const auto day = iso_day(date)) {
    stated_ = zone.start_of(*day);
    return {};
  }
  date_column_ = reading_.find(date);
  if (date_column_ < 0) {
    return reading_.missing("the date '" + date + "'",
                            "date: is a day as 2025-06-30, or the name of a column.");
  }
  const auto place = static_cast<size_t>(date_column_);
  REGULARS_ASSIGN(const TimeFormat format,
                  time_format_of(reading_.declaration(), reading_.profile(), place));
  dates_.emplace(format, zone);
  reading_.take(place, "date", "declared", 1);
  return {};
}

void CustomersReader::plan_attributes() {
  std::vector<FieldDeclaration> declared;
  for (const AttributeDeclaration& attribute : reading_.facts().attributes) {
    declared.push_back(attribute.field);
  }
  std::vector<FieldPlan> changing;
  for (FieldPlan& plan : plan_fields(reading_, kAttributeChanges, declared, false)) {
    const AttributeDeclaration* attribute = reading_.facts().attribute(plan.field.name);
    const std::string reason = plan.declared ? "declared as an attribute" : "not declared";
    for (const size_t column : plan.columns) {
      reading_.take(column, plan.field.name, reason, plan.declared ? 0.9 : 0.5);
    }
    if (attribute == nullptr || !attribute->constant) {
      changing.push_back(std::move(plan));
      continue;
    }
    const bool date = plan.field.type == ValueType::kDay || plan.field.type == ValueType::kInstant;
    const bool joining = date && tells_joining(plan.field.name);
    FieldReader reader(plan.field, plan.columns, reading_.profile(), reading_.zone());
    Column values = reader.empty_column();
    constants_.push_back({std::move(reader), std::move(values), joining});
  }
  changes_.emplace(kAttributeChanges, changing, -1, reading_, std::nullopt);
}

std::optional<Instant> CustomersReader::stated_at(const RowBatch& batch, size_t row) {
  if (date_column_ < 0) return stated_;
  const auto place = static_cast<size_t>(date_column_);
  const std::string_view cell = trimmed(batch.cells[place][row]);
  Instant at;
  if (!says_nothing(cell) && dates_->read(cell, {}, at)) return at;
  reading_.reject(
      batch, row, place,
      says_nothing(cell) ? "there is no date" : "'" + shortened(cell, 40) + "' is not a date");
  return std::nullopt;
}

void CustomersReader::keep_constants(uint32_t customer) {
  for (Constant& constant : constants_) {
    Column& values = constant.values;
    while (values.size() <= customer) constant.reader.append_unknown(values);
    if (!constant.reader.says_something() || values.known(customer)) continue;
    Column one = values;
    one.codes.clear();
    one.numbers.clear();
    constant.reader.append(one);
    if (values.type == ValueType::kText) {
      values.codes[customer] = one.codes[0];
    } else {
      values.numbers[customer] = one.numbers[0];
      if (!constant.joining) continue;
      const Instant joined =
          values.type == ValueType::kDay
              ? reading_.zone().start_of(Day{static_cast<int32_t>(one.numbers[0])})
              : Instant{one.numbers[0]};
      customers_->see(customer, joined);
    }
  }
}

void CustomersReader::read_row(const RowBatch& batch, size_t row) {
  const uint32_t customer = customers_->code(batch, row);
  if (customer == kNoCode) {
    ++reading_.contents.rows.unattributed;
    return;
  }
  const std::optional<Instant> at = stated_at(batch, row);
  if (!at) return;
  if (!seen_.emplace(customer, at->micros).second) {
    ++reading_.contents.rows.duplicates;
    return;
  }
  for (Constant& constant : constants_) {
    if (const auto wrong = constant.reader.read(batch, row)) {
      return reading_.reject(batch, row, constant.reader.column(), *wrong);
    }
  }
  if (const auto problem = changes_->read(batch, row)) {
    return reading_.reject(batch, row, problem->column, problem->reason);
  }
  customers_->see(customer, *at);
  keep_constants(customer);
  if (changes_->says_something()) changes_->append(customer, *at);
  ++reading_.contents.rows.used;
}

Result<void> CustomersReader::read() {
  REGULARS_TRY(reading_.each_row([&](const RowBatch& batch, size_t row) { read_row(batch, row); }));
  EventBatch changes = changes_->take();
  if (changes.size() > 0) reading_.contents.events.push_back(std::move(changes));
  const size_t customers = customers_->size();
  reading_.contents.customers = customers_->take();
  for (Constant& constant : constants_) {
    while (constant.values.size() < customers) {
      constant.reader.append_unknown(constant.values);
    }
    reading_.contents.customers.attributes.push_back(std::move(constant.values));
  }
  return {};
}

}  // namespace

bool tells_joining(std::string_view column) {
  constexpr std::string_view kJoined =
      " joined join signup registered registration created became since enrolled member ";
  const std::vector<std::string> words = words_of(column);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return kJoined.find(" " + word + " ") != std::string_view::npos;
  });
}

Result<SourceContents> read_customers(SourceReading reading) {
  CustomersReader reader(reading);
  REGULARS_TRY(reader.prepare());
  REGULARS_TRY(reader.read());
  return reading.finish();
}

}  // namespace regulars::connect
