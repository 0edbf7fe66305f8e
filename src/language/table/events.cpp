#include "language/table/table.h"

namespace regulars::language {
namespace {

Rows counting() {
  return {
      {"count", Chapter::kEvents, "count([distinct] EVENT or ITEM or VALUE [where RULE]) [over SPAN]",
       "integer",
       "How many events there are; of `item`, how many order lines; of a field, how many events have "
       "it; with `distinct`, how many different values: of a field, of day(...), week(...), "
       "month(...). Purchases that were undone by refunds are left out from then on.",
       "Nothing counts 0. Events whose `where` is unknown are not counted.",
       {{"count(purchase) over last 90 days >= 3", "three or more purchases in 90 days"},
        {"count(purchase where channel = 'web') over last 1 year = 0", "none on the web for a year"},
        {"count(distinct item.category) over last 1 year", "categories bought from"},
        {"count(distinct day(purchase)) over last 2 years >= 5", "five or more purchase days"},
        {"count(distinct month(purchase)) over last 1 year", "months with a purchase"},
        {"count(item where category = 'coffee')", "order lines of coffee"},
        {"count(purchase where any item (category = 'coffee' and quantity >= 2)) >= 1",
         "some purchase holds two or more of one coffee"}},
       lower_count, 1, 1, kAggregate | kTakesDistinct},
      {"sum", Chapter::kEvents, "sum(VALUE [where RULE]) [over SPAN]", "as the value",
       "The exact sum of a number of each event or item. purchase.amount is gross; purchase.net is "
       "less the refunds that point at the purchase, and without `where` less those that point at "
       "none, at their own time.",
       "Nothing sums to 0. Unknown values are left out.",
       {{"sum(purchase.amount) over last 1 year > 200", "more than 200 in a year, gross"},
        {"sum(purchase.net) over last 180 days < 0.5 * sum(purchase.net) over 360 to 180 days ago",
         "less than half of the half-year before"},
        {"sum(item.quantity * item.price) over lifetime", "at list prices"},
        {"sum(refund.amount) over last 1 year > 0.5 * sum(purchase.amount) over last 1 year",
         "gives back more than half"}},
       lower_sum, 1, 1, kAggregate},
      {"avg", Chapter::kEvents, "avg(VALUE [where RULE]) [over SPAN]", "real number",
       "The mean of a number of each event: one division of exact numbers.",
       "Unknown of nothing. Unknown values are left out.",
       {{"avg(purchase.amount) over last 1 year >= 40", "40 or more an order"}},
       lower_avg, 1, 1, kAggregate},
      {"min", Chapter::kEvents, "min(VALUE [where RULE]) [over SPAN]", "as the value",
       "The smallest number, or the earliest day or instant.", "Unknown of nothing.",
       {{"min(purchase.amount) over last 1 year >= 10", "no order below 10"}},
       lower_min, 1, 1, kAggregate},
      {"max", Chapter::kEvents, "max(VALUE [where RULE]) [over SPAN]", "as the value",
       "The largest number, or the latest day or instant.", "Unknown of nothing.",
       {{"max(item.price) over lifetime > 100", "bought something above 100"}},
       lower_max, 1, 1, kAggregate},
      {"median", Chapter::kEvents, "median(VALUE [where RULE]) [over SPAN]", "real number",
       "The middle number, or the mean of the two middle ones.", "Unknown of nothing.",
       {{"median(purchase.amount) over last 1 year", "the usual order"}},
       lower_median, 1, 1, kAggregate},
  };
}

Rows single() {
  return {
      {"first", Chapter::kEvents, "first(EVENT or VALUE [where RULE]) [over SPAN]",
       "instant, or as the value",
       "When the earliest event was, or a field of it. Ties in time go by the event's number.",
       "Unknown of nothing, and where that event lacks the field.",
       {{"days_since(first(purchase)) between 7 and 60", "the first purchase is 7 to 60 days old"},
        {"first(purchase.channel) = 'store'", "came through the store"}},
       lower_first, 1, 1, kAggregate},
      {"last", Chapter::kEvents, "last(EVENT or VALUE [where RULE]) [over SPAN]",
       "instant, or as the value", "When the latest event was, or a field of it.",
       "Unknown of nothing, and where that event lacks the field.",
       {{"last(purchase) within last 30 days", "bought in the last 30 days"},
        {"last(survey.score where question = 'nps') <= 6", "the latest answer is 6 or less"}},
       lower_last, 1, 1, kAggregate},
      {"first_ever", Chapter::kEvents, "first_ever(EVENT [where RULE]) within SPAN", "instant",
       "When something happened for the first time; with `within`, whether that was in the span.",
       "Unknown when it never happened.",
       {{"first_ever(purchase where channel = 'web') within last 30 days",
         "bought on the web for the first time"}},
       lower_first_ever, 1, 1, kTakesWhere | kOutsideWhere},
      {"nth", Chapter::kEvents, "nth(EVENT or VALUE, N [where RULE]) [over SPAN]",
       "instant, or as the value",
       "The same of the N-th event in time; -1 is the last, -2 the one before.",
       "Unknown when there are not so many.",
       {{"nth(purchase, 2) - nth(purchase, 1) <= 30 days", "came again within 30 days"},
        {"nth(purchase.channel, -2) = 'store'", "the one before last was in the store"}},
       lower_nth, 2, 2, kAggregate},
      {"favourite", Chapter::kEvents, "favourite(VALUE [, NUMBER] [where RULE]) [over SPAN]",
       "as the value",
       "The commonest value; with a number, the one with the largest sum of it. Ties: the smallest.",
       "Unknown of nothing.",
       {{"favourite(item.category) = 'coffee'", "buys coffee most often"},
        {"favourite(item.category, item.amount) over last 1 year = 'coffee'",
         "spends most on coffee"},
        {"favourite(weekday(purchase)) = 6", "mostly on Saturdays"}},
       lower_favourite, 1, 2, kAggregate},
      {"rank_of", Chapter::kEvents, "rank_of(VALUE, LITERAL [, NUMBER] [where RULE]) [over SPAN]",
       "integer", "The place of one value among a customer's values by how often it occurs, or by a "
                  "sum: 1 is the favourite.",
       "Unknown when it never occurs.",
       {{"rank_of(item.category, 'coffee') <= 3", "coffee is among the first three"}},
       lower_rank_of, 2, 3, kAggregate},
  };
}

Rows ratios() {
  return {
      {"share", Chapter::kEvents, "share(EVENT or VALUE where RULE [within RULE]) [over SPAN]",
       "real number",
       "The part of a sum, or of the events or items, for which the rule is true; `within` narrows "
       "the whole, too.",
       "Unknown when the whole is zero or nothing.",
       {{"share(item.amount where discount > 0.00) over last 1 year >= 0.7",
         "70 % of the spending was reduced"},
        {"share(item.amount where product.eco within category = 'coffee') >= 0.5",
         "half of the coffee is organic"},
        {"share(purchase where weekday(at) >= 6) >= 0.8", "four of five purchases at weekends"}},
       lower_share, 1, 1, kAggregate | kTakesWithin},
      {"rate", Chapter::kEvents, "rate(A / B [, at least N])", "real number",
       "A ratio that is only given from a smallest denominator on: small ones would fill every list.",
       "Unknown when B is below N, zero or unknown.",
       {{"rate(count(message_clicked) / count(message_delivered), at least 2) >= 0.5",
         "clicks on every other message, of at least two"}},
       lower_rate, 1, 1, kTakesAtLeast | kOutsideWhere},
      {"change", Chapter::kEvents, "change(AGGREGATE over SPAN)", "real number",
       "Relative change against the window before of the same length: 0.2 is 20 % up, -0.5 half. For "
       "`this month` against the same part of the month before.",
       "Unknown when there was nothing before.",
       {{"change(sum(purchase.net) over last 90 days) <= -0.5", "spending has halved"}},
       lower_change, 1, 1, kOutsideWhere},
      {"trend", Chapter::kEvents, "trend(AGGREGATE over SPAN)", "text: up, down, level",
       "Whether an aggregate is above or below that of the window before.",
       "Unknown when either is.",
       {{"trend(count(purchase) over last 90 days) = 'down'", "fewer purchases than before"}},
       lower_trend, 1, 1, kOutsideWhere},
      {"interest", Chapter::kEvents, "interest(EVENT or ITEM or NUMBER, HALF-LIFE [where RULE]) [over SPAN]",
       "real number",
       "A count or sum in which every event weighs half as much after each half-life.",
       "0 of nothing.",
       {{"interest(item, 90 days where category = 'coffee') >= 1.5", "a fresh interest in coffee"}},
       lower_interest, 2, 2, kAggregate},
  };
}

}  // namespace

Rows event_rows() {
  Rows rows = counting();
  for (Rows part : {single(), ratios()}) rows.insert(rows.end(), part.begin(), part.end());
  return rows;
}

}  // namespace regulars::language
