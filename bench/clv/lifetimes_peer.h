// lifetimes (PyPI), the value models of Python, as a peer: it runs in a process of its own and says
// what a fit cost it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/child.h"
#include "measure.h"

namespace regulars::bench {

struct PeerFit {
  Cost cost;
  std::vector<double> parameters;
};

struct PeerScores {
  Cost cost;
  std::vector<double> expected;
  std::vector<double> p_alive;
};

struct PeerValue {
  Cost cost;
  double customers = 0;
  double x = 0;  // sums
  double t_x = 0;
  double T = 0;
  double value = 0;
};

class LifetimesPeer {
 public:
  // kNotFound where it is not installed, with how to.
  static Result<LifetimesPeer> start();
  // `file` as write_columns() makes it; `weighted`: a row stands for as many customers as its
  // count.
  Result<PeerFit> fit(const std::string& model, const std::string& file, size_t rows,
                      bool weighted);
  // Of "bg-nbd" or "mbg-nbd" at given parameters.
  Result<PeerScores> score(const std::string& model, const std::string& file, size_t rows,
                           std::span<const double> parameters, double horizon);
  // From purchases to the value of all customers, not discounted: summary, BG/NBD, Gamma-Gamma,
  // predictions. `file` as write_purchases() makes it.
  Result<PeerValue> value(const std::string& file, size_t rows, int until_day, double horizon);

 private:
  explicit LifetimesPeer(std::shared_ptr<Child> child) : child_(std::move(child)) {}
  // The question as JSON; its numbers.
  Result<PeerFit> ask(const std::string& question);

  std::shared_ptr<Child> child_;
};

}  // namespace regulars::bench
