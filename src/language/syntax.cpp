#include "language/syntax.h"

#include <algorithm>

#include "language/words.h"

namespace regulars::language {
namespace {

bool equal(const NodePtr& a, const NodePtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a == b || language::equal(*a, *b);
}

bool same(Decimal a, Decimal b) { return a.units == b.units && a.scale == b.scale; }

bool same(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

bool equal(const Span& a, const Span& b) {
  return a.kind == b.kind && a.amount == b.amount && a.until == b.until && a.retail == b.retail &&
         a.from == b.from && a.to == b.to && a.own_zone == b.own_zone && equal(a.anchor, b.anchor);
}

bool equal(const Moment& a, const Moment& b) {
  return a.kind == b.kind && a.amount == b.amount && a.date == b.date && a.retail == b.retail;
}

bool equal(const SequenceStep& a, const SequenceStep& b) {
  return a.absent == b.absent && a.next == b.next && a.event == b.event && a.alias == b.alias &&
         a.within == b.within && a.at_least == b.at_least && equal(a.where, b.where);
}

template <class T>
bool equal(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || equal(*a, *b));
}

template <class T>
bool equal(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return equal(x, y); });
}

int depth_of(const NodePtr& node) { return node == nullptr ? 0 : language::depth_of(*node); }

}  // namespace

bool equal(const Node& a, const Node& b) {
  return a.kind == b.kind && a.number == b.number && same(a.decimal, b.decimal) &&
         a.text == b.text && a.name == b.name && a.time == b.time && a.distinct == b.distinct &&
         a.negated == b.negated && same(a.at_least, b.at_least) &&
         equal(a.arguments, b.arguments) && equal(a.where, b.where) && equal(a.among, b.among) &&
         equal(a.span, b.span) && equal(a.moment, b.moment) && equal(a.steps, b.steps);
}

int depth_of(const Node& node) {
  int deepest = std::max(depth_of(node.where), depth_of(node.among));
  for (const NodePtr& argument : node.arguments) deepest = std::max(deepest, depth_of(argument));
  for (const SequenceStep& step : node.steps) deepest = std::max(deepest, depth_of(step.where));
  if (node.span) deepest = std::max(deepest, depth_of(node.span->anchor));
  return deepest + 1;
}

}  // namespace regulars::language
