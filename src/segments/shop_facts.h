// Facts about the shop as a whole: months to lay beside the books, products, places, the hours of
// the week, and headline figures with their comparison periods. Only rows with a customer. What
// takes a History counts all it holds: give one that ends at the as-of (History::up_to).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "segments/customer_facts.h"
#include "segments/segmentation.h"

namespace regulars::segments {

struct Month {
  Day begin;
  int64_t orders = 0, customers = 0, new_customers = 0;
  int64_t gross = 0, refunds = 0, net = 0;
  bool partial = false;  // the file covers only part of it
  int days_covered = 0;
  bool isolated = false;  // before the range: holds only dates far from all others
};
std::vector<Month> months(const History& history, const Zone& zone, Day from, Day to);

// How long after the sale things are given back, in days. A refund that names its order is measured
// from it; each item of any other from the customer's latest earlier purchase of its product, where
// there is one. Net younger than q80 is provisional.
struct RefundDelay {
  int64_t refunds = 0, matched = 0;
  int64_t q50 = 0, q80 = 0, q95 = 0;  // over the items of those matched
};
RefundDelay refund_delay(const History& history, const Zone& zone);

struct ProductLine {
  std::string id, name;
  int64_t customers = 0, orders = 0;
  int64_t net = 0;       // sold minus given back
  bool charge = false;   // postage and the like: not a product
  bool one_off = false;  // one order brings more than half of it
};
struct FirstProduct {
  std::string id, name;
  Share came_again;  // of those whose first order held it: a second purchase day
};
struct Products {
  std::vector<ProductLine> by_net, by_customers;  // top 20 without charges
  std::vector<ProductLine> charges;
  double charge_share = 0;          // of gross
  std::vector<FirstProduct> first;  // at least 30 customers, largest difference first
  Share came_again_all;
};
// `product_facts` as in OrderLines: row i is about the product fact_ids.text(i).
Products products(const History& history, const Dictionary& fact_ids,
                  const std::vector<Column>& product_facts, const CustomerFacts& facts);

// The same figures per country, store and channel of the latest purchase, and per attribute of the
// customers with few values (age in bands).
struct Place {
  std::string value;  // "other" collects groups under 30 customers
  int64_t customers = 0, orders = 0, net = 0;
  double average_order = 0;  // units of scale
  double repeat_share = 0;   // customers with at least two purchase days
  int64_t net_per_customer = 0;
};
struct Places {
  std::string role;  // "country", "store", "channel", or the attribute's name
  std::vector<Place> places;
};
std::vector<Places> places(const History& history, const CustomerFacts& facts);

struct Rhythm {
  std::array<std::array<int64_t, 24>, 7> orders{};  // [weekday from Monday][hour]
  bool has_time_of_day = false;
  std::vector<std::pair<int64_t, int64_t>>
      gap_histogram;      // own median gap in days (bin start) -> customers
  double regularity = 0;  // median over customers of gap spread (sd / mean), at least 4 gaps
  std::array<int64_t, 12> net_by_month{};  // of whole years only
  int whole_years = 0;
};
Rhythm rhythm(const History& history, const Zone& zone, const CustomerFacts& facts,
              const std::vector<Month>& months);

// One headline figure now, in the 90 days before, and in the same days 364 days earlier.
struct Headline {
  std::string name;     // "net revenue (90 days)"
  std::string meaning;  // definition in a sentence
  enum class Unit { kMoney, kCount, kShare, kRatio } unit = Unit::kCount;
  // Money in units of scale. Empty where the history does not cover the days a figure is about.
  std::optional<double> now, before, year_ago;
};
Result<std::vector<Headline>> headlines(const History& history, const Zone& zone,
                                        const CustomerFacts& facts, Day history_begin,
                                        double identified_share, size_t threads);

}  // namespace regulars::segments
