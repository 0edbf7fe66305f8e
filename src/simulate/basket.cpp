#include <algorithm>
#include <cmath>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr size_t kMostLines = 60;

class ProductDraw {
 public:
  ProductDraw(const World& world, const Person& person, Day day)
      : world_(world), person_(person), day_(day) {
    const auto& season = world.season_of(day);
    count_ = world.catalogue.categories.size();
    double sum = 0;
    for (size_t c = 0; c < count_; ++c) cumulative_[c] = sum += person.taste[c] * season[c];
  }

  uint16_t next(Random& random) const {
    const double place = random.uniform() * cumulative_[count_ - 1];
    size_t c = 0;
    while (c + 1 < count_ && place >= cumulative_[c]) ++c;
    const CategoryRange& range = world_.catalogue.categories[c];
    uint16_t product = person_.favourite[c];
    if (!random.chance(world_.spec.behaviour.favourite_share)) {
      const auto found =
          std::lower_bound(range.popularity.begin(), range.popularity.end() - 1, random.uniform());
      product = static_cast<uint16_t>(range.first + (found - range.popularity.begin()));
    }
    // The first product of a category has been there all along.
    return world_.catalogue.products[product].launched > day_ ? range.first : product;
  }

 private:
  const World& world_;
  const Person& person_;
  Day day_;
  size_t count_ = 0;
  std::array<double, kMostCategories> cumulative_{};
};

// Sales reach nearly all lines of those who look for them, vouchers a few; an offer the whole
// order.
int draw_percent(int sale, int offer, double affinity, Random& random) {
  if (offer > 0) return offer;
  if (sale > 0) return random.chance(0.35 + 0.6 * affinity) ? sale : 0;
  return random.chance(0.6 * affinity * affinity) ? 10 : 0;
}

int draw_quantity(const Behaviour& b, bool trade, double order_cents, int wanted_lines,
                  int price_cents) {
  const double fitting = order_cents / (static_cast<double>(wanted_lines) * price_cents);
  const double most = b.most_units * (trade ? b.trade_factor : 1.0);
  const double packs = std::round(std::min(fitting, most) / b.pack_size);
  return static_cast<int>(std::max(1.0, packs)) * b.pack_size;
}

bool contains(const std::vector<OrderLine>& lines, size_t first, uint16_t product) {
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end(),
                     [&](const OrderLine& line) { return line.product == product; });
}

OrderLine blank_line(const World& world, const Person& person, const PlannedOrder& order,
                     uint64_t number, Random& random) {
  OrderLine line;
  line.order_time = order.at;
  line.recorded_at = order.at + seconds(1 + random.below(90));
  line.order = number;
  line.customer = person.truth.customer;
  line.channel = order.channel;
  if (order.channel == 0) {
    const auto stores = std::ssize(world.catalogue.stores);
    const bool at_home = random.chance(0.85);
    line.store = at_home ? person.row.home_store : static_cast<uint8_t>(random.below(stores));
  }
  return line;
}

}  // namespace

int sale_percent(const PresetData& data, Day day) {
  const int year = to_civil(day).year;
  for (const SaleData& sale : data.sales) {
    const int since = day - to_day({year, sale.month, sale.day});
    if (since >= 0 && since < sale.days) return sale.percent;
  }
  return 0;
}

void fill_basket(const World& world, const Person& person, const PlannedOrder& order,
                 uint64_t number, Random& random, std::vector<OrderLine>& lines) {
  const Behaviour& b = world.spec.behaviour;
  const Day day = world.clock.local(order.at).day;
  const ProductDraw draw(world, person, day);
  const int sale = sale_percent(*world.catalogue.data, day);
  const double shape = b.spend_within_shape;
  const double order_cents = random.gamma(shape, shape / person.truth.mean_order_cents);
  const int wanted = 1 + static_cast<int>(random.poisson(std::max(0.0, b.lines_per_order - 1)));
  OrderLine line = blank_line(world, person, order, number, random);
  const size_t first = lines.size();
  double rest = order_cents;
  for (size_t tries = 0; tries < 2 * kMostLines && lines.size() - first < kMostLines; ++tries) {
    line.product = draw.next(random);
    if (contains(lines, first, line.product)) continue;
    const Product& product = world.catalogue.products[line.product];
    line.unit_price_cents =
        price_on(product.price_cents, world.spec.from, day, b.price_rise_per_year);
    line.quantity =
        draw_quantity(b, person.truth.trade, order_cents, wanted, line.unit_price_cents);
    const int64_t list = int64_t{line.quantity} * line.unit_price_cents;
    const int percent =
        draw_percent(sale, order.offer_percent, person.truth.discount_affinity, random);
    line.discount_cents = (list * percent + 50) / 100;
    const auto amount = static_cast<double>(line.amount_cents());
    // The last product is taken with the chance that keeps the order's mean at what was drawn.
    const bool fits = amount <= rest;
    if (fits || lines.size() == first || random.uniform() * amount < rest) lines.push_back(line);
    if (!fits) return;
    rest -= amount;
  }
}

}  // namespace regulars::simulate
