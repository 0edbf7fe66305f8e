#include "base/files.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace regulars {
namespace {

TEST(Files, WritesReadsListsRemoves) {
  const std::string folder =
      (std::filesystem::path(testing::TempDir()) / "regulars-files-test").string();
  Files& files = real_files();
  ASSERT_TRUE(files.remove(folder).ok());
  ASSERT_TRUE(files.write(folder + "/a/b.txt", "hello").ok());
  EXPECT_EQ(*files.read(folder + "/a/b.txt"), "hello");
  EXPECT_EQ(*files.size(folder + "/a/b.txt"), 5u);
  EXPECT_EQ(*files.list(folder + "/a"), std::vector<std::string>{"b.txt"});
  ASSERT_TRUE(files.remove(folder).ok());
  EXPECT_EQ(files.read(folder + "/a/b.txt").error().code(), ErrorCode::kNotFound);
}

TEST(Files, MemoryCanFail) {
  MemoryFiles files;
  ASSERT_TRUE(files.write("d/x", "1").ok());
  files.fail_writes = true;
  EXPECT_EQ(files.write("d/x", "2").error().code(), ErrorCode::kIo);
  EXPECT_EQ(*files.read("d/x"), "1");
  EXPECT_EQ(*files.list("d"), std::vector<std::string>{"x"});
}

}  // namespace
}  // namespace regulars
