#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr double kMicrosPerYear = 365.25 * 86'400e6;

Instant later(Instant t, double hours_later) {
  return {t.micros + static_cast<int64_t>(hours_later * 3600) * 1'000'000};
}

// Given at joining, by some taken back later. Returns when it ends (kNever: it does not).
Instant give_consent(const World& world, const Person& person, bool sms, Random& random,
                     Block& block) {
  block.consents.push_back({.customer = person.truth.customer,
                            .channel = sms ? Channel::kSms : Channel::kEmail,
                            .at = person.truth.joined});
  const Instant end{person.truth.joined.micros +
                    static_cast<int64_t>(random.exponential(0.06) * kMicrosPerYear)};
  return end <= world.end ? end : kNever;
}

void end_consent(const Person& person, bool sms, Instant at, ConsentSource source, Block& block) {
  if (at == kNever) return;
  block.consents.push_back({.customer = person.truth.customer,
                            .channel = sms ? Channel::kSms : Channel::kEmail,
                            .state = ConsentState::kWithdrawn,
                            .source = source,
                            .at = at});
}

// What the message changes: a persuadable customer may place an order she would not have placed, a
// sleeping dog may not place one she would have placed.
void respond(const World& world, const Person& person, size_t index, Random& random,
             std::vector<PlannedOrder>& orders, CampaignTruth& truth) {
  const Campaign& campaign = world.catalogue.campaigns[index];
  const CustomerTruth& customer = person.truth;
  if (customer.prospect) return;
  if (customer.response == Response::kPersuadable && random.chance(customer.response_chance)) {
    const int days_later =
        static_cast<int>(random.below(world.spec.behaviour.response_days - 1)) + 1;
    PlannedOrder order;
    const bool remote = random.chance(customer.online_share);
    order.channel = remote ? person.remote_channel : uint8_t{0};
    const HourDraw& hours = remote ? world.remote_hours : world.store_hours;
    order.at = world.clock.at(campaign.send_day + days_later, hours.second_of_day(random));
    order.offer_percent = static_cast<uint8_t>(campaign.offer_percent);
    order.coupon = static_cast<uint16_t>(index);
    if (order.at <= customer.drop_out && order.at <= world.end) {
      orders.push_back(order);
      ++truth.orders_added;
    }
  }
  if (customer.response == Response::kSleepingDog) {
    truth.orders_removed += std::erase_if(orders, [&](const PlannedOrder& order) {
      return order.at > campaign.sent_at && order.at <= campaign.window_end &&
             random.chance(customer.response_chance);
    });
  }
}

// Orders that come anyway take the offer too: the cost of a campaign.
void use_offer(const World& world, size_t index, double affinity, Random& random,
               std::vector<PlannedOrder>& orders) {
  const Campaign& campaign = world.catalogue.campaigns[index];
  for (PlannedOrder& order : orders) {
    if (order.at > campaign.sent_at && order.at <= campaign.window_end && random.chance(affinity)) {
      order.offer_percent = static_cast<uint8_t>(campaign.offer_percent);
      order.coupon = static_cast<uint16_t>(index);
    }
  }
}

void send(const World& world, const Person& person, size_t index, Random& random,
          std::vector<PlannedOrder>& orders, Instant& consent_end, Block& block) {
  const Campaign& campaign = world.catalogue.campaigns[index];
  CampaignTruth& truth = block.truth.campaigns[index];
  Message message;
  message.customer = person.truth.customer;
  message.campaign = static_cast<uint16_t>(index);
  message.assigned_at = campaign.sent_at;
  message.treated = !random.chance(campaign.control_share);
  (message.treated ? truth.treated : truth.control) += 1;
  if (message.treated) {
    respond(world, person, index, random, orders, truth);
    const bool active = person.truth.drop_out > campaign.sent_at;
    const double interest = active ? 0.3 + 0.08 * person.truth.satisfaction : 0.12;
    if (random.chance(std::clamp(interest, 0.05, 0.7))) {
      message.opened_at = later(campaign.sent_at, 0.1 + random.exponential(1.0 / 9));
      use_offer(world, index, person.truth.discount_affinity, random, orders);
      if (random.chance(0.15)) {
        message.clicked_at = later(message.opened_at, 0.01 + random.exponential(20));
      } else if (random.chance(person.truth.response == Response::kSleepingDog ? 0.05 : 0.006)) {
        const Instant at = later(message.opened_at, 0.02);
        if (at < consent_end && at <= world.end) {
          message.unsubscribed = true;
          consent_end = at;
          end_consent(person, false, at, ConsentSource::kMessageLink, block);
        }
      }
    }
  }
  block.messages.push_back(message);
}

}  // namespace

void contact(const World& world, Person& person, std::vector<PlannedOrder>& orders, Block& block) {
  const Behaviour& b = world.spec.behaviour;
  Random random = world.random(person.truth.customer, World::kContact);
  if (random.chance(b.sms_consent_share)) {
    person.sms_from = person.truth.joined;
    person.sms_until = give_consent(world, person, true, random, block);
    end_consent(person, true, person.sms_until, ConsentSource::kAccountPage, block);
  }
  if (!random.chance(b.email_consent_share)) return;
  const Instant own_end = give_consent(world, person, false, random, block);
  Instant consent_end = own_end;
  for (size_t c = 0; c < world.catalogue.campaigns.size(); ++c) {
    const Instant sent_at = world.catalogue.campaigns[c].sent_at;
    if (sent_at <= person.truth.joined || sent_at >= consent_end) continue;
    send(world, person, c, random, orders, consent_end, block);
  }
  if (consent_end == own_end) {
    end_consent(person, false, own_end, ConsentSource::kAccountPage, block);
  }
  person.email_from = person.truth.joined;
  person.email_until = consent_end;
  person.row.email_consent = consent_end > world.end;
  std::sort(orders.begin(), orders.end(),
            [](const PlannedOrder& a, const PlannedOrder& b2) { return a.at < b2.at; });
}

}  // namespace regulars::simulate
