#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>

#include "evaluate/checker.h"
#include "evaluate/expression_json.h"
#include "evaluate/json_names.h"

namespace regulars::evaluate {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

Error bad(const Pointer& at, const std::string& what, std::string hint = {}) {
  const std::string pointer = at.to_string();
  return Error(ErrorCode::kBadDefinition, what, std::move(hint))
      .at({"", 0, 0, pointer.empty() ? "/" : pointer});
}

// A whole number read from exactly the characters given.
bool read_number(std::string_view text, int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_day(std::string_view text, Day& day) {
  int64_t year = 0;
  int64_t month = 0;
  int64_t date = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!read_number(text.substr(0, 4), year) || !read_number(text.substr(5, 2), month) ||
      !read_number(text.substr(8, 2), date)) {
    return false;
  }
  const CivilDate civil{static_cast<int>(year), static_cast<int>(month), static_cast<int>(date)};
  if (!is_valid(civil)) return false;
  day = to_day(civil);
  return true;
}

// "2024-01-31T10:20:30.5Z", up to six digits of a second.
bool read_instant(std::string_view text, Instant& instant) {
  Day day;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || !read_day(text.substr(0, 10), day) ||
      !read_number(text.substr(11, 2), hour) || !read_number(text.substr(14, 2), minute) ||
      !read_number(text.substr(17, 2), second)) {
    return false;
  }
  const std::string_view fraction = text.substr(19, text.size() - 20);
  int64_t micros = 0;
  if (!fraction.empty()) {
    std::string digits(fraction.substr(1));
    if (fraction[0] != '.' || digits.empty() || digits.size() > 6) return false;
    digits.resize(6, '0');
    if (!read_number(digits, micros)) return false;
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
      micros < 0) {
    return false;
  }
  instant = Zone::utc().start_of(day) + hours(hour) + minutes(minute) + seconds(second) +
            microseconds(micros);
  return true;
}

bool read_duration(std::string_view text, Duration& duration) {
  size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0) {
    ++digits;
  }
  int64_t count = 0;
  if (!read_number(text.substr(0, digits), count)) return false;
  for (const Unit& unit : kUnits) {
    if (text.substr(digits) != unit.name) continue;
    return !__builtin_mul_overflow(count, unit.micros, &duration.micros);
  }
  return false;
}

class Reader {
 public:
  Result<ExpressionPtr> expression(const Json& json, const Pointer& at, int depth) const {
    if (depth > kMostDepth) return bad(at, "the tree is deeper than 200 nodes");
    if (!json.is_object()) return plain_literal(json, at);
    if (json.empty()) return bad(at, "an empty object is no expression");
    for (const AggregateKind& kind : kAggregates) {
      if (json.contains(name_of(kind))) return aggregate(kind, json, at, depth);
    }
    if (json.size() != 1) return bad(at, "an expression has one key");
    const std::string& key = json.begin().key();
    const Json& value = json.begin().value();
    if (const Op* op = named(kOperations, key)) return operation(*op, value, at / key, depth);
    return leaf(key, value, at / key);
  }

 private:
  static Result<ExpressionPtr> plain_literal(const Json& json, const Pointer& at) {
    if (json.is_null()) return unknown();
    if (json.is_boolean()) return boolean(json.get<bool>());
    if (json.is_string()) return text(json.get<std::string>());
    if (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX) {
      return bad(at, "the integer does not fit into 64 bits");
    }
    if (json.is_number_integer()) return integer(json.get<int64_t>());
    if (json.is_number_float()) return real(json.get<double>());
    return bad(at, "a list is no expression");
  }

  static Result<std::string> string_of(const Json& json, const Pointer& at) {
    if (!json.is_string()) return bad(at, "must be a text");
    return json.get<std::string>();
  }

  static Result<int64_t> integer_of(const Json& json, const Pointer& at) {
    if (!json.is_number_integer() ||
        (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX)) {
      return bad(at, "must be an integer");
    }
    return json.get<int64_t>();
  }

