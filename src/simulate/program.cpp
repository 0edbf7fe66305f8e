// The loyalty program: a point for each whole unit of money, tiers by what a calendar year brought.
#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

// What an order or a refund brought or took, shipping left out.
struct Turnover {
  Instant at;
  int64_t cents = 0;
};

std::vector<Turnover> turnover_of(const Person& person, size_t first_line, const Block& block) {
  std::vector<Turnover> turnover;
  uint64_t order = UINT64_MAX;
  for (size_t i = first_line; i < block.lines.size(); ++i) {
    const OrderLine& line = block.lines[i];
    const LineClass c = class_of(line);
    const bool counts = c == LineClass::kSale || c == LineClass::kRefund;
    if (!counts || line.product == kShipping || line.duplicate) continue;
    if (line.customer != person.truth.customer) continue;
    const bool more = line.order == order && turnover.back().at == line.order_time;
    if (!more) turnover.push_back({line.order_time, 0});
    order = line.order;
    turnover.back().cents += line.amount_cents();
  }
  std::stable_sort(turnover.begin(), turnover.end(),
                   [](const Turnover& a, const Turnover& b) { return a.at < b.at; });
  return turnover;
}

class PointsWriter {
 public:
  PointsWriter(const World& world, const Person& person, Block& block)
      : world_(world),
        customer_(person.truth.customer),
        block_(block),
        random_(world.further(customer_, World::kProgram)) {}

  void take(const Turnover& turnover) {
    expire_before(turnover.at);
    const auto points = static_cast<int32_t>(std::min<int64_t>(turnover.cents / 100, 1'000'000));
    if (points > 0) {
      const Day day = add_months(world_.clock.local(turnover.at).day, data().points_months);
      expires_at_ = world_.clock.at(day + 1, 0);
      add(turnover.at, PointsKind::kEarn, points);
    } else if (points < 0 && balance_ > 0) {
      add(turnover.at, PointsKind::kClawback, std::max(points, -balance_));
    }
    const int32_t reward = data().points_per_reward;
    if (points > 0 && balance_ >= reward && random_.chance(0.35)) {
      add(turnover.at + seconds(30), PointsKind::kBurn, -reward);
    }
  }

  void expire_before(Instant t) {
    if (balance_ == 0 || expires_at_ > t) return;
    add(expires_at_, PointsKind::kExpire, -balance_);
  }

 private:
  const PresetData& data() const { return *world_.catalogue.data; }

  void add(Instant at, PointsKind kind, int32_t points) {
    balance_ += points;
    if (at > world_.end) return;
    block_.points.push_back(
        {customer_, at, kind, points, balance_, balance_ > 0 ? expires_at_ : kNever});
  }

  const World& world_;
  uint32_t customer_;
  Block& block_;
  Random random_;
  int32_t balance_ = 0;
  Instant expires_at_ = kNever;
};

// A member has the better of the tiers that this calendar year and the one before have earned.
class TierWriter {
 public:
  TierWriter(const World& world, const Person& person, Block& block)
      : world_(world), customer_(person.truth.customer), block_(block) {
    const Behaviour& b = world.spec.behaviour;
    const double usual = (b.monthly ? 12 : b.orders_per_year) * b.mean_order_cents;
    silver_ = static_cast<int64_t>(0.8 * usual);
    gold_ = static_cast<int64_t>(2 * usual);
    year_ = to_civil(world.clock.local(person.row.member_since).day).year;
    change(person.row.member_since, Tier::kBronze);
  }

  void take(const Turnover& turnover) {
    years_before(turnover.at);
    this_year_ += turnover.cents;
    const Tier tier = std::max(earned(this_year_), earned(last_year_));
    if (tier > tier_)
      change(turnover.at, tier);  // a refund takes no tier away before the year ends
  }

  void years_before(Instant t) {
    while (true) {
      const Instant next = world_.clock.at(to_day({year_ + 1, 1, 1}), 0);
      if (next > t) return;
      ++year_;
      last_year_ = this_year_;
      this_year_ = 0;
      if (earned(last_year_) != tier_) change(next, earned(last_year_));
    }
  }

 private:
  Tier earned(int64_t cents) const {
    return cents >= gold_ ? Tier::kGold : cents >= silver_ ? Tier::kSilver : Tier::kBronze;
  }

  void change(Instant at, Tier tier) {
    tier_ = tier;
    block_.tiers.push_back({customer_, at, tier});
  }

  const World& world_;
  uint32_t customer_;
  Block& block_;
  int64_t silver_ = 0;
  int64_t gold_ = 0;
  int year_ = 0;
  int64_t this_year_ = 0;
  int64_t last_year_ = 0;
  Tier tier_ = Tier::kBronze;
};

}  // namespace

void write_program(const World& world, const Person& person, size_t first_line, Block& block) {
  if (person.row.member_since == kNever) return;
  PointsWriter points(world, person, block);
  TierWriter tiers(world, person, block);
  for (const Turnover& turnover : turnover_of(person, first_line, block)) {
    if (turnover.at < person.row.member_since) continue;
    points.take(turnover);
    tiers.take(turnover);
  }
  points.expire_before(world.end);
  tiers.years_before(world.end);
}

}  // namespace regulars::simulate
