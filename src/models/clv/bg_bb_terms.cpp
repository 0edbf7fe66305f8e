#include "models/clv/bg_bb_terms.h"

#include <cmath>

namespace regulars::models {

BgBbParameters bg_bb_parameters(Parameters p) { return {p[0], p[1], p[2], p[3]}; }

void LogSum::add(const Derivatives& log_term, Order order) {
  if (sum_ == 0 || log_term.value > largest_) {
    const double shrink = sum_ == 0 ? 0 : std::exp(largest_ - log_term.value);
    sum_ *= shrink;
    for (double& slope : slopes_) slope *= shrink;
    for (double& square : squares_) square *= shrink;
    largest_ = log_term.value;
  }
  const double term = std::exp(log_term.value - largest_);
  sum_ += term;
  if (order == Order::kValue) return;
  for (size_t i = 0; i < kSize; ++i) slopes_[i] += term * log_term.gradient[i];
  if (order == Order::kGradient) return;
  for (size_t i = 0; i < kSize; ++i)
    for (size_t j = 0; j < kSize; ++j)
      squares_[i * kSize + j] +=
          term * (log_term.at(i, j) + log_term.gradient[i] * log_term.gradient[j]);
}

Derivatives LogSum::total(Order order) const {
  Derivatives total;
  total.value = largest_ + std::log(sum_);
  if (order == Order::kValue) return total;
  for (size_t i = 0; i < kSize; ++i) total.gradient[i] = slopes_[i] / sum_;
  if (order == Order::kGradient) return total;
  for (size_t i = 0; i < kSize; ++i)
    for (size_t j = 0; j < kSize; ++j)
      total.at(i, j) = squares_[i * kSize + j] / sum_ - total.gradient[i] * total.gradient[j];
  return total;
}

BgBbTerms::BgBbTerms(const BgBbParameters& p, size_t most)
    : p_(p),
      alpha_(p.alpha, most),
      beta_(p.beta, most),
      buying_(p.alpha + p.beta, most),
      gamma_(p.gamma, 1),
      delta_(p.delta, most),
      leaving_(p.gamma + p.delta, most + 1) {}

void BgBbTerms::add_buying(Derivatives& d, size_t x, size_t seen, Order order) const {
  add_beta_ratio(d, 0, {p_.alpha, p_.beta, alpha_[x], beta_[seen - x], buying_[seen]}, order);
}

void BgBbTerms::add_leaving(Derivatives& d, size_t left, size_t stayed, Order order) const {
  add_beta_ratio(d, 2, {p_.gamma, p_.delta, gamma_[left], delta_[stayed], leaving_[stayed + left]},
                 order);
}

Derivatives BgBbTerms::alive(size_t x, size_t seen, Order order) const {
  Derivatives d;
  add_buying(d, x, seen, order);
  add_leaving(d, 0, seen, order);
  return d;
}

Derivatives BgBbTerms::gone(size_t x, size_t seen, Order order) const {
  Derivatives d;
  add_buying(d, x, seen, order);
  add_leaving(d, 1, seen, order);
  return d;
}

}  // namespace regulars::models
