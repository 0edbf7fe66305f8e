// The gate and the measurement: every way of asking a peer must give our answer, then the best way
// of each is measured in turn with us.
#pragma once

#include "batch/peer.h"
#include "evaluate/evaluate.h"

namespace regulars::bench {

struct Contest {
  std::string bench;
  std::string size;
  int runs = 5;
  std::function<Result<Totals>()> check;  // our answer
  std::function<Result<void>()> ours;     // what is measured of us
};

// Prints a line of JSON for each peer, measured by its best way; false when an answer differs.
Result<bool> hold(const Contest& contest, const std::vector<Contestant>& contestants);

// The totals of what a plan of the questions answered, in the order of the queries' columns.
Totals totals(std::span<const evaluate::Answers> answers, const Questions& questions);

// All peers that can be had; says on stderr which cannot and why.
std::vector<std::shared_ptr<Peer>> load_peers(const Shape& shape, const Scratch& scratch,
                                              bool with_polars);

}  // namespace regulars::bench
