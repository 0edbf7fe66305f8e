#include "models/clv/purchase_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/clv/purchase_rows.h"
#include "models/clv/summary_findings.h"

namespace regulars::models {
namespace {

constexpr size_t kMostGapPairs = 10;  // of one customer, so that none speaks for all
constexpr double kMicrosPerDay = 86'400e6;

// One purchase after merging.
struct Visit {
  Instant at;
  int day = 0;
  double amount = 0;
};

// The days of a zone by a table of where they begin, for instants near each other.
class DayTable {
 public:
  DayTable(const Zone& zone, Day first, Day last) : zone_(zone), first_(first) {
    if (last - first > kMostDays) return;
    for (Day day = first; day <= last + 1; day = day + 1)
      starts_.push_back(zone.start_of(day).micros);
  }
  int number_of(Instant t) const {
    if (starts_.empty()) return zone_.day_of(t).number;
    const auto guess =
        static_cast<int64_t>(static_cast<double>(t.micros - starts_.front()) / kMicrosPerDay);
    auto i = static_cast<size_t>(
        std::clamp<int64_t>(guess, 0, static_cast<int64_t>(starts_.size()) - 2));
    while (i > 0 && t.micros < starts_[i]) --i;
    while (i + 2 < starts_.size() && t.micros >= starts_[i + 1]) ++i;
    return first_.number + static_cast<int>(i);
  }

 private:
  static constexpr int kMostDays = 40'000;
  const Zone& zone_;
  Day first_;
  std::vector<int64_t> starts_;
};

DayTable day_table(const GroupedPurchases& grouped, const SummaryOptions& options) {
  const auto earlier = [](const PurchaseRow& a, const PurchaseRow& b) { return a.at < b.at; };
  const auto [first, last] = std::ranges::minmax_element(grouped.rows, earlier);
  return {*options.zone, options.zone->day_of(first->at), options.zone->day_of(last->at)};
}

class Summariser {
 public:
  Summariser(const GroupedPurchases& grouped, const SummaryOptions& options, SummaryAudit audit)
      : options_(options),
        days_(day_table(grouped, options)),
        until_day_(options.zone->day_of(options.until).number),
        unit_days_(days_in(options.unit)) {
    result_.summary.unit = options.unit;
    result_.audit = std::move(audit);
    facts_.until_day = {until_day_};
    reserve(grouped.customers.size());
    for (size_t i = 0; i < grouped.customers.size(); ++i) {
      merge_rows(grouped.of(i));
      add_customer(grouped.customers[i]);
    }
  }

  SummaryResult finish() && {
    SummaryAudit& audit = result_.audit;
    audit.customers = result_.summary.size();
    audit.regularity = test_regularity(result_.summary.gap_pairs);
    audit.findings = find_faults(audit, facts_);
    return std::move(result_);
  }

 private:
  void reserve(size_t customers) {
    PurchaseSummary& s = result_.summary;
    s.customer.reserve(customers);
    s.cell.reserve(customers);
    s.spend_count.reserve(customers);
    s.mean_spend.reserve(customers);
    s.log_gaps.reserve(customers);
    s.first_day.reserve(customers);
  }

  void merge_rows(std::span<const PurchaseRow> rows) {
    visits_.clear();
    const PurchaseRow* before = nullptr;
    for (const PurchaseRow& row : rows) {
      const int day = days_.number_of(row.at);
      const bool same = before != nullptr &&
                        (options_.merge_days ? day == visits_.back().day : row.at == before->at);
      if (same) {
        visits_.back().amount += row.amount;
        ++result_.audit.merged_days;
        if (row.at == before->at && row.amount == before->amount) ++result_.audit.identical_rows;
      } else {
        visits_.push_back({row.at, day, row.amount});
      }
      before = &row;
    }
  }

  double days_between(const Visit& from, const Visit& to) const {
    return options_.merge_days ? to.day - from.day
                               : static_cast<double>((to.at - from.at).micros) / kMicrosPerDay;
  }

  void add_customer(uint32_t customer) {
    PurchaseSummary& s = result_.summary;
    const Visit& first = visits_.front();
    const Visit end{options_.until, until_day_, 0};
    const BuyingCell cell{static_cast<double>(visits_.size() - 1),
                          days_between(first, visits_.back()) / unit_days_,
                          days_between(first, end) / unit_days_};
    s.customer.push_back(customer);
    s.cell.push_back(cell);
    s.first_day.push_back({first.day});
    s.log_gaps.push_back(log_gaps());
    add_spend();
    add_gap_pairs();
    count(customer, cell);
  }

