#include "batch/events.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace regulars::bench {
namespace {

constexpr uint32_t kChunk = 20'000;  // customers
constexpr double kHot = 20'000;      // events

// Relative numbers of events: one in 20,000 has some 20,000, the others follow a steep gamma.
std::vector<double> make_weights(uint32_t customers, Random& random) {
  std::vector<double> result(customers);
  for (uint32_t c = 0; c < customers; ++c) {
    result[c] = c % 20'000 == 7 ? kHot : 0.5 + random.gamma(0.6, 0.025);
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

// Few stores have most of the events.
uint16_t random_store(Random& random) {
  const double share = random.uniform();
  return static_cast<uint16_t>(share * share * kStores);
}

DictionaryPtr names(const std::string& prefix, int count) {
  auto names = std::make_shared<Dictionary>();
  for (int i = 0; i < count; ++i) names->intern(prefix + std::to_string(i));
  return names;
}

void clear(Events& events) {
  events.customer.clear();
  events.type.clear();
  events.at.clear();
  events.amount.clear();
  events.category.clear();
  events.store.clear();
}

std::vector<Stream> empty_streams() {
  const DictionaryPtr categories = names("c", kCategories);
  const DictionaryPtr stores = names("s", kStores);
  std::vector<Stream> streams(kEventTypes);
  for (size_t t = 0; t < streams.size(); ++t) {
    streams[t].type = kTypeNames[t];
    streams[t].offset = {0};
    streams[t].columns = {Column::decimal("amount", 2), Column::text("category", categories),
                          Column::text("store", stores)};
  }
  return streams;
}

// Customers without an event of a type own an empty range of its stream.
void close_customers(std::vector<Stream>& streams, uint32_t upto) {
  for (Stream& stream : streams) {
    stream.offset.resize(upto + 1, static_cast<uint32_t>(stream.at.size()));
  }
}

void add_to(std::vector<Stream>& streams, const Events& events) {
  for (size_t i = 0; i < events.size(); ++i) {
    Stream& stream = streams[events.type[i]];
    if (stream.offset.size() <= events.customer[i]) close_customers(streams, events.customer[i]);
    stream.id.push_back(stream.at.size());
    stream.at.push_back({events.at[i]});
    stream.columns[0].numbers.push_back(events.amount[i]);
    stream.columns[1].codes.push_back(events.category[i]);
    stream.columns[2].codes.push_back(events.store[i]);
  }
}

}  // namespace

Shape usual_shape(const std::string& size) {
  if (size == "full") return {20'000'000, 800'000};
  return {1'000'000, 40'000};
}

Instant begin() { return Zone::utc().start_of(to_day({2022, 1, 1})); }

Instant as_of() { return begin() + days(700); }

EventSource::EventSource(const Shape& shape)
    : shape_(shape), random_(shape.seed), weights_(make_weights(shape.customers, random_)) {
  const double total = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  scale_ = static_cast<double>(shape.events) / total;
}

bool EventSource::next(Events& events) {
  clear(events);
  const uint32_t end = std::min(shape_.customers, customer_ + kChunk);
  for (; customer_ < end; ++customer_) add_customer(events);
  return events.size() > 0;
}

void EventSource::add_customer(Events& events) {
  const bool hot = weights_[customer_] >= kHot;
  const int64_t more = hot ? static_cast<int64_t>(kHot) + random_.below(2'000)
                           : random_.poisson(weights_[customer_] * scale_);
  const int64_t length = days(shape_.days).micros;
  times_.clear();
  times_.push_back(begin().micros + random_.below(length / 5 * 4));
  for (int64_t i = 1; i < more; ++i) {
    times_.push_back(begin().micros + random_.below(length));
  }
  std::sort(times_.begin(), times_.end());
  for (const int64_t at : times_) {
    events.customer.push_back(customer_);
    events.type.push_back(random_type(random_));
    events.at.push_back(at);
    const int64_t above = random_.below(random_.chance(0.1) ? 50'000 : 5'000);
    events.amount.push_back(static_cast<int32_t>(100 + above));
    events.category.push_back(static_cast<uint8_t>(random_.below(kCategories)));
    events.store.push_back(random_store(random_));
  }
}

Result<History> make_history(const Shape& shape) {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (uint32_t c = 0; c < shape.customers; ++c) table.ids->intern(std::to_string(c));
  std::vector<Stream> streams = empty_streams();
  EventSource source(shape);
  for (Events events; source.next(events);) add_to(streams, events);
  close_customers(streams, shape.customers);
  for (Stream& stream : streams) {
    stream.at.shrink_to_fit();
    stream.id.shrink_to_fit();
  }
  return History::of_streams(std::move(table), std::move(streams));
}

}  // namespace regulars::bench
