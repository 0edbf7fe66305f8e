// How often each row of the function table has been tried.
#pragma once

#include <map>
#include <string>

#include "random_script.h"

namespace regulars::rules {

class Coverage {
 public:
  explicit Coverage(const Corpus& corpus);

  // The rules of a script and the reference's answers to them.
  void count(const RandomScript& made, const Runnable& script);

  // Rows with fewer than `least` rules that are true of somebody, or false of somebody.
  std::string wanting(uint64_t least) const;
  // The smallest of all those numbers.
  uint64_t fewest() const;
  size_t rows() const { return rows_.size(); }

 private:
  struct Tried {
    uint64_t rules = 0, held = 0, failed = 0;
  };
  std::map<std::string, Tried> rows_;
};

}  // namespace regulars::rules
