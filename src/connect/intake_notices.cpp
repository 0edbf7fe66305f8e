#include "connect/intake_notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/decimal.h"
#include "connect/notices.h"
#include "connect/text.h"
#include "data/isolated_dates.h"

namespace regulars::connect {
namespace {

const ColumnProfile* profile_of(const SourceProfile& source, const std::string& name) {
  const int column = source.find(name);
  return column < 0 ? nullptr : &source.columns[static_cast<size_t>(column)];
}

class Watcher {
 public:
  Watcher(const SourceProfile& source, const Converted& converted, Intake& intake)
      : source_(source), converted_(converted), intake_(intake), spec_(intake.spec) {}

  void run() {
    watch_customers();
    watch_ids("customer", spec_.columns.customer);
    watch_ids("order", spec_.columns.order);
    watch_zeros();
    watch_columns();
    watch_statuses();
    watch_rows();
    watch_dates();
    watch_hours();
    watch_money();
  }

 private:
  void add(std::string_view code, std::string_view text, std::string_view option, double weight) {
    intake_.notices.push_back(make_notice(code, text, option, weight));
  }
  void watch_customers();
  void watch_ids(const std::string& what, const std::string& column);
  void watch_zeros();
  void watch_columns();
  void watch_statuses();
  void watch_rows();
  void watch_dates();
  void watch_hours();
  void watch_money();

