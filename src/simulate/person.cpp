#include "simulate/person.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace regulars::simulate {
namespace {

constexpr int kDaysBefore = 730;
constexpr double kMicrosPerYear = 365.25 * 86'400e6;

int day_of_year(Day day) { return day - to_day({to_civil(day).year, 1, 1}); }

// Customer numbers rise with the day of joining, as in a real shop.
void draw_joining(const World& world, Random& random, Person& person) {
  const ShopSpec& spec = world.spec;
  const Behaviour& b = spec.behaviour;
  const double place = (person.truth.customer + random.uniform()) / spec.customers;
  if (place < b.joined_before_share) {
    const double back = 1 - place / b.joined_before_share;
    person.joined_day = spec.from - 1 - static_cast<int>(back * (kDaysBefore - 1));
  } else {
    const double v = (place - b.joined_before_share) / (1 - b.joined_before_share);
    const double g = b.growth;
    // Inverse of a density that rises linearly by the growth over the period.
    const double x = std::abs(g) < 1e-9 ? v : (-1 + std::sqrt(1 + 2 * g * v * (1 + g / 2))) / g;
    const double first = world.busy.at(spec.from);
    const double last = world.busy.at(spec.to + 1);
    person.joined_day = std::min(spec.to, world.busy.day_at(first + x * (last - first)));
  }
  const HourDraw& hours = person.row.sign_up_channel == 0 ? world.store_hours : world.remote_hours;
  person.truth.joined = world.clock.at(person.joined_day, hours.second_of_day(random));
  person.row.joined = person.truth.joined;
}

void draw_rates(const World& world, Random& random, Person& person) {
  const Behaviour& b = world.spec.behaviour;
  CustomerTruth& truth = person.truth;
  truth.orders_per_year = random.gamma(b.order_rate_shape, b.order_rate_shape / b.orders_per_year);
  truth.drop_outs_per_year =
      random.gamma(b.drop_out_shape, b.drop_out_shape / b.drop_outs_per_year);
  const double years = random.exponential(std::max(truth.drop_outs_per_year, 1e-9));
  if (years < 100) {
    const Instant drop{truth.joined.micros + static_cast<int64_t>(years * kMicrosPerYear)};
    if (drop <= world.end) truth.drop_out = drop;
  }
  // Customers who leave soon are less content, on the whole.
  const double haste = std::log(std::max(truth.drop_outs_per_year, 1e-9) / b.drop_outs_per_year);
  truth.satisfaction = -0.4 * std::clamp(haste + 0.5, -2.0, 2.0) + 0.8 * random.normal();
  truth.trade = random.chance(b.trade_share);
  truth.prospect = !truth.trade && random.chance(b.prospect_share);
  const double q = b.spend_between_shape;
  const double p = b.spend_within_shape;
  const double rate = random.gamma(q, b.mean_order_cents * (q - 1) / p);
  truth.mean_order_cents = p / rate * (truth.trade ? b.trade_factor : 1);
}

void draw_response(const World& world, Random& random, Person& person) {
  const Behaviour& b = world.spec.behaviour;
  CustomerTruth& truth = person.truth;
  const double kind = random.uniform();
  const auto around = [&](double mean) { return random.beta(8 * mean, 8 * (1 - mean)); };
  if (kind < b.persuadable_share) {
    truth.response = Response::kPersuadable;
    truth.response_chance = around(b.persuadable_chance);
  } else if (kind < b.persuadable_share + b.sleeping_dog_share) {
    truth.response = Response::kSleepingDog;
    truth.response_chance = around(b.sleeping_dog_chance);
  }
  truth.discount_affinity = random.beta(3 * b.discount_affinity, 3 * (1 - b.discount_affinity));
  truth.online_share = random.beta(2 * b.online_share, 2 * (1 - b.online_share));
}

void draw_place(const World& world, Random& random, Person& person) {
  const Catalogue& catalogue = world.catalogue;
  double total = 0;
  for (const Store& store : catalogue.stores) total += store.weight;
  double place = random.uniform() * total;
  size_t home = 0;
  while (home + 1 < catalogue.stores.size() && place >= catalogue.stores[home].weight) {
    place -= catalogue.stores[home++].weight;
  }
  person.row.home_store = static_cast<uint8_t>(home);
  const uint8_t region = random.chance(0.85)
                             ? catalogue.stores[home].region
                             : static_cast<uint8_t>(random.below(std::ssize(catalogue.regions)));
  if (!random.chance(0.05)) person.row.region = region;

  const auto& channels = catalogue.data->channels;
  total = 0;
  for (size_t c = 1; c < channels.size(); ++c) total += channels[c].weight;
  place = random.uniform() * total;
  size_t remote = 1;
  while (remote + 1 < channels.size() && place >= channels[remote].weight) {
    place -= channels[remote++].weight;
  }
  person.remote_channel = static_cast<uint8_t>(remote);
  const bool joined_remote = random.chance(person.truth.online_share);
  person.row.sign_up_channel = joined_remote ? person.remote_channel : 0;
}

// Returns the age on the first day and the leaning to "women's" categories, known or not.
std::pair<double, int> draw_demographics(const World& world, Random& random, Person& person) {
  if (!world.catalogue.data->persons) return {45, 0};
  const double age = std::clamp(42 + 15 * random.normal(), 18.0, 92.0);
  const double kind = random.uniform();
  const Gender gender = kind < .56 ? Gender::kWoman : kind < .98 ? Gender::kMan : Gender::kOther;
  CustomerRow& row = person.row;
  row.birth_date = world.spec.from - static_cast<int>(age * 365.25);
  row.has_birth_date = !random.chance(0.25);
  if (!random.chance(0.2)) row.gender = gender;
  const auto size = static_cast<uint8_t>(1 + std::min<int64_t>(5, random.poisson(1.2)));
  if (!random.chance(0.4)) row.household_size = size;
  return {age, gender == Gender::kWoman ? 1 : gender == Gender::kMan ? -1 : 0};
}

void draw_taste(const World& world, double age, int leaning, Random& random, Person& person) {
  const auto& categories = world.catalogue.data->categories;
  double weights = 0;
  for (const CategoryData& category : categories) weights += category.weight;
  double total = 0;
  for (size_t c = 0; c < categories.size(); ++c) {
    const CategoryData& category = categories[c];
    const double tilt = category.age_slope * (age - 45) / 20 + category.woman_slope * leaning;
    const double mean = category.weight / weights * std::exp(tilt);
    const double shape =
        world.spec.behaviour.taste_concentration * mean * static_cast<double>(categories.size());
    person.taste[c] = random.gamma(shape, 1) + 1e-6;
    total += person.taste[c];
    const CategoryRange& range = world.catalogue.categories[c];
    const auto popular =
        std::lower_bound(range.popularity.begin(), range.popularity.end() - 1, random.uniform());
    person.favourite[c] = static_cast<uint16_t>(range.first + (popular - range.popularity.begin()));
  }
  for (double& taste : person.taste) taste /= total;
  const auto best = std::max_element(person.taste.begin(), person.taste.end());
  person.truth.favourite_category = static_cast<uint8_t>(best - person.taste.begin());
  person.truth.favourite_share = *best;
}

// Fewer than half answer; they name what they buy more than others do, and now and then anything.
void draw_interests(const World& world, Random& random, Person& person) {
  if (!random.chance(0.45)) return;
  const auto& categories = world.catalogue.data->categories;
  double weights = 0;
  for (const CategoryData& category : categories) weights += category.weight;
  for (size_t c = 0; c < categories.size(); ++c) {
    const bool fond = person.taste[c] > 1.4 * categories[c].weight / weights;
    if (random.chance(fond ? 0.6 : 0.05)) {
      auto& stated = person.interests.categories;
      stated = static_cast<uint16_t>(stated | (1u << c));
    }
  }
}

}  // namespace

