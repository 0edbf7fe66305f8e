#include "data/dictionary.h"

#include <gtest/gtest.h>

#include <string>

namespace regulars {
namespace {

TEST(Dictionary, KnowsNothingAtFirst) {
  const Dictionary texts;
  EXPECT_EQ(texts.size(), 0U);
  EXPECT_EQ(texts.find(""), kNoCode);
  EXPECT_EQ(texts.find("ann"), kNoCode);
}

TEST(Dictionary, GivesCodesInOrderOfFirstAppearanceWhileItGrows) {
  Dictionary texts;
  for (int round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 10'000; ++i) {
      // From one byte to more than a block, and the empty text.
      const std::string text(i == 5000 ? 70'000 : i % 7, 'x');
      const std::string name = i == 0 ? "" : text + std::to_string(i);
      ASSERT_EQ(texts.intern(name), i);
      ASSERT_EQ(texts.find(name), i);
    }
  }
  EXPECT_EQ(texts.size(), 10'000U);
  EXPECT_EQ(texts.text(0), "");
  EXPECT_EQ(texts.text(9'999), "xxx9999");
  EXPECT_EQ(texts.text(5'000).size(), 70'004U);
  EXPECT_EQ(texts.find("xxx999"), kNoCode);
}

TEST(Dictionary, AMovedOneKeepsItsTexts) {
  Dictionary texts;
  texts.intern("ann");
  const std::string_view before = texts.text(0);
  const Dictionary moved = std::move(texts);
  EXPECT_EQ(moved.find("ann"), 0U);
  EXPECT_EQ(moved.text(0).data(), before.data());
}

}  // namespace
}  // namespace regulars
