#include "b2/events.h"

#include <algorithm>
#include <array>

#include "base/random.h"

namespace regulars::bench {
namespace {

constexpr uint8_t kCategories = 20;

Instant begin() { return Zone::utc().start_of(to_day({2022, 1, 1})); }

// Relative numbers of events: one in 20,000 has some 20,000, the others follow a steep gamma.
std::vector<double> weights(uint32_t customers, Random& random) {
  std::vector<double> result(customers);
  for (uint32_t c = 0; c < customers; ++c) {
    result[c] = c % 20'000 == 7 ? 20'000 : 0.5 + random.gamma(0.6, 0.025);
  }
  return result;
}

EventType random_type(Random& random) {
  static constexpr std::array<int64_t, kEventTypes> kUpTo = {40, 65, 80, 90, 96, 100};
  const int64_t draw = random.below(100);
  return static_cast<EventType>(
      std::find_if(kUpTo.begin(), kUpTo.end(), [&](int64_t upto) { return draw < upto; }) -
      kUpTo.begin());
}

void add(Events& events, uint32_t customer, int64_t days_long, Random& random) {
  events.customer.push_back(customer);
  events.type.push_back(random_type(random));
  events.at.push_back(begin().micros + random.below(days(days_long).micros));
  events.amount.push_back(100 + random.below(random.chance(0.1) ? 50'000 : 5'000));
  events.category.push_back(static_cast<uint8_t>(random.below(kCategories)));
}

DictionaryPtr category_names() {
  auto names = std::make_shared<Dictionary>();
  for (int i = 0; i < kCategories; ++i) names->intern("c" + std::to_string(i));
  return names;
}

EventBatch batch_of(const Events& events, uint8_t type, const DictionaryPtr& categories) {
  EventBatch batch;
  batch.type = kTypeNames[type];
  Column amount = Column::decimal("amount", 2);
  Column category = Column::text("category", categories);
  for (size_t i = 0; i < events.size(); ++i) {
    if (events.type[i] != type) continue;
    batch.customer.push_back(events.customer[i]);
    batch.at.push_back({events.at[i]});
    batch.id.push_back(i);
    amount.numbers.push_back(events.amount[i]);
    category.codes.push_back(events.category[i]);
  }
  batch.columns.push_back(std::move(amount));
  batch.columns.push_back(std::move(category));
  return batch;
}

}  // namespace

Events make_events(size_t events, uint32_t customers, uint64_t seed) {
  Random random(seed);
  const std::vector<double> weight = weights(customers, random);
  double total = 0;
  for (const double w : weight) total += w;
  const double scale = static_cast<double>(events) / total;
  Events result;
  result.customers = customers;
  for (uint32_t c = 0; c < customers; ++c) {
    add(result, c, 600, random);
    const bool hot = weight[c] >= 20'000;
    const int64_t more = hot ? 20'000 + random.below(2'000) : random.poisson(weight[c] * scale);
    for (int64_t i = 1; i < more; ++i) add(result, c, 730, random);
  }
  return result;
}

Instant as_of() { return begin() + days(700); }

Result<History> to_history(const Events& events) {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (uint32_t c = 0; c < events.customers; ++c) table.ids->intern(std::to_string(c));
  const DictionaryPtr categories = category_names();
  std::vector<EventBatch> batches;
  for (uint8_t type = 0; type < kEventTypes; ++type) {
    batches.push_back(batch_of(events, type, categories));
  }
  return History::build(std::move(table), std::move(batches));
}

}  // namespace regulars::bench
