#include "crash_shop.h"

#include "base/random.h"
#include "store/reference_tables.h"
#include "store/results.h"
#include "store/test_shop.h"

namespace regulars::store {
namespace {

constexpr int kOrders = 6'000;

std::vector<TestOrder> orders(int from, int to) {
  std::vector<TestOrder> result;
  for (int i = from; i < to; ++i) {
    Random random(7, static_cast<uint64_t>(i));
    TestOrder order;
    order.customer = "customer " + std::to_string(random.below(500 + i / 4));
    order.day = i / 20;
    order.order = "order " + std::to_string(i);
    order.channel = random.chance(0.5) ? "web" : "shop";
    for (int64_t item = random.below(4); item >= 0; --item) {
      order.items.push_back(
          {"product " + std::to_string(random.below(300)), 1 + random.below(900)});
    }
    result.push_back(order);
  }
  return result;
}

EventBatch visits(const Delivery& delivery) {
  EventBatch batch;
  batch.type = "visit";
  Column minutes = Column::of("minutes", ValueType::kInteger);
  for (uint32_t customer = 0; customer < delivery.customers.ids->size(); ++customer) {
    batch.customer.push_back(customer);
    batch.at.push_back(on_day(customer % 900));
    batch.id.push_back(customer);
    minutes.numbers.push_back(customer % 60);
  }
  batch.columns.push_back(minutes);
  return batch;
}

Column country(const Delivery& delivery, uint32_t shift) {
  const auto texts = std::make_shared<Dictionary>();
  Column column = Column::text("country", texts);
  for (uint32_t customer = 0; customer < delivery.customers.ids->size(); ++customer) {
    column.codes.push_back(texts->intern((customer + shift) % 3 == 0 ? "DE" : "AT"));
  }
  return column;
}

}  // namespace

Delivery first_delivery() {
  Delivery delivery = delivery_of(orders(0, kOrders / 2), 1);
  delivery.customers.attributes = {country(delivery, 0)};
  return delivery;
}

Delivery second_delivery() {
  std::vector<TestOrder> second = orders(kOrders / 4, kOrders);
  for (size_t i = 0; i < second.size(); i += 10) second[i].items.push_back({"gift", 0});
  Delivery delivery = delivery_of(second, 2);
  Column gift = Column::of("gift", ValueType::kBoolean);
  for (size_t i = 0; i < second.size(); ++i) gift.numbers.push_back(i % 10 == 0 ? 1 : kMissing);
  delivery.events[0].columns.push_back(gift);
  delivery.events.push_back(visits(delivery));
  delivery.customers.attributes = {country(delivery, 1)};
  delivery.rejects = {{"orders.csv", 3, 1, "amount", "'x' is not a number", "a,b,x"}};
  return delivery;
}

Result<StepRecord> record_results(sql::Connection& connection, uint32_t run,
                                  const std::function<void()>& sign) {
  const auto now = [] { return on_day(kSecondDay); };
  return run_step(connection, run, "results", now, [&](sql::Connection& sql) -> Result<Counts> {
    ReferenceData table{"product", std::make_shared<Dictionary>(), {}, {}, {}};
    Column eco = Column::of("eco", ValueType::kBoolean);
    MembershipStatement members{"vip", "v1", on_day(kSecondDay), {}, ""};
    ScoreStatement scores{"churn", "v1", on_day(kSecondDay), {}, {}};
    for (uint32_t i = 0; i < 5'000; ++i) {
      table.key.push_back(table.keys->intern("product " + std::to_string(i)));
      eco.numbers.push_back(i % 2);
      members.members.push_back(i);
      scores.customers.push_back(i);
      scores.values.push_back(i * 0.5);
    }
    table.columns.push_back(eco);
    sign();
    REGULARS_ASSIGN(const TableReport stored, store_reference(sql, table, now()));
    sign();
    REGULARS_ASSIGN(const MembershipChanges changes, record_membership(sql, members, now(), run));
    sign();
    REGULARS_TRY(record_scores(sql, scores, now(), run));
    sign();
    return Counts{{"products", stored.added}, {"entered", changes.entered}};
  });
}

}  // namespace regulars::store
