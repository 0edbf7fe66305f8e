// Private to evaluate: keeps texts that a run computes for as long as the run lasts.
//
// Thread-safety: blocks of several threads share one.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "data/dictionary.h"

namespace regulars::evaluate {

class TextStore {
 public:
  const Dictionary* keep(std::unique_ptr<const Dictionary> dictionary) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return kept_.emplace_back(std::move(dictionary)).get();
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<const Dictionary>> kept_;
};

}  // namespace regulars::evaluate
