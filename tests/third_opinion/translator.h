// Private to to_sql: parts of rules as SQL expressions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "to_sql.h"

namespace regulars::third_opinion {

struct Sql {
  std::string text;
  ValueType type = ValueType::kBoolean;
  int scale = 0;
  bool unknown = false;  // the literal, of any type

  bool exact() const { return type == ValueType::kInteger || type == ValueType::kDecimal; }
  bool number() const { return exact() || type == ValueType::kReal; }
};

// (after, upto] in microseconds; empty: since ever.
struct SqlBounds {
  std::string after;
  std::string upto;
};

Error not_translated(const std::string& what);

// Of spans that look from the as-of instant alone.
Result<SqlBounds> bounds_of(const language::Span& span, Instant as_of);

// Exact numbers at a scale, and any number as DOUBLE.
std::string at_scale(const Sql& value, int scale);
std::string as_real(const Sql& value);

Result<Sql> arithmetic(const std::string& op, const Sql& a, const Sql& b);
Result<Sql> comparison(const std::string& op, const Sql& a, const Sql& b);
Result<Sql> scalar_call(const std::string& name, const std::vector<Sql>& arguments, Instant as_of);

// One common type, for branches.
Result<std::vector<Sql>> alike(std::vector<Sql> values);

}  // namespace regulars::third_opinion
