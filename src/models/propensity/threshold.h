// Whom to contact, from what a contact costs and what it can save.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>

namespace regulars::models {

// In the project's currency; both above 0.
struct Costs {
  double value_saved = 0;   // what a customer is worth who would have left and is kept
  double contact = 0;       // what one contact costs, offer included
  double success_rate = 1;  // share of those contacted who would have left and are kept by it
};

// A contact pays when probability * success_rate * value_saved > contact: the least probability
// from which it does, at most 1. Right only for calibrated probabilities; `gain` checks it on rows
// with known labels.
struct Threshold {
  double probability = 1;
  uint64_t contacted = 0;     // of the rows of the test
  double share = 0;           // of them
  double precision = 0;       // of the contacted, who would have left; not a number: nobody
  double recall = 0;          // of those who would have left, contacted
  double gain = 0;            // over contacting nobody, in currency
  double gain_everybody = 0;  // of contacting everybody
  double best_probability = 1, best_gain = 0;  // with hindsight on the same rows
};
Threshold threshold(const Costs& costs, std::span<const double> probability,
                    std::span<const uint8_t> label);

}  // namespace regulars::models
