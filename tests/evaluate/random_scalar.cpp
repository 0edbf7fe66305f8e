#include "random_scalar.h"

#include <array>

#include "random_window.h"

namespace regulars::evaluate {
namespace {

using Arguments = std::vector<ExpressionPtr>;

class ScalarMaker {
 public:
  ScalarMaker(Random& random, bool inside, const PartMaker& part)
      : random_(random), inside_(inside), part_(part) {}

  ExpressionPtr number() {
    switch (random_.below(12)) {
      case 0:
        return make(one_of<3>({Op::kAbs, Op::kRound, Op::kFloor}), {part_("number")});
      case 1:
        return make(chance(0.5) ? Op::kLeast : Op::kGreatest, several("number", 2));
      case 2:
        return make(one_of<2>({Op::kLength, Op::kSetSize}), {part_(chance(0.5) ? "text" : "set")});
      case 3:
        return make(Op::kVersionCompare, {part_("text"), part_("text")});
      case 4:
        return make(Op::kDistanceKm,
                    {part_("number"), part_("number"), part_("number"), part_("number")});
      case 5:
        return bucket();
      case 6:
      case 7:
        return inside_ ? linked() : bucket();
      default:
        return time_number();
    }
  }

  ExpressionPtr condition() {
    switch (random_.below(8)) {
      case 0:
        return make(Op::kIsTrue, {part_("condition")});
      case 1: {
        Arguments arguments = several("condition", 1);
        arguments.insert(arguments.begin(), integer(random_.below(5) - 1));
        return make(Op::kAtLeast, std::move(arguments));
      }
      case 2:
      case 3:
        return text_test();
      case 4:
        return set_test();
      case 5:
        return polygon();
      default:
        return seen_in_window();
    }
  }

  ExpressionPtr text() {
    if (chance(0.2)) return make(Op::kCustomerId, {});
    return make(chance(0.5) ? Op::kLower : Op::kFold, {part_("text")});
  }

  ExpressionPtr date() { return in_a_zone(Op::kDayOf, point()); }

 private:
  bool chance(double p) { return random_.chance(p); }
  template <size_t N>
  Op one_of(const std::array<Op, N>& all) {
    return all[static_cast<size_t>(random_.below(static_cast<int64_t>(N)))];
  }
  ExpressionPtr point() { return part_(chance(0.5) ? "when" : "date"); }

  Arguments several(const char* type, int64_t least) {
    Arguments made;
    const int64_t count = least + random_.below(3);
    for (int64_t i = 0; i < count; ++i) made.push_back(part_(type));
    return made;
  }

  ExpressionPtr in_a_zone(Op op, ExpressionPtr argument, const Window* window = nullptr) {
    Expression made;
    made.op = op;
    if (argument != nullptr) made.arguments = {std::move(argument)};
    if (window != nullptr) made.window = std::make_shared<const Window>(*window);
    made.own_zone = chance(0.4);
    return std::make_shared<Expression>(std::move(made));
  }

  ExpressionPtr time_number() {
    static constexpr std::array kParts = {
        Op::kYearOf,     Op::kQuarterOf, Op::kWeekOf,  Op::kDayOfMonth,        Op::kMonthsSince,
        Op::kYearsSince, Op::kDaysUntil, Op::kMonthOf, Op::kDaysToAnniversary, Op::kWeekdayOf};
    static constexpr std::array kClock = {Op::kHourOf, Op::kMinuteOf};
    static constexpr std::array kLeaves = {Op::kMonthOf, Op::kWeekdayOf, Op::kHourOf};
    switch (random_.below(6)) {
      case 0:
        return in_a_zone(one_of(kClock), part_("when"));
      case 1: {
        const Window unit = rolling(hours(1 + random_.below(50)));
        return in_a_zone(Op::kElapsed, point(), &unit);
      }
      case 2: {
        Window window = random_window(random_);
        window.kind = Window::Kind::kThisPeriod;
        Window period = this_period(window.period);
        period.retail = window.retail;
        return in_a_zone(Op::kPeriodOf, point(), &period);
      }
      case 3:
        if (inside_) return in_a_zone(one_of(kLeaves), nullptr);
        [[fallthrough]];
      default:
        return in_a_zone(one_of(kParts), point());
    }
  }

