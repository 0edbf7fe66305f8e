// What customers are beside how they buy: children, themes, membership, and what of it the shop
// knows.
#include <algorithm>
#include <cmath>

#include "simulate/person.h"

namespace regulars::simulate {
namespace {

constexpr AwayPlace kAwayPlaces[] = {{"AT", "Europe/Vienna"},   {"CH", "Europe/Zurich"},
                                     {"FR", "Europe/Paris"},    {"GB", "Europe/London"},
                                     {"PT", "Europe/Lisbon"},   {"FI", "Europe/Helsinki"},
                                     {"US", "America/New_York"}};

void draw_kind(Random& random, Person& person) {
  CustomerTruth& truth = person.truth;
  const double place = random.uniform();
  if (truth.trade) {
    truth.kind = Kind::kTrade;
    person.row.kind = place < 0.8 ? Kind::kTrade : Kind::kPerson;  // some shop as if private
    return;
  }
  if (truth.prospect) {
    truth.kind = place < 0.04 ? Kind::kTest : place < 0.06 ? Kind::kPlaceholder : Kind::kPerson;
  } else {
    truth.kind = place < 0.006 ? Kind::kStaff : Kind::kPerson;
  }
  person.row.kind = truth.kind;
}

void draw_themes(Random& random, Person& person) {
  CustomerTruth& truth = person.truth;
  truth.eco_minded = random.chance(0.15);
  truth.early_adopter = random.chance(0.1);
  truth.reserved = random.chance(0.08);
  truth.advocate = random.chance(truth.satisfaction > 0.3 ? 0.18 : 0.01);
  const uint8_t size = person.row.household_size;
  const bool family = random.chance(size >= 3 ? 0.8 : size > 0 ? 0.05 : 0.3);
  const auto most = std::max(1, std::min(4, size - 2));
  if (family) truth.children = static_cast<uint8_t>(1 + random.below(size > 0 ? most : 3));
  const auto add = [&](Topic topic, double chance) {
    if (random.chance(chance)) truth.topics |= topic_bit(topic);
  };
  add(Topic::kKids, truth.children > 0 ? 0.85 : 0.01);
  add(Topic::kBaby, truth.children > 0 ? 0.25 : 0.01);
  add(Topic::kSport, 0.2);
  add(Topic::kHealth, 0.15);
  add(Topic::kTechnology, 0.08);
}

// A few are born on 29 February and a few are not yet of age, whatever the chances say.
void adjust_birth_date(const World& world, Random& random, CustomerRow& row) {
  const bool leap = random.chance(0.002);
  const bool young = random.chance(0.004);
  const int days_young = 14 * 366 + static_cast<int>(random.below(int64_t{3} * 365));
  if (!row.has_birth_date) return;
  if (young) row.birth_date = world.spec.to - days_young;
  if (leap) row.birth_date = to_day({to_civil(row.birth_date).year / 4 * 4, 2, 29});
}

// One in eight shares the address of the customer before, and with her the household.
void draw_home(const World& world, Random& random, Person& person) {
  CustomerRow& row = person.row;
  row.household = row.customer;
  if (row.customer % 2 == 1) {
    Random pair = world.further(row.customer - 1, World::kHouseholds);
    if (pair.chance(0.25)) row.household = row.customer - 1;
  }
  const bool remote = row.sign_up_channel != 0;
  if (random.chance(remote ? 0.09 : 0.01)) {
    row.away = static_cast<uint8_t>(random.below(std::ssize(kAwayPlaces)));
  }
  const double spread = random.chance(0.8) ? 450 : 3000;  // ten-thousandths of a degree
  const auto north = static_cast<int32_t>(spread * random.normal());
  const auto east = static_cast<int32_t>(1.6 * spread * random.normal());
  if (row.away != kNoPlace || !random.chance(0.7)) return;
  const Position& store = world.catalogue.stores[row.home_store].position;
  row.home = {store.latitude + north, store.longitude + east};
}

void state_interests(Random& random, Person& person) {
  const CustomerTruth& truth = person.truth;
  const auto state = [&](WiderInterest interest, bool has) {
    if (!random.chance(has ? 0.7 : 0.03)) return;
    person.interests.wider |= static_cast<uint8_t>(1u << static_cast<unsigned>(interest));
  };
  const auto leans = [&](Topic topic) { return (truth.topics & topic_bit(topic)) != 0; };
  state(WiderInterest::kSustainability, truth.eco_minded);
  state(WiderInterest::kFitness, leans(Topic::kSport));
  state(WiderInterest::kNutrition, leans(Topic::kHealth));
  state(WiderInterest::kTechnology, leans(Topic::kTechnology));
  state(WiderInterest::kFamily, truth.children > 0);
}

// Asked when she joined, or later in her account.
Instant asked_at(const World& world, Random& random, const Person& person) {
  const Instant joined = person.truth.joined;
  if (random.chance(0.6)) return joined;
  const int64_t span = std::max<int64_t>(1, (world.end - joined).micros / 1'000'000);
  return joined + seconds(random.below(span));
}

void draw_statements(const World& world, Random& random, Person& person) {
  CustomerRow& row = person.row;
  const CustomerTruth& truth = person.truth;
  const bool asked = random.chance(0.45);
  if (asked) state_interests(random, person);
  person.interests.customer = truth.customer;
  person.interests.at = asked_at(world, random, person);
  if (random.chance(0.45)) row.children = static_cast<int8_t>(truth.children);
  const double objects = truth.reserved ? 0.5 : 0.01;
  const bool objection = random.chance(objects);
  if (random.chance(truth.reserved ? 0.9 : 0.5)) row.profiling_objection = objection ? 1 : 0;
}

void draw_program(const World& world, Random& random, Person& person) {
  const bool ours = person.truth.kind == Kind::kPerson || person.truth.kind == Kind::kStaff;
  if (random.chance(ours ? 0.8 : 0.1)) {
    person.row.member_since = std::max(person.truth.joined, world.begin);
  }
  const double letters = random.uniform();
  person.truth.newsletters_per_year = letters < 0.2 ? 52 : letters < 0.65 ? 12 : 0;
  person.machine_opens = random.chance(0.35);
  person.machine_clicks = random.chance(0.02);
  person.click_share = random.beta(1.2, 6);
}

}  // namespace

std::span<const AwayPlace> away_places() { return kAwayPlaces; }

void draw_traits(const World& world, Person& person) {
  Random random = world.further(person.truth.customer, World::kTraits);
  draw_kind(random, person);
  draw_themes(random, person);
  adjust_birth_date(world, random, person.row);
  draw_home(world, random, person);
  draw_statements(world, random, person);
  draw_program(world, random, person);
  if (world.catalogue.data->persons) return;
  // Accounts have neither families nor birthdays.
  person.truth.children = 0;
  person.truth.topics &= static_cast<TopicSet>(~topic_bit(Topic::kBaby));
  person.row.children = -1;
  person.row.household = person.row.customer;
}

}  // namespace regulars::simulate
