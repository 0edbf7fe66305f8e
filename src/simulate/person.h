// One customer: her hidden rates, tastes and responses, and the facts the shop knows of her.
#pragma once

#include <array>

#include "base/random.h"
#include "simulate/catalogue.h"
#include "simulate/rows.h"
#include "simulate/season.h"

namespace regulars::simulate {

// What every step of the simulation reads. Immutable, shared by all threads.
struct World {
  World(const ShopSpec& spec, const Zone& zone);

  ShopSpec spec;
  Catalogue catalogue;
  Day first_join;  // customers join from two years before the records begin
  WallClock clock;
  BusyClock busy;
  HourDraw store_hours;
  HourDraw remote_hours;
  Instant begin;  // first and last instant of the records
  Instant end;
  std::array<std::array<double, kMostCategories>, 366> seasons{};  // [day of year][category]

  // Independent randomness for a purpose of a customer: turning one step off moves no other.
  enum Purpose : uint64_t { kPerson, kTimes, kContact, kBaskets, kRecords, kVisits, kSurveys };
  Random random(uint32_t customer, Purpose purpose) const {
    return Random(spec.seed, uint64_t{customer} * 8 + purpose);
  }
  // Further purposes, apart from those above so that adding one leaves every order as it was.
  enum Further : uint64_t { kTraits, kTwins, kProgram, kVoice, kMail, kHouseholds, kConsents };
  Random further(uint64_t number, Further purpose) const {
    return Random(mix(spec.seed + 0x5eed), number * 8 + purpose);
  }
  const std::array<double, kMostCategories>& season_of(Day day) const;
};

struct Person {
  CustomerTruth truth;
  CustomerRow row;
  Interests interests;  // none stated: both sets are empty
  Day joined_day;
  uint8_t remote_channel = 1;
  Instant email_from = kNever;  // consent to e-mail; kNever: never given
  Instant email_until = kNever;
  Instant sms_from = kNever;
  Instant sms_until = kNever;
  bool machine_opens = false;   // her mail program loads every picture
  bool machine_clicks = false;  // and a scanner follows every link
  double click_share = 0;       // of the mails she opens herself
  std::array<double, kMostCategories> taste{};
  std::array<uint16_t, kMostCategories> favourite{};
};

Person make_person(const World& world, uint32_t customer);

// The last part of make_person: traits beside buying, and what the shop knows of them.
void draw_traits(const World& world, Person& person);

}  // namespace regulars::simulate
