#include "app/project_doctor.h"

#include <gtest/gtest.h>

namespace regulars::app {
namespace {

std::vector<Day> every(int step, int count) {
  std::vector<Day> days;
  for (int i = 0; i < count; ++i) days.push_back(Day{1000 + i * step});
  return days;
}

TEST(StoppedFeed, ItsOwnRhythmSaysWhenSilenceIsTooLong) {
  const std::vector<Day> daily = every(1, 30);
  EXPECT_EQ(stopped_feed(daily, daily.back() + 3, 0), "");
  EXPECT_EQ(stopped_feed(daily, daily.back() + 4, 0),
            "silent for 4 days, since 1972-10-26; 95 % of its pauses were at most 1 days");
  const std::vector<Day> weekly = every(7, 10);
  EXPECT_EQ(stopped_feed(weekly, weekly.back() + 21, 0), "");
  EXPECT_NE(stopped_feed(weekly, weekly.back() + 22, 0), "");
}

TEST(StoppedFeed, OneLongPauseInAHundredDoesNotCount) {
  std::vector<Day> days = every(1, 60);
  days.push_back(days.back() + 30);
  EXPECT_NE(stopped_feed(days, days.back() + 10, 0), "");
}

TEST(StoppedFeed, WhatIsExpectedGoesFirst) {
  const std::vector<Day> daily = every(1, 30);
  EXPECT_EQ(stopped_feed(daily, daily.back() + 30, 30), "");
  EXPECT_NE(stopped_feed(daily, daily.back() + 31, 30).find("expected every 30"),
            std::string::npos);
  EXPECT_NE(stopped_feed(every(1, 1), Day{1010}, 7), "");
}

TEST(StoppedFeed, WithoutARhythmNothingIsSaid) {
  EXPECT_EQ(stopped_feed({}, Day{5000}, 0), "");
  EXPECT_EQ(stopped_feed(every(1, 4), Day{5000}, 0), "");
  EXPECT_EQ(stopped_feed(every(1, 30), Day{1000}, 0), "");  // data newer than the as-of
}

TEST(Diagnosis, OnlyFaultsAreFaults) {
  ProjectDiagnosis diagnosis;
  diagnosis.findings = {{DoctorFinding::Level::kWarn, "nobody", "segment a", "nobody is in it"}};
  EXPECT_FALSE(diagnosis.at_fault());
  diagnosis.findings.push_back({DoctorFinding::Level::kFault, "definition", "b", "wrong"});
  EXPECT_TRUE(diagnosis.at_fault());
}

}  // namespace
}  // namespace regulars::app
