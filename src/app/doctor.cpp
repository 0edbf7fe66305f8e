#include "app/doctor.h"

#include <fmt/format.h>
#include <sys/sysinfo.h>

#include <filesystem>

#include "app/read_shop.h"
#include "base/parallel.h"
#include "base/time.h"
#include "sql/database.h"

namespace regulars::app {
namespace {

HealthCheck check_zones() {
  const bool found = Zone::find("Europe/Berlin").ok() && Zone::find("America/New_York").ok();
  return {"time zones", found ? "the system's zone database is there" : "no zone database found",
          found, "Install the package tzdata."};
}

HealthCheck check_duckdb() {
  const auto works = [] {
    auto database = sql::Database::open_memory();
    if (!database) return false;
    auto connection = database->connect();
    if (!connection) return false;
    const auto formats = connection->query_integer(
        "SELECT count(*) FROM duckdb_extensions() WHERE loaded AND extension_name IN "
        "('parquet', 'json')");
    return formats.ok() && *formats == 2;
  }();
  return {"DuckDB", sql::Database::engine_version() + (works ? ", with Parquet and JSON" : ""),
          works, "Run `make build` again; it fetches the pinned version."};
}

HealthCheck check_temporary(Files& files) {
  std::error_code failure;
  const std::string folder = std::filesystem::temp_directory_path(failure).string();
  const std::string probe = folder + "/regulars-doctor-probe";
  const bool works = !failure && files.write(probe, "ok").ok() && files.remove(probe).ok();
  return {"temporary files", folder, works, "Set TMPDIR to a folder that can be written."};
}

HealthCheck check_size() {
  struct sysinfo info{};
  const bool known = ::sysinfo(&info) == 0;
  const double gigabytes =
      known ? static_cast<double>(info.totalram) * info.mem_unit / (1024.0 * 1024 * 1024) : 0;
  return {"machine", fmt::format("{} threads, {:.1f} GiB of memory", hardware_threads(), gigabytes),
          gigabytes >= 1, "Five million order lines take about 2 GiB."};
}

}  // namespace

std::vector<HealthCheck> check_machine(Files& files) {
  return {check_size(), check_duckdb(), check_zones(), check_temporary(files)};
}

Result<FileDiagnosis> diagnose(const AnalyzeOptions& options, Files& files) {
  REGULARS_ASSIGN(ShopRead shop, read_shop(options, files, {}));
  FileDiagnosis diagnosis;
  const auto purchases = check_purchases(shop);
  if (!purchases) diagnosis.fault = purchases.error();
  diagnosis.customers = static_cast<int64_t>(shop.assembled.customers.ids->size());
  diagnosis.intake = std::move(shop.intake);
  return diagnosis;
}

}  // namespace regulars::app
