// Spans and moments: what stands after `over`, `within` and `at`.
#include <charconv>

#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::Shift;
using evaluate::Window;
using Kind = Span::Kind;

constexpr int64_t kMostYears = 200;

Duration unit_of(Unit unit) {
  switch (unit) {
    case Unit::kSecond:
      return seconds(1);
    case Unit::kMinute:
      return minutes(1);
    case Unit::kHour:
      return hours(1);
    case Unit::kWeek:
      return weeks(1);
    default:
      return days(1);
  }
}

Result<void> check_length(const Lowering& at, const TimeAmount& time, Extent extent) {
  if (time.count < 1) {
    return at.error(extent, "a span of time must be longer than nothing, not " + to_words(time));
  }
  const int64_t most = is_exact(time.unit)
                           ? kMostYears * 366 * kMicrosOfDay / unit_of(time.unit).micros
                           : kMostYears * 12;
  if (time.count > most || (!is_exact(time.unit) && months_of(time) > most)) {
    return at.error(extent, to_words(time) + " is longer than any history",
                    "leave `over` out, or write `over lifetime`");
  }
  return {};
}

Result<void> check_period(const Lowering& at, Unit unit, Extent extent) {
  if (unit >= Unit::kDay) return {};
  return at.error(extent, "a calendar period is a day, week, month, quarter or year",
                  "for shorter times write: last 3 hours");
}

Result<Window> last(const Lowering& at, const Span& span) {
  REGULARS_TRY(check_length(at, span.amount, span.extent));
  if (!is_exact(span.amount.unit)) return evaluate::months(months_of(span.amount));
  REGULARS_ASSIGN(const Duration length, exact_time(at, span.amount, span.extent));
  return evaluate::rolling(length);
}

Result<Window> periods(const Lowering& at, const Span& span, Window::Kind kind) {
  REGULARS_TRY(check_period(at, span.amount.unit, span.extent));
  REGULARS_TRY(
      check_length(at, {std::max<int64_t>(span.amount.count, 1), span.amount.unit}, span.extent));
  Window window;
  window.kind = kind;
  window.period = period_of(span.amount.unit, span.retail);
  window.retail = at.scope.facts.retail;
  const bool counted = kind == Window::Kind::kCalendarPeriods || kind == Window::Kind::kPastPeriods;
  window.count = counted ? static_cast<int>(span.amount.count) : 0;
  if (kind == Window::Kind::kCalendarPeriods && span.amount.unit == Unit::kDay) {
    return evaluate::calendar_days(window.count);
  }
  return window;
}

Result<Window> ago(const Lowering& at, const Span& span) {
  REGULARS_TRY(check_length(at, span.amount, span.extent));
  Window window;
  if (is_exact(span.amount.unit) != is_exact(span.until.unit) && span.until.count != 0) {
    return at.error(span.extent, "both ends must be in exact units or both in calendar units",
                    "write: 12 to 6 months ago, or 360 to 180 days ago");
  }
  if (is_exact(span.amount.unit)) {
    REGULARS_ASSIGN(const Duration from, exact_time(at, span.amount, span.extent));
    REGULARS_ASSIGN(const Duration to, exact_time(at, span.until, span.extent));
    window = evaluate::between_ago(from, to);
  } else {
    window = evaluate::months(months_of(span.amount));
    window.to_months = months_of(span.until);
  }
  if (window.from > window.to || window.from_months > window.to_months) return window;
  return at.error(span.extent, "the first end must be the earlier one",
                  "write the larger number first: " + std::to_string(span.until.count) + " to " +
                      std::to_string(span.amount.count) + " ... ago");
}

Result<WrittenDate> date_of(const Lowering& at, const std::string& written, Extent extent) {
  if (const std::optional<WrittenDate> date = read_date(written, at.zone)) return *date;
  return at.error(extent, quoted(written) + " is not a date", "write it as '2025-01-31'");
}

Result<Window> between(const Lowering& at, const Span& span) {
  REGULARS_ASSIGN(const WrittenDate from, date_of(at, span.from, span.extent));
  REGULARS_ASSIGN(const WrittenDate to, date_of(at, span.to, span.extent));
  if (span.own_zone) {
    return at.error(span.extent, "dates as written are in the project's zone, " + at.zone.name(),
                    "leave `in customer zone` out, or use a calendar span");
  }
  const Instant begin = from.instant.value_or(at.zone.start_of(from.day));
  const Instant end = to.instant ? *to.instant + microseconds(1) : at.zone.start_of(to.day + 1);
  if (begin < end) return evaluate::absolute(begin, end);
  return at.error(span.extent, "the span ends before it begins",
                  "write: from '" + span.to + "' to '" + span.from + "'");
}

