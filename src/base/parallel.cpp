#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace regulars {

size_t hardware_threads() { return std::max<size_t>(1, std::thread::hardware_concurrency()); }

void parallel_for(size_t count, size_t threads, const std::function<void(size_t)>& work) {
  if (threads == 0) threads = hardware_threads();
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) work(i);
    return;
  }
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) work(i);
  };
  std::vector<std::jthread> workers;
  for (size_t t = 1; t < threads; ++t) workers.emplace_back(run);
  run();
}

}  // namespace regulars
