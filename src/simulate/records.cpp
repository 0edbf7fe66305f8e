#include <algorithm>
#include <cmath>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

// Writes the lines of one person's orders and the faults around them.
class RecordWriter {
 public:
  RecordWriter(const World& world, Person& person, Block& block)
      : world_(world),
        quirks_(world.spec.quirks),
        person_(person),
        block_(block),
        baskets_(world.random(person.truth.customer, World::kBaskets)),
        twins_(world.further(person.truth.customer, World::kTwins)),
        random_(world.random(person.truth.customer, World::kRecords)) {}

  void write(const PlannedOrder& order) {
    const size_t first = block_.lines.size();
    fill_basket(world_, person_, order, block_.orders++, baskets_, block_.lines);
    const std::span<OrderLine> lines = std::span(block_.lines).subspan(first);
    name_coupon(order, lines);
    take_twins(world_, person_.truth, world_.clock.local(order.at).day, twins_, lines);
    add_shipping(order, first);
    if (random_.chance(quirks_.free_line_share)) add_line(first, kFreeSample, 0);
    const bool late = random_.chance(quirks_.late_share);
    if (late) delay_record(first);
    const size_t last = block_.lines.size();
    if (random_.chance(quirks_.refund_share)) refund(order, first, last);
    duplicate(first, last);
    add_further_orders(order);
  }

 private:
  void add_line(size_t first, uint16_t product, int price_cents) {
    OrderLine line = block_.lines[first];
    line.product = product;
    line.quantity = 1;
    line.unit_price_cents = price_cents;
    line.discount_cents = 0;
    block_.lines.push_back(line);
  }

  // An offer's coupon, or the voucher where a price was lowered outside sales and offers.
  void name_coupon(const PlannedOrder& order, std::span<OrderLine> lines) const {
    uint16_t coupon = order.offer_percent > 0 ? order.coupon : kNoCoupon;
    const Day day = world_.clock.local(order.at).day;
    const bool lowered = std::any_of(lines.begin(), lines.end(),
                                     [](const OrderLine& line) { return line.discount_cents > 0; });
    if (order.offer_percent == 0 && lowered && sale_percent(*world_.catalogue.data, day) == 0) {
      coupon = kVoucher;
    }
    for (OrderLine& line : lines) line.coupon = coupon;
  }

  void add_shipping(const PlannedOrder& order, size_t first) {
    if (order.channel == 0 || !world_.catalogue.data->remote_ships) return;
    int64_t total = 0;
    for (size_t i = first; i < block_.lines.size(); ++i) total += block_.lines[i].amount_cents();
    const Behaviour& b = world_.spec.behaviour;
    if (total < b.free_shipping_from_cents && b.shipping_cents > 0) {
      add_line(first, kShipping, b.shipping_cents);
    }
  }

  void delay_record(size_t first) {
    const Duration whole_days = days(1 + random_.below(14));
    const Duration delay = whole_days + seconds(random_.below(40'000));
    if (block_.lines[first].order_time + delay > world_.end) return;
    for (size_t i = first; i < block_.lines.size(); ++i) {
      block_.lines[i].recorded_at = block_.lines[i].order_time + delay;
      block_.lines[i].late = true;
    }
  }

  // The whole order or one product of it comes back on a later day.
  void refund(const PlannedOrder& order, size_t first, size_t last) {
    const Day bought = world_.clock.local(order.at).day;
    const double mean = std::max(0.1, quirks_.refund_delay_days - 1);
    const Day day = bought + (1 + static_cast<int>(random_.gamma(1.5, 1.5 / mean)));
    const Instant at = world_.clock.at(day, world_.store_hours.second_of_day(random_));
    if (at > world_.end) return;
    size_t products = 0;
    while (first + products < last && block_.lines[first + products].product > kFreeSample) {
      ++products;
    }
    size_t from = first;
    size_t to = last;
    if (products > 1 && !random_.chance(0.4)) {
      from = first + static_cast<size_t>(random_.below(static_cast<int64_t>(products)));
      to = from + 1;
    }
    for (size_t i = from; i < to; ++i) {
      OrderLine line = block_.lines[i];
      if (line.amount_cents() == 0) continue;
      line.quantity = -line.quantity;
      line.discount_cents = -line.discount_cents;
      line.order_time = at;
      line.recorded_at = at + seconds(30);
      line.status = Status::kRefunded;
      line.late = false;
      block_.lines.push_back(line);
    }
  }

  void duplicate(size_t first, size_t last) {
    if (quirks_.duplicate_line_share <= 0) return;
    for (size_t i = first; i < last; ++i) {
      if (class_of(block_.lines[i]) != LineClass::kSale) continue;
      if (!random_.chance(quirks_.duplicate_line_share)) continue;
      OrderLine copy = block_.lines[i];
      copy.duplicate = true;
      block_.lines.push_back(copy);
    }
  }

  // Orders of others on the same day, and attempts that came to nothing.
  void add_further_orders(const PlannedOrder& order) {
    if (random_.chance(quirks_.unattributed_share)) further(order, kNoCustomer, Status::kCompleted);
    if (random_.chance(quirks_.guest_share)) {
      const uint32_t placeholder = order.channel == 0 ? kTillCustomer : kGuest;
      further(order, placeholder, Status::kCompleted);
    }
    const uint32_t customer = person_.truth.customer;
    if (random_.chance(quirks_.cancelled_share)) further(order, customer, Status::kCancelled);
    if (random_.chance(quirks_.failed_share)) further(order, customer, Status::kFailed);
    if (random_.chance(quirks_.test_share)) further(order, customer, Status::kTest);
  }

  void further(PlannedOrder order, uint32_t customer, Status status) {
    const HourDraw& hours = order.channel == 0 ? world_.store_hours : world_.remote_hours;
    const Day day = world_.clock.local(order.at).day;
    order.at = world_.clock.at(day, hours.second_of_day(random_));
    order.offer_percent = 0;
    const size_t first = block_.lines.size();
    fill_basket(world_, person_, order, block_.orders++, random_, block_.lines);
    add_shipping(order, first);
    for (size_t i = first; i < block_.lines.size(); ++i) {
      block_.lines[i].customer = customer;
      block_.lines[i].status = status;
    }
  }

  const World& world_;
  const Quirks& quirks_;
  Person& person_;
  Block& block_;
  Random baskets_;
  Random twins_;
  Random random_;
};

}  // namespace

LineClass class_of(const OrderLine& line) {
  switch (line.status) {
    case Status::kCancelled:
    case Status::kFailed:
    case Status::kTest:
      return LineClass::kNotSale;
    case Status::kCompleted:
    case Status::kRefunded:
      break;
  }
  if (line.customer == kNoCustomer) return LineClass::kUnattributed;
  if (line.customer == kGuest || line.customer == kTillCustomer) return LineClass::kPlaceholder;
  if (line.quantity < 0) return LineClass::kRefund;
  if (line.amount_cents() == 0) return LineClass::kFree;
  return line.product == kShipping ? LineClass::kCharge : LineClass::kSale;
}

void write_orders(const World& world, Person& person, const std::vector<PlannedOrder>& orders,
                  Block& block) {
  RecordWriter writer(world, person, block);
  for (const PlannedOrder& order : orders) {
    if (order.at >= world.begin && order.at <= world.end) writer.write(order);
  }
}

}  // namespace regulars::simulate
