#include "connect/guess.h"

#include <fmt/format.h>

#include <algorithm>

#include "connect/currencies.h"
#include "connect/find_columns.h"
#include "connect/mapping.h"
#include "connect/notices.h"
#include "connect/require_columns.h"
#include "connect/row_meaning.h"
#include "connect/shapes.h"
#include "connect/text.h"
#include "connect/time_format.h"

namespace regulars::connect {
namespace {

class Guesser {
 public:
  Guesser(const SourceProfile& source, const Overrides& overrides)
      : source_(source), overrides_(overrides) {}

  Result<Guess> run(const std::string& file);

 private:
  const ColumnProfile* profile(const std::string& name) const {
    const int column = source_.find(name);
    return column < 0 ? nullptr : &source_.columns[static_cast<size_t>(column)];
  }
  Result<ColumnMapping> said_columns(const std::string& file);
  void note_shape();
  void settle_currency();
  void settle_numbers();
  void settle_amount();
  void show_amount_as_product();
  Result<void> settle_time();
  void read_zone_column();
  void settle_rows();
  bool looks_american() const;

  const SourceProfile& source_;
  const Overrides& overrides_;
  bool saved_ = false;
  Guess guess_;
};

Result<Guess> Guesser::run(const std::string& file) {
  REGULARS_ASSIGN(const ColumnMapping said, said_columns(file));
  REGULARS_ASSIGN(ColumnsFound found, find_columns(source_, said));
  guess_.spec.columns = found.mapping;
  guess_.columns = std::move(found.found);
  if (!found.shape.empty()) guess_.spec.shape = found.shape;
  REGULARS_TRY(require_columns(source_, guess_.spec.columns, file));
  if (saved_) {
    guess_.notices.push_back(
        make_notice("saved_mapping", "columns are read as saved before", "--mapping", 1));
  }
  note_shape();
  settle_currency();
  settle_numbers();
  settle_amount();
  REGULARS_TRY(settle_time());
  settle_rows();
  return std::move(guess_);
}

// What the user says, over what a saved mapping says; a saved mapping settles every role.
Result<ColumnMapping> Guesser::said_columns(const std::string& file) {
  ColumnMapping said = overrides_.columns;
  if (!overrides_.currency.empty() && said.currency.empty() &&
      source_.find(overrides_.currency) >= 0 && !minor_units(overrides_.currency)) {
    said.currency = overrides_.currency;
  }
  if (overrides_.mapping_json.empty()) return said;
  REGULARS_ASSIGN(guess_.spec, mapping_from_json(overrides_.mapping_json));
  std::vector<std::string> names;
  for (const ColumnProfile& column : source_.columns) names.push_back(column.name);
  REGULARS_TRY(check_mapping_fits(guess_.spec, names, file));
  saved_ = true;
  for (const RoleInfo& info : all_roles()) {
    std::string& column = said.*info.column;
    if (!column.empty()) continue;
    column = guess_.spec.columns.*info.column;
    if (column.empty()) column = "none";
  }
  return said;
}

void Guesser::note_shape() {
  const std::string& shape = guess_.spec.shape;
  if (shape.empty()) return;
  guess_.notices.push_back(
      make_notice("known_export", fmt::format("looks like a {}: read as such", shape), "", 5));
}

void Guesser::settle_currency() {
  SourceSpec& spec = guess_.spec;
  if (!overrides_.currency.empty() && source_.find(overrides_.currency) < 0) {
    spec.currency = currency_code(overrides_.currency);
  } else if (spec.currency.empty()) {
    spec.currency = main_currency(source_, spec.columns);
  }
  if (overrides_.amount_scale) {
    spec.amount_scale = *overrides_.amount_scale;
  } else if (!saved_) {
    spec.amount_scale = minor_units(spec.currency).value_or(2);
  }
}

void Guesser::settle_numbers() {
  SourceSpec& spec = guess_.spec;
  if (!overrides_.decimal_mark.empty()) {
    const bool comma = overrides_.decimal_mark == ",";
    spec.number_format = {comma ? ',' : '.', comma ? '.' : ','};
    return;
  }
  if (saved_) return;
  NumberEvidence money;
  NumberEvidence all;
  const ColumnMapping& m = spec.columns;
  for (const std::string& name :
       {m.amount, m.price, m.quantity, m.discount, m.refund, m.cost, m.tax, m.shipping}) {
    const ColumnProfile* column = profile(name);
    if (column == nullptr) continue;
    all.add(column->number_marks);
    if (name == m.amount || name == m.price) money.add(column->number_marks);
  }
  // Money decides where it can; else every number of the file.
  NumberDecision decision = decide_number_format(money);
  if (!decision.certain) decision = decide_number_format(all);
  spec.number_format = decision.format;
  const char mark = decision.format.decimal_mark;
  if (decision.ambiguous) {
    const bool comma = all.of(kCommaUnclear) > 0;
    guess_.notices.push_back(
        make_notice("ambiguous_numbers",
                    comma ? "numbers like 1,234 are read as thousands: no cell tells which"
                          : "numbers like 1.234 are read with a decimal point: no cell tells which",
                    "--decimal-mark ,", 60));
  }
  if (decision.conflicting) {
    guess_.notices.push_back(make_notice(
        "conflicting_numbers",
        fmt::format("some numbers contradict the decimal {} of the others: they are rejected",
                    mark == ',' ? "comma" : "point"),
        "--decimal-mark", 55));
  }
}

void Guesser::show_amount_as_product() {
  const ColumnMapping& m = guess_.spec.columns;
  double confidence = 1;
  for (const FoundColumn& found : guess_.columns) {
    if (found.role == "quantity" || found.role == "price") {
      confidence = std::min(confidence, found.confidence);
    }
  }
  guess_.columns.push_back({"amount",
                            m.quantity + " x " + m.price,
                            "quantity and price; no column of totals",
                            "--amount",
                            confidence,
                            {}});
}

void Guesser::settle_amount() {
  SourceSpec& spec = guess_.spec;
  const ColumnMapping& m = spec.columns;
  if (m.amount.empty()) show_amount_as_product();
  if (overrides_.amount_meaning) {
    spec.amount_meaning = *overrides_.amount_meaning;
    return;
  }
  if (saved_) return;
  const AmountDecision decision = decide_amount(source_, m);
  spec.amount_meaning = decision.meaning;
  for (FoundColumn& found : guess_.columns) {
    if (found.role == "amount" && !decision.reason.empty() && !m.amount.empty()) {
      found.reason += "; " + decision.reason;
    }
  }
  if (decision.meaning == AmountMeaning::kOrderTotalRepeated) {
    guess_.notices.push_back(
        make_notice("order_total_repeated",
                    fmt::format("{} repeats the order's total on each line: counted once per order",
                                shortened(m.amount, 24)),
                    "--amount-is line", 40));
  } else if (decision.meaning == AmountMeaning::kOrderTotalFirstLine) {
    guess_.notices.push_back(make_notice(
        "order_total_first_line",
        fmt::format("{} stands on the first line of each order only", shortened(m.amount, 24)),
        "--amount-is line", 10));
  }
}

bool Guesser::looks_american() const {
  const SourceSpec& spec = guess_.spec;
  if (spec.currency == "USD") return true;
  for (const std::string& name : {spec.columns.amount, spec.columns.price}) {
    const ColumnProfile* money = profile(name);
    if (money != nullptr && !money->currencies.empty() && money->currencies[0].value == "$") {
      return true;
    }
  }
  const ColumnProfile* country = profile(guess_.spec.columns.country);
  if (country == nullptr || country->values.empty()) return false;
  const std::string most = folded(country->values.front().value);
  return most == "us" || most == "usa" || most == "united states";
}

// A column "Time Zone" that says the same on every row: taken where it is a zone we know.
void Guesser::read_zone_column() {
  for (const ColumnProfile& column : source_.columns) {
    const std::vector<std::string> words = words_of(column.name);
    const bool zone = words == std::vector<std::string>{"time", "zone"} ||
                      words == std::vector<std::string>{"timezone"};
    if (!zone || column.values.size() != 1 || column.values[0].rows < column.filled()) continue;
    const std::string& name = column.values[0].value;
    if (Zone::find(name)) {
      guess_.spec.time_zone = name;
    } else {
      guess_.notices.push_back(
          make_notice("time_zone_column",
                      fmt::format("{} says {}, which is no zone known here: times are read as {}",
                                  column.name, shortened(name, 20), guess_.spec.time_zone),
                      "--time-zone", 30));
    }
    return;
  }
}

Result<void> Guesser::settle_time() {
  SourceSpec& spec = guess_.spec;
  if (!overrides_.time_zone.empty()) {
    spec.time_zone = overrides_.time_zone;
  }
  if (overrides_.time_zone.empty() && !saved_) read_zone_column();
  REGULARS_TRY(Zone::find(spec.time_zone));
  if (!overrides_.time_format.empty()) {
    REGULARS_ASSIGN(spec.time_format, time_format_from(overrides_.time_format));
    return {};
  }
  if (saved_) return {};
  const int column = source_.find(spec.columns.time);
  const TimeDecision decision =
      decide_time_format(source_, static_cast<size_t>(column), looks_american());
  spec.time_format = decision.format;
  const bool day_first = decision.format.order == DateOrder::kDayMonthYear;
  if (decision.ambiguous) {
    guess_.notices.push_back(
        make_notice("ambiguous_dates",
                    fmt::format("no date tells day from month: read {} first ({})",
                                day_first ? "day" : "month", decision.evidence),
                    day_first ? "--time-format mdy" : "--time-format dmy", 60));
  }
  if (decision.conflicting) {
    guess_.notices.push_back(make_notice(
        "conflicting_dates",
        fmt::format("dates mix both orders of day and month: read {} first, the others rejected",
                    day_first ? "day" : "month"),
        "--time-format", 65));
  }
  if (decision.format.kind == TimeKind::kHoursFromStart ||
      decision.format.kind == TimeKind::kDaysFromStart) {
    const bool by_hours = decision.format.kind == TimeKind::kHoursFromStart;
    guess_.notices.push_back(
        make_notice("time_from_start",
                    fmt::format("{} counts {} from a start: shown as if that was 1 Jan 2000",
                                shortened(spec.columns.time, 24), by_hours ? "hours" : "days"),
                    by_hours ? "--time-format days" : "--time-format hours", 45));
  }
  return {};
}

void Guesser::settle_rows() {
  SourceSpec& spec = guess_.spec;
  spec.each_row_is_an_order = spec.each_row_is_an_order || overrides_.each_row_is_an_order;
  spec.drop_duplicates = spec.drop_duplicates || overrides_.drop_duplicates;
  spec.excluded.insert(spec.excluded.end(), overrides_.excluded_customers.begin(),
                       overrides_.excluded_customers.end());
  if (!saved_) spec.cancellation_prefix = find_cancellation_prefix(source_, spec.columns);
  decide_statuses(source_, spec, guess_.notices);
  if (const Shape* shape = find_shape(spec.shape);
      shape != nullptr && !shape->purchase_events.empty()) {
    spec.purchase_events.clear();
    std::string event;
    lower_ascii(shape->purchase_events, event);
    spec.purchase_events.push_back(event);
  }
}

}  // namespace

Result<Guess> guess_source(const SourceProfile& source, const Overrides& overrides,
                           const std::string& file) {
  return Guesser(source, overrides).run(file);
}

NumberFormat format_of_column(const ColumnProfile& column, NumberFormat file_format) {
  const NumberDecision own = decide_number_format(column.number_marks);
  const bool contradicts =
      own.certain && !own.conflicting && own.format.decimal_mark != file_format.decimal_mark;
  return contradicts ? own.format : file_format;
}

}  // namespace regulars::connect
