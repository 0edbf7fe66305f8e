// A value bound to a `?` of a statement. Values never become part of the statement's text.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/time.h"

namespace regulars::sql {

// monostate is NULL; an Instant binds as TIMESTAMP (UTC), a Day as DATE. Text is borrowed until
// the statement has run.
using Parameter =
    std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string_view, Instant, Day>;

template <class T>
Parameter to_parameter(const T& value) {
  if constexpr (std::is_same_v<T, Parameter> || std::is_same_v<T, bool> ||
                std::is_same_v<T, Instant> || std::is_same_v<T, Day>) {
    return value;
  } else if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) {
    return std::monostate();
  } else if constexpr (std::unsigned_integral<T>) {
    return static_cast<uint64_t>(value);
  } else if constexpr (std::signed_integral<T>) {
    return static_cast<int64_t>(value);
  } else if constexpr (std::floating_point<T>) {
    return static_cast<double>(value);
  } else {
    return std::string_view(value);
  }
}

template <class T>
Parameter to_parameter(const std::optional<T>& value) {
  return value ? to_parameter(*value) : Parameter();
}

}  // namespace regulars::sql
