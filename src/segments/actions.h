// What to do next: at most five lists, each with what an offer must add to pay and what this many
// people can show (practice D3). Lists of customers who are late come first, then those who are
// not, then those to leave alone; within each by the net revenue at stake.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "segments/life_cycle.h"
#include "segments/segmentation.h"

namespace regulars::segments {

struct ActionInputs {
  double control_share = 0.2;
  std::optional<double> margin;      // contribution per unit of net revenue, 0..1; never invented
  std::optional<double> offer_cost;  // per redeemer, in currency units; stated when assumed
  uint64_t salt = 1;                 // of control group assignment
};

struct ListMember {
  CustomerNumber customer;
  bool control = false;
};

struct ActionCard {
  std::string key;    // "second-order": file lists/second-order.csv
  std::string title;  // "Bring the second order"
  std::string who;    // in words of the rule
  std::string why;
  std::string step;  // suggested action
  std::string do_not;
  std::string measure;
  std::vector<ListMember> members;  // by net at stake, highest first
  int64_t contacts = 0, controls = 0;
  int64_t net_at_stake = 0;          // units of scale: their net revenue of the last 365 days
  Share came_back_unaided;           // of the same list 90 days ago; of == 0: untested
  std::optional<double> break_even;  // least uplift that pays, as a share; needs margin and cost
  double visible_effect = 0;         // least uplift this many can show, two-sided 5 %, power 80 %
  double visible_effect_halves = 0;  // the same if half were kept out
  bool too_small = false;            // visible_effect > 3 x break_even (or > 0.3 without one)
};

// Same customer, same salt, same side for ever: below `share` of a salted hash.
bool in_control_group(std::string_view customer_id, double share, uint64_t salt);
// sqrt(15.70 base (1 - base) (1/n_contact + 1/n_control) / 2); equal arms give practice D3's
// formula.
double visible_effect(double base, int64_t contacts, int64_t controls);
// base * cost / (margin_per_order - cost); empty when an order's margin does not exceed the cost.
std::optional<double> break_even_uplift(double base, double cost, double margin_per_order);

struct ActionContext {
  const History& history;
  const CustomerFacts& facts;
  const LifeCycle& cycle;
  const Segmentation& tiers;
  // The same at the instant of the self-test, and who bought after; null when untestable.
  const CustomerFacts* then_facts = nullptr;
  const LifeCycle* then_cycle = nullptr;
  const Segmentation* then_tiers = nullptr;
  const LaterFacts* later = nullptr;
};
// The keys a card may have.
std::vector<std::string> action_keys();
std::vector<ActionCard> action_cards(const ActionContext& context, const ActionInputs& inputs);

}  // namespace regulars::segments
