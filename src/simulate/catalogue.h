// Everything of a shop that is not a customer: products, stores, channels, campaigns, and how ids
// are written.
//
// Thread-safety: immutable after make_catalogue.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "simulate/preset_data.h"
#include "simulate/spec.h"

namespace regulars::simulate {

struct Product {
  std::string id;
  std::string name;
  std::string category;
  int price_cents = 0;  // on the first day
  int cost_cents = 0;
  Day launched;
  bool eco = false;
};

struct Store {
  std::string id;
  std::string name;
  uint8_t region = 0;
  double weight = 1;
  Day opened;
};

struct Campaign {
  std::string id;
  std::string name;
  Day send_day;
  Instant sent_at;
  Instant window_end;  // the effect falls in (sent_at, window_end]
  int offer_percent = 0;
  double control_share = 0;
  int cost_cents = 0;  // per message
};

struct CategoryRange {
  std::string name;
  uint16_t first = 0;  // products [first, last)
  uint16_t last = 0;
  std::vector<double> popularity;  // cumulative, ending at 1
};

struct Catalogue {
  const PresetData* data = nullptr;
  std::vector<Product> products;  // kShipping, kFreeSample, then by category
  std::vector<CategoryRange> categories;
  std::vector<Store> stores;
  std::vector<std::string> regions;
  std::vector<std::string> channels;
  std::vector<Campaign> campaigns;
  int customer_digits = 6;

  std::string customer_id(uint32_t customer) const;
};

Catalogue make_catalogue(const ShopSpec& spec, const Zone& zone);

// Price on a day: the list price raised on each 1 January after the first day, to a multiple of 5.
int price_on(int list_cents, Day first_day, Day day, double rise_per_year);

}  // namespace regulars::simulate
