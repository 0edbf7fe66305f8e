// What to simulate: size, period and seed, how customers behave, and which faults the records have.
// Presets (preset_data.h) fill all of it in; any member may be changed afterwards.
//
// Thread-safety: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace regulars::simulate {

// How customers buy, drop out, spend and respond. Shares and chances are fractions 0..1; rates are
// per year of 365.25 days.
//
// Buying is a renewal process with gamma(regularity) gaps (1: Poisson) whose rate differs between
// customers by a gamma distribution, over an exponential lifetime whose drop-out rate is gamma
// distributed too: with regularity 1 that is Pareto/NBD (Schmittlein, Morrison, Colombo 1987),
// stretched by the season. Order values follow the gamma-gamma model (Fader, Hardie 2013), filled
// with products at their list price.
struct Behaviour {
  double orders_per_year = 4;  // mean of the customers' own rates
  double order_rate_shape = 1;
  double drop_outs_per_year = 0.8;  // mean of the customers' own drop-out rates
  double drop_out_shape = 0.8;
  double regularity = 1;
  bool monthly = false;  // an order each month on the customer's day, instead of own rates

  double mean_order_cents = 5000;
  double spend_within_shape = 6;   // larger: a customer's orders are more alike
  double spend_between_shape = 4;  // larger: customers are more alike; above 1
  double lines_per_order = 2;
  int most_units = 3;          // of one product in an order; trade_factor times as many for traders
  int pack_size = 1;           // quantities are multiples of it
  double trade_share = 0.005;  // customers who are traders: they order trade_factor times as much
  double trade_factor = 8;

  double joined_before_share = 0.3;  // customers who joined in the two years before the period
  double prospect_share = 0.05;      // customers who never buy
  double growth = 0.3;  // joins at the end of the period against its beginning, minus 1
  double online_share = 0.3;
  double favourite_share = 0.4;    // lines on which a customer takes her usual product
  double taste_concentration = 4;  // larger: tastes are more alike
  double discount_affinity = 0.3;  // mean over customers
  double price_rise_per_year = 0.03;

  double visits_per_year = 12;  // browsing sessions, beside those that lead to an online order
  double survey_share = 0.05;   // orders followed by an invitation
  double answer_share = 0.25;
  double email_consent_share = 0.6;
  double sms_consent_share = 0.2;

  double campaigns_per_year = 6;
  double control_share = 0.2;
  int offer_percent = 10;
  int response_days = 14;
  double persuadable_share = 0.2;    // customers whom a message may bring
  double persuadable_chance = 0.25;  // mean chance that one brings an order not placed otherwise
  double sleeping_dog_share = 0.05;  // customers whom a message may put off
  double sleeping_dog_chance = 0.5;  // mean chance that a planned order in the window is not placed

  int shipping_cents = 490;
  int free_shipping_from_cents = 4000;
};

// Faults of the records, each counted exactly in Truth. Shares are of kept orders unless said.
struct Quirks {
  double refund_share = 0.04;
  double refund_delay_days = 9;  // mean; at least one day
  bool credit_notes = false;  // refunds get an order number of their own ("C" + the order's number)
  double duplicate_line_share = 0.002;  // of sale lines: repeated exactly at the order's end
  double late_share = 0.005;            // recorded 1 to 14 days after they occurred
  double guest_share = 0.03;        // further orders under a placeholder: GUEST online, 0 in shops
  double unattributed_share = 0.1;  // further orders that carry no customer
  double free_line_share = 0.02;    // orders with a free sample
  double cancelled_share = 0.01;    // further orders with status cancelled
  double failed_share = 0.005;      // further orders with status failed
  double test_share = 0.0005;       // further orders with status test
};

enum class RowOrder : uint8_t {
  kAuto,      // by time while the order lines fit into memory comfortably, else by customer
  kTime,      // always by time: all order lines are held in memory (about 80 bytes each)
  kCustomer,  // as made: memory does not grow with the number of customers
};

// Order lines that RowOrder::kAuto holds to sort them by time (about 600 MB with the sort's keys).
constexpr size_t kMostHeldLines = 7'500'000;

struct ShopSpec {
  std::string preset;  // names the assortment, stores, channels and seasons
  uint64_t seed = 1;
  uint32_t customers = 5000;
  Day from;  // first and last day of the records, both included
  Day to;
  std::string zone;      // IANA name; the shop's wall clock
  std::string currency;  // ISO 4217, two decimals
  Behaviour behaviour;
  Quirks quirks;
  RowOrder row_order = RowOrder::kAuto;
  size_t threads = 0;  // 0: the machine's; never changes the result
};

// The spec of a named preset: grocery, coffee, fashion, wholesale or subscription. kNotFound lists
// them.
Result<ShopSpec> preset(std::string_view name);
std::vector<std::string> preset_names();

// kBadDefinition names the member at fault.
Result<void> check(const ShopSpec& spec);

}  // namespace regulars::simulate
