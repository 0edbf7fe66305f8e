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
  product.eco = random.chance(0.08);
  return product;
}

void add_category(const ShopSpec& spec, const CategoryData& category, Random& random,
                  uint16_t& item_number, Catalogue& catalogue) {
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
      product.item = item_number;
      catalogue.products.push_back(std::move(product));
    }
    ++item_number;
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

// The wording of a variant: "Kids' tee" of "Cotton tee black" is "Kids' tee black".
std::string renamed(const std::string& name, std::string_view item, std::string_view twin) {
  return std::string(twin) + name.substr(item.size());
}

uint16_t add_twin(uint16_t of, std::string name, std::string_view category, Catalogue& catalogue) {
  Product product = catalogue.products[of];
  product.name = std::move(name);
  product.category = category;
  catalogue.products.push_back(std::move(product));
  return static_cast<uint16_t>(catalogue.products.size() - 1);
}

// Twins come after all other products, so that nobody's numbers change.
void add_twins(const PresetData& data, Catalogue& catalogue) {
  static constexpr std::string_view kTopicNames[kTopics] = {"Kids", "Baby", "Sport", "Health",
                                                            "Technology"};
  const auto count = static_cast<uint16_t>(catalogue.products.size());
  catalogue.twins.resize(count);
  for (uint16_t i = kFreeSample + 1; i < count; ++i) {
    const std::string name = catalogue.products[i].name;
    for (const TwinData& twin : data.twins) {
      if (!name.starts_with(twin.of)) continue;
      const auto topic = static_cast<size_t>(twin.topic);
      catalogue.twins[i].topics[topic] =
          add_twin(i, renamed(name, twin.of, twin.name), kTopicNames[topic], catalogue);
    }
    if (i % 2 != 0 || catalogue.products[i].eco) continue;
    const std::string category = catalogue.products[i].category;
    const uint16_t twin = add_twin(i, std::string(data.green) + " " + name, category, catalogue);
    catalogue.products[twin].eco = true;
    catalogue.twins[i].eco = twin;
  }
}

struct EditionSource {
  uint16_t product = 0;
  std::string name;
};

// The first product of each item gives the edition its price and category.
std::vector<EditionSource> edition_sources(uint16_t items, const Catalogue& catalogue) {
  std::vector<EditionSource> sources(items);
  for (size_t i = catalogue.twins.size(); i-- > kFreeSample + 1;) {
    sources[catalogue.products[i].item].product = static_cast<uint16_t>(i);
  }
  size_t item = 0;
  for (const CategoryData& category : catalogue.data->categories) {
    for (const ProductData& product : category.products) sources[item++].name = product.name;
  }
  return sources;
}

void add_drops(const ShopSpec& spec, uint16_t items, Catalogue& catalogue) {
  static constexpr std::string_view kSeasons[] = {"spring", "summer", "autumn", "winter"};
  const std::vector<EditionSource> sources = edition_sources(items, catalogue);
  for (int year = to_civil(spec.from).year; year <= to_civil(spec.to).year; ++year) {
    for (int season = 0; season < 4; ++season) {
      Drop drop{to_day({year, 3 + 3 * season, 1}), std::vector<uint16_t>(items, 0)};
      if (drop.day < spec.from || drop.day > spec.to) continue;
      for (size_t item = 0; item < items; ++item) {
        if ((item + catalogue.drops.size()) % 2 != 0) continue;
        const EditionSource& source = sources[item];
        const std::string category = catalogue.products[source.product].category;
        std::string name =
            source.name + " " + std::string(kSeasons[season]) + " " + std::to_string(year);
        drop.editions[item] = add_twin(source.product, std::move(name), category, catalogue);
        Product& edition = catalogue.products.back();
        edition.launched = drop.day;
        edition.eco = false;
      }
      catalogue.drops.push_back(std::move(drop));
    }
  }
}

void add_products(const ShopSpec& spec, Random& random, Catalogue& catalogue) {
  const Behaviour& b = spec.behaviour;
  Product shipping = make_product(spec, "Shipping", "Charges", b.shipping_cents, random);
  Product sample = make_product(spec, "Free sample", "Samples", 0, random);
  catalogue.products = {std::move(shipping), std::move(sample)};
  uint16_t items = 0;
  for (const CategoryData& category : catalogue.data->categories) {
    add_category(spec, category, random, items, catalogue);
  }
  add_twins(*catalogue.data, catalogue);
  add_drops(spec, items, catalogue);
  for (size_t i = 0; i < catalogue.products.size(); ++i) {
    catalogue.products[i].id = numbered("P", i + 1, 4);
  }
  catalogue.products[kShipping].id = "SHIP";
  catalogue.products[kFreeSample].id = "SAMPLE";
}

// Where a store lies: its region's direction from the centre, a little apart from the others there.
Position store_position(const PresetData& data, size_t number) {
  struct Direction {
    std::string_view region;
    int north, east;  // ten-thousandths of a degree; 0.1 degrees north are 11 km
  };
  static constexpr Direction kDirections[] = {{"Centre", 0, 0},      {"North", 3000, 500},
                                              {"South", -3200, 300}, {"West", -400, -5000},
                                              {"East", 600, 5200},   {"Coast", 6500, -4000}};
  Position position = data.centre;
  for (const Direction& direction : kDirections) {
    if (direction.region != data.stores[number].region) continue;
    position.latitude += direction.north;
    position.longitude += direction.east;
  }
  const auto n = static_cast<int32_t>(number);
  position.latitude += 120 * (n % 3);
  position.longitude += 170 * (n % 4);
  return position;
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
    store.position = store_position(*catalogue.data, catalogue.stores.size());
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

// In the last year: a newsletter each Thursday at nine, a text on the fifteenth of each month.
void add_mailings(const ShopSpec& spec, const Zone& zone, Catalogue& catalogue) {
  const auto add = [&](Channel channel, const char* prefix, const char* name, Day day, int hour) {
    Mailing mailing;
    mailing.id = prefix + to_iso(day);
    mailing.name = name + (" " + to_iso(day));
    mailing.channel = channel;
    mailing.send_day = day;
    mailing.sent_at = zone.at(day, hours(hour).micros);
    mailing.first_of_month = to_civil(day).day <= 7;
    catalogue.mailings.push_back(std::move(mailing));
  };
  for (Day day = std::max(spec.from, spec.to - 364); day <= spec.to; day = day + 1) {
    if (weekday(day) == 4) add(Channel::kEmail, "N", "Newsletter", day, 9);
    if (to_civil(day).day == 15) add(Channel::kSms, "T", "Text", day, 17);
  }
}

}  // namespace

const std::string& Catalogue::mailing_id(uint16_t number) const {
  return number < campaigns.size() ? campaigns[number].id : mailings[number - campaigns.size()].id;
}

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
  add_mailings(spec, zone, catalogue);
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
