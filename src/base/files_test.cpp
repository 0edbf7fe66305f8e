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

void expect_whole_or_nothing(Files& files, const std::string& folder) {
  const std::string path = folder + "/stream.txt";
  ASSERT_TRUE(files.write(path, "old").ok());
  {
    Result<std::unique_ptr<FileWriter>> writer = files.open_write(path);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE((*writer)->append("half").ok());
  }
  EXPECT_EQ(*files.read(path), "old");
  EXPECT_EQ(*files.list(folder), std::vector<std::string>{"stream.txt"});
  Result<std::unique_ptr<FileWriter>> writer = files.open_write(path);
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->append("one ").ok());
  ASSERT_TRUE((*writer)->append("two").ok());
  EXPECT_EQ(*files.read(path), "old");
  ASSERT_TRUE((*writer)->close().ok());
  EXPECT_EQ(*files.read(path), "one two");
}

TEST(Files, WriterReplacesTheFileOnlyWhenClosed) {
  const std::string folder =
      (std::filesystem::path(testing::TempDir()) / "regulars-writer-test").string();
  expect_whole_or_nothing(real_files(), folder);
  ASSERT_TRUE(real_files().remove(folder).ok());
  MemoryFiles memory;
  expect_whole_or_nothing(memory, "d");
}

TEST(Files, WriterReportsWhatItCannotWrite) {
  EXPECT_EQ(real_files().open_write("/dev/null/x").error().code(), ErrorCode::kIo);
  MemoryFiles memory;
  memory.fail_writes = true;
  EXPECT_EQ((*memory.open_write("x"))->append("1").error().code(), ErrorCode::kIo);
}

TEST(Files, MapsFilesOnDiskAndInMemory) {
  MemoryFiles memory;
  for (Files* files : {&real_files(), static_cast<Files*>(&memory)}) {
    const std::string path = testing::TempDir() + "/regulars-map-test.txt";
    ASSERT_TRUE(files->write(path, "hello").ok());
    const Result<FileView> view = files->map(path);
    ASSERT_TRUE(view.ok());
    ASSERT_TRUE(files->write(path, "other").ok());
    EXPECT_EQ(view->bytes, "hello");
    ASSERT_TRUE(files->write(path, "").ok());
    const Result<FileView> empty = files->map(path);
    ASSERT_TRUE(empty.ok());
    EXPECT_EQ(empty->bytes, "");
    ASSERT_TRUE(files->remove(path).ok());
    EXPECT_EQ(files->map(path).error().code(), ErrorCode::kNotFound);
  }
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
