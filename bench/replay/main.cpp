// All events of the batch benchmark's data one after another as they happened, 100 segments kept
// for everyone, each customer's next change fired at its very instant: one timer per customer,
// nothing else drives expiry. At the end everyone's memberships must be what one batch run says.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "measure.h"
#include "one_customer/live_shop.h"
#include "replay/timers.h"

namespace regulars::bench {
namespace {

using evaluate::LiveCustomer;

// Where an event lies in the history.
struct EventPlace {
  Instant at;
  CustomerNumber customer = 0;
  uint32_t row = 0;
  uint32_t stream = 0;
};

std::vector<EventPlace> in_order_of_time(const History& history, Instant upto) {
  std::vector<EventPlace> all;
  for (uint32_t s = 0; s < history.streams().size(); ++s) {
    const Stream& stream = history.streams()[s];
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      for (uint32_t row = stream.offset[c]; row < stream.offset[c + 1]; ++row) {
        if (stream.at[row] <= upto) all.push_back({stream.at[row], c, row, s});
      }
    }
  }
  std::sort(all.begin(), all.end(),
            [](const EventPlace& a, const EventPlace& b) { return a.at < b.at; });
  return all;
}

struct Counts {
  uint64_t events = 0;
  uint64_t firings = 0;
  uint64_t idle = 0;  // firings that changed nothing
  uint64_t changes = 0;
};

class Replay {
 public:
  Replay(const History& history, const LiveShop& shop, Instant begin)
      : history_(history), shop_(shop), scratch_(shop.plan), timers_(begin, history.customers()) {
    members_.resize(history.customers());
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      customers_.emplace_back(shop.plan.layout(), history.customer_id(c));
    }
  }

  Result<void> run(const std::vector<EventPlace>& events, Instant begin, Instant end) {
    for (CustomerNumber c = 0; c < customers_.size(); ++c) REGULARS_TRY(look(c, begin));
    counts_ = {};
    for (const EventPlace& one : events) {
      REGULARS_TRY(fire_until(one.at - microseconds(1)));
      REGULARS_TRY(put(one));
      REGULARS_TRY(look(one.customer, one.at));
      ++counts_.events;
    }
    return fire_until(end);
  }

  bool is_member(CustomerNumber c, size_t segment) const {
    return (members_[c][segment / 64] >> (segment % 64) & 1) != 0;
  }
  const Counts& counts() const { return counts_; }
  size_t bytes() const {
    size_t all = 0;
    for (const LiveCustomer& one : customers_) all += one.bytes(shop_.plan.layout());
    return all;
  }

 private:
  using Members = std::array<uint64_t, (kLiveSegments + 63) / 64>;

  Result<void> fire_until(Instant t) {
    while (const auto due = timers_.pop(t)) {
      ++counts_.firings;
      const uint64_t before = counts_.changes;
      REGULARS_TRY(look(due->customer, due->at));
      counts_.idle += counts_.changes == before ? 1 : 0;
    }
    return {};
  }

  Result<void> put(const EventPlace& place) {
    const Stream& stream = history_.streams()[place.stream];
    std::array<int64_t, 8> values{};
    size_t count = 0;
    for (const Column& column : stream.columns) {
      const bool text = column.type == ValueType::kText;
      values[count++] = text ? int64_t{column.codes[place.row]} : column.numbers[place.row];
    }
    REGULARS_TRY(customers_[place.customer].put(shop_.plan.layout(),
                                                {shop_.plan.layout().type_of(stream.type),
                                                 place.at,
                                                 stream.id[place.row],
                                                 {values.data(), count},
                                                 {},
                                                 0}));
    return {};
  }

  Result<void> look(CustomerNumber c, Instant t) {
    REGULARS_ASSIGN(const auto seen, shop_.plan.look(customers_[c], t, scratch_));
    Members now{};
    for (size_t i = 0; i < seen.answers.size(); ++i) {
      now[i / 64] |= uint64_t{seen.answers[i].is_true()} << (i % 64);
    }
    for (size_t i = 0; i < now.size(); ++i) {
      counts_.changes += static_cast<uint64_t>(std::popcount(now[i] ^ members_[c][i]));
    }
    members_[c] = now;
    timers_.set(c, seen.next_change);
    return {};
  }

  const History& history_;
  const LiveShop& shop_;
  evaluate::LiveScratch scratch_;
  Timers timers_;
  std::vector<LiveCustomer> customers_;
  std::vector<Members> members_;
  Counts counts_;
};

Result<bool> run(const std::string& size) {
  REGULARS_ASSIGN(const History history, make_history(usual_shape(size)));
  REGULARS_ASSIGN(const LiveShop shop, live_shop(history));
  const Instant end = as_of();
  const std::vector<EventPlace> events = in_order_of_time(history, end);
  const Instant begin = events.front().at - days(1);
  Replay replay(history, shop, begin);
  Result<void> outcome;
  const Cost cost = cost_of([&] { outcome = replay.run(events, begin, end); });
  REGULARS_TRY(outcome);

  REGULARS_ASSIGN(const auto block, evaluate::Plan::compile(evaluate::schema_of(history),
                                                            shop.definitions, Zone::utc()));
  const std::vector<Instant> instants = {end};
  REGULARS_ASSIGN(const auto answers, block.run(history, instants, {2, 1024, {}}));
  bool equal = true;
  for (size_t d = 0; d < answers[0].columns.size(); ++d) {
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      equal = equal && replay.is_member(c, d) == answers[0].columns[d].is_true(c);
    }
  }
  const Counts& counts = replay.counts();
  fmt::print(R"({{"bench":"replay","size":"{}","peer":"none","wall_ratio":null,"cpu_ratio":null,)"
             R"("equal":{},"events":{},"firings":{},"idle_firings":{},"membership_changes":{},)"
             R"("cpu_s":{:.1f},"wall_s":{:.1f},"events_per_cpu_s":{:.0f},"us_per_look":{:.2f},)"
             R"("bytes_per_event":{:.1f}}})"
             "\n",
             size, equal, counts.events, counts.firings, counts.idle, counts.changes, cost.cpu,
             cost.wall, static_cast<double>(counts.events) / cost.cpu,
             1e6 * cost.cpu / static_cast<double>(counts.events + counts.firings),
             static_cast<double>(replay.bytes()) / static_cast<double>(counts.events));
  return equal;
}

}  // namespace
}  // namespace regulars::bench

int main(int count, char** arguments) {
  const std::string size = regulars::bench::size_argument(count, arguments);
  if (size.empty()) {
    std::fputs("usage: replay [--size small|full]\n", stderr);
    return 2;
  }
  const auto equal = regulars::bench::run(size);
  if (!equal) std::fprintf(stderr, "replay: %s\n", equal.error().to_string().c_str());
  if (equal && !*equal) std::fputs("replay: the memberships differ\n", stderr);
  return equal && *equal ? 0 : 1;
}
