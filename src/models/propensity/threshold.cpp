#include "models/propensity/threshold.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace regulars::models {

Threshold threshold(const Costs& costs, std::span<const double> probability,
                    std::span<const uint8_t> label) {
  Threshold result;
  const double saving = costs.success_rate * costs.value_saved;
  result.probability = std::min(1.0, costs.contact / saving);
  std::vector<size_t> order(probability.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return probability[a] > probability[b]; });
  double positives = 0, hits = 0, gain = 0;
  for (const uint8_t one : label) positives += one;
  for (size_t i = 0; i < order.size();) {
    const double value = probability[order[i]];
    double rows = 0, found = 0;
    for (; i < order.size() && probability[order[i]] == value; ++i) {
      rows += 1;
      found += label[order[i]];
    }
    gain += found * saving - rows * costs.contact;
    if (gain > result.best_gain) {
      result.best_gain = gain;
      result.best_probability = value;
    }
    if (value <= result.probability) continue;
    result.contacted += static_cast<uint64_t>(rows);
    hits += found;
    result.gain = gain;
  }
  result.gain_everybody = gain;
  const auto contacted = static_cast<double>(result.contacted);
  if (!order.empty()) result.share = contacted / static_cast<double>(order.size());
  result.precision = contacted > 0 ? hits / contacted : std::numeric_limits<double>::quiet_NaN();
  result.recall = positives > 0 ? hits / positives : std::numeric_limits<double>::quiet_NaN();
  return result;
}

}  // namespace regulars::models
