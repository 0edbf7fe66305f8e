#include "language/table/table.h"

namespace regulars::language {
namespace {

Rows elapsed() {
  const auto since = [](std::string_view name, std::string_view signature, std::string_view meaning,
                        Lower lower, std::vector<Example> examples) {
    return FunctionRow{name,    Chapter::kTime, signature,
                       "integer", meaning,      "Unknown for an unknown instant.",
                       std::move(examples), lower, 1, 1, kNoClause};
  };
  return {
      since("days_since", "days_since(INSTANT or DAY)", "Whole elapsed days, of 24 hours each.",
            lower_days_since,
            {{"days_since(last(purchase)) > 2 * typical_gap(purchase)", "silent for two own gaps"},
             {"days_since(last(purchase)) <= 30 days", "the unit may be written"}}),
      since("hours_since", "hours_since(INSTANT)", "Whole elapsed hours.", lower_hours_since,
            {{"hours_since(last(visit)) <= 36", "here in the last 36 hours"}}),
      since("minutes_since", "minutes_since(INSTANT)", "Whole elapsed minutes.",
            lower_minutes_since, {{"minutes_since(last(visit)) < 90", "an hour and a half ago"}}),
      since("seconds_since", "seconds_since(INSTANT)", "Whole elapsed seconds.",
            lower_seconds_since, {{"seconds_since(last(visit)) < 90", "a moment ago"}}),
      since("weeks_since", "weeks_since(INSTANT or DAY)", "Whole elapsed weeks.", lower_weeks_since,
            {{"weeks_since(first(purchase)) >= 12", "a customer for twelve weeks"}}),
      since("months_since", "months_since(INSTANT or DAY)",
            "Whole calendar months; complete on the same day of the month.", lower_months_since,
            {{"months_since(first(purchase)) >= 6", "for half a year"}}),
      since("years_since", "years_since(INSTANT or DAY)",
            "Whole calendar years; 29 February is complete on 1 March in common years.",
            lower_years_since, {{"years_since(sign_up_date) >= 1", "signed up a year ago"}}),
      since("days_until", "days_until(INSTANT or DAY)", "Whole days still to come.",
            lower_days_until, {{"days_until('2026-12-24') <= 30", "a month before Christmas Eve"}}),
      {"age", Chapter::kTime, "age, or age(DAY)", "integer",
       "Whole years since a birth date; without argument of the attribute birth_date.",
       "Unknown without a birth date.",
       {{"age(birth_date) between 18 and 35", "from 18 to 35, both included"}},
       lower_age, 1, 1, kNoClause},
  };
}

Rows parts() {
  const auto part = [](std::string_view name, std::string_view range, Lower lower,
                       std::vector<Example> examples, std::string_view signature) {
    return FunctionRow{name, Chapter::kTime, signature, "integer", range,
                       "Unknown for an unknown instant.", std::move(examples), lower, 0, 2,
                       kNoClause};
  };
  return {
      part("year", "The calendar year in the zone.", lower_year,
           {{"year(first(purchase)) = 2025", "came in 2025"}}, "year(INSTANT or DAY [, customer])"),
      part("quarter", "1 to 4.", lower_quarter,
           {{"share(purchase where quarter(at) = 4) >= 0.8", "buys in the last quarter"}},
           "quarter(INSTANT or DAY [, customer])"),
      part("month", "1 to 12. Among distinct values: which month, with its year.", lower_month,
           {{"share(purchase.net where month(at) in (11, 12)) over last 2 years >= 0.8",
             "buys before Christmas"}},
           "month(INSTANT or DAY [, customer])"),
      part("week", "ISO 8601 week, 1 to 53. Among distinct values: which week, with its year.",
           lower_week, {{"count(distinct week(purchase)) over last 90 days >= 3", "in three weeks"}},
           "week(INSTANT or DAY [, customer])"),
      part("weekday", "1 is Monday, 7 Sunday.", lower_weekday,
           {{"share(purchase where weekday(at) >= 6) >= 0.5", "half at weekends"}},
           "weekday(INSTANT or DAY [, customer])"),
      part("day_of_month", "1 to 31.", lower_day_of_month,
           {{"count(purchase where day_of_month(at) <= 5) >= 1", "at the beginning of a month"}},
           "day_of_month(INSTANT or DAY [, customer])"),
      part("hour", "0 to 23.", lower_hour,
           {{"share(visit where hour(at) between 6 and 11) >= 0.5", "mornings"},
            {"count(visit where hour(at, customer) < 6) >= 1", "at night by her own clock"}},
           "hour(INSTANT [, customer])"),
      part("minute", "0 to 59.", lower_minute,
           {{"count(visit where minute(at) < 30) >= 1", "in the first half of an hour"}},
           "minute(INSTANT [, customer])"),
  };
}

Rows days() {
  return {
      {"day", Chapter::kTime, "day(EVENT or INSTANT)", "day", "The local day.",
       "Unknown for an unknown instant.",
       {{"count(distinct day(visit)) over last 30 days >= 2", "here on two days"}},
       lower_day, 1, 1, kNoClause},
      {"at", Chapter::kTime, "at", "instant", "Inside `where`: when the event happened.",
       "Always known.", {{"count(purchase where hour(at) < 12) >= 1", "a purchase before noon"}}},
      {"now", Chapter::kTime, "now", "instant", "The instant the answer is about.", "Always known.",
       {{"now - last(purchase) > 30 days", "the last purchase is older than 30 days"}},
       lower_now, kWord, 0, kNoClause},
      {"today", Chapter::kTime, "today", "day", "Its local day.", "Always known.",
       {{"weekday(today) = 1", "on Mondays"}}, lower_today, kWord, 0, kNoClause},
      {"birthday", Chapter::kTime, "birthday within SPAN", "true or false",
       "Whether the birthday (attribute birth_date) lies within the next or last days, or this month. "
       "29 February is kept on the 28th in common years.",
       "Unknown without a birth date.",
       {{"birthday within next 14 days", "in the next two weeks"},
        {"birthday within this month", "this month"}},
       lower_birthday, kWord, 0, kNoClause},
      {"anniversary", Chapter::kTime, "anniversary(INSTANT or DAY) within SPAN", "true or false",
       "The same for any day.", "Unknown for an unknown day.",
       {{"anniversary(first(purchase)) within next 7 days", "a customer for whole years next week"}},
       lower_anniversary, 1, 1, kOutsideWhere},
      {"held", Chapter::kTime, "held(ATTRIBUTE or RULE)", "a length of time",
       "How long the attribute has had its value, or the rule has been true.",
       "Unknown when the attribute is, or when the rule is not true now.",
       {{"held(tier = 'gold') >= 90 days", "gold for 90 days"},
        {"held(city) >= 30 days", "has not moved for 30 days"}},
       lower_held, 1, 1, kOutsideWhere},
      {"held_since", Chapter::kTime, "held_since(ATTRIBUTE or RULE)", "instant",
       "Since when the attribute has had its value, or the rule has been true.",
       "Unknown when the attribute is, or when the rule is not true now.",
       {{"held_since(in_segment('regulars')) within last 30 days", "a regular since lately"}},
       lower_held_since, 1, 1, kOutsideWhere},
      {"at moment", Chapter::kTime, "VALUE at N UNIT ago, at 'DATE', at start of UNIT",
       "as the value", "Anything as of an earlier instant; a date means its end.",
       "As the value then.",
       {{"count(purchase) at 90 days ago >= 2", "had two purchases 90 days ago"},
        {"city at '2025-06-30' = 'Leeds'", "lived there at the end of June"},
        {"in_segment('regulars') at start of month", "was one when the month began"}}},
  };
}

}  // namespace

Rows time_rows() {
  Rows rows = elapsed();
  for (Rows part : {parts(), days()}) rows.insert(rows.end(), part.begin(), part.end());
  return rows;
}

}  // namespace regulars::language
