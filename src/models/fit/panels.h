// Integrals of smooth functions over a finite range, cut into equal panels with 20 Gauss-Legendre
// nodes each: exact to rounding where the function changes by less than a factor of about e^10 in
// a panel and is analytic as far around it as it is wide.
//
// Thread-safety: pure functions.
#pragma once

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>

namespace regulars::models {

// Calls visit(at, weight) for each node; `width` is the widest panel that will do. At most 20,000
// panels.
template <class Visit>
void panel_nodes(double from, double to, double width, const Visit& visit) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  constexpr double kMostPanels = 20000;
  if (!(to > from)) return;
  const double panels = std::clamp(std::ceil((to - from) / width), 1.0, kMostPanels);
  const double half = (to - from) / panels / 2;
  for (double i = 0; i < panels; ++i) {
    const double middle = from + (2 * i + 1) * half;
    for (size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      visit(middle + half * Gauss::abscissa()[j], half * Gauss::weights()[j]);
      visit(middle - half * Gauss::abscissa()[j], half * Gauss::weights()[j]);
    }
  }
}

template <class F>
double panel_integral(double from, double to, double width, const F& f) {
  double sum = 0;
  panel_nodes(from, to, width, [&](double at, double weight) { sum += weight * f(at); });
  return sum;
}

}  // namespace regulars::models
