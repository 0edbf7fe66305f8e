// Errors as values. A function that can fail for a reason outside the program returns Result<T>;
// ignoring one does not compile. Assertions are kept for our own bugs.
//
//   Result<Decimal> parsed = Decimal::parse("12,50");
//   if (!parsed) return parsed.error();
//
// Thread-safety: values, as safe as the type they hold.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace regulars {

enum class ErrorCode {
  kBadData,        // the input data is at fault
  kBadDefinition,  // a rule, mapping or setting is at fault
  kNotFound,       // a file, column or name does not exist
  kUnsupported,    // a format or operation we do not offer
  kIo,             // the outside world refused: disk, permissions
  kOverflow,       // a number does not fit where it must
  kUsage,          // the command line is at fault
  kInternal,       // our fault
};

// Where in the input: any part may be absent (empty text, zero).
struct Place {
  std::string file;
  uint64_t line = 0;    // 1-based
  uint32_t column = 0;  // 1-based column of a table, or character of a text
  std::string field;    // column name or JSON pointer

  bool operator==(const Place&) const = default;
};

class [[nodiscard]] Error {
 public:
  Error(ErrorCode code, std::string message, std::string hint = {}, Place place = {})
      : code_(code),
        message_(std::move(message)),
        hint_(std::move(hint)),
        place_(std::move(place)) {}

  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }  // what is wrong
  const std::string& hint() const { return hint_; }        // what to do; may be empty
  const Place& place() const { return place_; }

  Error at(Place place) && {
    place_ = std::move(place);
    return std::move(*this);
  }

  // "orders.csv:12: amount: 'abc' is not a number", then the hint on a line of its own.
  std::string to_string() const;

 private:
  ErrorCode code_;
  std::string message_;
  std::string hint_;
  Place place_;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  bool ok() const { return state_.index() == 0; }

  T& value() & { return checked(); }
  const T& value() const& { return const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(checked()); }
  T& operator*() & { return checked(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& {
    assert(!ok());
    return std::get<1>(state_);
  }
  Error&& error() && {
    assert(!ok());
    return std::get<1>(std::move(state_));
  }

 private:
  T& checked() {
    assert(ok());
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return ok(); }
  bool ok() const { return state_.index() == 0; }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace regulars

#define REGULARS_CONCAT_INNER(a, b) a##b
#define REGULARS_CONCAT(a, b) REGULARS_CONCAT_INNER(a, b)

// Returns the error of a Result<void> (or any Result) to the caller.
#define REGULARS_TRY(expression)                             \
  if (auto regulars_result = (expression); !regulars_result) \
  return std::move(regulars_result).error()

// REGULARS_ASSIGN(auto table, read(path)): declares or assigns the value, or returns the error.
#define REGULARS_ASSIGN(target, expression) \
  REGULARS_ASSIGN_INNER(REGULARS_CONCAT(regulars_assign_, __LINE__), target, expression)
#define REGULARS_ASSIGN_INNER(temporary, target, expression) \
  auto temporary = (expression);                             \
  if (!temporary) return std::move(temporary).error();       \
  target = std::move(temporary).value()
