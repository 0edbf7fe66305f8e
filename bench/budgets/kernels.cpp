// The work whose instructions are counted (tools/instruction_budgets.py): small inputs, fixed
// seeds, one thread. `kernels NAME` prepares NAME's input, does the work once so that everything
// lazy has happened, and then once inside a function of its own, which is what callgrind counts.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>

#include "base/files.h"
#include "base/time.h"
#include "batch/events.h"
#include "batch/questions.h"
#include "connect/rows.h"
#include "evaluate/evaluate.h"
#include "evaluate/live_plan.h"
#include "evaluate/timeline.h"

namespace {

using namespace regulars;

constexpr bench::Shape kShape{.events = 40'000, .customers = 2'000, .seed = 7};

template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(*result);
  std::fprintf(stderr, "kernels: %s\n", result.error().to_string().c_str());
  std::exit(1);
}

// What all of evaluation needs: a history and 20 segments over 12 features.
struct Prepared {
  History history = must(bench::make_history(kShape));
  std::vector<evaluate::Definition> definitions = must(bench::twelve_features().definitions());
  evaluate::Plan plan =
      must(evaluate::Plan::compile(evaluate::schema_of(history), definitions, Zone::utc()));
  std::vector<Instant> at = {bench::as_of()};
  evaluate::RunOptions options{.threads = 1, .block_customers = 1024, .given = {}};
};

std::string csv_text() {
  bench::EventSource source(kShape);
  bench::Events events;
  std::string text = "customer,time,event,amount,category\n";
  while (source.next(events)) {
    for (size_t i = 0; i < events.size(); ++i) {
      text += fmt::format("C{:07},{},{},{}.{:02},\"c{}\"\n", events.customer[i],
                          to_iso(Instant{events.at[i]}), bench::kTypeNames[events.type[i]],
                          events.amount[i] / 100, events.amount[i] % 100, events.category[i]);
    }
  }
  return text;
}

// The events of every type as they lie in tables: type by type, customers shuffled.
std::vector<EventBatch> batches_of(const History& history) {
  std::vector<EventBatch> batches;
  for (const Stream& stream : history.streams()) {
    EventBatch batch;
    batch.type = stream.type;
    for (CustomerNumber c = 0; c < history.customers(); ++c) {
      const size_t events = stream.offset[c + 1] - stream.offset[c];
      batch.customer.insert(
          batch.customer.end(), events,
          static_cast<CustomerNumber>((uint64_t{c} * 7919) % history.customers()));
    }
    batch.at = stream.at;
    batch.id = stream.id;
    batch.columns = stream.columns;
    batches.push_back(std::move(batch));
  }
  return batches;
}

size_t batch(const Prepared& with) {
  return must(with.plan.run(with.history, with.at, with.options)).size();
}

size_t one_customer(const Prepared& with) {
  size_t columns = 0;
  for (CustomerNumber c = 0; c < with.history.customers(); c += 20) {
    columns += must(with.plan.run_one(with.history, c, with.at[0], with.options)).columns.size();
  }
  return columns;
}

size_t next_change(const Prepared& with) {
  static const Zone kUtc = Zone::utc();
  std::vector<evaluate::ExpressionPtr> trees;
  for (const evaluate::Definition& one : with.definitions) trees.push_back(one.expression);
  size_t found = 0;
  for (CustomerNumber c = 0; c < with.history.customers(); c += 100) {
    found += must(evaluate::next_change(trees, {&with.history, c, with.at[0], &kUtc, {}})) ? 1 : 0;
  }
  return found;
}

// Customers as a live server holds them.
struct Live {
  explicit Live(const Prepared& with)
      : plan(must(evaluate::LivePlan::make(evaluate::schema_of(with.history), with.definitions,
                                           Zone::utc()))) {
    for (CustomerNumber c = 0; c < with.history.customers(); c += 20) {
      customers.push_back(must(evaluate::LiveCustomer::of(plan.layout(), with.history, c)));
    }
  }
  evaluate::LivePlan plan;
  evaluate::LiveScratch scratch{plan};
  std::vector<evaluate::LiveCustomer> customers;
};

// Each customer buys something and is asked about; another thing each time.
size_t after_event(Live& live, Instant at, uint64_t time) {
  constexpr int64_t kFacts[] = {19'99, 3, 5};  // amount, category, store
  const evaluate::LiveEvent event{.type = live.plan.layout().type_of("purchase"),
                                  .at = at + seconds(static_cast<int64_t>(time)),
                                  .id = uint64_t{1} << 40 | time,
                                  .columns = kFacts,
                                  .item_columns = {},
                                  .items = 0};
  size_t answers = 0;
  for (evaluate::LiveCustomer& customer : live.customers) {
    must(customer.put(live.plan.layout(), event));
    answers += must(live.plan.answers(customer, event.at, live.scratch)).size();
  }
  return answers;
}

size_t live_next_change(Live& live, Instant at) {
  size_t found = 0;
  for (evaluate::LiveCustomer& customer : live.customers) {
    found += must(live.plan.next_change(customer, at, live.scratch)) ? 1 : 0;
  }
  return found;
}

size_t history(const CustomerTable& customers, std::vector<EventBatch> batches) {
  return must(History::build(customers, std::move(batches))).customers();
}

size_t csv(connect::RowReader& rows) {
  if (!rows.rewind().ok()) return 0;
  connect::RowBatch batch;
  size_t read = 0;
  while (must(rows.next(batch))) read += batch.rows;
  return read;
}

}  // namespace

// Callgrind is told this name.
extern "C" __attribute__((noinline)) size_t counted_kernel(const std::function<size_t()>& work) {
  return work();
}

namespace {

int count(const std::function<size_t()>& work) {
  const size_t first = work();
  const size_t second = counted_kernel(work);
  std::printf("%zu\n", second);
  return first == second && first > 0 ? 0 : 1;
}

int count(std::string_view name) {
  if (name == "csv") {
    MemoryFiles files;
    if (!files.write("events.csv", csv_text()).ok()) return 1;
    const auto rows = must(connect::open_rows("events.csv", files, {.threads = 1}));
    return count([&] { return csv(*rows); });
  }
  const Prepared with;
  if (name == "batch") return count([&] { return batch(with); });
  if (name == "one_customer") return count([&] { return one_customer(with); });
  if (name == "next_change") return count([&] { return next_change(with); });
  if (name == "after_event" || name == "live_next_change") {
    Live live(with);
    if (name == "live_next_change") {
      return count([&] { return live_next_change(live, with.at[0]); });
    }
    return count(
        [&, time = uint64_t{0}]() mutable { return after_event(live, with.at[0], ++time); });
  }
  if (name == "history") {
    const std::vector<EventBatch> batches = batches_of(with.history);
    return count([&] { return history(with.history.customer_table(), batches); });
  }
  std::fprintf(stderr, "usage: kernels NAME, as in budgets.json\n");
  return 2;
}

}  // namespace

int main(int arguments, char** argument) { return count(arguments > 1 ? argument[1] : ""); }
