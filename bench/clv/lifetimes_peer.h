// lifetimes (PyPI), the value models of Python, as a peer: it runs in a process of its own and says
// what a fit cost it.
#pragma once

#include <memory>
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

class LifetimesPeer {
 public:
  // kNotFound where it is not installed, with how to.
  static Result<LifetimesPeer> start();
  // `file` as write_columns() makes it; `weighted`: a row stands for as many customers as its
  // count.
  Result<PeerFit> fit(const std::string& model, const std::string& file, size_t rows,
                      bool weighted);

 private:
  explicit LifetimesPeer(std::shared_ptr<Child> child) : child_(std::move(child)) {}
  std::shared_ptr<Child> child_;
};

}  // namespace regulars::bench
