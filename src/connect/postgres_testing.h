// A PostgreSQL server of a test's own: in a temporary folder, reachable through a socket there and
// nowhere else. Its user `owner` needs no password, its user `locked` does.
#pragma once

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace regulars::connect {

class PostgresServer {
 public:
  static constexpr const char* kNotInstalled = "no PostgreSQL server is installed (postgresql-15)";

  PostgresServer() : programs_(find_programs()) {
    if (installed()) running_ = start();
  }
  ~PostgresServer() {
    if (running_) {
      shell(programs_ + "/pg_ctl -m immediate -D " + folder_ + "/data stop >/dev/null 2>&1");
    }
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool installed() const { return !programs_.empty(); }
  bool running() const { return running_; }
  const std::string& programs() const { return programs_; }  // the folder of psql and others
  const std::string& folder() const { return folder_; }      // of the socket
  std::string where(const std::string& more = "user=owner") const {
    return "host=" + folder_ + " dbname=postgres " + more;
  }

 private:
  static std::string find_programs() {
    namespace fs = std::filesystem;
    if (!fs::exists("/usr/lib/postgresql")) return {};
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql")) {
      const std::string folder = version.path().string() + "/bin";
      if (fs::exists(folder + "/pg_ctl") && fs::exists(folder + "/initdb")) return folder;
    }
    return {};
  }

  int shell(const std::string& command) const {
    return std::system(("cd / && " + prefix_ + command).c_str());
  }

  // The server refuses to run as root.
  bool become_somebody() {
    if (::geteuid() != 0) return true;
    const passwd* user = ::getpwnam("postgres");
    if (user == nullptr) user = ::getpwnam("nobody");
    if (user == nullptr || ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) return false;
    prefix_ = "setpriv --reuid=" + std::to_string(user->pw_uid) +
              " --regid=" + std::to_string(user->pw_gid) + " --clear-groups ";
    return true;
  }

  bool start() {
    std::string pattern = "/tmp/regulars-pg-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) return false;
    folder_ = pattern;
    if (!become_somebody()) return false;
    const std::string data = folder_ + "/data";
    const std::string quiet = " >" + folder_ + "/log 2>&1";
    return shell(programs_ + "/initdb -D " + data + " -U owner -A trust -N -E UTF8" + quiet) == 0 &&
           shell("sh -c 'printf \"local all locked scram-sha-256\\nlocal all all trust\\n\" >" +
                 data + "/pg_hba.conf'") == 0 &&
           shell(programs_ + "/pg_ctl -w -D " + data + " -l " + folder_ + "/server.log -o \"-k " +
                 folder_ + " -c listen_addresses='' -c fsync=off\" start" + quiet) == 0;
  }

  std::string programs_, folder_, prefix_;
  bool running_ = false;
};

}  // namespace regulars::connect
