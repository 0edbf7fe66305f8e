#include "test_project.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "app/run_project.h"
#include "base/clock.h"
#include "base/files.h"

namespace regulars::model_tests {

TestProject::TestProject() {
  std::string name = (std::filesystem::temp_directory_path() / "regulars-models-XXXXXX").string();
  const char* made = mkdtemp(name.data());
  EXPECT_NE(made, nullptr);
  path_ = name;
}

TestProject::~TestProject() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TestProject::write(const std::string& file, const std::string& text) const {
  std::filesystem::create_directories(std::filesystem::path(path_ + "/" + file).parent_path());
  const auto written = real_files().write(path_ + "/" + file, text);
  EXPECT_TRUE(written.ok()) << written.error().to_string();
}

void TestProject::run(Instant now) const {
  const FixedClock clock(now);
  const auto report =
      app::run_project({.directory = path_, .as_of = {}, .threads = 1}, real_files(), clock,
                       [](const std::string&) { return std::nullopt; }, {});
  ASSERT_TRUE(report.ok()) << report.error().to_string();
}

std::unique_ptr<app::ProjectShop> TestProject::open(const std::string& as_of) const {
  app::ProjectQuestion question;
  question.directory = path_;
  question.as_of = as_of;
  auto shop = app::open_project(question, real_files(), system_clock());
  EXPECT_TRUE(shop.ok()) << shop.error().to_string();
  return shop.ok() ? std::move(shop).value() : nullptr;
}

Instant end_of(int year, int month, int day) {
  return Zone::utc().end_of(to_day({year, month, day}));
}

Instant noon(int year, int month, int day) {
  return Zone::utc().at(to_day({year, month, day}), hours(12).micros);
}

}  // namespace regulars::model_tests
