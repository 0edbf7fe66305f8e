#include "evaluate/text_ops.h"

#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include "evaluate/expression.h"

namespace regulars::evaluate {
namespace {

TEST(TextOps, LowerKnowsAllLetters) {
  EXPECT_EQ(lower_text(""), "");
  EXPECT_EQ(lower_text("ABC xyz-9"), "abc xyz-9");
  EXPECT_EQ(lower_text("ÄÖÜẞ ÉÇ"), "äöüß éç");
  EXPECT_EQ(lower_text("ΑΣ"), "ας");  // a final sigma
  EXPECT_EQ(lower_text("I"), "i");
}

TEST(TextOps, FoldDropsCaseAndAccents) {
  EXPECT_EQ(folded_text("Müller"), "muller");
  EXPECT_EQ(folded_text("MÜLLER"), folded_text("mu\u0308ller"));  // one character or two
  EXPECT_EQ(folded_text("Straße"), "strasse");
  EXPECT_EQ(folded_text("STRAẞE"), "strasse");
  EXPECT_EQ(folded_text("İstanbul"), "istanbul");
  EXPECT_EQ(folded_text("ISPARTA"), "isparta");
  EXPECT_EQ(folded_text("ﬁt"), "fit");  // a ligature
  EXPECT_EQ(folded_text("Ångström ñ ç"), "angstrom n c");
  EXPECT_EQ(folded_text("ΑΣ"), folded_text("ας"));
}

TEST(TextOps, FoldingTwiceChangesNothing) {
  for (char32_t c = 1; c < 0x10000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(text);
    const std::string folded = folded_text(text);
    ASSERT_EQ(folded_text(folded), folded) << static_cast<uint32_t>(c);
  }
}

TEST(TextOps, BrokenUtf8IsReplaced) {
  EXPECT_EQ(lower_text("\xC3"), "\uFFFD");
  EXPECT_EQ(folded_text("A\xFF"), "a\uFFFD");
}

TEST(TextOps, LengthCountsCodePoints) {
  EXPECT_EQ(code_points(""), 0);
  EXPECT_EQ(code_points("abc"), 3);
  EXPECT_EQ(code_points("äö€😀"), 4);
  EXPECT_EQ(code_points("\x80"), 1);
}

TEST(TextOps, Like) {
  EXPECT_TRUE(is_like("", ""));
  EXPECT_TRUE(is_like("", "%"));
  EXPECT_FALSE(is_like("", "_"));
  EXPECT_FALSE(is_like("a", ""));
  EXPECT_TRUE(is_like("SHOE-42", "SHOE%"));
  EXPECT_TRUE(is_like("SHOE-42", "%-__"));
  EXPECT_FALSE(is_like("SHOE-42", "shoe%"));
  EXPECT_TRUE(is_like("aXbXc", "a%X%c"));
  EXPECT_TRUE(is_like("abcabc", "%abc"));
  EXPECT_FALSE(is_like("abcabd", "%abc"));
  EXPECT_TRUE(is_like("€", "_"));
  EXPECT_FALSE(is_like("€", "%__"));  // one code point of three bytes
  EXPECT_TRUE(is_like("x€", "%__"));
}

TEST(TextOps, LikeEscapes) {
  EXPECT_TRUE(is_like("50%", "50\\%"));
  EXPECT_FALSE(is_like("50x", "50\\%"));
  EXPECT_TRUE(is_like("a_b", "a\\_b"));
  EXPECT_FALSE(is_like("axb", "a\\_b"));
  EXPECT_TRUE(is_like("a\\b", "a\\\\b"));
  EXPECT_TRUE(is_like("ab%", "%\\%"));
  EXPECT_TRUE(is_like("a\\", "a\\"));  // at the end there is nothing to escape
}

TEST(TextOps, Versions) {
  EXPECT_EQ(compare_versions("2.10", "2.9"), 1);
  EXPECT_EQ(compare_versions("2.9", "2.10"), -1);
  EXPECT_EQ(compare_versions("2.10", "2.10"), 0);
  EXPECT_EQ(compare_versions("2", "2.0.0"), 0);
  EXPECT_EQ(compare_versions("2.0.1", "2"), 1);
  EXPECT_EQ(compare_versions("02.1", "2.01"), 0);
  EXPECT_EQ(compare_versions("2.0-beta", "2.0"), 1);
  EXPECT_EQ(compare_versions("1.99999999999999999999999", "1.100000000000000000000000"), -1);
  EXPECT_EQ(compare_versions("", "0"), 0);
  EXPECT_EQ(compare_versions("a.b", "a.c"), -1);
}

TEST(TextOps, Sets) {
  const std::string set = std::string("blue") + kSetSeparator + "navy" + kSetSeparator + "red";
  EXPECT_TRUE(has_element(set, "blue"));
  EXPECT_TRUE(has_element(set, "red"));
  EXPECT_FALSE(has_element(set, "re"));
  EXPECT_FALSE(has_element(set, ""));
  EXPECT_FALSE(has_element("", ""));
  EXPECT_EQ(set_size(set), 3);
  EXPECT_EQ(set_size("one"), 1);
  EXPECT_EQ(set_size(""), 0);
}

TEST(TextOps, Patterns) {
  const auto pattern = Pattern::make("^SKU-[0-9]{3}$|(?i)gift");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->found_in("SKU-123"));
  EXPECT_FALSE(pattern->found_in("SKU-1234"));
  EXPECT_TRUE(pattern->found_in("a Gift card"));
  const auto bad = Pattern::make("a(b");
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message().find("missing )"), std::string::npos) << bad.error().message();
  EXPECT_FALSE(Pattern::make("(a)\\1"));  // RE2 has no references back
}

}  // namespace
}  // namespace regulars::evaluate
