#include "connect/find_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/decimal.h"
#include "base/near_names.h"
#include "connect/column_fit.h"
#include "connect/column_relations.h"
#include "connect/shapes.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr double kLeastScore = 0.35;

struct Candidate {
  Role role;
  size_t column = 0;
  Fit fit;
};

class Finder {
 public:
  Finder(const SourceProfile& source, const ColumnMapping& said) : source_(source), said_(said) {}

  Result<ColumnsFound> run();

 private:
  using Names = std::vector<std::string>;

  Result<void> take_said();
  void take_shape();
  void score_all();
  void prefer_products_of_price();
  void take_best();
  void settle_clock();
  void settle_identity();
  void prefer_those_who_return();
  void settle_ids_without_names();
  void settle_rows_with_ids();
  void settle_numbers_without_names();
  void settle_money();
  void settle_rest();

  size_t index(Role role) const { return static_cast<size_t>(role); }
  bool open(Role role) const { return column_of_[index(role)] < 0 && !closed_[index(role)]; }
  int column_of(Role role) const { return column_of_[index(role)]; }
  const ColumnProfile& profile(int column) const {
    return source_.columns[static_cast<size_t>(column)];
  }
  void assign(Role role, size_t column, double confidence, std::string reason);
  void release(Role role);
  std::vector<std::string> alternatives(Role role) const;
  std::string reason_of(const Candidate& candidate) const;
  ColumnsFound collect() const;
  Names column_names() const;

  const SourceProfile& source_;
  const ColumnMapping& said_;
  std::vector<int> column_of_ = std::vector<int>(kRoleCount, -1);
  std::vector<bool> closed_ = std::vector<bool>(kRoleCount, false);
  std::vector<bool> taken_;
  std::vector<double> confidence_ = std::vector<double>(kRoleCount, 0);
  std::vector<Names> also_ = std::vector<Names>(kRoleCount);  // alternatives found by contents
  std::vector<std::string> reason_ = std::vector<std::string>(kRoleCount);
  std::vector<Candidate> candidates_;
  std::string shape_;
};

Result<ColumnsFound> Finder::run() {
  taken_.assign(source_.columns.size(), false);
  REGULARS_TRY(take_said());
  take_shape();
  score_all();
  prefer_products_of_price();
  take_best();
  prefer_those_who_return();
  settle_clock();
  settle_identity();
  settle_ids_without_names();
  settle_rows_with_ids();
  settle_numbers_without_names();
  settle_money();
  settle_rest();
  return collect();
}

Finder::Names Finder::column_names() const {
  Names names;
  for (const ColumnProfile& column : source_.columns) names.push_back(column.name);
  return names;
}

void Finder::assign(Role role, size_t column, double confidence, std::string reason) {
  column_of_[index(role)] = static_cast<int>(column);
  taken_[column] = true;
  confidence_[index(role)] = confidence;
  reason_[index(role)] = std::move(reason);
}

void Finder::release(Role role) {
  const int column = column_of(role);
  if (column < 0) return;
  column_of_[index(role)] = -1;
  taken_[static_cast<size_t>(column)] =
      std::find(column_of_.begin(), column_of_.end(), column) != column_of_.end();
}

Result<void> Finder::take_said() {
  for (const RoleInfo& info : all_roles()) {
    const std::string& name = said_.*info.column;
    if (name.empty()) continue;
    if (is_none(name) && source_.find(name) < 0) {
      closed_[index(info.role)] = true;
      continue;
    }
    const int column = source_.find(name);
    if (column < 0) {
      const Names names = column_names();
      const Names near = near_names(name, names);
      return Error(ErrorCode::kBadDefinition,
                   fmt::format("{}: there is no column '{}'{}", info.option, name,
                               near.empty() ? "" : "; do you mean " + enumerate(near) + "?"),
                   "The columns are: " + enumerate(names) + ".");
    }
    assign(info.role, static_cast<size_t>(column), 1, "said by " + std::string(info.option));
  }
  return {};
}

