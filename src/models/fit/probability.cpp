#include "models/fit/probability.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace regulars::models {
namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
}

double normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return kNan;
  return -std::sqrt(2.0) * boost::math::erfc_inv(2 * p);
}

double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

double chi_squared_tail(double statistic, double degrees) {
  if (std::isnan(statistic)) return kNan;
  if (degrees <= 0 || statistic <= 0) return 1;
  if (std::isinf(statistic)) return 0;
  return boost::math::gamma_q(degrees / 2, statistic / 2);
}

double student_two_sided(double t, double degrees) {
  if (std::isnan(t) || !(degrees > 0)) return kNan;
  if (std::isinf(t)) return 0;
  return boost::math::ibeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

}  // namespace regulars::models
