#include "simulate/catalogue.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/random.h"
#include "simulate/rows.h"

namespace regulars::simulate {
namespace {

std::string numbered(const char* prefix, size_t number, int digits) {
  std::string text = std::to_string(number);
  const auto width = static_cast<size_t>(digits);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return prefix + text;
}

Product make_product(const ShopSpec& spec, std::string name, std::string_view category, int price,
                     Random& random) {
  Product product;
  product.name = std::move(name);
  product.category = category;
  product.price_cents = price;
  product.cost_cents = static_cast<int>(price * (0.35 + 0.3 * random.uniform()));
  product.launched = spec.from - 400 - static_cast<int>(random.below(1500));
  product.eco = random.chance(0.25);
  return product;
}

void add_category(const ShopSpec& spec, const CategoryData& category, Random& random,
                  Catalogue& catalogue) {
  CategoryRange range;
  range.name = category.name;
  range.first = static_cast<uint16_t>(catalogue.products.size());
  const auto& variants = catalogue.data->variants;
  const int days = spec.to - spec.from + 1;
  for (const ProductData& item : category.products) {
    // Two to all variants of an item, so that not every shirt comes in every colour.
    const size_t count =
        variants.empty() ? 1 : 2 + static_cast<size_t>(random.below(std::ssize(variants) - 1));
    for (size_t v = 0; v < count; ++v) {
      std::string name(item.name);
      if (!variants.empty()) name += " " + std::string(variants[v]);
      Product product =
          make_product(spec, std::move(name), category.name, item.price_cents, random);
      const bool first = catalogue.products.size() == range.first;
      if (!first && random.chance(0.15)) {
        product.launched = spec.from + static_cast<int>(random.below(days));
      }
      catalogue.products.push_back(std::move(product));
    }
  }
  range.last = static_cast<uint16_t>(catalogue.products.size());
  double total = 0;
  for (int i = range.first; i < range.last; ++i) {
    total += std::pow(1.0 + (i - range.first), -0.7);
    range.popularity.push_back(total);
  }
  for (double& share : range.popularity) share /= total;
  catalogue.categories.push_back(std::move(range));
}

void add_products(const ShopSpec& spec, Random& random, Catalogue& catalogue) {
  const Behaviour& b = spec.behaviour;
  Product shipping = make_product(spec, "Shipping", "Charges", b.shipping_cents, random);
  Product sample = make_product(spec, "Free sample", "Samples", 0, random);
  catalogue.products = {std::move(shipping), std::move(sample)};
  for (const CategoryData& category : catalogue.data->categories) {
    add_category(spec, category, random, catalogue);
  }
  for (size_t i = 0; i < catalogue.products.size(); ++i) {
    catalogue.products[i].id = numbered("P", i + 1, 4);
  }
  catalogue.products[kShipping].id = "SHIP";
  catalogue.products[kFreeSample].id = "SAMPLE";
}

void add_stores(const ShopSpec& spec, Random& random, Catalogue& catalogue) {
  for (const StoreData& data : catalogue.data->stores) {
    auto region = std::find(catalogue.regions.begin(), catalogue.regions.end(), data.region);
    if (region == catalogue.regions.end()) {
      region = catalogue.regions.emplace(region, data.region);
    }
    Store store;
    store.id = numbered("S", catalogue.stores.size() + 1, 2);
    store.name = data.name;
    store.region = static_cast<uint8_t>(region - catalogue.regions.begin());
    store.weight = data.weight;
    store.opened = spec.from - 800 - static_cast<int>(random.below(4000));
    catalogue.stores.push_back(std::move(store));
  }
}

// Sent at ten on a Tuesday, evenly over the period, none in the first month nor so late that the
// window would pass the end.
void add_campaigns(const ShopSpec& spec, const Zone& zone, Catalogue& catalogue) {
  static constexpr const char* kThemes[] = {"New arrivals",   "We miss you",    "Thank you",
                                            "Seasonal picks", "Bring a friend", "Members' week"};
  const Behaviour& b = spec.behaviour;
  const int first = spec.from.number + 30;
  const int last = spec.to.number - b.response_days;
  if (b.campaigns_per_year <= 0) return;
  const double step = 365.25 / b.campaigns_per_year;
  for (double at = first; at + 7 < last; at += step) {
    Day day{static_cast<int32_t>(at)};
    while (weekday(day) != 2) day = day + 1;
    Campaign campaign;
    const size_t n = catalogue.campaigns.size();
    campaign.id = numbered("M", n + 1, 3);
    const CivilDate date = to_civil(day);
    campaign.name = std::string(kThemes[n % std::size(kThemes)]) + " " + std::to_string(date.year) +
                    "-" + numbered("", static_cast<size_t>(date.month), 2);
    campaign.send_day = day;
    campaign.sent_at = zone.at(day, hours(10).micros);
    campaign.window_end = campaign.sent_at + days(b.response_days);
    campaign.offer_percent = n % 3 == 2 ? 0 : b.offer_percent;
    campaign.control_share = b.control_share;
    campaign.cost_cents = 4;
    catalogue.campaigns.push_back(std::move(campaign));
  }
}

}  // namespace

std::string Catalogue::customer_id(uint32_t customer) const {
  if (customer == kNoCustomer) return "";
  if (customer == kGuest) return "GUEST";
  if (customer == kTillCustomer) return "0";
  return numbered("K", customer + 1, customer_digits);
}

Catalogue make_catalogue(const ShopSpec& spec, const Zone& zone) {
  Catalogue catalogue;
  catalogue.data = find_preset(spec.preset);
  Random random(spec.seed, stable_hash("catalogue"));
  add_products(spec, random, catalogue);
  add_stores(spec, random, catalogue);
  for (const ChannelData& channel : catalogue.data->channels) {
    catalogue.channels.emplace_back(channel.name);
  }
  add_campaigns(spec, zone, catalogue);
  catalogue.customer_digits =
      std::max<int>(6, static_cast<int>(std::to_string(spec.customers).size()));
  return catalogue;
}

int price_on(int list_cents, Day first_day, Day day, double rise_per_year) {
  const int years = to_civil(day).year - to_civil(first_day).year;
  if (years <= 0 || list_cents == 0) return list_cents;
  const double raised = list_cents * std::pow(1.0 + rise_per_year, years);
  return std::max(5, static_cast<int>(std::lround(raised / 5.0)) * 5);
}

}  // namespace regulars::simulate
