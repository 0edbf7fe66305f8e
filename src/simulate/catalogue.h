// Everything of a shop that is not a customer: products, stores, channels, campaigns, and how ids
// are written.
//
// Thread-safety: immutable after make_catalogue.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/time.h"
#include "simulate/preset_data.h"
#include "simulate/rows.h"
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
  uint16_t item = 0;  // the same for the variants of an item
};

// What some customers take instead of a product, at the same price; 0: nothing.
struct Twins {
  uint16_t eco = 0;
  std::array<uint16_t, kTopics> topics{};
};

struct Store {
  std::string id;
  std::string name;
  uint8_t region = 0;
  double weight = 1;
  Day opened;
  Position position;
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

// Newsletters and texts: what is sent to all who want it, without a control group.
struct Mailing {
  std::string id;
  std::string name;
  Channel channel = Channel::kEmail;
  Day send_day;
  Instant sent_at;
  bool first_of_month = false;
};

// New editions of half the items, four times a year.
struct Drop {
  Day day;
  std::vector<uint16_t> editions;  // by item; 0: none
};

struct CategoryRange {
  std::string name;
  uint16_t first = 0;  // products [first, last)
  uint16_t last = 0;
  std::vector<double> popularity;  // cumulative, ending at 1
};

struct Catalogue {
  const PresetData* data = nullptr;
  std::vector<Product> products;  // kShipping, kFreeSample, by category; then twins and editions
  std::vector<Twins> twins;       // by product
  std::vector<Drop> drops;        // by day
  std::vector<CategoryRange> categories;
  std::vector<Store> stores;
  std::vector<std::string> regions;
  std::vector<std::string> channels;
  std::vector<Campaign> campaigns;
  std::vector<Mailing> mailings;  // by time
  int customer_digits = 6;

  const std::string& mailing_id(uint16_t number) const;  // MailEvent::mailing
  std::string customer_id(uint32_t customer) const;
};

Catalogue make_catalogue(const ShopSpec& spec, const Zone& zone);

// Price on a day: the list price raised on each 1 January after the first day, to a multiple of 5.
int price_on(int list_cents, Day first_day, Day day, double rise_per_year);

}  // namespace regulars::simulate
