#include "definitions/label.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "definitions/tree_walk.h"
#include "evaluate/checker.h"
#include "evaluate/shift.h"
#include "evaluate/window.h"
#include "language/parse.h"

namespace regulars::definitions {
namespace {

using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;
using evaluate::Window;

bool is_ahead(const Window& window) {
  return window.kind == Window::Kind::kAhead || window.kind == Window::Kind::kAheadMonths ||
         window.kind == Window::Kind::kAheadDays;
}

// The window that decides which events or instants the node looks at; null: none.
const Window* own_window(const Expression& e) {
  if (e.op == Op::kAggregate) return &e.aggregate->window;
  if (e.op == Op::kSequence) return &e.sequence->window;
  const bool over_time = e.op == Op::kEver || e.op == Op::kEntered;
  return over_time && e.window ? e.window.get() : nullptr;
}

bool looks_ahead(const Expression& e) {
  const Window* window = own_window(e);
  return window != nullptr && is_ahead(*window);
}

bool any_looks_ahead(const ExpressionPtr& tree) {
  if (looks_ahead(*tree)) return true;
  bool any = false;
  for_each_child(*tree, [&](const ExpressionPtr& child) { any = any || any_looks_ahead(child); });
  return any;
}

ExpressionPtr as_of(ExpressionPtr tree, Instant t) {
  evaluate::Shift shift;
  shift.kind = evaluate::Shift::Kind::kInstant;
  shift.instant = t;
  return evaluate::shifted(std::move(tree), shift);
}

// What the node asks of the span after t, asked at its end.
ExpressionPtr at_its_end(const Expression& e, Instant t, const Zone& zone) {
  const evaluate::Bounds bounds = evaluate::bounds_of(*own_window(e), t, zone);
  Window window;
  window.kind = Window::Kind::kBetween;
  window.begin = bounds.after + microseconds(1);
  window.end = bounds.upto + microseconds(1);
  auto asked = std::make_shared<Expression>(e);
  if (e.op == Op::kAggregate) {
    asked->aggregate->window = window;
  } else if (e.op == Op::kSequence) {
    auto sequence = std::make_shared<evaluate::Sequence>(*e.sequence);
    sequence->window = window;
    asked->sequence = std::move(sequence);
  } else {
    asked->window = std::make_shared<Window>(window);
  }
  return as_of(std::move(asked), bounds.upto);
}

// Whether the operation itself looks at the as-of: its argument cannot lie after it.
bool measures_from_now(Op op) {
  constexpr Op kAll[] = {Op::kDaysSince, Op::kElapsed,           Op::kMonthsSince, Op::kYearsSince,
                         Op::kDaysUntil, Op::kDaysToAnniversary, Op::kInWindow};
  return std::find(std::begin(kAll), std::end(kAll), op) != std::end(kAll);
}

// Where the parts of a label may look ahead: through arithmetic, comparison and logic, and through
// a look back, which moves t.
std::optional<std::string> fault_of(const ExpressionPtr& tree) {
  if (looks_ahead(*tree)) {
    if (own_window(*tree)->own_zone) return "a label cannot look ahead by the customer's own clock";
    std::optional<std::string> fault;
    for_each_child(*tree, [&](const ExpressionPtr& child) {
      if (any_looks_ahead(child)) fault = "what `over next` counts cannot itself look ahead";
    });
    return fault;
  }
  if (!any_looks_ahead(tree)) return std::nullopt;
  if (tree->op == Op::kOfUnit) return "a household cannot be asked about the time ahead";
  if (tree->op == Op::kPosition) return "a place among all customers cannot look ahead";
  if (measures_from_now(tree->op)) return "a time up to now cannot be asked of what lies ahead";
  const bool other = own_window(*tree) != nullptr;
  if (other) return "only the whole of a count can look ahead, not a part within it";
  std::optional<std::string> fault;
  for (const ExpressionPtr& child : tree->arguments) {
    if (!fault) fault = fault_of(child);
  }
  return fault;
}

Result<void> check(const ExpressionPtr& tree, const language::Scope& scope) {
  if (!any_looks_ahead(tree)) {
    return Error(ErrorCode::kBadDefinition, "the label does not look ahead",
                 "Say what is to be foretold: count(purchase) over next 90 days = 0");
  }
  if (const auto fault = fault_of(tree)) return Error(ErrorCode::kBadDefinition, *fault);
  REGULARS_ASSIGN(const Zone zone, Zone::find(scope.facts.zone));
  const auto checked = evaluate::check(*label_at(tree, Instant{}, zone), scope.schema);
  if (!checked) return checked.error();
  return {};
}

}  // namespace

Result<language::Compiled> compile_label(std::string_view text, const language::Scope& scope) {
  language::Scope ahead = scope;
  ahead.in_label = true;
  REGULARS_ASSIGN(const language::NodePtr tree, language::parse(text));
  REGULARS_ASSIGN(language::Compiled compiled, language::compile_rule(*tree, text, ahead));
  const auto good = check(compiled.expression, scope);
  if (!good) {
    return language::error_at(text, tree->extent, good.error().message(), good.error().hint());
  }
  return compiled;
}

ExpressionPtr label_at(const ExpressionPtr& label, Instant t, const Zone& zone) {
  if (looks_ahead(*label)) return at_its_end(*label, t, zone);
  if (!any_looks_ahead(label)) return label->op == Op::kLiteral ? label : as_of(label, t);
  if (label->op == Op::kShifted) {
    return label_at(label->arguments[0], evaluate::shifted_instant(label->shift, t, zone), zone);
  }
  return with_children(label, [&](const ExpressionPtr& child) { return label_at(child, t, zone); });
}

Instant label_end(const ExpressionPtr& label, Instant t, const Zone& zone) {
  if (looks_ahead(*label)) return evaluate::bounds_of(*own_window(*label), t, zone).upto;
  const bool back = label->op == Op::kShifted;
  const Instant asked = back ? evaluate::shifted_instant(label->shift, t, zone) : t;
  Instant end = t;
  for (const ExpressionPtr& child : label->arguments) {
    end = std::max(end, label_end(child, asked, zone));
  }
  return end;
}

}  // namespace regulars::definitions
