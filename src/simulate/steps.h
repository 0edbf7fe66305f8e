// Steps from a person to her rows, in the order in which make_block takes them.
#pragma once

#include <span>
#include <vector>

#include "simulate/block.h"
#include "simulate/person.h"

namespace regulars::simulate {

struct PlannedOrder {
  Instant at;
  uint8_t channel = 0;          // 0: in a store
  uint8_t offer_percent = 0;    // of the campaign it came with
  uint16_t coupon = kNoCoupon;  // that campaign's
};

// Times of a person's orders from joining to dropping out, also those before the records begin,
// in time order. Prospects have none.
std::vector<PlannedOrder> plan_orders(const World& world, const Person& person);

// Sends campaigns to those who consent, adds and removes orders by the person's response, and
// writes messages and consents.
void contact(const World& world, Person& person, std::vector<PlannedOrder>& orders, Block& block);

// Fills one order with products worth about the person's usual amount; appends its sale lines.
// `random` is advanced.
void fill_basket(const World& world, const Person& person, const PlannedOrder& order,
                 uint64_t number, Random& random, std::vector<OrderLine>& lines);

// Of the shop's own sale on that day; 0: none.
int sale_percent(const PresetData& data, Day day);

// Puts twins in the place of products by the customer's themes, at the same price.
void take_twins(const World& world, const CustomerTruth& truth, Day day, Random& random,
                std::span<OrderLine> lines);

// Writes every order inside the records as lines, with the faults the spec asks for.
void write_orders(const World& world, Person& person, const std::vector<PlannedOrder>& orders,
                  Block& block);

// Browsing, clicks on the messages from `first_message` on, and the session before an online order.
void write_visits(const World& world, const Person& person, const std::vector<PlannedOrder>& orders,
                  size_t first_message, Block& block);

void write_surveys(const World& world, const Person& person,
                   const std::vector<PlannedOrder>& orders, Block& block);

// What became of each message: those of campaigns from `first_message` on, newsletters and texts.
void write_mail(const World& world, const Person& person, size_t first_message, Block& block);

// Consent beyond marketing by e-mail and text: push, post, profiling, renewals, objections.
void write_consents(const World& world, const Person& person, size_t first_consent, Block& block);

// Points and tiers of members, from the order lines from `first_line` on.
void write_program(const World& world, const Person& person, size_t first_line, Block& block);

// Answers (to surveys from `first_survey` on, and in the account), reviews of what was bought,
// referrals and service cases.
void write_voice(const World& world, const Person& person, size_t first_line, size_t first_survey,
                 Block& block);

}  // namespace regulars::simulate
