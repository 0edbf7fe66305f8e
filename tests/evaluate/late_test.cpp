// Late, doubled, revised and shuffled events, merges and unmerges: the answers are those of the
// sorted history, and what is asked as known at an instant is what had been delivered by then.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "data/identity.h"
#include "evaluate/expression_json.h"
#include "other_histories.h"
#include "random_case.h"
#include "store/store_fixture.h"

namespace regulars::evaluate {
namespace {

using store::delivery_of;
using store::describe;
using store::on_day;
using store::TestOrder;

constexpr uint64_t kSeed = 20'240'805;

size_t pick(Random& random, size_t count) {
  return static_cast<size_t>(random.below(static_cast<int64_t>(count)));
}

template <class T>
void shuffle(std::vector<T>& values, Random& random) {
  for (size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[pick(random, i)]);
}

// An order of each number once; instants often the same.
std::vector<TestOrder> random_orders(Random& random) {
  static constexpr std::array kCustomers = {"ann", "bob", "eve", "dan"};
  static constexpr std::array kProducts = {"tea", "cup", "pot"};
  std::vector<TestOrder> orders;
  for (size_t i = 0; i < 12; ++i) {
    TestOrder order{kCustomers[pick(random, 4)],
                    random.below(40),
                    std::to_string(1000 + i),
                    {},
                    random.chance(0.5) ? "web" : ""};
    for (size_t item = 0; item < 1 + pick(random, 2); ++item) {
      order.items.push_back({kProducts[pick(random, 3)], 100 * (1 + random.below(9))});
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

// Every order in at least one of the files, some in several.
std::vector<std::vector<TestOrder>> random_files(Random& random,
                                                 const std::vector<TestOrder>& orders) {
  std::vector<std::vector<TestOrder>> files(4);
  for (const TestOrder& order : orders) {
    const size_t sure = pick(random, files.size());
    for (size_t file = 0; file < files.size(); ++file) {
      if (file == sure || random.chance(0.2)) files[file].push_back(order);
    }
  }
  std::erase_if(files, [](const auto& file) { return file.empty(); });
  for (auto& file : files) shuffle(file, random);
  return files;
}

// What a history says of each customer, whatever her number.
std::map<std::string, std::vector<std::string>> by_customer(const History& history) {
  std::map<std::string, std::vector<std::string>> lines;
  std::vector<std::string>* hers = nullptr;
  for (const std::string& line : describe(history)) {
    if (line.starts_with("customer ")) hers = &lines[line];
    if (!line.starts_with("customer ")) hers->push_back(line);
  }
  return lines;
}

class Delivered {
 public:
  Delivered() : store_(store::Store::open_memory(on_day(0)).value()) {}

  void take(const std::vector<TestOrder>& file) {
    ++count_;
    const auto report = store_.ingest(delivery_of(file, count_), on_day(100 + count_));
    ASSERT_TRUE(report) << report.error().to_string();
  }
  std::map<std::string, std::vector<std::string>> seen(std::optional<Instant> known_at = {}) {
    const auto history = store_.load(known_at);
    EXPECT_TRUE(history) << history.error().to_string();
    return by_customer(*history);
  }
  Instant now() const { return on_day(100 + count_); }

 private:
  store::Store store_;
  int64_t count_ = 0;
};

TEST(LateData, AnyOrderOfDeliveryGivesTheSameHistory) {
  for (uint64_t i = 0; i < 5; ++i) {
    Random random(kSeed, i);
    const std::vector<TestOrder> orders = random_orders(random);
    Delivered at_once;
    at_once.take(orders);
    std::vector<std::vector<TestOrder>> files = random_files(random, orders);
    files.push_back(files[pick(random, files.size())]);  // one comes again
    shuffle(files, random);
    Delivered apart;
    for (const auto& file : files) apart.take(file);
    EXPECT_EQ(apart.seen(), at_once.seen()) << "seed " << kSeed << ", case " << i;
  }
}

// Known at an instant between two deliveries: as if the later ones had never come.
TEST(LateData, KnownAtIsWhatHadBeenDelivered) {
  for (uint64_t i = 0; i < 5; ++i) {
    Random random(kSeed, 100 + i);
    const std::vector<TestOrder> orders = random_orders(random);
    std::vector<std::vector<TestOrder>> files = random_files(random, orders);
    // Revisions: the same numbers with other contents.
    for (const TestOrder& order : std::vector<TestOrder>(orders.begin(), orders.begin() + 3)) {
      TestOrder revised = order;
      revised.items[0].amount += 5;
      files.push_back({revised});
    }
    Delivered all;
    Delivered so_far;
    std::vector<std::pair<Instant, std::map<std::string, std::vector<std::string>>>> then;
    for (const auto& file : files) {
      all.take(file);
      so_far.take(file);
      then.emplace_back(so_far.now(), so_far.seen());
    }
    for (const auto& [known_at, seen] : then) {
      EXPECT_EQ(all.seen(known_at), seen) << "seed " << kSeed << ", case " << i;
      EXPECT_EQ(all.seen(known_at + hours(1)), seen);
    }
    EXPECT_NE(then.front().second, then.back().second);
  }
}

// Answers of some random trees for every customer.
std::string answers(const History& history, const std::vector<Definition>& trees, Instant t) {
  static const Zone zone = Zone::find("Europe/Berlin").value();
  Questions questions;
  questions.history = &history;
  questions.schema = schema_of(history);
  questions.definitions = trees;
  questions.as_of = {t};
  questions.zone = &zone;
  const auto table = by_reference(questions);
  if (!table) return table.error().message();
  const auto difference = disagreement(questions);
  std::string text = difference.value_or("");
  for (const auto& column : table->front()) {
    for (const Value& value : column) text += to_string(value) + " ";
  }
  return text;
}

std::vector<Definition> random_trees(Random& random, const History& history) {
  const Zone zone = Zone::find("Europe/Berlin").value();
  std::vector<Definition> trees;
  while (trees.size() < 6) {
    Definition made{"d" + std::to_string(trees.size()), random_tree(random)};
    if (Plan::compile(schema_of(history), {made}, zone)) trees.push_back(std::move(made));
  }
  return trees;
}

// Merges and unmerges of a few customers, each at an instant of its own, that make sense.
std::vector<IdentityChange> random_changes(Random& random, size_t customers) {
  std::vector<IdentityChange> changes;
  for (int step = 0; step < 6; ++step) {
    IdentityChange change{static_cast<CustomerNumber>(pick(random, customers)),
                          static_cast<CustomerNumber>(pick(random, customers)),
                          random_instant(random) + microseconds(step), random.chance(0.7)};
    changes.push_back(change);
    const Instant end = Instant{INT64_MAX};
    if (change.from == change.into || !identity_at(changes, customers, end)) changes.pop_back();
  }
  return changes;
}

History shuffled(const History& history, Random& random) {
  return delivered_anew(history, random).value();
}

TEST(LateData, MergesInAnyOrderOverEventsInAnyOrder) {
  uint64_t merged_ones = 0;
  for (uint64_t i = 0; i < 60; ++i) {
    Random random(kSeed, 200 + i);
    const History history = random_history(random);
    if (history.customers() < 2) continue;
    const std::vector<Definition> trees = random_trees(random, history);
    const std::vector<IdentityChange> changes = random_changes(random, history.customers());
    merged_ones += changes.empty() ? 0 : 1;
    std::vector<IdentityChange> other = changes;
    shuffle(other, random);
    const Instant t = random_instant(random);
    const auto sorted = merged(history, changes, t);
    const auto late = merged(shuffled(history, random), other, t);
    ASSERT_TRUE(sorted && late) << "seed " << kSeed << ", case " << i;
    EXPECT_EQ(answers(*sorted, trees, t), answers(*late, trees, t))
        << "seed " << kSeed << ", case " << i;
  }
  EXPECT_GT(merged_ones, 30u);
}

TEST(LateData, AnUnmergeGivesBackWhatTheMergeTook) {
  for (uint64_t i = 0; i < 30; ++i) {
    Random random(kSeed, 300 + i);
    const History history = random_history(random);
    if (history.customers() < 2) continue;
    const std::vector<Definition> trees = random_trees(random, history);
    const Instant t = random_instant(random);
    const std::vector<IdentityChange> changes = {{0, 1, t - days(30), true},
                                                 {0, 1, t - days(10), false}};
    const auto between = merged(history, changes, t - days(20));
    const auto after = merged(history, changes, t);
    ASSERT_TRUE(between && after);
    EXPECT_EQ(answers(*after, trees, t), answers(history, trees, t)) << "case " << i;
    EXPECT_EQ(between->customer_table().known_from[0], kNeverKnown);
  }
}

}  // namespace
}  // namespace regulars::evaluate
