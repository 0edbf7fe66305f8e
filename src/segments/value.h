// Who pays: value tiers and the concentration of net revenue.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "segments/customer_facts.h"
#include "segments/segmentation.h"

namespace regulars::segments {

// A: customers who together bring the first half of net revenue in the window, B the next 30 %,
// C the rest (practice E4). Equal net, equal tier. All C when nothing is left after refunds.
Segmentation value_tiers(const CustomerFacts& facts);

struct Concentration {
  int64_t customers = 0;
  int64_t net = 0;
  struct Point {
    double customer_share;
    double net_share;
  };
  std::vector<Point> curve;   // at most 200 points, richest first
  int64_t top_1_percent = 0;  // how many customers that is (at least 1)
  double top_1_share = 0, top_10_share = 0, top_20_share = 0;
  int64_t bring_half = 0;  // fewest customers who bring half
  int64_t bring_80 = 0;
  bool probable_trade = false;  // the top 1 % bring more than 20 %
};
// `leave_out[c]` true: without that customer (for the curve without probable trade customers).
Concentration concentration(const CustomerFacts& facts, const std::vector<bool>& leave_out = {});
// The customers whom `probable_trade` is about: the top 1 % by net.
std::vector<bool> probable_trade_customers(const CustomerFacts& facts);

// The largest buyers by gross who gave nearly all of it back (net under 5 % of gross).
struct Undone {
  CustomerNumber customer;
  int64_t gross, net;
};
std::vector<Undone> undone_among_largest(const CustomerFacts& facts, size_t largest = 10);

}  // namespace regulars::segments