  const SourceProfile& source_;
  const Converted& converted_;
  Intake& intake_;
  const SourceSpec& spec_;
};

void Watcher::watch_customers() {
  const ColumnProfile* customer = profile_of(source_, spec_.columns.customer);
  if (customer == nullptr) return;
  if (customer->emails * 2 > customer->filled() && customer->upper_or_spaced > 0) {
    add("email_case",
        fmt::format("{} had capitals or spaces around: customers are told apart without them",
                    counted(customer->upper_or_spaced, "e-mail cell")),
        "", 8);
  }
  const OrderLines& lines = converted_.lines;
  const bool list = lines.size() >= 100 && lines.customers->size() == lines.size();
  if (list) {
    add("customer_list", "every customer occurs once: is this a list of customers, not of orders?",
        "--customer", 80);
  }
  if (!converted_.placeholders.empty()) {
    std::vector<std::string> ids;
    int64_t rows = 0;
    for (const ValueCount& value : converted_.placeholders) {
      ids.push_back(value.value);
      rows += value.rows;
    }
    add("placeholder_customers",
        fmt::format("{} {} for nobody: {} count as without customer", some_of(ids, 30),
                    ids.size() == 1 ? "stands" : "stand", counted(rows, "row")),
        "--person ID", 35);
  }
}

void Watcher::watch_ids(const std::string& what, const std::string& column) {
  const ColumnProfile* ids = profile_of(source_, column);
  if (ids == nullptr || ids->filled() == 0) return;
  if (ids->point_zeros > 0 && ids->fractions == 0) {
    add("ids_as_numbers", fmt::format("{} numbers like 123.0 are read as 123", what), "", 6);
  }
  if (ids->exponents > 0) {
    add("ids_lost_digits",
        fmt::format("{} like 1.2E+12: a spreadsheet may have lost digits",
                    counted(ids->exponents, what + " id")),
        "", ids->share(ids->exponents) > 0.01 ? 70 : 10);
  }
}

// 00123 beside 123: one customer or two? Nobody can tell, so they stay two.
void Watcher::watch_zeros() {
  const ColumnProfile* customer = profile_of(source_, spec_.columns.customer);
  if (customer == nullptr || customer->leading_zeros == 0) return;
  const Dictionary& ids = *converted_.lines.customers;
  int64_t twice = 0;
  std::string example;
  for (uint32_t c = 0; c < ids.size(); ++c) {
    const std::string_view id = ids.text(c);
    const size_t zeros = id.find_first_not_of('0');
    if (zeros == 0 || zeros == std::string_view::npos) continue;
    if (ids.find(id.substr(zeros)) == kNoCode) continue;
    ++twice;
    if (example.empty()) example = std::string(id);
  }
  if (twice == 0) return;
  add("ids_with_and_without_zeros",
      fmt::format("{} also without leading zeros (like {}): kept apart",
                  counted(twice, "customer number") + (twice == 1 ? " occurs" : " occur"),
                  shortened(example, 20)),
      "", 50);
}

void Watcher::watch_columns() {
  for (const FoundColumn& found : intake_.columns) {
    const bool matters = found.role == "customer" || found.role == "time" || found.role == "amount";
    if (!matters || found.confidence >= 0.65) continue;
    std::string text =
        fmt::format("{} is taken as the {}", shortened(found.column, 30), found.role);
    if (!found.alternatives.empty())
      text += fmt::format("; it could be {}", some_of(found.alternatives, 30));
    add("unsure_" + found.role, text, found.option, 55);
  }
}

void Watcher::watch_statuses() {
  if (!spec_.not_sales.empty()) {
    add("statuses", fmt::format("status {}: no sales", some_of(spec_.not_sales, 60)), "--status",
        12);
  }
  if (!spec_.given_back_statuses.empty() && spec_.columns.refund.empty()) {
    add("given_back",
        fmt::format("status {}: sales that were wholly given back",
                    some_of(spec_.given_back_statuses, 40)),
        "--status", 12);
  }
}

void Watcher::watch_rows() {
  if (intake_.exact_duplicates > 0) {
    add("duplicates",
        fmt::format("{} exact duplicates of others: {}",
                    counted(intake_.exact_duplicates, "row") +
                        (intake_.exact_duplicates == 1 ? " is" : " are"),
                    spec_.drop_duplicates ? "dropped" : "kept"),
        spec_.drop_duplicates ? "" : "--drop-duplicates", 14);
  }
  if (converted_.total_rows > 0) {
    add("total_rows", fmt::format("{} left out", counted(converted_.total_rows, "total row")), "",
        7);
  }
  if (converted_.other_currency > 0) {
    add("currencies",
        fmt::format("{} not in {} left out ({})", counted(converted_.other_currency, "row"),
                    spec_.currency, percent(converted_.other_currency, intake_.rows.read)),
        "--currency", 75);
  }
  const int64_t other = intake_.rows.rejected - converted_.total_rows - converted_.other_currency;
  if (other > 0) {
    const double share = static_cast<double>(other) / static_cast<double>(intake_.rows.read);
    add("rejected",
        fmt::format("{} ({}) could not be read: see rejects.csv", counted(other, "row"),
                    percent(other, intake_.rows.read)),
        "", share > 0.01 ? 70 : 20);
  }
}

void Watcher::watch_dates() {
  const OrderLines& lines = converted_.lines;
  if (lines.at.empty()) return;
  std::map<int32_t, int64_t> rows;
  for (const Instant at : lines.at) ++rows[Zone::utc().day_of(at).number];
  std::vector<std::pair<Day, int64_t>> days;
  for (const auto& [day, count] : rows) days.emplace_back(Day{day}, count);
  const DateRange range = find_date_range(days);
  const int64_t isolated = range.isolated_before + range.isolated_after;
  if (isolated == 0) return;
  const Day far = range.isolated_after > 0 ? range.latest : range.earliest;
  add("isolated_dates",
      fmt::format("{} far from all others (as {}): not used for the range",
                  counted(isolated, "row") + (isolated == 1 ? " is" : " are"), to_iso(far)),
      "--as-of", 40);
}

void Watcher::watch_hours() {
  if (!hours_look_shifted(converted_.hours)) return;
  add("time_zone", "the times look as if they were in another zone", "--time-zone", 50);
}

void Watcher::watch_money() {
  const Rounding& rounding = intake_.rounding;
  if (rounding.lines_rounded == 0) return;
  const Result<int64_t> exact = narrow(rounding.exact_sum);
  if (!exact || rounding.exact_scale > kMaxScale) return;
  add("rounding",
      fmt::format("amounts are rounded line by line; the sum before rounding is {}",
                  with_thousands(Decimal{exact.value(), rounding.exact_scale})),
      "--amount-scale", 3);
}

}  // namespace

void add_intake_notices(const SourceProfile& source, const Converted& converted, Intake& intake) {
  Watcher(source, converted, intake).run();
}

void note_charges(Intake& intake) {
  std::erase_if(intake.notices, [](const Notice& notice) { return notice.code == "charges"; });
  const std::vector<std::string>& charges = intake.spec.charges;
  if (charges.empty()) return;
  intake.notices.push_back(
      make_notice("charges",
                  fmt::format("{} {}: not counted as products", some_of(charges, 45),
                              charges.size() == 1 ? "is a charge" : "are charges"),
                  "", 15));
}

Notice suspect_notice(const std::string& customer_id, const std::string& reason) {
  return make_notice(
      "not_a_person",
      fmt::format("{} is probably not a person: {}", shortened(customer_id, 24), reason),
      "--person " + shortened(customer_id, 24), 60);
}

bool hours_look_shifted(const std::array<int64_t, 24>& hours) {
  constexpr int64_t kLeastRows = 200;
  constexpr size_t kQuiet = 6;
  const int64_t all = std::accumulate(hours.begin(), hours.end(), int64_t{0});
  const auto used = std::count_if(hours.begin(), hours.end(), [](int64_t n) { return n > 0; });
  if (all < kLeastRows || used < 6) return false;
  int64_t inside = all;  // the least of any six hours between 08:00 and 20:00
  int64_t outside = all;
  for (size_t start = 0; start < hours.size(); ++start) {
    int64_t rows = 0;
    for (size_t h = 0; h < kQuiet; ++h) rows += hours[(start + h) % hours.size()];
    int64_t& least = start >= 8 && start + kQuiet <= 20 ? inside : outside;
    least = std::min(least, rows);
  }
  return inside * 10 < all && inside <= outside;
}

}  // namespace regulars::connect
