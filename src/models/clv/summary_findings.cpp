#include "models/clv/summary_findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace regulars::models {
namespace {

using Findings = std::vector<SummaryAudit::Finding>;

constexpr double kManyOnce = 0.9;
constexpr double kNearlyAllOnce = 0.995;
constexpr double kDominant = 0.1;
constexpr uint64_t kFewCustomers = 100;
constexpr uint64_t kFewRepeaters = 50;

double share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}
std::string percent(uint64_t part, uint64_t whole) {
  return fmt::format("{:.1f} %", 100 * share(part, whole));
}

void find_too_few(Findings& findings, const SummaryAudit& a, const SummaryFacts& f) {
  const uint64_t repeaters = a.customers - a.without_repeat;
  if (a.customers == 1)
    findings.push_back({"there is one customer only",
                        "a model says how customers differ: give the purchases of all, and check "
                        "which column is the customer",
                        true});
  else if (a.customers < kFewCustomers)
    findings.push_back({fmt::format("there are {} customers only", a.customers),
                        "estimates will be rough: look at the intervals, not at single figures",
                        false});
  if (f.first_day == f.last_day)
    findings.push_back({fmt::format("all purchases are of one day, {}", to_iso(f.first_day)),
                        "nothing can be said of coming back: give a longer period, and check which "
                        "column is the date",
                        true});
  else if (repeaters == 0)
    findings.push_back({"nobody came back",
                        "no model can tell rare buyers from lost ones: give a longer period, and "
                        "check that the customer is a person's number and not the order's",
                        true});
  else if (repeaters < kFewRepeaters && a.customers >= kFewCustomers)
    findings.push_back({fmt::format("only {} customers came back", repeaters),
                        "estimates rest on few people: look at the intervals", false});
}

void find_one_time_buyers(Findings& findings, const SummaryAudit& a) {
  const double once = share(a.without_repeat, a.customers);
  if (once < kManyOnce || a.without_repeat == a.customers || a.customers < kFewCustomers) return;
  findings.push_back(
      {fmt::format("{} of customers bought once", percent(a.without_repeat, a.customers)),
       once >= kNearlyAllOnce
           ? "buying rarely and leaving at once look the same: a model's split between the two is "
             "a guess; check that guest orders are joined by e-mail, or give a longer period"
           : "how often one-time buyers would come again is known badly; bg-nbd calls them all "
             "still customers by definition: prefer mbg-nbd or pareto-nbd",
       once >= kNearlyAllOnce});
}

void find_time_trouble(Findings& findings, const SummaryAudit& a, const SummaryFacts& f) {
  const double unwatched = share(a.no_time_watched, a.customers);
  if (unwatched == 1)
    findings.push_back({"everyone first bought on the last day",
                        "nobody was watched long enough to come back: set a later end", true});
  else if (unwatched > 0.2)
    findings.push_back({fmt::format("{} of customers first bought on the last day",
                                    percent(a.no_time_watched, a.customers)),
                        "they say nothing yet: set the end to the last full day", false});
  if (a.after_until > 0)
    findings.push_back(
        {fmt::format("{} rows ({}) are later than the end {} and were left out", a.after_until,
                     percent(a.after_until, a.purchases), to_iso(f.until_day)),
         "right for a calibration period; else the clock of the source is wrong, or "
         "the dates are of deliveries to come",
         false});
  if (f.began_long_ago > 0)
    findings.push_back({fmt::format("{} customers first bought before 1990, the earliest on {}",
                                    f.began_long_ago, to_iso(f.first_day)),
                        "such dates stand for unknown ones: they make customers look lost for "
                        "decades; leave these rows out",
                        share(f.began_long_ago, a.customers) > 0.01});
  const uint64_t expected =
      a.customers * 10 / static_cast<uint64_t>(f.until_day - f.first_day + 10);
  if (f.began_first_day > std::max<uint64_t>(expected, a.customers / 10) &&
      f.first_day < f.last_day && a.customers >= kFewCustomers && f.began_long_ago == 0)
    findings.push_back(
        {fmt::format("{} of customers have their first purchase on the first day, {}",
                     percent(f.began_first_day, a.customers), to_iso(f.first_day)),
         "the history was cut there, or an import gave all the same date: what they "
         "bought before is missing, so they look newer and livelier than they are",
         false});
}

