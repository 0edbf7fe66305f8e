// Splits independent work over threads. Results never depend on the number of threads: callers
// write to places of their own and combine them in index order.
#pragma once

#include <cstddef>
#include <functional>

namespace regulars {

// The machine's hardware threads, at least 1.
size_t hardware_threads();

// Calls work(i) once for each i in [0, count), on at most `threads` threads (0: the machine's).
// Blocks until all are done. `work` must not throw.
void parallel_for(size_t count, size_t threads, const std::function<void(size_t)>& work);

}  // namespace regulars
