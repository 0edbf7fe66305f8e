#include "connect/field_reader.h"

#include <gtest/gtest.h>

#include "connect/rows.h"

namespace regulars::connect {
namespace {

FieldDeclaration guessed(const std::vector<std::string>& cells) {
  ColumnProfiler profiler("x");
  std::vector<std::string_view> views(cells.begin(), cells.end());
  std::vector<uint64_t> hashes(cells.size(), 0);
  profiler.add(views, 0, hashes);
  return guess_field(profiler.finish(), "x");
}

TEST(GuessField, NothingIsLost) {
  EXPECT_EQ(guessed({"1", "22", ""}).type, ValueType::kInteger);
  EXPECT_EQ(guessed({"1", "many"}).type, ValueType::kText);
  EXPECT_EQ(guessed({"1.5", "2.25"}).type, ValueType::kDecimal);
  EXPECT_EQ(guessed({"1.5", "2.25"}).scale, 2);
  EXPECT_EQ(guessed({"007", "008"}).type, ValueType::kText);
  EXPECT_EQ(guessed({"yes", "no", ""}).type, ValueType::kBoolean);
  EXPECT_EQ(guessed({"0", "1"}).type, ValueType::kInteger);
  EXPECT_EQ(guessed({"2024-01-01", "2024-02-30"}).type, ValueType::kDay);
  EXPECT_EQ(guessed({"2024-01-01 10:00", "2024-02-03"}).type, ValueType::kInstant);
  EXPECT_EQ(guessed({"2024-01-01", "soon"}).type, ValueType::kText);
  EXPECT_EQ(guessed({"12345678901234567890"}).type, ValueType::kText);
  EXPECT_EQ(guessed({"", "NULL"}).type, ValueType::kText);
}

TEST(Sets, InTheirUsualForms) {
  const std::string both = "garden\x1Fwine";
  EXPECT_EQ(set_of("wine;garden"), both);
  EXPECT_EQ(set_of(" wine ; garden ;wine;"), both);
  EXPECT_EQ(set_of(R"(["wine", "garden"])"), both);
  EXPECT_EQ(set_of("{wine,garden}"), both);
  EXPECT_EQ(set_of(R"({"wine",garden})"), both);
  EXPECT_EQ(set_of("[1, null, 2]"),
            "1\x1F"
            "2");
  EXPECT_EQ(set_of("[]"), "");
  EXPECT_EQ(set_of(";"), "");
  EXPECT_EQ(set_of("[broken"), "[broken");
  EXPECT_EQ(set_of("one"), "one");
}

TEST(Consents, StatesInManyWords) {
  EXPECT_EQ(consent_state_of("Opt-in"), "granted");
  EXPECT_EQ(consent_state_of("TRUE"), "granted");
  EXPECT_EQ(consent_state_of("0"), "denied");
  EXPECT_EQ(consent_state_of("unsubscribed"), "withdrawn");
  EXPECT_EQ(consent_state_of("Objection"), "objected");
  EXPECT_EQ(consent_state_of("perhaps"), "");
  EXPECT_EQ(consent_state_of(""), "");
}

}  // namespace
}  // namespace regulars::connect
