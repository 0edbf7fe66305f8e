#include <algorithm>
#include <cmath>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr int kDaysBetweenInvitations = 120;

Survey answer(const World& world, const Person& person, Survey survey, Random& random) {
  // The very content and the very discontent answer more often.
  const double satisfaction = person.truth.satisfaction;
  const double share = world.spec.behaviour.answer_share;
  const double chance = std::clamp(share * (0.8 + 0.25 * std::abs(satisfaction)), 0.0, 0.95);
  if (!random.chance(chance)) return survey;
  const Instant at =
      survey.sent_at + minutes(5) + seconds(static_cast<int64_t>(random.exponential(1.0 / 90'000)));
  if (at > world.end) return survey;
  survey.answered_at = at;
  const double mood = satisfaction + 0.7 * random.normal();
  const bool nps = survey.question == Question::kNps;
  const double score =
      nps ? std::clamp(7.9 + 1.8 * mood, 0.0, 10.0) : std::clamp(4.0 + 0.8 * mood, 1.0, 5.0);
  survey.score = static_cast<int8_t>(std::lround(score));
  return survey;
}

}  // namespace

void write_surveys(const World& world, const Person& person,
                   const std::vector<PlannedOrder>& orders, Block& block) {
  Random random = world.random(person.truth.customer, World::kSurveys);
  Instant next = world.begin;
  for (const PlannedOrder& order : orders) {
    if (order.at < world.begin || !random.chance(world.spec.behaviour.survey_share)) continue;
    Survey survey;
    survey.customer = person.truth.customer;
    survey.question = random.chance(0.7) ? Question::kNps : Question::kCsat;
    const Day day = world.clock.local(order.at).day + 3;
    survey.sent_at = world.clock.at(day, 10 * 3600);
    if (survey.sent_at > world.end || survey.sent_at < next) continue;
    next = survey.sent_at + days(kDaysBetweenInvitations);
    block.surveys.push_back(answer(world, person, survey, random));
  }
}

}  // namespace regulars::simulate
