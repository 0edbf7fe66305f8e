#include "run_program.h"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace regulars::cli_tests {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe open_pipe(bool terminal) {
  Pipe made;
  if (terminal) {
    winsize size{40, 100, 0, 0};
    if (::openpty(&made.read_end, &made.write_end, nullptr, nullptr, &size) != 0) return {};
    return made;
  }
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return {};
  return {ends[0], ends[1]};
}

std::vector<std::string> environment_of(const HowToRun& how) {
  std::map<std::string, std::string> all = {{"TERM", "xterm"}};
  for (const char* name : {"PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name); value != nullptr) all[name] = value;
  }
  for (const auto& [name, value] : how.environment) all[name] = value;
  std::vector<std::string> lines;
  for (const auto& [name, value] : all) lines.push_back(name + "=" + value);
  return lines;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> made;
  for (std::string& text : texts) made.push_back(text.data());
  made.push_back(nullptr);
  return made;
}

// Reads both until the program has closed both.
void collect(int out, int err, Ran& ran) {
  std::array<pollfd, 2> watched = {pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
  int open = 2;
  std::array<char, 65536> buffer{};
  while (open > 0 && ::poll(watched.data(), watched.size(), -1) > 0) {
    for (size_t i = 0; i < watched.size(); ++i) {
      if (watched[i].fd < 0 || watched[i].revents == 0) continue;
      const ssize_t got = ::read(watched[i].fd, buffer.data(), buffer.size());
      if (got > 0) {
        (i == 0 ? ran.out : ran.err).append(buffer.data(), static_cast<size_t>(got));
      } else {
        watched[i].fd = -1;
        --open;
      }
    }
  }
}

}  // namespace

Ran run(const std::vector<std::string>& command, const HowToRun& how) {
  std::vector<std::string> words = command;
  if (words.front() == "regulars") words.front() = REGULARS_PROGRAM;
  std::vector<std::string> environment = environment_of(how);
  std::vector<char*> arguments = pointers(words);
  std::vector<char*> variables = pointers(environment);
  const Pipe out = open_pipe(how.on_terminal);
  const Pipe err = open_pipe(false);
  if (out.read_end < 0 || err.read_end < 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out.write_end, STDOUT_FILENO);
    ::dup2(err.write_end, STDERR_FILENO);
    for (const int end : {out.read_end, out.write_end, err.read_end, err.write_end}) ::close(end);
    if (!how.folder.empty() && ::chdir(how.folder.c_str()) != 0) ::_exit(126);
    ::execvpe(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  ::close(out.write_end);
  ::close(err.write_end);
  Ran ran;
  if (child < 0) return ran;
  collect(out.read_end, err.read_end, ran);
  ::close(out.read_end);
  ::close(err.read_end);
  int status = 0;
  if (::waitpid(child, &status, 0) == child && WIFEXITED(status)) {
    ran.exit_code = WEXITSTATUS(status);
  }
  return ran;
}

bool terminals_available() {
  const Pipe terminal = open_pipe(true);
  if (terminal.read_end < 0) return false;
  ::close(terminal.read_end);
  ::close(terminal.write_end);
  return true;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "regulars-XXXXXX").string();
  if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string test_data(const std::string& name) {
  const char* source = std::getenv("REGULARS_SOURCE_DIR");
  return std::string(source != nullptr ? source : REGULARS_SOURCE_DIR) + "/tests/data/" + name;
}

}  // namespace regulars::cli_tests
