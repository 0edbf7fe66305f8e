#include "models/clv/score.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.h"
#include "models/clv/cell_index.h"

namespace regulars::models {
namespace {

constexpr size_t kBlock = 1 << 14;

void in_blocks(size_t count, size_t threads, const std::function<void(size_t)>& work) {
  parallel_for((count + kBlock - 1) / kBlock, threads, [&](size_t block) {
    const size_t end = std::min(count, (block + 1) * kBlock);
    for (size_t i = block * kBlock; i < end; ++i) work(i);
  });
}

// A history with the same future as this one's, if she is still a customer, and one in which that
// is as sure as can be.
BuyingCell sure(const CountModel& model, const BuyingCell& cell) {
  return model.info().memoryless && cell.x > 0 ? BuyingCell{cell.x, cell.T, cell.T} : cell;
}

struct Future {  // of one who is still a customer
  double expected = 0;
  double discounted = 0;
};

Future future_of(const CountModel& model, Parameters p, const BuyingCell& cell,
                 const CountScoreOptions& options) {
  const double alive = model.p_alive(p, cell);
  if (alive <= 0) return {};
  Future future{model.conditional_expected(p, cell, options.horizon) / alive, 0};
  if (options.rate > 0)
    future.discounted = model.discounted_expected(p, cell, options.rate, options.horizon) / alive;
  return future;
}

// Of different cells.
CountScores score_cells(const CountModel& model, Parameters p, const std::vector<BuyingCell>& cells,
                        const CountScoreOptions& options) {
  std::vector<BuyingCell> keys(cells.size());
  std::ranges::transform(cells, keys.begin(),
                         [&](const BuyingCell& cell) { return sure(model, cell); });
  const CellIndex histories = index_cells(keys);
  std::vector<Future> futures(histories.cells.size());
  parallel_for(futures.size(), options.threads,
               [&](size_t i) { futures[i] = future_of(model, p, histories.cells[i], options); });
  CountScores scores;
  scores.p_alive.resize(cells.size());
  scores.expected.resize(cells.size());
  if (options.rate > 0) scores.discounted.resize(cells.size());
  in_blocks(cells.size(), options.threads, [&](size_t i) {
    const double alive = model.p_alive(p, cells[i]);
    const Future& future = futures[histories.cell_of[i]];
    scores.p_alive[i] = alive;
    scores.expected[i] = alive * future.expected;
    if (options.rate > 0) scores.discounted[i] = alive * future.discounted;
  });
  return scores;
}

}  // namespace

Result<CountScores> score(const CountModel& model, Parameters p,
                          std::span<const BuyingCell> customers, const CountScoreOptions& options) {
  for (size_t i = 0; i < customers.size(); ++i)
    if (Result<void> checked = check_cell(customers[i], i); !checked) return checked.error();
  const CellIndex index = index_cells(customers);
  const CountScores by_cell = score_cells(model, p, index.cells, options);
  CountScores scores;
  const auto spread = [&](const std::vector<double>& from, std::vector<double>& to) {
    to.resize(from.empty() ? 0 : customers.size());
    in_blocks(to.size(), options.threads, [&](size_t i) { to[i] = from[index.cell_of[i]]; });
  };
  spread(by_cell.p_alive, scores.p_alive);
  spread(by_cell.expected, scores.expected);
  spread(by_cell.discounted, scores.discounted);
  return scores;
}

}  // namespace regulars::models
