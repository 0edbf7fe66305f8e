#include "base/files_within.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace regulars {
namespace {

using Paths = std::vector<std::string>;

MemoryFiles shop() {
  MemoryFiles files;
  for (const char* path : {"p/orders/b.csv", "p/orders/a.csv", "p/orders/old/c.csv",
                           "p/.hidden.csv", "p/Käse.csv", "p/x.txt", "q/secret.csv"}) {
    EXPECT_TRUE(files.write(path, "x").ok());
  }
  return files;
}

Paths found(const std::string& pattern) {
  MemoryFiles files = shop();
  auto result = files_within(files, "p", pattern);
  EXPECT_TRUE(result.ok()) << pattern;
  return result ? *result : Paths{};
}

TEST(FilesWithin, FindsByPathAndPattern) {
  EXPECT_EQ(found("orders/a.csv"), Paths{"p/orders/a.csv"});
  EXPECT_EQ(found("./orders//a.csv"), Paths{"p/orders/a.csv"});
  EXPECT_EQ(found("orders/*.csv"), (Paths{"p/orders/a.csv", "p/orders/b.csv"}));
  EXPECT_EQ(found("orders/*/*.csv"), Paths{"p/orders/old/c.csv"});
  EXPECT_EQ(found("*/a.csv"), Paths{"p/orders/a.csv"});
  EXPECT_EQ(found("*.csv"), Paths{"p/Käse.csv"});
  EXPECT_EQ(found(".*.csv"), Paths{"p/.hidden.csv"});
  EXPECT_EQ(found("K?se.csv"), Paths{"p/Käse.csv"});
  EXPECT_EQ(found("?.txt"), Paths{"p/x.txt"});
  EXPECT_EQ(found("orders"), Paths{});  // a directory is no file
  EXPECT_EQ(found("none/*.csv"), Paths{});
  EXPECT_EQ(found("x.txt/*"), Paths{});
}

TEST(FilesWithin, NothingLeadsOut) {
  MemoryFiles files = shop();
  for (const char* path :
       {"../q/secret.csv", "/q/secret.csv", "orders/../../q/*", "", ".", "a/.."}) {
    EXPECT_FALSE(files_within(files, "p", path).ok()) << path;
    EXPECT_FALSE(path_within(files, "p", path).ok()) << path;
  }
  EXPECT_EQ(path_within(files, "p", "orders/a.csv").value(), "p/orders/a.csv");
  EXPECT_EQ(path_within(files, "p", "gone.csv").error().code(), ErrorCode::kNotFound);
}

TEST(FilesWithin, LinksThatLeaveAreRefused) {
  namespace fs = std::filesystem;
  const fs::path base =
      fs::temp_directory_path() / ("regulars_within_" + std::to_string(::getpid()));
  fs::create_directories(base / "project");
  fs::create_directories(base / "elsewhere");
  Files& files = real_files();
  ASSERT_TRUE(files.write((base / "elsewhere/secret.csv").string(), "x").ok());
  ASSERT_TRUE(files.write((base / "project/own.csv").string(), "x").ok());
  fs::create_symlink(base / "elsewhere/secret.csv", base / "project/link.csv");
  fs::create_directory_symlink(base / "elsewhere", base / "project/folder");
  fs::create_symlink(base / "project/own.csv", base / "project/inside.csv");
  const std::string folder = (base / "project").string();
  EXPECT_FALSE(files_within(files, folder, "link.csv").ok());
  EXPECT_FALSE(files_within(files, folder, "folder/*.csv").ok());
  EXPECT_FALSE(path_within(files, folder, "folder/secret.csv").ok());
  EXPECT_EQ(files_within(files, folder, "inside.csv").value(), Paths{folder + "/inside.csv"});
  fs::remove_all(base);
}

}  // namespace
}  // namespace regulars
