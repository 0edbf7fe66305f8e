// A project in a folder of its own, run at instants that the test names.
#pragma once

#include <memory>
#include <string>

#include "app/project_shop.h"
#include "base/time.h"

namespace regulars::model_tests {

class TestProject {
 public:
  TestProject();
  ~TestProject();
  TestProject(const TestProject&) = delete;
  TestProject& operator=(const TestProject&) = delete;

  const std::string& path() const { return path_; }
  void write(const std::string& file, const std::string& text) const;
  // `regulars run` at that instant; fails the test when it fails.
  void run(Instant now) const;
  // At the end of the last day with data, or as of a date.
  std::unique_ptr<app::ProjectShop> open(const std::string& as_of = "") const;

 private:
  std::string path_;
};

// The last microsecond of the day in UTC, and noon.
Instant end_of(int year, int month, int day);
Instant noon(int year, int month, int day);

}  // namespace regulars::model_tests
