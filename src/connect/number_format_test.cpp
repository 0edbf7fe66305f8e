#include "connect/number_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace regulars::connect {
namespace {

NumberDecision decide(const std::vector<std::string>& cells) {
  NumberEvidence evidence;
  for (const std::string& cell : cells) evidence.add(look_at_number(cell).signs, 1);
  return decide_number_format(evidence);
}

// "12.50" as the digits and the scale say it; "-" when it is no number.
std::string read(std::string_view cell, NumberFormat format) {
  Number number;
  if (!read_number(cell, format, number)) return "-";
  return std::to_string(number.units) + "e-" + std::to_string(number.scale);
}

constexpr NumberFormat kPoint{'.', ','};
constexpr NumberFormat kComma{',', '.'};

TEST(NumberFormat, DecidedFromTheColumn) {
  EXPECT_EQ(decide({"1.234,56", "12"}).format, (NumberFormat{',', '.'}));
  EXPECT_EQ(decide({"1,234.56"}).format, (NumberFormat{'.', ','}));
  EXPECT_EQ(decide({"1 234,56", "7,10"}).format, (NumberFormat{',', ' '}));
  EXPECT_EQ(decide({"1'234.56"}).format, (NumberFormat{'.', '\''}));
  EXPECT_EQ(decide({"1.234.567"}).format.decimal_mark, ',');
  EXPECT_EQ(decide({"1,234", "0,5"}).format.decimal_mark, ',');
  EXPECT_EQ(decide({"12", "-7"}).format.decimal_mark, '.');
}

TEST(NumberFormat, SaysWhatItCannotKnow) {
  const NumberDecision unclear = decide({"1,234", "5,678", "12"});
  EXPECT_TRUE(unclear.ambiguous);
  EXPECT_FALSE(unclear.certain);
  EXPECT_EQ(unclear.format.decimal_mark, '.');
  EXPECT_FALSE(decide({"12", "13"}).ambiguous);
  EXPECT_TRUE(decide({"1,5", "1.5"}).conflicting);
  EXPECT_FALSE(decide({"1234,567"}).ambiguous);  // four digits in front cannot be a group
  EXPECT_FALSE(decide({"0.123"}).ambiguous);
}

TEST(NumberFormat, ReadsExactly) {
  EXPECT_EQ(read("-12.50", kPoint), "-1250e-2");
  EXPECT_EQ(read("1,234.56", kPoint), "123456e-2");
  EXPECT_EQ(read("1.234,56", kComma), "123456e-2");
  EXPECT_EQ(read("1 234,56", {',', ' '}), "123456e-2");
  EXPECT_EQ(read("1\xC2\xA0"
                 "234,56",
                 {',', ' '}),
            "123456e-2");
  EXPECT_EQ(read("1\xE2\x80\x99"
                 "234.5",
                 {'.', '\''}),
            "12345e-1");
  EXPECT_EQ(read("12,34,567.8", kPoint), "12345678e-1");  // the Indian way
  EXPECT_EQ(read(".5", kPoint), "5e-1");
  EXPECT_EQ(read("1.5E+3", kPoint), "1500e-0");
  EXPECT_EQ(read("2e-3", kPoint), "2e-3");
}

TEST(NumberFormat, ReadsMoneyAsPeopleWriteIt) {
  EXPECT_EQ(read("$1,234.00", kPoint), "123400e-2");
  EXPECT_EQ(read("-$5.00", kPoint), "-500e-2");
  EXPECT_EQ(read("$-5.00", kPoint), "-500e-2");
  EXPECT_EQ(read("12,50 \xE2\x82\xAC", kComma), "1250e-2");
  EXPECT_EQ(read("EUR 12,50", kComma), "1250e-2");
  EXPECT_EQ(read("(12.50)", kPoint), "-1250e-2");
  EXPECT_EQ(read("12.50-", kPoint), "-1250e-2");
  EXPECT_EQ(read("10 %", kPoint), "10e-0");
  EXPECT_EQ(read("\xE2\x88\x92"
                 "3",
                 kPoint),
            "-3e-0");
}

TEST(NumberFormat, RefusesWhatIsNoNumber) {
  for (const char* cell : {"", "abc", "12.5.3", "1,2", "C536379", "85123A", "12abc", "--5", "NaN",
                           "#REF!", "inf", "1e", "."}) {
    EXPECT_EQ(read(cell, kPoint), "-") << cell;
  }
  EXPECT_EQ(read("12.50", kComma), "-") << "a point groups by threes here";
  EXPECT_EQ(read("99999999999999999999.00", kPoint), "-");
  EXPECT_TRUE(is_too_large("99999999999999999999.00", kPoint));
  EXPECT_FALSE(is_too_large("abc", kPoint));
}

TEST(NumberFormat, LooksSayWhatACellIs) {
  EXPECT_TRUE(look_at_number("17850.0").point_zero);
  EXPECT_TRUE(look_at_number("00123").leading_zero);
  EXPECT_FALSE(look_at_number("0.5").leading_zero);
  EXPECT_TRUE(look_at_number("1.2E+12").exponent);
  EXPECT_EQ(look_at_number("12,50 EUR").currency, "EUR");
  EXPECT_EQ(look_at_number("$3").currency, "$");
  EXPECT_TRUE(look_at_number("5 %").percent);
  EXPECT_FALSE(look_at_number("Sku 12 blue").is_number);
  EXPECT_DOUBLE_EQ(look_at_number("-1,234.5").value, -1234.5);
}

TEST(NumberFormat, RoundsHalfToEven) {
  int64_t units = 0;
  ASSERT_TRUE(to_scale({12345, 3}, 2, units));
  EXPECT_EQ(units, 1234);
  ASSERT_TRUE(to_scale({12355, 3}, 2, units));
  EXPECT_EQ(units, 1236);
  EXPECT_FALSE(to_scale({INT64_MAX, 0}, 2, units));
}

}  // namespace
}  // namespace regulars::connect
