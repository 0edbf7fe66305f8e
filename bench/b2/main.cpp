// 12 windowed features and 20 segments over all customers at one instant, beside DuckDB, ClickHouse
// and Polars on the same events.
#include "batch/batch_bench.h"

int main(int count, char** arguments) {
  using namespace regulars::bench;
  BatchBench bench{"b2", twelve_features()};
  bench.with_polars = true;
  return run_batch_bench(bench, count, arguments);
}