  static Result<int> small_integer_of(const Json& json, const Pointer& at) {
    REGULARS_ASSIGN(const int64_t number, integer_of(json, at));
    if (number < INT32_MIN || number > INT32_MAX) return bad(at, "the number is out of range");
    return static_cast<int>(number);
  }

  static Result<Duration> duration_of(const Json& json, const Pointer& at) {
    Duration duration;
    if (json.is_string() && read_duration(json.get_ref<const std::string&>(), duration)) {
      return duration;
    }
    return bad(at, "must be a duration such as \"90d\", \"12h\" or \"30min\"");
  }

  static Result<Instant> instant_of(const Json& json, const Pointer& at) {
    Instant instant;
    if (json.is_number_integer()) {
      REGULARS_ASSIGN(instant.micros, integer_of(json, at));
      return instant;
    }
    if (json.is_string() && read_instant(json.get_ref<const std::string&>(), instant)) {
      return instant;
    }
    return bad(at, "must be an instant such as \"2024-01-31T00:00:00Z\"");
  }

  static Result<ExpressionPtr> day_of(const Json& json, const Pointer& at) {
    Day found;
    if (json.is_number_integer()) {
      REGULARS_ASSIGN(found.number, small_integer_of(json, at));
      return day(found);
    }
    if (json.is_string() && read_day(json.get_ref<const std::string&>(), found)) return day(found);
    return bad(at, "must be a day such as \"2024-01-31\"");
  }

  static Result<ExpressionPtr> leaf(const std::string& key, const Json& value, const Pointer& at) {
    if (key == "decimal") {
      REGULARS_ASSIGN(const std::string digits, string_of(value, at));
      const Result<Decimal> parsed = Decimal::parse(digits);
      if (!parsed) return bad(at, parsed.error().message());
      return decimal(*parsed);
    }
    if (key == "day") return day_of(value, at);
    if (key == "instant") {
      REGULARS_ASSIGN(const Instant found, instant_of(value, at));
      return instant(found);
    }
    if (key == "leaf") {
      REGULARS_ASSIGN(const std::string name, string_of(value, at));
      const Op* op = named(kNamedLeaves, name);
      return op != nullptr ? Result<ExpressionPtr>(make(*op, {}))
                           : bad(at, "there is no leaf '" + name + "'");
    }
    const Op* op = named(kNameLeaves, key);
    if (op == nullptr) return bad(at, "'" + key + "' is no operation, aggregate or leaf");
    Expression made;
    made.op = *op;
    REGULARS_ASSIGN(made.name, string_of(value, at));
    return ExpressionPtr(std::make_shared<Expression>(std::move(made)));
  }

  Result<ExpressionPtr> operation(Op op, const Json& value, const Pointer& at, int depth) const {
    if (!value.is_array()) return bad(at, "the arguments must be a list");
    std::vector<ExpressionPtr> arguments;
    for (size_t i = 0; i < value.size(); ++i) {
      REGULARS_ASSIGN(ExpressionPtr argument, expression(value[i], at / i, depth + 1));
      arguments.push_back(std::move(argument));
    }
    return make(op, std::move(arguments));
  }