Result<Window> since(Lowering& at, const Span& span) {
  constexpr Instant kEnd{std::numeric_limits<int64_t>::max() / 4};
  if (span.anchor->kind == Node::Kind::kText && span.kind == Kind::kSince) {
    REGULARS_ASSIGN(const WrittenDate date, date_of(at, span.anchor->text, span.anchor->extent));
    return evaluate::absolute(date.instant.value_or(at.zone.start_of(date.day)), kEnd);
  }
  REGULARS_ASSIGN(const Typed anchor, at.lower_in(nullptr, *span.anchor));
  if (!anchor.is_point()) {
    return at.error(
        span.anchor->extent,
        "an instant or a day is needed here; " + at.source(*span.anchor) + " is " + kind_of(anchor),
        "write: since first(purchase), or since '2025-01-31'");
  }
  Window window;
  window.kind = Window::Kind::kAnchored;
  window.anchor = anchor.expression;
  // A day counts from its very beginning; an event does not count as after itself.
  if (anchor.is_day()) window.from = microseconds(-1);
  if (span.kind == Kind::kSince) return window;
  REGULARS_TRY(check_length(at, span.amount, span.extent));
  REGULARS_ASSIGN(window.to, exact_time(at, span.amount, span.extent));
  if (anchor.is_day()) window.to = window.to + microseconds(-1);
  return window;
}

Result<Window> session(const Lowering& at, const Span& span) {
  Window window;
  window.kind = Window::Kind::kSession;
  const TimeAmount gap = span.amount.count == 0 ? TimeAmount{30, Unit::kMinute} : span.amount;
  REGULARS_ASSIGN(window.from, exact_time(at, gap, span.extent));
  return window;
}

Result<Window> ahead(const Lowering& at, const Span& span) {
  REGULARS_TRY(check_length(at, span.amount, span.extent));
  Window window;
  if (span.kind == Kind::kNextCalendar) {
    if (span.amount.unit != Unit::kDay) {
      return at.error(span.extent, "calendar spans ahead are counted in days",
                      "write: next 14 calendar days");
    }
    window.kind = Window::Kind::kAheadDays;
    window.count = static_cast<int>(span.amount.count);
  } else if (is_exact(span.amount.unit)) {
    window.kind = Window::Kind::kAhead;
    REGULARS_ASSIGN(window.from, exact_time(at, span.amount, span.extent));
  } else {
    window.kind = Window::Kind::kAheadMonths;
    window.from_months = months_of(span.amount);
  }
  return window;
}

Result<Window> any_window(Lowering& at, const Span& span) {
  switch (span.kind) {
    case Kind::kLifetime:
      return evaluate::lifetime();
    case Kind::kLast:
      return last(at, span);
    case Kind::kLastCalendar:
      return periods(at, span, Window::Kind::kCalendarPeriods);
    case Kind::kPast:
      return periods(at, span, Window::Kind::kPastPeriods);
    case Kind::kThis:
      return periods(at, span, Window::Kind::kThisPeriod);
    case Kind::kPrevious:
      return periods(at, span, Window::Kind::kLastPeriod);
    case Kind::kAgo:
      return ago(at, span);
    case Kind::kBetween:
      return between(at, span);
    case Kind::kSince:
    case Kind::kAfter:
      return since(at, span);
    case Kind::kSession:
      return session(at, span);
    case Kind::kNext:
    case Kind::kNextCalendar:
      return ahead(at, span);
  }
  return at.error(span.extent, "not a span of time");
}

// Two digits and the like; -1 when they are not digits.
int digits(std::string_view text, size_t from, size_t count) {
  if (from + count > text.size()) return -1;
  int value = -1;
  const char* begin = text.data() + from;
  const auto result = std::from_chars(begin, begin + count, value);
  return result.ec == std::errc() && result.ptr == begin + count ? value : -1;
}

}  // namespace

bool is_exact(Unit unit) { return unit <= Unit::kWeek; }

int months_of(const TimeAmount& time) {
  const int64_t each = time.unit == Unit::kYear ? 12 : time.unit == Unit::kQuarter ? 3 : 1;
  constexpr int64_t kMost = 1'000'000;
  if (time.count > kMost) return static_cast<int>(kMost * each);
  return static_cast<int>(time.count * each);
}

Result<Duration> exact_time(const Lowering& at, const TimeAmount& time, Extent extent) {
  if (!is_exact(time.unit)) {
    return at.error(extent, to_words(time) + " is not always equally long",
                    "write it in days or weeks here: " +
                        std::to_string(months_of(time) * int64_t{30}) + " days");
  }
  const int64_t unit = unit_of(time.unit).micros;
  if (time.count > kMostYears * 366 * kMicrosOfDay / unit || time.count < -1'000'000) {
    return at.error(extent, to_words(time) + " is longer than any history");
  }
  return Duration{time.count * unit};
}

