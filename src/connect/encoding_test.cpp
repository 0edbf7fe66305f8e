#include "connect/encoding.h"

#include <gtest/gtest.h>

#include "connect/rows_testing.h"

namespace regulars::connect {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string utf16(std::u16string_view text, bool little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

TEST(Encoding, Utf8WithByteOrderMark) {
  const ReadAll all = read_text("\xEF\xBB\xBFid,name\n1,Ren\u00e9e\n");
  EXPECT_EQ(all.columns[0], "id");
  EXPECT_EQ(all.rows, (Rows{{"1", "Ren\u00e9e"}}));
  EXPECT_EQ(all.info.encoding, "UTF-8 with byte order mark");
}

TEST(Encoding, Utf16WithAndWithoutMark) {
  const std::u16string text = u"id;name\n1;Ren\u00e9e\n2;\u4e2d\U0001F600\n";
  const Rows expected = {{"1", "Ren\u00e9e"}, {"2", "\u4e2d\U0001F600"}};
  for (const bool little : {true, false}) {
    const ReadAll marked = read_text(utf16(u"\uFEFF" + text, little));
    EXPECT_EQ(marked.columns[0], "id");
    EXPECT_EQ(marked.rows, expected);
    EXPECT_EQ(marked.info.encoding, little ? "UTF-16 LE (converted)" : "UTF-16 BE (converted)");
    EXPECT_EQ(read_text(utf16(text, little)).rows, expected);
  }
}

TEST(Encoding, BrokenUtf16BecomesReplacementCharacters) {
  std::string bytes = utf16(u"\uFEFFid,name\n1,a", true);
  bytes += utf16(std::u16string(1, char16_t{0xD800}), true) + utf16(u"b\n2,c", true) + "x";
  EXPECT_EQ(read_text(bytes).rows, (Rows{{"1", "a\uFFFDb"}, {"2", "c\uFFFD"}}));
}

TEST(Encoding, Latin1AndWindows1252) {
  const ReadAll all = read_text(
      "id,name\n1,Ren\xE9"
      "e\n2,\x80 5 \x93x\x94\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "Ren\u00e9e"}, {"2", "\u20ac 5 \u201cx\u201d"}}));
  EXPECT_EQ(all.info.encoding, "Windows-1252 (converted)");
}

TEST(Encoding, Latin1WhosePairsLookLikeUtf8) {
  // The first letter beyond ASCII decides for all of the text.
  EXPECT_EQ(read_text("id,name\n1,Ren\xE9"
                      "e\n2,\xC3\xA9\n")
                .rows[1][1],
            "\u00c3\u00a9");
}

TEST(Encoding, StrayBytesInUtf8) {
  const ReadAll all = read_text(
      "id,name\n1,Ren\u00e9e\n2,Ren\xE9"
      "e\n3,\u00fc\n");
  EXPECT_EQ(all.rows, (Rows{{"1", "Ren\u00e9e"}, {"2", "Ren\u00e9e"}, {"3", "\u00fc"}}));
  EXPECT_EQ(all.info.encoding, "UTF-8 with 1 byte of Windows-1252 (converted)");
}

TEST(Encoding, LateLettersBeyondTheFirstBlocks) {
  std::string text = "id,name\n";
  while (text.size() < 3'000'000) text += "1,abcdefgh\n";
  EXPECT_EQ(read_text(text + "2,\xE9\n").rows.back()[1], "\u00e9");
}

TEST(Encoding, ChecksUtf8) {
  EXPECT_EQ(check_utf8("abc").valid, 3u);
  EXPECT_TRUE(check_utf8("abc").ascii);
  EXPECT_FALSE(check_utf8("\u00e9").ascii);
  EXPECT_EQ(check_utf8("\U0001F600!").valid, 5u);
  for (const char* bad : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF8\x88\x80\x80\x80", "\xFF", "\xC3("}) {
    EXPECT_EQ(check_utf8(bad).valid, 0u) << bad;
    EXPECT_FALSE(check_utf8(bad).cut) << bad;
  }
  EXPECT_TRUE(check_utf8("ab\xE2\x82").cut);
  EXPECT_EQ(check_utf8("ab\xE2\x82").valid, 2u);
}

}  // namespace
}  // namespace regulars::connect
