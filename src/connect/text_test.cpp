#include "connect/text.h"

#include <gtest/gtest.h>

namespace regulars::connect {
namespace {

using Words = std::vector<std::string>;

TEST(Text, TrimsSpacesOfEveryKind) {
  EXPECT_EQ(trimmed("  a b \t\r\n"), "a b");
  EXPECT_EQ(trimmed("\xC2\xA0 12 \xE2\x80\xAF"), "12");
  EXPECT_EQ(trimmed(" \xC2\xA0 "), "");
  EXPECT_EQ(trimmed("\xC3\xA9t\xC3\xA9"), "\xC3\xA9t\xC3\xA9");
}

TEST(Text, FoldsCaseAndAccents) {
  EXPECT_EQ(folded("Montant R\xC3\xA9gl\xC3\xA9"), "montant regle");
  EXPECT_EQ(folded("W\xC3\xA4hrung St\xC3\xBC"
                   "ck Gr\xC3\xB6\xC3\x9F"
                   "e"),
            "waehrung stueck groesse");
}

TEST(Text, CutsNamesIntoWords) {
  EXPECT_EQ(words_of("CustomerID"), (Words{"customer", "id"}));
  EXPECT_EQ(words_of("Lineitem_price (EUR)"), (Words{"lineitem", "price", "eur"}));
  EXPECT_EQ(words_of("SKUCode"), (Words{"sku", "code"}));
  EXPECT_EQ(words_of("value.offer id"), (Words{"value", "offer", "id"}));
  EXPECT_EQ(words_of("BESTELLNR"), (Words{"bestellnr"}));
}

TEST(Text, KnowsCellsThatSayNothing) {
  for (const char* cell :
       {"", "  ", "NULL", "na", "N/A", "None", "nan", "NaT", "\\N", "#N/A", "-"}) {
    EXPECT_TRUE(says_nothing(cell)) << cell;
  }
  for (const char* cell : {"0", "no", "nancy", "-1", "n", "guest"}) {
    EXPECT_FALSE(says_nothing(cell)) << cell;
  }
}

TEST(Text, ShortensAtALettersEdge) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abc...");
  // Never half a letter: the two bytes of an umlaut stay together.
  EXPECT_EQ(shortened("ab\xC3\xA4"
                      "defgh",
                      6),
            "ab...");
}

TEST(Text, QuickHashTellsLengthAndContentsApart) {
  EXPECT_EQ(quick_hash("abc"), quick_hash(std::string("abc")));
  EXPECT_NE(quick_hash(""), quick_hash(std::string_view("\0", 1)));
  EXPECT_NE(quick_hash("12345678"), quick_hash("123456780"));
  EXPECT_NE(quick_hash("ab"), quick_hash("ba"));
}

}  // namespace
}  // namespace regulars::connect