Window::Period period_of(Unit unit, bool retail) {
  switch (unit) {
    case Unit::kWeek:
      return Window::Period::kWeek;
    case Unit::kMonth:
      return retail ? Window::Period::kRetailMonth : Window::Period::kMonth;
    case Unit::kQuarter:
      return retail ? Window::Period::kRetailQuarter : Window::Period::kQuarter;
    case Unit::kYear:
      return retail ? Window::Period::kRetailYear : Window::Period::kYear;
    default:
      return Window::Period::kDay;
  }
}

Result<Window> window_of(Lowering& at, const Span& span) {
  const bool ahead = span.kind == Kind::kNext || span.kind == Kind::kNextCalendar;
  if (ahead && !at.scope.in_label) {
    return at.error(span.extent,
                    "events of the future cannot be counted: `over next` belongs to "
                    "what a model is to learn",
                    "for the past write: over last " + to_words(span.amount));
  }
  return window_of_within(at, span);
}

Result<Window> window_of_within(Lowering& at, const Span& span) {
  REGULARS_ASSIGN(Window window, any_window(at, span));
  window.own_zone = span.own_zone;
  return window;
}

Result<Window> window_of_call(Lowering& at, const Node& call) {
  if (!call.span) return evaluate::lifetime();
  return window_of(at, *call.span);
}

Result<Window> window_over_time(Lowering& at, const Span& span) {
  REGULARS_ASSIGN(Window window, window_of(at, span));
  const bool own = window.kind == Window::Kind::kAnchored || window.kind == Window::Kind::kSession;
  if (!own) return window;
  return at.error(span.extent,
                  "whether she was in a segment cannot be asked for a span that begins with an "
                  "event of her own",
                  "write: over last 90 days, over this month, over from '2025-01-01' to "
                  "'2025-01-31'");
}

Result<Shift> shift_of(Lowering& at, const Moment& moment) {
  Shift shift;
  switch (moment.kind) {
    case Moment::Kind::kAgo: {
      REGULARS_TRY(check_length(at, moment.amount, moment.extent));
      if (is_exact(moment.amount.unit)) {
        REGULARS_ASSIGN(shift.back, exact_time(at, moment.amount, moment.extent));
      } else {
        shift.kind = Shift::Kind::kMonths;
        shift.months = months_of(moment.amount);
      }
      return shift;
    }
    case Moment::Kind::kDate: {
      REGULARS_ASSIGN(const WrittenDate date, date_of(at, moment.date, moment.extent));
      shift.kind = Shift::Kind::kInstant;
      shift.instant = date.instant.value_or(at.zone.end_of(date.day));
      return shift;
    }
    case Moment::Kind::kStartOf:
      REGULARS_TRY(check_period(at, moment.amount.unit, moment.extent));
      shift.kind = Shift::Kind::kStartOf;
      shift.period = period_of(moment.amount.unit, moment.retail);
      shift.retail = at.scope.facts.retail;
      return shift;
  }
  return shift;
}

Result<Shift> length_of(Lowering& at, const Span& span) {
  const bool of_unit = span.kind == Kind::kThis || span.kind == Kind::kPrevious;
  const bool counted =
      span.kind == Kind::kLast || span.kind == Kind::kPast || span.kind == Kind::kLastCalendar;
  if ((!of_unit && !counted) || span.retail) {
    return at.error(span.extent, "the window before this one is not defined",
                    "use a span with a length: over last 90 days, over this month");
  }
  Moment moment;
  moment.amount = {of_unit ? 1 : span.amount.count, span.amount.unit};
  moment.extent = span.extent;
  return shift_of(at, moment);
}

std::optional<WrittenDate> read_date(std::string_view text, const Zone& zone) {
  const bool utc = !text.empty() && text.back() == 'Z';
  if (utc) text.remove_suffix(1);
  const bool lengths = text.size() == 10 || text.size() == 16 || text.size() == 19;
  if (!lengths || text[4] != '-' || text[7] != '-') return std::nullopt;
  const CivilDate date{digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)};
  if (date.year < 1 || !is_valid(date)) return std::nullopt;
  const Day day = to_day(date);
  if (text.size() == 10) {
    if (utc) return std::nullopt;
    return WrittenDate{day, std::nullopt};
  }
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = text.size() == 19 ? digits(text, 17, 2) : 0;
  const bool marks = (text[10] == ' ' || text[10] == 'T') && text[13] == ':' &&
                     (text.size() == 16 || text[16] == ':');
  if (!marks || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  const int64_t micros = (hours(hour) + minutes(minute) + seconds(second)).micros;
  return WrittenDate{day, (utc ? Zone::utc() : zone).at(day, micros)};
}

}  // namespace regulars::language
