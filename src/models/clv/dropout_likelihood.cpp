#include "models/clv/dropout_likelihood.h"

#include <algorithm>
#include <cmath>

#include "models/clv/silence.h"
#include "models/fit/gamma_functions.h"

namespace regulars::models {
namespace {

enum : size_t { kR, kAlpha, kA, kB };

// Sums over the customers of one x. `alive` is the chance that the silence is patience and not
// loss; `doubt` = alive (1 - alive). Derivatives of log Q by n and alpha are weighted with alive,
// their products with doubt.
struct SameX {
  double count = 0;
  double value = 0;
  double alive = 0;
  double doubt = 0;
  double n = 0;  // by n (also by r) and alpha, natural scale
  double alpha = 0;
  double nn = 0;
  double n_alpha = 0;
  double alpha_alpha = 0;
  double doubt_n = 0;  // doubt times the slopes of log Q, for the cross terms with a and b
  double doubt_alpha = 0;
};

// Log of the odds that she left: a / (b + d - 1). None when she had no occasion to.
struct Loss {
  bool possible = false;
  double log = 0;
  double by_b = 0;  // by log b; by log a it is 1
  double by_bb = 0;
};

Loss loss_of(const DropoutParameters& p, double d) {
  if (d == 0) return {};
  const double sum = p.b + (d - 1);
  return {true, std::log(p.a) - std::log(sum), -p.b / sum, -p.b * (d - 1) / (sum * sum)};
}

// Terms of (r, alpha, t_x) alone: -r log(1 + t_x / alpha) - k x log(alpha + t_x).
struct Bought {
  double value = 0;
  double r = 0;
  double alpha = 0;
  double r_alpha = 0;
  double alpha_alpha = 0;
};

Bought bought_until(const DropoutParameters& p, double events, double t_x) {
  const double log_growth = std::log1p(t_x / p.alpha);
  const double inverse = 1 / (p.alpha + t_x);
  const double share = t_x * inverse / p.alpha;
  return {-p.r * log_growth - events * std::log(p.alpha + t_x), -log_growth,
          p.r * share - events * inverse, share,
          -p.r * share * (1 / p.alpha + inverse) + events * inverse * inverse};
}

void add(SameX& sum, double count, const Bought& bought) {
  sum.count += count;
  sum.value += count * bought.value;
  sum.n += count * bought.r;
  sum.alpha += count * bought.alpha;
  sum.n_alpha += count * bought.r_alpha;
  sum.alpha_alpha += count * bought.alpha_alpha;
}

void add(SameX& sum, double count, const Silence& q, const Loss& loss) {
  double alive = 1;
  double value = q.log;
  if (loss.possible) {
    const double odds = std::exp(-std::abs(q.log - loss.log));
    alive = (q.log > loss.log ? 1 : odds) / (1 + odds);
    value = std::max(q.log, loss.log) + std::log1p(odds);
  }
  const double weight = count * alive;
  const double doubt = weight * (1 - alive);
  sum.value += count * value;
  sum.alive += weight;
  sum.doubt += doubt;
  sum.n += weight * q.n;
  sum.alpha += weight * q.alpha;
  sum.nn += weight * q.nn + doubt * q.n * q.n;
  sum.n_alpha += weight * q.n_alpha + doubt * q.n * q.alpha;
  sum.alpha_alpha += weight * q.alpha_alpha + doubt * q.alpha * q.alpha;
  sum.doubt_n += doubt * q.n;
  sum.doubt_alpha += doubt * q.alpha;
}

// A function of one parameter, by its logarithm.
void add_own(Derivatives& total, size_t i, double parameter, double slope, double curvature) {
  total.gradient[i] += parameter * slope;
  total.at(i, i) += parameter * (slope + parameter * curvature);
}

void add_both(Derivatives& total, size_t i, size_t j, double value) {
  total.at(i, j) += value;
  total.at(j, i) += value;
}

// The Gamma terms of everyone with this x: (r)_kx (b)_d / (a + b)_d.
void add_shared(Derivatives& total, const DropoutParameters& p, double events, double d,
                double count) {
  const LogRising r = log_rising(p.r, events);
  const LogRising b = log_rising(p.b, d);
  const LogRising both = log_rising(p.a + p.b, d);
  total.value += count * (r.value + b.value - both.value);
  add_own(total, kR, p.r, count * r.slope, count * r.curvature);
  add_own(total, kA, p.a, -count * both.slope, -count * both.curvature);
  add_own(total, kB, p.b, count * (b.slope - both.slope), count * (b.curvature - both.curvature));
  add_both(total, kA, kB, -count * p.a * p.b * both.curvature);
}

void add_run(Derivatives& total, const DropoutParameters& p, const SameX& sum, const Loss& loss) {
  total.value += sum.value;
  add_own(total, kR, p.r, sum.n, sum.nn);
  add_own(total, kAlpha, p.alpha, sum.alpha, sum.alpha_alpha);
  add_both(total, kR, kAlpha, p.r * p.alpha * sum.n_alpha);
  if (!loss.possible) return;
  const double lost = sum.count - sum.alive;
  total.gradient[kA] += lost;
  total.gradient[kB] += lost * loss.by_b;
  total.at(kA, kA) += sum.doubt;
  total.at(kB, kB) += sum.doubt * loss.by_b * loss.by_b + lost * loss.by_bb;
  add_both(total, kA, kB, sum.doubt * loss.by_b);
  add_both(total, kR, kA, -p.r * sum.doubt_n);
  add_both(total, kAlpha, kA, -p.alpha * sum.doubt_alpha);
  add_both(total, kR, kB, -p.r * sum.doubt_n * loss.by_b);
  add_both(total, kAlpha, kB, -p.alpha * sum.doubt_alpha * loss.by_b);
}

}  // namespace

Derivatives dropout_likelihood(const DropoutModel& model, const DropoutParameters& p,
                               std::span<const BuyingCell> cells, std::span<const uint64_t> counts,
                               Order order) {
  const double log_factorial = log_gamma(model.k);
  Derivatives total;
  for (size_t i = 0; i < cells.size();) {
    const double x = cells[i].x;
    const double events = model.k * x;
    const double d = model.chances(x);
    const Loss loss = loss_of(p, d);
    SameX sum;
    Bought bought;
    for (size_t first = i; i < cells.size() && cells[i].x == x; ++i) {
      const BuyingCell& cell = cells[i];
      const auto count = static_cast<double>(counts[i]);
      if (i == first || cell.t_x != cells[i - 1].t_x) bought = bought_until(p, events, cell.t_x);
      add(sum, count, bought);
      add(sum, count, silence(model.k, p.r + events, p.alpha, cell.t_x, cell.T), loss);
    }
    add_shared(total, p, events, d, sum.count);
    add_run(total, p, sum, loss);
    total.value -= sum.count * x * log_factorial;
  }
  if (order == Order::kValue) total.gradient = {};
  if (order != Order::kHessian) total.hessian = {};
  return total;
}

double dropout_alive(const DropoutModel& model, const DropoutParameters& p,
                     const BuyingCell& cell) {
  const Loss loss = loss_of(p, model.chances(cell.x));
  if (!loss.possible) return 1;
  const double log_q = silence(model.k, p.r + model.k * cell.x, p.alpha, cell.t_x, cell.T).log;
  return 1 / (1 + std::exp(loss.log - log_q));
}

}  // namespace regulars::models
