#include "segments/customer_facts.h"

#include <algorithm>
#include <limits>

#include "segments/features.h"

namespace regulars::segments {
namespace {

using evaluate::AnswerColumn;
using evaluate::Answers;
using evaluate::Definition;

std::vector<Definition> definitions(const PurchaseFeatures& features, Instant as_of,
                                    const Zone& zone, const FactsWindow& window) {
  using evaluate::AggregateKind;
  const Instant year_ago = as_of - days(365);
  const Instant window_begin = window.rfm_window_months > 0
                                   ? zone.add_months(as_of, -window.rfm_window_months)
                                   : Instant{std::numeric_limits<int64_t>::min() + 1};
  std::vector<Definition> list = {
      {"first_at", features.of_purchases(AggregateKind::kFirst, evaluate::at_value())},
      {"last_at", features.of_purchases(AggregateKind::kLast, evaluate::at_value())},
      {"first_day", features.of_purchases(AggregateKind::kMin, evaluate::day_value())},
      {"last_day", features.of_purchases(AggregateKind::kMax, evaluate::day_value())},
      {"orders", features.orders(evaluate::lifetime())},
      {"purchase_days", features.of_purchases(AggregateKind::kDistinct, evaluate::day_value())},
      {"gross", features.gross(evaluate::lifetime())},
      {"refunds", features.refunds()},
      {"net", features.net_since(std::nullopt)},
      {"window_orders", features.orders(evaluate::absolute(window_begin + microseconds(1),
                                                           as_of + microseconds(1)))},
      {"window_net", features.net_since(window_begin)},
      {"year_net", features.net_since(year_ago)},
      {"median_gap", features.of_purchases(AggregateKind::kMedianGap, evaluate::day_value())},
  };
  for (int step = 1; step <= kLadderSteps; ++step) {
    list.push_back({"day_" + std::to_string(step), features.nth_purchase_day(step)});
  }
  return list;
}

std::vector<int64_t> numbers(const Answers& answers, const std::string& name, int64_t fallback) {
  const AnswerColumn& column = *answers.find(name);
  std::vector<int64_t> values(column.known.size());
  for (size_t c = 0; c < values.size(); ++c) values[c] = column.number_or(c, fallback);
  return values;
}

std::vector<double> reals(const Answers& answers, const std::string& name) {
  const AnswerColumn& column = *answers.find(name);
  std::vector<double> values(column.known.size(), std::numeric_limits<double>::quiet_NaN());
  for (size_t c = 0; c < values.size(); ++c) {
    if (column.known[c] != 0) values[c] = column.reals[c];
  }
  return values;
}

CustomerFacts to_facts(const Answers& answers, const Zone& zone, int scale) {
  CustomerFacts facts;
  facts.as_of = answers.as_of;
  facts.as_of_day = zone.day_of(answers.as_of);
  facts.scale = scale;
  facts.first_at = numbers(answers, "first_at", kUnknown);
  facts.last_at = numbers(answers, "last_at", kUnknown);
  facts.first_day = numbers(answers, "first_day", kUnknown);
  facts.last_day = numbers(answers, "last_day", kUnknown);
  facts.orders = numbers(answers, "orders", 0);
  facts.purchase_days = numbers(answers, "purchase_days", 0);
  facts.gross = numbers(answers, "gross", 0);
  facts.refunds = numbers(answers, "refunds", 0);
  facts.net = numbers(answers, "net", 0);
  facts.window_orders = numbers(answers, "window_orders", 0);
  facts.window_net = numbers(answers, "window_net", 0);
  facts.year_net = numbers(answers, "year_net", 0);
  facts.median_gap_days = reals(answers, "median_gap");
  for (int step = 0; step < kLadderSteps; ++step) {
    facts.nth_day[step] = numbers(answers, "day_" + std::to_string(step + 1), kUnknown);
  }
  return facts;
}

}  // namespace

Result<std::vector<CustomerFacts>> customer_facts(const History& history, const Zone& zone,
                                                  std::span<const Instant> as_of,
                                                  const FactsWindow& window, size_t threads) {
  const PurchaseFeatures features(history, window.activity);
  std::vector<CustomerFacts> facts;
  for (const Instant t : as_of) {
    // The window's begin is an instant of its own for each t, so each has its own plan.
    REGULARS_ASSIGN(const evaluate::Plan plan,
                    evaluate::Plan::compile(evaluate::schema_of(history),
                                            definitions(features, t, zone, window), zone));
    REGULARS_ASSIGN(const std::vector<Answers> answers,
                    plan.run(history, std::span(&t, 1), {.threads = threads, .given = {}}));
    facts.push_back(to_facts(answers.front(), zone, features.scale()));
  }
  return facts;
}

Result<LaterFacts> facts_between(const History& history, const Zone& zone, Instant from, Instant to,
                                 size_t threads) {
  const PurchaseFeatures features(history);
  const evaluate::Window window = evaluate::absolute(from + microseconds(1), to + microseconds(1));
  REGULARS_ASSIGN(
      const evaluate::Plan plan,
      evaluate::Plan::compile(
          evaluate::schema_of(history),
          {{"orders", features.orders(window)}, {"net", features.net_within(window)}}, zone));
  REGULARS_ASSIGN(const std::vector<Answers> answers,
                  plan.run(history, std::span(&to, 1), {.threads = threads, .given = {}}));
  return LaterFacts{numbers(answers.front(), "orders", 0), numbers(answers.front(), "net", 0)};
}

}  // namespace regulars::segments
