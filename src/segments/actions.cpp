#include "segments/actions.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace regulars::segments {
namespace {

constexpr size_t kMostCards = 5;
constexpr size_t kFewestMembers = 10;
constexpr double kTooCoarse = 0.3;

// Who is on a list at one instant, by that instant's classes.
struct Moment {
  const CustomerFacts& facts;
  const LifeCycle& cycle;
  const Segmentation& tiers;

  bool is(size_t c, LifeCycleClass wanted) const {
    return cycle.segmentation.class_of[c] == wanted;
  }
  bool once(size_t c) const { return facts.purchase_days[c] == 1; }
};

// When to act comes first (practice C): lists of customers who are late, then those who are not,
// then those to leave alone.
enum class Urgency { kLate, kSoon, kLeaveAlone };

struct Recipe {
  const char* key;
  const char* title;
  const char* who;
  const char* why;
  const char* step;
  const char* do_not;
  const char* measure;
  Urgency urgency;
  bool (*chosen)(const Moment&, size_t);
};

constexpr Recipe kRecipes[] = {
    {"save", "Save repeat buyers who are slipping",
     "bought on two days or more and silent for 1.5 to 3 of their own usual gaps",
     "They have shown that they come back and are late by their own clock.",
     "Act now and cheaply: one personal reminder that names what they usually buy.",
     "Do not send a voucher to all of them: many come back unaided.",
     "a purchase within 90 days, against the control group", Urgency::kLate,
     [](const Moment& m, size_t c) { return m.is(c, kSlipping) && !m.once(c); }},
    {"second-order", "Bring the second order",
     "bought once and are past the usual time of a second order, not yet past its late quantile",
     "The second order is the hill: after it far more customers stay.",
     "Help with what they bought and give one reason to return.",
     "Do not spend a large first-order style voucher on it.",
     "a second purchase day within 90 days, against the control group", Urgency::kLate,
     [](const Moment& m, size_t c) { return m.is(c, kSlipping) && m.once(c); }},
    {"win-back", "Ask lapsed regulars why they stayed away",
     "bought on two days or more, silent for 3 to 6 of their own usual gaps",
     "Waiting makes it worse: after six gaps few return.",
     "Ask one question first, then give a personal reason to return.",
     "Do not write monthly; one honest message, then stop.",
     "a purchase and its net revenue within 90 days, against the control group", Urgency::kLate,
     [](const Moment& m, size_t c) { return m.is(c, kLapsed) && !m.once(c); }},
    {"welcome", "Welcome the new",
     "first bought within the time in which half of all second orders come",
     "Many return unaided now; a good start is remembered.",
     "Say thank you, help with the purchase, ask one question about interests.",
     "Do not discount before the usual time of a second order has passed.",
     "a second purchase day within 90 days, against the control group", Urgency::kSoon,
     [](const Moment& m, size_t c) { return m.is(c, kNew); }},
    {"protect", "Protect the return of those won back",
     "came back lately after a lapse and are in rhythm again",
     "Coming back once is not a habit yet; find out what brought them.",
     "Make the second order after the return easy.",
     "Do not repeat the offer that brought them: look at their discount share first.",
     "a further purchase within 90 days, against the control group", Urgency::kSoon,
     [](const Moment& m, size_t c) { return m.is(c, kWonBack); }},
    {"keep", "Do not discount those in rhythm",
     "silent for no more than 1.5 of their own usual gaps",
     "They come anyway: a voucher pays for what you already have.",
     "Leave them alone, or thank the most valuable: early access, a person to call.",
     "Do not put them on voucher mailings.", "categories per customer, referrals; not repeat rate",
     Urgency::kLeaveAlone, [](const Moment& m, size_t c) { return m.is(c, kActive); }},
};

// Members come with what they brought in the last year, highest first.
std::vector<uint32_t> members_of(const Recipe& recipe, const Moment& moment) {
  std::vector<uint32_t> members;
  for (uint32_t c = 0; c < moment.facts.size(); ++c) {
    if (moment.facts.is_customer(c) && recipe.chosen(moment, c)) members.push_back(c);
  }
  std::stable_sort(members.begin(), members.end(), [&](uint32_t a, uint32_t b) {
    return moment.facts.year_net[a] > moment.facts.year_net[b];
  });
  return members;
}

Share came_back(const Recipe& recipe, const ActionContext& context) {
  if (context.then_facts == nullptr || context.later == nullptr) return {};
  const Moment then{*context.then_facts, *context.then_cycle, *context.then_tiers};
  int64_t of = 0;
  int64_t hits = 0;
  for (const uint32_t c : members_of(recipe, then)) {
    ++of;
    hits += context.later->orders[c] > 0 ? 1 : 0;
  }
  return wilson(hits, of);
}

void add_arithmetic(ActionCard& card, const ActionInputs& inputs, double net, double orders,
                    double unit) {
  const double base = card.came_back_unaided.of > 0 ? card.came_back_unaided.value : 0.5;
  card.visible_effect = visible_effect(base, card.contacts, card.controls);
  const int64_t half = (card.contacts + card.controls) / 2;
  card.visible_effect_halves = visible_effect(base, half, half);
  if (inputs.margin && inputs.offer_cost && orders > 0 && card.came_back_unaided.of > 0) {
    const double margin_per_order = *inputs.margin * net / orders / unit;
    card.break_even = break_even_uplift(base, *inputs.offer_cost, margin_per_order);
  }
  const double limit = card.break_even ? 3 * *card.break_even : kTooCoarse;
  card.too_small = card.visible_effect > limit;
}

ActionCard card_of(const Recipe& recipe, const ActionContext& context, const ActionInputs& inputs) {
  ActionCard card;
  card.key = recipe.key;
  card.title = recipe.title;
  card.who = recipe.who;
  card.why = recipe.why;
  card.step = recipe.step;
  card.do_not = recipe.do_not;
  card.measure = recipe.measure;
  double net = 0;
  double orders = 0;
  for (const uint32_t c : members_of(recipe, {context.facts, context.cycle, context.tiers})) {
    const bool control =
        in_control_group(context.history.customer_id(c), inputs.control_share, inputs.salt);
    card.members.push_back({c, control});
    ++(control ? card.controls : card.contacts);
    card.net_at_stake += context.facts.year_net[c];
    net += static_cast<double>(context.facts.net[c]);
    orders += static_cast<double>(context.facts.orders[c]);
  }
  card.came_back_unaided = came_back(recipe, context);
  add_arithmetic(card, inputs, net, orders, std::pow(10.0, context.facts.scale));
  return card;
}

}  // namespace

