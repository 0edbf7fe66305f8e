#include "random_events.h"

#include <array>

#include "random_case.h"
#include "random_window.h"

namespace regulars::evaluate {
namespace {

using Kind = AggregateKind;

template <class T, size_t N>
T one_of(Random& random, const std::array<T, N>& all) {
  return all[static_cast<size_t>(random.below(static_cast<int64_t>(N)))];
}

constexpr std::array kNumbers = {"integer", "money", "rate"};
constexpr std::array kAny = {"integer", "money", "text", "when", "date", "flag"};

AggregateValue value_of(const std::string& name, bool items) {
  return items ? item_value("item_" + name) : column_value(name);
}

AggregateValue random_weight(Random& random, bool items) {
  if (random.chance(0.4)) return {};
  return value_of(one_of(random, kNumbers), items && random.chance(0.7));
}

Literal random_literal(Random& random, const std::string& column) {
  static constexpr std::array kTexts = {"", "a", "b", "zebra", "never"};
  if (column == "text") return text(one_of(random, kTexts))->literal;
  if (column == "when") return instant(random_instant(random))->literal;
  if (column == "date") return day(Zone::utc().day_of(random_instant(random)))->literal;
  if (column == "flag") return boolean(random.chance(0.5))->literal;
  if (random.chance(0.5)) return integer(random.below(5) - 2)->literal;
  return decimal({random.below(60) * 50 - 1'500, 3})->literal;
}

Duration random_gap(Random& random) {
  if (random.chance(0.1)) return microseconds(1);
  return random.chance(0.5) ? hours(1 + random.below(72)) : days(1 + random.below(20));
}

}  // namespace

void make_number_of_events(Random& random, bool items, Aggregate& a) {
  static constexpr std::array kKinds = {Kind::kNth,           Kind::kMode,          Kind::kRankOf,
                                        Kind::kGapSpread,     Kind::kMinGap,        Kind::kMaxGap,
                                        Kind::kAvgGap,        Kind::kSpacedCount,   Kind::kSessions,
                                        Kind::kLongestStreak, Kind::kCurrentStreak, Kind::kDecayed};
  a.kind = one_of(random, kKinds);
  const std::string column = one_of(random, kNumbers);
  a.value = value_of(column, items);
  switch (a.kind) {
    case Kind::kNth:
      a.n = (1 + random.below(4)) * (random.chance(0.5) ? 1 : -1);
      break;
    case Kind::kMode:
      a.weight = random_weight(random, items);
      break;
    case Kind::kRankOf: {
      const std::string any = one_of(random, kAny);
      a.value = value_of(any, items);
      a.literal = random_literal(random, any);
      a.weight = random_weight(random, items);
      break;
    }
    case Kind::kSpacedCount:
    case Kind::kSessions:
      a.value = {};
      a.gap = random_gap(random);
      break;
    case Kind::kLongestStreak:
    case Kind::kCurrentStreak:
      a.value = {};
      a.period = random_period(random);
      a.retail = random_retail(random);
      a.own_zone = random.chance(0.3);
      break;
    case Kind::kDecayed:
      if (!items && random.chance(0.5)) a.value = {};
      a.own_zone = random.chance(0.3);
      a.half_life_days = 1 + static_cast<int>(random.below(40));
      break;
    default:
      if (!items && random.chance(0.6)) a.value = random.chance(0.7) ? day_value() : at_value();
      break;
  }
}

void make_value_of_events(Random& random, bool items, const std::string& column, Aggregate& a) {
  a.value = value_of(column, items);
  if (column == "when" && random.chance(0.4)) {
    const bool run = items || random.chance(0.5);
    a.kind = run ? Kind::kRunStart : Kind::kSessionStart;
    a.value = run ? value_of(one_of(random, kAny), items) : AggregateValue{};
    if (!run) a.gap = random_gap(random);
    return;
  }
  a.kind = random.chance(0.5) ? Kind::kNth : Kind::kMode;
  if (a.kind == Kind::kMode) a.weight = random_weight(random, items);
  if (a.kind == Kind::kNth) a.n = (1 + random.below(4)) * (random.chance(0.5) ? 1 : -1);
}

}  // namespace regulars::evaluate
