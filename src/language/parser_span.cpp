// Spans of time after `over` and `within`, moments after `at`, amounts of time.
#include <algorithm>
#include <charconv>

#include "language/parse.h"
#include "language/parser.h"
#include "language/words.h"

namespace regulars::language {
namespace {

using Kind = Span::Kind;

const Token& token_at(const std::vector<Token>& tokens, size_t at) {
  return tokens[std::min(at, tokens.size() - 1)];
}

const std::vector<std::string>& span_beginnings() {
  static const std::vector<std::string> words = {"last", "past",  "this",     "next",
                                                 "from", "since", "lifetime", "session"};
  return words;
}

bool begins_value(const Token& token) {
  if (token.kind == Token::Kind::kSymbol) return token.is("(");
  const bool constant = token.is("true") || token.is("false") || token.is("unknown");
  return token.kind != Token::Kind::kEnd && (constant || !is_reserved(token.word));
}

}  // namespace

bool begins_span(const std::vector<Token>& tokens, size_t at) {
  const Token& first = token_at(tokens, at);
  const Token& second = token_at(tokens, at + 1);
  if (first.kind == Token::Kind::kNumber) return unit_of(second.word) || second.is("to");
  if (first.is("lifetime") || first.is("session")) return true;
  const bool number = second.kind == Token::Kind::kNumber;
  const bool unit = unit_of(second.word) || second.is("retail");
  if (first.is("last")) return number || unit || second.is("session");
  if (first.is("past") || first.is("next")) return number || unit;
  if (first.is("this")) return unit;
  if (first.is("from")) return second.kind == Token::Kind::kText;
  return first.is("since") && begins_value(second);
}

bool Parser::time_ahead(size_t ahead) const {
  return token(ahead).kind == Token::Kind::kNumber && unit_of(token(ahead + 1).word).has_value();
}

Result<void> Parser::over(Node& node) {
  if (!accept("over")) return {};
  REGULARS_ASSIGN(node.span, span());
  return {};
}

Result<Span> Parser::span() {
  Span result;
  const uint32_t from = begin();
  REGULARS_TRY(span_words(result));
  if (is("in") && token(1).is("customer") && token(2).is("zone")) {
    result.own_zone = true;
    at_ += 3;
  }
  result.extent = {from, tokens_[at_ - 1].extent.end};
  return result;
}

Result<void> Parser::span_words(Span& span) {
  if (token().kind == Token::Kind::kNumber) return numbers(span);
  if (accept("lifetime")) return {};
  if (accept("last")) return last(span);
  if (accept("past")) return past(span);
  if (accept("next")) return next(span);
  if (accept("from")) return between_days(span);
  if (accept("session")) return session(span);
  if (accept("this")) {
    span.kind = Kind::kThis;
    return retail_unit(span);
  }
  if (accept("since")) {
    span.kind = Kind::kSince;
    REGULARS_ASSIGN(span.anchor, primary());
    return {};
  }
  return unexpected("a span such as 'last 30 days', 'this month' or 'lifetime'", span_beginnings());
}

// last 30 days, last 7 calendar days, last 3 retail months, last month, last session
Result<void> Parser::last(Span& span) {
  if (accept("session")) return session(span);
  if (token().kind != Token::Kind::kNumber) {
    span.kind = Kind::kPrevious;
    return retail_unit(span);
  }
  REGULARS_ASSIGN(span.amount.count, whole_number("a whole number after 'last'"));
  span.kind = Kind::kLast;
  if (accept("calendar")) {
    span.kind = Kind::kLastCalendar;
  } else if (is("retail")) {
    span.kind = Kind::kLastCalendar;
    return retail_unit(span);
  }
  REGULARS_ASSIGN(span.amount.unit, unit());
  return {};
}

// past 3 months, past month: whole periods
Result<void> Parser::past(Span& span) {
  span.kind = Kind::kPast;
  span.amount.count = 1;
  if (token().kind == Token::Kind::kNumber) {
    REGULARS_ASSIGN(span.amount.count, whole_number("a whole number after 'past'"));
  }
  return retail_unit(span);
}

// next 14 days, next 14 calendar days
Result<void> Parser::next(Span& span) {
  span.kind = Kind::kNext;
  if (unit_of(token().word)) {
    return unexpected("a whole number after 'next'", {}, "next 1 " + token().word);
  }
  REGULARS_ASSIGN(span.amount.count, whole_number("a whole number after 'next'"));
  if (accept("calendar")) span.kind = Kind::kNextCalendar;
  REGULARS_ASSIGN(span.amount.unit, unit());
  return {};
}

// from '2025-01-01' to '2025-03-31'
Result<void> Parser::between_days(Span& span) {
  span.kind = Kind::kBetween;
  if (token().kind != Token::Kind::kText) {
    return unexpected("a day in quotes after 'from', such as '2025-01-01'");
  }
  span.from = text_of(token());
  ++at_;
  REGULARS_TRY(expect("to", "from '2025-01-01' to '2025-03-31'"));
  if (token().kind != Token::Kind::kText) {
    return unexpected("a day in quotes after 'to', such as '2025-03-31'");
  }
  span.to = text_of(token());
  ++at_;
  return {};
}

Result<void> Parser::session(Span& span) {
  span.kind = Kind::kSession;
  if (!accept("gap")) return {};
  REGULARS_ASSIGN(span.amount, time("an amount of time after 'gap', such as 30 minutes"));
  return {};
}

// 360 to 180 days ago, 1 year to 180 days ago, 30 days after first(purchase), 14 days
Result<void> Parser::numbers(Span& span) {
  const size_t first = at_;
  REGULARS_ASSIGN(span.amount.count, whole_number("a whole number"));
  const bool unit_later = is("to");
  if (!unit_later) {
    REGULARS_ASSIGN(span.amount.unit, unit());
  }
  if (accept("to")) {
    span.kind = Kind::kAgo;
    if (token().kind != Token::Kind::kNumber) return unexpected("the nearer time after 'to'");
    REGULARS_ASSIGN(span.until.count, whole_number("a whole number after 'to'", 0));
    REGULARS_ASSIGN(span.until.unit, unit());
    if (unit_later) span.amount.unit = span.until.unit;
    return expect("ago", "360 to 180 days ago");
  }
  if (accept("after")) {
    span.kind = Kind::kAfter;
    REGULARS_ASSIGN(span.anchor, primary());
    return {};
  }
  const std::string time(text_.substr(tokens_[first].extent.begin,
                                      tokens_[at_ - 1].extent.end - tokens_[first].extent.begin));
  const Token whole{
      Token::Kind::kWord, {tokens_[first].extent.begin, tokens_[at_ - 1].extent.end}, {}, {}};
  if (is("ago")) {
    return at_token(token(), "'" + time + " ago' is a moment, not a span",
                    "write 'over last " + time + "', or 'at " + time + " ago' after a value");
  }
  if (!tokens_[first - 1].is("within")) {
    return at_token(whole, "a span is missing its first word before '" + time + "'",
                    "write 'over last " + time + "'");
  }
  span.kind = Kind::kNext;
  return {};
}

Result<TimeAmount> Parser::time(const std::string& what, int64_t least) {
  TimeAmount result;
  REGULARS_ASSIGN(result.count, whole_number(what, least));
  REGULARS_ASSIGN(result.unit, unit());
  return result;
}

Result<int64_t> Parser::whole_number(const std::string& what, int64_t least) {
  if (token().kind != Token::Kind::kNumber) return unexpected(what);
  const std::string_view digits = token().source;
  int64_t number = 0;
  const char* const begin = digits.data();
  const char* const end = begin + digits.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc()) return at_token(token(), "the number is too large");
  if (stop != end) {
    return at_token(token(), "'" + std::string(digits) + "' is not a whole number",
                    "take a smaller unit: 12 hours for half a day");
  }
  if (number < least) return at_token(token(), "expected a whole number of at least 1, found 0");
  ++at_;
  return number;
}

