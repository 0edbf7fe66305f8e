#include "evaluate/reference_window.h"

#include "evaluate/customer_zone.h"

namespace regulars::evaluate {
namespace {

Bounds latest_session(Duration gap, const std::vector<Instant>& events, Instant now) {
  if (events.empty()) return {now, now};
  size_t first = events.size() - 1;
  while (first > 0 && Int128{events[first].micros} - events[first - 1].micros <= gap.micros) {
    --first;
  }
  return {events[first] - microseconds(1), now};
}

}  // namespace

const Zone& zone_reference(const Question& question, bool own) {
  if (!own) return *question.zone;
  const std::string name(kZoneAttribute);
  const Column* attribute = find_column(question.history->customer_table().attributes, name);
  for (const Column* given : question.given) {
    if (given->name == name) {
      attribute = given;
      break;
    }
  }
  return zone_of(attribute, question.customer, question.zone);
}

Result<SeenWindow> window_reference(const Window& window, const Question& question,
                                    const std::vector<Instant>& own_events, Trace* trace) {
  const Zone& zone = zone_reference(question, window.own_zone);
  if (window.kind == Window::Kind::kSession) {
    return SeenWindow{true, latest_session(window.from, own_events, question.as_of)};
  }
  if (window.kind != Window::Kind::kAnchored) {
    return SeenWindow{true, bounds_of(window, question.as_of, zone)};
  }
  REGULARS_ASSIGN(const Value anchor, evaluate_reference(*window.anchor, question, trace));
  if (!anchor.known) return SeenWindow{false, {question.as_of, question.as_of}};
  const bool day = anchor.type == ValueType::kDay;
  const Instant at = day ? beginning_of(anchor.number, zone) : Instant{anchor.number};
  return SeenWindow{true, anchored_bounds(window, at, question.as_of)};
}

}  // namespace regulars::evaluate
