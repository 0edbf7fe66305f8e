// Expectations over a gamma or beta distributed quantity by quadrature: the trapezoid rule after a
// double exponential change of variable (Takahasi and Mori 1974), with nodes put where the density
// is, halved until two rules agree. For functions smooth on the scale of the logarithm (gamma) or
// logit (beta) the relative error is below 1e-11; nodes are made once and serve many functions.
//
// Thread-safety: an Expectation keeps the nodes it makes: one per thread.
#pragma once

#include <functional>
#include <vector>

namespace regulars::models {

class Expectation {
 public:
  static Expectation gamma(double shape, double rate);  // both > 0
  static Expectation beta(double a, double b);          // both > 0

  // E[f(V)], f finite and of one sign.
  double of(const std::function<double(double)>& f);

 private:
  struct Node {
    double at = 0;
    double weight = 0;
  };
  using Density = std::function<Node(double u)>;  // u: distance from the centre, log or logit

  Expectation(Density density, double width);
  const std::vector<Node>& level(size_t i);

  Density density_;
  double width_;
  double from_ = 0;  // of the new variable; outside the density is negligible
  double to_ = 0;
  std::vector<std::vector<Node>> levels_;  // each between the nodes of those before
};

}  // namespace regulars::models
