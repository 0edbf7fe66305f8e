// Runs the built program as a user would: own folder, own environment, what it prints, how it ends.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace regulars::cli_tests {

struct Ran {
  int exit_code = -1;  // -1: killed by a signal or never started
  std::string out;
  std::string err;
};

struct HowToRun {
  std::string folder = {};                              // working folder; empty: the present one
  std::map<std::string, std::string> environment = {};  // added to PATH, HOME and TERM=xterm
  bool on_terminal = false;                             // standard output is a (pseudo) terminal
};

// `command`: program and arguments; "regulars" stands for the built program.
Ran run(const std::vector<std::string>& command, const HowToRun& how = {});

// Whether the system has pseudo terminals: a bare chroot without /dev/pts has none.
bool terminals_available();

// A folder of its own under the system's temporary folder, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string test_data(const std::string& name);  // a file of tests/data

}  // namespace regulars::cli_tests
