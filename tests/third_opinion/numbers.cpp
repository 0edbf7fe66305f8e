// Numbers, comparisons and functions of single values.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/decimal.h"
#include "translator.h"

namespace regulars::third_opinion {
namespace {

constexpr int64_t kSecond = 1'000'000;

Sql real(std::string text) {
  return {fmt::format("(CASE WHEN isfinite({0}) THEN {0} END)", text), ValueType::kReal};
}

Sql whole(std::string text) { return {std::move(text), ValueType::kInteger}; }

// Rounded down; SQL's division of whole numbers rounds towards nothing.
std::string floored(const std::string& number, const std::string& by) {
  return fmt::format("(({0} - ((({0}) % {1}) + {1}) % {1}) // {1})", number, by);
}

std::string timestamp(const Sql& value) {
  return value.type == ValueType::kDay
             ? fmt::format("make_timestamp(({}) * 86400000000)", value.text)
             : fmt::format("make_timestamp({})", value.text);
}

Result<Sql> time_part(const std::string& name, const Sql& of) {
  static const std::map<std::string, const char*> kParts = {
      {"year", "year"}, {"quarter", "quarter"}, {"month", "month"},   {"week", "week"},
      {"hour", "hour"}, {"weekday", "isodow"},  {"minute", "minute"}, {"day_of_month", "day"}};
  if (of.type != ValueType::kInstant && of.type != ValueType::kDay) {
    return not_translated(name + " of something else");
  }
  if (name == "day") {
    if (of.type == ValueType::kDay) return of;
    return Sql{floored(of.text, "86400000000"), ValueType::kDay};
  }
  return whole(fmt::format("CAST(date_part('{}', {}) AS BIGINT)", kParts.at(name), timestamp(of)));
}

// Whole units since an instant, or whole days since a day.
Result<Sql> elapsed(const std::string& name, const Sql& since, Instant as_of) {
  static const std::map<std::string, int64_t> kUnits = {{"days_since", 86'400},
                                                        {"weeks_since", 7 * 86'400},
                                                        {"hours_since", 3'600},
                                                        {"minutes_since", 60},
                                                        {"seconds_since", 1}};
  const bool until = name == "days_until";
  const int64_t today = Zone::utc().day_of(as_of).number;
  if (since.type == ValueType::kDay && name == "days_since") {
    return whole(fmt::format("({} - ({}))", today, since.text));
  }
  if (since.type == ValueType::kDay && until) {
    return whole(fmt::format("(({}) - {})", since.text, today));
  }
  if (since.type != ValueType::kInstant) return not_translated(name + " of something else");
  const int64_t unit = (until ? 86'400 : kUnits.at(name)) * kSecond;
  const std::string passed = until ? fmt::format("(({}) - {})", since.text, as_of.micros)
                                   : fmt::format("({} - ({}))", as_of.micros, since.text);
  return whole(floored(passed, std::to_string(unit)));
}

Result<Sql> rounding(const std::string& name, const Sql& value) {
  if (!value.number()) return not_translated(name + " of something else");
  if (name == "abs") {
    return Sql{fmt::format("abs({})", value.text), value.type, value.scale};
  }
  if (!value.exact()) return whole(fmt::format("CAST({}({}) AS BIGINT)", name, value.text));
  const int64_t one = power_of_ten(value.scale);
  if (name == "floor") return whole(floored(value.text, std::to_string(one)));
  // Half away from zero.
  return whole(
      fmt::format("(CASE WHEN ({0}) < 0 THEN -((2 * -({0}) + {1}) // (2 * {1})) ELSE (2 * "
                  "({0}) + {1}) // (2 * {1}) END)",
                  value.text, one));
}

// Unknown if any is; SQL's own ignore them.
Result<Sql> extreme(const std::string& name, const std::vector<Sql>& arguments) {
  REGULARS_ASSIGN(const std::vector<Sql> values, alike(arguments));
  std::string list;
  std::string missing;
  for (const Sql& value : values) {
    list += (list.empty() ? "" : ", ") + value.text;
    missing += (missing.empty() ? "" : " OR ") + fmt::format("({}) IS NULL", value.text);
  }
  return Sql{fmt::format("(CASE WHEN {} THEN NULL ELSE {}({}) END)", missing, name, list),
             values[0].type, values[0].scale};
}

}  // namespace

Error not_translated(const std::string& what) {
  return Error(ErrorCode::kUnsupported, what + " has no translation");
}

std::string at_scale(const Sql& value, int scale) {
  if (value.scale == scale) return value.text;
  return fmt::format("(({})::HUGEINT * {})", value.text, power_of_ten(scale - value.scale));
}

std::string as_real(const Sql& value) {
  if (!value.exact()) return value.text;
  return fmt::format("(CAST({} AS DOUBLE) / CAST({} AS DOUBLE))", value.text,
                     power_of_ten(value.scale));
}

Result<std::vector<Sql>> alike(std::vector<Sql> values) {
  ValueType type = ValueType::kBoolean;
  int scale = 0;
  bool some = false;
  for (const Sql& value : values) {
    if (value.unknown) continue;
    if (some && value.number() != (type == ValueType::kInteger || type == ValueType::kDecimal ||
                                   type == ValueType::kReal)) {
      return not_translated("a choice between unlike values");
    }
    if (some && !value.number() && value.type != type) {
      return not_translated("a choice between unlike values");
    }
    if (!some || value.type == ValueType::kReal) type = value.type;
    if (type != ValueType::kReal && value.type == ValueType::kDecimal) type = value.type;
    scale = std::max(scale, value.scale);
    some = true;
  }
  for (Sql& value : values) {
    if (!value.unknown && type == ValueType::kReal) value.text = as_real(value);
    if (!value.unknown && value.exact() && type != ValueType::kReal) {
      value.text = at_scale(value, scale);
    }
    value.type = type;
    value.scale = type == ValueType::kReal ? 0 : scale;
    value.unknown = !some;
  }
  return values;
}

Result<Sql> arithmetic(const std::string& op, const Sql& a, const Sql& b) {
  if (!a.number() || !b.number()) return not_translated("arithmetic of something else");
  const bool exact = a.exact() && b.exact();
  const int scale = std::max(a.scale, b.scale);
  if (op == "/" && exact) {
    return real(fmt::format("(CAST({} AS DOUBLE) / CAST(nullif({}, 0) AS DOUBLE))",
                            at_scale(a, scale), at_scale(b, scale)));
  }
  if (op == "/") return real(fmt::format("({} / nullif({}, 0))", as_real(a), as_real(b)));
  if (!exact) return real(fmt::format("({} {} {})", as_real(a), op, as_real(b)));
  const bool integers = a.type == ValueType::kInteger && b.type == ValueType::kInteger;
  const ValueType type = integers ? ValueType::kInteger : ValueType::kDecimal;
  if (op == "*") {
    return Sql{fmt::format("(({})::HUGEINT * ({}))", a.text, b.text), type, a.scale + b.scale};
  }
  return Sql{fmt::format("({} {} {})", at_scale(a, scale), op, at_scale(b, scale)), type, scale};
}

Result<Sql> comparison(const std::string& op, const Sql& a, const Sql& b) {
  if (a.unknown || b.unknown) return Sql{"NULL::BOOLEAN", ValueType::kBoolean};
  const std::string sign = op == "!=" ? "<>" : op;
  if (a.exact() && b.exact()) {
    const int scale = std::max(a.scale, b.scale);
    return Sql{fmt::format("({} {} {})", at_scale(a, scale), sign, at_scale(b, scale))};
  }
  if (a.number() && b.number()) {
    return Sql{fmt::format("({} {} {})", as_real(a), sign, as_real(b))};
  }
  if (a.type != b.type) return not_translated("a comparison of unlike values");
  return Sql{fmt::format("(({}) {} ({}))", a.text, sign, b.text)};
}

Result<Sql> scalar_call(const std::string& name, const std::vector<Sql>& arguments, Instant as_of) {
  for (const Sql& argument : arguments) {
    if (argument.unknown) return not_translated(name + " of unknown");
  }
  if (arguments.empty()) return not_translated(name);
  const Sql& first = arguments[0];
  if (name.ends_with("_since") || name == "days_until") {
    if (name == "months_since" || name == "years_since" || name == "held_since") {
      return not_translated(name);
    }
    return elapsed(name, first, as_of);
  }
  if (name == "year" || name == "quarter" || name == "month" || name == "week" || name == "day" ||
      name == "weekday" || name == "day_of_month" || name == "hour" || name == "minute") {
    return time_part(name, first);
  }
  if (name == "abs" || name == "round" || name == "floor") return rounding(name, first);
  if (name == "least" || name == "greatest") return extreme(name, arguments);
  if (name == "coalesce") {
    REGULARS_ASSIGN(const std::vector<Sql> values, alike(arguments));
    std::string list;
    for (const Sql& value : values) list += (list.empty() ? "" : ", ") + value.text;
    return Sql{"coalesce(" + list + ")", values[0].type, values[0].scale};
  }
  if (name == "known") return Sql{fmt::format("(({}) IS NOT NULL)", first.text)};
  if (name == "missing") return Sql{fmt::format("(({}) IS NULL)", first.text)};
  if (name == "length" && first.type == ValueType::kText) {
    return whole(fmt::format("CAST(length({}) AS BIGINT)", first.text));
  }
  return not_translated(name);
}

}  // namespace regulars::third_opinion
