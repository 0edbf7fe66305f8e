#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr double kBounceShare = 0.012;
constexpr double kTextBounceShare = 0.02;
constexpr double kComplaintShare = 0.0004;

class MailWriter {
 public:
  MailWriter(const World& world, const Person& person, Block& block)
      : world_(world),
        person_(person),
        block_(block),
        random_(world.further(person.truth.customer, World::kMail)) {}

  // What the campaign's row says of her is so here too.
  void campaign(const Message& message) {
    if (!message.treated) return;
    begin(message.campaign, Channel::kEmail, message.assigned_at);
    const bool read = message.opened_at != kNever;
    if (!deliver(!read && random_.chance(kBounceShare))) return;
    machine_steps();
    if (!read) return;
    add(message.opened_at, MailStep::kOpened, false);
    if (message.clicked_at != kNever) add(message.clicked_at, MailStep::kClicked, false);
    if (message.unsubscribed) add(message.opened_at + seconds(72), MailStep::kUnsubscribed, false);
  }

  void newsletter(uint16_t mailing, Instant at) {
    begin(mailing, Channel::kEmail, at);
    if (!deliver(random_.chance(kBounceShare))) return;
    machine_steps();
    const bool active = person_.truth.drop_out > at;
    const double interest = active ? 0.3 + 0.08 * person_.truth.satisfaction : 0.08;
    if (random_.chance(kComplaintShare)) add(sent_ + hours(1), MailStep::kComplained, false);
    if (!random_.chance(std::clamp(interest, 0.03, 0.7))) return;
    const Instant opened = sent_ + seconds(600 + static_cast<int64_t>(random_.exponential(3e-5)));
    add(opened, MailStep::kOpened, false);
    if (random_.chance(person_.click_share)) {
      add(opened + seconds(10 + random_.below(200)), MailStep::kClicked, false);
    }
  }

  void text(uint16_t mailing, Instant at) {
    begin(mailing, Channel::kSms, at);
    deliver(random_.chance(kTextBounceShare));
  }

 private:
  void begin(uint16_t mailing, Channel channel, Instant at) {
    mailing_ = mailing;
    channel_ = channel;
    sent_ = at;
  }

  bool deliver(bool bounced) {
    add(sent_, MailStep::kSent, false);
    add(sent_ + seconds(5 + random_.below(300)),
        bounced ? MailStep::kBounced : MailStep::kDelivered, false);
    return !bounced;
  }

  // Mail programs that load pictures and scanners that follow links, before anybody looks.
  void machine_steps() {
    if (person_.machine_opens) add(sent_ + seconds(330), MailStep::kOpened, true);
    if (person_.machine_clicks) add(sent_ + seconds(335), MailStep::kClicked, true);
  }

  void add(Instant at, MailStep step, bool machine) {
    if (at > world_.end) return;
    block_.mail.push_back({person_.truth.customer, at, mailing_, step, channel_, machine});
  }

  const World& world_;
  const Person& person_;
  Block& block_;
  Random random_;
  uint16_t mailing_ = 0;
  Channel channel_ = Channel::kEmail;
  Instant sent_;
};

}  // namespace

void write_mail(const World& world, const Person& person, size_t first_message, Block& block) {
  MailWriter writer(world, person, block);
  const size_t first = block.mail.size();
  for (size_t m = first_message; m < block.messages.size(); ++m) writer.campaign(block.messages[m]);
  const Catalogue& catalogue = world.catalogue;
  const double letters = person.truth.newsletters_per_year;
  for (size_t n = 0; n < catalogue.mailings.size(); ++n) {
    const Mailing& mailing = catalogue.mailings[n];
    const auto number = static_cast<uint16_t>(catalogue.campaigns.size() + n);
    const auto within = [&](Instant from, Instant until) {
      return from != kNever && mailing.sent_at > from && mailing.sent_at < until;
    };
    if (mailing.channel == Channel::kSms) {
      if (within(person.sms_from, person.sms_until)) writer.text(number, mailing.sent_at);
    } else if (letters > 12 || (letters > 0 && mailing.first_of_month)) {
      if (within(person.email_from, person.email_until)) writer.newsletter(number, mailing.sent_at);
    }
  }
  std::stable_sort(block.mail.begin() + static_cast<std::ptrdiff_t>(first), block.mail.end(),
                   [](const MailEvent& a, const MailEvent& b) { return a.at < b.at; });
}

}  // namespace regulars::simulate
