#include <algorithm>
#include <array>

#include "evaluate/json_names.h"
#include "evaluate/json_read.h"
#include "evaluate/json_write.h"

namespace regulars::evaluate {
namespace {

using Kind = Window::Kind;
using Pattern = RetailCalendar::Pattern;

// The key that makes a window one of its kind, and what else such a window may say.
struct KindKeys {
  Kind kind;
  const char* key;
  const char* first;
  const char* second;
};
constexpr std::array<KindKeys, 14> kKindKeys = {{{Kind::kRolling, "rolling", "to", ""},
                                                 {Kind::kMonths, "months", "to", ""},
                                                 {Kind::kCalendarDays, "calendar_days", "", ""},
                                                 {Kind::kThisPeriod, "this", "", ""},
                                                 {Kind::kLastPeriod, "last", "", ""},
                                                 {Kind::kBetween, "from", "until", ""},
                                                 {Kind::kCalendarPeriods, "periods", "of", ""},
                                                 {Kind::kPastPeriods, "past_periods", "of", ""},
                                                 {Kind::kAnchored, "anchor", "after", "to"},
                                                 {Kind::kSession, "session", "", ""},
                                                 {Kind::kAhead, "ahead", "", ""},
                                                 {Kind::kAheadMonths, "ahead_months", "", ""},
                                                 {Kind::kAheadDays, "ahead_days", "", ""},
                                                 {Kind::kLifetime, "own_zone", "", ""}}};

constexpr std::array<std::pair<Pattern, const char*>, 4> kPatterns = {{{Pattern::k445, "445"},
                                                                       {Pattern::k454, "454"},
                                                                       {Pattern::k544, "544"},
                                                                       {Pattern::k13x4, "13x4"}}};

// Reads one key of a window into it. `kind` has been set.
Result<void> read_part(const std::string& key, const ReadJson& value, const JsonPointer& at,
                       int depth, Window& window) {
  if (key == "retail") {
    REGULARS_ASSIGN(window.retail, read_retail(value, at));
  } else if (key == "own_zone") {
    REGULARS_ASSIGN(window.own_zone, truth_of(value, at));
  } else if (key == "anchor") {
    REGULARS_ASSIGN(window.anchor, read_expression(value, at, depth + 1));
  } else if (key == "rolling" || key == "after" || key == "session" || key == "ahead") {
    REGULARS_ASSIGN(window.from, duration_of(value, at));
  } else if (key == "months" || key == "ahead_months") {
    REGULARS_ASSIGN(window.from_months, small_integer_of(value, at));
  } else if (key == "to" && window.kind == Kind::kMonths) {
    REGULARS_ASSIGN(window.to_months, small_integer_of(value, at));
  } else if (key == "to") {
    REGULARS_ASSIGN(window.to, duration_of(value, at));
  } else if (key == "this" || key == "last" || key == "of") {
    REGULARS_ASSIGN(window.period, read_period(value, at));
  } else if (key == "from") {
    REGULARS_ASSIGN(window.begin, instant_of(value, at));
  } else if (key == "until") {
    REGULARS_ASSIGN(window.end, instant_of(value, at));
  } else {  // calendar_days, ahead_days, periods, past_periods
    REGULARS_ASSIGN(window.count, small_integer_of(value, at));
  }
  return {};
}

Error no_window(const JsonPointer& at) {
  return bad(at, "must be one window",
             "rolling, months, calendar_days, this, last, from and until, periods and of, "
             "past_periods and of, anchor, session; to with rolling, months and anchor.");
}

}  // namespace

Result<Window::Period> read_period(const ReadJson& json, const JsonPointer& at) {
  for (const auto& [period, name] : kPeriods) {
    if (json == name) return period;
  }
  return bad(at, "must be \"day\", \"week\", \"month\", \"quarter\" or \"year\"",
             "Or \"retail_month\", \"retail_quarter\", \"retail_year\".");
}

Result<RetailCalendar> read_retail(const ReadJson& json, const JsonPointer& at) {
  if (!json.is_object()) return bad(at, "must be a retail calendar");
  RetailCalendar made;
  for (const auto& [key, value] : json.items()) {
    const JsonPointer here = at / key;
    if (key == "pattern") {
      const auto found = std::find_if(kPatterns.begin(), kPatterns.end(),
                                      [&](const auto& one) { return value == one.second; });
      if (found == kPatterns.end())
        return bad(here, "must be \"445\", \"454\", \"544\" or \"13x4\"");
      made.pattern = found->first;
    } else if (key == "year_end" && (value == "last" || value == "nearest")) {
      made.year_end =
          value == "last" ? RetailCalendar::YearEnd::kLast : RetailCalendar::YearEnd::kNearest;
    } else if (key == "year_end_month") {
      REGULARS_ASSIGN(made.year_end_month, small_integer_of(value, here));
    } else if (key == "week_start") {
      REGULARS_ASSIGN(made.week_start, small_integer_of(value, here));
    } else {
      return bad(here, "is no part of a retail calendar",
                 "It has pattern, year_end (last or nearest), year_end_month, week_start.");
    }
  }
  return made;
}

Result<Window> read_window(const ReadJson& json, const JsonPointer& at, int depth) {
  if (!json.is_object()) return no_window(at);
  const auto keys = std::find_if(kKindKeys.begin(), kKindKeys.end(),
                                 [&](const KindKeys& one) { return json.contains(one.key); });
  if (keys == kKindKeys.end() && !json.contains("retail")) return no_window(at);
  const KindKeys& found = keys == kKindKeys.end() ? kKindKeys.back() : *keys;
  if ((found.kind == Kind::kBetween && !json.contains("until")) ||
      (found.first == std::string_view("of") && !json.contains("of"))) {
    return no_window(at);
  }
  Window made;
  made.kind = found.kind;
  for (const auto& [key, value] : json.items()) {
    if (key != found.key && key != found.first && key != found.second && key != "retail" &&
        key != "own_zone") {
      return no_window(at);
    }
    REGULARS_TRY(read_part(key, value, at / key, depth, made));
  }
  return made;
}

const char* period_name(Window::Period period) {
  for (const auto& [value, name] : kPeriods) {
    if (value == period) return name;
  }
  return "";
}

WriteJson retail_json(const RetailCalendar& retail) {
  WriteJson json = WriteJson::object();
  for (const auto& [pattern, name] : kPatterns) {
    if (pattern == retail.pattern) json["pattern"] = name;
  }
  json["year_end"] = retail.year_end == RetailCalendar::YearEnd::kLast ? "last" : "nearest";
  json["year_end_month"] = retail.year_end_month;
  json["week_start"] = retail.week_start;
  return json;
}

WriteJson window_json(const Window& window) {
  WriteJson json = WriteJson::object();
  const char* key = "";
  for (const KindKeys& one : kKindKeys) {
    if (one.kind == window.kind) key = one.key;
  }
  switch (window.kind) {
    case Kind::kLifetime:
      break;
    case Kind::kRolling:
    case Kind::kSession:
    case Kind::kAhead:
      json[key] = duration_text(window.from);
      break;
    case Kind::kMonths:
    case Kind::kAheadMonths:
      json[key] = window.from_months;
      break;
    case Kind::kCalendarDays:
    case Kind::kAheadDays:
      json[key] = window.count;
      break;
    case Kind::kThisPeriod:
    case Kind::kLastPeriod:
      json[key] = period_name(window.period);
      break;
    case Kind::kBetween:
      json[key] = instant_json(window.begin);
      json["until"] = instant_json(window.end);
      break;
    case Kind::kCalendarPeriods:
    case Kind::kPastPeriods:
      json[key] = window.count;
      json["of"] = period_name(window.period);
      break;
    case Kind::kAnchored:
      json[key] = expression_json(*window.anchor);
      if (window.from.micros != 0) json["after"] = duration_text(window.from);
      break;
  }
  if (window.to.micros != 0) json["to"] = duration_text(window.to);
  if (window.to_months != 0) json["to"] = window.to_months;
  if (window.retail != RetailCalendar{}) json["retail"] = retail_json(window.retail);
  if (window.own_zone) json["own_zone"] = true;
  return json;
}

}  // namespace regulars::evaluate
