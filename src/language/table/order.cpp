#include "language/table/table.h"

namespace regulars::language {
namespace {

FunctionRow gap(std::string_view name, std::string_view signature, std::string_view meaning,
                Lower lower, std::vector<Example> examples, std::string_view unknowns) {
  return {name,
          Chapter::kOrder,
          signature,
          "a number of days; of instants a length of time",
          meaning,
          unknowns,
          std::move(examples),
          lower,
          1,
          1,
          kAggregate};
}

Rows gaps() {
  return {
      gap("typical_gap", "typical_gap(EVENT [where RULE]) [over SPAN]",
          "The median of the gaps between the customer's own days with the event.",
          lower_typical_gap, {{"typical_gap(purchase) <= 14", "every two weeks or oftener"}},
          "Unknown with less than two days."),
      gap("average_gap", "average_gap(EVENT [where RULE]) [over SPAN]", "Their mean.",
          lower_average_gap, {{"average_gap(purchase) <= 60 days", "every two months or oftener"}},
          "Unknown with less than two days."),
      gap("shortest_gap", "shortest_gap(EVENT [where RULE]) [over SPAN]", "The shortest.",
          lower_shortest_gap,
          {{"shortest_gap(purchase.at) < 2 hours", "came back within two hours"}},
          "Unknown with less than two days."),
      gap("longest_gap", "longest_gap(EVENT [where RULE]) [over SPAN]", "The longest.",
          lower_longest_gap, {{"longest_gap(purchase) > 90", "was away for three months"}},
          "Unknown with less than two days."),
      {"gap_spread",
       Chapter::kOrder,
       "gap_spread(EVENT [where RULE]) [over SPAN]",
       "real number",
       "Standard deviation of the gaps divided by their mean: above 1.2 the rhythm tells little.",
       "Unknown with less than three days.",
       {{"gap_spread(purchase) over last 2 years > 1.2", "buys by whim"}},
       lower_gap_spread,
       1,
       1,
       kAggregate},
  };
}

Rows runs() {
  return {
      {"spaced_count",
       Chapter::kOrder,
       "spaced_count(EVENT, TIME [where RULE]) [over SPAN]",
       "integer",
       "Events counted from the earliest so that those counted lie at least so far apart.",
       "0 of nothing.",
       {{"spaced_count(purchase, 7 days) over last 1 year >= 3", "three, a week or more apart"}},
       lower_spaced_count,
       2,
       2,
       kAggregate},
      {"sessions",
       Chapter::kOrder,
       "sessions(EVENT [, TIME] [where RULE]) [over SPAN]",
       "integer",
       "Runs of events with gaps of at most so long; 30 minutes where no time is given.",
       "0 of nothing.",
       {{"sessions(visit) over last 30 days >= 2", "here twice or more"}},
       lower_sessions,
       1,
       2,
       kAggregate},
      {"session_start",
       Chapter::kOrder,
       "session_start(EVENT [, TIME] [where RULE])",
       "instant",
       "When the latest such run began.",
       "Unknown of nothing.",
       {{"session_start(visit) within last 1 year", "the latest session began in the last year"}},
       lower_session_start,
       1,
       2,
       kAggregate},
      {"streak",
       Chapter::kOrder,
       "streak(EVENT, PERIOD [where RULE])",
       "integer",
       "Consecutive days, weeks, months, quarters or years with an event, up to the current one, "
       "or "
       "to the one before while the current holds none yet.",
       "0 of nothing.",
       {{"streak(purchase, month) >= 3", "three months running"}},
       lower_streak,
       2,
       2,
       kAggregate},
      {"longest_streak",
       Chapter::kOrder,
       "longest_streak(EVENT, PERIOD [where RULE]) [over SPAN]",
       "integer",
       "The longest such run.",
       "0 of nothing.",
       {{"longest_streak(purchase, week) over last 1 year >= 2", "two weeks running once"}},
       lower_longest_streak,
       2,
       2,
       kAggregate},
      {"regular",
       Chapter::kOrder,
       "regular(EVENT, K, N UNIT [where RULE])",
       "true or false",
       "Whether at least K of the last N whole periods hold an event.",
       "Never unknown.",
       {{"regular(purchase, 3, 4 months)", "in three of the last four months"}},
       lower_regular,
       3,
       3,
       kTakesWhere | kOutsideWhere},
      {"stopped",
       Chapter::kOrder,
       "stopped(EVENT, TIME [where RULE])",
       "true or false",
       "Whether it happened before, and not in that time.",
       "Never unknown.",
       {{"stopped(purchase, 90 days)", "bought, but not in the last 90 days"}},
       lower_stopped,
       2,
       2,
       kTakesWhere | kOutsideWhere},
      {"returned",
       Chapter::kOrder,
       "returned(EVENT, TIME [where RULE]) over SPAN",
       "true or false",
       "Whether an event of the span ended a silence of at least that time.",
       "Never unknown.",
       {{"returned(purchase, 60 days) over last 1 year", "was away for 60 days and came back"}},
       lower_returned,
       2,
       2,
       kAggregate},
  };
}

}  // namespace

Rows order_rows() {
  Rows rows = gaps();
  for (FunctionRow& row : runs()) rows.push_back(std::move(row));
  rows.push_back(
      {"sequence",
       Chapter::kOrder,
       "sequence(EVENT [as A] [where RULE] then [not] [next] EVENT ... [within TIME] [at least "
       "TIME "
       "later]) [over SPAN]",
       "integer; as a rule: at least one",
       "How many events begin a match; up to eight steps, each strictly later than the one before. "
       "`not`: no such event between, or none within the time after the last. `next` at every "
       "step: "
       "no other events of these types between. Steps are compared by A.FIELD.",
       "0 of nothing. Unknown conditions do not match.",
       {{"sequence(cart_add then not purchase within 2 days) over last 1 year",
         "a basket left behind"},
        {"sequence(visit then purchase within 1 hour) >= 1", "looked, then bought"},
        {"sequence(cart_add as a then purchase as b where b.item.product = a.product within 7 "
         "days)",
         "bought what was in the basket"},
        {"sequence(message_sent where campaign = 'spring' then purchase within 7 days)",
         "bought within a week of the message"},
        {"sequence(purchase then next purchase at least 30 days later)",
         "came again after a month or more"}}});
  return rows;
}

}  // namespace regulars::language