void Finder::take_shape() {
  const Shape* shape = recognise_shape(column_names());
  if (shape == nullptr) return;
  shape_ = shape->name;
  // Some exports always have the column, and nothing in it.
  Names filled;
  for (const ColumnProfile& column : source_.columns) {
    if (column.filled() > 0) filled.push_back(column.name);
  }
  const ColumnMapping mapping = shape_mapping(*shape, filled);
  for (const RoleInfo& info : all_roles()) {
    const int column = source_.find(mapping.*info.column);
    if (column < 0 || !open(info.role)) continue;
    assign(info.role, static_cast<size_t>(column), 0.99, "as in a " + shape_);
  }
  // What the shape does not name it does not have.
  for (const RoleInfo& info : all_roles()) {
    if (open(info.role)) closed_[index(info.role)] = true;
  }
}

void Finder::score_all() {
  for (const RoleInfo& info : all_roles()) {
    for (size_t c = 0; c < source_.columns.size(); ++c) {
      const Fit fit = fit_of(info.role, source_.columns[c]);
      if (fit.score >= 0.15) candidates_.push_back({info.role, c, fit});
    }
  }
  std::stable_sort(
      candidates_.begin(), candidates_.end(),
      [](const Candidate& a, const Candidate& b) { return a.fit.score > b.fit.score; });
}

// Among several columns called like amounts the one that equals quantity x price on its lines is
// the line's amount; the others are totals of something else.
void Finder::prefer_products_of_price() {
  int quantity = -1;
  int price = -1;
  for (const Candidate& c : candidates_) {
    if (quantity < 0 && c.role == Role::kQuantity) quantity = static_cast<int>(c.column);
    if (price < 0 && c.role == Role::kPrice) price = static_cast<int>(c.column);
  }
  if (quantity < 0 || price < 0 || quantity == price) return;
  for (Candidate& c : candidates_) {
    if (c.role != Role::kAmount || c.column == static_cast<size_t>(price)) continue;
    if (c.fit.name < 0.5) continue;
    const double share = share_of_products(source_, static_cast<size_t>(quantity),
                                           static_cast<size_t>(price), c.column);
    if (share > 0.9) c.fit.score += 0.05;
  }
  std::stable_sort(
      candidates_.begin(), candidates_.end(),
      [](const Candidate& a, const Candidate& b) { return a.fit.score > b.fit.score; });
}

void Finder::take_best() {
  for (const Candidate& candidate : candidates_) {
    if (candidate.fit.score < kLeastScore) break;
    if (!open(candidate.role) || taken_[candidate.column]) continue;
    // "id" alone may be anything: settled below, by how it hangs together with the others.
    const bool vague = candidate.fit.name < 0.4 && candidate.fit.score < 0.45;
    if (vague) continue;
    assign(candidate.role, candidate.column, std::min(candidate.fit.score, 0.98),
           reason_of(candidate));
  }
}

std::string Finder::reason_of(const Candidate& candidate) const {
  const ColumnProfile& column = source_.columns[candidate.column];
  const std::string values =
      fmt::format("{} different values", with_thousands(static_cast<int64_t>(column.distinct)));
  if (candidate.fit.name < 0.25) return "by its contents; " + values;
  const std::string name = candidate.fit.name > 0.85 ? "by its name" : "its name suggests it";
  return name + "; " + values;
}

// Whole numbers called "time" are a clock beside a date, and counts from a start without one.
void Finder::settle_clock() {
  const int clock = column_of(Role::kTimeOfDay);
  if (clock < 0 || !open(Role::kTime) || profile(clock).time.time_of_day > 0) return;
  if (confidence_[index(Role::kTimeOfDay)] >= 0.99) return;
  release(Role::kTimeOfDay);
  assign(Role::kTime, static_cast<size_t>(clock), 0.7, "its name suggests it; counts from a start");
}

