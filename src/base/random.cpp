#include "base/random.h"

#include <bit>
#include <cmath>
#include <numbers>

#include "base/decimal.h"

namespace regulars {

uint64_t mix(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

uint64_t stable_hash(std::string_view text, uint64_t salt) {
  uint64_t hash = 0xcbf29ce484222325ULL ^ mix(salt);
  for (const char c : text) {
    hash ^= static_cast<uint8_t>(c);
    hash *= 0x100000001b3ULL;
  }
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33);
}

Random::Random(uint64_t seed, uint64_t stream) {
  uint64_t base = mix(seed) + mix(stream ^ 0x9e3779b97f4a7c15ULL);
  for (uint64_t& word : state_) {
    base += 0x9e3779b97f4a7c15ULL;
    word = mix(base);
  }
}

uint64_t Random::next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

int64_t Random::below(int64_t n) {
  // Lemire's multiplication, rejecting the few values that would bias.
  const auto range = static_cast<uint64_t>(n);
  const uint64_t threshold = (0 - range) % range;
  while (true) {
    const auto product = static_cast<unsigned __int128>(next()) * range;
    if (static_cast<uint64_t>(product) >= threshold) return static_cast<int64_t>(product >> 64);
  }
}

bool Random::chance(double probability) { return uniform() < probability; }

double Random::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double Random::exponential(double rate) { return -std::log(1.0 - uniform()) / rate; }

double Random::gamma(double shape, double rate) {
  if (shape < 1.0) {
    const double boost = std::pow(1.0 - uniform(), 1.0 / shape);
    return gamma(shape + 1.0, rate) * boost;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  while (true) {
    const double x = normal();
    const double v = std::pow(1.0 + c * x, 3);
    if (v <= 0.0) continue;
    const double u = 1.0 - uniform();
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v / rate;
  }
}

double Random::beta(double a, double b) {
  const double x = gamma(a, 1.0);
  const double y = gamma(b, 1.0);
  return x / (x + y);
}

int64_t Random::poisson(double mean) {
  int64_t count = 0;
  while (mean > 30.0) {
    // The m-th arrival of a unit process is gamma(m): either it lies beyond, or m are certain.
    const auto m = static_cast<int64_t>(mean * 7.0 / 8.0);
    const double arrival = gamma(static_cast<double>(m), 1.0);
    if (arrival > mean) {
      int64_t inside = 0;
      for (int64_t i = 1; i < m; ++i) inside += chance(mean / arrival) ? 1 : 0;
      return count + inside;
    }
    count += m;
    mean -= arrival;
  }
  const double limit = std::exp(-mean);
  double product = uniform();
  while (product > limit) {
    ++count;
    product *= uniform();
  }
  return count;
}

}  // namespace regulars
