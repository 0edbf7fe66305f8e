// The process that dies: crash_child MODE PATH [STEP]. Ingests the second delivery into the store
// at PATH and kills itself with SIGKILL before step STEP (1, 2, ...; none: lives). Writes one byte
// to standard output before each step, 'c' before the commit, '.' before the others.
//
// MODE whole: as the program does it. MODE parts: the control, the same work without the
// transaction around it. MODE full: as whole, but no write beyond the first bytes of a file
// succeeds: a full disk. MODE results: records what a run found out, as one step of the run.
//
// Ends with 0 when done, 2 when the disk refused and said so, 1 for any other failure.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <string>

#include "crash_shop.h"
#include "store/ingest.h"
#include "store/run_steps.h"
#include "store/store.h"
#include "store/test_shop.h"

namespace regulars::store {
namespace {

constexpr rlim_t kRoomLeft = 100'000;

Result<IngestReport> ingest(const std::string& mode, Store& store, const Progress& progress) {
  const Delivery delivery = second_delivery();
  if (mode != "parts") return store.ingest(delivery, on_day(kSecondDay), progress);
  REGULARS_ASSIGN(sql::Connection connection, store.connect());
  return apply_delivery(connection, delivery, on_day(kSecondDay), progress);
}

void fill_disk() {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{kRoomLeft, kRoomLeft};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

int run_results(Store& store, const std::function<void()>& sign) {
  auto connection = store.connect();
  if (!connection) return 1;
  const auto run = begin_run(*connection, on_day(kSecondDay), "definitions", on_day(kSecondDay));
  if (!run) return 1;
  return record_results(*connection, *run, sign) ? 0 : 1;
}

int run(const std::string& mode, const std::string& path, int last_step) {
  auto store = Store::open(path, on_day(kSecondDay));
  if (!store) return 1;
  if (mode == "full") fill_disk();
  int step = 0;
  if (mode == "results") {
    return run_results(*store, [&] {
      if (::write(STDOUT_FILENO, ".", 1) != 1) std::_Exit(1);
      if (++step == last_step) ::raise(SIGKILL);
    });
  }
  const auto report = ingest(mode, *store, [&](std::string_view words) {
    const char sign = words == "committing" ? 'c' : '.';
    if (::write(STDOUT_FILENO, &sign, 1) != 1) std::_Exit(1);
    if (++step == last_step) ::raise(SIGKILL);
  });
  if (report) return 0;
  return report.error().code() == ErrorCode::kIo ? 2 : 1;
}

}  // namespace
}  // namespace regulars::store

int main(int count, char** arguments) {
  if (count < 3) return 1;
  return regulars::store::run(arguments[1], arguments[2], count > 3 ? std::atoi(arguments[3]) : 0);
}
