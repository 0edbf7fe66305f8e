// Spans, moments, steps and the small values of the JSON forms.
#include <algorithm>
#include <array>

#include "base/near_names.h"
#include "language/json_reader.h"
#include "language/json_text.h"
#include "language/words.h"

namespace regulars::language {

Result<Span> JsonReader::span(const Json& json, const Pointer& at, int depth) const {
  if (!json.is_object()) return bad(at, R"(must be a span such as {"last": {"count": 30, ...}})");
  const Form form{json, at, depth};
  Span result;
  REGULARS_TRY(span_kind(form, result));
  REGULARS_ASSIGN(result.retail, flag(form, "retail"));
  if (form.has("zone")) {
    REGULARS_ASSIGN(const std::string zone, text(form, "zone"));
    if (zone != "customer") return bad(at / "zone", "must be \"customer\"");
    result.own_zone = true;
  }
  return result;
}

Result<void> JsonReader::span_kind(const Form& form, Span& span) const {
  using Kind = Span::Kind;
  struct Simple {
    const char* key;
    Kind kind;
    bool retail;
    bool unit_only;
  };
  constexpr std::array<Simple, 7> kSimple = {
      {{"last", Kind::kLast, false, false},
       {"last_calendar", Kind::kLastCalendar, true, false},
       {"past", Kind::kPast, true, false},
       {"this", Kind::kThis, true, true},
       {"previous", Kind::kPrevious, true, true},
       {"next", Kind::kNext, false, false},
       {"next_calendar", Kind::kNextCalendar, false, false}}};
  const Simple* simple = nullptr;
  for (const Simple& candidate : kSimple) {
    if (form.has(candidate.key)) simple = &candidate;
  }
  if (simple == nullptr) return anchored_span(form, span);
  std::vector<std::string> keys = {simple->key, "zone"};
  if (simple->retail) keys.emplace_back("retail");
  REGULARS_TRY(only(form, keys));
  span.kind = simple->kind;
  if (simple->unit_only) {
    REGULARS_ASSIGN(span.amount.unit, unit(form, simple->key));
  } else {
    REGULARS_ASSIGN(span.amount, amount(form[simple->key], form.at / simple->key, 1));
  }
  return {};
}

// Those that are more than a word and an amount.
Result<void> JsonReader::anchored_span(const Form& form, Span& span) const {
  using Kind = Span::Kind;
  if (form.has("lifetime")) {
    REGULARS_TRY(only(form, {"lifetime", "zone"}));
    if (form["lifetime"] != true) return bad(form.at / "lifetime", "must be true");
  } else if (form.has("ago")) {
    REGULARS_TRY(only(form, {"ago", "zone"}));
    span.kind = Kind::kAgo;
    const Json& times = form["ago"];
    if (!times.is_array() || times.size() != 2) return bad(form.at / "ago", "must be two times");
    REGULARS_ASSIGN(span.amount, amount(times[0], form.at / "ago" / 0, 1));
    REGULARS_ASSIGN(span.until, amount(times[1], form.at / "ago" / 1, 0));
  } else if (form.has("from")) {
    REGULARS_TRY(only(form, {"from", "to", "zone"}));
    span.kind = Kind::kBetween;
    REGULARS_ASSIGN(span.from, text(form, "from"));
    REGULARS_ASSIGN(span.to, text(form, "to"));
  } else if (form.has("since")) {
    REGULARS_TRY(only(form, {"since", "zone"}));
    span.kind = Kind::kSince;
    REGULARS_ASSIGN(span.anchor, child(form, "since"));
  } else if (form.has("after")) {
    REGULARS_TRY(only(form, {"after", "time", "zone"}));
    span.kind = Kind::kAfter;
    REGULARS_ASSIGN(const Json* time, need(form, "time"));
    REGULARS_ASSIGN(span.amount, amount(*time, form.at / "time", 1));
    REGULARS_ASSIGN(span.anchor, child(form, "after"));
  } else if (form.has("session")) {
    REGULARS_TRY(only(form, {"session", "zone"}));
    span.kind = Kind::kSession;
    if (!form["session"].is_null()) {
      REGULARS_ASSIGN(span.amount, amount(form["session"], form.at / "session", 1));
    }
  } else {
    REGULARS_TRY(only(form, {"lifetime", "last", "last_calendar", "past", "this", "previous", "ago",
                             "from", "since", "after", "session", "next", "next_calendar"}));
    return bad(form.at, "an empty object is no span");
  }
  return {};
}

Result<Moment> JsonReader::moment(const Json& json, const Pointer& at) const {
  const Form form{json, at, 0};
  if (!json.is_object() || json.empty()) {
    return bad(at, R"(must be a moment: {"ago": ...}, {"on": ...} or {"start_of": ...})");
  }
  Moment result;
  if (form.has("ago")) {
    REGULARS_TRY(only(form, {"ago"}));
    REGULARS_ASSIGN(result.amount, amount(form["ago"], at / "ago", 1));
  } else if (form.has("on")) {
    REGULARS_TRY(only(form, {"on"}));
    result.kind = Moment::Kind::kDate;
    REGULARS_ASSIGN(result.date, text(form, "on"));
  } else {
    REGULARS_TRY(only(form, {"ago", "on", "start_of", "retail"}));
    result.kind = Moment::Kind::kStartOf;
    REGULARS_ASSIGN(result.amount.unit, unit(form, "start_of"));
    REGULARS_ASSIGN(result.retail, flag(form, "retail"));
  }
  return result;
}

Result<SequenceStep> JsonReader::step(const Json& json, const Pointer& at, int depth,
                                      bool first) const {
  if (!json.is_object()) return bad(at, R"(must be a step such as {"event": "purchase"})");
  const Form form{json, at, depth};
  REGULARS_TRY(only(form, {"event", "next", "not", "as", "where", "within", "at_least"}));
  SequenceStep result;
  REGULARS_ASSIGN(result.event, name_at(form, "event", false));
  if (lower(result.event) == "next") return bad(at / "event", "'next' cannot name events");
  REGULARS_ASSIGN(result.next, flag(form, "next"));
  if (result.next && first) return bad(at / "next", "nothing comes before the first step");
  REGULARS_ASSIGN(result.absent, flag(form, "not"));
  if (form.has("as")) {
    REGULARS_ASSIGN(result.alias, name_at(form, "as", true));
  }
  REGULARS_ASSIGN(result.where, optional_child(form, "where"));
  if (form.has("within")) {
    REGULARS_ASSIGN(result.within, amount(form["within"], at / "within", 1));
  }
  if (form.has("at_least")) {
    REGULARS_ASSIGN(result.at_least, amount(form["at_least"], at / "at_least", 1));
  }
  return result;
}

Error JsonReader::bad(const Pointer& at, std::string message, std::string hint) {
  return json_error(at, std::move(message), std::move(hint));
}

Result<void> JsonReader::only(const Form& form, const std::vector<std::string>& keys) {
  for (const auto& [key, value] : form.json.items()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::vector<std::string> near = near_names(key, keys, 1);
    std::string hint = near.empty() ? "" : "did you mean '" + near[0] + "'?";
    return bad(form.at / key, "the key '" + key + "' does not belong here", std::move(hint));
  }
  return {};
}

Result<const JsonReader::Json*> JsonReader::need(const Form& form, const char* key) {
  const auto found = form.json.find(key);
  if (found == form.json.end()) {
    return bad(form.at, "the key '" + std::string(key) + "' is missing");
  }
  return &*found;
}

Result<bool> JsonReader::flag(const Form& form, const char* key) {
  if (!form.has(key)) return false;
  if (!form[key].is_boolean()) return bad(form.at / key, "must be true or false");
  return form[key].get<bool>();
}

Result<std::string> JsonReader::text(const Form& form, const char* key) {
  REGULARS_ASSIGN(const Json* json, need(form, key));
  if (!json->is_string()) return bad(form.at / key, "must be a text");
  std::string result = json->get<std::string>();
  if (!is_writable_text(result)) {
    return bad(form.at / key, "the text holds control characters or line ends");
  }
  return result;
}

Result<std::string> JsonReader::name_at(const Form& form, const char* key, bool plain) {
  REGULARS_ASSIGN(std::string result, text(form, key));
  if (plain ? !is_plain_name(result) : !is_name(result)) {
    return bad(form.at / key, "'" + result + "' is no name",
               is_reserved(lower(result))
                   ? "it is a word of the language"
                   : "a name is letters, digits and _, and begins with a letter");
  }
  return result;
}

Result<Decimal> JsonReader::number(const Form& form, const char* key) {
  REGULARS_ASSIGN(const Json* json, need(form, key));
  return decimal_of(*json, form.at / key);
}

Result<Decimal> JsonReader::decimal_of(const Json& json, const Pointer& at) {
  if (json.is_number_integer() &&
      !(json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX)) {
    return Decimal{json.get<int64_t>(), 0};
  }
  if (json.is_string()) {
    const Result<Decimal> read = Decimal::parse(json.get_ref<const std::string&>());
    if (read) return *read;
  }
  return bad(at, "must be a whole number or a text such as \"0.5\"",
             "at most 18 digits, 6 of them after the point");
}

Result<int64_t> JsonReader::integer(const Form& form, const char* key, int64_t least) {
  REGULARS_ASSIGN(const Json* json, need(form, key));
  const bool fits = json->is_number_integer() &&
                    !(json->is_number_unsigned() && json->get<uint64_t>() > INT64_MAX);
  if (!fits || json->get<int64_t>() < least) {
    return bad(form.at / key, "must be a whole number of at least " + std::to_string(least));
  }
  return json->get<int64_t>();
}

Result<TimeAmount> JsonReader::amount(const Json& json, const Pointer& at, int64_t least) {
  if (!json.is_object()) return bad(at, R"(must be a time such as {"count": 30, "unit": "day"})");
  const Form form{json, at, 0};
  REGULARS_TRY(only(form, {"count", "unit"}));
  TimeAmount result;
  REGULARS_ASSIGN(result.count, integer(form, "count", least));
  REGULARS_ASSIGN(result.unit, unit(form, "unit"));
  return result;
}

Result<Unit> JsonReader::unit(const Form& form, const char* key) {
  REGULARS_ASSIGN(const std::string word, text(form, key));
  const std::optional<Unit> known = unit_of(word);
  if (known) return *known;
  const std::vector<std::string> near = near_names(word, unit_words(), 1);
  return bad(form.at / key, "'" + word + "' is no unit of time",
             near.empty() ? "second, minute, hour, day, week, month, quarter or year"
                          : "did you mean '" + near[0] + "'?");
}

}  // namespace regulars::language
