#include "language/table/table.h"

namespace regulars::language {

Rows window_rows() {
  const auto span = [](std::string_view name, std::string_view signature, std::string_view meaning,
                       std::vector<Example> examples) {
    return FunctionRow{name,
                       Chapter::kWindows,
                       signature,
                       "a span of time",
                       meaning,
                       "An unknown anchor makes the aggregate unknown.",
                       std::move(examples)};
  };
  return {
      span("over lifetime", "over lifetime", "Everything up to the instant; the same as no `over`.",
           {{"count(purchase) over lifetime = 1", "bought once"}}),
      span("over last", "over last N UNIT",
           "Up to the instant: seconds to weeks are exact durations, months to years go by the "
           "calendar.",
           {{"count(visit) over last 36 hours >= 1", "here in the last 36 hours"},
            {"count(purchase) over last 3 months >= 1", "since the same day three months ago"}}),
      span("over last calendar", "over last N calendar UNIT",
           "Whole local days, weeks, months, quarters or years, the current one included.",
           {{"count(purchase) over last 7 calendar days >= 1", "today or the six days before"}}),
      span("over past", "over past N [retail] UNIT",
           "Whole periods before the current one; `retail` by the project's retail calendar.",
           {{"count(purchase) over past 3 months >= 3", "in the three full months before this"},
            {"count(purchase) over past 2 retail months >= 1", "in two retail months"}}),
      span("over this", "over this [retail] UNIT", "From the beginning of the current period.",
           {{"sum(purchase.net) over this year > 100", "more than 100 since New Year"},
            {"sum(purchase.net) over this week in customer zone > 0", "by her own clock"}}),
      span("over last period", "over last [retail] UNIT",
           "The whole period before the current one.",
           {{"count(purchase) over last month = 0", "nothing in the month before"}}),
      span("ago", "over N to M UNIT ago", "Between two times before the instant.",
           {{"sum(purchase.net) over 360 to 180 days ago > 50", "the half-year before the last"}}),
      span("from to", "over from 'DATE' to 'DATE'",
           "Both days inside, in the project's zone. A time of day may follow: '2025-01-31 14:30'.",
           {{"count(purchase) over from '2025-11-24' to '2025-11-30' >= 1", "in that week"}}),
      span("since", "over since INSTANT or DAY or 'DATE'",
           "After an instant of the customer's own; a day counts from its beginning.",
           {{"count(visit) over since last(purchase) >= 2", "two visits since the last purchase"},
            {"count(purchase) over since '2025-06-01' >= 1", "since 1 June"}}),
      span("after", "over N UNIT after INSTANT or DAY", "A span that begins with an instant.",
           {{"count(purchase) over 30 days after first(purchase) >= 1",
             "a second purchase within 30 days"}}),
      span("session", "over last session [gap N UNIT]",
           "From the beginning of the latest run of the events with gaps of at most 30 minutes, or "
           "as given.",
           {{"count(visit) over last session gap 1 hour >= 2", "two pages in the latest session"}}),
      span("within next", "INSTANT within next N [calendar] UNIT",
           "Only for instants and days that are known ahead. `over next` is for what models learn.",
           {{"birthday within next 14 days", "the birthday comes within two weeks"}}),
      span("in customer zone", "SPAN in customer zone",
           "Local means the customer's own zone, her attribute `zone`; the project's without one.",
           {{"count(purchase) over last 7 calendar days in customer zone >= 1",
             "by her own clock"}}),
  };
}

}  // namespace regulars::language
