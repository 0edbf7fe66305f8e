#include <array>

#include "segments/features.h"
#include "segments/shop_facts.h"

namespace regulars::segments {
namespace {

using evaluate::AnswerColumn;
using evaluate::Answers;
using evaluate::between_ago;
using evaluate::rolling;

constexpr int kDays = 90;

// Sums over customers of one instant's answers.
struct Sums {
  Int128 net = 0, gross = 0, discount = 0;  // of the last 90 days
  int64_t orders = 0, active = 0;
  int64_t customers = 0, repeat = 0;
  int64_t previous = 0, kept = 0;    // bought in the 90 days before; of them, again since
  int64_t starters = 0, second = 0;  // first bought 90 to 455 days ago; second day within 90
};

void add_start(Sums& sums, int64_t first, int64_t second, Day as_of_day) {
  const bool again = second != kMissing;
  ++sums.customers;
  sums.repeat += again ? 1 : 0;
  const int64_t age = as_of_day.number - first;
  if (age < kDays || age >= kDays + 365) return;
  ++sums.starters;
  sums.second += again && second - first <= kDays ? 1 : 0;
}

Sums sum(const Answers& answers, Day as_of_day, Day history_begin) {
  const AnswerColumn& net = *answers.find("net");
  const AnswerColumn& gross = *answers.find("gross");
  const AnswerColumn* discount = answers.find("discount");
  const AnswerColumn& orders = *answers.find("orders");
  const AnswerColumn& orders_before = *answers.find("before");
  const AnswerColumn& first_day = *answers.find("first_day");
  const AnswerColumn& second_day = *answers.find("second_day");
  // Retention compares two whole periods.
  const bool before_is_whole = as_of_day - 2 * kDays + 1 >= history_begin;
  Sums sums;
  for (size_t c = 0; c < net.known.size(); ++c) {
    const int64_t bought = orders.number_or(c, 0);
    const bool before = before_is_whole && orders_before.number_or(c, 0) > 0;
    sums.net += net.number_or(c, 0);
    sums.gross += gross.number_or(c, 0);
    if (discount != nullptr) sums.discount += discount->number_or(c, 0);
    sums.orders += bought;
    sums.active += bought > 0 ? 1 : 0;
    sums.previous += before ? 1 : 0;
    sums.kept += before && bought > 0 ? 1 : 0;
    const int64_t first = first_day.number_or(c, kMissing);
    if (first != kMissing) add_start(sums, first, second_day.number_or(c, kMissing), as_of_day);
  }
  return sums;
}

std::optional<double> share(Int128 part, Int128 whole) {
  if (whole <= 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

struct Row {
  const char* name;
  const char* meaning;
  Headline::Unit unit;
  std::optional<double> (*value)(const Sums&);
};

constexpr std::array kRows = {
    Row{"Net revenue, 90 days", "purchases less refunds of the last 90 days, each at its own date",
        Headline::Unit::kMoney,
        [](const Sums& s) { return std::optional(static_cast<double>(s.net)); }},
    Row{"Active customers, 90 days", "customers with a purchase in the last 90 days",
        Headline::Unit::kCount,
        [](const Sums& s) { return std::optional(static_cast<double>(s.active)); }},
    Row{"Repeat rate, ever", "customers with at least two purchase days among all customers so far",
        Headline::Unit::kShare, [](const Sums& s) { return share(s.repeat, s.customers); }},
    Row{"Second order within 90 days",
        "of those whose first purchase was 90 to 455 days ago, a second purchase day within 90 "
        "days",
        Headline::Unit::kShare, [](const Sums& s) { return share(s.second, s.starters); }},
    Row{"Retention, 90 days",
        "of those who bought in the 90 days before the last 90, who bought again in the last 90",
        Headline::Unit::kShare, [](const Sums& s) { return share(s.kept, s.previous); }},
    Row{"Orders per active customer", "orders of the last 90 days / customers active in them",
        Headline::Unit::kRatio, [](const Sums& s) { return share(s.orders, s.active); }},
    Row{"Average order", "net revenue / orders, of the last 90 days", Headline::Unit::kMoney,
        [](const Sums& s) { return share(s.net, s.orders); }},
};

}  // namespace

Result<std::vector<Headline>> headlines(const History& history, const Zone& zone,
                                        const CustomerFacts& facts, Day history_begin,
                                        double identified_share, size_t threads) {
  const Instant now = facts.as_of;
  const std::array<Instant, 3> instants = {now, now - days(kDays), now - days(364)};
  const PurchaseFeatures features(history);
  std::vector<evaluate::Definition> definitions = {
      {"net", features.net_within(rolling(days(kDays)))},
      {"gross", features.gross(rolling(days(kDays)))},
      {"orders", features.orders(rolling(days(kDays)))},
      {"before", features.orders(between_ago(days(int64_t{2} * kDays), days(kDays)))},
      {"first_day", features.nth_purchase_day(1)},
      {"second_day", features.nth_purchase_day(2)}};
  const evaluate::ExpressionPtr discount = features.discount(rolling(days(kDays)));
  if (discount != nullptr) definitions.push_back({"discount", discount});
  REGULARS_ASSIGN(const evaluate::Plan plan,
                  evaluate::Plan::compile(evaluate::schema_of(history), definitions, zone));
  REGULARS_ASSIGN(const std::vector<Answers> answers,
                  plan.run(history, instants, {.threads = threads, .given = {}}));

  std::array<std::optional<Sums>, 3> sums;
  for (size_t i = 0; i < instants.size(); ++i) {
    // A figure over 90 days needs 90 days of history before it.
    const Day day = zone.day_of(instants[i]);
    if (i == 0 || day - kDays + 1 >= history_begin) sums[i] = sum(answers[i], day, history_begin);
  }
  std::vector<Headline> result;
  for (const Row& row : kRows) {
    Headline headline{row.name, row.meaning, row.unit, {}, {}, {}};
    if (sums[0]) headline.now = row.value(*sums[0]);
    if (sums[1]) headline.before = row.value(*sums[1]);
    if (sums[2]) headline.year_ago = row.value(*sums[2]);
    result.push_back(std::move(headline));
  }
  if (discount != nullptr) {
    const auto of = [](const std::optional<Sums>& s) {
      return s ? share(s->discount, s->gross + s->discount) : std::nullopt;
    };
    result.push_back({"Discount share, 90 days",
                      "discounts / (what was sold + discounts), of the last 90 days",
                      Headline::Unit::kShare, of(sums[0]), of(sums[1]), of(sums[2])});
  }
  result.push_back({"Identified share",
                    "sales with a customer among all sales of the file",
                    Headline::Unit::kShare,
                    identified_share,
                    {},
                    {}});
  return result;
}

}  // namespace regulars::segments