void find_row_trouble(Findings& findings, const SummaryAudit& a, const SummaryFacts& f) {
  const auto note = [&](uint64_t rows, std::string_view what, std::string means, bool spoils) {
    if (rows > 0)
      findings.push_back({fmt::format("{} rows ({}) {}", rows, percent(rows, a.purchases), what),
                          std::move(means), spoils});
  };
  note(a.not_finite, "have an amount that is not a number, and were left out",
       "check the decimal sign and currency marks of the amount column",
       share(a.not_finite, a.purchases) > 0.05);
  note(a.negative_amounts, "are negative (refunds), and were left out",
       "spend is of purchases before refunds; where returns are many, net them per order first",
       false);
  note(a.zero_amounts, "have an amount of 0",
       "they count as purchases unless told not to, and never towards mean spend", false);
  note(a.identical_rows, "are the same as another in customer, time and amount",
       "if they are lines of one order give orders instead of lines; if the export ran twice, "
       "amounts "
       "are too high: days are merged, so that purchases are not",
       share(a.identical_rows, a.purchases) > 0.5);
  if (share(a.merged_days, a.purchases) > 0.2)
    note(a.merged_days, "were put together with another of the same customer and day",
         "a purchase is a day with at least one: rates and spend are per day of purchase", false);
  if (f.money == 0)
    findings.push_back({"no purchase has an amount above 0",
                        "how often people buy can be modelled, what they spend cannot", false});
}

void find_odd_customers(Findings& findings, const SummaryAudit& a, const SummaryFacts& f) {
  if (a.customers < 2) return;
  const double most = static_cast<double>(f.most_purchases);
  const bool many = most >= 20 && most > kDominant * static_cast<double>(a.counted);
  if (many)
    findings.push_back(
        {fmt::format("customer {} makes {} of all purchases", f.busiest,
                     percent(f.most_purchases, a.counted)),
         "such a number is mostly a till, a guest account or a reseller: leave it out, "
         "one customer like this bends the mixture of all",
         true});
  if (f.most_money > kDominant * f.money && a.customers >= kFewCustomers &&
      !(many && f.richest == f.busiest))
    findings.push_back({fmt::format("customer {} makes {:.1f} % of all money", f.richest,
                                    100 * f.most_money / f.money),
                        "value in total hangs on one customer: look at her by herself", false});
  if (f.with_three_gaps >= 20 && share(f.like_clockwork, f.with_three_gaps) > 0.1)
    findings.push_back(
        {fmt::format("{} of those who bought four times or more did so at equal intervals",
                     percent(f.like_clockwork, f.with_three_gaps)),
         "renewals and standing orders are contracts, not choices: leave them to a retention model "
         "(sbg), or a customer who stops looks alive for too long",
         share(f.like_clockwork, f.with_three_gaps) > 0.5});
}

}  // namespace

Findings find_faults(const SummaryAudit& audit, const SummaryFacts& facts) {
  Findings findings;
  find_too_few(findings, audit, facts);
  find_one_time_buyers(findings, audit);
  find_time_trouble(findings, audit, facts);
  find_row_trouble(findings, audit, facts);
  find_odd_customers(findings, audit, facts);
  if (audit.regularity.is_regular || audit.regularity.is_bursty) {
    const std::string& words = audit.regularity.words;
    const size_t colon = words.find(": ");
    findings.push_back({words.substr(0, colon), words.substr(colon + 2), false});
  }
  std::ranges::stable_sort(findings,
                           [](const auto& a, const auto& b) { return a.spoils > b.spoils; });
  return findings;
}

}  // namespace regulars::models
