// Sequences: first this, then that.
#include <algorithm>

#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using Steps = std::vector<EventContext::Step>;

constexpr size_t kMostSteps = 8;

struct ColumnName {
  bool found = false;
  bool item = false;
  size_t step = 0;  // of the earlier one
  std::string column;
};

// "a.product", "a.item.product" of an earlier step, or of this one ("" and its own names).
ColumnName split_column(const Lowering& at, const std::string& event, const std::string& rest) {
  ColumnName name{true, false, 0, rest};
  if (rest.rfind("item.", 0) == 0) {
    name.item = true;
    name.column = rest.substr(5);
  } else if (!field_of(at.scope, event, rest, false) && field_of(at.scope, event, rest, true)) {
    name.item = true;
  }
  name.found = field_of(at.scope, event, name.column, name.item).has_value();
  return name;
}

ColumnName of_earlier(const Lowering& at, const Node& node, const Steps& earlier) {
  if (node.kind != Node::Kind::kName) return {};
  const size_t point = node.text.find('.');
  if (point == std::string::npos) return {};
  const std::string head = node.text.substr(0, point);
  for (auto step = earlier.rbegin(); step != earlier.rend(); ++step) {
    if (step->alias != head && (step->event != head || !step->alias.empty())) continue;
    ColumnName name = split_column(at, step->event, node.text.substr(point + 1));
    name.step = step->index;
    return name;
  }
  return {};
}

ColumnName of_this(const Lowering& at, const Node& node, const SequenceStep& step) {
  if (node.kind != Node::Kind::kName) return {};
  const size_t point = node.text.find('.');
  const std::string head = node.text.substr(0, point);
  const bool own = point != std::string::npos &&
                   (head == step.event || (!step.alias.empty() && head == step.alias));
  return split_column(at, step.event, own ? node.text.substr(point + 1) : node.text);
}

// `b.product = a.product`: a condition on two events.
std::optional<evaluate::Sequence::Correlation> correlation_of(const Lowering& at, const Node& node,
                                                              const SequenceStep& step,
                                                              const Steps& earlier) {
  if (node.kind != Node::Kind::kBinary || node.text != "=") return std::nullopt;
  for (const bool swap : {false, true}) {
    const Node& mine = *node.arguments[swap ? 1 : 0];
    const Node& other = *node.arguments[swap ? 0 : 1];
    const bool mine_is_other =
        of_earlier(at, mine, earlier).found && mine.text.rfind(step.event + ".", 0) != 0;
    const ColumnName b = of_earlier(at, other, earlier);
    const ColumnName a = of_this(at, mine, step);
    if (!a.found || !b.found || mine_is_other) continue;
    return evaluate::Sequence::Correlation{a.column, a.item, b.step, b.column, b.item};
  }
  return std::nullopt;
}

void parts_of(const NodePtr& where, std::vector<NodePtr>& parts) {
  if (where == nullptr) return;
  if (where->kind != Node::Kind::kAnd) {
    parts.push_back(where);
    return;
  }
  for (const NodePtr& argument : where->arguments) parts_of(argument, parts);
}

Result<void> lower_conditions(Lowering& at, const SequenceStep& written, const Steps& earlier,
                              evaluate::Sequence::Step& step) {
  if (written.event == "purchase") step.where = kept_purchase(at.scope);
  std::vector<NodePtr> parts;
  parts_of(written.where, parts);
  EventContext context;
  context.event = written.event;
  context.alias = written.alias;
  context.earlier = earlier;
  for (const NodePtr& part : parts) {
    if (auto equal = correlation_of(at, *part, written, earlier)) {
      step.equal.push_back(*std::move(equal));
      continue;
    }
    REGULARS_ASSIGN(ExpressionPtr rule, at.rule_in(&context, *part));
    step.where = both(step.where, std::move(rule));
  }
  return {};
}

Result<evaluate::Sequence::Step> lower_step(Lowering& at, const SequenceStep& written,
                                            const Steps& earlier) {
  if (!is_event(at.scope, written.event)) {
    std::vector<std::string> names = event_names(at.scope);
    const std::string near = did_you_mean(written.event, names);
    return at.error(written.extent, "there is no event type " + quoted(written.event),
                    near.empty() ? list_of(names) : near);
  }
  note_event(at, written.event);
  evaluate::Sequence::Step step;
  step.event = written.event;
  step.absent = written.absent;
  REGULARS_TRY(lower_conditions(at, written, earlier, step));
  if (written.within) {
    REGULARS_ASSIGN(step.within, exact_time(at, *written.within, written.extent));
  }
  if (written.at_least) {
    REGULARS_ASSIGN(step.at_least, exact_time(at, *written.at_least, written.extent));
  }
  return step;
}

Result<void> check_steps(const Lowering& at, const Node& node) {
  const SequenceStep& last = node.steps.back();
  if (node.steps.front().absent) {
    return at.error(node.steps.front().extent, "a sequence begins with something that happened",
                    "turn it round: first what happened, then what did not");
  }
  if (last.absent && !last.within) {
    return at.error(last.extent, "that something does not follow needs a time",
                    "write: then not " + last.event + " within 2 days");
  }
  if (node.steps.size() > kMostSteps) {
    return at.error(node.extent, "a sequence has at most " + std::to_string(kMostSteps) +
                                     " steps, here are " + std::to_string(node.steps.size()));
  }
  return {};
}

// `then next b`: no event of the sequence's types between. Everywhere: a strict sequence; else the
// types are forbidden there.
Result<void> apply_next(const Lowering& at, const Node& node, evaluate::Sequence& sequence) {
  const auto positive_after_first = [](const SequenceStep& s) { return !s.absent; };
  const bool none = std::none_of(node.steps.begin(), node.steps.end(),
                                 [](const SequenceStep& s) { return s.next; });
  if (none) return {};
  sequence.strict =
      std::all_of(node.steps.begin() + 1, node.steps.end(),
                  [&](const SequenceStep& s) { return s.next || !positive_after_first(s); });
  if (sequence.strict) return {};
  return at.error(node.extent, "`next` stands at every step or at none",
                  "for a single pair write two sequences, or `not` steps between");
}

}  // namespace

Result<Typed> lower_sequence(Lowering& at, const Node& node) {
  if (at.event != nullptr) {
    return at.error(node.extent, "a sequence cannot stand inside the `where` of an event");
  }
  REGULARS_TRY(check_steps(at, node));
  evaluate::Sequence sequence;
  Steps earlier;
  for (const SequenceStep& written : node.steps) {
    REGULARS_ASSIGN(evaluate::Sequence::Step step, lower_step(at, written, earlier));
    if (!written.absent) earlier.push_back({written.alias, written.event, sequence.steps.size()});
    sequence.steps.push_back(std::move(step));
  }
  REGULARS_TRY(apply_next(at, node, sequence));
  if (node.span) {
    REGULARS_ASSIGN(sequence.window, window_of(at, *node.span));
  }
  Typed result = count_of(evaluate::sequence(std::move(sequence)));
  result.special = Typed::Special::kPattern;
  result.called = "sequence";
  return result;
}

}  // namespace regulars::language
