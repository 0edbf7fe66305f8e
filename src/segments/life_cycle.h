// Life cycle by each customer's own rhythm (practice E4).
//
// Per customer: n purchase days, first, last, silence s in days, own usual gap
// g = (2 G + (last - first)) / (2 + n - 1), where G is the shop's usual gap.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/expression.h"
#include "segments/customer_facts.h"
#include "segments/segmentation.h"

namespace regulars::segments {

// Rhythm of a kind of shop, used until the shop's own is known (practice E6).
struct Vertical {
  std::string name;  // "grocery", "coffee", "fashion", "wholesale", "general"
  double usual_gap_days;
  int64_t q50, q80, q95;  // days from first to second purchase
  int64_t floor_active, floor_slipping, floor_lapsed;
};
const std::vector<Vertical>& verticals();

// The shop's rhythm at one instant; part of the population snapshot.
struct ShopRhythm {
  int64_t twice_usual_gap = 0;       // 2 G in days, rounded to whole
  double q50 = 0, q80 = 0, q95 = 0;  // days from first to second purchase day (type-7 quantiles)
  int64_t floor_active = 14, floor_slipping = 30, floor_lapsed = 90;
  int64_t repeat_buyers = 0;
  bool own = true;  // false: fewer than 200 repeat buyers, values of `vertical`
  std::string vertical;
  double usual_gap() const { return static_cast<double>(twice_usual_gap) / 2; }
};

enum LifeCycleClass : int16_t { kProspect, kNew, kActive, kWonBack, kSlipping, kLapsed, kLost };

struct LifeCycle {
  ShopRhythm rhythm;
  Segmentation segmentation;         // "life_cycle"; classes prospect .. lost in the enum's order
  std::vector<double> usual_gap;     // g per customer; NaN without a purchase
  std::vector<int64_t> silent_days;  // s; kUnknown without a purchase
};

// Their names, in the enum's order.
const std::vector<std::string>& life_cycle_classes();

ShopRhythm shop_rhythm(const CustomerFacts& facts, Day history_begin, const std::string& vertical);

// Classes at the facts' instant. The rules run through `evaluate`; `history` is read again for the
// last return from a lapse, which depends on the rhythm.
Result<LifeCycle> life_cycle(const History& history, const Zone& zone, const CustomerFacts& facts,
                             const ShopRhythm& rhythm, size_t threads);

// The rules as a tree that gives the class's name, for the word `life_cycle`.
class PurchaseFeatures;
evaluate::ExpressionPtr life_cycle_tree(const PurchaseFeatures& features, const ShopRhythm& rhythm);

// Customers late by their own clock: at least two purchase days, slipping or lapsed; by net,
// highest first.
struct LateCustomer {
  CustomerNumber customer;
  int64_t orders;
  double usual_gap_days;
  int64_t silent_days;
  double times_over;  // silence / usual gap
  int64_t net, year_net;
};
std::vector<LateCustomer> late_customers(const LifeCycle& cycle, const CustomerFacts& facts);

}  // namespace regulars::segments
