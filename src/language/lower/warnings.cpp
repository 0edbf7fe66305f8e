// What is legal and probably not meant.
#include <algorithm>

#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::Op;
using Kind = Node::Kind;

double number_of(const evaluate::Literal& literal) {
  if (literal.type == ValueType::kReal) return literal.real;
  return Decimal{literal.number, literal.scale}.to_double();
}

enum class Verdict { kOpen, kAlways, kNever };

// What `value op x` always is for a value within [least, most].
Verdict verdict(Op op, const Typed& value, double x) {
  const bool above = value.least && *value.least > x;  // the value is always above x
  const bool below = value.most && *value.most < x;    // always below
  const bool from = value.least && *value.least >= x;  // at x or above
  const bool up_to = value.most && *value.most <= x;   // at x or below
  switch (op) {
    case Op::kEqual:
      return above || below ? Verdict::kNever : Verdict::kOpen;
    case Op::kNotEqual:
      return above || below ? Verdict::kAlways : Verdict::kOpen;
    case Op::kGreater:
      return above ? Verdict::kAlways : up_to ? Verdict::kNever : Verdict::kOpen;
    case Op::kGreaterEqual:
      return from ? Verdict::kAlways : below ? Verdict::kNever : Verdict::kOpen;
    case Op::kLess:
      return below ? Verdict::kAlways : from ? Verdict::kNever : Verdict::kOpen;
    case Op::kLessEqual:
      return up_to ? Verdict::kAlways : above ? Verdict::kNever : Verdict::kOpen;
    default:
      return Verdict::kOpen;
  }
}

std::string plain(double value) {
  std::string text = std::to_string(value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

// x = 'a': the name and whether the other side is a literal.
bool is_equality_with_text(const Node& node) {
  return node.kind == Kind::kBinary && node.text == "=" && node.arguments[1]->kind == Kind::kText;
}

}  // namespace

void warn_about_range(Lowering& at, const Node& node, Op op, const Typed& value,
                      const Typed& literal) {
  const double x = number_of(literal.expression->literal);
  const Node& left = *node.arguments[0];
  const bool mean = left.kind == Kind::kCall && (left.text == "avg" || left.text == "median");
  if (mean && op == Op::kEqual && x == 0) {
    at.warn(node.extent, "the " + left.text + " of nothing is unknown, not 0: to ask for nothing " +
                             "write count(...) = 0");
  }
  const Verdict found = verdict(op, value, x);
  if (found == Verdict::kOpen) return;
  const std::string what = at.source(*node.arguments[0]);
  std::string message = "this is " + std::string(found == Verdict::kAlways ? "always" : "never") +
                        " true where " + what + " is known: it ";
  if (value.least && value.most) {
    message += "lies from " + plain(*value.least) + " to " + plain(*value.most);
  } else {
    message +=
        value.least ? "is at least " + plain(*value.least) : "is at most " + plain(*value.most);
  }
  if (value.least == 0.0 && value.most == 1.0 && x > 1 && x <= 100) {
    message += "; for " + plain(x) + " percent write " + plain(x / 100);
  }
  if (value.least == 0.0 && x == 0 && op == Op::kGreaterEqual) message += "; did you mean > 0?";
  if (value.least == 0.0 && x == 0 && op == Op::kLess) message += "; did you mean = 0?";
  at.warn(node.extent, std::move(message));
}

void warn_about_not(Lowering& at, const Node& node) {
  const Node& inner = *node.arguments[0];
  if (inner.kind != Kind::kBinary || inner.arguments[0]->kind != Kind::kCall) return;
  const Node& call = *inner.arguments[0];
  const Node& literal = *inner.arguments[1];
  if (literal.kind != Kind::kInteger) return;
  const bool counted =
      call.text == "count" || call.text == "spaced_count" || call.text == "sessions";
  const bool none = counted && ((inner.text == ">=" && literal.number == 1) ||
                                (inner.text == ">" && literal.number == 0));
  if (none) {
    at.warn(node.extent,
            "'not " + at.source(inner) + "' reads badly: write " + at.source(call) + " = 0");
    return;
  }
  static constexpr std::pair<const char*, const char*> kOpposites[] = {
      {">=", "<"}, {">", "<="}, {"<", ">="}, {"<=", ">"}, {"=", "!="}, {"!=", "="}};
  for (const auto& [op, opposite] : kOpposites) {
    if (inner.text != op || !counted) continue;
    at.warn(node.extent, "'not' before a comparison reads badly: write " + at.source(call) + " " +
                             opposite + " " + at.source(literal));
  }
}

void warn_about_or(Lowering& at, const Node& node) {
  std::string choices;
  const Node* first = nullptr;
  int found = 0;
  for (const NodePtr& argument : node.arguments) {
    if (!is_equality_with_text(*argument)) continue;
    if (first == nullptr) first = argument->arguments[0].get();
    if (!equal(*first, *argument->arguments[0])) continue;
    choices += (found > 0 ? ", '" : "'") + argument->arguments[1]->text + "'";
    ++found;
  }
  if (found < 2) return;
  at.warn(node.extent, "shorter: " + at.source(*first) + " in (" + choices + ")");
}

void warn_about_text(Lowering& at, const Node& literal, const Typed& value,
                     const std::string& wanted) {
  constexpr size_t kMostValues = 500;
  if (value.dictionary == nullptr || value.dictionary->size() > kMostValues) return;
  std::vector<std::string> texts;
  for (uint32_t code = 0; code < value.dictionary->size(); ++code) {
    const std::string_view text = value.dictionary->text(code);
    if (text == wanted) return;
    size_t begin = 0;
    while (value.type.is_set && begin <= text.size()) {
      const size_t end = std::min(text.find(evaluate::kSetSeparator, begin), text.size());
      if (text.substr(begin, end - begin) == wanted) return;
      texts.emplace_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    if (!value.type.is_set) texts.emplace_back(text);
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  const std::string near = did_you_mean(wanted, texts);
  if (texts.empty()) return;
  at.warn(literal.extent, "no " + value.called + " in the data is " + quoted(wanted) +
                              (near.empty() ? "" : "; " + near));
}

}  // namespace regulars::language
