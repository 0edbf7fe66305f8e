#include "evaluate/beyond.h"

#include "evaluate/position.h"
#include "evaluate/shift.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

constexpr Type kIntegerType{ValueType::kInteger, 0, false};
constexpr Type kBooleanType{ValueType::kBoolean, 0, false};
constexpr Type kInstantType{ValueType::kInstant, 0, false};
constexpr Type kTextType{ValueType::kText, 0, false};

Error misfit(const std::string& what) { return Error(ErrorCode::kBadDefinition, what); }

Result<void> takes(size_t least, size_t most, size_t count) {
  if (count >= least && count <= most) return {};
  return misfit("has " + std::to_string(count) + " arguments, not " + std::to_string(most));
}

Result<void> takes_rule(const Type& type) {
  if (type.value == ValueType::kBoolean) return {};
  return misfit("takes a rule, not " + to_string(type));
}

Result<Type> placed_type(const Expression& node, std::span<const Type> arguments) {
  REGULARS_TRY(takes(1, 2, arguments.size()));
  const auto kind = position_kind(node.literal.text);
  if (!kind) return misfit("a position is a percentile, rank, decile or z_score");
  if (!arguments[0].untyped && !is_number(arguments[0])) {
    return misfit("takes a number, not " + to_string(arguments[0]));
  }
  if (arguments.size() == 2 && arguments[1].value == ValueType::kReal) {
    return misfit("a group cannot be a real number");
  }
  return position_type(*kind);
}

Result<Type> unit_type(const Expression& node, std::span<const Type> arguments) {
  REGULARS_TRY(takes(1, 1, arguments.size()));
  const auto fold = unit_fold(node.literal.text);
  if (!fold) return misfit("a unit is taken together, or as any, all or count of its members");
  if (*fold == UnitFold::kTogether) return arguments[0];
  REGULARS_TRY(takes_rule(arguments[0]));
  return *fold == UnitFold::kCount ? kIntegerType : kBooleanType;
}

Result<Type> over_time_type(const Expression& node, std::span<const Type> arguments) {
  REGULARS_TRY(takes(1, 1, arguments.size()));
  REGULARS_TRY(takes_rule(arguments[0]));
  if (node.op == Op::kSince) return kInstantType;
  if (node.window == nullptr) return misfit("the window is missing");
  switch (node.window->kind) {
    case Window::Kind::kAnchored:
    case Window::Kind::kSession:
    case Window::Kind::kAhead:
    case Window::Kind::kAheadMonths:
    case Window::Kind::kAheadDays:
      return misfit("this window is not for what was true over time");
    default:
      break;
  }
  REGULARS_TRY(check_window(*node.window));
  return kBooleanType;
}

}  // namespace

bool looks_beyond(Op op) {
  return op == Op::kShifted || op == Op::kPosition || op == Op::kSnapshotText ||
         op == Op::kOfUnit || op == Op::kEver || op == Op::kEntered || op == Op::kSince;
}

bool is_staged(Op op) {
  return op == Op::kOfUnit || op == Op::kEver || op == Op::kEntered || op == Op::kSince;
}

std::optional<UnitFold> unit_fold(std::string_view name) {
  if (name == "together") return UnitFold::kTogether;
  if (name == "any") return UnitFold::kAny;
  if (name == "all") return UnitFold::kAll;
  if (name == "count") return UnitFold::kCount;
  return {};
}

Result<Type> beyond_type(const Expression& node, std::span<const Type> arguments) {
  switch (node.op) {
    case Op::kShifted:
      REGULARS_TRY(takes(1, 1, arguments.size()));
      REGULARS_TRY(check_shift(node.shift));
      return arguments[0];
    case Op::kPosition:
      return placed_type(node, arguments);
    case Op::kSnapshotText:
      REGULARS_TRY(takes(0, 0, arguments.size()));
      return kTextType;
    case Op::kOfUnit:
      return unit_type(node, arguments);
    default:
      return over_time_type(node, arguments);
  }
}

}  // namespace regulars::evaluate
