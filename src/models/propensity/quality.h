// How good probabilities are: do they tell apart those who will from those who will not, and do
// they come true as often as they say.
//
// Ties count half; none of the figures depends on the order of the rows.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regulars::models {

struct Estimate {
  double value = 0;
  double standard_error = 0;
  double low = 0, high = 0;  // 95 %
};

// Area under the ROC curve: the probability that one who did is ranked above one who did not. The
// interval is DeLong's (DeLong, DeLong, Clarke-Pearson, Biometrics 44, 1988), cut at 0 and 1; with
// several rows per customer its clustered form (Obuchowski, Biometrics 53, 1997). `group` empty:
// rows are independent. Not a number when one class is missing.
Estimate auc(std::span<const double> score, std::span<const uint8_t> label,
             std::span<const uint64_t> group = {});

// AUC of `a` minus that of `b` on the same rows, with the interval of the paired difference (DeLong
// as above, from the differences of the components).
Estimate auc_difference(std::span<const double> a, std::span<const double> b,
                        std::span<const uint8_t> label, std::span<const uint64_t> group = {});

// Average precision: sum over thresholds of precision times the gain in recall.
double average_precision(std::span<const double> score, std::span<const uint8_t> label);

// Mean of -log p(label), p cut at 1e-15.
double log_loss(std::span<const double> probability, std::span<const uint8_t> label);

// Mean squared error of the probability, and what it is made of over the bins of the reliability
// curve (Murphy 1973): brier = reliability - resolution + uncertainty + within, where `within` is
// what binning hides.
struct Brier {
  double value = 0;
  double reliability = 0;  // 0 is best
  double resolution = 0;   // large is good
  double uncertainty = 0;  // of always saying the base rate
  double within = 0;
};

struct ReliabilityBin {
  double from = 0, to = 0;  // of the probability
  uint64_t rows = 0;
  double expected = 0;       // mean probability
  double observed = 0;       // share that came true
  double low = 0, high = 0;  // 95 % of the share (Wilson)
};
// Ten bins of equal width; bins without rows are left out.
std::vector<ReliabilityBin> reliability(std::span<const double> probability,
                                        std::span<const uint8_t> label);
Brier brier(std::span<const double> probability, std::span<const uint8_t> label);
// Expected calibration error: mean distance between expected and observed over those bins.
double calibration_error(std::span<const double> probability, std::span<const uint8_t> label);

// Tenths by score, highest first (decile 10 is the highest, as everywhere). Ties at a border share
// the border's rows evenly.
struct LiftRow {
  int decile = 10;
  double rows = 0;
  double positives = 0;
  double rate = 0;      // positives / rows
  double lift = 0;      // rate over the base rate
  double captured = 0;  // share of all positives in this and the higher deciles
};
std::vector<LiftRow> lift_by_decile(std::span<const double> score, std::span<const uint8_t> label);

// All of them at once.
struct Quality {
  uint64_t rows = 0, positives = 0, customers = 0;
  double base_rate = 0;
  Estimate auc;
  double average_precision = 0;
  double log_loss = 0;
  Brier brier;
  double calibration_error = 0;
  double mean_probability = 0;  // beside base_rate: right on the whole?
  std::vector<ReliabilityBin> reliability;
  std::vector<LiftRow> lift;
};
Quality quality(std::span<const double> probability, std::span<const uint8_t> label,
                std::span<const uint64_t> group = {});

}  // namespace regulars::models
