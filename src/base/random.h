// Reproducible randomness and hashing. Everything random takes a Random made from a seed that is
// printed; salted hashes decide control groups, so the same customer is always on the same side.
// A seed's stream is the same with every compiler: no standard distribution is used.
//
// Thread-safety: one Random per thread; Random(seed, stream) makes independent streams.
#pragma once

#include <cstdint>
#include <string_view>

namespace regulars {

// FNV-1a with a final avalanche (Murmur3 finaliser): stable across runs, machines and versions.
uint64_t stable_hash(std::string_view text, uint64_t salt = 0);
// Bijective mixing of 64 bits (splitmix64's finaliser).
uint64_t mix(uint64_t value);

class Random {
 public:
  explicit Random(uint64_t seed, uint64_t stream = 0);

  uint64_t next();           // 64 uniform bits (xoshiro256**, Blackman and Vigna 2018)
  double uniform();          // [0, 1), 53 bits
  int64_t below(int64_t n);  // 0..n-1, unbiased; n >= 1
  bool chance(double probability);
  double normal();                          // mean 0, standard deviation 1 (Box-Muller)
  double exponential(double rate);          // mean 1 / rate
  double gamma(double shape, double rate);  // mean shape / rate (Marsaglia and Tsang 2000)
  double beta(double a, double b);
  int64_t poisson(double mean);  // Knuth below 30, gamma reduction above

 private:
  uint64_t state_[4];
};

}  // namespace regulars
