#include <algorithm>
#include <cmath>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr double kMicrosPerYear = 365.25 * 86'400e6;

class VoiceWriter {
 public:
  VoiceWriter(const World& world, const Person& person, Block& block)
      : world_(world),
        truth_(person.truth),
        block_(block),
        random_(world.further(person.truth.customer, World::kVoice)),
        from_(std::max(truth_.joined, world.begin)),
        until_(std::min(truth_.drop_out, world.end)) {}

  void survey_answers(size_t first_survey) {
    for (size_t s = first_survey; s < block_.surveys.size(); ++s) {
      const Survey& survey = block_.surveys[s];
      if (survey.answered_at == kNever) continue;
      block_.answers.push_back({truth_.customer, survey.question, survey.answered_at, survey.score,
                                Preference::kDiscount});
    }
  }

  // Asked in the account; some answer again after a year or more, and may have changed their mind.
  void account_answers() {
    const Preference own = draw_preference();
    if (random_.chance(0.35)) {
      const Instant at = any_time(from_);
      prefer(at, own);
      const Instant again = at + days(360 + random_.below(200));
      if (random_.chance(0.4)) prefer(again, random_.chance(0.8) ? own : draw_preference());
    }
    if (!random_.chance(0.3)) return;
    const double comfort = truth_.reserved ? 1.5 : 3.6;
    const double score = std::clamp(comfort + 0.8 * random_.normal(), 1.0, 5.0);
    answer(any_time(from_), Question::kDataComfort, static_cast<int8_t>(std::lround(score)),
           Preference::kDiscount);
  }

  void reviews(size_t first_line) {
    const double chance = truth_.advocate ? 0.2 : 0.02;
    for (size_t i = first_line; i < block_.lines.size(); ++i) {
      const OrderLine& line = block_.lines[i];
      const bool first = i == first_line || line.order != block_.lines[i - 1].order;
      if (!first || class_of(line) != LineClass::kSale || !random_.chance(chance)) continue;
      if (line.customer != truth_.customer) continue;
      const Instant at =
          line.order_time + days(1 + random_.below(12)) + seconds(random_.below(7200));
      const double mood = 4.1 + 0.7 * truth_.satisfaction + 0.7 * random_.normal();
      const auto rating = static_cast<uint8_t>(std::lround(std::clamp(mood, 1.0, 5.0)));
      if (at <= world_.end) block_.reviews.push_back({truth_.customer, at, line.product, rating});
    }
    std::stable_sort(block_.reviews.begin() + static_cast<std::ptrdiff_t>(first_review_),
                     block_.reviews.end(),
                     [](const Review& a, const Review& b) { return a.at < b.at; });
  }

  void referrals() {
    const int64_t count = random_.poisson(years() * (truth_.advocate ? 1.6 : 0.04));
    for (const Instant at : times(count)) {
      block_.referrals.push_back({truth_.customer, at, random_.chance(0.45)});
    }
  }

  void cases() {
    if (truth_.prospect) return;
    const double rate = 0.15 * std::exp(-0.5 * truth_.satisfaction);
    uint16_t number = 0;
    std::vector<ServiceCase> rows;
    for (const Instant at : times(random_.poisson(years() * rate))) {
      ServiceCase row{truth_.customer, ++number, at, CaseStatus::kOpen,
                      static_cast<CaseTopic>(random_.below(4))};
      rows.push_back(row);
      row.at = at + seconds(3600 + static_cast<int64_t>(random_.exponential(1.0 / 345'600)));
      row.status = CaseStatus::kClosed;
      if (row.at <= world_.end) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const ServiceCase& a, const ServiceCase& b) { return a.at < b.at; });
    block_.cases.insert(block_.cases.end(), rows.begin(), rows.end());
  }

 private:
  double years() const {
    return std::max(0.0, static_cast<double>((until_ - from_).micros) / kMicrosPerYear);
  }

  Instant any_time(Instant from) {
    const int64_t span = std::max<int64_t>(1, (world_.end - from).micros / 1'000'000);
    return from + seconds(random_.below(span));
  }

  // While she was a customer, ascending.
  std::vector<Instant> times(int64_t count) {
    std::vector<Instant> all;
    const int64_t span = std::max<int64_t>(1, (until_ - from_).micros / 1'000'000);
    for (int64_t i = 0; i < count; ++i) all.push_back(from_ + seconds(random_.below(span)));
    std::sort(all.begin(), all.end());
    return all;
  }

  Preference draw_preference() {
    const double place = random_.uniform();
    return place < 0.45   ? Preference::kDiscount
           : place < 0.7  ? Preference::kExperience
           : place < 0.87 ? Preference::kEarlyAccess
                          : Preference::kCharity;
  }

  void prefer(Instant at, Preference choice) {
    answer(at, Question::kRewardPreference, -1, choice);
  }

  void answer(Instant at, Question question, int8_t score, Preference choice) {
    if (at <= world_.end) block_.answers.push_back({truth_.customer, question, at, score, choice});
  }

  const World& world_;
  const CustomerTruth& truth_;
  Block& block_;
  Random random_;
  Instant from_;
  Instant until_;
  size_t first_review_ = block_.reviews.size();
};

}  // namespace

void write_voice(const World& world, const Person& person, size_t first_line, size_t first_survey,
                 Block& block) {
  VoiceWriter writer(world, person, block);
  const size_t first = block.answers.size();
  writer.survey_answers(first_survey);
  writer.account_answers();
  std::stable_sort(block.answers.begin() + static_cast<std::ptrdiff_t>(first), block.answers.end(),
                   [](const Answer& a, const Answer& b) { return a.at < b.at; });
  writer.reviews(first_line);
  writer.referrals();
  writer.cases();
}

}  // namespace regulars::simulate
