#include "evaluate/type.h"

#include <algorithm>

#include "evaluate/scalar.h"

namespace regulars::evaluate {
namespace {

constexpr Type kIntegerType{ValueType::kInteger, 0, false};
constexpr Type kRealType{ValueType::kReal, 0, false};
constexpr Type kBooleanType{ValueType::kBoolean, 0, false};
constexpr Type kInstantType{ValueType::kInstant, 0, false};
constexpr Type kDayType{ValueType::kDay, 0, false};

Error misfit(const std::string& what) { return Error(ErrorCode::kBadDefinition, what); }

Error misfit(Op op, const Type& a, const Type& b) {
  return misfit(std::string("'") + name_of(op) + "' does not take " + to_string(a) + " and " +
                to_string(b));
}

bool is_point(const Type& type) {
  return type.value == ValueType::kInstant || type.value == ValueType::kDay;
}

Type exact(int scale, const Type& a, const Type& b) {
  if (a.value == ValueType::kInteger && b.value == ValueType::kInteger) return kIntegerType;
  return {ValueType::kDecimal, scale, false};
}

// Points in time: point - point is a number, point +- integer a point.
Result<Type> point_type(Op op, const Type& a, const Type& b) {
  const bool subtract = op == Op::kSubtract;
  if (subtract && is_point(a) && a.value == b.value) return kIntegerType;
  if (is_point(a) && b.value == ValueType::kInteger) return a;
  if (!subtract && is_point(b) && a.value == ValueType::kInteger) return b;
  return misfit(op, a, b);
}

Result<Type> arithmetic_type(Op op, const Type& a, const Type& b) {
  if (a.untyped || b.untyped) return untyped();
  const bool sum = op == Op::kAdd || op == Op::kSubtract;
  if (sum && (is_point(a) || is_point(b))) return point_type(op, a, b);
  if (!is_number(a) || !is_number(b)) return misfit(op, a, b);
  if (op == Op::kDivide || !is_exact(a) || !is_exact(b)) return kRealType;
  if (sum) return exact(std::max(a.scale, b.scale), a, b);
  if (a.scale + b.scale > kMaxScale) {
    return misfit("a product of " + to_string(a) + " and " + to_string(b) +
                  " would need more than " + std::to_string(kMaxScale) + " digits after the point");
  }
  return exact(a.scale + b.scale, a, b);
}

bool comparable(const Type& a, const Type& b) {
  return a.untyped || b.untyped || a.value == b.value || (is_number(a) && is_number(b));
}

Result<Type> comparison_type(Op op, std::span<const Type> arguments) {
  const bool equality = op == Op::kEqual || op == Op::kNotEqual || op == Op::kIn;
  for (const Type& other : arguments.subspan(1)) {
    const Type& first = arguments[0];
    if (first.is_set || other.is_set) {
      return Error(
          ErrorCode::kBadDefinition,
          std::string("a set of texts cannot be compared by '") + name_of(op) + "'",
          "Ask with has whether it holds a text, or with has_all whether it holds several.");
    }
    if (!comparable(first, other)) return misfit(op, first, other);
    const bool booleans = !first.untyped && first.value == ValueType::kBoolean;
    if (booleans && !equality) return misfit(op, first, other);
  }
  return kBooleanType;
}

Result<Type> logic_type(Op op, std::span<const Type> arguments) {
  for (const Type& type : arguments) {
    if (type.value != ValueType::kBoolean) {
      return misfit(std::string("'") + name_of(op) + "' takes true or false, not " +
                    to_string(type));
    }
  }
  return kBooleanType;
}

Result<void> check_count(Op op, size_t count) {
  size_t least = 2;
  size_t most = 2;
  if (op == Op::kAnd || op == Op::kOr) least = 1, most = SIZE_MAX;
  if (op == Op::kIn) most = SIZE_MAX;
  if (op == Op::kIfElse) least = most = 3;
  for (const Op unary :
       {Op::kAnyItem, Op::kAllItems, Op::kNegate, Op::kDaysSince, Op::kNot, Op::kKnown}) {
    if (op == unary) least = most = 1;
  }
  if (count >= least && count <= most) return {};
  return misfit(std::string("'") + name_of(op) + "' has " + std::to_string(count) +
                " arguments, not " + (least == most ? "" : "at least ") + std::to_string(least));
}

}  // namespace

Type type_of(const Literal& literal) {
  if (is_bare_unknown(literal)) return untyped();
  return {literal.type, literal.type == ValueType::kDecimal ? literal.scale : 0, false};
}

bool is_bare_unknown(const Literal& literal) {
  return literal.type == ValueType::kBoolean && literal.number == kMissing;
}

bool is_exact(const Type& type) {
  return type.value == ValueType::kInteger || type.value == ValueType::kDecimal;
}

bool is_number(const Type& type) { return is_exact(type) || type.value == ValueType::kReal; }

Result<Type> unified(const Type& a, const Type& b) {
  if (a.untyped) return b;
  if (b.untyped || a == b) return a;
  const bool texts = a.value == ValueType::kText && b.value == ValueType::kText;
  if (texts) return Type{ValueType::kText, 0, false, true};  // a text is a set of one
  if (is_exact(a) && is_exact(b)) return exact(std::max(a.scale, b.scale), a, b);
  if (is_number(a) && is_number(b)) return kRealType;
  return misfit("the two branches of 'if' are " + to_string(a) + " and " + to_string(b));
}

Result<Type> operation_type(Op op, std::span<const Type> arguments) {
  if (is_scalar(op)) return scalar_type(op, arguments);
  REGULARS_TRY(check_count(op, arguments.size()));
  const Type& first = arguments[0];
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return arithmetic_type(op, first, arguments[1]);
    case Op::kNegate:
      if (first.untyped || is_number(first)) return first;
      return misfit("'negate' takes a number, not " + to_string(first));
    case Op::kDaysSince:
      if (first.untyped) return untyped();
      if (is_point(first)) return kIntegerType;
      return misfit("'days_since' takes an instant or a day, not " + to_string(first));
    case Op::kKnown:
      return kBooleanType;
    case Op::kIfElse:
      REGULARS_TRY(logic_type(op, arguments.first(1)));
      return unified(arguments[1], arguments[2]);
    case Op::kAnd:
    case Op::kOr:
    case Op::kNot:
    case Op::kAnyItem:
    case Op::kAllItems:
      return logic_type(op, arguments);
    default:
      break;
  }
  if (is_comparison(op) || op == Op::kIn) return comparison_type(op, arguments);
  return Error(ErrorCode::kInternal, std::string("'") + name_of(op) + "' is no operation");
}