  Result<ExpressionPtr> aggregate(AggregateKind kind, const Json& json, const Pointer& at,
                                  int depth) const {
    Aggregate made;
    made.kind = kind;
    for (const auto& [key, value] : json.items()) {
      const Pointer here = at / key;
      if (key == name_of(kind)) {
        REGULARS_ASSIGN(made.event, string_of(value, here));
      } else if (key == "of") {
        REGULARS_ASSIGN(made.value, value_of(value, here));
      } else if (key == "where") {
        REGULARS_ASSIGN(made.where, expression(value, here, depth + 1));
      } else if (key == "over") {
        REGULARS_ASSIGN(made.window, window(value, here));
      } else if (key == "n") {
        REGULARS_ASSIGN(made.n, integer_of(value, here));
      } else if (key == "twice_shop_gap_days") {
        REGULARS_ASSIGN(made.rhythm.twice_shop_gap_days, integer_of(value, here));
      } else if (key == "twice_factor") {
        REGULARS_ASSIGN(made.rhythm.twice_factor, integer_of(value, here));
      } else if (key == "first_gap_limit_days") {
        REGULARS_ASSIGN(made.rhythm.first_gap_limit_days, integer_of(value, here));
      } else {
        return bad(here, "an aggregate has no '" + key + "'",
                   "It has of, where, over; n for nth_distinct.");
      }
    }
    return evaluate::aggregate(std::move(made));
  }

  static Result<AggregateValue> value_of(const Json& json, const Pointer& at) {
    if (json == "at") return at_value();
    if (json == "day") return day_value();
    if (json.is_object() && json.size() == 1) {
      const std::string& key = json.begin().key();
      if (key == "column" || key == "item") {
        REGULARS_ASSIGN(std::string name, string_of(json.begin().value(), at / key));
        return key == "item" ? item_value(std::move(name)) : column_value(std::move(name));
      }
    }
    return bad(at, R"(must be {"column": name}, {"item": name}, "at" or "day")");
  }

  static Result<Window> period_window(const Json& json, const Pointer& at, bool last) {
    for (const auto& [period, name] : kPeriods) {
      if (json == name) return last ? last_period(period) : this_period(period);
    }
    return bad(at, "must be \"day\", \"week\", \"month\", \"quarter\" or \"year\"");
  }

  static Result<Window> window(const Json& json, const Pointer& at) {
    const auto fail = [&] {
      return bad(at, "must be one window",
                 "rolling, months, calendar_days, this, last, or from and until; to with the first "
                 "two.");
    };
    if (!json.is_object() || json.empty() || json.size() > 2) return fail();
    Window made;
    const bool second = json.size() == 2;
    if (json.contains("rolling") && (!second || json.contains("to"))) {
      REGULARS_ASSIGN(made, rolling_window(json, at));
    } else if (json.contains("months") && (!second || json.contains("to"))) {
      REGULARS_ASSIGN(const int from, small_integer_of(json["months"], at / "months"));
      made = months(from);
      if (second) {
        REGULARS_ASSIGN(made.to_months, small_integer_of(json["to"], at / "to"));
      }
    } else if (json.contains("from") && json.contains("until")) {
      REGULARS_ASSIGN(const Instant from, instant_of(json["from"], at / "from"));
      REGULARS_ASSIGN(const Instant until, instant_of(json["until"], at / "until"));
      made = absolute(from, until);
    } else if (!second && json.contains("calendar_days")) {
      REGULARS_ASSIGN(const int count,
                      small_integer_of(json["calendar_days"], at / "calendar_days"));
      made = calendar_days(count);
    } else if (!second && json.contains("this")) {
      return period_window(json["this"], at / "this", false);
    } else if (!second && json.contains("last")) {
      return period_window(json["last"], at / "last", true);
    } else {
      return fail();
    }
    return made;
  }

  static Result<Window> rolling_window(const Json& json, const Pointer& at) {
    REGULARS_ASSIGN(const Duration from, duration_of(json["rolling"], at / "rolling"));
    if (json.size() == 1) return rolling(from);
    REGULARS_ASSIGN(const Duration to, duration_of(json["to"], at / "to"));
    return between_ago(from, to);
  }
};

}  // namespace

Result<ExpressionPtr> expression_from_json(std::string_view json) {
  try {
    return Reader().expression(Json::parse(json), Pointer(), 1);
  } catch (const Json::exception& error) {
    return Error(ErrorCode::kBadDefinition, std::string("not JSON: ") + error.what());
  }
}

}  // namespace regulars::evaluate