Result<Unit> Parser::unit() {
  const std::optional<Unit> known = unit_of(token().word);
  if (!known) {
    return unexpected("a unit of time: second, minute, hour, day, week, month, quarter or year",
                      unit_words());
  }
  ++at_;
  return *known;
}

Result<void> Parser::retail_unit(Span& span) {
  span.retail = accept("retail");
  if (!span.retail && span.kind == Kind::kPast) accept("calendar");
  REGULARS_ASSIGN(span.amount.unit, unit());
  return {};
}

// at 90 days ago, at '2025-01-01', at start of month
Result<Moment> Parser::moment() {
  Moment result;
  const uint32_t from = begin();
  if (token().kind == Token::Kind::kText) {
    result.kind = Moment::Kind::kDate;
    result.date = text_of(token());
    ++at_;
  } else if (token().kind == Token::Kind::kNumber) {
    REGULARS_ASSIGN(result.amount, time("an amount of time"));
    REGULARS_TRY(expect("ago", "at 90 days ago"));
  } else if (accept("start")) {
    result.kind = Moment::Kind::kStartOf;
    REGULARS_TRY(expect("of", "at start of month"));
    result.retail = accept("retail");
    REGULARS_ASSIGN(result.amount.unit, unit());
  } else {
    return unexpected("a moment after 'at': '90 days ago', a day in quotes or 'start of month'",
                      {"start"});
  }
  result.extent = {from, tokens_[at_ - 1].extent.end};
  return result;
}

}  // namespace regulars::language
