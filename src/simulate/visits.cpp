#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr double kDaysPerYear = 365.25;

uint8_t draw_category(const World& world, const Person& person, Random& random) {
  double place = random.uniform();
  size_t c = 0;
  while (c + 1 < world.catalogue.categories.size() && place >= person.taste[c]) {
    place -= person.taste[c++];
  }
  return static_cast<uint8_t>(c);
}

Visit make_visit(const World& world, const Person& person, Instant at, Random& random) {
  Visit visit;
  visit.customer = person.truth.customer;
  visit.at = at;
  const double device = random.uniform();
  visit.device = device < .62 ? Device::kPhone : device < .92 ? Device::kDesktop : Device::kTablet;
  const double source = random.uniform();
  visit.source = source < .4    ? VisitSource::kDirect
                 : source < .75 ? VisitSource::kSearch
                 : source < .92 ? VisitSource::kSocial
                                : VisitSource::kReferral;
  visit.category = draw_category(world, person, random);
  visit.pages = static_cast<uint8_t>(1 + std::min<int64_t>(40, random.poisson(3)));
  return visit;
}

void add_browsing(const World& world, const Person& person, Random& random, Block& block) {
  const Day first = std::max(person.joined_day, world.spec.from);
  const Instant leaves = std::min(person.truth.drop_out, world.end);
  if (leaves <= world.begin) return;
  const double begin = world.busy.at(first);
  const double end = world.busy.at(world.clock.local(leaves).day + 1);
  const double rate = world.spec.behaviour.visits_per_year / kDaysPerYear * random.gamma(2, 2);
  const int64_t count = random.poisson(std::max(0.0, (end - begin) * rate));
  for (int64_t i = 0; i < count; ++i) {
    const Day day = world.busy.day_at(begin + (end - begin) * random.uniform());
    const Instant at = world.clock.at(day, world.remote_hours.second_of_day(random));
    Visit visit = make_visit(world, person, at, random);
    visit.added_to_cart = random.chance(0.08);
    if (at > person.truth.joined && at <= leaves && at >= world.begin)
      block.visits.push_back(visit);
  }
}

void add_clicks(const World& world, const Person& person, size_t first_message, Random& random,
                Block& block) {
  for (size_t m = first_message; m < block.messages.size(); ++m) {
    const Instant at = block.messages[m].clicked_at;
    if (at > world.end) continue;
    Visit visit = make_visit(world, person, at, random);
    visit.source = VisitSource::kEmail;
    block.visits.push_back(visit);
  }
}

}  // namespace

void write_visits(const World& world, const Person& person, const std::vector<PlannedOrder>& orders,
                  size_t first_message, Block& block) {
  Random random = world.random(person.truth.customer, World::kVisits);
  const size_t first = block.visits.size();
  add_browsing(world, person, random, block);
  add_clicks(world, person, first_message, random, block);
  for (const PlannedOrder& order : orders) {
    if (order.channel == 0 || order.at > world.end) continue;
    const Instant at = order.at - seconds(120 + random.below(1500));
    if (at < world.begin) continue;
    Visit visit = make_visit(world, person, at, random);
    visit.added_to_cart = true;
    visit.ordered = true;
    visit.pages = static_cast<uint8_t>(visit.pages + 3);
    block.visits.push_back(visit);
  }
  std::sort(block.visits.begin() + static_cast<std::ptrdiff_t>(first), block.visits.end(),
            [](const Visit& a, const Visit& b) { return a.at < b.at; });
}

}  // namespace regulars::simulate
