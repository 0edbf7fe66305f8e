// One new segment over all that has happened: a regular of one category who spends and has not been
// seen for two weeks.
#include "batch/batch_bench.h"

int main(int count, char** arguments) {
  using namespace regulars::bench;
  Questions q(/*features_are_answers=*/false);
  q.segment(both(both(q.compare({Fold::kCount, kPurchase, 120, 0, in_category(3)}, ">=", 1),
                      q.compare({Fold::kSum, kPurchase, 365}, ">=", 100'00)),
                 q.older_than({Fold::kLast, kPurchase}, 14)));
  BatchBench bench{"b3", q};
  bench.with_polars = true;
  return run_batch_bench(bench, count, arguments);
}