// An e-mail address stands for the customer when there is nothing better.
void Finder::settle_identity() {
  const int email = column_of(Role::kCustomerEmail);
  if (email < 0 || !open(Role::kCustomer)) {
    // A person's name tells people apart worse than an address does.
    const int customer = column_of(Role::kCustomer);
    if (email < 0 || customer < 0 || confidence_[index(Role::kCustomer)] > 0.6) return;
    release(Role::kCustomer);
  }
  assign(Role::kCustomer, static_cast<size_t>(email), 0.85,
         "e-mail addresses; the file has no customer number");
  column_of_[index(Role::kCustomerEmail)] = -1;
}

// Columns called "id", or nothing at all: an id that comes back at other times is a customer's.
void Finder::settle_ids_without_names() {
  const int time = column_of(Role::kTime);
  if (time < 0 || !open(Role::kCustomer)) return;
  std::vector<size_t> fitting;
  bool telling = false;
  for (size_t c = 0; c < source_.columns.size(); ++c) {
    const ColumnProfile& column = source_.columns[c];
    const bool named = name_score(Role::kCustomer, words_of(column.name)) > 0.2;
    if (taken_[c] || (source_.has_header && !named)) continue;
    if (content_fit(Role::kCustomer, column) < 0.8 || column.distinct < 2) continue;
    if (share_at_other_times(source_, c, static_cast<size_t>(time)) < 0.3) continue;
    // Far fewer values than the first that fits: a quantity, not a person.
    if (!fitting.empty() && column.distinct * 10 < source_.columns[fitting[0]].distinct) continue;
    if (fitting.empty()) telling = named;
    fitting.push_back(c);
  }
  if (fitting.empty()) return;
  const double confidence = fitting.size() > 1 ? 0.5 : telling ? 0.75 : 0.66;
  assign(Role::kCustomer, fitting[0], confidence, "the same values come back at other times");
  for (size_t i = 1; i < std::min<size_t>(fitting.size(), 4); ++i) {
    also_[index(Role::kCustomer)].push_back(source_.columns[fitting[i]].name);
  }
}

// Some shops make a new "customer id" for each order and keep the person in another column.
void Finder::prefer_those_who_return() {
  const int chosen = column_of(Role::kCustomer);
  const int time = column_of(Role::kTime);
  if (chosen < 0 || time < 0 || confidence_[index(Role::kCustomer)] >= 0.99) return;
  const auto returning = [&](size_t c) {
    return share_at_other_times(source_, c, static_cast<size_t>(time));
  };
  if (returning(static_cast<size_t>(chosen)) > 0) return;
  for (const Candidate& candidate : candidates_) {
    const bool fits = candidate.role == Role::kCustomer && candidate.fit.name >= 0.85;
    if (!fits || taken_[candidate.column] || returning(candidate.column) <= 0) continue;
    const std::string reason =
        "the same values come back at other times; those of " + profile(chosen).name + " never do";
    release(Role::kCustomer);
    assign(Role::kCustomer, candidate.column, 0.8, reason);
    return;
  }
}

// A table of orders whose own number is just called "id": every row has another.
void Finder::settle_rows_with_ids() {
  if (!open(Role::kOrder) || !source_.has_header) return;
  for (const Role role : {Role::kProduct, Role::kProductName, Role::kQuantity, Role::kPrice}) {
    if (column_of(role) >= 0) return;
  }
  for (size_t c = 0; c < source_.columns.size(); ++c) {
    const ColumnProfile& column = source_.columns[c];
    if (taken_[c] || name_score(Role::kOrder, words_of(column.name)) < 0.25) continue;
    const auto rows = static_cast<double>(column.rows);
    if (column.empty > 0 || column.rows < 2 || column.distinct < 0.98 * rows) continue;
    assign(Role::kOrder, c, 0.6, "every row has its own");
    return;
  }
}

// A file without a header: small whole numbers are quantities, numbers with a fraction money.
void Finder::settle_numbers_without_names() {
  if (source_.has_header) return;
  for (size_t c = source_.columns.size(); c-- > 0;) {
    const ColumnProfile& column = source_.columns[c];
    if (taken_[c] || column.share(column.numbers) < 0.9) continue;
    if (open(Role::kAmount) && column.share(column.fractions) > 0.2) {
      assign(Role::kAmount, c, 0.66, "the last sums of money; the file has no header");
    }
  }
  for (size_t c = 0; c < source_.columns.size(); ++c) {
    const ColumnProfile& column = source_.columns[c];
    if (taken_[c] || !open(Role::kQuantity) || column.share(column.numbers) < 0.9) continue;
    const bool small = column.fractions == 0 && column.leading_zeros == 0 &&
                       column.largest < 10'000 && column.distinct < 1'000;
    if (small) assign(Role::kQuantity, c, 0.4, "small whole numbers; the file has no header");
  }
}

