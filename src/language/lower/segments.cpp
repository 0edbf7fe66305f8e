// Segments, segmentations, lists and control groups.
#include "evaluate/checker.h"
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

Result<ExpressionPtr> segment_of(Lowering& at, const Node& node) {
  const Node& argument = *node.arguments[0];
  REGULARS_ASSIGN(const std::string name, at.text_argument(argument));
  const auto found = at.scope.references.find(name);
  const bool segment =
      found != at.scope.references.end() && found->second == ReferenceKind::kSegment;
  if (!segment) {
    std::vector<std::string> names;
    for (const auto& [other, kind] : at.scope.references) {
      if (kind == ReferenceKind::kSegment) names.push_back(other);
    }
    const std::string near = did_you_mean(name, names);
    return at.error(argument.extent, "there is no segment " + quoted(name),
                    near.empty() ? list_of(names) : near);
  }
  REGULARS_ASSIGN(Typed tree, reference_of(at, ReferenceKind::kSegment, name, argument.extent));
  return make(Op::kIsTrue, {std::move(tree.expression)});
}

}  // namespace

Result<Typed> lower_in_segment(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(ExpressionPtr rule, segment_of(at, node));
  return boolean_of(std::move(rule));
}

Result<Typed> lower_was_in_segment(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(ExpressionPtr rule, segment_of(at, node));
  evaluate::Window window = evaluate::lifetime();
  if (node.span) {
    REGULARS_ASSIGN(window, window_over_time(at, *node.span));
  }
  return boolean_of(evaluate::over_time(Op::kEver, std::move(rule), std::move(window)));
}

Result<Typed> lower_entered(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(ExpressionPtr rule, segment_of(at, node));
  Typed result = boolean_of(std::move(rule));
  result.special = Typed::Special::kEntered;
  return result;
}

Result<Typed> lower_segmentation_word(Lowering& at, const Node& node) {
  auto expression = std::make_shared<evaluate::Expression>();
  expression->op = Op::kSnapshotText;
  expression->name = node.text;
  Typed result = text_of(std::move(expression));
  result.called = node.text;
  if (at.scope.classes) result.classes = at.scope.classes(node.text);
  if (!result.classes.empty()) return result;
  if (node.text == "life_cycle") {
    result.classes = {"prospect", "new", "active", "won back", "slipping", "lapsed", "lost"};
  } else if (node.text == "rfm_class") {
    result.classes = {"Champions",   "Loyal",          "Potential loyalists", "New customers",
                      "Promising",   "Need attention", "About to sleep",      "At risk",
                      "Cannot lose", "Hibernating",    "New or returning"};
  } else if (node.text == "value_tier") {
    result.classes = {"A", "B", "C"};
  }
  return result;
}

Result<Typed> lower_bucket(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const std::string salt, at.text_argument(*node.arguments[0]));
  REGULARS_ASSIGN(const int64_t parts, at.integer_argument(*node.arguments[1], 1, 1'000'000));
  auto expression = std::make_shared<evaluate::Expression>();
  expression->op = Op::kBucket;
  expression->name = salt;
  expression->arguments = {evaluate::integer(parts)};
  Typed result = integer_of(std::move(expression));
  result.least = 0;
  result.most = static_cast<double>(parts - 1);
  return result;
}

Result<Typed> lower_in_control_group(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const std::string name, at.text_argument(*node.arguments[0]));
  REGULARS_ASSIGN(const int64_t percent, at.integer_argument(*node.arguments[1], 0, 100));
  auto bucket = std::make_shared<evaluate::Expression>();
  bucket->op = Op::kBucket;
  bucket->name = "control:" + name;
  bucket->arguments = {evaluate::integer(100)};
  return boolean_of(make(Op::kLess, {std::move(bucket), evaluate::integer(percent)}));
}

Result<Typed> lower_control_of_campaign(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const std::string name, at.text_argument(*node.arguments[0]));
  note_event(at, "assignment");
  const ExpressionPtr group = evaluate::aggregate(
      plain(evaluate::AggregateKind::kLast, "assignment", evaluate::column_value("group"),
            make(Op::kEqual, {evaluate::column("campaign"), evaluate::text(name)})));
  if (evaluate::find_event(at.scope.schema, "assignment") == nullptr) {
    return boolean_of(evaluate::boolean(false));
  }
  return boolean_of(make(Op::kIsTrue, {make(Op::kEqual, {group, evaluate::text("control")})}));
}

Result<Typed> lower_customer(Lowering&, const Node&) {
  Typed result = text_of(make(Op::kCustomerId, {}));
  result.special = Typed::Special::kCustomer;
  result.called = "customer";
  return result;
}

}  // namespace regulars::language
