// A process that is talked to line by line.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace regulars::bench {

class Child {
 public:
  // kNotFound when the program is not there.
  static Result<std::shared_ptr<Child>> start(const std::vector<std::string>& command);
  ~Child();  // closes its input and waits for its end
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Writes a line, if there is one, and reads one; kInternal when the process has ended.
  Result<std::string> ask(const std::optional<std::string>& line);

 private:
  Child() = default;
  pid_t process_ = -1;
  FILE* to_ = nullptr;
  FILE* from_ = nullptr;
};

}  // namespace regulars::bench
