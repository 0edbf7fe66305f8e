// 500 segments from templates over all customers at one instant, beside DuckDB and ClickHouse on
// the same events.
#include "batch/batch_bench.h"

int main(int count, char** arguments) {
  using namespace regulars::bench;
  BatchBench bench{"b2-500", from_templates(500, /*seed=*/1)};
  bench.split_features = 12;
  bench.runs = 3;
  return run_batch_bench(bench, count, arguments);
}
