// The state of one compilation, and the parts that chapters share. Internal to the module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "language/compile.h"
#include "language/functions.h"
#include "language/lower/typed.h"

namespace regulars::language {

// The event a part of a rule is about, inside `where` or the value of an aggregate.
struct EventContext {
  // An earlier step of a sequence, by its alias or the name of its type.
  struct Step {
    std::string alias;
    std::string event;
    size_t index = 0;
  };
  std::string event;
  bool sees_items = false;    // bare item columns are those of the item the value is about
  bool inside_items = false;  // any item (...), all item (...)
  std::string alias;          // of this step
  std::vector<Step> earlier;  // positive steps before
};

struct Lowering {
  std::string_view text;
  const Scope& scope;
  const Zone& zone;
  Compiled& out;
  const EventContext* event = nullptr;

  // Any value; a rule: a boolean; a number: exact or real.
  Result<Typed> lower(const Node& node);
  Result<evaluate::ExpressionPtr> rule(const Node& node);
  Result<Typed> number(const Node& node);
  // A value in another context (null: outside of every event).
  Result<Typed> lower_in(const EventContext* context, const Node& node);
  Result<evaluate::ExpressionPtr> rule_in(const EventContext* context, const Node& node);

  Error error(Extent extent, std::string message, const std::string& hint = {}) const;
  void warn(Extent extent, std::string message);
  void without(const std::string& what);       // Compiled::without_data, once
  std::string source(const Node& node) const;  // the text of a part, in short

  // A literal argument: an integer within [least, most], a text or a bare name as text, a time.
  Result<int64_t> integer_argument(const Node& node, int64_t least, int64_t most);
  Result<std::string> text_argument(const Node& node);
  Result<TimeAmount> time_argument(const Node& node);
  Result<Duration> duration_argument(const Node& node);
};

// A value that stands as a rule; patterns become "at least one".
Result<Typed> as_rule(const Lowering& at, Typed value, const Node& node);

// "; did you mean 'web'?" put as a hint; empty without near names.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names);
// "There are: a, b, c."
std::string list_of(const std::vector<std::string>& names);
std::string quoted(std::string_view name);

// ---- time (spans.cpp) ----
constexpr int64_t kMicrosOfDay = 86'400'000'000;
bool is_exact(Unit unit);  // second .. week
Result<Duration> exact_time(const Lowering& at, const TimeAmount& time, Extent extent);
int months_of(const TimeAmount& time);  // month, quarter, year
evaluate::Window::Period period_of(Unit unit, bool retail);
Result<evaluate::Window> window_of(Lowering& at, const Span& span);
// Of a call: its `over`, lifetime without one.
Result<evaluate::Window> window_of_call(Lowering& at, const Node& call);
// For what was true over time, which no anchor or session bounds.
Result<evaluate::Window> window_over_time(Lowering& at, const Span& span);
// For conditions on an instant (`within`), where spans ahead are allowed.
Result<evaluate::Window> window_of_within(Lowering& at, const Span& span);
Result<evaluate::Shift> shift_of(Lowering& at, const Moment& moment);
// The shift by the length of a span, for "the window before"; an error for spans without a length.
Result<evaluate::Shift> length_of(Lowering& at, const Span& span);
// A date as written: '2025-01-31', '2025-01-31 14:30', with seconds and a final Z at most.
struct WrittenDate {
  Day day;
  std::optional<Instant> instant;  // when a time of day was written
};
std::optional<WrittenDate> read_date(std::string_view text, const Zone& zone);

// ---- names (names.cpp) ----
Result<Typed> lower_name(Lowering& at, const Node& node);
// Where a text names one event type's field: the field's type and values.
struct Field {
  evaluate::Type type;
  DictionaryPtr dictionary;
  bool here = true;  // false: declared, but the data lack it
};
std::optional<Field> field_of(const Scope& scope, const std::string& event, const std::string& name,
                              bool item);
bool is_event(const Scope& scope, const std::string& name);
std::vector<std::string> event_names(const Scope& scope);
std::vector<std::string> field_names(const Scope& scope, const std::string& event, bool item);
Result<Typed> event_column(Lowering& at, const std::string& event, const std::string& name,
                           bool item, const Node& node);
// The attribute, as of t; nullopt when there is none of that name.
std::optional<Typed> attribute_of(Lowering& at, const std::string& name);
// A score of a model of the project (data/declarations.h, kModelScores).
std::optional<Typed> score_of(Lowering& at, const std::string& name);
void note_event(Lowering& at, const std::string& event);
Result<Typed> reference_of(Lowering& at, ReferenceKind kind, const std::string& name, Extent where);

// ---- operators ----
Result<Typed> lower_binary(Lowering& at, const Node& node);      // arithmetic.cpp, compare.cpp
Result<Typed> lower_arithmetic(Lowering& at, const Node& node);  // + - * /
Result<Typed> compare(Lowering& at, const Node& node, evaluate::Op op, Typed a, Typed b);
Result<Typed> lower_between(Lowering& at, const Node& node);
Result<Typed> lower_one_of(Lowering& at, const Node& node);
Result<Typed> lower_in_list(Lowering& at, const Node& node);
Result<Typed> lower_has(Lowering& at, const Node& node);
Result<Typed> lower_within(Lowering& at, const Node& node);
Result<Typed> lower_is(Lowering& at, const Node& node);
Result<Typed> lower_text_test(Lowering& at, const Node& node, evaluate::Op op);
Result<Typed> lower_at(Lowering& at, const Node& node);
Result<Typed> lower_sequence(Lowering& at, const Node& node);
Result<Typed> lower_top(Lowering& at, const Node& node);
Result<Typed> lower_members(Lowering& at, const Node& node);
Result<Typed> lower_unit_call(Lowering& at, const Node& node, const std::string& unit,
                              const std::string& function);
Result<Typed> lower_items(Lowering& at, const Node& node);

// ---- warnings (warnings.cpp) ----
void warn_about_range(Lowering& at, const Node& node, evaluate::Op op, const Typed& value,
                      const Typed& literal);
void warn_about_not(Lowering& at, const Node& node);
void warn_about_or(Lowering& at, const Node& node);
void warn_about_text(Lowering& at, const Node& literal, const Typed& value,
                     const std::string& wanted);

}  // namespace regulars::language
