#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr double kDaysPerYear = 365.25;

PlannedOrder place_order(const World& world, const Person& person, Day day, Random& random) {
  PlannedOrder order;
  const bool remote = random.chance(person.truth.online_share);
  order.channel = remote ? person.remote_channel : uint8_t{0};
  const HourDraw& hours = remote ? world.remote_hours : world.store_hours;
  order.at = world.clock.at(day, hours.second_of_day(random));
  return order;
}

// An order each month on the day of joining, now and then skipped.
void plan_monthly(const World& world, const Person& person, Random& random,
                  std::vector<PlannedOrder>& orders) {
  for (int month = 1;; ++month) {
    const Day day = add_months(person.joined_day, month);
    if (day > world.spec.to) return;
    const PlannedOrder order = place_order(world, person, day, random);
    if (order.at > person.truth.drop_out) return;
    if (!random.chance(0.04)) orders.push_back(order);
  }
}

// A renewal process on the busy clock.
void plan_by_rate(const World& world, const Person& person, Random& random,
                  std::vector<PlannedOrder>& orders) {
  const double shape = world.spec.behaviour.regularity;
  const double rate = shape * std::max(person.truth.orders_per_year, 1e-9) / kDaysPerYear;
  double busy = world.busy.at(person.joined_day) + random.uniform();
  const double last = world.busy.at(world.spec.to + 1);
  while (true) {
    busy += shape == 1.0 ? random.exponential(rate) : random.gamma(shape, rate);
    if (busy >= last) return;
    const PlannedOrder order = place_order(world, person, world.busy.day_at(busy), random);
    if (order.at > person.truth.drop_out) return;
    if (order.at > orders.front().at) orders.push_back(order);
  }
}

}  // namespace

std::vector<PlannedOrder> plan_orders(const World& world, const Person& person) {
  std::vector<PlannedOrder> orders;
  if (person.truth.prospect) return orders;
  Random random = world.random(person.truth.customer, World::kTimes);
  orders.push_back({person.truth.joined, person.row.sign_up_channel, 0});
  if (world.spec.behaviour.monthly) {
    plan_monthly(world, person, random, orders);
  } else {
    plan_by_rate(world, person, random, orders);
  }
  std::sort(orders.begin(), orders.end(),
            [](const PlannedOrder& a, const PlannedOrder& b) { return a.at < b.at; });
  return orders;
}

}  // namespace regulars::simulate
