#include "random_beyond.h"

#include <algorithm>
#include <array>

#include "evaluate/type.h"
#include "random_case.h"

namespace regulars::evaluate {
namespace {

Shift random_shift(Random& random) {
  static constexpr std::array kPeriods = {Window::Period::kDay, Window::Period::kWeek,
                                          Window::Period::kMonth, Window::Period::kQuarter,
                                          Window::Period::kYear};
  Shift shift;
  shift.kind = static_cast<Shift::Kind>(random.below(4));
  switch (shift.kind) {
    case Shift::Kind::kDuration:
      shift.back = random.chance(0.5) ? days(1 + random.below(40)) : microseconds(1);
      break;
    case Shift::Kind::kMonths:
      shift.months = 1 + static_cast<int>(random.below(3));
      break;
    case Shift::Kind::kInstant:
      shift.instant = random_instant(random);
      break;
    case Shift::Kind::kStartOf:
      shift.period = kPeriods[static_cast<size_t>(random.below(kPeriods.size()))];
      break;
  }
  return shift;
}

// Few numbers, with repeats, near those of random histories.
Population::Group random_group(Random& random, std::string name, ValueType type) {
  Population::Group group;
  group.name = std::move(name);
  const int64_t count = random.below(5);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t number = random.below(7) - 3;
    if (type == ValueType::kReal) group.reals.push_back(static_cast<double>(number) / 2);
    if (type != ValueType::kReal) group.numbers.push_back(number);
  }
  std::sort(group.numbers.begin(), group.numbers.end());
  std::sort(group.reals.begin(), group.reals.end());
  group.mean = static_cast<double>(random.below(5)) / 4;
  group.deviation = static_cast<double>(random.below(3)) / 2;
  return group;
}

PopulationPtr random_population(Random& random) {
  static constexpr std::array kTypes = {ValueType::kInteger, ValueType::kDecimal, ValueType::kReal};
  auto made = std::make_shared<Population>();
  made->key = std::to_string(random.below(1'000'000'000));
  made->type = kTypes[static_cast<size_t>(random.below(3))];
  if (made->type == ValueType::kDecimal) made->scale = static_cast<int>(random.below(4));
  for (const char* name : {"", "-1", "0", "0.00", "1", "a", "b", "true"}) {
    made->groups.push_back(random_group(random, name, made->type));
  }
  return made;
}

ExpressionPtr placed(Random& random, const ExpressionPtr& number) {
  static constexpr std::array kKinds = {"percentile", "rank", "decile", "z_score"};
  static constexpr std::array kGroups = {"her_text", "her_integer", "her_flag", "her_money"};
  Expression made;
  made.op = Op::kPosition;
  made.arguments = {number};
  if (random.chance(0.5)) {
    made.arguments.push_back(attribute(kGroups[static_cast<size_t>(random.below(4))]));
  }
  made.literal.type = ValueType::kText;
  made.literal.text = kKinds[static_cast<size_t>(random.below(4))];
  if (random.chance(0.9)) made.population = random_population(random);
  return std::make_shared<Expression>(std::move(made));
}

bool is_number(const Expression& e) {
  return is_arithmetic(e.op) || e.op == Op::kDaysSince || e.op == Op::kAggregate;
}

bool is_rule(const Expression& e) {
  return is_comparison(e.op) || e.op == Op::kAnd || e.op == Op::kOr || e.op == Op::kNot ||
         e.op == Op::kKnown;
}

// Units of two and three customers, some of them unknown.
ExpressionPtr of_unit(Random& random, const ExpressionPtr& tree) {
  static constexpr std::array kRules = {"together", "any", "all", "count"};
  static constexpr std::array kUnits = {"her_flag", "her_text", "her_integer"};
  Expression made;
  made.op = Op::kOfUnit;
  made.arguments = {tree};
  made.name = kUnits[static_cast<size_t>(random.below(3))];
  made.literal.type = ValueType::kText;
  made.literal.text = is_rule(*tree) ? kRules[static_cast<size_t>(random.below(4))] : "together";
  return std::make_shared<Expression>(std::move(made));
}

Window random_past(Random& random) {
  switch (random.below(6)) {
    case 0:
      return rolling(days(1 + random.below(60)));
    case 1:
      return between_ago(days(20) + hours(random.below(500)), hours(random.below(480)));
    case 2:
      return months(1 + static_cast<int>(random.below(2)));
    case 3:
      return this_period(Window::Period::kMonth);
    case 4: {
      const Instant begin = random_instant(random);
      return absolute(begin, begin + microseconds(1 + random.below(days(60).micros)));
    }
    default:
      return lifetime();
  }
}

ExpressionPtr true_over_time(Random& random, const ExpressionPtr& rule) {
  if (random.chance(0.3)) return over_time(Op::kSince, rule, lifetime());
  return over_time(random.chance(0.5) ? Op::kEver : Op::kEntered, rule, random_past(random));
}

ExpressionPtr wrapped(Random& random, const ExpressionPtr& tree) {
  if (is_number(*tree) && random.chance(0.3)) return placed(random, tree);
  if (is_rule(*tree) && random.chance(0.2)) return true_over_time(random, tree);
  if (random.chance(0.3)) return of_unit(random, tree);
  return shifted(tree, random_shift(random));
}

ExpressionPtr sprinkled(Random& random, const ExpressionPtr& tree) {
  ExpressionPtr result = tree;
  // What stands among literals stays as it is.
  if (!tree->arguments.empty() && tree->op != Op::kIn) {
    Expression copy = *tree;
    for (ExpressionPtr& argument : copy.arguments) argument = sprinkled(random, argument);
    result = std::make_shared<Expression>(std::move(copy));
  }
  return random.chance(0.12) ? wrapped(random, result) : result;
}

}  // namespace

ExpressionPtr looking_beyond(Random& random, const ExpressionPtr& tree) {
  return random.chance(0.6) ? tree : sprinkled(random, tree);
}

}  // namespace regulars::evaluate
