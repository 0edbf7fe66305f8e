// Steps from a person to her rows, in the order in which make_block takes them.
#pragma once

#include <vector>

#include "simulate/block.h"
#include "simulate/person.h"

namespace regulars::simulate {

struct PlannedOrder {
  Instant at;
  uint8_t channel = 0;        // 0: in a store
  uint8_t offer_percent = 0;  // of the campaign it came with
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

// Writes every order inside the records as lines, with the faults the spec asks for.
void write_orders(const World& world, Person& person, const std::vector<PlannedOrder>& orders,
                  Block& block);

// Browsing, clicks on the messages from `first_message` on, and the session before an online order.
void write_visits(const World& world, const Person& person, const std::vector<PlannedOrder>& orders,
                  size_t first_message, Block& block);

void write_surveys(const World& world, const Person& person,
                   const std::vector<PlannedOrder>& orders, Block& block);

}  // namespace regulars::simulate
