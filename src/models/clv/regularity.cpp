#include "models/clv/regularity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace regulars::models {
namespace {

constexpr uint64_t kMostSimulated = 2000;
constexpr int kSets = 9999;
constexpr double kSure = 0.01;
constexpr size_t kLongestInDays = 100'000;  // beyond, days are as good as exact times
constexpr double kMostShape = 999;

double square_of(double share) { return (share - 0.5) * (share - 0.5); }

struct Moments {
  double mean = 0;
  double variance = 0;
};

// Of the sum of squares when buying is random. g1 is uniform on m = s - 1 whole numbers around
// s / 2: central moments (m^2 - 1) / 12 and (m^2 - 1) (3 m^2 - 7) / 240.
Moments random_moments(const GapPairs& gaps) {
  uint64_t in_days = 0;
  for (const uint64_t count : gaps.by_days) in_days += count;
  const auto exact_times = static_cast<double>(gaps.pairs - in_days);
  Moments moments{exact_times / 12, exact_times / 180};
  for (size_t s = 3; s < gaps.by_days.size(); ++s) {
    const auto count = static_cast<double>(gaps.by_days[s]);
    const auto sum = static_cast<double>(s);
    const double m2 = (sum - 1) * (sum - 1);
    const double second = (m2 - 1) / 12 / (sum * sum);
    const double fourth = (m2 - 1) * (3 * m2 - 7) / 240 / (sum * sum * sum * sum);
    moments.mean += count * second;
    moments.variance += count * (fourth - second * second);
  }
  return moments;
}

// Sums of squares of random buying, one set of ratios after another.
class RandomSquares {
 public:
  RandomSquares(const GapPairs& gaps, uint64_t seed) : random_(seed), exact_times_(gaps.pairs) {
    for (size_t s = 3; s < gaps.by_days.size(); ++s) {
      exact_times_ -= gaps.by_days[s];
      sums_.insert(sums_.end(), gaps.by_days[s], static_cast<int64_t>(s));
    }
  }
  double next() {
    double squares = 0;
    for (uint64_t i = 0; i < exact_times_; ++i) squares += square_of(random_.uniform());
    for (const int64_t s : sums_) {
      const auto first = static_cast<double>(1 + random_.below(s - 1));
      squares += square_of(first / static_cast<double>(s));
    }
    return squares;
  }

 private:
  Random random_;
  uint64_t exact_times_;
  std::vector<int64_t> sums_;
};

void simulate(Regularity& result, const GapPairs& gaps, uint64_t seed) {
  RandomSquares random(gaps, seed);
  const double rounding = 1e-12 * static_cast<double>(gaps.pairs);  // ties are ties
  int as_even = 1;
  int as_uneven = 1;
  for (int i = 0; i < kSets; ++i) {
    const double squares = random.next();
    if (squares <= gaps.squares + rounding) ++as_even;
    if (squares >= gaps.squares - rounding) ++as_uneven;
  }
  result.p_regular = as_even / (kSets + 1.0);
  result.p_bursts = as_uneven / (kSets + 1.0);
}

std::string in_words(const Regularity& r) {
  if (r.pairs == 0)
    return "nobody came back at least twice on different days: nothing can be said of regularity";
  const double p = std::min(r.p_regular, r.p_bursts);
  const std::string figures =
      fmt::format("k about {:.2g}, p {}, {} pairs of gaps", r.k,
                  p < 0.001 ? "< 0.001" : fmt::format("= {:.3f}", p), r.pairs);
  if (r.is_regular)
    return fmt::format(
        "people buy more regularly than chance would have it ({}): a model of regular "
        "buying, mbg-cnbd-k, tells sooner who has gone",
        figures);
  if (r.is_bursty)
    return fmt::format(
        "purchases come in bursts ({}): parts of one purchase may be booked on "
        "different days, or a season drives them; models take them for chance",
        figures);
  return fmt::format("times between purchases vary as chance would have it ({})", figures);
}

}  // namespace

void GapPairs::add_days(int first, int second) {
  const size_t sum = static_cast<size_t>(first) + static_cast<size_t>(second);
  if (sum < 3) return;
  if (sum > kLongestInDays) return add_times(first, second);
  if (sum >= by_days.size()) by_days.resize(sum + 1);
  ++by_days[sum];
  ++pairs;
  squares += square_of(first / static_cast<double>(sum));
}

void GapPairs::add_times(double first, double second) {
  ++pairs;
  squares += square_of(first / (first + second));
}

void GapPairs::merge(const GapPairs& other) {
  pairs += other.pairs;
  squares += other.squares;
  by_days.resize(std::max(by_days.size(), other.by_days.size()));
  for (size_t s = 0; s < other.by_days.size(); ++s) by_days[s] += other.by_days[s];
}

Regularity test_regularity(const GapPairs& gaps, uint64_t seed) {
  Regularity result;
  result.pairs = gaps.pairs;
  result.k = std::numeric_limits<double>::quiet_NaN();
  if (gaps.pairs > 0) {
    const Moments random = random_moments(gaps);
    // Variance of M over that of random buying; Beta(k, k) has 3 / (2 k + 1).
    const double ratio = gaps.squares / random.mean;
    result.k = ratio > 0 ? std::clamp((3 - ratio) / (2 * ratio), 0.0, kMostShape) : kMostShape;
    result.exact = gaps.pairs <= kMostSimulated;
    if (result.exact) {
      simulate(result, gaps, seed);
    } else {
      const double z = (gaps.squares - random.mean) / std::sqrt(random.variance);
      result.p_regular = 0.5 * std::erfc(-z / std::sqrt(2.0));
      result.p_bursts = 0.5 * std::erfc(z / std::sqrt(2.0));
    }
    // Sure of the sign, and far enough from 1 to matter: k is whole in the models.
    result.is_regular = result.p_regular < kSure && result.k >= 1.5;
    result.is_bursty = result.p_bursts < kSure && result.k <= 0.75;
  }
  result.words = in_words(result);
  return result;
}

}  // namespace regulars::models
