#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr int kMonthsOfPush = 18;  // consent to push messages runs out unless it is renewed

class ConsentWriter {
 public:
  ConsentWriter(const World& world, const Person& person, Block& block)
      : world_(world),
        person_(person),
        block_(block),
        random_(world.further(person.truth.customer, World::kConsents)) {}

  // Push consent is for eighteen months; those who use the app renew it, not always in time.
  void push() {
    if (person_.row.sign_up_channel == 0 || !random_.chance(0.4)) return;
    Instant at = person_.truth.joined;
    ConsentSource source = ConsentSource::kSignUp;
    while (at <= world_.end) {
      const Day day = add_months(world_.clock.local(at).day, kMonthsOfPush);
      Consent& consent = add(Channel::kPush, Purpose::kMarketing, ConsentState::kGranted, at);
      consent.source = source;
      consent.expires_at = world_.clock.at(day, 0);
      if (person_.truth.drop_out < consent.expires_at || !random_.chance(0.6)) return;
      at = consent.expires_at + days(random_.below(40) - 30);
      source = ConsentSource::kRenewal;
    }
  }

  void post() {
    const double place = random_.uniform();
    const Instant joined = person_.truth.joined;
    if (place < 0.35) add(Channel::kPost, Purpose::kMarketing, ConsentState::kGranted, joined);
    if (place > 0.97) add(Channel::kPost, Purpose::kMarketing, ConsentState::kDenied, joined);
  }

  void profiling() {
    const Instant joined = person_.truth.joined;
    const bool may = random_.chance(person_.truth.reserved ? 0.15 : 0.7);
    if (person_.email_from != kNever) {
      add(Channel::kEmail, Purpose::kProfiling,
          may ? ConsentState::kGranted : ConsentState::kDenied, joined);
    }
    if (person_.row.profiling_objection != 1) return;
    const Instant at = later_than(joined);
    if (at > world_.end) return;
    add(Channel::kEmail, Purpose::kProfiling, ConsentState::kObjected, at).source =
        ConsentSource::kAccountPage;
  }

 private:
  Instant later_than(Instant from) {
    const int64_t span = std::max<int64_t>(2, (world_.end - from).micros / 1'000'000);
    return from + seconds(1 + random_.below(span - 1));
  }

  Consent& add(Channel channel, Purpose purpose, ConsentState state, Instant at) {
    block_.consents.push_back({.customer = person_.truth.customer,
                               .channel = channel,
                               .purpose = purpose,
                               .state = state,
                               .at = at});
    return block_.consents.back();
  }

  const World& world_;
  const Person& person_;
  Block& block_;
  Random random_;
};

}  // namespace

void write_consents(const World& world, const Person& person, size_t first_consent, Block& block) {
  ConsentWriter writer(world, person, block);
  writer.push();
  writer.post();
  writer.profiling();
  std::stable_sort(block.consents.begin() + static_cast<std::ptrdiff_t>(first_consent),
                   block.consents.end(),
                   [](const Consent& a, const Consent& b) { return a.at < b.at; });
}

}  // namespace regulars::simulate