  ExpressionPtr seen_in_window() {
    Window window = random_window(random_);
    const int64_t ahead = random_.below(6);
    if (ahead < 3) window = {};
    if (ahead == 0) {
      window.kind = Window::Kind::kAhead;
      window.from = hours(1 + random_.below(500));
    } else if (ahead == 1) {
      window.kind = Window::Kind::kAheadMonths;
      window.from_months = 1 + static_cast<int>(random_.below(3));
    } else if (ahead == 2) {
      window.kind = Window::Kind::kAheadDays;
      window.count = 1 + static_cast<int>(random_.below(20));
    }
    window.own_zone = chance(0.3);
    return in_a_zone(Op::kInWindow, point(), &window);
  }

  ExpressionPtr text_test() {
    static constexpr std::array kTests = {Op::kContains, Op::kStartsWith, Op::kEndsWith};
    static constexpr std::array kLikes = {"%", "_", "a%", "%b%", "\\%_", "%.1_"};
    static constexpr std::array kPatterns = {"^$", "[ab]", "(?i)B", "e.r", "\\d+\\."};
    const auto any = [&](const auto& all) {
      const auto count = static_cast<int64_t>(all.size());
      return evaluate::text(all[static_cast<size_t>(random_.below(count))]);
    };
    if (chance(0.2)) return make(Op::kLike, {part_("text"), any(kLikes)});
    if (chance(0.2)) return make(Op::kMatches, {part_("text"), any(kPatterns)});
    return make(one_of(kTests), {part_("text"), part_("text")});
  }

  ExpressionPtr set_test() {
    static constexpr std::array kElements = {"a", "b", "zebra", ""};
    Arguments arguments = {part_("set")};
    const int64_t count = 1 + random_.below(2);
    for (int64_t i = 0; i < count; ++i) {
      arguments.push_back(evaluate::text(kElements[static_cast<size_t>(random_.below(4))]));
    }
    return make(chance(0.5) ? Op::kHas : Op::kHasAll, std::move(arguments));
  }

  ExpressionPtr polygon() {
    Arguments arguments = {part_("number"), part_("number")};
    const int64_t corners = 3 + random_.below(3);
    for (int64_t i = 0; i < 2 * corners; ++i) {
      arguments.push_back(chance(0.3) ? real(static_cast<double>(random_.below(21) - 10) / 4)
                                      : integer(random_.below(21) - 10));
    }
    return make(Op::kInPolygon, std::move(arguments));
  }

  ExpressionPtr bucket() {
    Expression made;
    made.op = Op::kBucket;
    made.name = chance(0.5) ? "spring" : "";
    made.arguments = {integer(1 + random_.below(10))};
    return std::make_shared<Expression>(std::move(made));
  }

  ExpressionPtr linked() {
    static constexpr std::array kEvents = {"order", "visit", "refund"};
    static constexpr std::array kColumns = {"integer", "money"};
    Expression made;
    made.op = Op::kLinkedSum;
    made.name = kColumns[static_cast<size_t>(random_.below(2))];
    made.literal.type = ValueType::kText;
    made.literal.text = kEvents[static_cast<size_t>(random_.below(3))];
    return std::make_shared<Expression>(std::move(made));
  }

  Random& random_;
  bool inside_;
  const PartMaker& part_;
};

}  // namespace

ExpressionPtr random_scalar(Random& random, const std::string& type, bool inside,
                            const PartMaker& part) {
  ScalarMaker maker(random, inside, part);
  if (type == "number") return maker.number();
  if (type == "condition") return maker.condition();
  return type == "text" ? maker.text() : maker.date();
}

}  // namespace regulars::evaluate
