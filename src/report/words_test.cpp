#include "report/words.h"

#include <gtest/gtest.h>

#include "report/test_view.h"

namespace regulars::report {
namespace {

TEST(Words, Money) {
  const auto shop = make_test_shop();
  EXPECT_EQ(money(shop->view, 891140790), "8,911,407.90");
  EXPECT_EQ(plain_money(shop->view, 891140790), "8911407.90");
  EXPECT_EQ(whole_money(shop->view, 891140790), "8,911,408");
  EXPECT_EQ(whole_money(shop->view, -1250), "-12");
}

TEST(Words, Shares) {
  EXPECT_EQ(percent(.17), "17 %");
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(.001), "<1 %");
  EXPECT_EQ(percent(.999), ">99 %");
  EXPECT_EQ(percent(1), "100 %");
  EXPECT_EQ(percent(-.001), "0 %");
  EXPECT_EQ(percent(-.03), "-3 %");
  EXPECT_EQ(percent_1(.165), "16.5 %");
  EXPECT_EQ(half_width({55, 100, .55, .45, .65}), "10");
  EXPECT_EQ(points(.024), "2.4");
  EXPECT_EQ(points(.11), "11");
}

TEST(Words, Counts) {
  EXPECT_EQ(counted(1, "order", "orders"), "1 order");
  EXPECT_EQ(counted(4338, "order", "orders"), "4,338 orders");
  EXPECT_EQ(day_count(11.4), "11 days");
  EXPECT_EQ(ordinal(1) + ordinal(2) + ordinal(3) + ordinal(11) + ordinal(22), "1st2nd3rd11th22nd");
}

TEST(Words, Days) {
  const auto shop = make_test_shop();
  EXPECT_EQ(short_day(shop->view, to_day({2011, 9, 10})), "10 Sep");
  EXPECT_EQ(short_day(shop->view, to_day({2010, 9, 10})), "10 Sep 2010");
  EXPECT_EQ(month_name(to_day({2011, 12, 1})), "Dec 2011");
  EXPECT_EQ(last_moment(shop->view), "9 Dec 2011, 23:59 UTC");
}

TEST(Words, CutsBetweenCodePoints) {
  EXPECT_EQ(display_width("caf\xc3\xa9"), 4U);
  EXPECT_EQ(shortened("caf\xc3\xa9 au lait", 7), "caf\xc3\xa9...");
  EXPECT_EQ(shortened("short", 7), "short");
  EXPECT_EQ(display_width(shortened("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 5)), 5U);
}

TEST(Words, ContactDataIsNotShown) {
  EXPECT_TRUE(is_contact_data("anna@example.org"));
  EXPECT_TRUE(is_contact_data("+49 30 1234567"));
  EXPECT_TRUE(is_contact_data("Anna Schmidt"));
  EXPECT_FALSE(is_contact_data("17850"));
  EXPECT_FALSE(is_contact_data("HH-0012 B"));
  EXPECT_FALSE(is_contact_data("never-bought-1"));
  const auto shop = make_test_shop();
  EXPECT_EQ(customer_label(shop->view, 0), "16029");
  EXPECT_EQ(customer_label(shop->view, 6), "no. 7");
  shop->view.show_contacts = true;
  EXPECT_EQ(customer_label(shop->view, 6), "anna@example.org");
}

TEST(Words, Sentences) {
  EXPECT_EQ(full_sentence("nobody came"), "Nobody came.");
  EXPECT_EQ(full_sentence("Nobody came."), "Nobody came.");
  EXPECT_EQ(full_sentence(""), "");
}

TEST(Words, Singular) {
  EXPECT_EQ(singular("Champions"), "Champion");
  EXPECT_EQ(singular("Cannot lose"), "Cannot lose");
}

}  // namespace
}  // namespace regulars::report
