#include "app/as_of.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>

#include "data/isolated_dates.h"

namespace regulars::app {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || !is_valid({*year, *month, *day})) return std::nullopt;
  return to_day({*year, *month, *day});
}

namespace {

std::optional<int64_t> time_of_day(std::string_view text) {
  int64_t fraction = 0;  // microseconds
  if (text.size() > 9 && text.size() <= 15 && text[8] == '.') {
    const std::string digits = std::string(text.substr(9)) + "00000";
    const auto value = number(std::string_view(digits).substr(0, 6));
    if (!value || *value < 0) return std::nullopt;
    fraction = *value;
    text = text.substr(0, 8);
  }
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  const auto second = text.size() == 8 ? number(text.substr(6, 2)) : std::optional(0);
  const bool colons = text[2] == ':' && (text.size() == 5 || text[5] == ':');
  if (!hour || !minute || !second || !colons) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return (hours(*hour) + minutes(*minute) + seconds(*second)).micros + fraction;
}

}  // namespace

Result<Instant> parse_moment(const std::string& text, const Zone& zone, const std::string& option) {
  const Error fault(ErrorCode::kUsage, option + ": '" + text + "' is not a date or an instant",
                    "Give a date such as 2011-12-09 (its last moment is meant) or an instant such "
                    "as 2011-12-09T18:00:00, with Z for UTC.");
  const std::string_view view = text;
  const std::optional<Day> day = parse_date(view.substr(0, 10));
  if (!day) return fault;
  if (view.size() == 10) return zone.end_of(*day);
  if (view[10] != 'T' && view[10] != ' ') return fault;
  const bool utc = view.back() == 'Z';
  const auto clock = time_of_day(view.substr(11, view.size() - 11 - (utc ? 1 : 0)));
  if (!clock) return fault;
  return (utc ? Zone::utc() : zone).at(*day, *clock);
}

namespace {

// Days with records. Rows that are no events (an offer seen, a payment that failed) are remembered
// only by the customers they made known: these can show that the data goes on after the last event.
DateRange days_with_records(const History& history, const Zone& zone) {
  std::map<Day, int64_t> events_per_day;
  Instant last{std::numeric_limits<int64_t>::min()};
  for (const Stream& stream : history.streams()) {
    for (const Instant at : stream.at) {
      ++events_per_day[zone.day_of(at)];
      last = std::max(last, at);
    }
  }
  for (const Instant known : history.customer_table().known_from) {
    const bool never = known.micros == std::numeric_limits<int64_t>::max();
    if (known > last && !never) ++events_per_day[zone.day_of(known)];
  }
  return find_date_range({events_per_day.begin(), events_per_day.end()});
}

bool has_purchase(const History& history) {
  const Stream* purchases = history.stream("purchase");
  return purchases != nullptr && purchases->size() > 0;
}

}  // namespace

Result<DataRange> data_range(const History& history, const Zone& zone, const std::string& as_of) {
  if (!has_purchase(history)) {
    return Error(ErrorCode::kBadData, "no row is a purchase of a known customer",
                 "Check the columns taken for customer, amount and status.");
  }
  const DateRange days = days_with_records(history, zone);
  DataRange range{days.first, days.last, {}};
  range.as_of = zone.end_of(range.to);
  if (as_of.empty()) return range;
  REGULARS_ASSIGN(range.as_of, parse_moment(as_of, zone, "--as-of"));
  range.to = std::min(range.to, zone.day_of(range.as_of));
  if (range.to < range.from) {
    return Error(ErrorCode::kUsage,
                 "--as-of " + as_of + " lies before the first record, " + to_iso(range.from));
  }
  return range;
}

Result<DataRange> activity_range(const History& history, const Zone& zone,
                                 const std::string& activity) {
  std::map<Day, int64_t> events_per_day;
  const auto count = [&](const Stream* stream) {
    if (stream == nullptr) return;
    for (const Instant at : stream->at) ++events_per_day[zone.day_of(at)];
  };
  count(history.stream("purchase"));
  if (activity != "purchase") count(history.stream(activity));
  if (events_per_day.empty()) {
    for (const Stream& stream : history.streams()) count(&stream);
  }
  if (events_per_day.empty()) {
    return Error(ErrorCode::kBadData, "the project's data holds no event yet",
                 "Check its sources with `regulars doctor DIR`.");
  }
  const DateRange days = find_date_range({events_per_day.begin(), events_per_day.end()});
  return DataRange{days.first, days.last, zone.end_of(days.last)};
}

Result<int> window_months(const std::string& text) {
  constexpr int kLongestYears = 100;
  if (text.empty()) return -1;
  if (text == "all") return 0;
  const auto count = number(std::string_view(text).substr(0, text.size() - 1));
  if (count && *count > 0 && text.back() == 'm' && *count <= 12 * kLongestYears) return *count;
  if (count && *count > 0 && text.back() == 'y' && *count <= kLongestYears) return *count * 12;
  return Error(ErrorCode::kUsage, "--rfm-window: '" + text + "' is not a window",
               "Give months or years such as 24m or 2y, at most 100 years, or all.");
}

}  // namespace regulars::app
