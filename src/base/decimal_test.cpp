#include "base/decimal.h"

#include <gtest/gtest.h>

#include <limits>

namespace regulars {
namespace {

TEST(Decimal, ParsesAndPrintsExactly) {
  EXPECT_EQ(Decimal::parse("12.50")->to_string(), "12.50");
  EXPECT_EQ(Decimal::parse("-0.05")->to_string(), "-0.05");
  EXPECT_EQ(Decimal::parse("7")->to_string(), "7");
  EXPECT_EQ(Decimal::parse(".5")->to_string(), "0.5");
  EXPECT_EQ(Decimal::parse("9223372036854775807")->units, std::numeric_limits<int64_t>::max());
  EXPECT_EQ(Decimal({std::numeric_limits<int64_t>::min(), 0}).to_string(), "-9223372036854775808");
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"", "-", ".", "1.2.3", "1,5", "abc", "9223372036854775808", "1.2345678"}) {
    EXPECT_FALSE(Decimal::parse(text).ok()) << text;
  }
}

TEST(Decimal, RoundsHalfToEven) {
  EXPECT_EQ(*rescale_half_even(125, 2, 1), 12);
  EXPECT_EQ(*rescale_half_even(135, 2, 1), 14);
  EXPECT_EQ(*rescale_half_even(-125, 2, 1), -12);
  EXPECT_EQ(*rescale_half_even(-135, 2, 1), -14);
  EXPECT_EQ(*rescale_half_even(1251, 3, 1), 13);
  EXPECT_EQ(*rescale_half_even(5, 0, 2), 500);
}

TEST(Decimal, OverflowIsAnError) {
  const auto result = rescale_half_even(Int128{std::numeric_limits<int64_t>::max()}, 0, 2);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code(), ErrorCode::kOverflow);
}

TEST(Decimal, ComparesValuesNotForms) {
  EXPECT_EQ(compare({15, 1}, {150, 2}), std::strong_ordering::equal);
  EXPECT_EQ(compare({-15, 1}, {0, 0}), std::strong_ordering::less);
}

TEST(Decimal, ThousandsForPeople) {
  EXPECT_EQ(with_thousands(Decimal{891140790, 2}), "8,911,407.90");
  EXPECT_EQ(with_thousands(Decimal{-100000, 2}), "-1,000.00");
  EXPECT_EQ(with_thousands(int64_t{999}), "999");
}

}  // namespace
}  // namespace regulars
