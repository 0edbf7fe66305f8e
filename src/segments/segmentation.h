// A partition of the customers into named classes, and what can be said of any such partition:
// sizes, what became of the classes since, who moved.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "segments/customer_facts.h"

namespace regulars::segments {

constexpr int kNoClass = -1;

struct Segmentation {
  std::string name;                  // "life_cycle", "rfm_class", "value_tier"
  std::vector<std::string> classes;  // in the order they are shown
  std::vector<int16_t> class_of;     // per customer of the History; kNoClass: outside
};

struct ClassSize {
  std::string name;
  int64_t customers = 0;
  int64_t orders = 0;
  int64_t gross = 0;
  int64_t net = 0;            // units of the facts' scale
  double customer_share = 0;  // of all customers in a class, 0..1
  double net_share = 0;       // of their net revenue; may be below 0 or above 1
};
std::vector<ClassSize> class_sizes(const Segmentation& segmentation, const CustomerFacts& facts);

// A share with its 95 % interval (Wilson 1927, score interval).
struct Share {
  int64_t hits = 0;
  int64_t of = 0;
  double value = 0;
  double low = 0;
  double high = 0;
};
Share wilson(int64_t hits, int64_t of);

// "Of those so called 90 days ago, how many bought since?" The classes are formed with what was
// known then; nothing later leaks in.
struct ClassTest {
  std::string name;
  Share returned;
  int64_t net_after = 0;  // net revenue of the class in the horizon
};
struct SelfTest {
  bool possible = false;
  std::string why_not;  // "fewer than 200 customers on 10 Sep 2011"
  Instant then;
  int horizon_days = 90;
  std::vector<ClassTest> classes;
  Share base;  // all customers of that time
  // Do the classes differ in who came back? Chi-square test of homogeneity at 1 %, and the spread
  // of the shares. When false, `sentence` says that the classes predict nothing here.
  bool separates = false;
  double chi_square = 0;
  int degrees_of_freedom = 0;
  double p_value = 1;
  std::string sentence;
};
SelfTest self_test(const Segmentation& then_classes, const CustomerFacts& then_facts,
                   const LaterFacts& later, int horizon_days);

// Customers and their present net revenue by class then and class now. Index [then][now]; the last
// row are those who were not yet customers.
struct Flows {
  std::string name;
  Instant then, now;
  std::vector<std::string> classes_then;  // classes plus "not yet a customer"
  std::vector<std::string> classes_now;
  std::vector<std::vector<int64_t>> customers;
  std::vector<std::vector<int64_t>> net;
};
Flows flows(const Segmentation& then_classes, const Segmentation& now_classes,
            const CustomerFacts& then_facts, const CustomerFacts& now_facts);

// Cross table of two segmentations of the same instant.
struct CrossTable {
  std::vector<std::string> rows, columns;
  std::vector<std::vector<int64_t>> customers;
  std::vector<std::vector<int64_t>> net;
};
CrossTable cross(const Segmentation& rows, const Segmentation& columns, const CustomerFacts& facts);

}  // namespace regulars::segments
