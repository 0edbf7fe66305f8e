// Projects that are right (the examples) and projects that are wrong: each file of wrong/ holds a
// small project in parts that begin with "=== PATH", and under "=== expected" what a person is
// told. With REGULARS_REWRITE set, the expected parts are written anew; read them before they are
// kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/files.h"
#include "project/project.h"

namespace regulars::project {
namespace {

std::string folder(const char* inside) {
  const char* root = std::getenv("REGULARS_SOURCE_DIR");
  return std::string(root == nullptr ? "." : root) + "/" + inside;
}

std::string faults_of(const Loaded& loaded) {
  std::string text;
  for (const Error& fault : loaded.faults) text += fault.to_string() + "\n";
  return text;
}

TEST(Projects, TheExamplesAreRight) {
  const auto names = real_files().list(folder("examples"));
  ASSERT_TRUE(names.ok());
  size_t seen = 0;
  for (const std::string& name : *names) {
    if (!real_files().exists(folder("examples/") + name + "/regulars.yaml")) continue;
    const Loaded loaded = load_project(folder("examples/") + name, real_files());
    EXPECT_EQ(faults_of(loaded), "") << name;
    EXPECT_FALSE(loaded.project.catalogue.segments.empty()) << name;
    ++seen;
  }
  EXPECT_GE(seen, 3u);
}

struct Part {
  std::string path;
  std::string text;
};

std::vector<Part> parts_of(const std::string& text) {
  std::vector<Part> parts;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string line = text.substr(begin, end - begin);
    begin = end;
    if (line.starts_with("=== ")) {
      parts.push_back({line.substr(4, line.size() - 5), ""});
    } else if (!parts.empty()) {
      parts.back().text += line;
    }
  }
  return parts;
}

// A project without a main file of its own gets the smallest one.
std::string told_for(const std::vector<Part>& parts) {
  MemoryFiles files;
  EXPECT_TRUE(files.write("shop/regulars.yaml", "name: x\nsources: {}\n").ok());
  for (const Part& part : parts) {
    if (part.path == "expected") continue;
    EXPECT_TRUE(files.write("shop/" + part.path, part.text).ok());
  }
  return faults_of(load_project("shop", files));
}

TEST(Projects, WrongOnesSayWhatIsWrongWhereAndWhatToDo) {
  const auto names = real_files().list(folder("tests/project/wrong"));
  ASSERT_TRUE(names.ok());
  EXPECT_GE(names->size(), 40u);
  for (const std::string& name : *names) {
    const std::string path = folder("tests/project/wrong/") + name;
    const auto text = real_files().read(path);
    ASSERT_TRUE(text.ok());
    const std::vector<Part> parts = parts_of(*text);
    ASSERT_FALSE(parts.empty()) << name;
    const std::string told = told_for(parts);
    EXPECT_NE(told, "") << name;
    if (std::getenv("REGULARS_REWRITE") != nullptr) {
      const std::string head = text->substr(0, text->find("=== expected\n"));
      ASSERT_TRUE(real_files().write(path, head + "=== expected\n" + told).ok());
      continue;
    }
    ASSERT_EQ(parts.back().path, "expected") << name;
    EXPECT_EQ(told, parts.back().text) << name;
  }
}

}  // namespace
}  // namespace regulars::project
