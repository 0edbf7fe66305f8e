// Reads the JSON forms of json.h: one function per form. Spread over json_reader.cpp (parts) and
// json_spans.cpp (spans, moments, steps, small values).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "language/syntax.h"

namespace regulars::language {

class JsonReader {
 public:
  using Json = nlohmann::json;
  using Pointer = Json::json_pointer;

  // `depth` of a part: 1 for the whole.
  Result<NodePtr> part(const Json& json, const Pointer& at, int depth) const;

 private:
  // A part that is an object, at its place.
  struct Form {
    const Json& json;
    const Pointer& at;
    int depth;
    bool has(const char* key) const { return json.contains(key); }
    const Json& operator[](const char* key) const { return json[key]; }
  };
  using Read = Result<NodePtr> (JsonReader::*)(const Form&) const;
  struct Reading {
    std::string_view key;  // the key that tells the form
    Read read;
  };
  static const std::vector<Reading>& readings();

  Result<NodePtr> plain(const Json& json, const Pointer& at) const;
  Result<NodePtr> decimal(const Form& form) const;
  Result<NodePtr> time(const Form& form) const;
  Result<NodePtr> length(const Form& form) const;
  Result<NodePtr> name(const Form& form) const;
  Result<NodePtr> call(const Form& form) const;
  Result<NodePtr> negate(const Form& form) const;
  Result<NodePtr> binary(const Form& form) const;
  Result<NodePtr> test(const Form& form) const;
  Result<Node> test_of(const Form& form) const;
  Result<NodePtr> logic(const Form& form) const;
  Result<NodePtr> negation(const Form& form) const;
  Result<NodePtr> choice(const Form& form) const;
  Result<NodePtr> at_least(const Form& form) const;
  Result<NodePtr> items(const Form& form) const;
  Result<NodePtr> members(const Form& form) const;
  Result<NodePtr> sequence(const Form& form) const;
  Result<NodePtr> top(const Form& form) const;

  // Values of keys.
  Result<NodePtr> child(const Form& form, const char* key) const;           // must be there
  Result<NodePtr> optional_child(const Form& form, const char* key) const;  // null without
  Result<std::vector<NodePtr>> children(const Form& form, const char* key, size_t least) const;
  Result<void> literals(const Form& form, const char* key, Node& node) const;
  Result<void> over(const Form& form, Node& node) const;

  // json_spans.cpp
  Result<Span> span(const Json& json, const Pointer& at, int depth) const;
  Result<void> span_kind(const Form& form, Span& span) const;
  Result<void> anchored_span(const Form& form, Span& span) const;
  Result<Moment> moment(const Json& json, const Pointer& at) const;
  Result<SequenceStep> step(const Json& json, const Pointer& at, int depth, bool first) const;

  static Result<void> only(const Form& form, const std::vector<std::string>& keys);
  static Result<const Json*> need(const Form& form, const char* key);
  static Result<bool> flag(const Form& form, const char* key);
  static Result<std::string> text(const Form& form, const char* key);
  static Result<std::string> name_at(const Form& form, const char* key, bool plain);
  static Result<Decimal> number(const Form& form, const char* key);
  static Result<Decimal> decimal_of(const Json& json, const Pointer& at);
  static Result<int64_t> integer(const Form& form, const char* key, int64_t least);
  static Result<TimeAmount> amount(const Json& json, const Pointer& at, int64_t least);
  static Result<Unit> unit(const Form& form, const char* key);
  static Error bad(const Pointer& at, std::string message, std::string hint = {});
};

}  // namespace regulars::language
