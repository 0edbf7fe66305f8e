#include "evaluate/over_time.h"

#include <algorithm>

#include "evaluate/customer_zone.h"
#include "evaluate/follow.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

constexpr Instant kLongAgo{-2'208'988'800'000'000};  // 1 January 1900

}  // namespace

const Zone& zone_of(const Question& question, bool own) {
  if (!own) return *question.zone;
  const std::string name(kZoneAttribute);
  const Column* column = find_column(question.history->customer_table().attributes, name);
  for (const Column* given : question.given) {
    if (given->name == name) column = given;
  }
  return zone_of(column, question.customer, question.zone);
}

Beginning beginning_of(const History& history, CustomerNumber customer) {
  const std::vector<Instant>& known_from = history.customer_table().known_from;
  if (!known_from.empty() && known_from[customer].micros != kMissing) {
    return {known_from[customer], false};
  }
  Beginning first{kLongAgo, true};
  for (const Stream& stream : history.streams()) {
    const uint32_t row = stream.offset[customer];
    if (row == stream.offset[customer + 1]) continue;
    if (first.since_ever || stream.at[row] < first.at) first = {stream.at[row], false};
  }
  return first;
}

Walk walk_of(const Expression& node, const Question& question) {
  const Beginning beginning = beginning_of(*question.history, question.customer);
  Walk walk;
  walk.from = beginning.at;
  walk.upto = question.as_of;
  walk.first_is_since = !beginning.since_ever;
  if (node.op != Op::kSince) {
    const Bounds bounds =
        bounds_of(*node.window, question.as_of, zone_of(question, node.window->own_zone));
    walk.upto = bounds.upto;
    walk.first_enters = !beginning.since_ever && bounds.contains(beginning.at);
    // Whether it became true at the window's first instant shows just before.
    const bool before = node.op == Op::kEntered || bounds.after.micros == INT64_MIN;
    const Instant first = before ? bounds.after : bounds.after + microseconds(1);
    walk.from = std::max(first, beginning.at);
    if (bounds.after == bounds.upto) walk.nowhere = true;
  }
  if (walk.from > walk.upto) walk.nowhere = true;
  return walk;
}

int64_t over_time_answer(const Expression& node, const Walk& walk,
                         std::span<const TruthFrom> truths) {
  if (walk.nowhere) return node.op == Op::kSince ? kMissing : 0;
  if (node.op == Op::kSince) {
    if (!truths.back().is_true) return kMissing;
    size_t first = truths.size() - 1;
    while (first > 0 && truths[first - 1].is_true) --first;
    return first == 0 && !walk.first_is_since ? kMissing : truths[first].at.micros;
  }
  bool before = node.op == Op::kEntered && !walk.first_enters;
  for (size_t i = 0; i < truths.size(); ++i) {
    if (truths[i].is_true && !(i == 0 && before)) {
      if (node.op == Op::kEver || i == 0 || !truths[i - 1].is_true) return 1;
    }
  }
  return 0;
}

Value over_time_value(const Expression& node, int64_t answer) {
  const ValueType type = node.op == Op::kSince ? ValueType::kInstant : ValueType::kBoolean;
  const bool known = answer != kMissing;
  return {type, known, known ? answer : 0, 0, 0, {}};
}

Result<Value> over_time_value(const Expression& node, const SharedTree& tree,
                              const Question& question) {
  const Walk walk = walk_of(node, question);
  std::vector<TruthFrom> truths;
  const auto note = [&](Instant t, const Value& value) {
    const bool is_true = value.known && value.number != 0;
    if (truths.empty() || truths.back().is_true != is_true) truths.push_back({t, is_true});
  };
  if (!walk.nowhere) {
    REGULARS_TRY(follow(*node.arguments[0], tree, question, walk.from, walk.upto, note));
  }
  return over_time_value(node, over_time_answer(node, walk, truths));
}

}  // namespace regulars::evaluate
