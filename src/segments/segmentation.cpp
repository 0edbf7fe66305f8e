#include "segments/segmentation.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace regulars::segments {
namespace {

constexpr size_t kFewestForTest = 200;
constexpr int64_t kFewestToName = 30;

double ratio(double part, double whole) { return whole == 0 ? 0 : part / whole; }

}  // namespace

std::vector<ClassSize> class_sizes(const Segmentation& segmentation, const CustomerFacts& facts) {
  std::vector<ClassSize> sizes(segmentation.classes.size());
  for (size_t k = 0; k < sizes.size(); ++k) sizes[k].name = segmentation.classes[k];
  int64_t customers = 0;
  int64_t net = 0;
  for (size_t c = 0; c < segmentation.class_of.size(); ++c) {
    if (segmentation.class_of[c] == kNoClass) continue;
    ClassSize& size = sizes[static_cast<size_t>(segmentation.class_of[c])];
    ++size.customers;
    size.orders += facts.orders[c];
    size.gross += facts.gross[c];
    size.net += facts.net[c];
    customers += facts.is_customer(c) ? 1 : 0;
    net += facts.net[c];
  }
  for (ClassSize& size : sizes) {
    size.customer_share =
        ratio(static_cast<double>(size.customers), static_cast<double>(customers));
    size.net_share = ratio(static_cast<double>(size.net), static_cast<double>(net));
  }
  return sizes;
}

Share wilson(int64_t hits, int64_t of) {
  Share share{hits, of, 0, 0, 1};
  if (of == 0) return share;
  constexpr double kZ = 1.959963984540054;
  const auto n = static_cast<double>(of);
  const double p = static_cast<double>(hits) / n;
  const double denominator = 1 + kZ * kZ / n;
  const double centre = (p + kZ * kZ / (2 * n)) / denominator;
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / denominator;
  share.value = p;
  share.low = std::max(0.0, centre - half);
  share.high = std::min(1.0, centre + half);
  return share;
}

namespace {

// Pearson's chi-square over classes x (came back, did not), classes with anybody in them.
void test_homogeneity(SelfTest& test) {
  const double overall = test.base.value;
  if (overall <= 0 || overall >= 1) return;
  int classes = 0;
  double lowest = 1;
  double highest = 0;
  for (const ClassTest& one : test.classes) {
    const auto n = static_cast<double>(one.returned.of);
    if (n < 5) continue;
    const double difference = static_cast<double>(one.returned.hits) - n * overall;
    test.chi_square += difference * difference / (n * overall * (1 - overall));
    lowest = std::min(lowest, one.returned.value);
    highest = std::max(highest, one.returned.value);
    ++classes;
  }
  test.degrees_of_freedom = classes - 1;
  if (classes < 2) return;
  const boost::math::chi_squared distribution(test.degrees_of_freedom);
  test.p_value = boost::math::cdf(boost::math::complement(distribution, test.chi_square));
  // Beyond chance, and wide enough to act on: large shops make any difference "significant".
  test.separates = test.p_value < 0.01 && highest - lowest >= 0.1;
}

std::string verdict(const SelfTest& test) {
  if (test.separates) {
    // Small classes may have any share: they are not worth naming.
    std::vector<const ClassTest*> classes;
    for (const ClassTest& one : test.classes) {
      if (one.returned.of >= kFewestToName) classes.push_back(&one);
    }
    if (classes.size() < 2) return "The classes told customers apart.";
    const auto [least, best] = std::minmax_element(classes.begin(), classes.end(),
                                                   [](const ClassTest* a, const ClassTest* b) {
                                                     return a->returned.value < b->returned.value;
                                                   });
    return fmt::format(
        "The classes told customers apart: {:.0f} % of {} came back, {:.0f} % of {}.",
        100 * (*best)->returned.value, (*best)->name, 100 * (*least)->returned.value,
        (*least)->name);
  }
  return "Silence does not predict return in this shop: the classes came back alike.";
}

}  // namespace

SelfTest self_test(const Segmentation& then_classes, const CustomerFacts& then_facts,
                   const LaterFacts& later, int horizon_days) {
  SelfTest test;
  test.then = then_facts.as_of;
  test.horizon_days = horizon_days;
  std::vector<int64_t> of(then_classes.classes.size());
  std::vector<int64_t> hits(of.size());
  test.classes.resize(of.size());
  int64_t all = 0;
  int64_t all_hits = 0;
  for (size_t c = 0; c < then_classes.class_of.size(); ++c) {
    if (then_classes.class_of[c] == kNoClass || !then_facts.is_customer(c)) continue;
    const auto k = static_cast<size_t>(then_classes.class_of[c]);
    const bool back = later.orders[c] > 0;
    ++of[k];
    hits[k] += back ? 1 : 0;
    ++all;
    all_hits += back ? 1 : 0;
    test.classes[k].net_after += later.net[c];
  }
  for (size_t k = 0; k < of.size(); ++k) {
    test.classes[k].name = then_classes.classes[k];
    test.classes[k].returned = wilson(hits[k], of[k]);
  }
  test.base = wilson(all_hits, all);
  if (static_cast<size_t>(all) < kFewestForTest) {
    test.why_not = fmt::format("too short to test: {} customers on {}, {} needed", all,
                               for_people(then_facts.as_of_day), kFewestForTest);
    return test;
  }
  test.possible = true;
  test_homogeneity(test);
  test.sentence = verdict(test);
  return test;
}

Flows flows(const Segmentation& then_classes, const Segmentation& now_classes,
            const CustomerFacts& then_facts, const CustomerFacts& now_facts) {
  Flows result;
  result.name = now_classes.name;
  result.then = then_facts.as_of;
  result.now = now_facts.as_of;
  result.classes_then = then_classes.classes;
  result.classes_then.emplace_back("not yet a customer");
  result.classes_now = now_classes.classes;
  const size_t rows = result.classes_then.size();
  result.customers.assign(rows, std::vector<int64_t>(result.classes_now.size()));
  result.net = result.customers;
  for (size_t c = 0; c < now_classes.class_of.size(); ++c) {
    if (now_classes.class_of[c] == kNoClass) continue;
    const int16_t before = then_classes.class_of[c];
    const size_t row = before == kNoClass ? rows - 1 : static_cast<size_t>(before);
    const auto column = static_cast<size_t>(now_classes.class_of[c]);
    ++result.customers[row][column];
    result.net[row][column] += now_facts.net[c];
  }
  return result;
}

CrossTable cross(const Segmentation& rows, const Segmentation& columns,
                 const CustomerFacts& facts) {
  CrossTable table{rows.classes, columns.classes, {}, {}};
  table.customers.assign(rows.classes.size(), std::vector<int64_t>(columns.classes.size()));
  table.net = table.customers;
  for (size_t c = 0; c < rows.class_of.size(); ++c) {
    if (rows.class_of[c] == kNoClass || columns.class_of[c] == kNoClass) continue;
    const auto row = static_cast<size_t>(rows.class_of[c]);
    const auto column = static_cast<size_t>(columns.class_of[c]);
    ++table.customers[row][column];
    table.net[row][column] += facts.net[c];
  }
  return table;
}

}  // namespace regulars::segments