Result<Type> aggregate_type(AggregateKind kind, const Type& value) {
  const bool exact_or_point = value.untyped || is_exact(value) || is_point(value);
  const auto refuse = [&] {
    return misfit(std::string("'") + name_of(kind) + "' does not take " + to_string(value));
  };
  const auto refuse_real = [&] {
    return Error(ErrorCode::kBadDefinition,
                 std::string("'") + name_of(kind) +
                     "' does not take real numbers: what comes out would hang on their order",
                 "Round them first, or take min, max, first or last.");
  };
  switch (kind) {
    case AggregateKind::kCount:
      return kIntegerType;
    case AggregateKind::kDistinct:
      if (value.value == ValueType::kReal) return refuse_real();
      return kIntegerType;
    case AggregateKind::kSum:
      if (value.value == ValueType::kReal) return refuse_real();
      if (value.untyped) return kIntegerType;
      return is_exact(value) ? Result<Type>(value) : refuse();
    case AggregateKind::kAvg:
    case AggregateKind::kMedian:
      if (value.value == ValueType::kReal) return refuse_real();
      return value.untyped || is_exact(value) ? Result<Type>(kRealType) : refuse();
    case AggregateKind::kMin:
    case AggregateKind::kMax:
      return exact_or_point || value.value == ValueType::kReal ? Result<Type>(value) : refuse();
    case AggregateKind::kNthDistinct:
      return exact_or_point ? Result<Type>(value) : refuse();
    case AggregateKind::kFirst:
    case AggregateKind::kLast:
      return value;
    case AggregateKind::kMedianGap:
      return exact_or_point ? Result<Type>(kRealType) : refuse();
    case AggregateKind::kLastReturn:
      return value.untyped || value.value == ValueType::kDay ? Result<Type>(kDayType) : refuse();
    case AggregateKind::kNth:
    case AggregateKind::kMode:
      return value.value == ValueType::kReal && kind == AggregateKind::kMode ? refuse()
                                                                             : Result<Type>(value);
    case AggregateKind::kRankOf:
      return value.value == ValueType::kReal ? refuse() : Result<Type>(kIntegerType);
    case AggregateKind::kGapSpread:
    case AggregateKind::kAvgGap:
      return exact_or_point ? Result<Type>(kRealType) : refuse();
    case AggregateKind::kMinGap:
    case AggregateKind::kMaxGap:
      if (!exact_or_point) return refuse();
      return value.value == ValueType::kDecimal ? value : kIntegerType;
    case AggregateKind::kSpacedCount:
    case AggregateKind::kSessions:
    case AggregateKind::kLongestStreak:
    case AggregateKind::kCurrentStreak:
      return kIntegerType;
    case AggregateKind::kSessionStart:
      return kInstantType;
    case AggregateKind::kRunStart:
      return value.value == ValueType::kReal ? refuse() : Result<Type>(kInstantType);
    case AggregateKind::kDecayed:
      return value.untyped || is_exact(value) ? Result<Type>(kRealType) : refuse();
  }
  return Error(ErrorCode::kInternal, "no such aggregate");
}

std::string to_string(const Type& type) {
  if (type.untyped) return "unknown";
  switch (type.value) {
    case ValueType::kInteger:
      return "an integer";
    case ValueType::kDecimal:
      return "a decimal with " + std::to_string(type.scale) + " digits";
    case ValueType::kReal:
      return "a real number";
    case ValueType::kText:
      return type.is_set ? "a set of texts" : "a text";
    case ValueType::kInstant:
      return "an instant";
    case ValueType::kDay:
      return "a day";
    case ValueType::kBoolean:
      return "true or false";
  }
  return "nothing";
}

bool is_comparison(Op op) { return op >= Op::kEqual && op <= Op::kGreaterEqual; }
bool is_arithmetic(Op op) { return op >= Op::kAdd && op <= Op::kNegate; }

}  // namespace regulars::evaluate
