// Whether customers buy at random times or regularly, with a test that is exact.
//
// Of two successive gaps g1, g2 of a customer who buys at random times of a steady rate, g1 is
// uniform given their sum, whatever her rate, wherever she is in her life with the shop, and
// however long she was watched. So M = g1 / (g1 + g2) has mean 1/2 and variance 1/12; gaps of
// Erlang-k give M ~ Beta(k, k), of variance 1 / (4 (2 k + 1)) (Wheat and Morrison 1990). Counted in
// whole days, with purchases of a day merged, random buying makes g1 uniform on 1 .. s - 1 given
// the sum s: the test takes that, and the estimate of k is corrected for it. Pairs of one customer
// do not overlap.
//
// Thread-safety: plain values and pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace regulars::models {

// What the test needs of all pairs; parts add up.
struct GapPairs {
  uint64_t pairs = 0;
  double squares = 0;  // sum of (M - 1/2)^2
  // Of gaps in whole days: how many pairs have the sum s, at index s; empty for exact times.
  std::vector<uint64_t> by_days;

  void add_days(int first, int second);  // >= 1 each; a sum of 2 says nothing and is not counted
  void add_times(double first, double second);  // > 0
  void merge(const GapPairs& other);
};

struct Regularity {
  uint64_t pairs = 0;
  // Estimated shape: 1 random, 2 and more regular, below 1 in bursts. Not a number without pairs.
  double k = 0;
  double p_regular = 1;  // chance of ratios at least as even from random buying
  double p_bursts = 1;   // chance of ratios at least as uneven from random buying
  bool exact = true;     // by simulated ratios; else by the normal distribution (many pairs)
  bool is_regular = false;
  bool is_bursty = false;
  std::string words;  // "people buy more regularly than chance would have it (k about 2.6, ...)"
};

// Deterministic for a seed. Up to 2,000 pairs by 9,999 simulated sets of ratios.
Regularity test_regularity(const GapPairs& gaps, uint64_t seed = 1);

}  // namespace regulars::models
