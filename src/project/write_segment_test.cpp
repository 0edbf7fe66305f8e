#include <gtest/gtest.h>

#include "project/project.h"

namespace regulars::project {
namespace {

constexpr const char* kTwo =
    "# all of ours\n"
    "- name: a\n"
    "  title: A   # the first\n"
    "  # how it is found\n"
    "  rule: |\n"
    "    count(purchase) > 1\n"
    "\n"
    "    and true\n"
    "  owner: Ann\n"
    "\n"
    "# the second\n"
    "- name: b\n"
    "  rule: 1 = 1   # always\n";

MemoryFiles shop(const std::string& segments) {
  MemoryFiles files;
  EXPECT_TRUE(files.write("p/regulars.yaml", "name: x\nsources: {}\n").ok());
  EXPECT_TRUE(files.write("p/segments/all.yaml", segments).ok());
  return files;
}

definitions::SegmentDefinition segment(Files& files, const std::string& name) {
  const Loaded loaded = load_project("p", files);
  for (const auto& one : loaded.project.catalogue.segments) {
    if (one.name == name) return one;
  }
  ADD_FAILURE() << name;
  return {};
}

TEST(WriteSegment, ChangesOnlyTheLinesOfWhatChanged) {
  MemoryFiles files = shop(kTwo);
  auto a = segment(files, "a");
  a.rule = "count(purchase) > 2\nand false";
  a.action.goal = "Stay: long";
  const auto path = write_segment("p", a, files);
  ASSERT_TRUE(path.ok()) << path.error().to_string();
  EXPECT_EQ(*path, "segments/all.yaml");
  EXPECT_EQ(files.read("p/segments/all.yaml").value(),
            "# all of ours\n"
            "- name: a\n"
            "  title: A   # the first\n"
            "  # how it is found\n"
            "  rule: |\n"
            "    count(purchase) > 2\n"
            "    and false\n"
            "  owner: Ann\n"
            "  goal: \"Stay: long\"\n"
            "\n"
            "# the second\n"
            "- name: b\n"
            "  rule: 1 = 1   # always\n");
  EXPECT_EQ(files.read("p/versions/segments/a/0001.yaml").value(), kTwo);
  a.action.goal = "";
  ASSERT_TRUE(write_segment("p", a, files).ok());
  EXPECT_EQ(files.read("p/segments/all.yaml").value().find("goal"), std::string::npos);
  EXPECT_TRUE(files.exists("p/versions/segments/a/0002.yaml"));
}

TEST(WriteSegment, ANewOneGetsAFileThatReadsBack) {
  MemoryFiles files = shop(kTwo);
  definitions::SegmentDefinition made;
  made.name = "winter_returners";
  made.title = "No";
  made.why = "cold: they \"come\"";
  made.rule = "month(at) in (1, 2)\n\nand x = 'y'";
  made.except = {"a"};
  made.needs = {"two years of orders"};
  made.exclusion = true;
  made.action.control_percent = 0;
  made.action.review_after_days = 14;
  ASSERT_TRUE(write_segment("p", made, files).ok());
  const auto read = segment(files, "winter_returners");
  EXPECT_EQ(read.title, "No");
  EXPECT_EQ(read.why, made.why);
  EXPECT_EQ(read.rule, made.rule + "\n");
  EXPECT_EQ(read.except, made.except);
  EXPECT_EQ(read.action.control_percent, 0);
  EXPECT_EQ(read.action.review_after_days, 14);
  EXPECT_TRUE(read.exclusion);
}

TEST(WriteSegment, WhatCannotBeEditedSafelyIsLeftAlone) {
  const std::string flow = "a: {rule: 1 = 1, title: x}\n";
  MemoryFiles files = shop(flow);
  auto a = segment(files, "a");
  a.title = "y";
  const auto written = write_segment("p", a, files);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code(), ErrorCode::kUnsupported);
  EXPECT_EQ(files.read("p/segments/all.yaml").value(), flow);
  EXPECT_FALSE(files.exists("p/versions/segments/a/0001.yaml"));
}

TEST(WriteSegment, AFailedWriteLeavesTheOldFile) {
  MemoryFiles files = shop(kTwo);
  auto b = segment(files, "b");
  b.title = "B";
  files.fail_writes = true;
  EXPECT_FALSE(write_segment("p", b, files).ok());
  EXPECT_EQ(files.read("p/segments/all.yaml").value(), kTwo);
}

}  // namespace
}  // namespace regulars::project
