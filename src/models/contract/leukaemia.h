// The remission times, in weeks, of 42 patients that survival methods have been compared on since
// Gehan 1965 and Cox 1972: 21 with 6-mercaptopurine, then 21 with a placebo. For tests.
#pragma once

#include "models/contract/lifetimes.h"

namespace regulars::models {

struct Leukaemia {
  std::vector<double> time = {6,  6,  6,  6,  7,  9,  10, 10, 11, 13, 16, 17, 19, 20,
                              22, 23, 25, 32, 32, 34, 35, 1,  1,  2,  2,  3,  4,  4,
                              5,  5,  8,  8,  8,  8,  11, 11, 12, 12, 15, 17, 22, 23};
  std::vector<uint8_t> ended = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0,
                                1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

  Lifetimes all() const { return {time, ended}; }
  Lifetimes treated() const { return {std::span(time).first(21), std::span(ended).first(21)}; }
};

}  // namespace regulars::models
