#include "replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evaluate/timeline.h"

namespace regulars::evaluate {
namespace {

// The history as it is known from `from` on.
struct Known {
  Instant from;
  History history;
};

// Since before the first instant asked, changed by each event up to the last.
std::vector<Known> states(const History& history, Instant first, Instant last) {
  std::set<Instant> changes = {first};
  for (const Stream& stream : history.streams()) {
    for (const Instant at : stream.at) {
      if (at > first && at <= last) changes.insert(at);
    }
  }
  std::vector<Known> known;
  for (const Instant at : changes) known.push_back({at, History(history).up_to(at)});
  return known;
}

struct Held {
  Instant from;
  Result<Value> value;
};

// The answers held from the first state on, each from its instant on; empty where changes cannot be
// told.
Result<std::vector<Held>> replayed(const ExpressionPtr& tree, Question question,
                                   const std::vector<Known>& states, Instant last) {
  std::vector<Held> held;
  for (size_t i = 0; i < states.size(); ++i) {
    question.history = &states[i].history;
    const Instant end = i + 1 < states.size() ? states[i + 1].from : last + microseconds(1);
    for (Instant t = states[i].from; t < end;) {
      question.as_of = t;
      held.push_back({t, evaluate_reference(*tree, question)});
      REGULARS_ASSIGN(const auto next, next_change({&tree, 1}, question));
      if (!next) break;
      t = *next;
    }
  }
  return held;
}

bool same(const Result<Value>& a, const Result<Value>& b) {
  if (!a || !b) return !a && !b && a.error().code() == b.error().code();
  return a->known == b->known && (!a->known || plain(*a) == plain(*b));
}

std::string in_words(const Result<Value>& value) {
  return value ? to_string(*value) : value.error().message();
}

}  // namespace

std::optional<std::string> disagreement_by_replay(const Questions& questions) {
  if (questions.as_of.empty()) return {};
  const auto [first, last] = std::minmax_element(questions.as_of.begin(), questions.as_of.end());
  const std::vector<Known> known = states(*questions.history, *first - days(1), *last);
  for (const Definition& definition : questions.definitions) {
    for (CustomerNumber c = 0; c < questions.history->customers(); ++c) {
      Question question{questions.history, c, *first, questions.zone, questions.given};
      const auto held = replayed(definition.expression, question, known, *last);
      if (!held && held.error().code() == ErrorCode::kUnsupported) continue;
      if (!held) return held.error().to_string();
      for (const Instant t : questions.as_of) {
        const auto after =
            std::upper_bound(held->begin(), held->end(), t,
                             [](Instant at, const Held& one) { return at < one.from; });
        question.as_of = t;
        const Result<Value> wanted = evaluate_reference(*definition.expression, question);
        if (same(wanted, (after - 1)->value)) continue;
        return fmt::format("replayed: '{}' of customer {} as of {}: expected {}, holds {} since {}",
                           definition.name, questions.history->customer_id(c), to_iso(t),
                           in_words(wanted), in_words((after - 1)->value),
                           to_iso((after - 1)->from));
      }
    }
  }
  return {};
}

}  // namespace regulars::evaluate