  double log_gaps() {
    double sum = 0;
    for (size_t i = 1; i < visits_.size(); ++i)
      sum += std::log(days_between(visits_[i - 1], visits_[i]) / unit_days_);
    return sum;
  }

  void add_spend() {
    uint32_t purchases = 0;
    double mean = 0;
    for (size_t i = options_.first_in_spend ? 0 : 1; i < visits_.size(); ++i) {
      if (visits_[i].amount <= 0) continue;
      ++purchases;
      mean += (visits_[i].amount - mean) / purchases;
    }
    result_.summary.spend_count.push_back(purchases);
    result_.summary.mean_spend.push_back(mean);
  }

  void add_gap_pairs() {
    GapPairs& pairs = result_.summary.gap_pairs;
    for (size_t i = 2; i < visits_.size() && i <= 2 * kMostGapPairs; i += 2) {
      const double one = days_between(visits_[i - 2], visits_[i - 1]);
      const double two = days_between(visits_[i - 1], visits_[i]);
      if (options_.merge_days)
        pairs.add_days(static_cast<int>(one), static_cast<int>(two));
      else
        pairs.add_times(one, two);
    }
  }

  // Three gaps or more that differ by no more than months and weekends do.
  void count_clockwork() {
    if (visits_.size() < 4) return;
    ++facts_.with_three_gaps;
    double least = days_between(visits_[0], visits_[1]);
    double most = least;
    for (size_t i = 2; i < visits_.size(); ++i) {
      const double gap = days_between(visits_[i - 1], visits_[i]);
      least = std::min(least, gap);
      most = std::max(most, gap);
    }
    if (least >= 5 && most - least <= std::max(1.0, 0.12 * least)) ++facts_.like_clockwork;
  }

  void count(uint32_t customer, const BuyingCell& cell) {
    SummaryAudit& audit = result_.audit;
    audit.counted += visits_.size();
    if (cell.x == 0) ++audit.without_repeat;
    if (cell.T == 0) ++audit.no_time_watched;
    count_clockwork();
    double money = 0;
    for (const Visit& visit : visits_) money += visit.amount;
    facts_.money += money;
    const bool fresh = result_.summary.size() == 1;
    if (visits_.size() > facts_.most_purchases) {
      facts_.most_purchases = visits_.size();
      facts_.busiest = customer;
    }
    if (money > facts_.most_money) {
      facts_.most_money = money;
      facts_.richest = customer;
    }
    const Day first{visits_.front().day};
    if (first.number < kDayOf1990) ++facts_.began_long_ago;
    if (fresh || first < facts_.first_day) {
      facts_.first_day = first;
      facts_.began_first_day = 0;
    }
    if (first == facts_.first_day) ++facts_.began_first_day;
    facts_.last_day =
        fresh ? Day{visits_.back().day} : std::max(facts_.last_day, {visits_.back().day});
  }

  static constexpr int kDayOf1990 = 7305;

  const SummaryOptions& options_;
  DayTable days_;
  int until_day_;
  double unit_days_;
  SummaryResult result_;
  SummaryFacts facts_;
  std::vector<Visit> visits_;  // of one customer
};

Error nothing_counts(const SummaryAudit& audit, const SummaryOptions& options) {
  if (audit.purchases == 0)
    return {ErrorCode::kBadData, "there are no purchases", "give a table with at least one"};
  return {ErrorCode::kBadData,
          fmt::format("none of the {} purchases counts: {} have an amount that is not a number, {} "
                      "are after {}, {} are negative, {} are of amount 0",
                      audit.purchases, audit.not_finite, audit.after_until, to_iso(options.until),
                      audit.negative_amounts, audit.zero_amounts),
          "check which columns are the date and the amount, and the end of the period"};
}

}  // namespace

Result<SummaryResult> summarise(const Purchases& purchases, const SummaryOptions& options) {
  if (purchases.at.size() != purchases.customer.size() ||
      purchases.amount.size() != purchases.customer.size())
    return Error(
        ErrorCode::kBadData,
        fmt::format("the columns of purchases differ in length: {} customers, {} times, {} "
                    "amounts",
                    purchases.customer.size(), purchases.at.size(), purchases.amount.size()));
  SummaryAudit audit;
  const GroupedPurchases grouped = group_purchases(purchases, options, audit);
  if (grouped.customers.empty()) return nothing_counts(audit, options);
  return Summariser(grouped, options, std::move(audit)).finish();
}

}  // namespace regulars::models
