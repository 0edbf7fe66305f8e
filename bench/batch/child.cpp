#include "batch/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

namespace regulars::bench {

Result<std::shared_ptr<Child>> Child::start(const std::vector<std::string>& command) {
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
    return Error(ErrorCode::kIo, "no pipe can be made");
  }
  (void)std::signal(SIGPIPE, SIG_IGN);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::shared_ptr<Child> child(new Child());
  const int failed =
      posix_spawnp(&child->process_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(input[0]);
  close(output[1]);
  child->to_ = fdopen(input[1], "w");
  child->from_ = fdopen(output[0], "r");
  if (failed != 0) {
    child->process_ = -1;
    return Error(ErrorCode::kNotFound, command[0] + " cannot be started: " + strerror(failed));
  }
  return child;
}

Child::~Child() {
  if (to_ != nullptr) (void)std::fclose(to_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
  if (from_ != nullptr) (void)std::fclose(from_);
}

Result<std::string> Child::ask(const std::optional<std::string>& line) {
  if (line) {
    (void)std::fputs((*line + "\n").c_str(), to_);
    (void)std::fflush(to_);
  }
  std::string answer;
  for (int c = std::fgetc(from_); c != '\n'; c = std::fgetc(from_)) {
    if (c == EOF) return Error(ErrorCode::kInternal, "the process has ended");
    answer.push_back(static_cast<char>(c));
  }
  return answer;
}

}  // namespace regulars::bench
