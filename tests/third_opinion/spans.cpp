// Spans as SQL: calendars are DuckDB's.
#include <fmt/format.h>

#include <map>

#include "translator.h"

namespace regulars::third_opinion {
namespace {

using language::Span;
using language::TimeAmount;
using language::Unit;

const char* word(Unit unit) {
  static const std::map<Unit, const char*> kWords = {
      {Unit::kSecond, "second"},   {Unit::kMinute, "minute"}, {Unit::kHour, "hour"},
      {Unit::kDay, "day"},         {Unit::kWeek, "week"},     {Unit::kMonth, "month"},
      {Unit::kQuarter, "quarter"}, {Unit::kYear, "year"}};
  return kWords.at(unit);
}

bool by_calendar(Unit unit) { return unit >= Unit::kMonth; }

std::string interval(const TimeAmount& amount) {
  const int64_t months = amount.unit == Unit::kQuarter ? 3 : 1;
  return fmt::format("INTERVAL ({}) {}", amount.count * months,
                     amount.unit == Unit::kQuarter ? "month" : word(amount.unit));
}

std::string back(Instant as_of, const TimeAmount& amount) {
  return fmt::format("epoch_us(make_timestamp({}) - {})", as_of.micros, interval(amount));
}

// The beginning of the period so many before the as-of's own, less a microsecond.
std::string before_period(Instant as_of, Unit unit, int64_t count) {
  return fmt::format("(epoch_us(date_trunc('{}', make_timestamp({})) - {}) - 1)", word(unit),
                     as_of.micros, interval({count, unit}));
}

std::string day_begins(const std::string& date, int days) {
  return fmt::format("epoch_us(CAST(DATE '{}' + INTERVAL ({}) day AS TIMESTAMP))", date, days);
}

}  // namespace

Result<SqlBounds> bounds_of(const Span& span, Instant as_of) {
  if (span.own_zone || span.retail) return not_translated("a span of another calendar");
  const std::string now = std::to_string(as_of.micros);
  switch (span.kind) {
    case Span::Kind::kLifetime:
      return SqlBounds{"", now};
    case Span::Kind::kLast:
      return SqlBounds{back(as_of, span.amount), now};
    case Span::Kind::kLastCalendar:
      if (span.amount.unit < Unit::kDay) break;
      return SqlBounds{before_period(as_of, span.amount.unit, span.amount.count - 1), now};
    case Span::Kind::kThis:
      if (span.amount.unit < Unit::kDay) break;
      return SqlBounds{before_period(as_of, span.amount.unit, 0), now};
    case Span::Kind::kPrevious:
    case Span::Kind::kPast: {
      if (span.amount.unit < Unit::kDay) break;
      const int64_t count = span.kind == Span::Kind::kPrevious ? 1 : span.amount.count;
      return SqlBounds{before_period(as_of, span.amount.unit, count),
                       before_period(as_of, span.amount.unit, 0)};
    }
    case Span::Kind::kAgo:
      if (by_calendar(span.amount.unit) != by_calendar(span.until.unit)) break;
      return SqlBounds{back(as_of, span.amount), back(as_of, span.until)};
    case Span::Kind::kBetween:
      if (span.from.size() != 10 || span.to.size() != 10) break;
      return SqlBounds{fmt::format("({} - 1)", day_begins(span.from, 0)),
                       fmt::format("least({}, {} - 1)", now, day_begins(span.to, 1))};
    default:
      break;
  }
  return not_translated("a span of that kind");
}

}  // namespace regulars::third_opinion