void Finder::settle_money() {
  // A price without any quantity is what was paid.
  if (open(Role::kAmount) && column_of(Role::kPrice) >= 0 && column_of(Role::kQuantity) < 0) {
    const int price = column_of(Role::kPrice);
    release(Role::kPrice);
    assign(Role::kAmount, static_cast<size_t>(price), 0.7, "the price; there is no quantity");
  }
  const bool products = column_of(Role::kPrice) >= 0 && column_of(Role::kQuantity) >= 0;
  if (!open(Role::kAmount) || products || !source_.has_header) return;
  // The only column of numbers that nothing else claims.
  int only = -1;
  for (size_t c = 0; c < source_.columns.size(); ++c) {
    const ColumnProfile& column = source_.columns[c];
    if (taken_[c] || column.share(column.numbers) < 0.95) continue;
    if (column.share(column.fractions) < 0.2 || name_forbids(Role::kAmount, column.name)) continue;
    if (only >= 0) return;
    only = static_cast<int>(c);
  }
  if (only >= 0) assign(Role::kAmount, static_cast<size_t>(only), 0.4, "the only sums of money");
}

void Finder::settle_rest() {
  // A name serves as the id of products that have none.
  if (open(Role::kProduct) && column_of(Role::kProductName) >= 0) {
    assign(Role::kProduct, static_cast<size_t>(column_of(Role::kProductName)), 0.8,
           "names stand for products; there is no product number");
  }
  // The time of day belongs to a date that has none.
  const int time = column_of(Role::kTime);
  const int clock = column_of(Role::kTimeOfDay);
  if (clock >= 0 &&
      (time < 0 || profile(time).time.with_time > 0 || profile(time).time.civil == 0)) {
    if (confidence_[index(Role::kTimeOfDay)] < 1) release(Role::kTimeOfDay);
  }
  // Events that hold no purchase are not what tells sales from other rows.
  const int event = column_of(Role::kEvent);
  if (event >= 0 && content_fit(Role::kEvent, profile(event)) < 1 &&
      confidence_[index(Role::kEvent)] < 0.99) {
    release(Role::kEvent);
  }
}

std::vector<std::string> Finder::alternatives(Role role) const {
  std::vector<std::string> others = also_[index(role)];
  const double least = std::max(0.3, 0.4 * confidence_[index(role)]);
  for (const Candidate& candidate : candidates_) {
    if (candidate.role != role || candidate.fit.score < least || others.size() == 3) continue;
    if (static_cast<int>(candidate.column) == column_of(role)) continue;
    others.push_back(source_.columns[candidate.column].name);
  }
  return others;
}

ColumnsFound Finder::collect() const {
  ColumnsFound result;
  result.shape = shape_;
  for (const RoleInfo& info : all_roles()) {
    const int column = column_of(info.role);
    if (column < 0) continue;
    const std::string& name = profile(column).name;
    result.mapping.*info.column = name;
    double confidence = confidence_[index(info.role)];
    std::vector<std::string> others;
    if (confidence < 0.99) {
      others = alternatives(info.role);
      // A close second makes a guess less sure.
      if (!others.empty()) confidence = std::max(0.3, confidence - 0.1);
    }
    result.found.push_back({std::string(info.name), name, reason_[index(info.role)],
                            std::string(info.option), confidence, std::move(others)});
  }
  return result;
}

}  // namespace

bool is_none(const std::string& said) { return said == "none"; }

Result<ColumnsFound> find_columns(const SourceProfile& source, const ColumnMapping& said) {
  return Finder(source, said).run();
}

}  // namespace regulars::connect