bool in_control_group(std::string_view customer_id, double share, uint64_t salt) {
  const auto draw = static_cast<double>(stable_hash(customer_id, salt) >> 11) * 0x1.0p-53;
  return draw < share;
}

double visible_effect(double base, int64_t contacts, int64_t controls) {
  if (contacts <= 0 || controls <= 0) return 1;
  constexpr double kPower = 7.849;  // (1.95996 + 0.84162)^2: two-sided 5 %, power 80 %
  const double spread = 1 / static_cast<double>(contacts) + 1 / static_cast<double>(controls);
  return std::min(1.0, std::sqrt(kPower * base * (1 - base) * spread));
}

std::optional<double> break_even_uplift(double base, double cost, double margin_per_order) {
  if (margin_per_order <= cost) return std::nullopt;
  return base * cost / (margin_per_order - cost);
}

std::vector<std::string> action_keys() {
  std::vector<std::string> keys;
  for (const Recipe& recipe : kRecipes) keys.emplace_back(recipe.key);
  return keys;
}

std::vector<ActionCard> action_cards(const ActionContext& context, const ActionInputs& inputs) {
  struct Ranked {
    Urgency urgency;
    ActionCard card;
  };
  std::vector<Ranked> ranked;
  for (const Recipe& recipe : kRecipes) {
    ActionCard card = card_of(recipe, context, inputs);
    if (card.members.size() >= kFewestMembers) ranked.push_back({recipe.urgency, std::move(card)});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    if (a.urgency != b.urgency) return a.urgency < b.urgency;
    return a.card.net_at_stake > b.card.net_at_stake;
  });
  // The smallest stake gives way, so that "leave these alone" is always said.
  if (ranked.size() > kMostCards) ranked.erase(ranked.begin() + kMostCards - 1, ranked.end() - 1);
  std::vector<ActionCard> cards;
  for (Ranked& one : ranked) cards.push_back(std::move(one.card));
  return cards;
}

}  // namespace regulars::segments