World::World(const ShopSpec& spec_in, const Zone& zone)
    : spec(spec_in),
      catalogue(make_catalogue(spec_in, zone)),
      first_join(spec_in.from - kDaysBefore),
      clock(zone, first_join, spec_in.to + 1),
      busy(*catalogue.data, first_join, spec_in.to),
      store_hours(catalogue.data->store_hours),
      remote_hours(catalogue.data->remote_hours),
      begin(zone.start_of(spec_in.from)),
      end(zone.end_of(spec_in.to)) {
  const auto& categories = catalogue.data->categories;
  for (size_t day = 0; day < seasons.size(); ++day) {
    for (size_t c = 0; c < categories.size(); ++c) {
      const double peak = (categories[c].peak_month - 0.5) * 30.4;
      const double angle = 2 * std::numbers::pi * (static_cast<double>(day) - peak) / 365.25;
      const double season = categories[c].peak_month == 0 ? 0 : categories[c].season;
      seasons[day][c] = 1 + season * std::cos(angle);
    }
  }
}

const std::array<double, kMostCategories>& World::season_of(Day day) const {
  return seasons[static_cast<size_t>(day_of_year(day))];
}

Person make_person(const World& world, uint32_t customer) {
  Random random = world.random(customer, World::kPerson);
  Person person;
  person.truth.customer = customer;
  person.row.customer = customer;
  draw_response(world, random, person);
  draw_place(world, random, person);
  draw_joining(world, random, person);
  draw_rates(world, random, person);
  const auto [age, leaning] = draw_demographics(world, random, person);
  draw_taste(world, age, leaning, random, person);
  draw_interests(world, random, person);
  draw_traits(world, person);
  return person;
}

}  // namespace regulars::simulate
