#include "models/clv/pareto_outlook.h"

#include <algorithm>
#include <cmath>

#include "models/fit/count_walk.h"
#include "models/fit/panels.h"
#include "models/fit/special.h"

namespace regulars::models {
namespace {

// Time on a logarithmic scale, u = unit (exp(l) - 1), with the unit where things first change:
// for anything that is a product of powers of (alpha + u) and (beta + u), panels of width 1 do.
struct LogTime {
  double unit;

  LogTime(const ParetoParameters& p, double t)
      : unit(1 / ((p.r + 1) / p.alpha + (p.s + 1) / p.beta)), end(std::log1p(t / unit)) {}
  double end;

  double time(double l) const { return unit * std::expm1(l); }
  double stretch(double l) const { return unit * std::exp(l); }  // du / dl
};

// How narrow the probability of n purchases is as a function of log time: its curvature is at most
// n r / (n + r).
double panel_width(const ParetoParameters& p, double most) {
  return 1 / std::sqrt(1 + most * p.r / (most + p.r) / 4);
}

}  // namespace

double pareto_survival(const ParetoParameters& p, double t) {
  return std::exp(-p.s * std::log1p(t / p.beta));
}

double pareto_expected(const ParetoParameters& p, double t) {
  return p.r / p.alpha * p.beta * decayed(p.s - 1, std::log1p(t / p.beta));
}

double pareto_discounted(const ParetoParameters& p, double rate, double horizon) {
  if (rate == 0) return pareto_expected(p, horizon);
  // With u = beta (exp(l) - 1): beta times the integral of exp(-steep (exp(l) - 1) - (s - 1) l).
  const double steep = rate * p.beta;
  const double decay = p.s - 1;
  const auto log_density = [&](double l) { return -steep * std::expm1(l) - decay * l; };
  // Beyond its peak the density falls ever faster: to where it is negligible, by doubling.
  constexpr double kNegligible = 45;
  const double peak_at = decay < 0 && steep < -decay ? std::log(-decay / steep) : 0;
  const double peak = log_density(peak_at);
  const auto negligible = [&](double l) { return log_density(l) < peak - kNegligible; };
  double reach = 1 / (1 + steep + std::abs(decay));
  while (!negligible(peak_at + reach)) reach *= 1.5;
  const double end = std::min(std::log1p(horizon / p.beta), peak_at + reach);
  const double fall = peak - log_density(end);
  const double width = std::min(1.5, end / std::max(1.0, fall / 10));
  const double integral =
      panel_integral(0, end, width, [&](double l) { return std::exp(log_density(l) - peak); });
  return p.r / p.alpha * p.beta * std::exp(peak) * integral;
}

std::vector<double> pareto_counts(const ParetoParameters& p, unsigned most, double t) {
  std::vector<double> result(size_t{most} + 1);
  const auto add = [&](double weight, double u) {
    CountWalk<NegativeBinomial> walk(NegativeBinomial(p.r, p.alpha, u));
    for (; walk.at() <= most && weight * walk.rest() > 1e-25; walk.step())
      result[static_cast<size_t>(walk.at())] += weight * walk.probability();
  };
  if (t > 0) add(pareto_survival(p, t), t);
  if (t == 0) result[0] = 1;
  const LogTime scale(p, t);
  panel_nodes(0, scale.end, panel_width(p, most), [&](double l, double weight) {
    const double u = scale.time(l);
    add(weight * scale.stretch(l) * p.s / (p.beta + u) * pareto_survival(p, u), u);
  });
  return result;
}

double pareto_next_by(const ParetoParameters& p, double t) {
  const LogTime scale(p, t);
  return panel_integral(0, scale.end, 1, [&](double l) {
    const double u = scale.time(l);
    return scale.stretch(l) * p.r / (p.alpha + u) *
           std::exp(-p.r * std::log1p(u / p.alpha) - p.s * std::log1p(u / p.beta));
  });
}

}  // namespace regulars::models
