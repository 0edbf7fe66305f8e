#include "models/fit/linked.h"

namespace regulars::models {

void add_linked(Objective& total, const Derivatives& one, double count,
                std::span<const Link> links) {
  const size_t n = links.size();
  total.value += count * one.value;
  for (size_t i = 0; i < n; ++i) {
    const double by_i = count * links[i].slope;
    total.gradient[i] += by_i * one.gradient[links[i].base];
    for (size_t j = 0; j < n; ++j)
      total.hessian[i * n + j] += by_i * links[j].slope * one.at(links[i].base, links[j].base);
  }
}

}  // namespace regulars::models
